/* See release.h. */
#include "core/release.h"

#include <stddef.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/hosted.h"

/* What stands behind the numbers, in this order: 0.9.dev1 < 0.9a1 < 0.9b1 < 0.9rc1 < 0.9 <
 * 0.9.post1. */
enum { STAGE_WORTH = 100000, STAGE_FINAL = 4, PART_MOST = 99999, WORD_ROOM = 64 };
static const struct {
	const char *word;
	int32_t stage;
} stages[] = {
	{"dev", 0}, {"alpha", 1}, {"a", 1},   {"beta", 2},    {"b", 2},
	{"rc", 3},  {"c", 3},     {"pre", 3}, {"preview", 3}, {"post", 5},
};

/* A number that is too large for a part stays at the largest one: it is newer than all others. */
static int32_t read_number(const char **s, int32_t most)
{
	int32_t v = 0;

	for (; str_is_digit(**s); (*s)++)
		v = v <= (most - 9) / 10 ? 10 * v + (**s - '0') : most;
	return v;
}

static int32_t read_stage(const char *s)
{
	if (*s == '.' || *s == '-' || *s == '_')
		s++;
	for (size_t i = 0; i < ARRAY_SIZE(stages); i++) {
		size_t len = strlen(stages[i].word);

		if (str_ncasecmp(s, stages[i].word, len) != 0)
			continue;
		const char *rest = s + len;
		rest += *rest == '.' && str_is_digit(rest[1]);
		if (str_is_digit(*rest) || !*rest || strchr(".+-_ ", *rest))
			return stages[i].stage * STAGE_WORTH + read_number(&rest, PART_MOST);
	}
	return STAGE_FINAL * STAGE_WORTH;
}

static void read_dotted(const char *s, struct release *out)
{
	out->kind = RELEASE_DOTTED;
	for (int part = 0; part < RELEASE_PARTS; part++) {
		out->parts[part] = read_number(&s, PART_MOST);
		if (*s != '.' || !str_is_digit(s[1]))
			break;
		s++;
	}
	out->stage = read_stage(s);
}

/* "2026-08-11", "2026-08", "2026": a year that no version has reached. */
static bool read_day(const char *s, struct release *out)
{
	char day[11] = "";
	size_t len = strspn(s, "0123456789-");

	if (strspn(s, "0123456789") != 4 || len > 10)
		return false;
	str_format(day, sizeof(day), "%.*s%s", (int)len, s, len == 4 ? "-01" : "");
	if (!hosted_parse_date(day, &out->number))
		return false;
	out->kind = RELEASE_DAY;
	return true;
}

bool release_parse(const char *text, struct release *out)
{
	static const char *const newest[] = {"latest", "main", "master", "nightly", "newest"};

	*out = (struct release){.kind = RELEASE_NEWEST};
	if (!text || !*text)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(newest); i++)
		if (str_casecmp(text, newest[i]) == 0)
			return true;
	text += strspn(text, "~ ");
	if ((*text == 'v' || *text == 'V') && str_is_digit(text[1]))
		text++;
	if ((*text == 'b' || *text == 'B') && str_is_digit(text[1])) {
		text++;
		out->kind = RELEASE_BUILD;
		out->number = read_number(&text, 999999999);
		return true;
	}
	if (!str_is_digit(*text))
		return false;
	if (!read_day(text, out))
		read_dotted(text, out);
	return true;
}

/* ------------------------------------------------------------ days */

struct dated {
	struct release version;
	int32_t day;
};

/* The next word of the list; *s moves on. False at the end, *good false where it is no such word.
 */
static bool next_dated(const char **s, struct dated *out, bool *good)
{
	char word[WORD_ROOM];
	struct release day;

	*s += strspn(*s, " \t\n");
	size_t len = strcspn(*s, " \t\n");
	if (len == 0)
		return false;
	str_format(word, sizeof(word), "%.*s", (int)len, *s);
	*s += len;
	char *equals = strchr(word, '=');
	if (equals)
		*equals = '\0';
	*good = equals && len < sizeof(word) && release_parse(word, &out->version) &&
		out->version.kind != RELEASE_NEWEST && release_parse(equals + 1, &day) &&
		day.kind == RELEASE_DAY;
	out->day = *good ? day.number : 0;
	return true;
}

bool release_days_good(const char *days)
{
	struct dated at;
	bool good = true;

	for (const char *s = days ? days : ""; good && next_dated(&s, &at, &good);)
		;
	return good;
}

