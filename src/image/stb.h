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

/* The pixels of a file in memory, RGB (channels 3) or RGBA (4), to be freed with free; NULL and the
 * reason otherwise. */
uint8_t *stb_decode(const uint8_t *bytes, size_t n, int channels, int *w, int *h, const char **why);

/* Fills to with a smaller copy of from, both RGB; false when memory is short. */
bool stb_shrink(const uint8_t *from, int from_w, int from_h, uint8_t *to, int to_w, int to_h);

/* The same of RGBA with the light and the transparency that pixels stand for: sRGB values are made
 * linear, colours weigh as much as they cover; Catmull-Rom. */
bool stb_resample(const uint8_t *from, int from_w, int from_h, uint8_t *to, int to_w, int to_h);

/* Encodes pixels of 3 or 4 channels (JPEG: 3; quality 1 to 100) and hands the bytes over piece by
 * piece. False when memory is short. */
typedef void stb_sink(void *arg, void *bytes, int n);
bool stb_png(stb_sink *sink, void *arg, const uint8_t *pixels, int w, int h, int channels);
bool stb_jpeg(stb_sink *sink, void *arg, const uint8_t *rgb, int w, int h, int quality);

#endif
