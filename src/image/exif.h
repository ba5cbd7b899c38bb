/* The one thing vtok wants from EXIF and XMP: how the picture must be turned. */
#ifndef VTOK_IMAGE_EXIF_H
#define VTOK_IMAGE_EXIF_H

#include "image/source.h"

/* The orientation tag of the first directory of an EXIF block, `len` bytes at pos, which starts
 * with "II" or "MM", or with the "Exif" and two bytes that JPEG puts before it (whose last one is
 * padding and may be any). 0 when there is no such tag, 1 (upright) when it holds no orientation: a
 * picture is never refused for its EXIF. The tag is a SHORT; cameras wrote it as any integer, and
 * libraries read it. */
int exif_orientation(struct source *s, int64_t pos, int64_t len);

/* The same tag in XMP (tiff:Orientation), `len` bytes of text at pos, of which at most XMP_MOST are
 * searched. */
enum { XMP_MOST = 1 << 20 };
int xmp_orientation(struct source *s, int64_t pos, int64_t len);

#endif
