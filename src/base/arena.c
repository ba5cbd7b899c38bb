#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 16 * 1024 };

struct arena_block {
	struct arena_block *older;
	size_t used, size; /* bytes of data, both */
	alignas(max_align_t) unsigned char data[];
};

void arena_init(struct arena *a)
{
	a->last = NULL;
}

void arena_fini(struct arena *a)
{
	while (a->last) {
		struct arena_block *older = a->last->older;
		free(a->last);
		a->last = older;
	}
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + align - 1) / align * align;
	struct arena_block *b = a->last;
	if (!b || b->size - b->used < size) {
		size_t want = size > BLOCK_BYTES ? size : BLOCK_BYTES;
		b = calloc(1, sizeof(*b) + want);
		if (!b)
			return NULL;
		b->size = want;
		b->older = a->last;
		a->last = b;
	}
	void *p = b->data + b->used;
	b->used += size;
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	len = strnlen(s, len);
	char *p = arena_alloc(a, len + 1);
	if (p)
		memcpy(p, s, len);
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, SIZE_MAX / 4);
}

void arena_join(struct arena *into, struct arena *from)
{
	if (!from->last)
		return;
	struct arena_block *oldest = from->last;
	while (oldest->older)
		oldest = oldest->older;
	oldest->older = into->last;
	into->last = from->last;
	from->last = NULL;
}
