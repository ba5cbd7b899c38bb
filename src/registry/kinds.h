/* The kinds of section, and which keys name other sections. Reading, merging, the generated tables
 * and the lists that commands print all walk these two tables: a new kind is one line here and two
 * members in struct registry. */
#ifndef VTOK_REGISTRY_KINDS_H
#define VTOK_REGISTRY_KINDS_H

#include "registry/registry.h"
#include "registry/schema.h"

struct kind {
	const struct schema *schema;
	size_t list_offset, n_offset; /* in struct registry */
};
extern const struct kind registry_kinds[KIND_N];

/* A key that names another entry, and the pointer that follows it. Without a key: a pointer of the
 * chains from engines to their profiles, set by the merge. */
struct link {
	enum registry_kind kind; /* whose pointer */
	const char *key;
	size_t name_offset;        /* const char *, NULL = points nowhere */
	size_t pointer_offset;     /* pointer to a const struct */
	const char *member;        /* C name of the pointer, for the generated tables */
	enum registry_kind target; /* KIND_N: a strategy of core */
};
extern const struct link registry_links[];
extern const size_t registry_links_n;

/* The shipped entries: an array of structs per kind. Defined by generated/registry_tables.c. */
struct shipped {
	const void *entries;
	size_t n;
};
extern const struct shipped registry_shipped[KIND_N];

/* Entries of one kind: pointers to const structs. Lives as long as r, or until the next load. */
const void *const *registry_list(const struct registry *r, enum registry_kind kind, size_t *n);
void registry_set_list(struct registry *r, enum registry_kind kind, const void **list, size_t n);

/* Borrowed from the entry, which is of that kind. */
const char *entry_id(enum registry_kind kind, const void *entry);
/* Blanks between them; NULL when the kind or the entry has none. */
const char *entry_aliases(enum registry_kind kind, const void *entry);

#endif
