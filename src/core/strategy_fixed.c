/* fixed: every image is squeezed into one square (LLaVA-1.5 and many others).
 *
 *     V = ceil(floor(tile / patch) / merge)^2 + visual_per_image,  or
 *         tokens_per_tile where it is learned or given
 *
 * Reads tile (0 = not published), patch, merge, tokens_per_tile, visual_per_image (a
 * class token that is kept).
 * Source: the CLIP and SigLIP preprocessing of the families in models.ini. */
#include "core/strategy.h"

#include "core/trace.h"

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t side = side_patches(p, p->tile);

	(void)width;
	(void)height;
	out->visual = tile_tokens(p, p->tile) + p->visual_per_image;
	out->resized_w = out->resized_h = p->tile;
	out->tiles = 1;
	out->encoder_patches = side * side;
	count_special(p, false, 0, 0, out);
	if (!t)
		return;
	if (p->tile)
		trace_step(t, STEP_RESIZE, p->tile, p->tile, 0, WORD_PX, true,
			   "one square for every image");
	trace_canvas(t, (struct extent){p->tile, p->tile}, 1, 1,
		     p->tokens_per_tile ? 0 : (double)(p->patch * p->merge), false);
	trace_squares(p, p->tile, 1, t);
	if (p->visual_per_image)
		trace_step(t, STEP_NEWLINE, 0, 0, p->visual_per_image, WORD_TOKENS, false,
			   "class token kept");
}

/* The square is always the same. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	(void)p, (void)b;
	return (struct piece_of){.piece = PIECE_CELLS};
}

const struct strategy strategy_fixed = {
	.name = "fixed",
	.summary = "every image becomes one square of the same size",
	.formula = "ceil(tile / patch / merge)^2, or a learned number",
	.needs = NEED_PATCH_OR_TOKENS,
	.count = count,
	.piece = piece,
	.fixed =
		{
			.pool = "this family does not pool",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the square has one size",
			.max_pixels = "the square has one size",
		},
};
