/* Lists of entries and looking things up in them. A few hundred entries: a walk takes microseconds,
 * no index is kept. */
#include "registry/registry.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "registry/schema.h"

/* Shipped entries are used where they are; only the lists of pointers are made. */
bool registry_init(struct registry *r, struct vtok_error *err)
{
	static atomic_uint_fast64_t made;

	*r = (struct registry){.serial = ++made};
	arena_init(&r->arena);
	for (int k = 0; k < KIND_N; k++) {
		const struct shipped *s = &registry_shipped[k];
		const void **list = arena_alloc(&r->arena, (s->n + 1) * sizeof(*list));
		if (!list) {
			registry_fini(r);
			return error_memory(err);
		}
		for (size_t i = 0; i < s->n; i++)
			list[i] = (const char *)s->entries + i * registry_kinds[k].schema->size;
		registry_set_list(r, (enum registry_kind)k, list, s->n);
	}
	r->stand_ins = arena_alloc(&r->arena, sizeof(*r->stand_ins));
	if (!r->stand_ins) {
		registry_fini(r);
		return error_memory(err);
	}
	return true;
}

void registry_fini(struct registry *r)
{
	if (r->stand_ins)
		arena_fini(&r->stand_ins->arena);
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

/* ---- hosted models: several sections may share an id and differ in their dates */

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Whether they are the same before their dates, case ignored. By hand: the dashboard's start asks
 * this of every pair of prices and rules, and most of them part after a few letters. */
static bool is_dated(const char *id, const char *name)
{
	for (; *id && *id != '@' && folded(*id) == folded(*name); id++)
		name++;
	return (!*id || *id == '@') && (!*name || *name == '@');
}

/* True if `id` names this rule: all of it, or without a date its part before @, or an alias. */
static bool names(const struct processor *p, const char *id)
{
	if (p->aliases && str_has_word(p->aliases, id))
		return true;
	return is_dated(p->id, id) && (!strchr(id, '@') || str_casecmp(p->id, id) == 0);
}

int32_t registry_day(const struct registry *r)
{
	return r->rules_date ? r->rules_date : r->today;
}

const struct price *registry_price(const struct registry *r, const char *name, int32_t day)
{
	const struct price *best = NULL;

	for (size_t i = 0; i < r->prices_n; i++) {
		const struct price *p = r->prices[i];
		if ((best && p->from <= best->from) || (day && !price_in_force(p, day)))
			continue;
		if (is_dated(p->id, name) || (p->aliases && str_has_word(p->aliases, name)))
			best = p;
	}
	return best;
}

const struct processor *registry_hosted(const struct registry *r, const char *id, int32_t date)
{
	const struct processor *best = NULL;
	bool has_date = strchr(id, '@') != NULL;

	for (size_t i = 0; i < r->hosted_n; i++) {
		const struct processor *p = r->hosted[i];
		bool is_no_better = best && p->hosted.from <= best->hosted.from;

		/* names are compared last: that takes longest */
		if (!has_date && (is_no_better || (date && !hosted_in_force(&p->hosted, date))))
			continue;
		if (!names(p, id))
			continue;
		if (has_date)
			return p;
		best = p;
	}
	return best;
}
