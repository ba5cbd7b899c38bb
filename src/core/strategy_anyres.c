/* anyres: the best canvas of a published list is cut into tiles, the padding's features
 * are dropped again, and every row of features gets a learned newline (LLaVA-NeXT,
 * LLaVA-OneVision, Granite Vision).
 *
 *     g = floor(tile / patch), scaled by ratio where given (Granite 4);  ch = g *
 *         canvas_h / tile, cw likewise
 *     W / H > cw / ch:  n = int(round(H * (cw / W), 7));  ch -= 2 * floor((ch - n) /
 *         2);  else cw by the same rule
 *     grid_cap:         q = sqrt(ch cw / (cap g^2)) > 1.1:  ch, cw = floor(ch / q),
 *         floor(cw / q)
 *     V = g^2 (overview) + ch cw + ch * visual_per_row
 *
 * Reads tile, patch, ratio, pins, pins_are_hw, max_grid, grid_cap, visual_per_row.
 * Variant truncate: the original code, which does not round to 7 decimals first.
 * Source: modeling_llava_next.py and _llava_onevision.py of huggingface/transformers
 * (main of 2026-08-19); llava_arch.py and mm_utils.py of LLaVA-VL/LLaVA-NeXT. */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/grid_sure.h"
#include "core/trace.h"

enum { READ_STANDARD, READ_TRUNCATE };
static const char *const variants[] = {"standard", "truncate", NULL};

/* Above this the features are scaled down: a constant of the OneVision code. */
static const double cap_threshold = 1.1;

static int64_t whole(const struct processor *p, double x)
{
	return p->variant == READ_TRUNCATE ? (int64_t)x : trunc_round7(x);
}

/* Features of the canvas that hold picture: the padded border goes, the same number on
 * both sides. */
static struct extent unpad(const struct processor *p, struct extent f, int64_t width,
			   int64_t height)
{
	double w = (double)width, h = (double)height;

	if (w / h > (double)f.w / (double)f.h)
		f.h -= 2 * ((f.h - whole(p, h * ((double)f.w / w))) / 2);
	else
		f.w -= 2 * ((f.w - whole(p, w * ((double)f.h / h))) / 2);
	return f;
}

/* Python's ch // q of an int and a float: the floor of the real quotient. */
static struct extent cap(const struct processor *p, struct extent f, int64_t g)
{
	double q = sqrt(int_quotient(f.h * f.w, p->grid_cap * g * g));

	if (!(q > cap_threshold))
		return f;
	return (struct extent){(int64_t)float_floordiv((double)f.w, q),
			       (int64_t)float_floordiv((double)f.h, q)};
}

static void trace_tiles(const struct processor *p, struct extent canvas, int64_t width,
			int64_t height, int64_t g, struct trace *t)
{
	int64_t cols = canvas.w / p->tile, rows = canvas.h / p->tile;
	struct extent content;

	trace_canvas(t, canvas, cols, rows, (double)p->tile / (double)g, true);
	trace_fit(t, width, height);
	content = (struct extent){t->layout.content_w, t->layout.content_h};
	trace_step(t, STEP_RESIZE, content.w, content.h, 0, WORD_PX, content.w < width,
		   "fitted into the best of %d canvases", (int)p->pins_n);
	trace_step(t, STEP_PAD, canvas.w, canvas.h, 0, WORD_PX, false, "padded to the canvas");
	trace_step(t, STEP_TILE, cols, rows, cols * rows + 1, WORD_TILES, false,
		   "%d x %d tiles of %d pixels, and the overview", (int)cols, (int)rows,
		   (int)p->tile);
	trace_step(t, STEP_PATCH, g, g, g * g, WORD_TOKENS, false, "overview: %d x %d features",
		   (int)g, (int)g);
}

static void trace_features(const struct processor *p, struct extent full, struct extent unpadded,
			   struct extent capped, struct trace *t)
{
	bool was_capped = capped.w != unpadded.w || capped.h != unpadded.h;

	trace_step(t, STEP_PATCH, full.w, full.h, full.w * full.h, WORD_PATCHES, false,
		   "features of the canvas");
	trace_step(t, STEP_UNPAD, unpadded.w, unpadded.h, unpadded.w * unpadded.h,
		   was_capped ? WORD_PATCHES : WORD_TOKENS, false,
		   "features of the padding dropped");
	if (was_capped)
		trace_step(t, STEP_POOL, capped.w, capped.h, capped.w * capped.h, WORD_TOKENS, true,
			   "tile cap: scaled to about %d tiles of features", (int)p->grid_cap);
	if (p->visual_per_row)
		trace_step(t, STEP_NEWLINE, 0, capped.h, capped.h * p->visual_per_row, WORD_TOKENS,
			   false, "a newline feature after each row");
}

