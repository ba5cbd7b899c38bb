/* The two grid rules that look at more than a ratio: Perception LM and Ovis 2. */
#include "core/grid.h"
#include "core/grid_sure.h"

/* ---------------------------------------------------------------- Perception LM */

static int32_t common_divisor(int32_t a, int32_t b)
{
	while (b) {
		int32_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* Largest multiple of the shape cols:rows (without common divisor) within max_tiles and
 * max_grid. */
static int32_t largest_multiple(const struct processor *p, struct grid shape)
{
	int32_t most = grid_side_max(p), k = 1;

	while ((k + 1) * (k + 1) * shape.cols * shape.rows <= p->max_tiles &&
	       (k + 1) * shape.cols <= most && (k + 1) * shape.rows <= most)
		k++;
	return k;
}

/* The real list goes through the numbers of tiles from max down and through their factors
 * upwards, and is then grouped by aspect ratio in the order in which the ratios first
 * turned up. True if a stands behind b in it. */
static bool stands_behind(const struct processor *p, struct grid a, struct grid b)
{
	int32_t da = common_divisor(a.cols, a.rows), db = common_divisor(b.cols, b.rows);
	struct grid sa = {a.cols / da, a.rows / da}, sb = {b.cols / db, b.rows / db};
	int32_t ka = largest_multiple(p, sa), kb = largest_multiple(p, sb);
	int32_t na = ka * ka * sa.cols * sa.rows, nb = kb * kb * sb.cols * sb.rows;

	if (na != nb)
		return na < nb;
	if (ka * sa.cols != kb * sb.cols)
		return ka * sa.cols > kb * sb.cols;
	return da < db;
}

/* The shorter side of the image once fitted into the canvas; truncated where the real
 * code truncates. */
static double fitted_side(const struct processor *p, struct grid g, int64_t width, int64_t height)
{
	double w = (double)width, h = (double)height;
	double scale = min_num((double)g.cols * p->tile / w, (double)g.rows * p->tile / h);

	if (width > height)
		return floor(scale * w / (w / h));
	return width < height ? floor(scale * h * (w / h)) : scale * h;
}

static bool largest_fit(const struct processor *p, int64_t width, int64_t height, struct grid *best)
{
	int32_t most = grid_side_max(p);
	int64_t least_cols = ceil_div(width, p->tile), least_rows = ceil_div(height, p->tile);
	double best_side = -1;

	for (int64_t c = least_cols; c <= most; c++)
		for (int64_t r = least_rows; r <= most && c * r <= p->max_tiles; r++) {
			struct grid g = {(int32_t)c, (int32_t)r};
			double side = fitted_side(p, g, width, height);
			if (side > best_side || (side == best_side && stands_behind(p, g, *best))) {
				*best = g;
				best_side = side;
			}
		}
	return best_side >= 0;
}

/* Nothing holds the image: the nearest aspect ratio on the squarer side, and its largest
 * canvas. */
static struct grid nearest_shape(const struct processor *p, int64_t width, int64_t height)
{
	double aspect = (double)width / (double)height;
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};

	for (int32_t c = 1; c <= most; c++)
		for (int32_t r = 1; r <= most && c * r <= p->max_tiles; r++) {
			double ratio = (double)c / r, so_far = (double)best.cols / best.rows;
			bool better = aspect >= 1 ? ratio <= aspect && ratio > so_far
						  : ratio > aspect && ratio < so_far;
			if (better)
				best = (struct grid){c, r};
		}
	int32_t d = common_divisor(best.cols, best.rows);
	struct grid shape = {best.cols / d, best.rows / d};
	int32_t k = largest_multiple(p, shape);
	return (struct grid){shape.cols * k, shape.rows * k};
}

/* The shorter side once fitted, before it is cut to whole pixels. */
static void reach_of(const struct processor *p, struct grid g, const struct box *b, double *lo,
		     double *hi)
{
	double t = p->tile, least = (double)b->w1 / (double)b->h2,
	       most = (double)b->w2 / (double)b->h1;

	if (b->w1 > b->h2) {
		*lo = min_num(g.cols * t / most, g.rows * t) - 1.001;
		*hi = min_num(g.cols * t / least, g.rows * t) + 0.001;
	} else {
		*lo = min_num(g.cols * t, g.rows * t * least) - 1.001;
		*hi = min_num(g.cols * t, g.rows * t * most) + 0.001;
	}
}

/* Of all canvases that hold the whole box one reaches further than the others anywhere: how many
 * can be the best. Ties of whole pixels count as two. */
static int32_t best_holding(const struct processor *p, const struct box *b)
{
	int64_t least_cols = ceil_div(b->w1, p->tile), least_rows = ceil_div(b->h1, p->tile);
	int32_t most = grid_side_max(p), n = 0;
	double bound = -1, lo, hi;

	for (int pass = 0; pass < 2; pass++)
		for (int64_t c = least_cols; c <= most; c++)
			for (int64_t r = least_rows; r <= most && c * r <= p->max_tiles; r++) {
				reach_of(p, (struct grid){(int32_t)c, (int32_t)r}, b, &lo, &hi);
				n += pass == 1 && hi >= bound;
				bound = pass == 0 ? max_num(bound, lo) : bound;
			}
	return n;
}

/* Either nothing holds any of the box, and the nearest shape, which steps with the aspect, is one;
 * or the same canvases hold all of it, and one of them is the best. */
struct grid_choice grid_sure_perception(const struct processor *p, const struct box *b)
{
	struct grid_choice c = {0};
	struct grid flat, tall, best = {1, 1};

	if (b->w2 > 3 * b->w1 || (b->w1 <= b->h2 && b->w2 >= b->h1))
		return c;
	if (largest_fit(p, b->w1, b->h1, &best)) {
		c.is_one = ceil_div(b->w1, p->tile) == ceil_div(b->w2, p->tile) &&
			   ceil_div(b->h1, p->tile) == ceil_div(b->h2, p->tile) &&
			   best_holding(p, b) == 1;
		return c;
	}
	flat = nearest_shape(p, b->w2, b->h1);
	tall = nearest_shape(p, b->w1, b->h2);
	c.is_one = flat.cols == tall.cols && flat.rows == tall.rows;
	return c;
}

struct grid grid_perception(const struct processor *p, int64_t width, int64_t height)
{
	struct grid best = {1, 1};

	return largest_fit(p, width, height, &best) ? best : nearest_shape(p, width, height);
}

/* ---------------------------------------------------------------- Ovis 2 */

/* Python's sum() from 3.12 on: exact while everything is an integer, then Neumaier's
 * compensation for floats; an integer among floats is added without it. Plain summation
 * counts some sizes differently. */
struct py_sum {
	bool is_float;
	int64_t whole;
	double sum, compensation;
};

static void add_whole(struct py_sum *s, int64_t x)
{
	if (s->is_float)
		s->sum += (double)x;
	else
		s->whole += x;
}

static void add_float(struct py_sum *s, double x)
{
	if (!s->is_float) {
		s->is_float = true;
		s->sum = (double)s->whole;
	}
	double t = s->sum + x;
	if (fabs(s->sum) >= fabs(x))
		s->compensation += (s->sum - t) + x;
	else
		s->compensation += (x - t) + s->sum;
	s->sum = t;
}

/* What is left of a cell's area once its longer side is at most one tile. */
static void add_cell(struct py_sum *s, int64_t w, int64_t h, int64_t tile)
{
	int64_t longer = max_i64(w, h), shorter = min_i64(w, h);

	if (longer > tile)
		add_float(s, (double)tile * ((double)shorter / (double)longer * (double)tile));
	else
		add_whole(s, longer * shorter);
}

/* Cells in row-major order: the sum depends on it. The last row and column take the rest. */
static double cover(const struct processor *p, int32_t rows, int32_t cols, int64_t width,
		    int64_t height)
{
	int64_t h = height / rows, w = width / cols;
	struct py_sum s = {0};

	for (int32_t i = 0; i < rows; i++)
		for (int32_t j = 0; j < cols; j++)
			add_cell(&s, j < cols - 1 ? w : width - w * (cols - 1),
				 i < rows - 1 ? h : height - h * (rows - 1), p->tile);
	if (s.is_float)
		return (s.sum + s.compensation) / (double)(width * height);
	return int_quotient(s.whole, width * height);
}

/* By number of tiles, so that the first number with a grid that covers enough ends the
 * search. The pair is evaluated as (rows, columns) and then used as (columns, rows), as
 * the real code does. */
struct grid grid_cover(const struct processor *p, int64_t width, int64_t height)
{
	struct grid best = {1, 1};
	double best_cover = -1;
	int32_t most = grid_side_max(p);

	for (int32_t n = 1; n <= p->max_tiles && best_cover <= p->ratio; n++) {
		for (int32_t a = 1; a <= n && a <= most; a++) {
			if (n % a || n / a > most)
				continue;
			double c = cover(p, a, n / a, width, height);
			if (c > best_cover) {
				best = (struct grid){a, n / a};
				best_cover = c;
			}
		}
	}
	return best;
}
