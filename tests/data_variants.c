/* Every row of tests/data/variants.csv: rules that have moved, on a day before and after, and the
 * same checkpoint as other runtimes count it. Columns: what -m takes, the day of --rules or
 * nothing, the size, what it must cost (an empty cell says nothing), and where that comes from. One
 * line of TAP for each row. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "core/count.h"
#include "registry/subjects.h"
#include "tests/data_rows.h"

enum column { MODEL, RULES, WIDTH, HEIGHT, VISUAL, SPECIAL, SOURCE, COLUMNS };

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

static bool same(const char *expected, int64_t found)
{
	int64_t v;

	return !*expected || (str_int(expected, 0, INT64_MAX, &v) && v == found);
}

/* What is wrong with a row; NULL: nothing. */
static const char *judge(const struct registry *r, char **f, struct count *c)
{
	static struct vtok_error err;
	const struct processor *p;
	const struct model *m;
	int32_t date = 0;
	int64_t w, h;

	err = (struct vtok_error){0};
	if (!str_int(f[WIDTH], 1, SIDE_MAX, &w) || !str_int(f[HEIGHT], 1, SIDE_MAX, &h) ||
	    (*f[RULES] && !hosted_parse_date(f[RULES], &date)))
		return "a bad row";
	if (!subject_resolve_on(r, f[MODEL], date, &m, &p, &err))
		return err.text;
	count_image(p, LENS_EXACT, NULL, w, h, c, NULL);
	if (c->refused)
		return "refused";
	return same(f[VISUAL], c->visual) && same(f[SPECIAL], c->special) ? NULL : "other counts";
}

static int compare_all(const struct registry *r, FILE *in)
{
	char line[1024], *f[COLUMNS];
	int n = 0, failed = 0;

	if (!fgets(line, sizeof(line), in)) /* the header */
		return 1;
	while (fgets(line, sizeof(line), in)) {
		struct count c = {0};
		if (!cut(line, f)) {
			printf("Bail out! row %d has too few columns\n", n + 1);
			return 1;
		}
		const char *wrong = judge(r, f, &c);
		printf("%s %d - %s%s%s, %sx%s\n", wrong ? "not ok" : "ok", ++n, f[MODEL],
		       *f[RULES] ? " on " : "", f[RULES], f[WIDTH], f[HEIGHT]);
		if (wrong)
			printf("# %s: expected %s + %s, got %lld + %lld\n", wrong, f[VISUAL],
			       f[SPECIAL], (long long)c.visual, (long long)c.special);
		failed += wrong != NULL;
	}
	printf("1..%d\n", n);
	return failed || !n;
}

int main(void)
{
	return data_rows("variants.csv", compare_all);
}
