/* Every row of tests/data/new-models.csv: counts of the families of 2026, each with how it was had
 * (the numeric part of the processor run, or a measurement). One line of TAP for each model; a
 * model fails on a single mismatch. A cell that a row leaves empty says nothing. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "core/count.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "tests/data_rows.h"

enum column { MODEL, WIDTH, HEIGHT, VISUAL, SPECIAL, TOTAL, HOW, COLUMNS };

/* Cuts a line at its commas; the last column keeps its own. */
static bool cut(char *line, char **f)
{
	line[strcspn(line, "\r\n")] = '\0';
	for (int i = 0; i < COLUMNS; i++) {
		f[i] = line;
		char *comma = i < COLUMNS - 1 ? strchr(line, ',') : line + strlen(line);
		if (!comma)
			return false;
		if (i < COLUMNS - 1)
			*comma++ = '\0';
		line = comma;
	}
	return true;
}

static bool same(char **f, enum column c, const char *name, int64_t found)
{
	int64_t v = 0;

	if (!f[c][0] || (str_int(f[c], 0, INT64_MAX, &v) && v == found))
		return true;
	printf("# %s %sx%s: %s should be %s, is %lld\n", f[MODEL], f[WIDTH], f[HEIGHT], name, f[c],
	       (long long)found);
	return false;
}

static bool row_matches(const struct processor *p, char **f)
{
	int64_t w = 0, h = 0;
	char why[REFUSAL_TEXT];
	struct count c;

	if (!str_int(f[WIDTH], 1, SIDE_MAX, &w) || !str_int(f[HEIGHT], 1, SIDE_MAX, &h))
		return false;
	count_image(p, LENS_EXACT, NULL, w, h, &c, NULL);
	if (c.refused) {
		printf("# %s %sx%s: refused, %s\n", f[MODEL], f[WIDTH], f[HEIGHT],
		       count_reason(&c, why));
		return false;
	}
	int good = same(f, VISUAL, "visual", c.visual);
	good += same(f, SPECIAL, "special", c.has_special ? c.special : -1);
	good += same(f, TOTAL, "total", c.has_special ? c.total : -1);
	return good == 3;
}

static int report(int n, const char *model, int rows, int wrong)
{
	printf("%s %d - %s: %d of %d rows\n", wrong ? "not ok" : "ok", n, model, rows - wrong,
	       rows);
	return wrong != 0;
}

/* The rule of a name as one asks for it: of a runtime or a closed model the newest. */
static const struct processor *rule(const struct registry *r, const char *id)
{
	const struct processor *p = NULL;
	const struct model *m;
	struct vtok_error err = {0};

	if (!subject_resolve(r, id, &m, &p, &err))
		printf("# %s\n", err.text);
	return p;
}

static int compare_all(const struct registry *r, FILE *in)
{
	char line[1024], model[64] = "", *f[COLUMNS];
	int n = 0, rows = 0, wrong = 0, failed = 0;
	const struct processor *p = NULL;

	if (!fgets(line, sizeof(line), in)) /* the header */
		return 1;
	while (fgets(line, sizeof(line), in)) {
		if (!cut(line, f))
			return 1;
		if (strcmp(f[MODEL], model) != 0) {
			if (n++)
				failed += report(n - 1, model, rows, wrong);
			rows = wrong = 0;
			snprintf(model, sizeof(model), "%s", f[MODEL]);
			p = rule(r, model);
		}
		rows++;
		wrong += !p || !row_matches(p, f);
	}
	failed += report(n, model, rows, wrong);
	printf("1..%d\n", n);
	return failed;
}

int main(void)
{
	return data_rows("new-models.csv", compare_all);
}
