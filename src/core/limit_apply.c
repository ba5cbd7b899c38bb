/* See limit_apply.h. */
#include "core/limit_apply.h"

#include <string.h>

#include "base/str.h"
#include "core/strategy.h"
#include "core/usual.h"

static bool is_of_server(const struct cap_place *place)
{
	return place->scope == SCOPE_SERVER || place->scope == SCOPE_ENV;
}

static bool holds(const struct cap_place *place, const struct limit_case *c, bool with_request)
{
	return place->path && *place->path && place->engine == c->engine && c->engine &&
	       (with_request || is_of_server(place)) &&
	       release_within(&c->version, place->since, place->until, c->engine->releases);
}

/* One key and its number, on a copy: what makes no rule is not taken. */
static bool set_one(const struct cap *cap, const char *key, double number, struct processor *p)
{
	struct processor new = *p;
	char text[STRATEGY_TEXT];

	if (!(number >= 0) || number > (double)AREA_MOST)
		return false;
	if (cap->unit != CAP_AREA && number > INT32_MAX / 4)
		number = INT32_MAX / 4;
	if (!cap_apply(cap, &new, key, (int64_t)number) || !strategy_check(&new, text))
		return false;
	*p = new;
	return true;
}

static bool set_all(const struct cap_place *place, const struct cap *cap,
		    const struct limit_case *c, struct processor *p)
{
	size_t len = strlen(place->path);
	bool any = false;

	for (size_t i = 0; i < c->settings_n; i++)
		if (strncmp(c->settings[i].name, place->path, len) == 0)
			any |= set_one(cap, c->settings[i].name + len, c->settings[i].number, p);
	return any;
}

static bool apply_scope(const struct limit_caps *known, const struct limit_case *c, bool of_request,
			struct processor *p)
{
	bool any = false;

	for (size_t i = 0; i < known->places_n; i++) {
		const struct cap_place *place = known->places[i];

		if (!holds(place, c, of_request) || is_of_server(place) == of_request)
			continue;
		for (size_t k = 0; k < known->caps_n; k++)
			if (setting_takes(place, known->caps[k], c->family))
				any |= set_all(place, known->caps[k], c, p);
	}
	return any;
}

bool limit_apply(const struct limit_caps *known, const struct limit_case *c, bool with_request,
		 struct processor *p)
{
	bool any = apply_scope(known, c, false, p);

	return (with_request && apply_scope(known, c, true, p)) || any;
}
