#include "core/grid_sure.h"

#include "base/base.h"
#include "core/arith.h"
#include "core/grid.h"

/* More than rounding ever moves; the coarse one for single precision. */
static const double slack = 1e-9, coarse = 1e-5;

enum { GRIDS = 512 };

struct span {
	double lo, hi;
};

/* Every grid of a processor with what it is judged by; larger wins. */
struct field {
	int n;
	bool is_full; /* there were more */
	struct span score[GRIDS];
	int64_t tiles[GRIDS]; /* or the place of a canvas in its list */
};

static void enter(struct field *f, int64_t tiles, double lo, double hi)
{
	if (f->n == GRIDS) {
		f->is_full = true;
		return;
	}
	f->tiles[f->n] = tiles;
	f->score[f->n++] = (struct span){lo - fabs(lo) * slack, hi + fabs(hi) * slack};
}

static void choose(struct grid_choice *c, int64_t tiles)
{
	c->is_one = c->least_tiles == 0;
	c->least_tiles = c->least_tiles ? min_i64(c->least_tiles, tiles) : tiles;
	c->most_tiles = max_i64(c->most_tiles, tiles);
}

/* Not all of it need be cleared. */
static void clear(struct field *f)
{
	f->n = 0;
	f->is_full = false;
}

static double best_of(const struct field *f)
{
	double best = -INFINITY;

	for (int i = 0; i < f->n; i++)
		best = max_num(best, f->score[i].lo);
	return best;
}

static struct grid_choice winners(const struct field *f)
{
	struct grid_choice c = {0};
	double best = best_of(f);

	for (int i = 0; i < f->n; i++)
		if (f->score[i].hi >= best)
			choose(&c, f->tiles[i]);
	return f->is_full ? (struct grid_choice){0} : c;
}

/* width / height over the box. */
static struct span aspect_of(const struct box *b)
{
	struct extent flat = box_flat(b), tall = box_tall(b);

	return (struct span){(double)tall.w / (double)tall.h * (1 - slack),
			     (double)flat.w / (double)flat.h * (1 + slack)};
}

/* Intervals say nothing over a box this wide, and are not worth their time. */
static bool is_wide(const struct box *b)
{
	return b->w2 > 3 * b->w1 || b->h2 > 3 * b->h1;
}

/* ---------------------------------------------------------------- a list of canvases */

static struct px_size canvas_at(const struct processor *p, int32_t i)
{
	struct px_size c = p->pins[i];

	return p->pins_are_hw ? (struct px_size){c.height, c.width} : c;
}

static bool is_allowed(const struct processor *p, struct px_size c)
{
	int64_t most = (int64_t)p->max_grid * p->tile;

	return p->max_grid == 0 || (c.width <= most && c.height <= most);
}

/* What a canvas too small for the picture keeps of it: whole pixels, one more or less. */
static struct span kept_by(struct px_size c, struct span a)
{
	double w = c.width, h = c.height;

	return (struct span){max_num(0, min_num(w, h * a.lo) - 1) *
				     max_num(0, min_num(h, w / a.hi) - 1),
			     min_num(w, h * a.hi) * min_num(h, w / a.lo) + 1};
}

static bool holds_all(struct px_size c, const struct box *b)
{
	return c.width >= b->w2 && c.height >= b->h2;
}

static bool holds_some(struct px_size c, const struct box *b)
{
	return c.width >= b->w1 && c.height >= b->h1;
}

/* True if a smaller canvas keeps exactly what c keeps, since the same side limits both throughout:
 * it wastes less. */
static bool is_outdone(const struct processor *p, struct px_size c, struct span a)
{
	for (int32_t i = 0; i < p->pins_n; i++) {
		struct px_size e = canvas_at(p, i);
		bool across = e.width == c.width && e.height < c.height &&
			      c.width / a.lo * (1 + slack) < e.height;
		bool down = e.height == c.height && e.width < c.width &&
			    c.height * a.hi * (1 + slack) < e.width;
		if ((across || down) && is_allowed(p, e))
			return true;
	}
	return false;
}

/* Canvases stand in the field by their places. */
static struct grid_choice kept_most(const struct processor *p, const struct field *f, struct span a)
{
	struct grid_choice chosen = {0};
	double best = best_of(f);

	for (int i = 0; i < f->n; i++) {
		struct px_size c = canvas_at(p, (int32_t)f->tiles[i]);
		if (f->score[i].hi >= best && !is_outdone(p, c, a))
			choose(&chosen, (int64_t)(c.width / p->tile) * (c.height / p->tile));
	}
	return chosen;
}

struct grid_choice grid_sure_pin(const struct processor *p, const struct box *b)
{
	struct span a = aspect_of(b);
	struct field f;
	int64_t least = INT64_MAX;
	int fitting = 0;

