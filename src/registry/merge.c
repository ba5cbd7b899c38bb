/* Merging in three steps, all on copies:
 *
 *     read      each section opens a copy of the entry it names (or a new one with defaults), each key changes it
 *     connect   names of other entries become pointers; an entry that points to an overridden one is copied too
 *     check     required keys, derived values, rules between keys
 *
 * Only then do the copies replace the entries in the lists of the registry. */
#include "registry/merge.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "core/strategy.h"
#include "registry/derive.h"
#include "registry/ini_read.h"
#include "registry/kinds.h"

/* A section of the file. */
struct staged {
	struct staged *next; /* in file order */
	enum registry_kind kind;
	void *entry;
	bool is_new;
	int line;
	int key_line[SCHEMA_FIELDS_MAX]; /* 0 = not given */
};

/* The list of one kind as it will be. by[i] is the section list[i] comes from, NULL when it comes from elsewhere. */
struct list {
	const void **list;
	struct staged **by;
	size_t n, room;
	bool changed;
};

/* Index of ids: open addressing, at most half full, so that files with many sections stay cheap. */
struct slot {
	const void *entry; /* NULL = free */
	enum registry_kind kind;
	size_t index;
};

struct merge {
	struct arena arena;
	const char *file;
	struct list lists[KIND_N];
	struct slot *slots;
	size_t slots_n, slots_used; /* slots_n is a power of two */
	struct staged *first, *last;
	struct vtok_error *err;
};

static bool no_memory(struct merge *m)
{
	return error_set(m->err, VTOK_E_CONFIG, "out of memory");
}

static uint32_t hash(enum registry_kind kind, const char *id)
{
	uint32_t h = 2166136261U ^ (uint32_t)kind; /* FNV-1a */

	for (; *id; id++) {
		unsigned char c = (unsigned char)*id;
		h = (h ^ (c >= 'A' && c <= 'Z' ? (unsigned)c + 32U : c)) * 16777619U;
	}
	return h;
}

/* The slot of an id, or the free one where it belongs. */
static struct slot *find_slot(struct merge *m, enum registry_kind kind, const char *id)
{
	size_t i = hash(kind, id) & (m->slots_n - 1);

	while (m->slots[i].entry &&
	       (m->slots[i].kind != kind || str_casecmp(entry_id(kind, m->slots[i].entry), id) != 0))
		i = (i + 1) & (m->slots_n - 1);
	return &m->slots[i];
}

static bool grow_slots(struct merge *m, size_t n)
{
	struct slot *old = m->slots;
	size_t old_n = m->slots_n;

	m->slots = calloc(n, sizeof(*m->slots));
	if (!m->slots) {
		m->slots = old;
		return no_memory(m);
	}
	m->slots_n = n;
	for (size_t i = 0; i < old_n; i++)
		if (old[i].entry)
			*find_slot(m, old[i].kind, entry_id(old[i].kind, old[i].entry)) = old[i];
	free(old);
	return true;
}

/* Puts an entry at the end of its list and into the index. */
static bool add(struct merge *m, enum registry_kind kind, const void *entry, struct staged *by)
{
	struct list *l = &m->lists[kind];

	if (m->slots_used * 2 >= m->slots_n && !grow_slots(m, m->slots_n * 2))
		return false;
	if (l->n == l->room) {
		size_t room = l->room * 2 + 64;
		const void **list = arena_alloc(&m->arena, room * sizeof(*list));
		struct staged **bys = arena_alloc(&m->arena, room * sizeof(struct staged *));
		if (!list || !bys)
			return no_memory(m);
		if (l->n > 0) {
			memcpy(list, l->list, l->n * sizeof(*list));
			memcpy(bys, l->by, l->n * sizeof(struct staged *));
		}
		l->list = list;
		l->by = bys;
		l->room = room;
	}
	l->list[l->n] = entry;
	l->by[l->n] = by;
	*find_slot(m, kind, entry_id(kind, entry)) = (struct slot){entry, kind, l->n};
	m->slots_used++;
	l->n++;
	l->changed = l->changed || by;
	return true;
}

static bool start(struct merge *m, const struct registry *r)
{
	if (!grow_slots(m, 1024))
		return false;
	for (int k = 0; k < KIND_N; k++) {
		size_t n;
		const void *const *list = registry_list(r, (enum registry_kind)k, &n);
		for (size_t i = 0; i < n; i++)
			if (!add(m, (enum registry_kind)k, list[i], NULL))
				return false;
	}
	return true;
}

