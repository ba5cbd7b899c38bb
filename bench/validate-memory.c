/* Predicted memory against what servers logged: validate-memory [-o csv] FILE.csv
 *
 * Prints every row, then per quantity the median of predicted over measured, its range, how many
 * rows are within 10 %, and how many logged values the printed range covers and its low end stays
 * below: first of the rows with all options stated, then of all that could be predicted. Pools
 * stand there twice: all of them, and those of which the account claims to be whole (no mark). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/figures.h"
#include "bench/logged.h"

static const char *const status_names[] = {
	[LOGGED_OK] = "ok",
	[LOGGED_UNSTATED] = "unstated",
	[LOGGED_UNMAPPED] = "unmapped",
};

/* A verdict ("does not start") is reported as 0 and has no ratio. */
static bool has_ratio(const struct logged *l)
{
	return l->status != LOGGED_UNMAPPED && l->measured > 0;
}

static double ratio(const struct logged *l)
{
	return l->predicted / l->measured;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of an even number the mean of the two in the middle. */
static double median(const double *sorted, size_t n)
{
	return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

/* label: as which it is printed; whole: rows without a mark alone; ratios: room for n. Nothing is
 * printed where no row counts. */
static void summary_line(FILE *to, const struct logged *rows, size_t n, const char *quantity,
			 const char *label, bool all, bool whole, double *ratios)
{
	size_t used = 0, near = 0, inside = 0, above_low = 0;

	for (size_t i = 0; i < n; i++) {
		const struct logged *l = &rows[i];

		if (!has_ratio(l) || strcmp(l->quantity, quantity) != 0 ||
		    (!all && l->status != LOGGED_OK) || (whole && l->caveat != NULL))
			continue;
		ratios[used] = ratio(l);
		near += fabs(ratios[used] - 1) <= 0.1;
		inside += l->measured >= l->low && l->measured <= l->high;
		above_low += l->low <= l->measured;
		used++;
	}
	if (used == 0)
		return;
	qsort(ratios, used, sizeof(ratios[0]), by_value);
	fprintf(to, "%-16s %4zu %8.3f %8.3f %8.3f %8.0f %% %8.0f %% %8.0f %%\n", label, used,
		median(ratios, used), ratios[0], ratios[used - 1],
		100 * (double)near / (double)used, 100 * (double)inside / (double)used,
		100 * (double)above_low / (double)used);
}

static void summary(FILE *to, const struct logged *rows, size_t n, const char *title, bool all)
{
	double *ratios = calloc(n + 1, sizeof(*ratios));

	if (ratios == NULL)
		return;
	fprintf(to, "\n%-16s %4s %8s %8s %8s %10s %10s %10s\n", title, "rows", "median", "least",
		"most", "in 10 %", "in range", "low below");
	for (size_t i = 0; i < n; i++) {
		bool first = has_ratio(&rows[i]);

		for (size_t k = 0; k < i && first; k++)
			first = strcmp(rows[k].quantity, rows[i].quantity) != 0 ||
				!has_ratio(&rows[k]);
		if (!first)
			continue;
		const char *quantity = rows[i].quantity;

		summary_line(to, rows, n, quantity, quantity, all, false, ratios);
		if (strcmp(quantity, "pool") == 0)
			summary_line(to, rows, n, quantity, "  without a mark", all, true, ratios);
	}
	free(ratios);
}

static void print_csv(const struct logged *rows, size_t n)
{
	puts("id,status,predicted,measured,low,high");
	for (size_t i = 0; i < n; i++) {
		const struct logged *l = &rows[i];

		figures_put_cell(l->id);
		printf(",%s,", status_names[l->status]);
		if (l->status != LOGGED_UNMAPPED)
			printf("%.6g,%.6g,%.6g,%.6g\n", l->predicted, l->measured, l->low, l->high);
		else if (l->measured >= 0)
			printf(",%.6g,,\n", l->measured);
		else
			puts(",,,");
	}
}

static void print_row(const struct logged *l)
{
	printf("%-6s %-16s %-9s ", l->id, l->quantity, status_names[l->status]);
	if (l->status == LOGGED_UNMAPPED) {
		printf("%s\n", l->why);
		return;
	}
	printf("%12.6g %12.6g %12.6g..%-12.6g", l->predicted, l->measured, l->low, l->high);
	if (has_ratio(l))
		printf(" %6.3f", ratio(l));
	if (l->status == LOGGED_UNSTATED)
		printf("  %s", l->why);
	if (l->caveat != NULL)
		printf("  ! %s", l->caveat);
	putchar('\n');
}

static void print_summaries(FILE *to, const struct logged *rows, size_t n)
{
	summary(to, rows, n, "all stated", false);
	summary(to, rows, n, "every row", true);
}

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "validate-memory: %s%s\n", what, why);
	return 1;
}

static const char *missing_column(const struct csv *csv)
{
	for (const char *const *name = logged_columns; *name != NULL; name++)
		if (!csv_has(csv, *name))
			return *name;
	return NULL;
}

/* The caller's to free; NULL: no memory, or no rows. */
static struct logged *read_rows(const struct registry *reg, struct csv *csv, size_t *n)
{
	struct logged *rows = NULL;
	size_t room = 0;

	for (*n = 0; csv_next(csv); ++*n) {
		if (*n == room) {
			room = room > 0 ? 2 * room : 256;
			struct logged *more = realloc(rows, room * sizeof(*rows));

			if (more == NULL) {
				free(rows);
				return NULL;
			}
			rows = more;
		}
		logged_read(reg, csv, &rows[*n]);
		str_clean(rows[*n].id);
		str_clean(rows[*n].why);
	}
	return rows;
}

static bool read_file(const char *path, const struct registry *reg, struct logged **rows, size_t *n)
{
	struct csv csv;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return fail("cannot read ", path) == 0;
	bool opened = csv_open(&csv, file);
	const char *missing = opened ? missing_column(&csv) : NULL;

	if (!opened)
		fail("no header: ", csv.bad != NULL ? csv.bad : "the file is empty");
	else if (missing != NULL)
		fail("the header has no column ", missing);
	else if ((*rows = read_rows(reg, &csv, n)) == NULL)
		fail("no rows", "");
	fclose(file);
	return opened && missing == NULL && *rows != NULL;
}

int main(int argc, char **argv)
{
	struct registry reg;
	struct vtok_error err = {0};
	struct logged *rows = NULL;
	size_t n = 0;
	bool as_csv = argc == 4 && strcmp(argv[1], "-o") == 0 && strcmp(argv[2], "csv") == 0;

	if (argc != 2 && !as_csv) {
		fputs("usage: validate-memory [-o csv] FILE.csv\n", stderr);
		return 2;
	}
	if (!registry_init(&reg, &err)) {
		fprintf(stderr, "validate-memory: %s\n", err.text);
		return 3;
	}
	bool read = read_file(argv[argc - 1], &reg, &rows, &n);

	if (read && as_csv)
		print_csv(rows, n);
	for (size_t i = 0; read && !as_csv && i < n; i++)
		print_row(&rows[i]);
	if (read)
		print_summaries(as_csv ? stderr : stdout, rows, n);
	free(rows);
	registry_fini(&reg);
	return read ? 0 : 1;
}
