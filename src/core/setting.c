#include "core/setting.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"
#include "core/fit_budget.h"
#include "core/strategy.h"
#include "core/version.h"

const char *const cap_unit_names[] = {
	[CAP_AREA] = "area",
	[CAP_EDGE] = "edge",
	[CAP_TOKENS] = "tokens",
	[CAP_PATCHES] = "patches",
	[CAP_TILES] = "tiles",
	[CAP_DETAIL] = "detail",
	[CAP_MEDIA] = "media-resolution",
	NULL,
};
static_assert(ARRAY_SIZE(cap_unit_names) == CAP_N + 1, "a name for each unit");

const char *const setting_scope_names[] = {
	[SCOPE_SERVER] = "server",
	[SCOPE_BODY] = "body",
	[SCOPE_PART] = "part",
	[SCOPE_PYTHON] = "python",
	[SCOPE_ENV] = "environment",
	[SCOPE_CLIENT] = "client",
	NULL,
};
static_assert(ARRAY_SIZE(setting_scope_names) == SCOPE_N + 1, "a name for each scope");

/* ------------------------------------------------------------ whose it is */

static bool has_id(const char *words, const struct processor *p)
{
	char id[96];

	str_format(id, sizeof(id), "%.*s", (int)strcspn(p->id, "@"), p->id);
	return str_has_word(words, id);
}

bool cap_fits(const struct cap *c, const struct processor *p)
{
	if (has_id(c->except, p))
		return false;
	if (c->processors && *c->processors)
		return has_id(c->processors, p);
	if (!str_has_word(c->strategies, p->strategy->name))
		return false;
	const char *variant = p->variant_name         ? p->variant_name
			      : p->strategy->variants ? p->strategy->variants[0]
						      : "";
	return !c->variants || !*c->variants || str_has_word(c->variants, variant);
}

bool setting_is_for(const struct cap_place *s, const struct processor *p)
{
	return !s->processors || !*s->processors || has_id(s->processors, p);
}

bool setting_takes(const struct cap_place *s, const struct cap *c, const struct processor *p)
{
	return str_has_word(s->caps, c->id) && setting_is_for(s, p) && cap_fits(c, p);
}

/* ------------------------------------------------------------ the number */

/* Pixels of a token's side, 1 where the rule has no such thing. */
static int64_t side_of(const struct processor *p)
{
	int64_t side = (int64_t)p->patch * (p->merge > 0 ? p->merge : 1);

	return side > 0 ? side : 1;
}

/* Without one the family's own minimum stays, and may enlarge a picture beyond the cap. */
static bool has_minimum(const struct cap *c)
{
	return c->keys && strstr(c->keys, "{min}");
}

/* The number of the rule itself that a value of the cap replaces. */
static bool apply_value(const struct cap *c, struct processor *p, int64_t value)
{
	int64_t side = side_of(p);

	switch (c->unit) {
	case CAP_TOKENS:
		if (p->max_pixels == 0) {
			p->max_tokens = (int32_t)value;
			if (has_minimum(c))
				p->min_tokens = (int32_t)min_i64(p->min_tokens, value);
			return true;
		}
		p->max_pixels = value * side * side;
		p->min_pixels = min_i64(p->min_pixels, p->max_pixels);
		return true;
	case CAP_AREA:
		p->max_pixels = value;
		p->min_pixels = min_i64(p->min_pixels, value);
		return true;
	case CAP_EDGE:
		p->longest_edge = (int32_t)value;
		return true;
	case CAP_PATCHES:
		p->max_patches = (int32_t)value;
		return p->max_patches > 0;
	case CAP_TILES:
		p->max_tiles = (int32_t)value;
		p->min_tiles = (int32_t)min_i64(p->min_tiles, value);
		return true;
	case CAP_DETAIL:
	case CAP_MEDIA:
	case CAP_N:
		break;
	}
	return false;
}

/* What a line says as a whole: no picture is cut where a member of it says so, and the number. */
static bool apply(const struct cap *c, struct processor *p, int64_t value)
{
	bool is_switch = c->whole && *c->whole;

	p->is_whole = p->is_whole || is_switch;
	if (is_switch && !strstr(c->keys, "{value}"))
		return true;
	return apply_value(c, p, value);
}

