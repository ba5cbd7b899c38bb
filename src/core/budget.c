#include "core/budget.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/fit.h"

/* ---------------------------------------------------------------- words */

/* clang-format off */
static const struct kind {
	const char *word;
	enum quantity_id id;
	double usual; /* in the unit of the quantity */
	const char *other; /* how else it is called, commas between */
} kinds[] = {
	{"tokens",   Q_IMAGES,       1280,  "image tokens"},
	{"share",    Q_SHARE,        0.05,  "context"},
	{"ttft",     Q_TTFT,         0.3,   "first token,time"},
	{"gpu-time", Q_GPU,          0.2,   "gpu"},
	{"kv",       Q_KV_REQUEST,   100e6, "kv bytes"},
	{"at once",  Q_CONCURRENCY,  16,    "concurrency,requests"},
	{"price",    Q_PRICE_IMAGES, 2,     "max price"},
	{"left",     Q_TEXT_LEFT,    8000,  "text left"},
};
/* clang-format on */
static_assert(ARRAY_SIZE(kinds) <= BUDGET_KINDS_MOST, "lists of budgets have room for all");

static const struct kind *kind_of(enum quantity_id id)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].id == id)
			return &kinds[i];
	return NULL;
}

bool budget_kind(size_t i, struct fit_budget *out)
{
	if (i >= ARRAY_SIZE(kinds))
		return false;
	*out = (struct fit_budget){kinds[i].id, kinds[i].usual};
	return true;
}

bool budget_same(const struct fit_budget *a, const struct fit_budget *b)
{
	return a->quantity == b->quantity && !(a->value < b->value) && !(a->value > b->value);
}

const char *budget_name(enum quantity_id id)
{
	const struct kind *k = kind_of(id);

	return k ? k->word : quantity_label(id);
}

/* The same letters, where blanks, dashes and underscores are one; b ends at a comma too. */
static bool is_called(const char *a, const char *b)
{
	for (; *a && *b && *b != ','; a++, b++) {
		char x = *a == '-' || *a == '_' ? ' ' : *a, y = *b == '-' ? ' ' : *b;

		if (str_ncasecmp(&x, &y, 1) != 0)
			return false;
	}
	return !*a && (!*b || *b == ',');
}

static bool is_other(const char *name, const char *list)
{
	for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
		if (is_called(name, at))
			return true;
	return false;
}

static bool find(const char *name, enum quantity_id *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (is_called(name, kinds[i].word) || is_other(name, kinds[i].other)) {
			*out = kinds[i].id;
			return true;
		}
	return quantity_find(name, out);
}

/* ---------------------------------------------------------------- values */

const char *budget_too_much(enum quantity_id id, double v)
{
	return quantities[id].unit == UNIT_SHARE && v > 1 ? "a share is 100% at most" : NULL;
}

/* Without a mark at one of its ends: "5%" is 5, "$2" and "2$" are 2. */
static bool read_marked(const char *text, char mark, bool *is_marked, double *out)
{
	char room[64];
	size_t len = strlen(text);

	if (len == 0 || len >= sizeof(room))
		return false;
	memcpy(room, text, len + 1);
	*is_marked = room[len - 1] == mark || (mark == '$' && room[0] == mark);
	if (*is_marked && room[len - 1] == mark)
		room[len - 1] = '\0';
	else if (*is_marked)
		room[0] = ' ';
	return str_num(str_trim(room), out);
}

static bool read_share(const char *text, double *out)
{
	bool is_percent;

	if (!read_marked(text, '%', &is_percent, out))
		return false;
	*out = is_percent ? *out / 100 : *out;
	return true;
}

/* "1,280" is a count with a mark between its digits. */
static bool read_count(const char *text, double *out)
{
	char room[64];
	size_t n = 0;

	for (; *text && n + 1 < sizeof(room); text++)
		if (*text != ',')
			room[n++] = *text;
	room[n] = '\0';
	return !*text && unit_parse_count(room, out);
}

