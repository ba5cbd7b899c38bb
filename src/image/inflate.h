/* The first bytes of what was deflated (RFC 1951), for headers alone: of a text of a PNG, of a
 * member of a zip. Not zlib:
 * no more than 64 KiB are ever wanted, in memory that the caller has, and the dashboard's start
 * links nothing for it. */
#ifndef VTOK_IMAGE_INFLATE_H
#define VTOK_IMAGE_INFLATE_H

#include <stddef.h>
#include <stdint.h>

#include "image/source.h"

enum { INFLATE_MOST = 64 * 1024 };

/* Inflates `len` bytes at pos until out has `most` (INFLATE_MOST at most), the stream ends, or
 * something about it is wrong. Returns the bytes that were made until then. */
size_t inflate_head(struct source *s, int64_t pos, int64_t len, uint8_t *out, size_t most);

/* The same of a zlib stream (RFC 1950), which has two bytes before it. */
size_t inflate_zlib_head(struct source *s, int64_t pos, int64_t len, uint8_t *out, size_t most);

#endif
