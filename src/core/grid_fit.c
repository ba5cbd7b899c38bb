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

/* The shorter side of the image once fitted into a canvas of `scale` times its size; truncated
 * where the real code truncates. aspect: width / height. */
static double fitted_side(double scale, double w, double h, double aspect)
{
	if (w > h)
		return (double)floor_int(scale * w / aspect);
	return w < h ? (double)floor_int(scale * h * aspect) : scale * h;
}

/* A scale that some canvas of these has, and about the best: as wide as the tiles reach or as high,
 * about where both sides limit it alike. */
static double good_scale(const struct processor *p, double across, double down, int64_t least_cols,
			 int64_t least_rows)
{
	int64_t most = grid_side_max(p), last_cols = min_i64(most, p->max_tiles / least_rows),
		last_rows = min_i64(most, p->max_tiles / least_cols);
	int64_t c0 = (int64_t)sqrt(p->max_tiles * down / across),
		r0 = (int64_t)sqrt(p->max_tiles * across / down);
	double scale = 0;

	for (int64_t i = 0; i < 2; i++) {
		int64_t c = max_i64(least_cols, min_i64(c0 + i, last_cols)),
			r = max_i64(least_rows, min_i64(r0 + i, last_rows));
		double by_cols = (double)min_i64(most, p->max_tiles / c) * down,
		       by_rows = (double)min_i64(most, p->max_tiles / r) * across;
		scale = max_num(scale, min_num((double)c * across, by_cols));
		scale = max_num(scale, min_num((double)r * down, by_rows));
	}
	return scale;
}

/* Of the canvases that hold the image the one in which it becomes largest. Those that do not come
 * within a pixel of a good one need not be reckoned exactly. */
static bool largest_fit(const struct processor *p, int64_t width, int64_t height, struct grid *best)
{
	int64_t most = grid_side_max(p), least_cols = ceil_div(width, p->tile),
		least_rows = ceil_div(height, p->tile);
	double w = (double)width, h = (double)height, across = p->tile / w, down = p->tile / h;
	double shorter = min_num(w, h), best_side = -1;

	if (least_rows > most || least_cols > min_i64(most, p->max_tiles / least_rows))
		return false;
	double enough = good_scale(p, across, down, least_cols, least_rows) * shorter - 2;
	for (int64_t c = min_i64(most, p->max_tiles / least_rows);
	     c >= least_cols && (double)c * across * shorter >= enough; c--)
		for (int64_t r = min_i64(most, p->max_tiles / c);
		     r >= least_rows && (double)r * down * shorter >= enough; r--) {
			struct grid g = {(int32_t)c, (int32_t)r};
			double s = min_num((double)c * p->tile / w, (double)r * p->tile / h);
			double side = fitted_side(s, w, h, w / h);
			if (side > best_side || (side == best_side && stands_behind(p, g, *best))) {
				*best = g;
				best_side = side;
			}
		}
	return true;
}

/* Nothing holds the image: the nearest aspect ratio on the squarer side, and its largest canvas. Of
 * each number of rows only the last column on that side can be the nearest. */
