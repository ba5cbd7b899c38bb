/* Size, format and orientation of a picture, from its header bytes alone: no pixel is decoded and
 * nothing allocated by us, so that a folder of a million files is read at the pace of open and
 * read. */
#ifndef VTOK_IMAGE_IMAGE_H
#define VTOK_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/picture.h"

/* Reads 4 KiB of most files, 64 MiB at most. False leaves *out alone; err says in one line what is
 * wrong, without the name of the file, which the caller has ("letter.png: no such file" is
 * error_prefix away). A pipe or a device is refused without waiting for it. Three system calls for
 * most files (open, read, close; of a PNG, whose orientation may stand behind its pixels, its
 * length too), so that file_bytes is 0: not asked for. */
bool image_probe(const char *path, struct image_info *out, struct vtok_error *err);

/* The same with file_bytes; regular files alone. */
bool image_probe_sized(const char *path, struct image_info *out, struct vtok_error *err);

/* The same of a file that is open: reads with offsets and leaves its position alone. */
bool image_probe_fd(int fd, struct image_info *out, struct vtok_error *err);

/* The same of a file's bytes in memory. */
bool image_probe_bytes(const void *bytes, size_t n, struct image_info *out, struct vtok_error *err);

/* What a file that begins so is, "JPEG" or "PDF", whether vtok reads it or not; NULL: no picture
 * that is known, or one that is text. */
const char *image_signature(const void *bytes, size_t n);

/* Opens a picture for reading, with the refusals of image_probe_sized; -1 and err otherwise. The
 * caller closes it. */
int image_open(const char *path, struct vtok_error *err);

/* "PNG", "JPEG", "GIF", "BMP", "WebP", "TIFF", "AVIF", "HEIC", "JPEG XL". */
const char *image_format_name(enum image_format f);

#endif
