/* windows: one global view and, for large or thin images, windows laid over the image
 * (Step 3.7).
 *
 *     (a) min side < 32 and longer / shorter > 4: both sides become the longer
 *     (b) longer > longest_edge: s = longest_edge / longer, both sides int(side s)
 *     (c) window: longer <= base: the shorter side if longer / shorter > 1.5, else none;
 *         otherwise min(shorter, tile) if longer / shorter > 4, else tile
 *     (d) windows of a side = max(1, side // window, one more if the rest is above a
 *         fifth of the window)
 *     V = tokens of base + windows * tokens of tile
 *
 * Reads base, tile, longest_edge, patch, merge, max_grid. Source: step3p7 of
 * huggingface/transformers (main of 2026-08-19). */
#include "core/strategy.h"

#include "core/trace.h"

/* Constants of the real code. */
enum { THIN_SIDE = 32 /* pixels */ };
static const double thin_aspect = 4, small_aspect = 1.5, rest_share = 0.2;

static struct extent prepare(const struct processor *p, struct extent e)
{
	int64_t longer = max_i64(e.w, e.h), shorter = min_i64(e.w, e.h);

	if (shorter < THIN_SIDE && (double)longer / (double)shorter > thin_aspect)
		e.w = e.h = longer;
	if (longer > p->longest_edge) {
		double s = (double)p->longest_edge / (double)longer;
		e = (struct extent){(int64_t)((double)e.w * s), (int64_t)((double)e.h * s)};
	}
	return e;
}

/* 0 = no windows. */
static int64_t window_side(const struct processor *p, struct extent e)
{
	int64_t longer = max_i64(e.w, e.h), shorter = min_i64(e.w, e.h);
	double aspect = (double)longer / (double)shorter;

	if (longer <= p->base)
		return aspect > small_aspect ? shorter : 0;
	return aspect > thin_aspect ? min_i64(shorter, p->tile) : p->tile;
}

static int64_t windows(const struct processor *p, int64_t side, int64_t window)
{
	int64_t n = side / window;

	if (n > 0 && (double)(side % window) > rest_share * (double)window)
		n++;
	n = max_i64(1, n);
	return p->max_grid > 0 ? min_i64(n, p->max_grid) : n;
}

static void trace_windows(const struct processor *p, struct extent e, bool changed, int64_t window,
			  struct extent grid, struct trace *t)
{
	int64_t n = grid.w * grid.h;

	if (changed)
		trace_step(t, STEP_RESIZE, e.w, e.h, 0, WORD_PX, true,
			   "thin images become squares, longest side %d", (int)p->longest_edge);
	trace_canvas(t,
		     n ? (struct extent){max_i64(window * grid.w, 1), max_i64(window * grid.h, 1)}
		       : e,
		     max_i64(1, grid.w), max_i64(1, grid.h), 0, n > 0);
	if (n > 0)
		trace_step(t, STEP_TILE, grid.w, grid.h, n + 1, WORD_TILES, false,
			   "%d x %d windows of %d pixels, and the global view", (int)grid.w,
			   (int)grid.h, (int)window);
	else
		trace_step(t, STEP_TILE, 1, 1, 1, WORD_TILES, false, "the global view alone");
	trace_step(t, STEP_MERGE, 0, 0, tile_tokens(p, p->base), WORD_TOKENS, false,
		   "global view of %d pixels", (int)p->base);
	if (n > 0)
		trace_step(t, STEP_MERGE, 0, 0, n * tile_tokens(p, p->tile), WORD_TOKENS, false,
			   "%d windows of %d tokens", (int)n, (int)tile_tokens(p, p->tile));
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct extent e = prepare(p, (struct extent){width, height});
	int64_t side = side_patches(p, p->tile), base = side_patches(p, p->base);

	if (e.w < 1 || e.h < 1) {
		count_refuse(out, t, REFUSED_LONGEST, (struct refusal_facts){.a = p->longest_edge});
		return;
	}
	int64_t window = window_side(p, e);
	struct extent grid = {0, 0};
	if (window > 0)
		grid = (struct extent){windows(p, e.w, window), windows(p, e.h, window)};
	int64_t n = grid.w * grid.h;

	out->visual = tile_tokens(p, p->base) + n * tile_tokens(p, p->tile);
	out->tiles = n + 1;
	out->encoder_patches = base * base + n * side * side;
	count_special(p, n > 0, n, grid.h, out);
	if (t)
		trace_windows(p, e, e.w != width || e.h != height, window, grid, t);
}

const struct strategy strategy_windows = {
	.name = "windows",
	.summary = "a global view, and windows over large or thin images",
	.formula = "tokens of base + windows tokens of tile",
	.needs = NEED_TILE | NEED_BASE | NEED_PATCH | NEED_LONGEST_EDGE,
	.count = count,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.min_pixels = "the windows decide",
			.max_pixels = "the windows decide",
		},
};
