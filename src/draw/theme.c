#include "draw/theme.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"

/* As in theme files, in the order of enum style. */
static const char *const role_names[] = {
	"text",  "dim",    "title",  "border", "value",  "big",    "focus",  "key",
	"bar",   "good",   "warn",   "bad",    "mark",   "select", "input",  "axis",
	"limit", "cursor", "curve1", "curve2", "curve3", "curve4", "curve5", "curve6",
	"part1", "part2",  "part3",  "part4",  "part5",
};
static_assert(ARRAY_SIZE(role_names) == STYLE_N, "a name for every role");

const char *theme_role_name(unsigned role)
{
	return role_names[role];
}

static const struct theme *find(const struct theme *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_casecmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

size_t theme_count(const struct theme_list *l)
{
	size_t n = shipped_themes_n;

	for (size_t i = 0; i < l->own_n; i++)
		n += find(shipped_themes, shipped_themes_n, l->own[i].name) == NULL;
	return n;
}

const struct theme *theme_at(const struct theme_list *l, size_t i)
{
	if (i < shipped_themes_n) {
		const struct theme *own = find(l->own, l->own_n, shipped_themes[i].name);

		return own ? own : &shipped_themes[i];
	}
	i -= shipped_themes_n;
	for (size_t k = 0; k < l->own_n; k++)
		if (!find(shipped_themes, shipped_themes_n, l->own[k].name) && i-- == 0)
			return &l->own[k];
	return NULL;
}

const struct theme *theme_find(const struct theme_list *l, const char *name)
{
	const struct theme *own = find(l->own, l->own_n, name);

	return own ? own : find(shipped_themes, shipped_themes_n, name);
}

/* Between two colours, in STYLE_STEPS steps. */
static int32_t shade(int32_t from, int32_t to, int step)
{
	int32_t rgb = 0;

	for (int shift = 16; shift >= 0; shift -= 8) {
		int a = from >> shift & 0xff, b = to >> shift & 0xff;

		rgb = rgb << 8 | (a + (b - a) * step / STYLE_STEPS);
	}
	return rgb;
}

struct theme_role theme_paint(const struct theme *t, unsigned style)
{
	unsigned role = style & STYLE_ROLE;
	struct theme_role r = t->roles[role < STYLE_N ? role : STYLE_TEXT];

	if (r.to != THEME_KEEP && r.fg != THEME_KEEP)
		r.fg = shade(r.fg, r.to, (int)(style / STYLE_STEP) & STYLE_STEPS);
	r.attrs |= (uint16_t)(style & (STYLE_BOLD | STYLE_UNDERLINE | STYLE_REVERSE));
	return r;
}

int32_t theme_background(const struct theme *t)
{
	return t->background != THEME_KEEP ? t->background : t->is_light ? 0xffffff : 0x000000;
}

int32_t theme_foreground(const struct theme *t)
{
	return t->foreground != THEME_KEEP ? t->foreground : t->is_light ? 0x000000 : 0xffffff;
}

static bool colour(const char *word, int32_t *out)
{
	int32_t v = 0;

	if (strcmp(word, "default") == 0) {
		*out = THEME_KEEP;
		return true;
	}
	if (word[0] != '#' || strlen(word) != 7)
		return false;
	for (const char *p = word + 1; *p; p++) {
		int digit = *p >= '0' && *p <= '9'   ? *p - '0'
			    : *p >= 'a' && *p <= 'f' ? *p - 'a' + 10
			    : *p >= 'A' && *p <= 'F' ? *p - 'A' + 10
						     : -1;

		if (digit < 0)
			return false;
		v = v * 16 + digit;
	}
	*out = v;
	return true;
}

static bool attribute(const char *word, uint16_t *attrs)
{
	/* clang-format off */
	static const struct {
		const char *name;
		uint16_t bit;
	} names[] = {
		{"bold",      STYLE_BOLD     },
		{"underline", STYLE_UNDERLINE},
		{"reverse",   STYLE_REVERSE  }
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(names[i].name, word) == 0) {
			*attrs |= names[i].bit;
			return true;
		}
	return false;
}

static bool expected_role(const char *value, struct vtok_error *err)
{
	return error_set(err, VTOK_E_CONFIG,
			 "expected COLOUR [to COLOUR] [on COLOUR] [bold] [underline] [reverse], a "
			 "colour like "
			 "#1f5f8b or default; "
			 "found \"%s\"",
			 value);
}

/* The next word of *p, which moves behind it; false: it is longer than any. */
static bool next_word(const char **p, char word[16])
{
	size_t len = strcspn(*p, " ");

	if (len >= 16)
		return false;
	memcpy(word, *p, len);
	word[len] = '\0';
	*p += len + strspn(*p + len, " ");
	return true;
}

/* "#rrggbb to #rrggbb on #rrggbb bold" */
static bool parse_role(const char *value, struct theme_role *out, struct vtok_error *err)
{
	struct theme_role r = {.fg = THEME_KEEP, .bg = THEME_KEEP, .to = THEME_KEEP};
	const char *p = value;
	char word[16];
	bool has_bg = false, has_attrs = false;

	if (!next_word(&p, word) || !colour(word, &r.fg))
		return expected_role(value, err);
	while (*p) {
		if (!next_word(&p, word))
			return expected_role(value, err);
		bool is_to = strcmp(word, "to") == 0 && r.to == THEME_KEEP && !has_bg,
		     is_on = strcmp(word, "on") == 0 && !has_bg;

		if ((is_to || is_on) && !has_attrs) {
			if (!next_word(&p, word) || !colour(word, is_to ? &r.to : &r.bg))
				return expected_role(value, err);
			has_bg |= is_on;
		} else if (attribute(word, &r.attrs)) {
			has_attrs = true;
		} else {
			return expected_role(value, err);
		}
	}
	*out = r;
	return true;
}

static bool parse_switch(const char *value, bool *out, struct vtok_error *err)
{
	if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
		return error_set(err, VTOK_E_CONFIG, "expected yes or no, found \"%s\"", value);
	*out = strcmp(value, "yes") == 0;
	return true;
}

static bool parse_colour(const char *value, int32_t *out, struct vtok_error *err)
{
	if (!colour(value, out))
		return error_set(err, VTOK_E_CONFIG,
				 "expected a colour like #1f5f8b or default, found \"%s\"", value);
	return true;
}

static bool parse_order(const char *value, int32_t *out, struct vtok_error *err)
{
	int64_t v;

	if (!str_int(value, 0, 1000, &v))
		return error_set(err, VTOK_E_CONFIG,
				 "expected a whole number from 0 to 1000, found \"%s\"", value);
	*out = (int32_t)v;
	return true;
}

bool theme_set(struct theme *t, const char *key, const char *value, struct vtok_error *err)
{
	if (strcmp(key, "summary") == 0) {
		str_format(t->summary, sizeof t->summary, "%s", value);
		str_clean(t->summary);
		return true;
	}
	if (strcmp(key, "order") == 0)
		return parse_order(value, &t->order, err);
	if (strcmp(key, "light") == 0)
		return parse_switch(value, &t->is_light, err);
	if (strcmp(key, "mono") == 0)
		return parse_switch(value, &t->is_mono, err);
	if (strcmp(key, "background") == 0)
		return parse_colour(value, &t->background, err);
	if (strcmp(key, "foreground") == 0)
		return parse_colour(value, &t->foreground, err);
	for (size_t i = 0; i < STYLE_N; i++)
		if (strcmp(role_names[i], key) == 0)
			return parse_role(value, &t->roles[i], err);
	return error_set(err, VTOK_E_CONFIG,
			 "unknown key \"%s\"; expected a role like text, dim or curve1", key);
}
