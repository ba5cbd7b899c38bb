/* The one thing vtok wants from EXIF: how the picture must be turned. */
#ifndef VTOK_IMAGE_EXIF_H
#define VTOK_IMAGE_EXIF_H

#include "image/source.h"

/* The orientation tag of the first directory of an EXIF block, `len` bytes at pos, which starts
 * with "II" or "MM". 1 (upright) when there is none or anything about it is wrong: a picture is
 * never refused for its EXIF. */
int exif_orientation(struct source *s, int64_t pos, int64_t len);

#endif
