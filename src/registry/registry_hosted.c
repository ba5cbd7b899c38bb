/* Finding the rule of a hosted model: several sections may share an id and differ in their dates.
 */
#include <string.h>

#include "base/str.h"
#include "registry/kinds.h"

/* True if `id` names this rule: all of it, or without a date its part before @, or an alias. */
static bool names(const struct processor *p, const char *id)
{
	size_t len = strcspn(p->id, "@");

	if (str_casecmp(p->id, id) == 0 || str_has_word(p->aliases, id))
		return true;
	return strlen(id) == len && str_ncasecmp(p->id, id, len) == 0;
}

const struct processor *registry_hosted(const struct registry *r, const char *id, int32_t date)
{
	const struct processor *best = NULL;

	for (size_t i = 0; i < r->hosted_n; i++) {
		const struct processor *p = r->hosted[i];
		if (!names(p, id))
			continue;
		if (strchr(id, '@'))
			return p;
		if (date && !hosted_in_force(&p->hosted, date))
			continue;
		if (!best || p->hosted.from > best->hosted.from)
			best = p;
	}
	return best;
}
