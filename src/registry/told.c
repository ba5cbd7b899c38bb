#include "registry/told.h"

#include <string.h>

#include "base/str.h"
#include "registry/variant.h"

/* Where the lines of one engine or vendor go. */
struct telling {
	const struct registry *r;
	const struct told_ask *ask;
	void (*take)(void *to, const struct told *line);
	void *to;
	const char *whose;
	bool any;
};

/* One place with each cap that is one of the processor's. */
static void tell_place(struct telling *t, const struct cap_place *place, const struct processor *p)
{
	for (size_t i = 0; i < t->r->caps_n; i++) {
		const struct cap *c = t->r->caps[i];
		struct told line = {t->whose, place, c, {0}};

		if (!setting_takes(place, c, p) ||
		    !cap_value(c, p, t->ask->width, t->ask->height, t->ask->tokens, &line.value))
			continue;
		t->take(t->to, &line);
		t->any = true;
	}
}

static void end(struct telling *t)
{
	if (!t->any)
		t->take(t->to, &(struct told){.whose = t->whose});
}

static void tell_engine(struct telling *t, const struct engine *e)
{
	const struct processor *p = t->ask->processor,
			       *own = variant_find(t->r, p, e->id, t->r->rules_date);

	t->whose = e->id;
	t->any = false;
	for (size_t i = 0; i < t->r->settings_n; i++)
		if (t->r->settings[i]->engine == e &&
		    setting_holds(t->r->settings[i], t->ask->version))
			tell_place(t, t->r->settings[i], own ? own : p);
	end(t);
}

static void tell_vendor(struct telling *t, const char *vendor)
{
	t->whose = vendor;
	t->any = false;
	for (size_t i = 0; i < t->r->settings_n; i++)
		if (t->r->settings[i]->vendor &&
		    str_casecmp(t->r->settings[i]->vendor, vendor) == 0)
			tell_place(t, t->r->settings[i], t->ask->processor);
	end(t);
}

/* An engine that stands in the list of all: one that is the subject of a setting. */
static bool is_subject(const struct registry *r, const struct engine *e)
{
	for (size_t i = 0; i < r->settings_n; i++)
		if (r->settings[i]->engine == e)
			return true;
	return false;
}

static bool place_reads(const struct registry *r, const struct cap_place *place,
			const struct processor *p, const char *key)
{
	bool any = false;

	for (size_t i = 0; i < r->caps_n; i++) {
		if (!setting_takes(place, r->caps[i], p))
			continue;
		if (cap_has_key(r->caps[i], key))
			return true;
		any = true;
	}
	return !any && place->scope == SCOPE_BODY && setting_is_for(place, p);
}

bool told_reads(const struct registry *r, const struct engine *e, int32_t version,
		const struct processor *p, const char *key)
{
	for (size_t i = 0; e && i < r->settings_n; i++) {
		const struct cap_place *s = r->settings[i];

		if (s->engine == e && s->path && *s->path && str_starts(key, s->path) &&
		    setting_holds(s, version) && place_reads(r, s, p, key + strlen(s->path)))
			return true;
	}
	return false;
}

void told_each(const struct registry *r, const struct told_ask *ask,
	       void (*take)(void *to, const struct told *line), void *to)
{
	struct telling t = {.r = r, .ask = ask, .take = take, .to = to};

	if (ask->processor->hosted.vendor) {
		tell_vendor(&t, ask->processor->hosted.vendor);
		return;
	}
	for (size_t i = 0; i < r->engines_n; i++)
		if (ask->engine ? r->engines[i] == ask->engine : is_subject(r, r->engines[i]))
			tell_engine(&t, r->engines[i]);
}