static bool read_unit(enum unit unit, const char *text, double *out)
{
	bool is_marked;

	switch (unit) {
	case UNIT_SHARE:
		return read_share(text, out);
	case UNIT_BYTES:
		return unit_parse_bytes(text, out);
	case UNIT_SECONDS: /* names of times say ms; those who type "2 s" say the unit */
		return str_num(text, out) ? (*out /= 1e3, true) : unit_parse_seconds(text, out);
	case UNIT_USD:
		return read_marked(text, '$', &is_marked, out);
	default:
		return read_count(text, out);
	}
}

bool budget_read_value(enum quantity_id id, const char *text, double *out)
{
	double v;

	if (!read_unit(quantities[id].unit, text, &v) || !isfinite(v))
		return false;
	*out = v;
	return true;
}

const char *budget_example(enum quantity_id id)
{
	enum unit unit = quantities[id].unit;

	return unit == UNIT_SHARE     ? "25%"
	       : unit == UNIT_BYTES   ? "200MiB"
	       : unit == UNIT_SECONDS ? "300ms"
	       : unit == UNIT_USD     ? "2$"
				      : "1280";
}

/* ---------------------------------------------------------------- reading */

static bool begins_value(const char *s)
{
	s += *s == '$' || *s == '-';
	s += *s == '.';
	return str_is_digit(*s);
}

/* Cuts text into a name and a value, at a sign or before the first digit behind a blank; a value
 * alone has the name "". False: there is no value. */
static bool cut(char *text, char **name, char **value)
{
	static const char at_most[] = "\xe2\x89\xa4", at_least[] = "\xe2\x89\xa5"; /* <=, >= */
	char *at = text;

	*name = text;
	while (*at && !strchr("=<>:", *at) && !str_starts(at, at_most) &&
	       !str_starts(at, at_least) && !((at == text || at[-1] == ' ') && begins_value(at)))
		at++;
	*value = at;
	while (**value && (strchr("=<>: ", **value) || (unsigned char)**value >= 0x80))
		++*value;
	if (!**value)
		return false;
	if (at == text)
		*name = at + strlen(at);
	else if (at == *value)
		at[-1] = '\0';
	else
		*at = '\0';
	*name = str_trim(*name);
	return true;
}

/* The quantity that a value alone is one of: the present one, or the first whose unit it has. */
static bool guess(const struct fit_budget *now, const char *value, enum quantity_id *out)
{
	double v;
	size_t len = strlen(value);
	bool is_plain = str_is_digit(value[len - 1]) || value[len - 1] == 'k';

	if (budget_is_set(now) && budget_read_value(now->quantity, value, &v)) {
		*out = now->quantity;
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		enum unit unit = quantities[kinds[i].id].unit;
		bool fits = unit == UNIT_SHARE ? strchr(value, '%') != NULL
			    : unit == UNIT_USD ? strchr(value, '$') != NULL
			    : unit == UNIT_TOKENS
				    ? is_plain && !strchr(value, '$')
				    : !is_plain && (unit == UNIT_SECONDS || unit == UNIT_BYTES);

		if (fits && budget_read_value(kinds[i].id, value, &v)) {
			*out = kinds[i].id;
			return true;
		}
	}
	return false;
}

static bool refuse(char why[BUDGET_WHY], const char *what)
{
	str_format(why, BUDGET_WHY, "%s", what);
	return false;
}

static const char expected[] = "expected a budget like ttft 300ms, tokens 1280 or off";

static bool is_whole(enum unit unit)
{
	return unit == UNIT_TOKENS || unit == UNIT_REQUESTS || unit == UNIT_IMAGES ||
	       unit == UNIT_TILES || unit == UNIT_PIXELS;
}

