/* What the steps of a merge share: the copy that is being made. Nobody else includes this. */
#ifndef VTOK_REGISTRY_STAGING_H
#define VTOK_REGISTRY_STAGING_H

#include "base/arena.h"
#include "registry/kinds.h"
#include "registry/schema.h"

/* A section of the file. */
struct staged {
	struct staged *next; /* in file order */
	enum registry_kind kind;
	void *entry;
	bool is_new;
	int line;
	int key_line[SCHEMA_FIELDS_MAX]; /* 0 = not given */
};

/* The list of one kind as it will be. by[i] is the section list[i] comes from, NULL when it comes
 * from elsewhere. */
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

struct staging {
	struct arena arena;
	const char *file;
	struct list lists[KIND_N];
	struct slot *slots;
	size_t slots_n, slots_used; /* slots_n is a power of two */
	struct staged *first, *last;
	struct vtok_error *err;
};

/* Fills the lists and the index with what r knows. m is zeroed but for file and err. False: memory
 * is short. staging_fini in both cases. */
bool staging_init(struct staging *m, const struct registry *r);
void staging_fini(struct staging *m);

/* "out of memory" as the error. Returns false. */
bool staging_no_memory(struct staging *m);
/* "[model x] " before the text of an error. Returns false. */
bool staging_in_section(struct staging *m, const struct staged *st);
/* Puts file, line and section before an error found after reading; key NULL: the line of the
 * section. Returns false. */
bool staging_at_key(struct staging *m, const struct staged *st, const char *key);

/* The slot of an id, or the free one where it belongs. Valid until the next staging_add. */
struct slot *staging_slot(struct staging *m, enum registry_kind kind, const char *id);

/* Puts an entry at the end of its list and into the index; by: the section it comes from, or NULL.
 * False: memory is short. */
bool staging_add(struct staging *m, enum registry_kind kind, const void *entry, struct staged *by);

#endif
