#include "registry/near.h"

#include <string.h>

#include "base/str.h"
#include "registry/kinds.h"
#include "registry/schema.h"

enum { ID_LOOKED_AT = 64 }; /* bytes that str_distance compares */

/* How unlike two names are: a name that holds what was typed is nearer than any other. */
static size_t distance(const char *id, const char *typed)
{
	size_t d = str_distance(id, typed);

	if (str_casestr(id, typed))
		return d < 1000 ? d / 8 : d;
	return d;
}

static void offer(struct near *near, const char *id, size_t far)
{
	size_t i = near->n < NEAR_MAX ? near->n++ : NEAR_MAX - 1;

	if (i == NEAR_MAX - 1 && near->id[i] && near->far[i] <= far)
		return;
	for (; i > 0 && near->far[i - 1] > far; i--) {
		near->id[i] = near->id[i - 1];
		near->far[i] = near->far[i - 1];
	}
	near->id[i] = id;
	near->far[i] = far;
}

/* Less than this is near: half of what was typed may be wrong. Nothing is like an empty name, nor
 * like one longer than any id, of which str_distance sees only the beginning. */
static size_t nearness(const char *typed)
{
	size_t len = strlen(typed);

	return len == 0 || len > ID_LOOKED_AT ? 0 : len / 2 + 1;
}

void near_kind(struct near *near, const struct registry *r, enum registry_kind kind,
	       const char *typed)
{
	size_t n;
	const void *const *list = registry_list(r, kind, &n);

	for (size_t i = 0; i < n; i++) {
		size_t d = distance(entry_id(kind, list[i]), typed);
		if (d < nearness(typed))
			offer(near, entry_id(kind, list[i]), d);
	}
}

void near_hosted(struct near *near, const struct registry *r, const char *typed)
{
	for (size_t i = 0; i < r->hosted_n; i++) {
		const char *id = r->hosted[i]->id;
		char plain[128];
		str_format(plain, sizeof(plain), "%.*s", (int)strcspn(id, "@"), id);
		size_t d = distance(plain, typed);
		if (d < nearness(typed) && registry_hosted(r, plain, 0) == r->hosted[i])
			offer(near, id, d);
	}
}

/* Where nothing is near: the commands that list the names. */
static const char *const listed_by[KIND_N] = {
	[KIND_MODEL] = "; see vtok models",
	[KIND_PROCESSOR] = "; see vtok models",
	[KIND_HARDWARE] = "; see vtok hardware",
};

bool near_say(const struct near *near, enum registry_kind kind, const char *typed,
	      struct vtok_error *err)
{
	char names[160] = "";

	for (size_t i = 0; i < near->n; i++)
		str_append(names, sizeof(names), "%s%s", i ? ", " : "; did you mean ", near->id[i]);
	if (near->n)
		str_append(names, sizeof(names), "?");
	else if (listed_by[kind])
		str_append(names, sizeof(names), "%s", listed_by[kind]);
	return error_set(err, VTOK_E_USAGE, "no %s \"%.60s\"%s", registry_kinds[kind].schema->kind,
			 typed, names);
}

bool near_unknown(const struct registry *r, enum registry_kind kind, const char *typed,
		  struct vtok_error *err)
{
	struct near near = {0};

	near_kind(&near, r, kind, typed);
	return near_say(&near, kind, typed, err);
}
