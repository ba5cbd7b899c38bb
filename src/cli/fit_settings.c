#include "cli/fit_settings.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/setting.h"
#include "core/version.h"
#include "registry/near.h"
#include "registry/variant.h"

const struct sheet_column fit_settings_columns[] = {
	{"engine", NULL, false}, {"version", NULL, false},  {"scope", NULL, false},
	{"text", NULL, false},   {"unit", NULL, false},     {"trap", NULL, false},
	{"source", NULL, false}, {"verified", NULL, false},
};
const size_t fit_settings_columns_n = ARRAY_SIZE(fit_settings_columns);

bool fit_engine_find(const struct registry *r, const char *text, struct fit_engine *out,
		     struct vtok_error *err)
{
	char name[64];
	size_t len = strcspn(text, "@");

	*out = (struct fit_engine){0};
	if (strcmp(text, "all") == 0)
		return true;
	str_format(name, sizeof(name), "%.*s", (int)len, text);
	out->engine = registry_engine(r, name);
	if (!out->engine)
		return near_unknown(r, KIND_ENGINE, name, err);
	if (text[len] && !version_number(text + len + 1, &out->version))
		return error_set(err, VTOK_E_USAGE,
				 "--settings: expected a version like 0.20 behind %s@, got \"%s\"",
				 name, text + len + 1);
	return true;
}

/* Two texts as one; NULL or empty ones leave no mark. */
static const char *joined(const char *a, const char *b, char *out, size_t size)
{
	bool has_a = a && *a, has_b = b && *b && (!has_a || strcmp(a, b) != 0);

	return str_format(out, size, "%s%s%s", has_a ? a : "", has_a && has_b ? "; " : "",
			  has_b ? b : "");
}

static void add_line(struct sheet *s, const char *whose, const struct cap_place *place,
		     const struct cap *c, const struct capped *v)
{
	char versions[SETTING_VERSIONS], text[SETTING_TEXT], both[1024];
	bool is_sure =
		!(place->unverified && *place->unverified) && !(c->unverified && *c->unverified);

	sheet_text(s, whose);
	sheet_text(s, setting_versions(place, c, versions));
	sheet_text(s, setting_scope_names[place->scope]);
	sheet_text(s, setting_text(place, c, v, text));
	sheet_text(s, cap_unit_names[c->unit]);
	sheet_text(s, joined(c->note, place->note, both, sizeof(both)));
	sheet_text(s, joined(c->source, place->source, both, sizeof(both)));
	sheet_text(s, is_sure ? "yes" : "no");
}

static void add_none(struct sheet *s, const char *whose)
{
	sheet_text(s, whose);
	sheet_empty(s);
	sheet_text(s, setting_scope_names[SCOPE_CLIENT]);
	sheet_text(s, "resize before sending");
	for (size_t i = 4; i < fit_settings_columns_n; i++)
		sheet_empty(s);
}

/* One place with each cap that is one of the processor's. False: there was none. */
static bool add_place(struct sheet *s, const struct registry *r, const char *whose,
		      const struct cap_place *place, const struct processor *p, int64_t width,
		      int64_t height, int64_t tokens)
{
	bool any = false;

	for (size_t i = 0; i < r->caps_n; i++) {
		const struct cap *c = r->caps[i];
		struct capped v;

		if (!str_has_word(place->caps, c->id) || !cap_fits(c, p) ||
		    !cap_value(c, p, width, height, tokens, &v))
			continue;
		add_line(s, whose, place, c, &v);
		any = true;
	}
	return any;
}

static void add_engine(struct sheet *s, const struct registry *r, const struct engine *e,
		       int32_t version, const struct processor *p, int64_t width, int64_t height,
		       int64_t tokens)
{
	const struct processor *own = variant_find(r, p, e->id, r->rules_date);
	bool any = false;

	for (size_t i = 0; i < r->settings_n; i++)
		if (r->settings[i]->engine == e && setting_holds(r->settings[i], version))
			any |= add_place(s, r, e->id, r->settings[i], own ? own : p, width, height,
					 tokens);
	if (!any)
		add_none(s, e->id);
}

static void add_vendor(struct sheet *s, const struct registry *r, const struct processor *p,
		       int64_t width, int64_t height, int64_t tokens)
{
	const char *vendor = p->hosted.vendor;
	bool any = false;

	for (size_t i = 0; i < r->settings_n; i++)
		if (r->settings[i]->vendor && str_casecmp(r->settings[i]->vendor, vendor) == 0)
			any |= add_place(s, r, vendor, r->settings[i], p, width, height, tokens);
	if (!any)
		add_none(s, vendor);
}

/* An engine that stands in the list of all: one that is the subject of a setting. */
static bool is_told(const struct registry *r, const struct engine *e)
{
	for (size_t i = 0; i < r->settings_n; i++)
		if (r->settings[i]->engine == e)
			return true;
	return false;
}

void fit_settings_add(struct sheet *s, const struct registry *r, const struct fit_engine *which,
		      const struct processor *p, int64_t width, int64_t height, int64_t tokens)
{
	if (p->hosted.vendor) {
		add_vendor(s, r, p, width, height, tokens);
		return;
	}
	for (size_t i = 0; i < r->engines_n; i++) {
		const struct engine *e = r->engines[i];

		if (which->engine ? e == which->engine : is_told(r, e))
			add_engine(s, r, e, which->version, p, width, height, tokens);
	}
}
