/* views: a global view and, unless the image is small, the image in tiles laid out as
 * one feature map with a newline after each of its rows, and a separator between the two
 * (DeepSeek-VL2 and OCR, Phi-3, Phi-4).
 *
 *     g = ceil(floor(side / patch) / merge);  V = gb (gb + newline) +
 *         visual_per_image + rows g (cols g + newline)
 *     with gb of base (tile where there is none), g of tile
 *
 * Which grid: pins, the best canvas of a list (DeepSeek-VL2, always cut); standard, the
 * nearest aspect ratio when a side is above split_above (DeepSeek-OCR; max_tiles 0:
 * never cut); ratio-one, the same but a single tile counts as well (DeepSeek-OCR 2); hd,
 * the largest s with s ceil(s / ratio) <= max_tiles (Phi-3); native, as many tiles as
 * the picture fills, the features of its padding dropped (Phi-4).
 * Reads tile, base, patch, merge, visual_per_row, visual_per_image, min_tiles,
 * max_tiles, max_grid, split_above, pins.
 * Source: deepseek-ai/DeepSeek-VL2 processing_deepseek_vl_v2.py,
 * deepseek-ai/DeepSeek-OCR process/image_process.py; deepseek_ocr2 and phi4_multimodal
 * of huggingface/transformers (main of 2026-08-19); phi3_v of Blaizzy/mlx-vlm, a port of
 * the checkpoint's own code. */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/grid_sure.h"
#include "core/trace.h"

enum { READ_RATIO, READ_RATIO_ONE, READ_PINS, READ_HD, READ_NATIVE };
static const char *const variants[] = {"ratio", "ratio-one", "pins", "hd", "native", NULL};

enum { NATIVE_LEAST = 10 }; /* pixels; a shorter resized side is refused by Phi-4's code */

struct plan {
	struct grid grid;       /* of tiles; 0 x 0 = global view alone */
	struct extent content;  /* the image inside the grid's canvas, pixels */
	struct extent features; /* of the local views, after unpadding */
	enum refusal refused;
};

static int64_t base_side(const struct processor *p)
{
	return p->base > 0 ? p->base : p->tile;
}

/* Works on the landscape orientation: floor and ceiling do not care for the other one. */
static struct grid hd_grid(const struct processor *p, int64_t width, int64_t height,
			   int64_t *shorter)
{
	double ratio = (double)max_i64(width, height) / (double)min_i64(width, height);
	int32_t s = 1, most = grid_side_max(p);

	while (s + 1 <= most && (double)(s + 1) * ceil((s + 1) / ratio) <= p->max_tiles)
		s++;
	*shorter = (int64_t)((double)s * p->tile / ratio);
	int32_t other = (int32_t)ceil_div(*shorter, p->tile);
	return width < height ? (struct grid){other, s} : (struct grid){s, other};
}

static void plan_hd(const struct processor *p, int64_t width, int64_t height, struct plan *a)
{
	int64_t shorter;

	a->grid = hd_grid(p, width, height, &shorter);
	if (shorter < 1)
		a->refused = REFUSED_SHORT_SIDE;
	a->content = width < height ? (struct extent){shorter, (int64_t)a->grid.rows * p->tile}
				    : (struct extent){(int64_t)a->grid.cols * p->tile, shorter};
}

static struct grid native_grid(const struct processor *p, int64_t width, int64_t height)
{
	int64_t c = ceil_div(width, p->tile), r = ceil_div(height, p->tile),
		most = grid_side_max(p);

	if (c > most || r > most || c * r > p->max_tiles)
		return grid_ratio(p, p->tile, width, height);
	return (struct grid){(int32_t)c, (int32_t)r};
}

/* Patches of one side that hold picture: whole patches of padding are masked, then merged
 * upwards. */
static int64_t unmasked(const struct processor *p, int64_t tiles, int64_t content)
{
	int64_t padding = tiles * p->tile - content;
	int64_t patches =
		tiles * side_patches(p, p->tile) - (padding >= p->patch ? padding / p->patch : 0);

	return ceil_div(patches, p->merge);
}

static void lay_native(const struct processor *p, int64_t width, int64_t height, struct grid g,
		       struct plan *a)
{
	struct extent canvas = {(int64_t)g.cols * p->tile, (int64_t)g.rows * p->tile};
	double across = (double)canvas.w / (double)width, down = (double)canvas.h / (double)height;

	a->grid = g;
	a->content = canvas;
	if (across < down)
		a->content.h = (int64_t)((double)height * across);
	else
		a->content.w = (int64_t)((double)width * down);
	if (a->content.w < NATIVE_LEAST || a->content.h < NATIVE_LEAST)
		a->refused = REFUSED_EXTREME;
	a->features = (struct extent){unmasked(p, g.cols, a->content.w),
				      unmasked(p, g.rows, a->content.h)};
}

static void plan_native(const struct processor *p, int64_t width, int64_t height, struct plan *a)
{
	lay_native(p, width, height, native_grid(p, width, height), a);
}

