/* See limit_greatest.h. */
#include "core/limit_greatest.h"

#include <math.h>

#include "core/arith.h"
#include "core/count.h"

/* Shapes up to SHAPES : 1 in steps of an eighth, huge; sizes on a grid of powers; and the cells
 * that fill an area exactly. */
enum { SHAPES = 256, EIGHTHS = 8, HUGE_SIDE = 100000000, GRID_STEPS = 40 };
/* Huge pictures lose at most a thirtieth of an area to whole cells (measured: a twentieth of small
 * areas, below 1,500 cells). */
enum { NEAR = 16, CELLS_MOST = 512 };
/* A rule that lets more tokens through has no limit of an area: its greatest picture is the largest
 * that was looked at, and there is no edge to find. */
enum { AREA_TOKENS_MOST = 1 << 22 };

static void take_size(const struct rule *r, int64_t w, int64_t h, int64_t *most)
{
	struct count n;

	count_by(r, w, h, &n, NULL);
	if (!n.refused && n.visual > *most)
		*most = n.visual;
}

static void take_both(const struct rule *r, int64_t w, int64_t h, int64_t *most)
{
	take_size(r, w, h, most);
	take_size(r, h, w, most);
}

static void take_huge(const struct rule *r, int64_t *most)
{
	for (int64_t eighths = EIGHTHS; eighths <= SHAPES * EIGHTHS; eighths++)
		take_both(r, HUGE_SIDE, HUGE_SIDE / eighths * EIGHTHS, most);
}

/* Powers of the eighth root of two: 32 pixels to about 30,000. */
static void take_grid(const struct rule *r, int64_t *most)
{
	for (int i = 0; i < 2 * GRID_STEPS; i++)
		for (int j = 0; j <= i; j++)
			take_both(r, (int64_t)(32 * pow(2, i / 8.0)),
				  (int64_t)(32 * pow(2, j / 8.0)), most);
}

/* Pictures that fill whole cells of a token are resized by nothing but a limit: a little more than
 * what huge ones reached, down to the exact edge of the area. */
static void take_cells(const struct rule *r, const struct processor *p, int64_t *most)
{
	int64_t side = p->patch > 0 ? (int64_t)p->patch * (p->merge > 0 ? p->merge : 1) : 0;
	int64_t reached = *most, beyond = reached + reached / NEAR;

	if (reached > AREA_TOKENS_MOST)
		return;
	for (int64_t a = 1; side > 0 && a * a <= beyond && a <= CELLS_MOST; a++)
		for (int64_t b = reached / a; b <= beyond / a; b++)
			take_both(r, b * side, a * side, most);
}

int64_t limit_greatest(const struct processor *p)
{
	struct rule r;
	int64_t most = -1;

	count_prepare(&r, p, LENS_EXACT, NULL);
	take_huge(&r, &most);
	take_grid(&r, &most);
	take_cells(&r, p, &most);
	return most;
}