static int sign(int64_t v)
{
	return (v > 0) - (v < 0);
}

/* Of one kind, neither the newest. */
static int order_of(const struct release *a, const struct release *b)
{
	if (a->kind != RELEASE_DOTTED)
		return sign((int64_t)a->number - b->number);
	for (int i = 0; i < RELEASE_PARTS; i++)
		if (a->parts[i] != b->parts[i])
			return a->parts[i] < b->parts[i] ? -1 : 1;
	return sign((int64_t)a->stage - b->stage);
}

/* Days of the Gregorian calendar, the year beginning in March so that its odd day is the last. */
static int64_t day_number(int32_t yyyymmdd)
{
	int64_t m = (yyyymmdd / 100 % 100 + 9) % 12, y = yyyymmdd / 10000 - m / 10;

	return 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + yyyymmdd % 100 - 1;
}

static int64_t year_start(int64_t y)
{
	return 365 * y + y / 4 - y / 100 + y / 400;
}

static int32_t day_of_number(int64_t n)
{
	int64_t y = (10000 * n + 14780) / 3652425;

	y -= year_start(y) > n;
	int64_t day = n - year_start(y), m = (100 * day + 52) / 3060;

	return (int32_t)((y + (m + 2) / 12) * 10000 + ((m + 2) % 12 + 1) * 100 + day -
			 (m * 306 + 5) / 10 + 1);
}

/* Builds come evenly: b9000 lies where its number lies between two listed ones. */
static int32_t between(const struct dated *low, const struct dated *high, int32_t number)
{
	int64_t from = day_number(low->day), to = day_number(high->day);
	int64_t step = high->version.number - low->version.number;

	if (step <= 0 || to <= from)
		return low->day;
	return day_of_number(from + (to - from) * (number - low->version.number) / step);
}

int32_t release_day(const struct release *v, const char *days)
{
	struct dated at, low = {0};
	bool good, has_low = false;

	if (v->kind == RELEASE_DAY)
		return v->number;
	if (v->kind == RELEASE_NEWEST)
		return 0;
	for (const char *s = days ? days : ""; next_dated(&s, &at, &good);) {
		if (!good || at.version.kind != v->kind)
			continue;
		if (order_of(&at.version, v) <= 0) {
			low = at;
			has_low = true;
		} else {
			return has_low && v->kind == RELEASE_BUILD ? between(&low, &at, v->number)
								   : low.day;
		}
	}
	return low.day;
}

/* ------------------------------------------------------------ the order */

/* A day needs no list. */
static bool lists(const char *days, enum release_kind kind)
{
	struct dated at;
	bool good;

	for (const char *s = days ? days : ""; next_dated(&s, &at, &good);)
		if (good && at.version.kind == kind)
			return true;
	return kind == RELEASE_DAY;
}

/* A number alone is a build where an engine has builds and nothing else: llama.cpp@6900. */
static struct release as_listed(const struct release *v, const char *days)
{
	struct release build = {.kind = RELEASE_BUILD, .number = v->parts[0]};

	if (v->kind != RELEASE_DOTTED || lists(days, RELEASE_DOTTED) || !lists(days, RELEASE_BUILD))
		return *v;
	for (int i = 1; i < RELEASE_PARTS; i++)
		if (v->parts[i])
			return *v;
	return build;
}

/* Negative, 0, positive as a is older, the same, newer. The newest is newer than all but itself.
 * False: they are of two kinds and the list does not tell. */
static bool compare(const struct release *v, const struct release *end, const char *days,
		    int *order)
{
	const struct release one = as_listed(v, days), two = as_listed(end, days);
	const struct release *a = &one, *b = &two;

	if (a->kind == RELEASE_NEWEST || b->kind == RELEASE_NEWEST) {
		*order = (a->kind == RELEASE_NEWEST) - (b->kind == RELEASE_NEWEST);
		return true;
	}
	if (a->kind == b->kind) {
		*order = order_of(a, b);
		return true;
	}
	if (!days || !*days)
		return false;
	if (!lists(days, a->kind) || !lists(days, b->kind))
		return false;
	*order = sign((int64_t)release_day(a, days) - release_day(b, days));
	return true;
}

bool release_within(const struct release *v, const char *since, const char *until, const char *days)
{
	struct release end;
	int order;

	if (since && *since && release_parse(since, &end) && compare(v, &end, days, &order) &&
	    order < 0)
		return false;
	if (until && *until && release_parse(until, &end) && compare(v, &end, days, &order) &&
	    order >= 0)
		return false;
	return true;
}
