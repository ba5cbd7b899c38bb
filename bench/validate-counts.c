/* How the counting rules of open models were tested: validate-counts TOKENS.csv CODE.csv
 *
 * TOKENS.csv has counts that real processors gave, CODE.csv counts of their numeric part alone. A
 * line for each way has the rules that it was tried on (variants of runtimes left out), its rows,
 * and how sure the numbers of those rules are. Whether the rows hold is asked by make check. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "bench/csv.h"
#include "registry/registry.h"
#include "registry/subjects.h"

enum way { WAY_PROCESSOR, WAY_CODE, WAY_NONE, WAY_N };

static const char *const way_names[] = {"real processor", "its code alone", "no counts"};
static_assert(ARRAY_SIZE(way_names) == WAY_N, "a name for each");

struct tested {
	size_t rows[WAY_N];
	enum way *ways; /* of each processor of the registry */
};

static bool is_reference(const struct processor *p)
{
	return !p->runtime && !p->hosted.vendor;
}

/* The first file that has a rule says how it was tested. */
static bool read_rows(const char *path, enum way way, const struct registry *reg, struct tested *t)
{
	FILE *file = fopen(path, "r");
	static struct csv csv;
	bool is_good = file && csv_open(&csv, file);

	while (is_good && csv_next(&csv)) {
		const struct processor *p = NULL;
		const struct model *m;
		struct vtok_error err = {0};

		is_good = !csv.bad && subject_resolve(reg, csv_get(&csv, "model_id"), &m, &p, &err);
		for (size_t i = 0; is_good && i < reg->processors_n; i++)
			if (reg->processors[i] == p && is_reference(p)) {
				t->rows[way]++;
				t->ways[i] = way < t->ways[i] ? way : t->ways[i];
			}
	}
	if (!is_good)
		fprintf(stderr, "validate-counts: %s:%zu: cannot be read\n", path, csv.line);
	if (file)
		fclose(file);
	return is_good;
}

static void print(const struct registry *reg, const struct tested *t)
{
	printf("%-16s %5s %6s %6s %7s %5s\n", "tested by", "rules", "rows", "high", "medium",
	       "low");
	for (enum way way = 0; way < WAY_N; way++) {
		size_t rules = 0, sure[CONFIDENCE_N] = {0};

		for (size_t i = 0; i < reg->processors_n; i++)
			if (is_reference(reg->processors[i]) && t->ways[i] == way) {
				rules++;
				sure[reg->processors[i]->confidence]++;
			}
		printf("%-16s %5zu %6zu %6zu %7zu %5zu\n", way_names[way], rules, t->rows[way],
		       sure[CONFIDENCE_HIGH], sure[CONFIDENCE_MEDIUM], sure[CONFIDENCE_LOW]);
	}
}

int main(int argc, char **argv)
{
	struct vtok_error err = {0};
	struct registry reg;
	struct tested t = {0};

	if (argc != 3 || !registry_init(&reg, &err)) {
		fprintf(stderr, "validate-counts: %s\n",
			argc == 3 ? err.text : "expected TOKENS.csv CODE.csv");
		return 2;
	}
	t.ways = calloc(reg.processors_n, sizeof(*t.ways));
	for (size_t i = 0; t.ways && i < reg.processors_n; i++)
		t.ways[i] = WAY_NONE;
	bool is_good = t.ways && read_rows(argv[1], WAY_PROCESSOR, &reg, &t) &&
		       read_rows(argv[2], WAY_CODE, &reg, &t);
	if (is_good)
		print(&reg, &t);
	free(t.ways);
	registry_fini(&reg);
	return !is_good;
}
