/* The copy a merge works on: lists of entries, an index of ids, and where an error stands. */
#include "registry/staging.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "registry/schema.h"

bool staging_no_memory(struct staging *m)
{
	return error_memory(m->err);
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

struct slot *staging_slot(struct staging *m, enum registry_kind kind, const char *id)
{
	size_t i = hash(kind, id) & (m->slots_n - 1);

	while (m->slots[i].entry && (m->slots[i].kind != kind ||
				     str_casecmp(entry_id(kind, m->slots[i].entry), id) != 0))
		i = (i + 1) & (m->slots_n - 1);
	return &m->slots[i];
}

static bool grow_slots(struct staging *m, size_t n)
{
	struct slot *old = m->slots;
	size_t old_n = m->slots_n;

	m->slots = calloc(n, sizeof(*m->slots));
	if (!m->slots) {
		m->slots = old;
		return staging_no_memory(m);
	}
	m->slots_n = n;
	for (size_t i = 0; i < old_n; i++)
		if (old[i].entry)
			*staging_slot(m, old[i].kind, entry_id(old[i].kind, old[i].entry)) = old[i];
	free(old);
	return true;
}

bool staging_add(struct staging *m, enum registry_kind kind, const void *entry, struct staged *by)
{
	struct list *l = &m->lists[kind];

	if (m->slots_used * 2 >= m->slots_n && !grow_slots(m, m->slots_n * 2))
		return false;
	if (l->n == l->room) {
		size_t room = l->room * 2 + 64;
		const void **list = arena_alloc(&m->arena, room * sizeof(*list));
		struct staged **bys = arena_alloc(&m->arena, room * sizeof(struct staged *));
		if (!list || !bys)
			return staging_no_memory(m);
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
	*staging_slot(m, kind, entry_id(kind, entry)) = (struct slot){entry, kind, l->n};
	m->slots_used++;
	l->n++;
	l->changed = l->changed || by;
	return true;
}

bool staging_init(struct staging *m, const struct registry *r)
{
	arena_init(&m->arena);
	if (!grow_slots(m, 1024))
		return false;
	for (int k = 0; k < KIND_N; k++) {
		size_t n;
		const void *const *list = registry_list(r, (enum registry_kind)k, &n);
		for (size_t i = 0; i < n; i++)
			if (!staging_add(m, (enum registry_kind)k, list[i], NULL))
				return false;
	}
	return true;
}

void staging_fini(struct staging *m)
{
	free(m->slots);
	arena_fini(&m->arena);
}

bool staging_in_section(struct staging *m, const struct staged *st)
{
	char text[sizeof(m->err->text)];

	if (!m->err)
		return false;
	memcpy(text, m->err->text, sizeof(text));
	m->err->code = VTOK_OK;
	return error_set(m->err, VTOK_E_CONFIG, "[%s %s] %s", registry_kinds[st->kind].schema->kind,
			 entry_id(st->kind, st->entry), text);
}

static int line_of(const struct staged *st, const char *key)
{
	const struct field *f = key ? schema_field(registry_kinds[st->kind].schema, key) : NULL;
	int line = f ? st->key_line[f - registry_kinds[st->kind].schema->fields] : 0;

	return line ? line : st->line;
}

bool staging_at_key(struct staging *m, const struct staged *st, const char *key)
{
	staging_in_section(m, st);
	return error_at(m->err, m->file, line_of(st, key));
}
