/* Values of INI files into structs, driven by the field tables. */
#include "registry/schema.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/processor.h"

static_assert(sizeof(enum confidence) == sizeof(int), "FIELD_ENUM is stored as an int");

static void *at(void *entry, size_t offset)
{
	return (char *)entry + offset;
}

/* A number and a unit of its own: "989 TFLOP/s". prefixes[i] is worth 1000^(i + 1). */
struct measure {
	const char *prefixes;
	const char *const
		*units; /* without prefix; NULL-terminated; "" = the prefix alone will do */
	const char *example;
};

static const char *const flops_units[] = {"FLOP/s", "OP/s", NULL};
static const char *const rate_units[] = {"B/s", NULL};
static const char *const count_units[] = {"", NULL};
static const struct measure flops = {"kMGTP", flops_units, "989 TFLOP/s"};
static const struct measure rate = {"kMGTP", rate_units, "3350 GB/s"};
static const struct measure count = {"kMGT", count_units, "8.19 B or 416 M"};

/* The whole of s; plain numbers are in the base unit. The prefix becomes an exponent, not a factor:
 * "1026.408 B" is the number nearest to 1026408000000. */
static bool parse_measure(const struct measure *m, const char *s, double *out)
{
	size_t digits = strspn(s, "0123456789.+-");
	const char *unit = s + digits + strspn(s + digits, " ");
	const char *p =
		*unit ? strchr(m->prefixes, *unit == 'B' && m == &count ? 'G' : *unit) : NULL;
	char number[48];

	if (digits == 0 || digits > 30)
		return false;
	if (str_num(s, out)) /* without a unit, maybe with an exponent */
		return true;
	str_format(number, sizeof(number), "%.*se%d", (int)digits, s,
		   p ? 3 * (int)(p - m->prefixes + 1) : 0);
	for (size_t i = 0; m->units[i]; i++)
		if (strcmp(unit + (p != NULL), m->units[i]) == 0)
			return str_num(number, out);
	return false;
}

static bool has_range(const struct field *f)
{
	return f->least != 0 || f->most != 0;
}

static bool in_range(const struct field *f, double v)
{
	return isfinite(v) && (!has_range(f) || (v >= f->least && v <= f->most));
}

bool schema_real(enum field_type type, const char *s, double *v)
{
	switch (type) {
	case FIELD_BYTES:
		return unit_parse_bytes(s, v);
	case FIELD_SECONDS:
		return unit_parse_seconds(s, v);
	case FIELD_FLOPS:
		return parse_measure(&flops, s, v);
	case FIELD_RATE:
		return parse_measure(&rate, s, v);
	case FIELD_COUNT:
		return parse_measure(&count, s, v);
	case FIELD_NUM:
		return str_num(s, v);
	case FIELD_TEXT:
	case FIELD_WORDS:
	case FIELD_BOOL:
	case FIELD_INT:
	case FIELD_LONG:
	case FIELD_ENUM:
	case FIELD_SIZES:
	case FIELD_DATE:
	case FIELD_TABLE:
		break;
	}
	return false;
}

/* What a value of this field looks like. */
static void expected(const struct field *f, char *out, size_t size)
{
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_WORDS:
		str_format(out, size, "some text");
		return;
	case FIELD_BOOL:
		str_format(out, size, "yes or no");
		return;
	case FIELD_INT:
	case FIELD_LONG:
		str_format(out, size, "a whole number");
		return;
	case FIELD_NUM:
		str_format(out, size, "a number");
		return;
	case FIELD_BYTES:
		str_format(out, size, "a size like 80 GiB");
		return;
	case FIELD_SECONDS:
		str_format(out, size, "a time like 3.6 us");
		return;
	case FIELD_FLOPS:
		str_format(out, size, "a rate like %s",
			   strcmp(f->unit, "OP/s") == 0 ? "1979 TOP/s" : flops.example);
		return;
	case FIELD_RATE:
		str_format(out, size, "a rate like %s", rate.example);
		return;
	case FIELD_COUNT:
		str_format(out, size, "a number like %s", count.example);
		return;
	case FIELD_SIZES:
		str_format(out, size, "up to %d sizes like 384x768", (int)PINS_MAX);
		return;
	case FIELD_DATE:
		str_format(out, size, "a date like 2025-04-14 or 2025-04");
		return;
	case FIELD_TABLE:
		str_format(out, size, "up to %d sizes and their tokens like 900x450=800",
			   (int)TABLE_MAX);
		return;
	case FIELD_ENUM:
		break;
	}
	str_format(out, size, "one of");
	for (size_t i = 0; f->names[i]; i++)
		str_append(out, size, "%s %s", i ? "," : "", f->names[i]);
}