/* "max_pixels" of "mm.max_pixels" stands in keys as "max_pixels":{value}. */
static bool is_key(const char *keys, const char *member, const char *what)
{
	char text[96];

	str_format(text, sizeof(text), "\"%s\":%s", member, what);
	return keys && strstr(keys, text);
}

static const char *member_of(const char *key)
{
	const char *dot = strrchr(key, '.');

	return dot ? dot + 1 : key;
}

bool cap_has_key(const struct cap *c, const char *key)
{
	return is_key(c->keys, member_of(key), "");
}

bool cap_apply(const struct cap *c, struct processor *p, const char *key, int64_t value)
{
	const char *member = member_of(key);
	char number[24];

	if (is_key(c->whole, member, "")) {
		str_format(number, sizeof(number), "%lld", (long long)value);
		p->is_whole = is_key(c->whole, member, value == 0 ? "false" : number);
		return true;
	}
	if (value < 1)
		return false;
	if (is_key(c->keys, member, "{value}"))
		return apply_value(c, p, value);
	if (!is_key(c->keys, member, "{min}"))
		return false;
	if (c->unit != CAP_TOKENS)
		p->min_pixels = value;
	else if (p->max_pixels > 0)
		p->min_pixels = value * side_of(p) * side_of(p);
	else
		p->min_tokens = (int32_t)value;
	return true;
}

/* Where the search begins, and how it goes down. */
struct range {
	int64_t from, step;
};

static struct range range_of(const struct cap *c, const struct processor *p, int64_t longer,
			     int64_t tokens)
{
	int64_t side = side_of(p), merge = p->merge > 0 ? p->merge : 1;

	switch (c->unit) {
	case CAP_AREA: {
		int64_t step = side * side * (int64_t)c->factor;

		return (struct range){tokens * step, step};
	}
	case CAP_EDGE: {
		int64_t step = p->tile > 0 ? p->tile : side;
		int64_t most =
			p->longest_edge > 0 ? min_i64(p->longest_edge, longer + step) : longer;

		return (struct range){most / step * step, step};
	}
	case CAP_PATCHES:
		return (struct range){tokens * merge * merge, merge * merge};
	case CAP_TILES:
		return (struct range){p->max_tiles, 1};
	case CAP_TOKENS:
	case CAP_DETAIL:
	case CAP_MEDIA:
	case CAP_N:
		break;
	}
	return (struct range){tokens, 1};
}

static bool holds(const struct processor *p, int64_t width, int64_t height, int64_t tokens,
		  int64_t *visual)
{
	struct count n;

	count_image(p, LENS_EXACT, NULL, width, height, &n, NULL);
	*visual = n.visual;
	return !n.refused && n.visual <= tokens;
}

static bool is_choice(const struct cap *c, int64_t value)
{
	char text[24];

	return !c->choices || !*c->choices ||
	       str_has_word(c->choices, str_format(text, sizeof(text), "%lld", (long long)value));
}

static bool number_value(const struct cap *c, const struct processor *p, int64_t width,
			 int64_t height, int64_t tokens, struct capped *out)
{
	struct range r = range_of(c, p, width > height ? width : height, tokens);

	for (int64_t value = min_i64(r.from, INT32_MAX); value > 0; value -= r.step) {
		struct processor own = *p;

		if (!is_choice(c, value) || !apply(c, &own, value) ||
		    !holds(&own, width, height, tokens, &out->visual))
			continue;
		out->value = value;
		out->min = own.min_pixels;
		return true;
	}
	return false;
}

