#include "core/orientation.h"

#include <assert.h>
#include <stddef.h>

#include "base/base.h"
#include "core/version.h"

const char *const orientation_names[] = {"unknown", "apply", "ignore", NULL};
const char *const orientation_ask_names[] = {"auto", "apply", "ignore", NULL};
static_assert(ARRAY_SIZE(orientation_names) == ORIENTATION_N + 1, "a name for each");
static_assert(ARRAY_SIZE(orientation_ask_names) == ORIENTATION_ASK_N + 1, "a name for each");

static struct turning known(enum orientation o, const char *who)
{
	return (struct turning){.turns = o != ORIENTATION_IGNORE,
				.is_assumed = o == ORIENTATION_UNKNOWN,
				.who = who};
}

/* An older version, or an older day where no version is told, did not turn. */
static enum orientation of_engine(const struct engine *e, int32_t version, int32_t day)
{
	bool is_old = version > 0 ? !version_has(version, e->orientation_since)
				  : day > 0 && day < e->orientation_from;

	return e->orientation == ORIENTATION_APPLY && is_old ? ORIENTATION_IGNORE : e->orientation;
}

struct turning orientation_of(const struct processor *p, const struct engine *e, int32_t version,
			      int32_t day, enum orientation_ask ask)
{
	if (ask != ORIENTATION_ASK_AUTO)
		return known(ask == ORIENTATION_ASK_APPLY ? ORIENTATION_APPLY : ORIENTATION_IGNORE,
			     "--orientation");
	if (p && p->hosted.vendor)
		return known(p->orientation, p->hosted.vendor);
	if (p && p->runtime && (p->host || p->orientation != ORIENTATION_UNKNOWN))
		return known(p->orientation, p->runtime);
	return e ? known(of_engine(e, version, day), e->id) : known(ORIENTATION_UNKNOWN, "?");
}

const char *orientation_turner(const struct turning *t)
{
	return !t->turns ? NULL : t->is_assumed ? "assumed" : t->who;
}

const char *orientation_verb(const struct turning *t)
{
	return !t->turns ? "not turned by" : t->is_assumed ? "turned; not known of" : "turned by";
}
