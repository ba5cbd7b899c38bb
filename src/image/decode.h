/* From a file's bytes to upright pixels. For the confined child alone. */
#ifndef VTOK_IMAGE_DECODE_H
#define VTOK_IMAGE_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/picture.h"

/* The stored pixels, rows without padding, `channels` bytes each (3: RGB, transparency dropped; 4:
 * RGBA), to be freed with free; NULL and the reason otherwise. A file that was cut off is refused,
 * whatever the decoder makes of it. */
uint8_t *decode_picture(enum image_format format, const uint8_t *bytes, size_t n, int channels,
			int *w, int *h, const char **why);

/* Fills to, w x h pixels, with the stored pixels turned as EXIF orientation 1 to 8 says. */
void decode_upright(const uint8_t *from, uint8_t *to, int orientation, int w, int h, int channels);

#endif
