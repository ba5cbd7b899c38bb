/* Bump allocator: what is loaded together is freed together. */
#ifndef VTOK_BASE_ARENA_H
#define VTOK_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *last; /* newest block; older ones hang behind it */
};

/* Takes no memory yet; arena_fini gives back all there is, and leaves an empty arena. */
void arena_init(struct arena *a);
void arena_fini(struct arena *a);

/* Zeroed memory aligned for any type, or NULL when there is none left. Lives until arena_fini. */
void *arena_alloc(struct arena *a, size_t size);

/* A copy of at most len bytes of s, always NUL-terminated, or NULL when memory is short. */
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_strdup(struct arena *a, const char *s);

/* Moves everything of `from` into `into`; `from` is empty afterwards. Nothing is copied, pointers
 * stay good. */
void arena_join(struct arena *into, struct arena *from);

#endif
