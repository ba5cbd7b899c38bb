/* See limit.h. */
#include "core/limit.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/arith.h"
#include "core/count.h"
#include "core/limit_names.h"
#include "core/limit_scope.h"

const char *const verdict_names[] = {
	[VERDICT_START_FAILS] = "start-fails",
	[VERDICT_CRASH] = "crash",
	[VERDICT_HANG] = "hang",
	[VERDICT_REJECTED] = "rejected",
	[VERDICT_TRUNCATED] = "truncated",
	[VERDICT_SHRUNK] = "shrunk",
	[VERDICT_ENLARGED] = "enlarged",
	[VERDICT_OVER_RESERVED] = "over-reserved",
	[VERDICT_UNENFORCED] = "unenforced",
	[VERDICT_OK] = "ok",
	NULL,
};
static_assert(ARRAY_SIZE(verdict_names) == VERDICT_N + 1, "a name for each verdict");

const char *const limit_test_names[] = {
	[TEST_OVER] = "over",
	[TEST_REACHES] = "reaches",
	[TEST_UNDER] = "under",
	NULL,
};
static_assert(ARRAY_SIZE(limit_test_names) == TEST_N + 1, "a name for each test");

/* ------------------------------------------------------------ pictures */

void limit_image_count(const struct limit_case *c, const struct processor *by,
		       const struct knobs *k, int64_t n, struct limit_image *out)
{
	struct count own, reference;
	struct knobs knobs = {.detail = k->detail, .media = k->media, .images = (int32_t)n};

	count_image(by, LENS_EXACT, &knobs, out->width, out->height, &own, NULL);
	count_image(c->family, LENS_EXACT, &knobs, out->width, out->height, &reference, NULL);
	out->is_refused = own.refused;
	out->visual = own.refused ? -1 : own.visual;
	out->special = !own.refused && own.has_special ? own.special : 0;
	out->resized_w = own.refused ? 0 : own.resized_w;
	out->resized_h = own.refused ? 0 : own.resized_h;
	out->reference = reference.refused ? -1 : reference.visual;
}

/* ------------------------------------------------------------ one rule */

static bool is_true(const char *text, const struct term_names *names, size_t image)
{
	double v;

	return !text || !*text || (term_eval(text, names, image, &v, NULL) == TERM_VALUE && v != 0);
}

static bool passes(enum limit_test test, double value, double bound)
{
	return test == TEST_OVER      ? value > bound
	       : test == TEST_REACHES ? value >= bound
				      : value < bound;
}

/* What the rule says of one picture. False: nothing. */
static bool judge_image(const struct limit *l, const struct term_names *names, size_t image,
			struct limit_row *out)
{
	*out = (struct limit_row){.limit = l, .value = NAN, .bound = NAN, .image = image};
	out->verdict = l->verdict;
	if (!is_true(l->when, names, image))
		return false;
	if (!l->value || !*l->value)
		return true;
	if (term_eval(l->value, names, image, &out->value, NULL) != TERM_VALUE ||
	    term_eval(l->bound, names, image, &out->bound, NULL) != TERM_VALUE)
		return false;
	if (!passes(l->test, out->value, out->bound))
		out->verdict = VERDICT_OK;
	return true;
}

/* The worse of two pictures under one rule: the one that bites, then the one farther in. */
static bool is_worse(const struct limit_row *a, const struct limit_row *b)
{
	if (a->verdict != b->verdict)
		return a->verdict < b->verdict;
	double by_a = a->value - a->bound, by_b = b->value - b->bound;

	return a->limit->test == TEST_UNDER ? by_a < by_b : by_a > by_b;
}

static bool judge_rule(const struct limit *l, const struct limit_case *c, struct limit_row *out)
{
	struct term_sums sums = {0};
	struct limit_view view = {c, 0, &sums};
	struct term_names names;
	struct limit_row row;
	bool any = false;

	if (!limit_scope_fits(&l->scope, c))
		return false;
	limit_names_of(&view, &names);
	for (size_t i = 0; i == 0 || i < c->images_n; i++) {
		if (!judge_image(l, &names, i, &row))
			continue;
		if (!any || is_worse(&row, out))
			*out = row;
		any = true;
	}
	return any;
}

/* ------------------------------------------------------------ all rules */

static bool is_hidden(const struct limit_row *row, const struct limit_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].verdict != VERDICT_OK && rows[i].limit->hides &&
		    str_has_word(rows[i].limit->hides, row->limit->id))
			return true;
	return false;
}

/* Rules in the order of their file stay in it where they are equally bad. */
static void sort_worst_first(struct limit_row *rows, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct limit_row row = rows[i];
		size_t k = i;

		for (; k > 0 && rows[k - 1].verdict > row.verdict; k--)
			rows[k] = rows[k - 1];
		rows[k] = row;
	}
}

static bool starts(const struct limit_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].verdict == VERDICT_START_FAILS)
			return false;
	return true;
}

size_t limit_rows(const struct limit *const *rules, size_t n, const struct limit_case *c,
		  struct limit_row rows[LIMIT_ROWS])
{
	size_t found = 0, kept = 0;

	for (size_t i = 0; i < n && found < LIMIT_ROWS; i++)
		found += judge_rule(rules[i], c, &rows[found]);
	bool is_up = starts(rows, found);
	bool hidden[LIMIT_ROWS]; /* asked of all rows before any goes */

	for (size_t i = 0; i < found; i++)
		hidden[i] = is_hidden(&rows[i], rows, found) ||
			    (!is_up && rows[i].verdict != VERDICT_START_FAILS);
	for (size_t i = 0; i < found; i++)
		if (!hidden[i])
			rows[kept++] = rows[i];
	sort_worst_first(rows, kept);
	return kept;
}

/* ------------------------------------------------------------ the remedy */

/* {name} where the braces hold one and nothing else; those of JSON stay. */
static size_t braced(const char *text, char name[TERM_NAME])
{
	size_t n = strspn(text + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");

	if (n == 0 || n >= TERM_NAME || text[n + 1] != '}')
		return 0;
	str_format(name, TERM_NAME, "%.*s", (int)n, text + 1);
	return n + 2;
}

char *limit_remedy(const struct limit_row *row, const struct limit_case *c, char out[LIMIT_REMEDY])
{
	struct limit_view view = {c, 0, NULL};
	struct term_names names;
	char name[TERM_NAME];
	size_t used = 0;

	limit_names_of(&view, &names);
	out[0] = '\0';
	for (const char *s = row->limit->remedy ? row->limit->remedy : ""; *s;) {
		size_t n = *s == '{' ? braced(s, name) : 0;
		char digits[STR_NUMBER];
		double v;

		if (n == 0) {
			used = str_put(out, LIMIT_REMEDY, used, s++, 1);
			continue;
		}
		if (term_eval(name, &names, row->image, &v, NULL) == TERM_VALUE)
			str_number(digits, ceil(v));
		else
			str_format(digits, sizeof(digits), "N");
		used = str_put(out, LIMIT_REMEDY, used, digits, strlen(digits));
		s += n;
	}
	return out;
}

const char *limit_group(const struct limit_row *row)
{
	const struct limit *l = row->limit;
	bool is_of_tokens = l->unit && strcmp(l->unit, "tokens") == 0;

	if (row->verdict == VERDICT_START_FAILS || row->verdict == VERDICT_OVER_RESERVED)
		return "capacity";
	/* a picture that is made smaller or larger is another picture, not a longer prompt */
	return is_of_tokens && row->verdict < VERDICT_SHRUNK ? "context" : "tokens";
}
