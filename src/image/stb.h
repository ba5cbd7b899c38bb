/* stb_image and its sibling, compiled once, with the formats vtok reads and nothing else: TGA, PSD, PIC, PNM and HDR
 * are recognised by too little and would take any file for a picture. */
#ifndef VTOK_IMAGE_STB_H
#define VTOK_IMAGE_STB_H

#include <stdbool.h>

#include "image/source.h"

/* The size as stb_image reads it from the header; false when it refuses (too large for it, a variant it does not know,
 * not an image). */
bool stb_size(struct source *s, int64_t *width, int64_t *height);

#endif