static struct grid nearest_shape(const struct processor *p, int64_t width, int64_t height)
{
	double aspect = (double)width / (double)height, so_far = 1;
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};

	for (int32_t r = 1; r <= most; r++) {
		int64_t last = min_i64(p->max_tiles / r, most), c;

		if ((double)last < (aspect >= 1 ? so_far : aspect) * r)
			break; /* nor has any more rows a shape that is wide enough */
		if (aspect >= 1) {
			c = min_i64(last, (int64_t)min_num(aspect * r, most) + 1);
			while (c > 0 && !((double)c / r <= aspect))
				c--;
		} else {
			c = max_i64(1, (int64_t)(aspect * r) - 1);
			while (c <= last && !((double)c / r > aspect))
				c++;
		}
		if (c < 1 || c > last)
			continue;
		double ratio = (double)c / r;
		if (aspect >= 1 ? ratio > so_far : ratio < so_far) {
			best = (struct grid){(int32_t)c, r};
			so_far = ratio;
		}
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

static inline void add_whole(struct py_sum *s, int64_t x)
{
	if (s->is_float)
		s->sum += (double)x;
	else
		s->whole += x;
}

static inline void add_float(struct py_sum *s, double x)
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
struct cell {
	bool is_float;
	int64_t whole;
	double part;
};

static struct cell cell_of(int64_t w, int64_t h, int64_t tile)
{
	int64_t longer = max_i64(w, h), shorter = min_i64(w, h);

	if (longer <= tile)
		return (struct cell){.whole = longer * shorter};
	return (struct cell){.is_float = true,
			     .part = (double)tile *
				     ((double)shorter / (double)longer * (double)tile)};
}

static inline void add_cell(struct py_sum *s, const struct cell *c)
{
	if (c->is_float)
		add_float(s, c->part);
	else
		add_whole(s, c->whole);
}

/* Cells in row-major order: the sum depends on it. The last row and column take the rest. */
static double cover(const struct processor *p, int32_t rows, int32_t cols, int64_t width,
		    int64_t height)
{
	int64_t h = height / rows, w = width / cols;
	int64_t last_h = height - h * (rows - 1), last_w = width - w * (cols - 1);
	struct cell inner = cell_of(w, h, p->tile), right = cell_of(last_w, h, p->tile),
		    below = cell_of(w, last_h, p->tile), corner = cell_of(last_w, last_h, p->tile);
	struct py_sum s = {0};

	for (int32_t i = 0; i < rows; i++) {
		for (int32_t j = 0; j < cols - 1; j++)
			add_cell(&s, i < rows - 1 ? &inner : &below);
		add_cell(&s, i < rows - 1 ? &right : &corner);
	}
	if (s.is_float)
		return (s.sum + s.compensation) / (double)(width * height);
	return int_quotient(s.whole, width * height);
}

enum { CELLS_KEPT = 64 };

/* The sides of the cells of a grid of so many columns or rows: all but the last, and the last.
 * Doubles are divided sooner, and no quotient of these is so near to a whole number that it is
 * rounded to it. */
struct cells {
	int64_t first[CELLS_KEPT + 1], last[CELLS_KEPT + 1];
};

static void cut_side(int64_t side, int32_t most, struct cells *out)
{
	for (int32_t n = 1; n <= most; n++) {
		out->first[n] = (int64_t)((double)side / n);
		out->last[n] = side - out->first[n] * (n - 1);
	}
}

/* Where no grid covers enough, the one that covers most. Of a cell's area the square of the share
 * is left to which its longer side is shrunk, and the first cell is the smallest: where its longer
 * side is longer than the longest of another grid, that one covers more, whatever is rounded, so
 * that few grids need be reckoned. False: some grid may cover enough, and end the search before
 * others. */
static bool most_covered(const struct processor *p, int64_t width, int64_t height, struct grid *out)
{
	int32_t most = (int32_t)min_i64(grid_side_max(p), p->max_tiles);
	int64_t least = INT64_MAX, enough = INT64_MAX;
	struct cells w, h;
	double best_cover = -1;

	if (most > CELLS_KEPT)
		return false;
	cut_side(width, most, &w);
	cut_side(height, most, &h);
	for (int32_t a = 1, b = most; a <= most; a++) {
		while (a * b > p->max_tiles)
			b--;
		least = min_i64(least, max_i64(w.first[b], h.first[a]));
		enough = min_i64(enough, max_i64(w.last[b], h.last[a]));
	}
	double share = (double)p->tile / (double)least;
	if (least <= p->tile || share * share * (1 + 1e-9) > p->ratio)
		return false;
	for (int32_t a = 1; a <= most; a++)
		for (int32_t b = 1; h.first[a] <= enough && b <= most && a * b <= p->max_tiles;
		     b++) {
			if (w.first[b] > enough)
				continue;
			double c = cover(p, a, b, width, height);
			int32_t n = out->cols * out->rows;
			bool is_earlier = a * b < n || (a * b == n && a < out->cols);
			if (c > best_cover || (c == best_cover && is_earlier)) {
				*out = (struct grid){a, b};
				best_cover = c;
			}
		}
	return true;
}

/* By number of tiles, so that the first number with a grid that covers enough ends the
 * search. The pair is evaluated as (rows, columns) and then used as (columns, rows), as
 * the real code does. */
struct grid grid_cover(const struct processor *p, int64_t width, int64_t height)
{
	struct grid best = {1, 1};
	double best_cover = -1;
	int32_t most = grid_side_max(p);

	if (most_covered(p, width, height, &best))
		return best;
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
