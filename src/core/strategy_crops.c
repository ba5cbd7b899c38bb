/* crops: the best canvas of a list is cut into crops of one size, each read by the same
 * number of queries (Aria).
 *
 *     no list: one crop;  V = crops * tokens_per_tile, crops = ceil(canvas_h / tile)
 *         ceil(canvas_w / tile)
 *
 * Reads tile, tokens_per_tile, pins, pins_are_hw, max_grid. Source: aria of
 * huggingface/transformers (main of 2026-08-19). */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/grid_sure.h"
#include "core/trace.h"

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct px_size pin = grid_pin(p, width, height);
	struct extent grid = {ceil_div(pin.width, p->tile), ceil_div(pin.height, p->tile)};
	int64_t n = grid.w * grid.h, side = side_patches(p, p->tile);

	out->visual = n * tile_tokens(p, p->tile);
	out->tiles = n;
	out->resized_w = pin.width;
	out->resized_h = pin.height;
	out->encoder_patches = n * side * side;
	count_special(p, n > 1, n, n > 1 ? grid.h : 0, out);
	if (!t)
		return;
	trace_canvas(t, (struct extent){pin.width, pin.height}, grid.w, grid.h, 0, false);
	trace_fit(t, width, height);
	trace_step(t, STEP_RESIZE, t->layout.content_w, t->layout.content_h, 0, WORD_PX, true, "%s",
		   p->pins_n ? "fitted into the best canvas of the list" : "one encoder input");
	if (t->layout.content_w != pin.width || t->layout.content_h != pin.height)
		trace_step(t, STEP_PAD, pin.width, pin.height, 0, WORD_PX, false,
			   "padded to the canvas");
	trace_step(t, STEP_TILE, grid.w, grid.h, n, WORD_TILES, false, "%d x %d crops of %d pixels",
		   (int)grid.w, (int)grid.h, (int)p->tile);
	trace_squares(p, p->tile, n, t);
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	bool is_sure = grid_sure_pin(p, b).is_one;

	return (struct piece_of){.piece = is_sure ? PIECE_TILTED : PIECE_UNKNOWN,
				 .is_constant = is_sure};
}

static int64_t canvas_tokens(const struct processor *p, struct px_size pin)
{
	return ceil_div(pin.width, p->tile) * ceil_div(pin.height, p->tile) *
	       tile_tokens(p, p->tile);
}

/* split_image off: one crop. */
static bool cap(struct processor *p, int32_t tokens)
{
	bool is_over = false;

	if (p->pins_n < 1 || tokens < tile_tokens(p, p->tile))
		return false;
	for (int32_t i = 0; i < p->pins_n; i++)
		is_over |= canvas_tokens(p, p->pins[i]) > tokens;
	p->pins_n = is_over ? 0 : p->pins_n;
	return true;
}

const struct strategy strategy_crops = {
	.name = "crops",
	.summary = "crops of a canvas from a list, each read by queries",
	.formula = "ceil(ch / tile) ceil(cw / tile) tokens-per-tile",
	.needs = NEED_TILE | NEED_PATCH_OR_TOKENS,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.pool = "this family reads patches by queries",
			.min_pixels = "the list of canvases decides",
			.max_pixels = "the list of canvases decides",
		},
};