static void plan_pins(const struct processor *p, int64_t width, int64_t height, struct plan *a)
{
	struct px_size pin = grid_pin(p, width, height);

	a->grid = (struct grid){pin.width / p->tile, pin.height / p->tile};
	a->content = fitted((struct extent){pin.width, pin.height}, width, height);
}

static void plan_ratio(const struct processor *p, int64_t width, int64_t height, struct plan *a)
{
	if (p->max_tiles < 1 || (width <= p->split_above && height <= p->split_above))
		return;
	struct grid g = grid_ratio(p, p->tile, width, height);
	if (p->variant == READ_RATIO && g.cols == 1 && g.rows == 1)
		return;
	a->grid = g;
	a->content = (struct extent){(int64_t)g.cols * p->tile, (int64_t)g.rows * p->tile};
}

static struct plan make_plan(const struct processor *p, int64_t width, int64_t height)
{
	int64_t g = side_tokens(p, p->tile);
	struct plan a = {.refused = REFUSED_NOT};

	switch (p->variant) {
	case READ_PINS:
		plan_pins(p, width, height, &a);
		break;
	case READ_HD:
		plan_hd(p, width, height, &a);
		break;
	case READ_NATIVE:
		plan_native(p, width, height, &a);
		return a;
	default:
		plan_ratio(p, width, height, &a);
		break;
	}
	a.features = (struct extent){g * a.grid.cols, g * a.grid.rows};
	return a;
}

static void trace_global(const struct processor *p, int64_t gb, struct trace *t)
{
	trace_step(t, STEP_MERGE, gb, gb, gb * gb, WORD_TOKENS, false,
		   "global view of %d pixels: %d x %d", (int)base_side(p), (int)gb, (int)gb);
	if (p->visual_per_row)
		trace_step(t, STEP_NEWLINE, 0, gb, gb * p->visual_per_row, WORD_TOKENS, false,
			   "a newline after each of its rows");
	if (p->visual_per_image)
		trace_step(t, STEP_NEWLINE, 0, 0, p->visual_per_image, WORD_TOKENS, false,
			   "view separator");
}

static void trace_local(const struct processor *p, const struct plan *a, struct trace *t)
{
	struct extent canvas = {(int64_t)a->grid.cols * p->tile, (int64_t)a->grid.rows * p->tile};
	int64_t g = side_tokens(p, p->tile), n = (int64_t)a->grid.cols * a->grid.rows;

	trace_canvas(t, canvas, a->grid.cols, a->grid.rows, (double)p->tile / (double)g, true);
	trace_content(t, (canvas.w - a->content.w) / 2, (canvas.h - a->content.h) / 2, a->content);
	trace_step(t, STEP_RESIZE, a->content.w, a->content.h, 0, WORD_PX, n == p->max_tiles,
		   n == p->max_tiles ? "at the tile cap %d" : "fitted to whole tiles",
		   (int)p->max_tiles);
	if (a->content.w != canvas.w || a->content.h != canvas.h)
		trace_step(t, STEP_PAD, canvas.w, canvas.h, 0, WORD_PX, false,
			   "padded to whole tiles");
	trace_step(t, STEP_TILE, a->grid.cols, a->grid.rows, n + 1, WORD_TILES, n == p->max_tiles,
		   "%d x %d tiles of %d pixels, and the global view", (int)a->grid.cols,
		   (int)a->grid.rows, (int)p->tile);
	trace_step(t, p->variant == READ_NATIVE ? STEP_UNPAD : STEP_MERGE, a->features.w,
		   a->features.h, a->features.w * a->features.h, WORD_TOKENS, false,
		   p->variant == READ_NATIVE ? "local views, without the padding"
					     : "local views as one map");
	if (p->visual_per_row)
		trace_step(t, STEP_NEWLINE, 0, a->features.h, a->features.h * p->visual_per_row,
			   WORD_TOKENS, false, "a newline after each of its rows");
}

static void trace_views(const struct processor *p, const struct plan *a, struct trace *t)
{
	int64_t gb = side_tokens(p, base_side(p));

	if (a->grid.cols > 0) {
		trace_local(p, a, t);
	} else {
		trace_canvas(t, (struct extent){base_side(p), base_side(p)}, 1, 1,
			     (double)base_side(p) / (double)gb, false);
		trace_step(t, STEP_PAD, base_side(p), base_side(p), 0, WORD_PX, false,
			   "the square of the global view");
		trace_step(t, STEP_TILE, 1, 1, 1, WORD_TILES, false, "the global view alone");
	}
	trace_global(p, gb, t);
}

/* Positions around and of the features. */
static int64_t tokens_of(const struct processor *p, struct extent features)
{
	int64_t gb = side_tokens(p, base_side(p));

	return gb * (gb + p->visual_per_row) + p->visual_per_image +
	       features.h * (features.w + p->visual_per_row);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct plan a = make_plan(p, width, height);
	int64_t n = (int64_t)a.grid.cols * a.grid.rows;
	int64_t side = side_patches(p, p->tile), base = side_patches(p, base_side(p));

	if (a.refused) {
		count_refuse(out, t, a.refused, (struct refusal_facts){0});
		return;
	}
	out->tiles = n + 1;
	out->visual = tokens_of(p, a.features);
	out->resized_w = n ? (int64_t)a.grid.cols * p->tile : base_side(p);
	out->resized_h = n ? (int64_t)a.grid.rows * p->tile : base_side(p);
	out->encoder_patches = n * side * side + base * base;
	count_special(p, n > 0, n, n > 0 ? a.grid.rows : 0, out);
	if (t)
		trace_views(p, &a, t);
}

