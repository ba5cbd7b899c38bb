/* The colour profile (ICC) of a picture file, as the bytes that carry it: so that a copy of the
 * same format can carry it too. For the confined child alone. */
#ifndef VTOK_IMAGE_PROFILE_H
#define VTOK_IMAGE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/picture.h"

/* Bytes of a file, in place. */
struct span {
	const uint8_t *bytes; /* NULL: none */
	size_t n;
};

/* The chunk iCCP of a PNG with its length and check sum; of a JPEG the segments APP2 that hold
 * pieces of a profile and stand together, with their markers; of others nothing. */
struct span profile_find(enum image_format format, const uint8_t *bytes, size_t n);

/* Whether the file has one, in formats whose profile is not carried over too (WebP). */
bool profile_is_there(enum image_format format, const uint8_t *bytes, size_t n);

/* Where in a file of that format, just encoded, such bytes belong: behind the header of a PNG,
 * behind the first segment of a JPEG. 0: nowhere. */
size_t profile_place(enum image_format format, const uint8_t *bytes, size_t n);

#endif
