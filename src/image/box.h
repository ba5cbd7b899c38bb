/* The boxes of which HEIF, JPEG XL and MP4 files consist (ISO/IEC 14496-12, 4.2): a length, a type
 * of four letters, and what is in it, which may be boxes again. Bounded: no walk goes on for ever,
 * whatever the lengths say, and none leaves the box that it is in. */
#ifndef VTOK_IMAGE_BOX_H
#define VTOK_IMAGE_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/source.h"

struct box {
	char type[4];
	int64_t pos, end; /* of what is in it: places in the file */
};

/* A file as boxes. */
struct boxes {
	struct source *s;
	int left;    /* boxes that are read at most from here on */
	bool is_cut; /* one says that it is longer than what it is in */
};

/* The box at pos, inside the first `end` bytes of the file; false where there is none. A length of
 * 0 goes to the end; one that is too long is cut there. */
bool box_at(struct boxes *b, int64_t pos, int64_t end, struct box *out);

/* The first of that type from pos on. */
bool box_find(struct boxes *b, int64_t pos, int64_t end, const char *type, struct box *out);

bool box_is(const struct box *box, const char *type);

/* n bytes of what is in it, from `at` on, valid until the next call; NULL where it ends before. */
const uint8_t *box_bytes(struct source *s, const struct box *box, int64_t at, size_t n);

#endif