static const char *missing(const struct processor *p)
{
	if (p->variant == READ_PINS)
		return p->pins_n < 1 ? "pins" : NULL;
	return (p->variant == READ_HD || p->variant == READ_NATIVE) && p->max_tiles < 1
		       ? "max-tiles"
		       : NULL;
}

static bool hd_is_one(const struct processor *p, const struct box *b)
{
	int64_t side;
	struct grid flat = hd_grid(p, b->w2, b->h1, &side), tall = hd_grid(p, b->w1, b->h2, &side);

	return flat.cols == tall.cols && flat.rows == tall.rows && (b->w1 > b->h2 || b->w2 < b->h1);
}

/* In one grid the highest picture of the box has the fewest columns, the flattest the fewest rows.
 */
static int64_t native_least(const struct processor *p, const struct box *b)
{
	struct grid g = native_grid(p, b->w1, b->h1);
	struct plan flat = {.refused = REFUSED_NOT}, tall = flat;

	lay_native(p, b->w2, b->h1, g, &flat);
	lay_native(p, b->w1, b->h2, g, &tall);
	return tokens_of(p, (struct extent){tall.features.w, flat.features.h});
}

static struct piece_of native_piece(const struct processor *p, const struct box *b)
{
	int64_t c = ceil_div(b->w1, p->tile), r = ceil_div(b->h1, p->tile), most = grid_side_max(p);
	bool is_one = c == ceil_div(b->w2, p->tile) && r == ceil_div(b->h2, p->tile);
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (c > most || r > most || c * r > p->max_tiles)
		of.piece = grid_sure_ratio(p, p->tile, b).is_one ? PIECE_CELLS : PIECE_UNKNOWN;
	else if (is_one)
		of.piece = PIECE_CELLS;
	if (of.piece == PIECE_CELLS)
		of.least_tokens = native_least(p, b);
	return of;
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	switch (p->variant) {
	case READ_PINS:
		of.is_constant = grid_sure_pin(p, b).is_one;
		of.piece = of.is_constant ? PIECE_TILTED : PIECE_UNKNOWN;
		return of;
	case READ_HD: /* the shape alone decides */
		of.is_constant = hd_is_one(p, b);
		of.piece = of.is_constant ? PIECE_TILTED : PIECE_CELLS;
		return of;
	case READ_NATIVE:
		return native_piece(p, b);
	default:
		break;
	}
	if (p->max_tiles < 1 || (b->w2 <= p->split_above && b->h2 <= p->split_above))
		of.piece = PIECE_CELLS;
	else if ((b->w1 > p->split_above || b->h1 > p->split_above) &&
		 grid_sure_ratio(p, p->tile, b).is_one) {
		of.piece = PIECE_TILTED;
		of.is_constant = true;
	}
	return of;
}

static int64_t global_tokens(const struct processor *p)
{
	int64_t gb = side_tokens(p, base_side(p));

	return gb * (gb + p->visual_per_row) + p->visual_per_image;
}

static int64_t pin_tokens(const struct processor *p, struct px_size pin)
{
	int64_t g = side_tokens(p, p->tile);

	return global_tokens(p) +
	       g * (pin.height / p->tile) * (g * (pin.width / p->tile) + p->visual_per_row);
}

/* candidate_resolutions: the larger canvases go; num_crops, dynamic_hd: fewer tiles, which take the
 * most where they stand one above the other; cropping off: the global view alone. */
static bool cap(struct processor *p, int32_t tokens)
{
	int64_t g = side_tokens(p, p->tile), each = g * (g + p->visual_per_row);
	int64_t left = tokens - global_tokens(p), tiles = each > 0 ? left / each : 0;

	if (p->variant == READ_PINS)
		return grid_keep_pins(p, pin_tokens, tokens);
	if (left < 0)
		return false;
	if (p->variant == READ_HD || p->variant == READ_NATIVE) {
		p->max_tiles = (int32_t)min_i64(p->max_tiles, max_i64(1, tiles));
		return tiles >= 1;
	}
	if (tiles < p->max_tiles)
		p->max_tiles = 0;
	return true;
}

const struct strategy strategy_views = {
	.name = "views",
	.summary = "a global view, and tiles as one feature map with newlines",
	.formula = "gb (gb + 1) + 1 + rows g (cols g + 1), g = tile / patch / merge",
	.variants = variants,
	.needs = NEED_TILE | NEED_PATCH | NEED_PINS_OF_TILES,
	.count = count,
	.cap = cap,
	.piece = piece,
	.missing = missing,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.min_pixels = "the grid of tiles decides",
			.max_pixels = "the grid of tiles decides",
		},
};
