/* The bytes of a file through a small window: headers are read, what lies
 * between them is skipped. */
#ifndef VTOK_IMAGE_SOURCE_H
#define VTOK_IMAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SOURCE_WINDOW = 4096, /* bytes of one read */
	SOURCE_READS = 64,    /* of a container's boxes: 256 KiB of any file are enough */
};
#define SOURCE_UNSIZED INT64_MAX /* nobody asked how long the file is: reading will tell */

struct source {
	const uint8_t *bytes; /* the file in memory, or NULL: then fd */
	size_t bytes_n;
	int fd;
	int64_t size; /* bytes of the file, or SOURCE_UNSIZED until a read comes to its end */
	int reads_left;
	int error;  /* errno of a read that failed; 0 = none */
	int64_t at; /* where the window starts */
	size_t len; /* bytes in the window */
	uint8_t window[SOURCE_WINDOW];
};

/* size: bytes of the file, or SOURCE_UNSIZED. The descriptor, or the bytes, are borrowed while s is
 * used; there is nothing to free. Bytes in memory go through the same window and cost the same
 * reads, so that a file gives one answer, however it is read. */
void source_init_fd(struct source *s, int fd, int64_t size);
void source_init_bytes(struct source *s, const void *bytes, size_t n);

/* n bytes at pos, valid until the next call; NULL when the file ends before, cannot be read or was
 * read enough. n is at most SOURCE_WINDOW. */
const uint8_t *source_get(struct source *s, int64_t pos, size_t n);

/* The same of as many bytes as can be had at pos without another read, *n of them, 1 at least. */
const uint8_t *source_rest(struct source *s, int64_t pos, size_t *n);

/* Bytes of the file: asks the system where nobody did yet and no read came to its end. -1 when that
 * fails, or for what has no length. */
int64_t source_length(struct source *s);

/* The first bytes, *len of them: n, or as many as there are; valid until the next call. NULL and 0
 * when there are none: s->size is 0 then, or s->error says why. */
const uint8_t *source_head(struct source *s, size_t n, size_t *len);

/* Numbers inside such bytes: big and little endian. */
static inline uint32_t be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t be32(const uint8_t *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static inline uint64_t be64(const uint8_t *p)
{
	return (uint64_t)be32(p) << 32 | be32(p + 4);
}

static inline uint32_t le16(const uint8_t *p)
{
	return (uint32_t)p[1] << 8 | p[0];
}

static inline uint32_t le24(const uint8_t *p)
{
	return (uint32_t)p[2] << 16 | le16(p);
}

static inline uint32_t le32(const uint8_t *p)
{
	return le16(p + 2) << 16 | le16(p);
}

#endif
