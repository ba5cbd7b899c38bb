/* stb_image and its sibling, compiled once, with the formats vtok reads and nothing else: TGA, PSD,
 * PIC, PNM and HDR are recognised by too little and would take any file for a picture.
 *
 * Only for the confined child, the header functions too: version 2.27 writes beyond its tables on a
 * JPEG whose Huffman counts add up to more than 256, and it reads those before the size.
 * fuzz/fuzz_image.c found that in seconds. */
#ifndef VTOK_IMAGE_STB_H
#define VTOK_IMAGE_STB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The pixels of a file in memory, RGB without alpha, to be freed with free; NULL and the reason
 * otherwise. */
uint8_t *stb_decode(const uint8_t *bytes, size_t n, int *w, int *h, const char **why);

/* Fills to with a smaller copy of from, both RGB; false when memory is short. */
bool stb_shrink(const uint8_t *from, int from_w, int from_h, uint8_t *to, int to_w, int to_h);

#endif
