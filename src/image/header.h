/* Our own reading of headers, one reader per format. stb_image could tell most sizes too, but not
 * outside the confined child (see stb.h), not the orientation or the density, and not whether a
 * header was cut off: it takes the missing bytes for zeros. */
#ifndef VTOK_IMAGE_HEADER_H
#define VTOK_IMAGE_HEADER_H

#include "base/error.h"
#include "base/picture.h"
#include "image/source.h"

/* Fills stored_w, stored_h (0 or more; the caller checks the range), orientation and dpi; false and
 * err when the header is cut off or damaged. The signature was seen already. */
typedef bool header_reader(struct source *s, struct image_info *out, struct vtok_error *err);

header_reader header_png, header_jpeg, header_gif, header_bmp, header_webp;
header_reader header_tiff, header_heif, header_jxl;

/* Windows of a picture that are read at most: 64 MiB. A colour profile may take 255 segments, a map
 * of depths a thousand; a file in which a size is found takes one to four. */
enum { IMAGE_READS = 16384 };

/* "truncated ..." or, when the file was read as far as vtok reads, that; returns false. */
bool header_cut(const struct source *s, const char *format, struct vtok_error *err);

/* A density in dots per inch that can be true; 0 otherwise: many programs write 1 or nonsense. */
double header_dpi(double dpi);

#endif