bool budget_read(const char *text, struct fit_budget *out, char why[BUDGET_WHY])
{
	char room[128], *name, *value;
	enum quantity_id id;
	double v;

	if (strlen(text) >= sizeof(room))
		return refuse(why, expected);
	str_format(room, sizeof(room), "%s", text);
	str_clean(room);
	char *words = str_trim(room);

	if (str_casecmp(words, "off") == 0 || str_casecmp(words, "none") == 0) {
		*out = (struct fit_budget){Q_MODEL, 0};
		return true;
	}
	if (!cut(words, &name, &value))
		return refuse(why, expected);
	if (*name ? !find(name, &id) : !guess(out, value, &id))
		return refuse(why, expected);
	if (fit_no_budget(id)) {
		str_format(why, BUDGET_WHY, "%.40s is no budget: %s", name, fit_no_budget(id));
		return false;
	}
	if (!budget_read_value(id, value, &v) || !(v > 0) || v > 1e15 ||
	    (is_whole(quantities[id].unit) && v < 1)) {
		str_format(why, BUDGET_WHY, "expected a value above 0, like %s %s", budget_name(id),
			   budget_example(id));
		return false;
	}
	if (budget_too_much(id, v))
		return refuse(why, budget_too_much(id, v));
	/* at most 10.5 are 10, at least 10.5 are 11 */
	if (is_whole(quantities[id].unit))
		v = quantities[id].is_cost ? floor(v) : ceil(v);
	*out = (struct fit_budget){id, v};
	return true;
}

/* ---------------------------------------------------------------- writing */

/* What a value is written in: the first at which it is 1 or more, or of bytes the shortest. */
struct scale {
	const char *unit;
	double size;
};

static const struct scale times[] = {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}};
static const struct scale sizes[] = {{"GB", 1e9}, {"GiB", 1024.0 * 1024 * 1024},
				     {"MB", 1e6}, {"MiB", 1024.0 * 1024},
				     {"kB", 1e3}, {"KiB", 1024},
				     {"B", 1}};

enum { NUMBER = 40 };

static const char *number_in(double v, const struct scale *s, char out[NUMBER])
{
	return str_format(out, NUMBER, "%.12g", v / s->size);
}

/* 0.3 s is 300 ms; but 1.2 s stays so. */
static const struct scale *time_scale(double v)
{
	size_t i = 0;

	while (i + 1 < ARRAY_SIZE(times) && v < times[i].size)
		i++;
	return &times[i];
}

static const struct scale *size_scale(double v)
{
	const struct scale *best = &sizes[ARRAY_SIZE(sizes) - 1];
	char text[NUMBER];
	size_t least = NUMBER;

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		if (v >= sizes[i].size && strlen(number_in(v, &sizes[i], text)) < least) {
			least = strlen(text);
			best = &sizes[i];
		}
	return best;
}

/* The value with its unit, a blank between where people read it. */
static char *write_value(const struct fit_budget *b, bool for_people, char out[BUDGET_TEXT])
{
	enum unit unit = quantities[b->quantity].unit;
	const struct scale *s = unit == UNIT_SECONDS ? time_scale(b->value)
				: unit == UNIT_BYTES ? size_scale(b->value)
						     : NULL;
	char number[NUMBER], grouped[UNIT_TEXT];

	if (s)
		return str_format(out, BUDGET_TEXT, "%s%s%s", number_in(b->value, s, number),
				  for_people ? " " : "", s->unit);
	if (unit == UNIT_SHARE)
		return str_format(out, BUDGET_TEXT, "%.12g%s%%", b->value * 100,
				  for_people ? " " : "");
	if (unit == UNIT_USD)
		return str_format(out, BUDGET_TEXT, for_people ? "$%.12g" : "%.12g$", b->value);
	if (for_people && is_whole(unit))
		return str_format(out, BUDGET_TEXT, "%s", unit_grouped(grouped, (int64_t)b->value));
	return str_format(out, BUDGET_TEXT, "%.15g", b->value);
}

char *budget_value_text(const struct fit_budget *b, char out[BUDGET_TEXT])
{
	return write_value(b, true, out);
}

char *budget_word(const struct fit_budget *b, char out[BUDGET_TEXT])
{
	char value[BUDGET_TEXT], name[QUANTITY_NAME];
	const struct kind *k = kind_of(b->quantity);

	if (!budget_is_set(b))
		return str_format(out, BUDGET_TEXT, "off");
	return str_format(out, BUDGET_TEXT, "%s %s", k ? k->word : quantity_name(b->quantity, name),
			  write_value(b, false, value));
}

