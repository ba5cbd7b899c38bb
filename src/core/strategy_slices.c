/* slices: an overview and up to max_tiles slices of about one encoder area each, whose
 * shape follows the image (MiniCPM-V).
 *
 *     M = min(ceil(W H / tile^2), max_tiles);  M <= 1: one image
 *     for n in M - 1, M, M + 1 (not 1, not above max_tiles) and each m dividing n: m
 *         columns, n / m rows with the least
 *     |ln(W / H) - ln(m / (n / m))|, the first of equals
 *     overview: W H > tile^2 or not cut: r = W / H, h = int(tile / sqrt(r)), w =
 *         int(h r); to multiples of align,
 *     D(x) = max(round(x / align) align, align); slices likewise from D(W, cols) /
 *         cols x D(H, rows) / rows
 *     V = tokens_per_tile for the overview and each slice, or in variant sized (w /
 *         patch) (h / patch) // merge^2 of each
 *
 * Variant side (llama.cpp) cuts as soon as one side is longer than tile, into two at least, pads
 * what is not cut to tile x tile, reckons in single precision and rounds halves up.
 *
 * Reads tile, patch, merge, align, max_tiles, max_grid, tokens_per_tile. Source:
 * OpenBMB/MiniCPM-V finetune/dataset.py; minicpmv4_6 of huggingface/transformers (main
 * of 2026-08-19); tools/mtmd/mtmd-image.cpp of ggml-org/llama.cpp. */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/trace.h"

enum { READ_QUERIES, READ_SIZED, READ_SIDE };
static const char *const variants[] = {"queries", "sized", "side", NULL};

/* How many slices the area alone would take. */
static int64_t slices_wanted(const struct processor *p, int64_t width, int64_t height)
{
	int64_t tile = (int64_t)p->tile * p->tile;
	double n = p->variant == READ_SIDE ? (double)((float)width * (float)height / (float)tile)
					   : int_quotient(width * height, tile);

	return min_i64(ceil_int(n), p->max_tiles);
}

static bool is_cut(const struct processor *p, int64_t wanted, int64_t width, int64_t height)
{
	return p->variant == READ_SIDE ? width > p->tile || height > p->tile : wanted > 1;
}

/* The logarithm of the image's shape, as the real code reckons it. */
static double shape_of(const struct processor *p, int64_t width, int64_t height)
{
	if (p->variant == READ_SIDE)
		return (double)logf((float)width / (float)height);
	return log((double)width / (double)height);
}

/* How unlike it a grid of that ratio is. */
static double shape_error(const struct processor *p, double shape, double ratio)
{
	double error = fabs(shape - log(ratio));

	return p->variant == READ_SIDE ? (double)(float)error : error;
}

/* A logarithm takes longer than all the rest: of ratios on the same side of the image's only the
 * nearest can win. Ratios of up to so many slices are further from each other than what single
 * precision sees; beyond, every one is asked. */
enum { SLICES_APART = 256 };

struct candidate {
	double ratio;
	struct grid grid;
};

/* The search for a grid: the image's shape as logarithm and as quotient, the nearest ratio on
 * either side of it, and the nearest grid of those asked. */
struct nearest {
	double shape, aspect, error;
	struct candidate below, above;
	struct grid best;
};

/* Of equal ones the one of fewer slices, then of fewer columns: in the order of the real code. */
static void ask_grid(const struct processor *p, struct candidate c, struct nearest *of)
{
	double error = shape_error(p, of->shape, c.ratio);
	int64_t n = (int64_t)c.grid.cols * c.grid.rows,
		best_n = (int64_t)of->best.cols * of->best.rows;

	if (error > of->error ||
	    (error == of->error && (n > best_n || (n == best_n && c.grid.cols > of->best.cols))))
		return;
	of->best = c.grid;
	of->error = error;
}

/* From fewer slices to more, so that of equal ratios the first stays. */
static void keep_nearest(int32_t cols, int32_t rows, struct nearest *of)
{
	struct candidate c = {(double)cols / (double)rows, {cols, rows}};

	if (c.ratio <= of->aspect) {
		if (c.ratio > of->below.ratio)
			of->below = c;
	} else if (c.ratio < of->above.ratio) {
		of->above = c;
	}
}

