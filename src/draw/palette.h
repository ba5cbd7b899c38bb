/* A picture's own few colours: the boxes of its colours are halved where they are widest and
 * fullest, and each becomes its mean (Heckbert's median cut, on 5 bits a channel). */
#ifndef VTOK_DRAW_PALETTE_H
#define VTOK_DRAW_PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PALETTE_MOST = 256, PALETTE_BUCKETS = 1 << 15 };

struct palette {
	int n; /* colours, 1 to PALETTE_MOST */
	uint8_t rgb[PALETTE_MOST][3];
	uint8_t of[PALETTE_BUCKETS]; /* the colour of each bucket that the picture has */
};

/* The bucket of a pixel. */
static inline unsigned palette_bucket(const uint8_t rgb[3])
{
	return (unsigned)(rgb[0] >> 3) << 10 | (unsigned)(rgb[1] >> 3) << 5 | rgb[2] >> 3;
}

/* At most `most` colours, 2 to PALETTE_MOST, of n pixels, at least one. A picture that has so few
 * keeps them. False: no memory. */
bool palette_make(struct palette *p, const uint8_t *rgb, size_t n, int most);

#endif
