/* `vtok count -` as one would write it in an afternoon: stdio, one rounding, a line at a time. What
 * it leaves out (other spellings, bad lines, clamping, special tokens, threads) is what vtok adds.
 * The least that any program must do is floor_map.c. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	char line[256], *end;

	while (fgets(line, sizeof(line), stdin)) {
		long width = strtol(line, &end, 10);
		long height = strtol(end + 1, NULL, 10);
		long tokens = lrint((double)width / 28) * lrint((double)height / 28);
		printf("%ld,%ld,%ld\n", width, height, tokens);
	}
	return 0;
}