/* ---- read: sections */

static bool unknown_kind(struct merge *m, const char *name)
{
	char kinds[160] = "";

	for (int k = 0; k < KIND_N; k++)
		str_append(kinds, sizeof(kinds), "%s%s", k ? " " : "", registry_kinds[k].schema->kind);
	return error_set(m->err, VTOK_E_CONFIG,
			 "[%.60s]: expected a kind and a name like [model qwen3-vl-8b]; the kinds are %s", name,
			 kinds);
}

/* Splits "model qwen3-vl-8b"; the name is one word of letters, digits and a few signs. */
static bool split_name(struct merge *m, const char *name, enum registry_kind *kind, const char **id)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+:@/-";
	size_t len = strcspn(name, " ");
	int k = 0;

	while (k < KIND_N && (strlen(registry_kinds[k].schema->kind) != len ||
			      strncmp(registry_kinds[k].schema->kind, name, len) != 0))
		k++;
	*id = name + len + strspn(name + len, " ");
	if (k == KIND_N || !**id)
		return unknown_kind(m, name);
	if ((*id)[strspn(*id, allowed)])
		return error_set(m->err, VTOK_E_CONFIG,
				 "[%.60s]: a name is one word of letters, digits and . _ + : @ / -", name);
	*kind = (enum registry_kind)k;
	return true;
}

/* A file that names a known entry by its second name would add a half-empty one. */
static bool check_alias(struct merge *m, enum registry_kind kind, const char *id)
{
	const struct list *l = &m->lists[kind];

	for (size_t i = 0; i < l->n; i++)
		if (!l->by[i] && word_in(entry_aliases(kind, l->list[i]), id))
			return error_set(m->err, VTOK_E_CONFIG,
					 "[%s %s]: another name of [%s %s]: use that one to change it",
					 registry_kinds[kind].schema->kind, id,
					 registry_kinds[kind].schema->kind, entry_id(kind, l->list[i]));
	return true;
}

static bool new_entry(struct merge *m, struct staged *st, const char *id)
{
	const struct schema *s = registry_kinds[st->kind].schema;
	char *own = arena_strdup(&m->arena, id);

	if (!own)
		return no_memory(m);
	st->is_new = true;
	schema_defaults(s, st->entry);
	*(const char **)((char *)st->entry + s->id_offset) = own;
	return add(m, st->kind, st->entry, st);
}

/* Replaces list[index] by the copy st->entry. */
static void override(struct merge *m, struct staged *st, struct slot *slot)
{
	struct list *l = &m->lists[st->kind];

	memcpy(st->entry, slot->entry, registry_kinds[st->kind].schema->size);
	l->list[slot->index] = st->entry;
	l->by[slot->index] = st;
	l->changed = true;
	slot->entry = st->entry;
}

static bool take_section(void *user, const char *name, int line, struct vtok_error *err)
{
	struct merge *m = user;
	enum registry_kind kind = KIND_N;
	const char *id;

	(void)err; /* the same as m->err */
	if (!split_name(m, name, &kind, &id))
		return false;
	struct slot *slot = find_slot(m, kind, id);
	if (slot->entry && m->lists[kind].by[slot->index])
		return error_set(m->err, VTOK_E_CONFIG, "[%s]: section given twice, first in line %d", name,
				 m->lists[kind].by[slot->index]->line);
	struct staged *st = arena_alloc(&m->arena, sizeof(*st));
	void *entry = arena_alloc(&m->arena, registry_kinds[kind].schema->size);
	if (!st || !entry)
		return no_memory(m);
	st->kind = kind;
	st->entry = entry;
	st->line = line;
	if (m->last)
		m->last->next = st;
	else
		m->first = st;
	m->last = st;
	if (slot->entry) {
		override(m, st, slot);
		return true;
	}
	return check_alias(m, kind, id) && new_entry(m, st, id);
}

/* ---- read: keys */

