/* Whether a file holds all of its first picture. Decoders disagree about one that was cut off, as a
 * broken download is: stb_image 2.27 refuses a JPEG that 2.30 paints grey from there on. */
#ifndef VTOK_IMAGE_WHOLE_H
#define VTOK_IMAGE_WHOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/picture.h"

/* False if the bytes of a file, whose header was read already, end before its pixels do. Damage of
 * another kind is the decoder's business: then true. Reads the whole file, so that only the
 * confined child calls it. */
bool whole_picture(enum image_format format, const uint8_t *bytes, size_t n);

#endif
