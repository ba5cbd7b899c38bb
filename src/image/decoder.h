/* The decoders that are libraries of their own, each a file that ends in its record. */
#ifndef VTOK_IMAGE_DECODER_H
#define VTOK_IMAGE_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/picture.h"

enum { DECODER_MOST = 150 * 1000000 }; /* pixels of a picture that is decoded at all */

/* A stored picture. */
struct decoded {
	uint8_t *pixels; /* rows without padding; to be freed with free */
	int width, height;
	bool has_profile; /* values of a colour profile (ICC) that is not sRGB by definition */
	bool has_more;    /* of an animation, this is the first picture */
};

struct image_decoder {
	const char *absent; /* not in this build, in a sentence; then it has nothing else */
	void (*load)(void); /* before the confinement, on no byte of the file */
	bool starts_threads;
	/* As decode_picture (decode.h); the library is there or *why says that it is not. */
	bool (*decode)(enum image_format format, const uint8_t *bytes, size_t n, int channels,
		       struct decoded *out, const char **why);
};

extern const struct image_decoder decoder_heif, decoder_jxl, decoder_tiff;

/* Room for a picture of that size; false and why for one that is none, or too large. */
bool decoder_room(int64_t w, int64_t h, int channels, struct decoded *out, const char **why);

/* Colours that were multiplied by their transparency (RGBA), as they were before. */
void decoder_divide_alpha(uint8_t *rgba, size_t pixels);

/* RGBA to RGB, in place; transparency is dropped. */
void decoder_drop_alpha(uint8_t *rgba, size_t pixels);

#endif
