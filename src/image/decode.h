/* From a file's bytes to upright pixels. For the confined child alone. */
#ifndef VTOK_IMAGE_DECODE_H
#define VTOK_IMAGE_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/picture.h"
#include "image/decoder.h"

/* Before the confinement (sandbox.h): loads the library that decodes the format, where it is one
 * that is not linked. */
void decode_load_library(enum image_format format);

/* Whether that library starts threads, whatever it is told. */
bool decode_starts_threads(enum image_format format);

/* The stored picture, `channels` bytes a pixel (3: RGB, transparency dropped; 4: RGBA); false and
 * the reason otherwise. A file that was cut off is refused, whatever the decoder makes of it. */
bool decode_picture(enum image_format format, const uint8_t *bytes, size_t n, int channels,
		    struct decoded *out, const char **why);

/* Fills to, w x h pixels, with the stored pixels turned as EXIF orientation 1 to 8 says. */
void decode_upright(const uint8_t *from, uint8_t *to, int orientation, int w, int h, int channels);

#endif