	if (is_wide(b))
		return (struct grid_choice){0};
	clear(&f);
	for (int32_t i = 0; i < p->pins_n; i++) {
		struct px_size c = canvas_at(p, i);
		int64_t area = (int64_t)c.width * c.height;
		if (!is_allowed(p, c) || !holds_all(c, b))
			continue;
		fitting = area < least ? 1 : fitting + (area == least);
		least = min_i64(least, area);
	}
	for (int32_t i = 0; i < p->pins_n; i++) {
		struct px_size c = canvas_at(p, i);
		bool is_some = holds_some(c, b) && !holds_all(c, b);
		if (!is_allowed(p, c))
			continue;
		/* where it holds the picture it keeps all of it, and may waste less */
		if (is_some && (int64_t)c.width * c.height <= least)
			return (struct grid_choice){0};
		if (fitting == 0) {
			struct span kept = kept_by(c, a);
			enter(&f, i, kept.lo, kept.hi);
		}
	}
	/* several of one area: the first of them, always */
	return fitting > 0 ? (struct grid_choice){.is_one = true} : kept_most(p, &f, a);
}

/* ---------------------------------------------------------------- the nearest aspect ratio */

struct near {
	int n;
	struct grid grid[16];
};

static double far_end(struct span a, double q)
{
	return max_num(fabs(a.lo - q), fabs(a.hi - q));
}

static double near_end(struct span a, double q)
{
	return q < a.lo ? a.lo - q : q > a.hi ? q - a.hi : 0;
}

/* Those that may be nearest for some shape; false: too many to be sure of one. */
static bool collect_near(const struct processor *p, struct span a, struct near *out)
{
	int32_t most = grid_side_max(p);
	double bound = INFINITY;

	out->n = 0;
	for (int pass = 0; pass < 2; pass++)
		for (int32_t r = 1; r <= most; r++) {
			int64_t least = (p->min_tiles + r - 1) / r,
				last = min_i64(p->max_tiles / r, most);
			int64_t wanted = (int64_t)(a.lo * r);
			int64_t c = max_i64(least, min_i64(last, wanted));
			int64_t end = min_i64(
				max_i64(least, min_i64(last, (int64_t)(a.hi * r))) + 1, last);
			if (end - c > 4)
				return false;
			double each = 1.0 / r; /* its rounding is far below the slack */
			/* the widest is too narrow, and more rows are farther still */
			if (wanted > last && p->min_tiles <= r &&
			    a.lo - (double)last * each > bound + slack)
				break;
			for (; c <= end; c++) {
				double q = (double)c * each;
				if (pass == 0) {
					bound = min_num(bound, far_end(a, q));
				} else if (near_end(a, q) <= bound + slack) {
					if (out->n == (int)ARRAY_SIZE(out->grid))
						return false;
					out->grid[out->n++] = (struct grid){(int32_t)c, r};
				}
			}
		}
	return true;
}

/* Grids of one ratio: the size of the picture decides between them. */
struct grid_choice grid_sure_ratio(const struct processor *p, int64_t side, const struct box *b)
{
	int64_t least = b->w1 * b->h1, most = b->w2 * b->h2;
	struct grid_choice c = {0};
	struct near near;
	bool is_one = true;

	if (is_wide(b) || !collect_near(p, aspect_of(b), &near))
		return c;
	for (int i = 0; i < near.n; i++) {
		struct grid g = near.grid[i], first = near.grid[0];
		is_one = is_one && (int64_t)g.cols * first.rows == (int64_t)first.cols * g.rows;
		choose(&c, (int64_t)g.cols * g.rows);
	}
	for (int i = 0; i < near.n; i++) {
		int64_t area = (int64_t)near.grid[i].cols * near.grid[i].rows;
		if (area > c.least_tiles &&
		    (2 * least > side * side * area) != (2 * most > side * side * area))
			is_one = false;
	}
	c.is_one = is_one;
	return c;
}

/* ---------------------------------------------------------------- Eagle 2.5 */

static const double area_enough = 0.6;

