/* Predicted prefill times against published measurements: validate-prefill [-o csv] FILE.csv
 *
 * Prints every row, then median, 90th percentile and share within 25 %, per engine, generation and
 * metric, how many rows fall into the printed range and how wide it is (high over low, median). The
 * same per engine for rows whose source was left out of the fit: bench/left_out.h. Rows that cannot
 * be mapped count as infinite errors and are listed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/figures.h"
#include "bench/left_out.h"
#include "bench/measured.h"

/* A prediction: of the fit, or without the row's source. */
struct forecast {
	double predicted, low, high;
};

static struct forecast forecast_of(const struct measured *m, bool left)
{
	return left ? (struct forecast){m->left_predicted, m->left_low, m->left_high}
		    : (struct forecast){m->predicted, m->low, m->high};
}

static bool inside(const struct measured *m, bool left)
{
	struct forecast f = forecast_of(m, left);

	return m->mapped && m->measured >= f.low && m->measured <= f.high;
}

static double error_of(const struct measured *m, bool left)
{
	double predicted = forecast_of(m, left).predicted;

	if (!m->mapped || !(predicted > 0))
		return INFINITY;
	/* times: a rate is turned into one, so that 25 % means the same everywhere */
	return fabs(1 / measured_ratio(m, predicted) - 1);
}

/* high over low; 1 where there is no range. */
static double width_of(const struct measured *m, bool left)
{
	struct forecast f = forecast_of(m, left);

	return m->mapped && f.low > 0 ? f.high / f.low : 1;
}

typedef const char *(*label_fn)(const struct measured *m);

static const char *engine_label(const struct measured *m)
{
	return m->engine != NULL ? m->engine->id : "(unknown)";
}

static const char *generation_label(const struct measured *m)
{
	return m->hardware != NULL && m->hardware->generation != NULL ? m->hardware->generation->id
								      : "(unknown)";
}

static const char *metric_label(const struct measured *m)
{
	return m->metric;
}

static const char *all_label(const struct measured *m)
{
	(void)m;
	return "all rows";
}

static const char *left_label(const struct measured *m)
{
	(void)m;
	return "left out";
}

/* Rows of one label; of the fit, or without their sources. */
struct group {
	label_fn label;
	const char *name;
	bool left;
};

/* errors, widths: room for n */
static void summary_line(FILE *to, const struct measured *rows, size_t n, const struct group *g,
			 double *errors, double *widths)
{
	size_t used = 0, near = 0, covered = 0;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(g->label(&rows[i]), g->name) != 0)
			continue;
		widths[used] = width_of(&rows[i], g->left);
		errors[used] = error_of(&rows[i], g->left);
		near += errors[used] <= 0.25;
		covered += inside(&rows[i], g->left);
		used++;
	}
	fprintf(to, "%-22s %5zu %8.1f %% %8.1f %% %8.0f %% %8.0f %% %8.2f\n", g->name, used,
		100 * figures_quantile(errors, used, 0.5),
		100 * figures_quantile(errors, used, 0.9), 100 * (double)near / (double)used,
		100 * (double)covered / (double)used, figures_quantile(widths, used, 0.5));
}

static void summary(FILE *to, const struct measured *rows, size_t n, const char *title,
		    label_fn label, bool left)
{
	double *errors = calloc(2 * n, sizeof(*errors));

	if (errors == NULL)
		return;
	fprintf(to, "\n%-22s %5s %10s %10s %10s %10s %8s\n", title, "rows", "median", "p90",
		"in 25 %", "in range", "width");
	for (size_t i = 0; i < n; i++) {
		bool first = true;

		for (size_t k = 0; k < i && first; k++)
			first = strcmp(label(&rows[k]), label(&rows[i])) != 0;
		if (first)
			summary_line(to, rows, n, &(struct group){label, label(&rows[i]), left},
				     errors, errors + n);
	}
	free(errors);
}

static void print_csv(const struct measured *rows, size_t n)
{
	puts("id,status,predicted,measured,low,high");
	for (size_t i = 0; i < n; i++) {
		figures_put_cell(rows[i].id);
		if (rows[i].mapped)
			printf(",ok,%.6g,%.6g,%.6g,%.6g\n", rows[i].predicted, rows[i].measured,
			       rows[i].low, rows[i].high);
		else if (rows[i].measured > 0)
			printf(",unmapped,,%.6g,,\n", rows[i].measured);
		else
			puts(",unmapped,,,,");
	}
}

