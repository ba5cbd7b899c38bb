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
};

static void add(struct part *p, uint32_t rgb)
{
	p->n++;
	p->sum[0] += (int)(rgb >> 16 & 255);
	p->sum[1] += (int)(rgb >> 8 & 255);
	p->sum[2] += (int)(rgb & 255);
}

static struct part without(const struct part *all, const struct part *p)
{
	return (struct part){
		all->n - p->n,
		{all->sum[0] - p->sum[0], all->sum[1] - p->sum[1], all->sum[2] - p->sum[2]}};
}

/* The larger, the nearer are its samples to their mean: what is squared and summed of all of them
 * is the same however they are parted. */
static double nearness(const struct part *p)
{
	int64_t r = p->sum[0], g = p->sum[1], b = p->sum[2];

	return (double)(r * r + g * g + b * b) / p->n;
}

static uint32_t mean(const struct part *p)
{
	uint32_t rgb = 0;

	for (int k = 0; k < 3; k++)
		rgb = rgb << 8 | (uint32_t)((p->sum[k] + p->n / 2) / p->n);
	return rgb;
}

/* Which samples go together: the last one is never among them. Each set is one that came before,
 * and its last sample. */
static unsigned best_set(const uint32_t *samples, int n, struct part two[2])
{
	struct part sets[1 << (BLOCKS_MOST - 1)] = {{.n = 0}}, all = {.n = 0};
	unsigned best = 1, sets_n = 1u << (n - 1);
	double most = -1;
	int last = 0;

	for (int i = 0; i < n; i++)
		add(&all, samples[i]);
	for (unsigned mask = 1; mask < sets_n; mask++) {
		if (mask == 2u << last)
			last++;
		sets[mask] = sets[mask & ~(1u << last)];
		add(&sets[mask], samples[last]);
		struct part rest = without(&all, &sets[mask]);
		double d = nearness(&sets[mask]) + nearness(&rest);
		if (d > most) {
			most = d;
			best = mask;
		}
	}
	two[0] = without(&all, &sets[best]);
	two[1] = sets[best];
	return best;
}

static bool are_one_color(const uint32_t *samples, int n)
{
	for (int i = 1; i < n; i++)
		if (samples[i] != samples[0])
			return false;
	return true;
}

void blocks_put(struct cells *c, int x, int y, enum picture_ink ink,
		const uint32_t samples[BLOCKS_MOST])
{
	struct blocks_shape s = blocks_shape(ink);
	int n = s.cols * s.rows;
	unsigned all = (1u << n) - 1, best = 1;
	uint32_t ground = samples[0], inked = samples[0];

	if (!are_one_color(samples, n)) {
		struct part two[2];

		best = best_set(samples, n, two);
		ground = mean(&two[0]);
		inked = mean(&two[1]);
	}

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
