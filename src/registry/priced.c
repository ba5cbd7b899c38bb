#include "registry/priced.h"

#include <string.h>

#include "base/str.h"
#include "core/hosted.h"
#include "core/price.h"
#include "registry/subjects.h"

/* As registry_hosted, which it asks where the name may be written otherwise than the sections have
 * it. All prices look for their rule when the dashboard starts: strstr rules most of them out
 * before words are compared. */
static const struct processor *rule_of(const struct registry *r, const char *name)
{
	const struct processor *best = NULL;
	size_t len = strlen(name);

	for (const char *at = name; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			return registry_hosted(r, name, r->rules_date);
	for (size_t i = 0; i < r->hosted_n; i++) {
		const struct processor *p = r->hosted[i];
		bool is_id = strncmp(p->id, name, len) == 0 && (!p->id[len] || p->id[len] == '@');

		if (!is_id &&
		    !(p->aliases && strstr(p->aliases, name) && str_has_word(p->aliases, name)))
			continue;
		if (r->rules_date && !hosted_in_force(&p->hosted, r->rules_date))
			continue;
		if (!best || p->hosted.from > best->hosted.from)
			best = p;
	}
	return best;
}

/* By an exact name; NULL: no rule has it. */
static const struct model *named(const struct registry *r, const char *name)
{
	const struct processor *p = rule_of(r, name);

	return p && str_has_word(p->aliases, name) ? subject_called(r, NULL, p, name)
						   : subject_stand_in(r, NULL, p);
}

/* The hosted model that a price is of; NULL: it is another day's, or no rule is known. */
static const struct model *model_of(const struct registry *r, const struct price *price)
{
	int32_t day = registry_day(r);
	char name[96];

	if (day && !price_in_force(price, day))
		return NULL;
	str_format(name, sizeof(name), "%.*s", (int)strcspn(price->id, "@"), price->id);
	const struct model *m = named(r, name);

	for (const char *at = price->aliases; !m && at && *at; at += strspn(at, " ")) {
		str_format(name, sizeof(name), "%.*s", (int)strcspn(at, " "), at);
		m = named(r, name);
		at += strcspn(at, " ");
	}
	return m && m->price == price ? m : NULL; /* else a newer one is in force */
}

const struct model *const *priced_models(const struct registry *r, size_t *n)
{
	struct stand_ins *all = r->stand_ins;

	*n = 0;
	if (!all || !r->prices_n)
		return NULL;
	if (!all->priced || all->priced_day != registry_day(r)) {
		const struct model **list = arena_alloc(&all->arena, r->prices_n * sizeof(*list));
		if (!list)
			return NULL;
		all->priced_n = 0;
		for (size_t i = 0; i < r->prices_n; i++) {
			list[all->priced_n] = model_of(r, r->prices[i]);
			all->priced_n += list[all->priced_n] != NULL;
		}
		all->priced = list;
		all->priced_day = registry_day(r);
	}
	*n = all->priced_n;
	return all->priced;
}
