/* The floor of `vtok count -`: a plain loop that parses two integers a line, does one rounding and
 * prints. What it leaves out (other spellings, bad lines, clamping, special tokens, threads) is
 * what vtok adds. Two variants: stdio, as one would write it, and with `-r` reads, writes and
 * digits by hand, which is as fast as a plain loop gets. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int with_stdio(void)
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

static char *digits(char *p, long v)
{
	char text[24], *s = text + sizeof(text);

	do
		*--s = (char)('0' + v % 10);
	while (v /= 10);
	size_t n = (size_t)(text + sizeof(text) - s);
	memcpy(p, s, n);
	return p + n;
}

static const char *number(const char *p, long *v)
{
	for (*v = 0; *p >= '0' && *p <= '9'; p++)
		*v = *v * 10 + (*p - '0');
	return p + 1;
}

static int by_hand(void)
{
	static char in[1 << 16], out[1 << 18];
	size_t kept = 0;
	ssize_t n;

	while ((n = read(STDIN_FILENO, in + kept, sizeof(in) - kept)) > 0) {
		const char *p = in, *end = in + kept + (size_t)n;
		char *o = out;
		for (const char *stop; (stop = memchr(p, '\n', (size_t)(end - p))); p = stop + 1) {
			long width, height;
			number(number(p, &width), &height);
			o = digits(o, width);
			*o++ = ',';
			o = digits(o, height);
			*o++ = ',';
			o = digits(o, lrint((double)width / 28) * lrint((double)height / 28));
			*o++ = '\n';
			if (o > out + sizeof(out) - 128) {
				if (write(STDOUT_FILENO, out, (size_t)(o - out)) < 0)
					return 1;
				o = out;
			}
		}
		if (write(STDOUT_FILENO, out, (size_t)(o - out)) < 0)
			return 1;
		kept = (size_t)(end - p);
		memmove(in, p, kept);
	}
	return 0;
}

int main(int argc, char **argv)
{
	return argc > 1 && strcmp(argv[1], "-r") == 0 ? by_hand() : with_stdio();
}
