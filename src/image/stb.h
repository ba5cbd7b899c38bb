/* stb_image and its sibling, compiled once, with the formats vtok reads and nothing else: TGA, PSD, PIC, PNM and HDR
 * are recognised by too little and would take any file for a picture. */
#ifndef VTOK_IMAGE_STB_H
#define VTOK_IMAGE_STB_H

#include <stdbool.h>

#include "image/source.h"

/* The size as stb_image reads it from the header; false when it refuses (too large for it, a variant it does not know,
 * not an image). */
bool stb_size(struct source *s, int64_t *width, int64_t *height);

/* The pixels of a file in memory, RGB without alpha, to be freed with free; NULL and the reason otherwise. For the
 * confined child. */
uint8_t *stb_decode(const uint8_t *bytes, size_t n, int *w, int *h, const char **why);

/* Fills to with a smaller copy of from, both RGB; false when memory is short. */
bool stb_shrink(const uint8_t *from, int from_w, int from_h, uint8_t *to, int to_w, int to_h);

#endif
