/* overlap: overlapping crops whose margins are dropped, pooled, and an overview (Molmo).
 *
 *     P = tile / patch patches a side, margin o = overlap on each border, window w =
 *         (P - 2 o) patch pixels
 *     on (H - 2 o patch, W - 2 o patch), which may be negative: grid i x j, i j <=
 *         max_tiles, with the scale
 *     q = min(i w / h, j w / w), all q < 1: the largest, else the smallest q >= 1;
 *         fewest tiles, then fewest rows, on ties
 *     features of a side cut n times: n = 1: P;  n > 1: 2 (P - o) + (n - 2) (P - 2 o)
 *     V = ceil(P / pool)^2 + ceil(rows / pool) ceil(cols / pool)
 *
 * The scales are single precision; a side of exactly two margins divides by zero and
 * gives infinity.
 * Reads tile, patch, pool, overlap, max_tiles, max_grid; special_per_row counts every
 * row of features, in variant bare (Molmo2 as released) those of the crops alone.
 * Source: allenai/molmo olmo/data/model_preprocessor.py. */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/grid_sure.h"
#include "core/trace.h"

enum { READ_STANDARD, READ_BARE };
static const char *const variants[] = {"standard", "bare", NULL};

static bool scale_is_better(float scale, float best)
{
	if ((scale >= 1) != (best >= 1))
		return scale >= 1;
	return scale >= 1 ? scale < best : scale > best;
}

static bool fewer(struct grid a, struct grid b)
{
	int32_t na = a.cols * a.rows, nb = b.cols * b.rows;

	return na != nb ? na < nb : a.rows < b.rows;
}

/* A side as small as the margins makes a quotient infinite, as numpy's is there. */
static struct grid choose(const struct processor *p, int64_t width, int64_t height)
{
	int64_t margins = (int64_t)2 * p->overlap * p->patch, window = p->tile - margins;
	float w = (float)(width - margins), h = (float)(height - margins), best_scale = -INFINITY;
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};

	for (int32_t i = 1; i <= most; i++)
		for (int32_t j = 1; j <= most && i * j <= p->max_tiles; j++) {
			float down = (float)(i * window) / h, across = (float)(j * window) / w;
			float scale = across < down ? across : down;
			struct grid g = {j, i};
			if (scale_is_better(scale, best_scale) ||
			    (scale == best_scale && fewer(g, best))) {
				best = g;
				best_scale = scale;
			}
		}
	return best;
}

/* Patches of one side, the margins between neighbours dropped. */
static int64_t features(const struct processor *p, int64_t tiles)
{
	int64_t side = side_patches(p, p->tile), margin = p->overlap;

	return tiles == 1 ? side : 2 * (side - margin) + (tiles - 2) * (side - 2 * margin);
}

static void trace_crops(const struct processor *p, struct grid g, struct extent tokens,
			int64_t overview, const struct count *out, struct trace *t)
{
	int64_t n = (int64_t)g.cols * g.rows;

	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, g.cols, g.rows,
		     (double)(p->patch * p->pool), true);
	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, WORD_PX, n == p->max_tiles,
		   "canvas that enlarges least, else shrinks least");
	trace_step(t, STEP_TILE, g.cols, g.rows, out->tiles, WORD_TILES, n == p->max_tiles,
		   "%d x %d crops of %d pixels that overlap, and the overview", (int)g.cols,
		   (int)g.rows, (int)p->tile);
	trace_step(t, STEP_POOL, overview, overview, overview * overview, WORD_TOKENS, false,
		   "overview, pooled %d x %d", (int)p->pool, (int)p->pool);
	trace_step(t, STEP_POOL, tokens.w, tokens.h, tokens.w * tokens.h, WORD_TOKENS, false,
		   "crops without their margins, pooled %d x %d", (int)p->pool, (int)p->pool);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct grid g = choose(p, width, height);
	int64_t side = side_patches(p, p->tile), overview = ceil_div(side, p->pool);
	int64_t cols = features(p, g.cols), rows = features(p, g.rows),
		n = (int64_t)g.cols * g.rows;
	struct extent tokens = {ceil_div(cols, p->pool), ceil_div(rows, p->pool)};

	out->visual = overview * overview + tokens.w * tokens.h;
	out->tiles = n + 1;
	out->resized_w = cols * p->patch;
	out->resized_h = rows * p->patch;
	out->encoder_patches = out->tiles * side * side;
	count_special(p, n > 1, n, (p->variant == READ_BARE ? 0 : overview) + tokens.h, out);
	if (t)
		trace_crops(p, g, tokens, overview, out, t);
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	int64_t margins = (int64_t)2 * p->overlap * p->patch;
	struct box inner = {.w1 = b->w1 - margins,
			    .h1 = b->h1 - margins,
			    .w2 = b->w2 - margins,
			    .h2 = b->h2 - margins};
	bool is_sure = inner.w1 > 0 && inner.h1 > 0 &&
		       grid_sure_canvas(p, p->tile - margins, &inner).is_one;

	return (struct piece_of){.piece = is_sure ? PIECE_CELLS : PIECE_UNKNOWN};
}

static int64_t most_tokens(const struct processor *p, int32_t tiles)
{
	int64_t overview = ceil_div(side_patches(p, p->tile), p->pool), most = 0;

	for (int32_t rows = 1; rows <= tiles; rows++)
		most = max_i64(most, ceil_div(features(p, rows), p->pool) *
					     ceil_div(features(p, tiles / rows), p->pool));
	return overview * overview + most;
}

/* max_crops: the most with which no shape takes more. */
static bool cap(struct processor *p, int32_t tokens)
{
	int32_t tiles = p->max_tiles;

	while (tiles > 1 && most_tokens(p, tiles) > tokens)
		tiles--;
	if (most_tokens(p, tiles) > tokens)
		return false;
	p->max_tiles = tiles;
	return true;
}

const struct strategy strategy_overlap = {
	.name = "overlap",
	.summary = "overlapping crops without their margins, and an overview",
	.formula = "ceil(P / pool)^2 + ceil(rows / pool) ceil(cols / pool)",
	.variants = variants,
	.needs = NEED_TILE | NEED_PATCH | NEED_MAX_TILES | NEED_MARGINS,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.merge = "this family pools instead of merging patches",
			.min_pixels = "the grid of crops decides",
			.max_pixels = "the grid of crops decides",
		},
};
