/* query: learned queries read the image, always the same number (BLIP-2, InstructBLIP,
 * Idefics2).
 *
 *     V = max_tiles * tokens_per_tile;  more than one encoder input: k x k parts and
 *         the whole image (Idefics2: 2 x 2); with is_whole that alone, and one begin and
 *         end in place of one around each
 *
 * Reads tile (0 = native or not published), tokens_per_tile, max_tiles, is_whole.
 * Source: blip_2, instructblip and idefics2 of huggingface/transformers (main of
 * 2026-08-19). */
#include "core/strategy.h"

#include "core/trace.h"

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t n = p->is_whole ? 1 : max_i64(1, p->max_tiles),
		k = n > 1 ? (int64_t)sqrt((double)(n - 1)) : 1, side = side_patches(p, p->tile);

	out->visual = n * p->tokens_per_tile;
	out->resized_w = out->resized_h = p->tile;
	out->tiles = n;
	out->encoder_patches = n * side * side;
	count_special(p, false, 0, 0, out);
	if (p->is_whole && p->max_tiles > 1 && p->special_per_image > p->max_tiles)
		out->special -= p->max_tiles - 1;
	if (!t)
		return;
	if (p->tile)
		trace_step(t, STEP_RESIZE, p->tile, p->tile, 0, WORD_PX, true,
			   "one square for every image");
	/* without a tile the picture is read at its own size */
	trace_canvas(t,
		     p->tile ? (struct extent){p->tile * k, p->tile * k}
			     : (struct extent){width, height},
		     k, k, 0, n > 1);
	if (n > 1)
		trace_step(t, STEP_TILE, k, k, n, WORD_TILES, false,
			   "%d x %d parts and the whole image", (int)k, (int)k);
	trace_step(t, STEP_QUERY, 0, 0, out->visual, WORD_TOKENS, true,
		   n == 1 ? "%d learned queries" : "%d learned queries for each of %d inputs",
		   (int)p->tokens_per_tile, (int)n);
}

/* The number is learned; without a tile the picture is read at its own size. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	(void)b;
	return (struct piece_of){.piece = p->tile ? PIECE_CELLS : PIECE_RISING};
}

/* do_image_splitting off. */
static bool cap(struct processor *p, int32_t tokens)
{
	if (p->max_tiles < 2 || tokens < p->tokens_per_tile)
		return false;
	if (tokens < (int64_t)p->max_tiles * p->tokens_per_tile)
		p->is_whole = true;
	return true;
}

const struct strategy strategy_query = {
	.name = "query",
	.summary = "a fixed number of learned queries",
	.formula = "parts tokens-per-tile",
	.needs = NEED_TOKENS_PER_TILE | NEED_SQUARE_AND_ONE,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.patch = "the number of queries is learned",
			.merge = "the number of queries is learned",
			.pool = "the number of queries is learned",
			.grid_k = "the number of parts is fixed",
			.min_pixels = "the number of queries is learned",
			.max_pixels = "the number of queries is learned",
		},
};
