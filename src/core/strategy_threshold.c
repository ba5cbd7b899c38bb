/* threshold: a small image stays whole at native resolution, a large one is cut into
 * tiles with a native thumbnail (LFM2).
 *
 *     f = patch * merge;  hb = max(patch, round(H / f) f), wb likewise, halves to even
 *     large: hb wb > max_tokens * f^2 * ratio
 *     whole: h = max(f, round(H / f) f), w likewise; above max_tokens f^2: b =
 *         sqrt(H W / (max_tokens f^2)),
 *            h = max(f, floor(H / b / f) f); below min_tokens f^2: b =
 *            sqrt(min_tokens f^2 / (H W)), h = ceil(H b / f) f
 *     V = ceil(h / patch / merge) ceil(w / patch / merge), and for a large image the
 *         tiles before it
 *
 * Variant side (llama.cpp) calls an image large when a side is longer than tile * ratio, and
 * resizes the whole in single precision (core/smart_resize.h).
 *
 * With is_whole none is large.
 *
 * Reads tile, patch, merge, min_tiles, max_tiles, max_grid, min_tokens, max_tokens,
 * ratio, thumbnail, is_whole. The size reported is that of the whole image, also when only its
 * tiles count. Source: lfm2_vl of huggingface/transformers (main of 2026-08-19);
 * tools/mtmd/mtmd-image.cpp of ggml-org/llama.cpp. */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/grid_sure.h"
#include "core/smart_resize.h"
#include "core/trace.h"

enum { READ_AREA, READ_SIDE };
static const char *const variants[] = {"area", "side", NULL};

struct plan {
	struct extent whole; /* size of the image kept whole, or of its thumbnail */
	bool bound;          /* by the least or the largest number of tokens */
	struct grid grid;
	int64_t tiles; /* of the grid; 0 = not cut */
	bool has_whole;
};

static bool is_large(const struct processor *p, int64_t f, int64_t width, int64_t height)
{
	int64_t h = max_i64(p->patch, round_even((double)height / (double)f) * f);
	int64_t w = max_i64(p->patch, round_even((double)width / (double)f) * f);

	if (p->is_whole)
		return false;
	if (p->variant == READ_SIDE)
		return (double)max_i64(width, height) > p->tile * p->ratio;
	return (double)(h * w) > (double)(p->max_tokens * f * f) * p->ratio;
}

static struct extent whole_f32(const struct processor *p, int64_t f, int64_t width, int64_t height,
			       bool *bound)
{
	struct smart_limits l = {.factor = f,
				 .least = 1,
				 .min_pixels = p->min_tokens * f * f,
				 .max_pixels = p->max_tokens * f * f};
	enum smart_limit limit;
	struct extent tokens = smart_resize_f32(&l, (struct extent){width, height}, &limit);

	*bound = limit != SMART_FREE;
	return (struct extent){tokens.w * f, tokens.h * f};
}

static struct extent whole_size(const struct processor *p, int64_t f, int64_t width, int64_t height,
				bool *bound)
{
	int64_t most = p->max_tokens * f * f, least = p->min_tokens * f * f;
	double w = (double)width, h = (double)height, side = (double)f;
	struct extent s = {max_i64(f, round_even(w / side) * f),
			   max_i64(f, round_even(h / side) * f)};

	*bound = true;
	if (s.w * s.h > most) {
		double b = sqrt(int_quotient(width * height, most));
		return (struct extent){max_i64(f, floor_int(w / b / side) * f),
				       max_i64(f, floor_int(h / b / side) * f)};
	}
	if (s.w * s.h < least) {
		double b = sqrt(int_quotient(least, width * height));
		return (struct extent){ceil_int(w * b / side) * f, ceil_int(h * b / side) * f};
	}
	*bound = false;
	return s;
}

static struct plan make_plan(const struct processor *p, int64_t width, int64_t height)
{
	int64_t f = (int64_t)p->patch * p->merge;
	struct plan a = {.has_whole = true};

	a.grid = (struct grid){1, 1};
	a.whole = p->variant == READ_SIDE ? whole_f32(p, f, width, height, &a.bound)
					  : whole_size(p, f, width, height, &a.bound);
	if (!is_large(p, f, width, height))
		return a;
	a.grid = grid_ratio(p, p->tile, width, height);
	a.tiles = (int64_t)a.grid.cols * a.grid.rows;
	a.has_whole = p->thumbnail && a.tiles > 1;
	return a;
}

static void trace_plan(const struct processor *p, const struct plan *a, struct extent tokens,
		       struct trace *t)
{
	double cell = (double)(p->patch * p->merge);

