/* mosaic: an overview and overlapping crops, all merged into one square of tokens: the crops cost
 * time, not tokens (Moondream 2 and 3).
 *
 *     window = tile - 2 overlap patch, on (H - 2 overlap patch, W - 2 overlap patch)
 *     a side of one window or less: 1 x 1;  else a = ceil(H / window), b likewise;  a b >
 *         max_tiles: q = sqrt(max_tiles / (a b)), a = floor(a q), b likewise, 1 at least;  else a
 *         = max(floor(sqrt(max_tiles H / W)), a), b likewise, and where a b > max_tiles the larger
 *         one becomes floor(max_tiles / other)
 *     V = ceil(floor(tile / patch) / merge)^2, or tokens_per_tile;  encoder inputs: 1 + a b
 *
 * Reads tile, patch, merge, tokens_per_tile, overlap, max_tiles. Source: processors/moondream3.py
 * of vllm-project/vllm (November 2026). */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/trace.h"

/* The image needs fewer crops than it may have: more of them along its longer side. */
static struct grid stretch(const struct processor *p, int64_t width, int64_t height, int64_t cols,
			   int64_t rows)
{
	double most = p->max_tiles, w = (double)width, h = (double)height;

	rows = max_i64(floor_int(sqrt(most * h / w)), rows);
	cols = max_i64(floor_int(sqrt(most * w / h)), cols);
	if (rows * cols > p->max_tiles) {
		if (cols > rows)
			cols = p->max_tiles / rows;
		else
			rows = p->max_tiles / cols;
	}
	return (struct grid){(int32_t)max_i64(1, cols), (int32_t)max_i64(1, rows)};
}

static struct grid choose(const struct processor *p, int64_t width, int64_t height)
{
	int64_t margins = (int64_t)2 * p->overlap * p->patch, window = p->tile - margins;

	width -= margins;
	height -= margins;
	if (width <= window || height <= window)
		return (struct grid){1, 1};
	int64_t cols = ceil_div(width, window), rows = ceil_div(height, window);
	if (rows * cols <= p->max_tiles)
		return stretch(p, width, height, cols, rows);
	double q = sqrt(int_quotient(p->max_tiles, rows * cols));
	return (struct grid){(int32_t)max_i64(1, floor_int((double)cols * q)),
			     (int32_t)max_i64(1, floor_int((double)rows * q))};
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct grid g = choose(p, width, height);
	int64_t n = (int64_t)g.cols * g.rows, side = side_patches(p, p->tile);
	int64_t window = p->tile - (int64_t)2 * p->overlap * p->patch;

	out->visual = tile_tokens(p, p->tile);
	out->resized_w = g.cols * window + p->tile - window;
	out->resized_h = g.rows * window + p->tile - window;
	out->tiles = n + 1;
	out->encoder_patches = out->tiles * side * side;
	count_special(p, false, 0, 0, out);
	if (!t)
		return;
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, g.cols, g.rows, 0, true);
	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, WORD_PX, false,
		   "windows of %d pixels and their margins", (int)window);
	trace_step(t, STEP_TILE, g.cols, g.rows, out->tiles, WORD_TILES, n == p->max_tiles,
		   "%d x %d crops of %d pixels that overlap, and the overview", (int)g.cols,
		   (int)g.rows, (int)p->tile);
	trace_step(t, STEP_MERGE, 0, 0, out->visual, WORD_TOKENS, true,
		   "all merged into one square of tokens");
}

const struct strategy strategy_mosaic = {
	.name = "mosaic",
	.summary = "overlapping crops merged into one square of tokens",
	.formula = "ceil(tile / patch / merge)^2, whatever the crops",
	.needs = NEED_TILE | NEED_PATCH | NEED_MAX_TILES | NEED_MARGINS,
	.count = count,
	.fixed =
		{
			.pool = "this family does not pool",
			.grid_k = "the number of crops changes no count",
			.min_pixels = "the square has one size",
			.max_pixels = "the square has one size",
		},
};