/* Features along a side of a tile, and of the overview. */
static int64_t overview_side(const struct processor *p)
{
	int64_t g = side_patches(p, p->tile);

	return p->ratio > 0 ? max_i64(1, (int64_t)((double)g * p->ratio)) : g;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct px_size pin = grid_pin(p, width, height);
	int64_t g = overview_side(p), side = side_patches(p, p->tile);
	int64_t cols = pin.width / p->tile, rows = pin.height / p->tile;
	struct extent full = {g * cols, g * rows};
	struct extent unpadded = unpad(p, full, width, height);
	struct extent capped = p->grid_cap > 0 ? cap(p, unpadded, g) : unpadded;

	out->visual = g * g + capped.w * capped.h + capped.h * p->visual_per_row;
	out->resized_w = pin.width;
	out->resized_h = pin.height;
	out->tiles = cols * rows + 1;
	out->encoder_patches = out->tiles * side * side;
	count_special(p, true, cols * rows, rows, out);
	if (!t)
		return;
	trace_tiles(p, (struct extent){pin.width, pin.height}, width, height, g, t);
	trace_features(p, full, unpadded, capped, t);
}

/* The features of a canvas that hold picture; g: along a tile. */
static struct extent local_of(const struct processor *p, struct px_size pin, int64_t g,
			      int64_t width, int64_t height)
{
	struct extent full = {g * (pin.width / p->tile), g * (pin.height / p->tile)};

	return unpad(p, full, width, height);
}

/* As many columns as the highest picture of the box keeps, as many rows as the flattest; scaled
 * down as much as the most features of it are. */
static int64_t least_tokens(const struct processor *p, const struct box *b)
{
	struct px_size pin = grid_pin(p, b->w1, b->h1);
	int64_t g = overview_side(p);
	struct extent flat = local_of(p, pin, g, b->w2, b->h1),
		      tall = local_of(p, pin, g, b->w1, b->h2);
	struct extent least = {min_i64(flat.w, tall.w), min_i64(flat.h, tall.h)};

	if (p->grid_cap > 0) {
		int64_t w = max_i64(flat.w, tall.w), h = max_i64(flat.h, tall.h);
		double q = max_num(1, sqrt(int_quotient(w * h, p->grid_cap * g * g)));
		least = (struct extent){(int64_t)((double)least.w / q) - 1,
					(int64_t)((double)least.h / q) - 1};
	}
	return max_i64(0, g * g + least.w * least.h + least.h * p->visual_per_row);
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	if (!grid_sure_pin(p, b).is_one)
		return (struct piece_of){.piece = PIECE_UNKNOWN};
	return (struct piece_of){.piece = PIECE_TILTED, .least_tokens = least_tokens(p, b)};
}

/* The most features of a canvas: none of them dropped, none scaled down that need not be. */
static int64_t most_tokens(const struct processor *p, struct px_size pin)
{
	int64_t g = side_patches(p, p->tile), rows, most;

	if (p->ratio > 0)
		g = max_i64(1, (int64_t)((double)g * p->ratio));
	rows = g * (pin.height / p->tile);
	most = rows * g * (pin.width / p->tile);
	if (p->grid_cap > 0)
		most = min_i64(most, floor_int(cap_threshold * cap_threshold *
					       (double)(p->grid_cap * g * g)));
	return g * g + most + rows * p->visual_per_row;
}

/* image_grid_pinpoints: the larger canvases go. */
static bool limit(struct processor *p, int32_t tokens)
{
	return grid_keep_pins(p, most_tokens, tokens);
}

const struct strategy strategy_anyres = {
	.name = "anyres",
	.summary = "best canvas of a list, tiles and overview, padding dropped, newlines",
	.formula = "g^2 + ch cw + ch, g = tile / patch; ch x cw unpadded",
	.variants = variants,
	.needs = NEED_PATCH | NEED_TILE | NEED_PINS | NEED_PINS_OF_TILES,
	.count = count,
	.cap = limit,
	.piece = piece,
	.fixed =
		{
			.merge = "this family merges no patches",
			.pool = "this family does not pool",
			.min_pixels = "the list of canvases decides",
			.max_pixels = "the list of canvases decides",
		},
};