static void try_grid(const struct processor *p, int32_t cols, int32_t rows, struct nearest *of)
{
	if (cols * rows <= SLICES_APART)
		keep_nearest(cols, rows, of);
	else
		ask_grid(p, (struct candidate){(double)cols / (double)rows, {cols, rows}}, of);
}

static struct grid slice_grid(const struct processor *p, int64_t width, int64_t height,
			      int64_t wanted)
{
	int32_t most = grid_side_max(p), last = (int32_t)min_i64(wanted + 1, p->max_tiles);
	struct nearest of = {.aspect = (double)width / (double)height,
			     .error = INFINITY,
			     .above = {.ratio = INFINITY},
			     .best = {1, 1}};

	if (!is_cut(p, wanted, width, height))
		return of.best;
	of.shape = shape_of(p, width, height);
	for (int32_t n = (int32_t)max_i64(2, wanted - 1); n <= last; n++)
		for (int32_t m = 1; m <= n / m; m++) {
			int32_t rest = n / m;
			if (rest * m != n || rest > most)
				continue;
			try_grid(p, m, rest, &of);
			if (rest != m)
				try_grid(p, rest, m, &of);
		}
	if (of.below.ratio > 0)
		ask_grid(p, of.below, &of);
	if (of.above.ratio < INFINITY)
		ask_grid(p, of.above, &of);
	return of.best;
}

/* The nearest multiple, halves to even (side: up), one at least. */
static int64_t divisible(const struct processor *p, double x, int64_t k)
{
	if (p->variant == READ_SIDE)
		return max_i64((int64_t)roundf((float)x / (float)k) * k, k);
	return max_i64(round_even(x / (double)k) * k, k);
}

/* The size of about tile^2 pixels and the same shape. */
static struct extent scaled(const struct processor *p, double w, double h)
{
	if (p->variant == READ_SIDE) {
		float r = (float)w / (float)h;
		int64_t high = (int64_t)((float)p->tile / sqrtf(r));
		return (struct extent){(int64_t)((float)high * r), high};
	}
	double high = trunc(p->tile / sqrt(w / h));
	return (struct extent){(int64_t)trunc(high * (w / h)), (int64_t)high};
}

/* One encoder input: of the native shape, about tile^2 pixels. w and h are whole or, for
 * slices, exact quotients. */
static struct extent input_size(const struct processor *p, double w, double h, bool enlarge)
{
	int64_t k = p->align > 0 ? p->align : p->patch;
	double tile = p->tile;

	if (w * h > tile * tile || enlarge) {
		struct extent e = scaled(p, w, h);
		w = (double)e.w;
		h = (double)e.h;
	}
	return (struct extent){divisible(p, w, k), divisible(p, h, k)};
}

static int64_t patches_of(const struct processor *p, struct extent e)
{
	return (e.w / p->patch) * (e.h / p->patch);
}

static int64_t tokens_of(const struct processor *p, struct extent e)
{
	return p->variant == READ_SIZED ? patches_of(p, e) / ((int64_t)p->merge * p->merge)
					: p->tokens_per_tile;
}

static void trace_one(const struct processor *p, const char *what, struct extent e, int64_t n,
		      struct trace *t)
{
	trace_step(t, STEP_PATCH, e.w / p->patch, e.h / p->patch, n * patches_of(p, e),
		   WORD_PATCHES, false, "%s, %d x %d pixels", what, (int)e.w, (int)e.h);
	if (p->variant == READ_SIZED)
		trace_step(t, STEP_MERGE, 0, 0, n * tokens_of(p, e), WORD_TOKENS, false,
			   "%d patches become one token", (int)(p->merge * p->merge));
	else
		trace_step(t, STEP_QUERY, 0, 0, n * tokens_of(p, e), WORD_TOKENS, false,
			   "%d learned queries%s", (int)p->tokens_per_tile,
			   n > 1 ? " for each" : "");
}

static void trace_slices(const struct processor *p, struct grid g, struct extent overview,
			 struct extent slice, struct trace *t)
{
	int64_t n = (int64_t)g.cols * g.rows;
	double cell = p->variant == READ_SIZED ? (double)(p->patch * p->merge) : 0;

