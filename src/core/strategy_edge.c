/* edge: the longest side becomes longest_edge, both sides go up to whole tiles, and
 * every tile and the overview become the same number of tokens, named by row and column
 * marks (Idefics3, SmolVLM). Small images are enlarged too.
 *
 *     W >= H: w = L, h = int(L / (W / H)), + 1 if odd;  else h = L, w = int(L (W /
 *         H)), + 1 if odd;  1 at least
 *     w >= h: w = ceil(w / S) S, h = ceil(int(w / a) / S) S with a = w / h before;
 *         else the same with the sides swapped
 *     w > S or h > S: rows = h / S, cols = w / S, tiles = rows * cols + 1;  else one
 *
 * Reads longest_edge, tile, patch, merge or tokens_per_tile, max_grid. The real code
 * also caps the longest side at 4096 pixels. Source: idefics3 and smolvlm of
 * huggingface/transformers (main of 2026-08-19). */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/trace.h"

static const int32_t edge_most = 4096; /* pixels; MAX_IMAGE_SIZE of the real code */

static int64_t even_side(double x)
{
	int64_t side = (int64_t)x;

	return max_i64(1, side + (side & 1));
}

static struct extent to_edge(int64_t edge, int64_t width, int64_t height)
{
	double aspect = (double)width / (double)height;

	if (width >= height)
		return (struct extent){edge, even_side((double)edge / aspect)};
	return (struct extent){even_side((double)edge * aspect), edge};
}

static struct extent to_tiles(struct extent e, int64_t side)
{
	double aspect = (double)e.w / (double)e.h;

	if (e.w >= e.h) {
		e.w = ceil_div(e.w, side) * side;
		e.h = ceil_div((int64_t)((double)e.w / aspect), side) * side;
	} else {
		e.h = ceil_div(e.h, side) * side;
		e.w = ceil_div((int64_t)((double)e.h * aspect), side) * side;
	}
	return e;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t edge = min_i64(p->longest_edge, edge_most);
	if (p->max_grid > 0)
		edge = min_i64(edge, (int64_t)p->max_grid * p->tile);
	struct extent fit = to_edge(edge, width, height);
	struct extent canvas = to_tiles(fit, p->tile);
	struct extent grid = {canvas.w / p->tile, canvas.h / p->tile};
	if (grid.w < 1 || grid.h < 1) { /* of some edges L, L (1 / L) is just below 1 */
		count_refuse(out, t, REFUSED_LONGEST, (struct refusal_facts){.a = edge});
		return;
	}
	int64_t n = grid.w * grid.h, side = side_patches(p, p->tile),
		tokens = side_tokens(p, p->tile);

	out->tiles = n > 1 ? n + 1 : 1;
	out->visual = out->tiles * tile_tokens(p, p->tile);
	out->resized_w = canvas.w;
	out->resized_h = canvas.h;
	out->encoder_patches = out->tiles * side * side;
	count_special(p, n > 1, n, n > 1 ? grid.h : 0, out);
	if (!t)
		return;
	trace_step(t, STEP_RESIZE, fit.w, fit.h, 0, WORD_PX, true, "longest side becomes %d",
		   (int)edge);
	trace_step(t, STEP_RESIZE, canvas.w, canvas.h, 0, WORD_PX, false, "up to multiples of %d",
		   (int)p->tile);
	trace_canvas(t, canvas, grid.w, grid.h,
		     p->tokens_per_tile || tokens == 0 ? 0 : (double)p->tile / (double)tokens,
		     n > 1);
	trace_step(t, STEP_TILE, grid.w, grid.h, out->tiles, WORD_TILES, false,
		   "%d x %d tiles of %d pixels%s", (int)grid.w, (int)grid.h, (int)p->tile,
		   n > 1 ? ", and the overview" : "");
	trace_squares(p, p->tile, out->tiles, t);
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	(void)p, (void)b;
	return (struct piece_of){.piece = PIECE_TILTED}; /* the shape alone decides */
}

/* size.longest_edge, in whole tiles: a square has the most of them, and the overview where there is
 * more than one. */
static bool cap(struct processor *p, int32_t tokens)
{
	int64_t each = tile_tokens(p, p->tile), all = each > 0 ? tokens / each : 0, side = 1;

	if (all < 1)
		return false;
	while ((side + 1) * (side + 1) + 1 <= all)
		side++;
	p->longest_edge = (int32_t)min_i64(p->longest_edge, side * p->tile);
	return true;
}

const struct strategy strategy_edge = {
	.name = "edge",
	.summary = "longest side fixed, cut into tiles with row and column marks",
	.formula = "(rows cols + 1) tokens of a tile, rows = ceil(h / tile)",
	.needs = NEED_TILE | NEED_LONGEST_EDGE | NEED_PATCH_OR_TOKENS,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.min_pixels = "the longest side decides",
			.max_pixels = "the longest side decides",
		},
};
