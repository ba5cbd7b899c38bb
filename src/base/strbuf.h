/* Growing string. When memory runs out it remembers that and ignores further text: check strbuf_ok
 * once. */
#ifndef VTOK_BASE_STRBUF_H
#define VTOK_BASE_STRBUF_H

#include <stdbool.h>
#include <stddef.h>
#include "base/base.h"

struct strbuf {
	char *data; /* NUL-terminated once anything was added; NULL before */
	size_t len; /* bytes, without the final NUL */
	size_t size;
	bool failed;
};

/* Takes no memory yet; strbuf_fini frees it and leaves an empty buffer. */
void strbuf_init(struct strbuf *sb);
void strbuf_fini(struct strbuf *sb);
void strbuf_clear(struct strbuf *sb); /* keeps the memory, and that it ran out */

/* False: memory ran out, and the text is not whole. */
bool strbuf_ok(const struct strbuf *sb);

/* Each copies behind what is there; bytes may hold NULs. */
void strbuf_add(struct strbuf *sb, const char *bytes, size_t len);
void strbuf_puts(struct strbuf *sb, const char *s);
void strbuf_putc(struct strbuf *sb, char c);
void strbuf_printf(struct strbuf *sb, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The text, never NULL; valid until the next change. */
const char *strbuf_text(const struct strbuf *sb);

/* Hands the text over; the caller frees it. NULL when memory ran out. */
char *strbuf_steal(struct strbuf *sb);

#endif
