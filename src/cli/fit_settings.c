#include "cli/fit_settings.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/setting.h"
#include "core/version.h"
#include "registry/near.h"
#include "registry/told.h"

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

static void take_line(void *to, const struct told *line)
{
	if (line->place)
		add_line(to, line->whose, line->place, line->cap, &line->value);
	else
		add_none(to, line->whose);
}

void fit_settings_add(struct sheet *s, const struct registry *r, const struct fit_engine *which,
		      const struct processor *p, int64_t width, int64_t height, int64_t tokens)
{
	const struct told_ask ask = {which->engine, which->version, p, width, height, tokens};

	told_each(r, &ask, take_line, s);
}
