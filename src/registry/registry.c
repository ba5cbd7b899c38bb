/* Lists of entries and looking things up in them. A few hundred entries: a walk takes microseconds,
 * no index is kept. */
#include "registry/registry.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "registry/kinds.h"

enum { NEAR_MAX = 3 }; /* names offered for an unknown one */

/* Shipped entries are used where they are; only the lists of pointers are made. */
bool registry_init(struct registry *r, struct vtok_error *err)
{
	*r = (struct registry){0};
	arena_init(&r->arena);
	for (int k = 0; k < KIND_N; k++) {
		const struct shipped *s = &registry_shipped[k];
		const void **list = arena_alloc(&r->arena, (s->n + 1) * sizeof(*list));
		if (!list) {
			registry_fini(r);
			return error_set(err, VTOK_E_CONFIG, "out of memory");
		}
		for (size_t i = 0; i < s->n; i++)
			list[i] = (const char *)s->entries + i * registry_kinds[k].schema->size;
		registry_set_list(r, (enum registry_kind)k, list, s->n);
	}
	if (!registry_stand_ins_init(r)) {
		registry_fini(r);
		return error_set(err, VTOK_E_CONFIG, "out of memory");
	}
	return true;
}

void registry_fini(struct registry *r)
{
	registry_stand_ins_fini(r);
	arena_fini(&r->arena);
	*r = (struct registry){0};
}

/* The repository on the model hub, "Qwen/Qwen3-VL-8B-Instruct", or its part behind the owner. */
static bool is_repo(const void *entry, const char *id)
{
	const char *repo = ((const struct model *)entry)->hf_repo;
	const char *slash = repo ? strrchr(repo, '/') : NULL;

	return repo && (str_casecmp(repo, id) == 0 || (slash && str_casecmp(slash + 1, id) == 0));
}

const void *registry_find(const struct registry *r, enum registry_kind kind, const char *id)
{
	size_t n;
	const void *const *list = registry_list(r, kind, &n);

	for (size_t i = 0; i < n; i++)
		if (str_casecmp(entry_id(kind, list[i]), id) == 0)
			return list[i];
	for (size_t i = 0; i < n; i++)
		if (str_has_word(entry_aliases(kind, list[i]), id) ||
		    (kind == KIND_MODEL && is_repo(list[i], id)))
			return list[i];
	return NULL;
}

const struct processor *registry_processor(const struct registry *r, const char *id)
{
	return registry_find(r, KIND_PROCESSOR, id);
}

const struct model *registry_model(const struct registry *r, const char *id)
{
	return registry_find(r, KIND_MODEL, id);
}

const struct hardware *registry_hardware(const struct registry *r, const char *id)
{
	return registry_find(r, KIND_HARDWARE, id);
}

const struct engine *registry_engine(const struct registry *r, const char *id)
{
	return registry_find(r, KIND_ENGINE, id);
}

enum { ID_LOOKED_AT = 64 }; /* bytes that str_distance compares */

/* The best names so far, nearest first. */
struct near {
	const char *id[NEAR_MAX];
	size_t far[NEAR_MAX];
	size_t n;
};

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

static void offer_kind(struct near *near, const struct registry *r, enum registry_kind kind,
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

/* Where nothing is near: the commands that list the names. */
static const char *const listed_by[KIND_N] = {
	[KIND_MODEL] = "; see vtok models",
	[KIND_PROCESSOR] = "; see vtok models",
	[KIND_HARDWARE] = "; see vtok hardware",
};

static bool unknown(enum registry_kind kind, const struct near *near, const char *id,
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
			 id, names);
}

bool registry_unknown(const struct registry *r, enum registry_kind kind, const char *id,
		      struct vtok_error *err)
{
	struct near near = {0};

	offer_kind(&near, r, kind, id);
	return unknown(kind, &near, id, err);
}

/* "qwen2.5-vl@llama.cpp" for the processor "qwen2.5-vl" and "@llama.cpp". */
static const struct processor *variant_of(const struct registry *r, const struct processor *p,
					  const char *at_runtime)
{
	char id[128];

	if (!p || !*at_runtime)
		return p;
	str_format(id, sizeof(id), "%s%s", p->id, at_runtime);
	return registry_processor(r, id);
}

/* One rule for each hosted id, the newest; the date behind the @ says nothing about likeness. */
static void offer_hosted(struct near *near, const struct registry *r, const char *typed)
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

/* A hosted model without a rule for r->rules_date: says since when there is one. */
static bool no_rule_then(const struct registry *r, const char *id, struct vtok_error *err)
{
	const struct processor *newest = registry_hosted(r, id, 0);
	char day[11], since[11];

	if (!newest)
		return false;
	error_set(err, VTOK_E_USAGE, "no rule of \"%.60s\" is known for %s; the newest is of %s",
		  id, hosted_date_text(r->rules_date, day),
		  hosted_date_text(newest->hosted.from, since));
	return true;
}

bool registry_resolve(const struct registry *r, const char *id, const struct model **model,
		      const struct processor **processor, struct vtok_error *err)
{
	char plain[128];
	size_t len = strcspn(id, "@");

	*model = NULL;
	*processor = NULL;
	if (len < sizeof(plain)) {
		memcpy(plain, id, len);
		plain[len] = '\0';
		*model = registry_model(r, plain);
		*processor = *model ? variant_of(r, (*model)->processor, id + len)
				    : registry_processor(r, id);
	}
	if (!*processor) {
		*model = NULL;
		*processor = registry_hosted(r, id, r->rules_date);
	}
	if (*processor)
		return true;
	if (no_rule_then(r, id, err))
		return false;
	if (len < sizeof(plain) && registry_model(r, plain) && !registry_model(r, plain)->processor)
		return error_set(err, VTOK_E_USAGE,
				 "%s is a language model alone: it takes no images", plain);
	struct near near = {0};
	offer_kind(&near, r, KIND_MODEL, id);
	offer_kind(&near, r, KIND_PROCESSOR, id);
	offer_hosted(&near, r, id);
	return unknown(KIND_MODEL, &near, id, err);
}
