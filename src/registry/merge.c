/* Merging in three steps, all on copies:
 *
 *     read      each section opens a copy of the entry it names (or a new one with defaults), each
 *               key changes it
 *     connect   names of other entries become pointers; an entry that points to an overridden one
 *               is copied too
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
#include "registry/merge_link.h"
#include "registry/schema.h"
#include "registry/staging.h"

/* ---- read: sections */

static bool unknown_kind(struct staging *m, const char *name)
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
static bool split_name(struct staging *m, const char *name, enum registry_kind *kind,
		       const char **id)
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
static bool check_alias(struct staging *m, enum registry_kind kind, const char *id)
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

static bool new_entry(struct staging *m, struct staged *st, const char *id)
{
	const struct schema *s = registry_kinds[st->kind].schema;
	char *own = arena_strdup(&m->arena, id);

	if (!own)
		return staging_no_memory(m);
	st->is_new = true;
	schema_defaults(s, st->entry);
	*(const char **)((char *)st->entry + s->id_offset) = own;
	return staging_add(m, st->kind, st->entry, st);
}

/* Replaces list[index] by the copy st->entry. */
static void override(struct staging *m, struct staged *st, struct slot *slot)
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
	struct staging *m = user;
	enum registry_kind kind = KIND_N;
	const char *id;

	(void)err; /* the same as m->err */
	if (!split_name(m, name, &kind, &id))
		return false;
	struct slot *slot = staging_slot(m, kind, id);
	if (slot->entry && m->lists[kind].by[slot->index])
		return error_set(m->err, VTOK_E_CONFIG,
				 "[%s]: section given twice, first in line %d", name,
				 m->lists[kind].by[slot->index]->line);
	struct staged *st = arena_alloc(&m->arena, sizeof(*st));
	void *entry = arena_alloc(&m->arena, registry_kinds[kind].schema->size);
	if (!st || !entry)
		return staging_no_memory(m);
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

static bool take_pair(void *user, const char *key, const char *value, int line,
		      struct vtok_error *err)
{
	struct staging *m = user;
	struct staged *st = m->last;
	const struct schema *s = registry_kinds[st->kind].schema;
	const struct field *f = schema_field(s, key);

	(void)err;
	if (!f) {
		const struct field *near = schema_near(s, key);
		error_set(m->err, VTOK_E_CONFIG, "%.60s: no such key%s%s%s", key,
			  near ? "; did you mean " : "", near ? near->key : "", near ? "?" : "");
		return staging_in_section(m, st);
	}
	int *first = &st->key_line[f - s->fields];
	if (*first && f->type != FIELD_SIZES && f->type != FIELD_WORDS) {
		error_set(m->err, VTOK_E_CONFIG, "%s: key given twice, first in line %d", key,
			  *first);
		return staging_in_section(m, st);
	}
	if (!schema_set(st->entry, f, value, *first != 0, &m->arena, m->err))
		return staging_in_section(m, st);
	if (!*first)
		*first = line;
	return true;
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

/* A checkpoint that says why its dimensions are not known needs none of them. */
static bool is_excused(const struct staged *st)
{
	return st->kind == KIND_MODEL && ((const struct model *)st->entry)->unknown != NULL;
}

/* Before names are followed: a section without its required keys has nothing to follow. */
static bool check_required(struct staging *m)
{
	for (const struct staged *st = m->first; st; st = st->next) {
		const struct schema *s = registry_kinds[st->kind].schema;
		for (size_t i = 0; st->is_new && !is_excused(st) && i < s->n; i++)
			if (!s->fields[i].standard && !st->key_line[i] &&
			    !name_follows_id(s, &s->fields[i], st->entry)) {
				error_set(m->err, VTOK_E_CONFIG, "%s: missing (%s)",
					  s->fields[i].key, s->fields[i].help);
				return staging_at_key(m, st, NULL);
			}
	}
	return true;
}

/* The variant is a name in the file and a number for the strategy. */
static bool find_variant(struct staging *m, const struct staged *st)
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
	return staging_at_key(m, st, "variant");
}

static bool check_section(struct staging *m, const struct staged *st)
{
	const char *key = NULL;

	if ((st->kind == KIND_PROCESSOR || st->kind == KIND_HOSTED) && !find_variant(m, st))
		return false;
	registry_derive(st->kind, st->entry);
	return registry_check(st->kind, st->entry, &key, m->err) || staging_at_key(m, st, key);
}

static bool check_all(struct staging *m)
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
	struct staging m = {.file = name, .err = err ? err : &own};
	struct ini_sink sink = {take_section, take_pair, &m};

	bool good = staging_init(&m, r) && ini_read(name, text, len, &sink, m.err) &&
		    check_required(&m) && merge_connect(&m) && check_all(&m);
	for (int k = 0; good && k < KIND_N; k++)
		if (m.lists[k].changed)
			registry_set_list(r, (enum registry_kind)k, m.lists[k].list, m.lists[k].n);
	if (good)
		arena_join(&r->arena, &m.arena);
	staging_fini(&m);
	return good;
}
