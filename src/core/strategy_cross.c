/* cross: tiles go to cross-attention layers, not into the sequence (Llama 3.2 Vision).
 * The sequence holds one image token; the encoder states of the tiles are kept beside
 * it.
 *
 *     V = 0;  the canvas of at most max_tiles tiles that enlarges least, else
 *         shrinks least
 *
 * Reads tile, max_tiles, max_grid, patch. Source: mllama of huggingface/transformers
 * (main of 2026-08-19). */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/grid_sure.h"
#include "core/trace.h"

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct grid g = grid_canvas(p, width, height);
	int64_t n = (int64_t)g.cols * g.rows, side = side_patches(p, p->tile);

	out->tiles = n;
	out->resized_w = (int64_t)g.cols * p->tile;
	out->resized_h = (int64_t)g.rows * p->tile;
	out->encoder_patches = n * side * side;
	count_special(p, false, 0, 0, out);
	if (!t)
		return;
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, g.cols, g.rows, 0, false);
	trace_fit(t, width, height);
	trace_step(t, STEP_RESIZE, t->layout.content_w, t->layout.content_h, 0, WORD_PX,
		   n == p->max_tiles, "canvas that enlarges least, else shrinks least");
	trace_step(t, STEP_PAD, out->resized_w, out->resized_h, 0, WORD_PX, false,
		   "padded to whole tiles");
	trace_step(t, STEP_TILE, g.cols, g.rows, n, WORD_TILES, n == p->max_tiles,
		   "%d x %d tiles of %d pixels", (int)g.cols, (int)g.rows, (int)p->tile);
	if (side > 0)
		trace_step(t, STEP_PATCH, side, side, out->encoder_patches, WORD_PATCHES, false,
			   "kept beside the sequence, for the cross-attention layers");
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	bool is_sure = grid_sure_canvas(p, p->tile, b).is_one;

	return (struct piece_of){.piece = is_sure ? PIECE_TILTED : PIECE_UNKNOWN,
				 .is_constant = true}; /* whatever the tiles */
}

const struct strategy strategy_cross = {
	.name = "cross",
	.summary = "tiles for cross-attention layers, none in the sequence",
	.formula = "0 in the sequence; ceil(ch / tile) ceil(cw / tile) tiles",
	.needs = NEED_TILE | NEED_MAX_TILES,
	.count = count,
	.piece = piece,
	.fixed =
		{
			.merge = "no image features enter the sequence",
			.pool = "no image features enter the sequence",
			.min_pixels = "the grid of tiles decides",
			.max_pixels = "the grid of tiles decides",
		},
};
