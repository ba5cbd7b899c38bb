/* What the search for a size (core/fit.h) may know of a counting rule without counting: how it
 * behaves over a box of sizes. A strategy says it of itself, in the file of its rule; one that says
 * nothing is counted size by size, which is slower and as exact. */
#ifndef VTOK_CORE_PIECE_H
#define VTOK_CORE_PIECE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arith.h"

/* Sizes w1..w2 x h1..h2, pixels, inclusive; 1 at least: all of them, or only those of a shape from
 * that of the size `tall` to that of the size `flat`, two that lie in the box themselves. */
struct box {
	int64_t w1, h1, w2, h2;
	struct extent flat, tall; /* 0 x 0 = all of them */
};

/* The size that is lowest for its width of all shapes of the box, and the highest. */
static inline struct extent box_flat(const struct box *b)
{
	return b->flat.w > 0 ? b->flat : (struct extent){b->w2, b->h1};
}

static inline struct extent box_tall(const struct box *b)
{
	return b->tall.w > 0 ? b->tall : (struct extent){b->w1, b->h2};
}

/* Each says the same of tokens, tiles, patches, the resized size and the picture's part of it
 * (the content of the layout), over all sizes of the box. */
enum piece {
	PIECE_UNKNOWN,
	/* None falls where the picture grows wider or higher: of real numbers rounded to whole
	 * ones, each by a rounding that keeps the order. */
	PIECE_RISING,
	/* They follow from the shape alone. Widths rise with width / height and heights fall, and
	 * where tokens and sizes are alike at two shapes they are alike at all between them. */
	PIECE_TILTED,
	/* The last of these alone. */
	PIECE_CELLS,
};

struct piece_of {
	enum piece piece;
	/* TILTED and CELLS: what the rule rounds of the picture before it looks at the shape, so
	 * many pixels more on each side; the box has them already. 0 counts as 1. */
	int64_t margin;
	/* TILTED: what a picture takes is columns times rows of its resized size, and at least
	 * nothing beside what comes for each row and each picture. */
	bool is_product;
	/* TILTED and CELLS: every picture of the box takes the same number of tokens. */
	bool is_constant;
	/* No content of the box is larger, pixels; 0 = not known. */
	double most_area;
	/* No count of the box is smaller, in positions of one image; 0 = not known. */
	int64_t least_tokens;
};

#endif