	if (a->tiles) {
		struct extent canvas = {(int64_t)a->grid.cols * p->tile,
					(int64_t)a->grid.rows * p->tile};
		trace_step(t, STEP_RESIZE, canvas.w, canvas.h, 0, WORD_PX, true,
			   "above %.4g times the %s: grid of the nearest aspect ratio", p->ratio,
			   p->variant == READ_SIDE ? "side of a tile" : "token cap");
		trace_step(t, STEP_TILE, a->grid.cols, a->grid.rows, a->tiles + a->has_whole,
			   WORD_TILES, a->tiles == p->max_tiles, "%d x %d tiles of %d pixels%s",
			   (int)a->grid.cols, (int)a->grid.rows, (int)p->tile,
			   a->has_whole ? ", and the thumbnail" : "");
		trace_canvas(t, canvas, a->grid.cols, a->grid.rows, cell, a->has_whole);
		trace_squares(p, p->tile, a->tiles, t);
	} else {
		trace_canvas(t, a->whole, 1, 1, cell, false);
	}
	if (!a->has_whole)
		return;
	trace_step(t, STEP_RESIZE, a->whole.w, a->whole.h, 0, WORD_PX, a->bound,
		   "%s, %d to %d tokens", a->tiles ? "thumbnail" : "whole image",
		   (int)p->min_tokens, (int)p->max_tokens);
	trace_step(t, STEP_MERGE, tokens.w, tokens.h, tokens.w * tokens.h, WORD_TOKENS, false,
		   "%d x %d patches of %d pixels become one token", (int)p->merge, (int)p->merge,
		   (int)p->patch);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct plan a = make_plan(p, width, height);
	struct extent patches = {a.whole.w / p->patch, a.whole.h / p->patch};
	struct extent tokens = {ceil_div(patches.w, p->merge), ceil_div(patches.h, p->merge)};
	int64_t side = side_patches(p, p->tile);

	out->tiles = a.tiles + a.has_whole;
	out->visual = a.tiles * tile_tokens(p, p->tile);
	out->encoder_patches = a.tiles * side * side;
	if (a.has_whole) {
		out->visual += tokens.w * tokens.h;
		out->encoder_patches += patches.w * patches.h;
	}
	out->resized_w = a.has_whole ? a.whole.w : (int64_t)a.grid.cols * p->tile;
	out->resized_h = a.has_whole ? a.whole.h : (int64_t)a.grid.rows * p->tile;
	count_special(p, a.tiles > 1, a.tiles, a.tiles > 1 ? a.grid.rows : 0, out);
	if (t)
		trace_plan(p, &a, tokens, t);
}

/* The whole: everything rises between the limits of tokens, beyond them the shape decides. The
 * tiles: as sure as their grid. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	int64_t f = (int64_t)p->patch * p->merge;
	int64_t least = (b->w1 / f) * (b->h1 / f), most = ceil_div(b->w2, f) * ceil_div(b->h2, f);
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	/* single precision: a pixel of a side must be more than its last bits */
	if (b->w1 < f || b->h1 < f || (p->variant == READ_SIDE && max_i64(b->w2, b->h2) > 200000))
		return of;
	bool is_small = (double)most <= p->max_tokens * p->ratio;
	bool is_cut = (double)least > p->max_tokens * p->ratio;
	if (p->variant == READ_SIDE) {
		is_small = (double)max_i64(b->w2, b->h2) <= p->tile * p->ratio;
		is_cut =
			(double)max_i64(b->w1, b->h1) > p->tile * p->ratio && least > p->max_tokens;
	}
	is_small = is_small || p->is_whole;
	is_cut = is_cut && !p->is_whole;
	if (is_small && least >= p->min_tokens && most <= p->max_tokens)
		of.piece = PIECE_RISING;
	else if (is_small &&
		 (least > p->max_tokens || (most <= p->max_tokens && most < p->min_tokens)))
		of = (struct piece_of){.piece = PIECE_TILTED, .is_product = true};
	else if (is_cut && p->ratio >= 1 && grid_sure_ratio(p, p->tile, b).is_one)
		of.piece = PIECE_TILTED;
	return of;
}

/* do_image_splitting off and max_image_tokens: with it on, tiles pass any number. */
static bool cap(struct processor *p, int32_t tokens)
{
	if (p->variant == READ_SIDE)
		return false;
	p->max_tokens = (int32_t)min_i64(p->max_tokens, tokens);
	p->min_tokens = (int32_t)min_i64(p->min_tokens, p->max_tokens);
	p->is_whole = true;
	return true;
}

const struct strategy strategy_threshold = {
	.name = "threshold",
	.summary = "whole at native resolution, tiles beyond a threshold",
	.formula = "ceil(h / f) ceil(w / f), beyond max-tokens and tiles too",
	.variants = variants,
	.needs = NEED_TILE | NEED_PATCH | NEED_MAX_TILES | NEED_MAX_TOKENS | NEED_RATIO,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.min_pixels = "the limits are on tokens",
			.max_pixels = "the limits are on tokens",
		},
};
