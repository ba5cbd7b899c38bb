/* The same counts on every machine: a check sum over 1,000 sizes for each processor and hosted rule
 * there is, against tests/data/counts.sums, which was written on x86-64. Wider or fused floating
 * point, as on 387 hardware, moves a few counts in a thousand and nothing else would tell.
 *
 *	tests/same_counts FILE            compares
 *	tests/same_counts --update FILE   writes: `make update-golden` */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "registry/registry.h"
#include "tests/random.h"

enum { SIZES = 1000, LINE_BYTES = 256 };

/* Two in three are sides of real pictures, the others of any number of digits. */
static int64_t side(int i)
{
	uint64_t most = i % 3 ? 6000 : UINT64_C(1) << (1 + next() % 29);

	return 1 + (int64_t)(next() % most);
}

/* FNV-1a over the eight bytes of a number, the lowest first. */
static uint64_t add(uint64_t sum, int64_t number)
{
	for (int i = 0; i < 64; i += 8)
		sum = (sum ^ ((uint64_t)number >> i & 0xff)) * UINT64_C(0x100000001b3);
	return sum;
}

static uint64_t check_sum(const struct processor *p)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	random_state = 1;
	for (int i = 0; i < SIZES; i++) {
		int64_t w = side(i), h = side(i);
		for (int lens = 0; lens < LENS_N; lens++) {
			struct count c;
			count_image(p, (enum lens)lens, NULL, w, h, &c, NULL);
			const int64_t all[] = {!!c.refused, c.visual,    c.special, c.total,
					       c.resized_w, c.resized_h, c.tiles};
			for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
				sum = add(sum, all[k]);
		}
	}
	return sum;
}

/* The sum that the file has for this id, which ends at a blank there. */
static bool look_up(FILE *f, const char *id, uint64_t *sum)
{
	char line[LINE_BYTES];
	size_t n = strlen(id);

	rewind(f);
	while (fgets(line, sizeof line, f))
		if (strncmp(line, id, n) == 0 && line[n] == ' ')
			return sscanf(line + n, "%" SCNx64, sum) == 1;
	return false;
}

static bool compare(FILE *f, int n, const char *id, uint64_t found)
{
	uint64_t expected = 0;
	bool is_known = look_up(f, id, &expected), good = is_known && expected == found;

	printf("%s %d - %s\n", good ? "ok" : "not ok", n, id);
	if (!is_known)
		printf("# it has no line yet: make update-golden\n");
	else if (!good)
		printf("# other counts than on x86-64, or a rule was changed: then make "
		       "update-golden\n");
	return good;
}

int main(int argc, char **argv)
{
	bool update = argc == 3 && strcmp(argv[1], "--update") == 0, good = true;
	const char *source = getenv("SRCDIR");
	char path[4096];
	struct registry r;
	int tests = 0;

	snprintf(path, sizeof path, "%s/tests/data/counts.sums", source ? source : ".");
	FILE *f = fopen(argc > 1 ? argv[argc - 1] : path, update ? "w" : "r");
	if (!f || !registry_init(&r, NULL)) {
		perror(path);
		return 99;
	}
	if (update)
		fprintf(f, "# Check sums of counts (tests/same_counts.c); `make update-golden` "
			   "writes them.\n");
	for (size_t i = 0; i < r.processors_n + r.hosted_n; i++) {
		const struct processor *p =
			i < r.processors_n ? r.processors[i] : r.hosted[i - r.processors_n];
		uint64_t sum = check_sum(p);
		if (update)
			fprintf(f, "%s %016" PRIx64 "\n", p->id, sum);
		else
			good &= compare(f, ++tests, p->id, sum);
	}
	if (!update)
		printf("1..%d\n", tests);
	registry_fini(&r);
	return fclose(f) == 0 && good ? 0 : 1;
}