/* The dearest level that is not too dear. */
static bool level_value(const struct cap *c, const struct processor *p, int64_t width,
			int64_t height, int64_t tokens, struct capped *out)
{
	static const char *const media[] = {
		[MEDIA_LOW] = "MEDIA_RESOLUTION_LOW",
		[MEDIA_MEDIUM] = "MEDIA_RESOLUTION_MEDIUM",
		[MEDIA_HIGH] = "MEDIA_RESOLUTION_HIGH",
		[MEDIA_ULTRA_HIGH] = "MEDIA_RESOLUTION_ULTRA_HIGH",
	};
	bool is_media = c->unit == CAP_MEDIA;

	out->visual = -1;
	for (int level = 1; level < (is_media ? (int)MEDIA_N : (int)DETAIL_N); level++) {
		struct knobs knobs = {0};
		struct count n;

		knobs.media = is_media ? (enum media_resolution)level : MEDIA_DEFAULT;
		knobs.detail = is_media ? DETAIL_AUTO : (enum detail)level;
		count_image(p, LENS_EXACT, &knobs, width, height, &n, NULL);
		if (n.refused || n.visual > tokens || n.visual <= out->visual)
			continue;
		out->visual = n.visual;
		out->word = is_media ? media[level] : detail_names[level];
	}
	return out->word != NULL;
}

bool cap_value(const struct cap *c, const struct processor *p, int64_t width, int64_t height,
	       int64_t tokens, struct capped *out)
{
	*out = (struct capped){0};
	if (tokens < 1)
		return false;
	tokens = min_i64(tokens, INT32_MAX);
	if (c->unit == CAP_DETAIL || c->unit == CAP_MEDIA)
		return level_value(c, p, width, height, tokens, out);
	return number_value(c, p, width, height, tokens, out);
}

/* ------------------------------------------------------------ the line */

int64_t setting_tokens(const struct setup *s, const struct fit_budget *budgets, int n,
		       int64_t width, int64_t height)
{
	const struct processor *p = s->model->processor;
	bool is_of_all = n == 1 && budgets->quantity == Q_IMAGES;
	bool is_of_one = n == 1 && budgets->quantity == Q_PER_IMAGE;
	struct count c;

	count_image(p, s->lens, &s->knobs, width, height, &c, NULL);
	if ((!is_of_all && !is_of_one) || p->special_per_row || p->special_per_tile ||
	    p->special_if_split)
		return c.visual;
	int64_t most = (int64_t)budgets->value / (is_of_all ? s->images : 1) -
		       (c.has_special ? c.special : 0);

	return most > c.visual ? most : c.visual;
}

bool setting_holds(const struct cap_place *s, int32_t version)
{
	int32_t until;

	if (!version_has(version, s->since))
		return false;
	return !s->until || !*s->until ||
	       (version && version_number(s->until, &until) && version < until);
}

char *setting_versions(const struct cap_place *s, const struct cap *c, char out[SETTING_VERSIONS])
{
	bool since = s->since && *s->since, until = s->until && *s->until;
	const char *library = c && c->library && *c->library ? c->library : NULL;

	return str_format(out, SETTING_VERSIONS, "%s%s%s%s%s%s%s", since ? ">=" : "",
			  since ? s->since : "", since && until ? " " : "", until ? "<" : "",
			  until ? s->until : "", library && (since || until) ? ", " : "",
			  library ? library : "");
}

/* One after another into out, which stays a string. */
static void put(char out[SETTING_TEXT], size_t *len, const char *text, size_t n)
{
	if (n > SETTING_TEXT - 1 - *len)
		n = SETTING_TEXT - 1 - *len;
	memcpy(out + *len, text, n);
	*len += n;
	out[*len] = '\0';
}

static void put_filled(char out[SETTING_TEXT], size_t *len, const char *text, const struct cap *c,
		       const struct capped *v)
{
	while (*text) {
		char number[24];

		if (c && c->keys && strncmp(text, "{keys}", 6) == 0) {
			put_filled(out, len, c->keys, NULL, v);
			text += 6;
		} else if (strncmp(text, "{value}", 7) == 0) {
			str_format(number, sizeof(number), "%lld", (long long)v->value);
			put(out, len, v->word ? v->word : number,
			    strlen(v->word ? v->word : number));
			text += 7;
		} else if (strncmp(text, "{min}", 5) == 0) {
			str_format(number, sizeof(number), "%lld", (long long)v->min);
			put(out, len, number, strlen(number));
			text += 5;
		} else {
			put(out, len, text++, 1);
		}
	}
}

char *setting_text(const struct cap_place *s, const struct cap *c, const struct capped *v,
		   char out[SETTING_TEXT])
{
	size_t len = 0;

	out[0] = '\0';
	put_filled(out, &len, s->text, c, v);
	return out;
}
