/* Pixels in a character cell: two colours and a glyph that says where each is. */
#ifndef VTOK_DRAW_BLOCKS_H
#define VTOK_DRAW_BLOCKS_H

#include <stdint.h>

#include "base/picture.h"
#include "draw/cells.h"

enum { BLOCKS_MOST = 6 }; /* samples of a cell */

struct blocks_shape {
	int cols, rows; /* samples of a cell */
};

/* Of ink in cells, INK_HALVES to INK_SEXTANTS. */
struct blocks_shape blocks_shape(enum picture_ink ink);

/* Draws a cell's samples, row by row, 0xRRGGBB each. The brighter colour is the inked one, and even
 * cells are full or blank: the same on a screen, and as plain text still a picture. */
void blocks_put(struct cells *c, int x, int y, enum picture_ink ink,
		const uint32_t samples[BLOCKS_MOST]);

/* How bright a colour is, 0 to 255: Rec. 709 weights on the stored values, exact enough to choose
 * glyphs by. */
static inline double blocks_bright(uint32_t rgb)
{
	return 0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
}

#endif