/* "[model x] " before the text of an error. Returns false. */
static bool in_section(struct merge *m, const struct staged *st)
{
	char text[sizeof(m->err->text)];

	if (!m->err)
		return false;
	memcpy(text, m->err->text, sizeof(text));
	m->err->code = VTOK_OK;
	return error_set(m->err, VTOK_E_CONFIG, "[%s %s] %s", registry_kinds[st->kind].schema->kind,
			 entry_id(st->kind, st->entry), text);
}

static bool take_pair(void *user, const char *key, const char *value, int line, struct vtok_error *err)
{
	struct merge *m = user;
	struct staged *st = m->last;
	const struct schema *s = registry_kinds[st->kind].schema;
	const struct field *f = schema_field(s, key);

	(void)err;
	if (!f) {
		const struct field *near = schema_near(s, key);
		error_set(m->err, VTOK_E_CONFIG, "%.60s: no such key%s%s%s", key,
			  near ? "; did you mean " : "", near ? near->key : "", near ? "?" : "");
		return in_section(m, st);
	}
	int *first = &st->key_line[f - s->fields];
	if (*first && f->type != FIELD_SIZES) {
		error_set(m->err, VTOK_E_CONFIG, "%s: key given twice, first in line %d", key, *first);
		return in_section(m, st);
	}
	if (!schema_set(s, st->entry, f, value, *first != 0, &m->arena, m->err))
		return in_section(m, st);
	if (!*first)
		*first = line;
	return true;
}

/* ---- connect */

static const char *name_of(const void *entry, const struct link *l)
{
	return *(const char *const *)((const char *)entry + l->name_offset);
}

static int line_of(const struct staged *st, const char *key)
{
	const struct field *f = key ? schema_field(registry_kinds[st->kind].schema, key) : NULL;
	int line = f ? st->key_line[f - registry_kinds[st->kind].schema->fields] : 0;

	return line ? line : st->line;
}

/* Puts file, line and section before an error found after reading. Returns false. */
static bool at_key(struct merge *m, const struct staged *st, const char *key)
{
	in_section(m, st);
	return error_prefix(m->err, "%s:%d", m->file, line_of(st, key));
}

static const char *near_name(const struct merge *m, enum registry_kind kind, const char *id)
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
static bool target_of(struct merge *m, const struct link *l, const char *name, const void **out)
{
	const char *near = NULL;

	*out = l->target == KIND_N ? (const void *)strategy_find(name) : find_slot(m, l->target, name)->entry;
	if (*out)
		return true;
	if (l->target != KIND_N)
		near = near_name(m, l->target, name);
	return error_set(m->err, VTOK_E_CONFIG, "%s: there is no %s \"%.60s\"%s%s%s", l->key,
			 l->target == KIND_N ? "strategy" : registry_kinds[l->target].schema->kind, name,
			 near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* Sets one pointer of list[i]. The entry is copied first unless it is a copy of this merge already. */
static bool point(struct merge *m, enum registry_kind kind, size_t i, size_t pointer_offset, const void *target)
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
			return no_memory(m);
		memcpy(copy, list->list[i], size);
		find_slot(m, kind, entry_id(kind, copy))->entry = copy;
		list->list[i] = copy;
		list->changed = true;
	}
	memcpy((char *)copy + pointer_offset, &target, sizeof(target));
	return true;
}

static bool connect(struct merge *m, const struct link *l, size_t i)
{
	const struct list *list = &m->lists[l->kind];
	const char *name = name_of(list->list[i], l);
	const void *target;

	if (!name)
		return true;
	if (!target_of(m, l, name, &target))
		return list->by[i] ? at_key(m, list->by[i], l->key) : false;
	return point(m, l->kind, i, l->pointer_offset, target);
}

static bool connect_all(struct merge *m)
{
	for (size_t k = 0; k < registry_links_n; k++) {
		const struct link *l = &registry_links[k];
		for (size_t i = 0; l->key && i < m->lists[l->kind].n; i++)
			if (!connect(m, l, i))
				return false;
	}
	return true;
}

/* The first profile whose conditions hold is taken, so those of a later file stand before those of an earlier one. */
static bool new_profiles_first(struct merge *m)
{
	struct list *l = &m->lists[KIND_PROFILE];
	size_t old = 0, n = l->n;

	while (old < n && !(l->by[old] && l->by[old]->is_new))
		old++;
	if (old == 0 || old == n)
		return true;
	const void **list = arena_alloc(&m->arena, n * sizeof(*list));
	struct staged **by = arena_alloc(&m->arena, n * sizeof(struct staged *));
	if (!list || !by)
		return no_memory(m);
	memcpy(list, l->list + old, (n - old) * sizeof(*list));
	memcpy(list + (n - old), l->list, old * sizeof(*list));
	memcpy(by, l->by + old, (n - old) * sizeof(struct staged *));
	memcpy(by + (n - old), l->by, old * sizeof(struct staged *));
	l->list = list;
	l->by = by;
	return true;
}

