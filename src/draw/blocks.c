/* The samples of a cell are parted in two so that the means of both parts are nearest to them: with
 * six samples there are 31 ways, so all are tried. */
#include "draw/blocks.h"

/* Which half, bit by bit from the upper left one, row by row. U+2580 to U+259F. */
static uint32_t quadrant(unsigned inked)
{
	static const uint16_t glyphs[16] = {' ',    0x2598, 0x259d, 0x2580, 0x2596, 0x258c,
					    0x259e, 0x259b, 0x2597, 0x259a, 0x2590, 0x259c,
					    0x2584, 0x2599, 0x259f, 0x2588};

	return glyphs[inked];
}

/* U+1FB00 to U+1FB3B in the order of their bits; the four that older blocks have are left out
 * there. */
static uint32_t sextant(unsigned inked)
{
	switch (inked) {
	case 0:
		return ' ';
	case 21:
		return 0x258c;
	case 42:
		return 0x2590;
	case 63:
		return 0x2588;
	}
	return 0x1fb00 + inked - 1 - (inked > 21) - (inked > 42);
}

static uint32_t half(unsigned inked)
{
	static const uint16_t glyphs[4] = {' ', 0x2580, 0x2584, 0x2588};

	return glyphs[inked];
}

struct blocks_shape blocks_shape(enum picture_ink ink)
{
	return ink == INK_SEXTANTS    ? (struct blocks_shape){2, 3}
	       : ink == INK_QUADRANTS ? (struct blocks_shape){2, 2}
				      : (struct blocks_shape){1, 2};
}

struct part {
	int n, sum[3];
	int64_t squares;
};

static void add(struct part *p, uint32_t rgb)
{
	p->n++;
	for (int k = 0; k < 3; k++) {
		int v = rgb >> (16 - 8 * k) & 255;

		p->sum[k] += v;
		p->squares += v * v;
	}
}

/* How far its samples are from their mean, squared and summed. */
static double off(const struct part *p)
{
	double mean = 0;

	for (int k = 0; k < 3; k++)
		mean += (double)p->sum[k] * p->sum[k];
	return p->n ? (double)p->squares - mean / p->n : 0;
}

static uint32_t mean(const struct part *p)
{
	uint32_t rgb = 0;

	for (int k = 0; k < 3; k++)
		rgb = rgb << 8 | (uint32_t)((p->sum[k] + p->n / 2) / p->n);
	return rgb;
}

static void part(const uint32_t *samples, int n, unsigned mask, struct part two[2])
{
	two[0] = two[1] = (struct part){.n = 0};
	for (int i = 0; i < n; i++)
		add(&two[mask >> i & 1], samples[i]);
}

void blocks_put(struct cells *c, int x, int y, enum picture_ink ink,
		const uint32_t samples[BLOCKS_MOST])
{
	struct blocks_shape s = blocks_shape(ink);
	int n = s.cols * s.rows;
	unsigned all = (1u << n) - 1, best = 0;
	struct part two[2];
	double least = -1;

	for (unsigned mask = 1; mask <= all >> 1; mask++) { /* the last sample in part 0 */
		part(samples, n, mask, two);
		double d = off(&two[0]) + off(&two[1]);
		if (least < 0 || d < least) {
			least = d;
			best = mask;
		}
	}
	part(samples, n, best, two);
	uint32_t ground = mean(&two[0]), inked = mean(&two[1]);

	if (blocks_bright(inked) < blocks_bright(ground)) {
		uint32_t swapped = inked;

		inked = ground;
		ground = swapped;
		best = ~best & all;
	}
	if (paint_rgb(inked, 0) == paint_rgb(ground, 0))
		best = blocks_bright(samples[0]) < 128 ? 0 : all;
	cells_put(c, x, y,
		  ink == INK_SEXTANTS    ? sextant(best)
		  : ink == INK_QUADRANTS ? quadrant(best)
					 : half(best),
		  STYLE_TEXT);
	cells_paint(c, x, y, inked, ground);
}
