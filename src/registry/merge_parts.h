/* What the files of the merge share: the copy that is being made. Nobody else includes this. */
#ifndef VTOK_REGISTRY_MERGE_PARTS_H
#define VTOK_REGISTRY_MERGE_PARTS_H

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

struct merge {
	struct arena arena;
	const char *file;
	struct list lists[KIND_N];
	struct slot *slots;
	size_t slots_n, slots_used; /* slots_n is a power of two */
	struct staged *first, *last;
	struct vtok_error *err;
};

/* Each returns false, with the error filled. */
bool merge_no_memory(struct merge *m);
/* Puts file, line and section before an error found after reading; key NULL: the line of the
 * section. */
bool merge_at_key(struct merge *m, const struct staged *st, const char *key);

/* The slot of an id, or the free one where it belongs. */
struct slot *merge_slot(struct merge *m, enum registry_kind kind, const char *id);

/* Turns names of other entries into pointers, in the copies; an entry that points to a changed one
 * is copied too. */
bool merge_connect(struct merge *m);

#endif