/* Chains every engine's profiles in the order of their list, from the last to the first: a copied entry is thus known
 * before another points to it. */
static bool connect_profiles(struct merge *m)
{
	const struct list *profiles = &m->lists[KIND_PROFILE], *engines = &m->lists[KIND_ENGINE];
	const void **head = arena_alloc(&m->arena, (engines->n + 1) * sizeof(*head));

	if (!head)
		return no_memory(m);
	if (!new_profiles_first(m))
		return false;
	for (size_t i = profiles->n; i-- > 0;) {
		const struct profile *p = profiles->list[i];
		const struct slot *engine = find_slot(m, KIND_ENGINE, p->engine_id);
		if (!engine->entry) {
			const struct link missing = {.key = "engine", .target = KIND_ENGINE};
			const void *none;
			target_of(m, &missing, p->engine_id, &none);
			return profiles->by[i] ? at_key(m, profiles->by[i], "engine") : false;
		}
		if (!point(m, KIND_PROFILE, i, offsetof(struct profile, next), head[engine->index]))
			return false;
		head[engine->index] = profiles->list[i];
	}
	for (size_t i = 0; i < engines->n; i++)
		if (!point(m, KIND_ENGINE, i, offsetof(struct engine, profiles), head[i]))
			return false;
	return true;
}

/* ---- check */

/* Before names are followed: a section without its required keys has nothing to follow. */
static bool check_required(struct merge *m)
{
	for (const struct staged *st = m->first; st; st = st->next) {
		const struct schema *s = registry_kinds[st->kind].schema;
		for (size_t i = 0; st->is_new && i < s->n; i++)
			if (!s->fields[i].standard && !st->key_line[i]) {
				error_set(m->err, VTOK_E_CONFIG, "%s: missing (%s)", s->fields[i].key,
					  s->fields[i].help);
				return at_key(m, st, NULL);
			}
	}
	return true;
}

/* The variant is a name in the file and a number for the strategy. */
static bool find_variant(struct merge *m, const struct staged *st)
{
	struct processor *p = st->entry;
	const char *const *names = p->strategy ? p->strategy->variants : NULL;

	p->variant = 0;
	if (!p->variant_name)
		return true;
	int i = names ? schema_name(names, p->variant_name) : -1;
	if (i >= 0) {
		p->variant = i;
		return true;
	}
	error_set(m->err, VTOK_E_CONFIG, "variant: strategy %s has no variant \"%.60s\"", p->strategy_name,
		  p->variant_name);
	return at_key(m, st, "variant");
}

static bool check_section(struct merge *m, const struct staged *st)
{
	const char *key = NULL;

	if (st->kind == KIND_PROCESSOR && !find_variant(m, st))
		return false;
	registry_derive(st->kind, st->entry);
	return registry_check(st->kind, st->entry, &key, m->err) || at_key(m, st, key);
}

static bool check_all(struct merge *m)
{
	for (const struct staged *st = m->first; st; st = st->next)
		if (!check_section(m, st))
			return false;
	return true;
}

bool registry_merge(struct registry *r, const char *name, const char *text, size_t len,
		    struct vtok_error *err)
{
	struct vtok_error own = {0};
	struct merge m = {.file = name, .err = err ? err : &own};
	struct ini_sink sink = {take_section, take_pair, &m};

	arena_init(&m.arena);
	bool good = start(&m, r) && ini_read(name, text, len, &sink, m.err) && check_required(&m) &&
		    connect_all(&m) && connect_profiles(&m) && check_all(&m);
	for (int k = 0; good && k < KIND_N; k++)
		if (m.lists[k].changed)
			registry_set_list(r, (enum registry_kind)k, m.lists[k].list, m.lists[k].n);
	free(m.slots);
	if (good)
		arena_join(&r->arena, &m.arena);
	else
		arena_fini(&m.arena);
	return good;
}