	if (n > 1) {
		trace_step(t, STEP_RESIZE, slice.w * g.cols, slice.h * g.rows, 0, WORD_PX, true,
			   "for the slices, each about %d x %d pixels of area", (int)p->tile,
			   (int)p->tile);
		trace_step(t, STEP_RESIZE, overview.w, overview.h, 0, WORD_PX, true,
			   "for the overview, as much area as one slice");
		trace_step(t, STEP_TILE, g.cols, g.rows, n + 1, WORD_TILES, n == p->max_tiles,
			   "%d x %d slices, and the overview", (int)g.cols, (int)g.rows);
		trace_canvas(t, (struct extent){slice.w * g.cols, slice.h * g.rows}, g.cols, g.rows,
			     cell, true);
		trace_one(p, "overview", overview, 1, t);
		trace_one(p, "slices", slice, n, t);
		return;
	}
	trace_step(t, STEP_RESIZE, overview.w, overview.h, 0, WORD_PX, true,
		   "about %d x %d pixels of area", (int)p->tile, (int)p->tile);
	trace_canvas(t, overview, 1, 1, cell, false);
	trace_one(p, "one image", overview, 1, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct grid g = slice_grid(p, width, height, slices_wanted(p, width, height));
	int64_t n = (int64_t)g.cols * g.rows;
	struct extent overview = input_size(p, (double)width, (double)height, n == 1),
		      slice = {0, 0};

	if (n == 1 && p->variant == READ_SIDE)
		overview = (struct extent){p->tile, p->tile};
	if (n > 1)
		slice = input_size(p, (double)divisible(p, (double)width, g.cols) / g.cols,
				   (double)divisible(p, (double)height, g.rows) / g.rows, true);
	out->visual = tokens_of(p, overview);
	out->encoder_patches = patches_of(p, overview);
	out->tiles = 1;
	if (n > 1) {
		out->visual += n * tokens_of(p, slice);
		out->encoder_patches += n * patches_of(p, slice);
		out->tiles += n;
	}
	out->resized_w = overview.w;
	out->resized_h = overview.h;
	count_special(p, n > 1, n, n > 1 ? g.rows : 0, out);
	if (t)
		trace_slices(p, g, overview, slice, t);
}

/* Sizes from the least to the most of each side. */
struct range {
	struct extent least, most;
};

static bool is_one(const struct range *r)
{
	return r->least.w == r->most.w && r->least.h == r->most.h;
}

/* Sides before they are scaled: of the highest shape and of the flattest. */
struct shapes {
	double tall_w, tall_h, flat_w, flat_h;
};

/* An encoder input of those shapes, scaled to about tile^2 pixels. The height follows the shape; a
 * height less, where it is cut to whole pixels, makes the width less by an aspect, so that the
 * width does not. */
static struct range range_of(const struct processor *p, struct shapes s)
{
	int64_t k = p->align > 0 ? p->align : p->patch;
	struct extent tall = scaled(p, s.tall_w, s.tall_h), flat = scaled(p, s.flat_w, s.flat_h);
	double least = s.tall_w / s.tall_h, most = s.flat_w / s.flat_h;

	/* a pixel more than what the last bits of either precision move */
	return (struct range){{divisible(p, floor((double)flat.h * least) - 1, k),
			       divisible(p, (double)flat.h, k)},
			      {divisible(p, floor((double)tall.h * most) + 1, k),
			       divisible(p, (double)tall.h, k)}};
}

static struct shapes shapes_of(const struct box *b)
{
	struct extent flat = box_flat(b), tall = box_tall(b);

	return (struct shapes){(double)tall.w, (double)tall.h, (double)flat.w, (double)flat.h};
}

/* Of a slice: each side was moved to a multiple of the grid before, by half of one at most, which
 * matters most to the smallest size, from which both shapes are taken. */
static struct shapes slice_shapes(const struct box *b, struct grid g)
{
	double c = g.cols, r = g.rows;
	struct shapes s = shapes_of(b);

