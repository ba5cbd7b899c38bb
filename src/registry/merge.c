/* Merging in three steps, all on copies:
 *
 *     read      each section opens a copy of the entry it names (or a new one with defaults), each
 * key changes it connect   names of other entries become pointers; an entry that points to an
 * overridden one is copied too check     required keys, derived values, rules between keys
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
#include "registry/merge_parts.h"

bool merge_no_memory(struct merge *m)
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

struct slot *merge_slot(struct merge *m, enum registry_kind kind, const char *id)
{
	size_t i = hash(kind, id) & (m->slots_n - 1);

	while (m->slots[i].entry && (m->slots[i].kind != kind ||
				     str_casecmp(entry_id(kind, m->slots[i].entry), id) != 0))
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
		return merge_no_memory(m);
	}
	m->slots_n = n;
	for (size_t i = 0; i < old_n; i++)
		if (old[i].entry)
			*merge_slot(m, old[i].kind, entry_id(old[i].kind, old[i].entry)) = old[i];
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
			return merge_no_memory(m);
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
	*merge_slot(m, kind, entry_id(kind, entry)) = (struct slot){entry, kind, l->n};
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
		str_append(kinds, sizeof(kinds), "%s%s", k ? " " : "",
			   registry_kinds[k].schema->kind);
	return error_set(
		m->err, VTOK_E_CONFIG,
		"[%.60s]: expected a kind and a name like [model qwen3-vl-8b]; the kinds are %s",
		name, kinds);
}

/* Splits "model qwen3-vl-8b"; the name is one word of letters, digits and a few signs. */
static bool split_name(struct merge *m, const char *name, enum registry_kind *kind, const char **id)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+:@/-";
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
				 "[%.60s]: a name is one word of letters, digits and . _ + : @ / -",
				 name);
	*kind = (enum registry_kind)k;
	return true;
}

/* A file that names a known entry by its second name would add a half-empty one. */
static bool check_alias(struct merge *m, enum registry_kind kind, const char *id)
{
	const struct list *l = &m->lists[kind];

	for (size_t i = 0; i < l->n; i++)
		if (!l->by[i] && str_has_word(entry_aliases(kind, l->list[i]), id))
			return error_set(
				m->err, VTOK_E_CONFIG,
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
		return merge_no_memory(m);
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
	struct slot *slot = merge_slot(m, kind, id);
	if (slot->entry && m->lists[kind].by[slot->index])
		return error_set(m->err, VTOK_E_CONFIG,
				 "[%s]: section given twice, first in line %d", name,
				 m->lists[kind].by[slot->index]->line);
	struct staged *st = arena_alloc(&m->arena, sizeof(*st));
	void *entry = arena_alloc(&m->arena, registry_kinds[kind].schema->size);
	if (!st || !entry)
		return merge_no_memory(m);
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

static bool take_pair(void *user, const char *key, const char *value, int line,
		      struct vtok_error *err)
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
		error_set(m->err, VTOK_E_CONFIG, "%s: key given twice, first in line %d", key,
			  *first);
		return in_section(m, st);
	}
	if (!schema_set(st->entry, f, value, *first != 0, &m->arena, m->err))
		return in_section(m, st);
	if (!*first)
		*first = line;
	return true;
}

static int line_of(const struct staged *st, const char *key)
{
	const struct field *f = key ? schema_field(registry_kinds[st->kind].schema, key) : NULL;
	int line = f ? st->key_line[f - registry_kinds[st->kind].schema->fields] : 0;

	return line ? line : st->line;
}

bool merge_at_key(struct merge *m, const struct staged *st, const char *key)
{
	in_section(m, st);
	return error_prefix(m->err, "%s:%d", m->file, line_of(st, key));
}

/* ---- check */

/* A section without a name for people is known by its id to them too. */
static bool name_follows_id(const struct schema *s, const struct field *f, void *entry)
{
	if (strcmp(f->key, "name") != 0)
		return false;
	*(const char **)((char *)entry + f->offset) =
		*(const char *const *)((char *)entry + s->id_offset);
	return true;
}

/* Before names are followed: a section without its required keys has nothing to follow. */
static bool check_required(struct merge *m)
{
	for (const struct staged *st = m->first; st; st = st->next) {
		const struct schema *s = registry_kinds[st->kind].schema;
		for (size_t i = 0; st->is_new && i < s->n; i++)
			if (!s->fields[i].standard && !st->key_line[i] &&
			    !name_follows_id(s, &s->fields[i], st->entry)) {
				error_set(m->err, VTOK_E_CONFIG, "%s: missing (%s)",
					  s->fields[i].key, s->fields[i].help);
				return merge_at_key(m, st, NULL);
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
	error_set(m->err, VTOK_E_CONFIG, "variant: strategy %s has no variant \"%.60s\"",
		  p->strategy_name, p->variant_name);
	return merge_at_key(m, st, "variant");
}

static bool check_section(struct merge *m, const struct staged *st)
{
	const char *key = NULL;

	if (st->kind == KIND_PROCESSOR && !find_variant(m, st))
		return false;
	registry_derive(st->kind, st->entry);
	return registry_check(st->kind, st->entry, &key, m->err) || merge_at_key(m, st, key);
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
		    merge_connect(&m) && check_all(&m);
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