char *schema_expected(const struct field *f, const char *value, char *out, size_t size)
{
	bool plain = f->type == FIELD_INT || f->type == FIELD_LONG || f->type == FIELD_NUM;
	double v;

	expected(f, out, size);
	if (has_range(f) && (plain || !value || schema_real(f->type, value, &v)))
		str_append(out, size, " from %.10g to %.10g", f->least, f->most);
	if (plain && f->unit && f->unit[0])
		str_append(out, size, ", in %s", f->unit);
	return out;
}

/* A list of so many words that a message could not hold the value behind it ends in dots. */
static void shorten(char want[SCHEMA_EXPECTED])
{
	enum { LIST_MOST = 120 };

	if (strlen(want) <= LIST_MOST)
		return;
	want[LIST_MOST] = '\0';
	char *end = strrchr(want, ',');
	if (end)
		str_format(end, (size_t)(want + SCHEMA_EXPECTED - end), ", ... (vtok(5) has all)");
}

static bool reject(const struct field *f, const char *value, struct vtok_error *err)
{
	char want[SCHEMA_EXPECTED];

	schema_expected(f, value, want, sizeof(want));
	shorten(want);
	return error_set(err, VTOK_E_CONFIG, "%s: expected %s, got \"%.60s\"", f->key, want, value);
}

static bool set_whole(const struct field *f, void *entry, const char *value)
{
	bool is_long = f->type == FIELD_LONG;
	int64_t least = is_long ? INT64_MIN : INT32_MIN, most = is_long ? INT64_MAX : INT32_MAX, v;

	if (!str_int(value, least, most, &v) || !in_range(f, (double)v))
		return false;
	if (is_long)
		*(int64_t *)at(entry, f->offset) = v;
	else
		*(int32_t *)at(entry, f->offset) = (int32_t)v;
	return true;
}

static bool set_real(const struct field *f, void *entry, const char *value)
{
	double v;

	if (!schema_real(f->type, value, &v) || !in_range(f, v))
		return false;
	*(double *)at(entry, f->offset) = v;
	return true;
}

static bool set_sizes(const struct field *f, void *entry, const char *value, bool append)
{
	struct px_size *list = at(entry, f->offset);
	int32_t *n = at(entry, f->offset2), m = append ? *n : 0;

	while (*value) {
		char word[32];
		size_t len = strcspn(value, " \t");
		int64_t w, h;
		if (len >= sizeof(word) || m == PINS_MAX)
			return false;
		memcpy(word, value, len);
		word[len] = '\0';
		if (!unit_parse_size(word, &w, &h))
			return false;
		list[m++] = (struct px_size){(int32_t)w, (int32_t)h};
		value += len;
		value += strspn(value, " \t");
	}
	*n = m;
	return true;
}

static bool set_date(const struct field *f, void *entry, const char *value)
{
	int32_t date = 0;

	if (*value && !hosted_parse_date(value, &date))
		return false;
	*(int32_t *)at(entry, f->offset) = date;
	return true;
}