static int32_t divisor(int32_t a, int32_t b)
{
	while (b) {
		int32_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* A smaller grid of the same shape has area enough throughout: equal scores, and it is earlier. */
static bool is_covered(const struct processor *p, int32_t c, int32_t r, double tile, double most)
{
	int32_t d = divisor(c, r);

	for (int32_t k = 1; k < d; k++) {
		int32_t n = c / d * k * (r / d * k);
		if (n >= p->min_tiles && n * tile / most >= area_enough)
			return true;
	}
	return false;
}

struct grid_choice grid_sure_coverage(const struct processor *p, const struct box *b)
{
	double tile = (double)p->tile * p->tile, least = (double)b->w1 * (double)b->h1,
	       most = (double)b->w2 * (double)b->h2;
	struct span a = aspect_of(b);
	int32_t side = grid_side_max(p);
	struct field f;

	if (is_wide(b))
		return (struct grid_choice){0};
	clear(&f);
	for (int32_t c = 1; c <= side; c++)
		for (int32_t r = 1; r <= side && c * r <= p->max_tiles; r++) {
			double shape = (double)c / r, n = c * r;
			if (n < p->min_tiles || is_covered(p, c, r, tile, most * (1 + slack)))
				continue;
			double at_lo = min_num(shape / a.lo, a.lo / shape);
			double at_hi = min_num(shape / a.hi, a.hi / shape);
			bool is_in = shape >= a.lo && shape <= a.hi;
			enter(&f, c * r,
			      min_num(n * tile / most, area_enough) * min_num(at_lo, at_hi),
			      min_num(n * tile / least, area_enough) *
				      (is_in ? 1 : max_num(at_lo, at_hi)));
		}
	return winners(&f);
}

/* ---------------------------------------------------------------- the canvas that fits */

/* One column or row less is limited by the same side throughout: equal scales, and fewer tiles. */
static bool is_idle(int32_t c, int32_t r, struct span a)
{
	return (r > 1 && c / a.lo * (1 + coarse) <= r - 1) ||
	       (c > 1 && r * a.hi * (1 + coarse) <= c - 1);
}

/* Scale times height, in tiles: it depends on the shape alone. */
static struct span reach(int32_t c, int32_t r, struct span a)
{
	return (struct span){min_num(c / a.hi, r) * (1 - coarse),
			     min_num(c / a.lo, r) * (1 + coarse)};
}

/* Of those that hold the picture the one of the least scale wins, else of all that of the largest.
 * Those that hold it in a part of the box alone may win there, and outdo nobody elsewhere. */
struct grid_choice grid_sure_canvas(const struct processor *p, int64_t side, const struct box *b)
{
	struct span a = aspect_of(b);
	int32_t most = grid_side_max(p);
	struct grid_choice chosen = {0};
	struct field others;
	double bound = INFINITY;

	if (is_wide(b))
		return (struct grid_choice){0};
	clear(&others);
	for (int pass = 0; pass < 2; pass++)
		for (int32_t c = 1; c <= most; c++)
			for (int32_t r = 1; r <= most && c * r <= p->max_tiles; r++) {
				struct span s = reach(c, r, a);
				bool all = c * side > b->w2 && r * side > b->h2;
				bool none = c * side < b->w1 || r * side < b->h1;
				if (is_idle(c, r, a))
					continue;
				if (pass == 1 && !none && s.lo <= bound)
					choose(&chosen, c * r);
				else if (pass == 0 && all)
					bound = min_num(bound, s.hi);
				else if (pass == 0 && none)
					enter(&others, c * r, s.lo, s.hi);
			}
	/* without a bound every grid that holds it somewhere may win there, and of the others the
	 * best elsewhere */
	if (bound < INFINITY || chosen.least_tiles == 0)
		return bound < INFINITY ? chosen : winners(&others);
	return (struct grid_choice){0};
}

/* ---------------------------------------------------------------- Ovis 2 */

/* The share of the picture that a grid covers: a cell is shrunk until its longer side is a tile. */
static struct span cover_of(const struct processor *p, int32_t rows, int32_t cols,
			    const struct box *b)
{
	double t = p->tile;
	double lo = max_num((double)(b->w2 / cols + cols), (double)(b->h2 / rows + rows));
	double hi = max_num((double)(b->w1 / cols), (double)(b->h1 / rows));

	return (struct span){min_num(1, t / lo * (t / lo)),
			     hi > t ? min_num(1, t / hi * (t / hi)) : 1};
}

/* In the order of the real search, which ends with the first number of tiles that covers enough. */
struct grid_choice grid_sure_cover(const struct processor *p, const struct box *b)
{
	int32_t most = grid_side_max(p);
	struct field f;
	double sure = -1, possible = -1;

	if (is_wide(b))
		return (struct grid_choice){0};
	clear(&f);
	for (int32_t n = 1; n <= p->max_tiles && sure <= p->ratio; n++) {
		if (possible > p->ratio) /* it may end before, or not */
			return (struct grid_choice){0};
		for (int32_t r = 1; r <= n && r <= most; r++) {
			if (n % r || n / r > most)
				continue;
			struct span s = cover_of(p, r, n / r, b);
			enter(&f, n, s.lo, s.hi);
			sure = max_num(sure, s.lo * (1 - slack));
			possible = max_num(possible, s.hi * (1 + slack));
		}
	}
	return winners(&f);
}