	return (struct shapes){(s.tall_w - c / 2) / c, (s.tall_h + r / 2) / r,
			       (s.flat_w + c / 2) / c, (s.flat_h - r / 2) / r};
}

/* An overview is scaled where it was cut and has more than tile^2 pixels, or where it is all. */
static struct range overview_of(const struct processor *p, const struct box *b, bool enlarge)
{
	int64_t k = p->align > 0 ? p->align : p->patch;
	double tile = (double)p->tile * p->tile, w1 = (double)b->w1, h1 = (double)b->h1,
	       w2 = (double)b->w2, h2 = (double)b->h2;
	struct range kept = {{divisible(p, w1, k), divisible(p, h1, k)},
			     {divisible(p, w2, k), divisible(p, h2, k)}};

	if (!enlarge && w2 * h2 <= tile)
		return kept;
	struct range r = range_of(p, shapes_of(b));
	if (enlarge || w1 * h1 > tile)
		return r;
	return (struct range){{min_i64(r.least.w, kept.least.w), min_i64(r.least.h, kept.least.h)},
			      {max_i64(r.most.w, kept.most.w), max_i64(r.most.h, kept.most.h)}};
}

/* What comes of a box over which the same number of slices is wanted and cut in the same grid. */
static struct piece_of piece_of_grid(const struct processor *p, const struct box *b, struct grid g)
{
	int64_t n = (int64_t)g.cols * g.rows;
	struct range overview = overview_of(p, b, n == 1), slice = {{0, 0}, {0, 0}};

	if (n == 1 && p->variant == READ_SIDE)
		return (struct piece_of){.piece = PIECE_CELLS};
	/* as wide as a slice's rounding at least: a side of none has no shape */
	if (n > 1 && (b->w1 <= g.cols || b->h1 <= g.rows))
		return (struct piece_of){.piece = PIECE_UNKNOWN};
	if (n > 1)
		slice = range_of(p, slice_shapes(b, g));
	struct extent most = n > 1 ? slice.most : overview.most;
	return (struct piece_of){
		.piece = is_one(&overview) && is_one(&slice) ? PIECE_CELLS : PIECE_UNKNOWN,
		.most_area = (double)(most.w * g.cols) * (double)(most.h * g.rows),
		.least_tokens =
			tokens_of(p, overview.least) + (n > 1 ? n * tokens_of(p, slice.least) : 0),
	};
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	int64_t wanted = slices_wanted(p, b->w1, b->h1), n = max_i64(2, wanted - 1);
	bool cut = is_cut(p, wanted, b->w1, b->h1);
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (cut == is_cut(p, wanted, b->w2, b->h2) && slices_wanted(p, b->w2, b->h2) == wanted) {
		struct extent low = box_flat(b), high = box_tall(b);
		struct grid flat = slice_grid(p, low.w, low.h, wanted),
			    tall = slice_grid(p, high.w, high.h, wanted);
		if (flat.cols == tall.cols && flat.rows == tall.rows)
			return piece_of_grid(p, b, flat);
	}
	if (p->variant != READ_SIZED && cut && p->max_grid == 0 && n <= p->max_tiles)
		of.least_tokens = (n + 1) * p->tokens_per_tile;
	return of;
}

static const char *missing(const struct processor *p)
{
	return p->variant != READ_SIZED && p->tokens_per_tile < 1 ? "tokens-per-tile" : NULL;
}

/* max_slice_nums: slices without the overview. Learned queries alone are as many in each. */
static bool cap(struct processor *p, int32_t tokens)
{
	if (p->variant != READ_QUERIES || tokens < p->tokens_per_tile)
		return false;
	p->max_tiles = (int32_t)min_i64(p->max_tiles, max_i64(1, tokens / p->tokens_per_tile - 1));
	return true;
}

const struct strategy strategy_slices = {
	.name = "slices",
	.summary = "an overview and slices that follow the image's shape",
	.formula = "(1 + slices) tokens-per-tile, slices = ceil(W H / tile^2)",
	.variants = variants,
	.needs = NEED_TILE | NEED_PATCH | NEED_MAX_TILES,
	.count = count,
	.cap = cap,
	.piece = piece,
	.missing = missing,
	.fixed =
		{
			.pool = "this family merges or queries patches instead of "
				"pooling",
			.min_pixels = "the slices decide",
			.max_pixels = "the slices decide",
		},
};
