/* Whether a GIF moves: some vendors refuse those that do. */
#ifndef VTOK_IMAGE_ANIMATED_H
#define VTOK_IMAGE_ANIMATED_H

#include <stdbool.h>
#include <stddef.h>

/* True for a GIF with a second picture. The blocks are walked, nothing is decoded; at most 256 MiB
 * of the file are looked at. False for everything else, files that cannot be read among them. */
bool image_is_animated(const char *path);

/* The same of the first n bytes of a file: false where the second picture begins behind them. */
bool image_is_animated_bytes(const void *bytes, size_t n);

#endif