char *budget_text(const struct fit_budget *b, bool with_sign, char out[BUDGET_TEXT])
{
	char value[BUDGET_TEXT];
	bool is_most = quantities[b->quantity].is_cost;

	if (!budget_is_set(b))
		return str_format(out, BUDGET_TEXT, "off");
	return str_format(out, BUDGET_TEXT, "%s %s%s", budget_name(b->quantity),
			  !with_sign ? ""
			  : is_most  ? "\xe2\x89\xa4 "
				     : "\xe2\x89\xa5 ",
			  write_value(b, true, value));
}

char *budget_amount(enum quantity_id id, double v, char out[BUDGET_TEXT])
{
	enum unit unit = quantities[id].unit;
	char number[UNIT_TEXT];
	const char *noun = unit == UNIT_TOKENS ? " token" : unit == UNIT_REQUESTS ? " request" : "";

	unit_text(number, unit, v);
	return str_format(out, BUDGET_TEXT, "%s%s%s", number, noun,
			  *noun && strcmp(number, "1") != 0 ? "s" : "");
}

char *budget_taken(enum quantity_id id, double v, char out[BUDGET_TEXT])
{
	char amount[BUDGET_TEXT];

	return str_format(out, BUDGET_TEXT, "%s %.48s",
			  quantities[id].is_cost ? "takes"
			  : id == Q_TEXT_LEFT    ? "leaves"
						 : "allows",
			  budget_amount(id, v, amount));
}

/* ---------------------------------------------------------------- steps */

static const double series[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};

/* In which numbers people count a unit. */
static double step_unit(enum unit unit)
{
	return unit == UNIT_SECONDS ? 1e-3
	       : unit == UNIT_SHARE ? 1e-2
	       : unit == UNIT_BYTES ? 1e6
				    : 1;
}

/* The rounded number next to v in a direction, whole ones alone where they are counted. */
static double next_round(double v, int direction, bool whole)
{
	double best = v, power = pow(10, floor(log10(v)) - 1);

	for (int e = 0; e < 3; e++, power *= 10)
		for (size_t i = 0; i < ARRAY_SIZE(series); i++) {
			double at =
				power >= 1 ? series[i] * power
					   : series[i] / round(1 / power); /* 0.3, not 0.30000001 */

			if (whole && fabs(at - round(at)) > 1e-9)
				continue;
			if (direction > 0 ? at > v * (1 + 1e-9) && (best <= v || at < best)
					  : at < v * (1 - 1e-9) && (best >= v || at > best))
				best = at;
		}
	return best;
}

void budget_round(struct fit_budget *b)
{
	enum unit unit = quantities[b->quantity].unit;
	bool is_cost = quantities[b->quantity].is_cost;
	double one = step_unit(unit);
	/* a value that is round already is the one before what comes next */
	double beyond = b->value / one * (is_cost ? 1 + 1e-6 : 1 - 1e-6);
	double v = next_round(beyond, is_cost ? -1 : 1, is_whole(unit));

	if (v > 0 && (!is_whole(unit) || v >= 1))
		b->value = one < 1 ? v / round(1 / one) : v * one;
}

void budget_step(struct fit_budget *b, int n)
{
	if (!budget_is_set(b)) {
		if (n > 0)
			budget_kind(0, b);
		return;
	}
	enum unit unit = quantities[b->quantity].unit;
	double one = step_unit(unit), v = b->value / one;

	for (; n != 0; n -= n > 0 ? 1 : -1) {
		double to = next_round(v, n, is_whole(unit));

		if (!(to >= (is_whole(unit) ? 1 : 0.01) && to <= 1e9) ||
		    (unit == UNIT_SHARE && to > 100))
			break;
		v = to;
		b->value = one < 1 ? v / round(1 / one) : v * one;
	}
}

void budget_turn(struct fit_budget *b, int n)
{
	int at = -1;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].id == b->quantity)
			at = (int)i;
	at += n;
	if (at >= (int)ARRAY_SIZE(kinds))
		at = (int)ARRAY_SIZE(kinds) - 1;
	if (at < 0)
		*b = (struct fit_budget){Q_MODEL, 0};
	else if (kinds[at].id != b->quantity)
		budget_kind((size_t)at, b);
}

bool budget_holds(const struct fit_budget *b, const struct value *v)
{
	if (v->reason)
		return false;
	return quantities[b->quantity].is_cost ? v->number <= b->value : v->number >= b->value;
}
