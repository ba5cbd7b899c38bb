/* The second step of a merge: names become pointers, chains are linked. */
#include "registry/merge_link.h"

#include <string.h>

#include "base/str.h"
#include "core/strategy.h"
#include "registry/schema.h"

static const char *name_of(const void *entry, const struct link *l)
{
	return *(const char *const *)((const char *)entry + l->name_offset);
}

static const char *near_name(const struct staging *m, enum registry_kind kind, const char *id)
{
	const struct list *l = &m->lists[kind];
	const char *best = NULL;
	size_t least = strlen(id) / 2 + 1;

	for (size_t i = 0; i < l->n; i++) {
		size_t d = str_distance(entry_id(kind, l->list[i]), id);
		if (d < least) {
			least = d;
			best = entry_id(kind, l->list[i]);
		}
	}
	return best;
}

/* The entry or strategy a link means; false if there is none. */
static bool target_of(struct staging *m, const struct link *l, const char *name, const void **out)
{
	const char *near = NULL;

	*out = l->target == KIND_N ? (const void *)strategy_find(name)
				   : staging_slot(m, l->target, name)->entry;
	if (*out)
		return true;
	if (l->target != KIND_N)
		near = near_name(m, l->target, name);
	return error_set(m->err, VTOK_E_CONFIG, "%s: there is no %s \"%.60s\"%s%s%s", l->key,
			 l->target == KIND_N ? "strategy" : registry_kinds[l->target].schema->kind,
			 name, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* Sets one pointer of list[i]. The entry is copied first unless it is a copy
 * of this merge already. */
static bool point(struct staging *m, enum registry_kind kind, size_t i, size_t pointer_offset,
		  const void *target)
{
	struct list *list = &m->lists[kind];
	struct staged *st = list->by[i];
	const void *old;

	memcpy(&old, (const char *)list->list[i] + pointer_offset, sizeof(old));
	if (old == target)
		return true;
	void *copy = st ? st->entry : NULL;
	if (!copy) {
		size_t size = registry_kinds[kind].schema->size;
		copy = arena_alloc(&m->arena, size);
		if (!copy)
			return staging_no_memory(m);
		memcpy(copy, list->list[i], size);
		staging_slot(m, kind, entry_id(kind, copy))->entry = copy;
		list->list[i] = copy;
		list->changed = true;
	}
	memcpy((char *)copy + pointer_offset, &target, sizeof(target));
	return true;
}

/* A processor that names no kind is of the last one that claims its strategy, so that those of a
 * later file win; NULL: of none. */
static const struct preprocess *kind_by_strategy(const struct staging *m, const struct processor *p)
{
	const struct list *l = &m->lists[KIND_PREPROCESS];

	for (size_t i = l->n; i-- > 0;) {
		const struct preprocess *k = l->list[i];
		if (str_has_word(k->strategies, p->strategy_name))
			return k;
	}
	return NULL;
}

static bool connect(struct staging *m, const struct link *l, size_t i)
{
	const struct list *list = &m->lists[l->kind];
	const char *name = name_of(list->list[i], l);
	const void *target;

	if (!name && l->kind == KIND_PROCESSOR && l->target == KIND_PREPROCESS)
		return point(m, l->kind, i, l->pointer_offset, kind_by_strategy(m, list->list[i]));
	if (!name)
		return true;
	if (!target_of(m, l, name, &target))
		return list->by[i] ? staging_at_key(m, list->by[i], l->key) : false;
	return point(m, l->kind, i, l->pointer_offset, target);
}

static bool connect_all(struct staging *m)
{
	for (size_t k = 0; k < registry_links_n; k++) {
		const struct link *l = &registry_links[k];
		for (size_t i = 0; l->key && i < m->lists[l->kind].n; i++)
			if (!connect(m, l, i))
				return false;
	}
	return true;
}

/* Of profiles and paces the first whose conditions hold is taken, so those of a later file stand
 * before those of an earlier one. */
static bool new_ones_first(struct staging *m, enum registry_kind kind)
{
	struct list *l = &m->lists[kind];
	size_t old = 0, n = l->n;

	while (old < n && !(l->by[old] && l->by[old]->is_new))
		old++;
	if (old == 0 || old == n)
		return true;
	const void **list = arena_alloc(&m->arena, n * sizeof(*list));
	struct staged **by = arena_alloc(&m->arena, n * sizeof(struct staged *));
	if (!list || !by)
		return staging_no_memory(m);
	memcpy(list, l->list + old, (n - old) * sizeof(*list));
	memcpy(list + (n - old), l->list, old * sizeof(*list));
	memcpy(by, l->by + old, (n - old) * sizeof(struct staged *));
	memcpy(by + (n - old), l->by, old * sizeof(struct staged *));
	l->list = list;
	l->by = by;
	return true;
}

static const char *text_in(const void *entry, size_t offset)
{
	return *(const char *const *)((const char *)entry + offset);
}

/* Says which owner the key of a section names in vain. Always false. */
static bool no_owner(struct staging *m, const struct entry_chain *c, const char *key,
		     const char *id, const struct staged *at)
{
	const struct link missing = {.key = key, .target = c->owner};
	const void *none;

	target_of(m, &missing, id, &none);
	return at ? staging_at_key(m, at, key) : false;
}

/* Gives every owner the head of its chain: its own, or that of the one whose entries it shares. */
static bool share_chains(struct staging *m, const struct entry_chain *c, const void *const *head)
{
	const struct list *owners = &m->lists[c->owner];

	for (size_t i = 0; i < owners->n; i++) {
		const char *shared =
			c->shared_key ? text_in(owners->list[i], c->shared_offset) : NULL;
		const void *first = head[i];

		if (!first && shared && *shared) {
			const struct slot *other = staging_slot(m, c->owner, shared);
			if (!other->entry)
				return no_owner(m, c, c->shared_key, shared, owners->by[i]);
			first = head[other->index];
		}
		if (!point(m, c->owner, i, c->head_offset, first))
			return false;
	}
	return true;
}

/* Chains the entries of every owner in the order of their list, from the last to the first: a
 * copied entry is thus known before another points to it. */
static bool connect_chain(struct staging *m, const struct entry_chain *c)
{
	const struct list *list = &m->lists[c->kind], *owners = &m->lists[c->owner];
	const void **head = arena_alloc(&m->arena, (owners->n + 1) * sizeof(*head));

	if (!head)
		return staging_no_memory(m);
	if (!new_ones_first(m, c->kind))
		return false;
	for (size_t i = list->n; i-- > 0;) {
		const char *id = text_in(list->list[i], c->owner_offset);
		const struct slot *owner = staging_slot(m, c->owner, id);
		if (!owner->entry)
			return no_owner(m, c, c->key, id, list->by[i]);
		if (!point(m, c->kind, i, c->next_offset, head[owner->index]))
			return false;
		head[owner->index] = list->list[i];
	}
	return share_chains(m, c, head);
}

static bool connect_chains(struct staging *m)
{
	for (size_t i = 0; i < registry_chains_n; i++)
		if (!connect_chain(m, &registry_chains[i]))
			return false;
	return true;
}

bool merge_connect(struct staging *m)
{
	return connect_all(m) && connect_chains(m);
}