/* "900x450=800" of one word. */
static bool parse_row(char *word, struct size_tokens *row)
{
	int64_t w, h, tokens;
	char *equals = strchr(word, '=');

	if (!equals)
		return false;
	*equals = '\0';
	if (!unit_parse_size(word, &w, &h) || !str_int(equals + 1, 1, 1000000, &tokens))
		return false;
	*row = (struct size_tokens){(int32_t)w, (int32_t)h, (int32_t)tokens};
	return true;
}

static bool set_table(const struct field *f, void *entry, const char *value)
{
	struct size_tokens *list = at(entry, f->offset);
	int32_t m = 0;

	while (*value) {
		char word[48];
		size_t len = strcspn(value, " \t");
		if (len >= sizeof(word) || m == TABLE_MAX)
			return false;
		memcpy(word, value, len);
		word[len] = '\0';
		if (!parse_row(word, &list[m++]))
			return false;
		value += len;
		value += strspn(value, " \t");
	}
	*(int32_t *)at(entry, f->offset2) = m;
	return true;
}

static bool set_text(const struct field *f, void *entry, const char *value, struct arena *a,
		     struct vtok_error *err)
{
	const char *text = NULL;

	if (*value) {
		text = arena_strdup(a, value);
		if (!text)
			return error_memory(err);
	}
	*(const char **)at(entry, f->offset) = text;
	return true;
}

static bool set_words(const struct field *f, void *entry, const char *value, bool append,
		      struct arena *a, struct vtok_error *err)
{
	const char *old = *(const char *const *)at(entry, f->offset);

	if (!append || !old || !*value)
		return append && old ? true : set_text(f, entry, value, a, err);
	size_t size = strlen(old) + strlen(value) + 2;
	char *both = arena_alloc(a, size);
	if (!both)
		return error_memory(err);
	str_format(both, size, "%s %s", old, value);
	*(const char **)at(entry, f->offset) = both;
	return true;
}

bool schema_set(void *entry, const struct field *f, const char *value, bool append, struct arena *a,
		struct vtok_error *err)
{
	switch (f->type) {
	case FIELD_TEXT:
		if (!*value && !f->standard)
			return reject(f, value, err);
		return set_text(f, entry, value, a, err);
	case FIELD_WORDS:
		return set_words(f, entry, value, append, a, err);
	case FIELD_BOOL:
		if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
			return reject(f, value, err);
		*(bool *)at(entry, f->offset) = value[0] == 'y';
		return true;
	case FIELD_INT:
	case FIELD_LONG:
		return set_whole(f, entry, value) || reject(f, value, err);
	case FIELD_NUM:
	case FIELD_BYTES:
	case FIELD_SECONDS:
	case FIELD_FLOPS:
	case FIELD_RATE:
	case FIELD_COUNT:
		return set_real(f, entry, value) || reject(f, value, err);
	case FIELD_ENUM: {
		int i = schema_name(f->names, value);
		if (i < 0)
			return reject(f, value, err);
		memcpy(at(entry, f->offset), &i, sizeof(i)); /* an enum is an int here */
		return true;
	}
	case FIELD_SIZES:
		return set_sizes(f, entry, value, append) || reject(f, value, err);
	case FIELD_DATE:
		return set_date(f, entry, value) || reject(f, value, err);
	case FIELD_TABLE:
		return set_table(f, entry, value) || reject(f, value, err);
	}
	return false;
}

int schema_name(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

void schema_defaults(const struct schema *s, void *entry)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->fields[i].standard && s->fields[i].standard[0])
			schema_set(entry, &s->fields[i], s->fields[i].standard, false, NULL, NULL);
}

const struct field *schema_field(const struct schema *s, const char *key)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->fields[i].key, key) == 0)
			return &s->fields[i];
	return NULL;
}

const struct field *schema_near(const struct schema *s, const char *key)
{
	const struct field *best = NULL;
	size_t least = strlen(key) / 2 + 1; /* half of the letters wrong is no resemblance */

	for (size_t i = 0; i < s->n; i++) {
		size_t d = str_distance(s->fields[i].key, key);
		if (d < least) {
			least = d;
			best = &s->fields[i];
		}
	}
	return best;
}