static void print_table(const struct measured *rows, size_t n)
{
	printf("%-6s %-13s %12s %12s %10s  %-8s\n", "id", "metric", "predicted", "measured",
	       "error", "range");
	for (size_t i = 0; i < n; i++)
		if (rows[i].mapped)
			printf("%-6s %-13s %12.5g %12.5g %+9.1f %%  %s\n", rows[i].id,
			       rows[i].metric, rows[i].predicted, rows[i].measured,
			       100 * (rows[i].predicted / rows[i].measured - 1),
			       inside(&rows[i], false) ? "inside" : "outside");
		else
			printf("%-6s %-13s %12s %12.5g %12s  %s\n", rows[i].id, rows[i].metric, "",
			       rows[i].measured, "", rows[i].why);
}

static void print_summaries(FILE *to, const struct measured *rows, size_t n, bool left)
{
	size_t unmapped = 0;

	summary(to, rows, n, "engine", engine_label, false);
	summary(to, rows, n, "generation", generation_label, false);
	summary(to, rows, n, "metric", metric_label, false);
	summary(to, rows, n, "", all_label, false);
	if (left) {
		summary(to, rows, n, "without its source", engine_label, true);
		summary(to, rows, n, "", left_label, true);
	}
	for (size_t i = 0; i < n; i++)
		unmapped += !rows[i].mapped;
	fprintf(to, "\nrows that could not be mapped: %zu\n", unmapped);
	for (size_t i = 0; i < n; i++)
		if (!rows[i].mapped)
			fprintf(to, "%s: %s\n", rows[i].id, rows[i].why);
}

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "validate-prefill: %s%s\n", what, why);
	return 1;
}

/* The header must name every column that is read. */
static const char *missing_column(const struct csv *csv)
{
	for (const char *const *name = measured_columns; *name != NULL; name++)
		if (!csv_has(csv, *name))
			return *name;
	return NULL;
}

/* The caller's to free; NULL: no memory, or no rows. */
static struct measured *read_rows(const struct registry *reg, struct csv *csv, size_t *n)
{
	struct measured *rows = NULL;
	size_t room = 0;

	for (*n = 0; csv_next(csv); ++*n) {
		if (*n == room) {
			room = room > 0 ? 2 * room : 256;
			struct measured *more = realloc(rows, room * sizeof(*rows));

			if (more == NULL) {
				free(rows);
				return NULL;
			}
			rows = more;
		}
		measured_read(reg, csv, &rows[*n]);
		str_clean(rows[*n].id);
		str_clean(rows[*n].why);
	}
	return rows;
}

int main(int argc, char **argv)
{
	struct registry reg;
	struct vtok_error err = {0};
	struct csv csv;
	size_t n = 0;
	bool as_csv = argc == 4 && strcmp(argv[1], "-o") == 0 && strcmp(argv[2], "csv") == 0;

	if (argc != 2 && !as_csv) {
		fputs("usage: validate-prefill [-o csv] FILE.csv\n", stderr);
		return 2;
	}
	FILE *file = fopen(argv[argc - 1], "r");

	if (file == NULL)
		return fail("cannot read ", argv[argc - 1]);
	bool opened = csv_open(&csv, file);
	const char *missing = opened ? missing_column(&csv) : NULL;

	if (!opened || missing != NULL) {
		fclose(file);
		return missing != NULL ? fail("the header has no column ", missing)
				       : fail("no header: ",
					      csv.bad != NULL ? csv.bad : "the file is empty");
	}
	if (!registry_init(&reg, &err)) {
		fclose(file);
		fprintf(stderr, "validate-prefill: %s\n", err.text);
		return 3;
	}
	struct measured *rows = read_rows(&reg, &csv, &n);

	fclose(file);
	bool left = rows != NULL && left_out_possible(rows, n) && left_out(&reg, rows, n);

	if (rows != NULL && as_csv)
		print_csv(rows, n);
	else if (rows != NULL)
		print_table(rows, n);
	if (rows != NULL)
		print_summaries(as_csv ? stderr : stdout, rows, n, left);
	free(rows);
	registry_fini(&reg);
	return rows != NULL ? 0 : fail("no rows", "");
}
