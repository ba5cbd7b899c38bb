/* Predicted speeds of output tokens against published ones: validate-decode [-o csv] FILE.csv
 *
 * Prints every row, then median and 90th percentile of the error of time, the share within 25 % and
 * within the printed range and how wide that is (high over low, median): for one request at a time
 * and for several apart, then by engine. Rows of the H20 and of confidence "low" are reported by
 * themselves and are in no other figure; rows that cannot be mapped count as infinite errors and
 * are listed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/figures.h"
#include "bench/served.h"

static bool inside(const struct served *s)
{
	return s->mapped && s->measured >= s->low && s->measured <= s->high;
}

static double error_of(const struct served *s)
{
	return s->mapped ? fabs(served_ratio(s) - 1) : INFINITY;
}

struct rows {
	struct served *list;
	size_t n;
	double *errors, *widths; /* room for n */
};

/* Whether a row counts in a line of figures. */
typedef bool (*is_in)(const struct served *s, const void *what);

static bool of_set(const struct served *s, const void *what)
{
	return s->set == *(const enum served_set *)what;
}

static const char *engine_id(const struct served *s)
{
	return s->engine ? s->engine->id : "(unknown)";
}

static bool is_scored(const struct served *s)
{
	return s->set == SERVED_ONE || s->set == SERVED_LOADED;
}

static bool of_engine(const struct served *s, const void *what)
{
	return is_scored(s) && strcmp(engine_id(s), what) == 0;
}

static void figures_line(FILE *to, const struct rows *r, const char *name, is_in in,
			 const void *what)
{
	size_t used = 0, near = 0, covered = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct served *s = &r->list[i];

		if (!in(s, what))
			continue;
		r->errors[used] = error_of(s);
		r->widths[used] = s->mapped && s->low > 0 ? s->high / s->low : 1;
		near += r->errors[used] <= 0.25;
		covered += inside(s);
		used++;
	}
	if (used > 0)
		fprintf(to, "%-16s %5zu %8.1f %% %8.1f %% %8.0f %% %8.0f %% %8.2f\n", name, used,
			100 * figures_quantile(r->errors, used, 0.5),
			100 * figures_quantile(r->errors, used, 0.9),
			100 * (double)near / (double)used, 100 * (double)covered / (double)used,
			figures_quantile(r->widths, used, 0.5));
}

static void head(FILE *to, const char *title)
{
	fprintf(to, "\n%-16s %5s %10s %10s %10s %10s %8s\n", title, "rows", "median", "p90",
		"in 25 %", "in range", "width");
}

static void print_figures(FILE *to, const struct rows *r)
{
	size_t unmapped = 0;

	head(to, "set");
	for (enum served_set s = 0; s < SERVED_N; s++)
		figures_line(to, r, served_set_name(s), of_set, &s);
	head(to, "engine");
	for (size_t i = 0; i < r->n; i++) {
		bool first = is_scored(&r->list[i]);

		for (size_t k = 0; k < i && first; k++)
			first = !of_engine(&r->list[k], engine_id(&r->list[i]));
		if (first)
			figures_line(to, r, engine_id(&r->list[i]), of_engine,
				     engine_id(&r->list[i]));
	}
	for (size_t i = 0; i < r->n; i++)
		unmapped += !r->list[i].mapped;
	fprintf(to, "\nrows that could not be mapped: %zu\n", unmapped);
	for (size_t i = 0; i < r->n; i++)
		if (!r->list[i].mapped)
			fprintf(to, "%s: %s\n", r->list[i].id, r->list[i].why);
}

static void print_csv(const struct rows *r)
{
	puts("id,status,predicted,measured,low,high");
	for (size_t i = 0; i < r->n; i++) {
		const struct served *s = &r->list[i];

		figures_put_cell(s->id);
		if (s->mapped)
			printf(",ok,%.6g,%.6g,%.6g,%.6g\n", s->predicted, s->measured, s->low,
			       s->high);
		else if (s->measured > 0)
			printf(",unmapped,,%.6g,,\n", s->measured);
		else
			puts(",unmapped,,,,");
	}
}

static void print_table(const struct rows *r)
{
	printf("%-6s %-14s %-24s %12s %12s %10s  %s\n", "id", "set", "metric", "predicted",
	       "measured", "time", "range");
	for (size_t i = 0; i < r->n; i++) {
		const struct served *s = &r->list[i];

		if (s->mapped)
			printf("%-6s %-14s %-24s %12.5g %12.5g %+8.1f %%  %s\n", s->id,
			       served_set_name(s->set), s->metric, s->predicted, s->measured,
			       100 * (served_ratio(s) - 1), inside(s) ? "inside" : "outside");
		else
			printf("%-6s %-14s %-24s %12s %12.5g %10s  %s\n", s->id,
			       served_set_name(s->set), s->metric, "", s->measured, "", s->why);
	}
}

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "validate-decode: %s%s\n", what, why);
	return 1;
}

/* False: no memory. */
static bool read_rows(const struct registry *reg, struct csv *csv, struct rows *r)
{
	size_t room = 0;

	for (; csv_next(csv); r->n++) {
		if (r->n == room) {
			room = room > 0 ? 2 * room : 256;
			struct served *more = realloc(r->list, room * sizeof(*more));

			if (!more)
				return false;
			r->list = more;
		}
		served_read(reg, csv, &r->list[r->n]);
		str_clean(r->list[r->n].id);
		str_clean(r->list[r->n].why);
	}
	r->errors = calloc(r->n + 1, sizeof(*r->errors));
	r->widths = calloc(r->n + 1, sizeof(*r->widths));
	return r->errors && r->widths;
}

static const char *missing_column(const struct csv *csv)
{
	for (const char *const *name = served_columns; *name; name++)
		if (!csv_has(csv, *name))
			return *name;
	return NULL;
}

static int run(struct csv *csv, bool as_csv)
{
	struct registry reg;
	struct vtok_error err = {0};
	struct rows rows = {0};

	if (missing_column(csv))
		return fail("the header has no column ", missing_column(csv));
	if (!registry_init(&reg, &err)) {
		fprintf(stderr, "validate-decode: %s\n", err.text);
		return 3;
	}
	bool good = read_rows(&reg, csv, &rows);

	if (good && as_csv)
		print_csv(&rows);
	else if (good)
		print_table(&rows);
	if (good)
		print_figures(as_csv ? stderr : stdout, &rows);
	free(rows.list);
	free(rows.errors);
	free(rows.widths);
	registry_fini(&reg);
	return !good ? fail("out of memory", "") : rows.n == 0 ? fail("no rows", "") : 0;
}

int main(int argc, char **argv)
{
	struct csv csv;
	bool ends = argc == 4 && strcmp(argv[2], "-o") == 0 && strcmp(argv[3], "csv") == 0;
	bool begins = argc == 4 && strcmp(argv[1], "-o") == 0 && strcmp(argv[2], "csv") == 0;

	if (argc != 2 && !begins && !ends) {
		fputs("usage: validate-decode [-o csv] FILE.csv\n", stderr);
		return 2;
	}
	FILE *file = fopen(argv[ends ? 1 : argc - 1], "r");

	if (!file)
		return fail("cannot read ", argv[ends ? 1 : argc - 1]);
	int code = csv_open(&csv, file)
			   ? run(&csv, begins || ends)
			   : fail("no header: ", csv.bad ? csv.bad : "the file is empty");

	fclose(file);
	return code;
}
