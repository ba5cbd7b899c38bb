#include "registry/near.h"

#include <string.h>

#include "base/str.h"
#include "registry/kinds.h"
#include "registry/schema.h"
#include "registry/shape.h"
#include "registry/spelling.h"

enum { ID_LOOKED_AT = 64 }; /* bytes that str_distance compares */

/* How unlike two names are: a name that holds what was typed is nearer than any other. */
static size_t distance(const char *id, const char *typed)
{
	size_t d = str_distance(id, typed);

	if (str_casestr(id, typed))
		return d < 1000 ? d / 8 : d;
	return d;
}

static void put(struct near *near, size_t at, const char *id, size_t len, size_t far)
{
	if (len >= NEAR_NAME)
		len = NEAR_NAME - 1;
	memcpy(near->id[at], id, len);
	near->id[at][len] = '\0';
	near->far[at] = far;
}

static void offer(struct near *near, const char *id, size_t len, size_t far)
{
	size_t i = 0;

	for (size_t k = 0; k < near->n; k++)
		if (strncmp(near->id[k], id, len) == 0 && !near->id[k][len])
			return; /* two dates of one rule, or an alias that is an id elsewhere */
	while (i < near->n && near->far[i] <= far)
		i++;
	if (i == NEAR_MAX)
		return;
	if (near->n < NEAR_MAX)
		near->n++;
	for (size_t k = near->n - 1; k > i; k--)
		put(near, k, near->id[k - 1], strlen(near->id[k - 1]), near->far[k - 1]);
	put(near, i, id, len, far);
}

/* Less than this is near: half of what was typed may be wrong. Nothing is like an empty name, nor
 * like one longer than any id, of which str_distance sees only the beginning. */
static size_t nearness(const char *typed)
{
	size_t len = strlen(typed);

	return len == 0 || len > ID_LOOKED_AT ? 0 : len / 2 + 1;
}

static void near_kind(struct near *near, const struct registry *r, enum registry_kind kind,
		      const char *typed)
{
	size_t n;
	const void *const *list = registry_list(r, kind, &n);

	for (size_t i = 0; i < n; i++) {
		size_t d = distance(entry_id(kind, list[i]), typed);
		if (d < nearness(typed))
			offer(near, entry_id(kind, list[i]), strlen(entry_id(kind, list[i])), d);
	}
}

/* ---- models */

enum {
	TIER_FAR = 6, /* a word that one name has and the other has not, in wrong letters */
	FAMILY_FAR = 100,
};

/* What was typed, without owner, tag and suffixes. */
struct wanted {
	char text[SPELLING_SIZE];
	size_t family; /* letters that it begins with */
	struct shape shape;
};

static size_t letters(const char *s)
{
	size_t n = 0;

	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z'))
		n++;
	return n;
}

/* False: nothing is like it. */
static bool want(const char *typed, struct wanted *w)
{
	if (nearness(typed) == 0 || !spelling_bare(typed, w->text))
		return false;
	w->family = letters(w->text);
	return shape_of(w->text, strlen(w->text), &w->shape);
}

static void offer_name(struct near *near, const struct wanted *w, const char *name, size_t len)
{
	char id[NEAR_NAME];
	struct shape shape;

	if (len >= sizeof(id) || !shape_of(name, len, &shape))
		return;
	memcpy(id, name, len);
	id[len] = '\0';
	size_t d = distance(id, w->text), words = shape_words_apart(&shape, &w->shape);
	bool same_family = w->family > 0 && letters(id) == w->family &&
			   str_ncasecmp(id, w->text, w->family) == 0;
	if (d >= nearness(w->text) && !(same_family && words == 0))
		return;
	offer(near, id, len, d + words * TIER_FAR + (same_family ? 0 : FAMILY_FAR));
}

static void offer_entry(struct near *near, const struct wanted *w, enum registry_kind kind,
			const void *entry)
{
	const char *id = entry_id(kind, entry), *words = entry_aliases(kind, entry);

	offer_name(near, w, id, strcspn(id, "@"));
	for (const char *word = words ? words : ""; *word;) {
		size_t len = strcspn(word, " ");
		offer_name(near, w, word, len);
		word += len + strspn(word + len, " ");
	}
}

void near_subjects(struct near *near, const struct registry *r, const char *typed)
{
	struct wanted w;

	if (!want(typed, &w))
		return;
	for (size_t i = 0; i < r->models_n; i++)
		if (r->models[i]->processor)
			offer_entry(near, &w, KIND_MODEL, r->models[i]);
	for (size_t i = 0; i < r->processors_n; i++)
		if (!r->processors[i]->runtime)
			offer_entry(near, &w, KIND_PROCESSOR, r->processors[i]);
	for (size_t i = 0; i < r->hosted_n; i++)
		offer_entry(near, &w, KIND_HOSTED, r->hosted[i]);
}

/* Where nothing is near: the commands that list the names. */
static const char *const listed_by[KIND_N] = {
	[KIND_MODEL] = "; see vtok models",
	[KIND_PROCESSOR] = "; see vtok models",
	[KIND_HARDWARE] = "; see vtok hardware",
	[KIND_ENGINE] = "; see vtok engines",
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
