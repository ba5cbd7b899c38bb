/* tiles: the image is resized to a grid of square tiles, chosen by one of several rules
 * (core/grid.h), each tile becomes the same number of tokens, and where there are
 * several an overview of the whole image may join them (InternVL, Eagle, NVILA, Aya,
 * Command A, Llama 4, Ovis 2, Perception LM).
 *
 *     V = (cols * rows + overview) * tokens of a tile;  tokens of a tile =
 *         ceil(floor(tile / patch) / merge)^2
 *
 * Reads tile, patch, merge or tokens_per_tile, min_tiles, max_tiles, max_grid,
 * thumbnail, ratio (cover). Perception adds its overview to a single tile too. A tiny
 * image may get many tiles: canvases are filled, not only needed. Variant kept-f32
 * (llama.cpp) cuts as soon as one side is longer than a tile, and not before.
 * Source: internvl/train/dataset.py of OpenGVLab/InternVL, Eagle2_5 train/dataset.py of
 * NVlabs/Eagle, mm_utils.py of NVlabs/VILA, got_ocr2, cohere2_vision, llama4,
 * perception_lm and ovis2 of huggingface/transformers (main of 2026-08-19);
 * tools/mtmd/mtmd-image.cpp of ggml-org/llama.cpp. */
#include "core/strategy.h"

#include "core/grid.h"
#include "core/grid_sure.h"
#include "core/trace.h"

enum {
	READ_RATIO,
	READ_COVERAGE,
	READ_CANVAS,
	READ_CANVAS_F32,
	READ_PERCEPTION,
	READ_COVER,
	READ_KEPT
};
static const char *const variants[] = {"ratio",      "coverage", "canvas",   "canvas-f32",
				       "perception", "cover",    "kept-f32", NULL};

static bool is_cut(const struct processor *p, int64_t width, int64_t height)
{
	return width > p->tile || height > p->tile;
}

static struct grid choose(const struct processor *p, int64_t width, int64_t height)
{
	switch (p->variant) {
	case READ_COVERAGE:
		return grid_coverage(p, width, height);
	case READ_CANVAS:
		return grid_canvas(p, width, height);
	case READ_CANVAS_F32:
		return grid_canvas_f32(p, width, height);
	case READ_PERCEPTION:
		return grid_perception(p, width, height);
	case READ_COVER:
		return grid_cover(p, width, height);
	case READ_KEPT:
		return is_cut(p, width, height) ? grid_kept_f32(p, width, height)
						: (struct grid){1, 1};
	default:
		return grid_ratio(p, p->tile, width, height);
	}
}

static const char *rule(const struct processor *p)
{
	switch (p->variant) {
	case READ_COVERAGE:
		return "best share of area and likeness of shape";
	case READ_CANVAS:
	case READ_CANVAS_F32:
		return "canvas that enlarges least, else shrinks least";
	case READ_PERCEPTION:
		return "canvas that holds the image at its largest";
	case READ_COVER:
		return "fewest tiles that keep enough of the image";
	case READ_KEPT:
		return "canvas that keeps most of the image and wastes least";
	default:
		return "grid of the nearest aspect ratio";
	}
}

static void trace_tiles(const struct processor *p, struct grid g, int64_t width, int64_t height,
			bool overview, const struct count *out, struct trace *t)
{
	int64_t n = (int64_t)g.cols * g.rows, side = side_tokens(p, p->tile);
	bool capped = n == p->max_tiles;

	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, g.cols, g.rows,
		     p->tokens_per_tile || side == 0 ? 0 : (double)p->tile / (double)side,
		     overview);
	if (p->variant == READ_CANVAS_F32)
		trace_fit(t, width, height);
	trace_step(t, STEP_RESIZE, t->layout.content_w, t->layout.content_h, 0, WORD_PX, capped,
		   "%s%s", rule(p), capped ? ", at the tile cap" : "");
	if (t->layout.content_w != out->resized_w || t->layout.content_h != out->resized_h)
		trace_step(t, STEP_PAD, out->resized_w, out->resized_h, 0, WORD_PX, false,
			   "padded to whole tiles");
	trace_step(t, STEP_TILE, g.cols, g.rows, out->tiles, WORD_TILES, capped,
		   "%d x %d tiles of %d pixels%s", (int)g.cols, (int)g.rows, (int)p->tile,
		   overview ? ", and the overview" : "");
	trace_squares(p, p->tile, out->tiles, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct grid g = choose(p, width, height);
	int64_t n = (int64_t)g.cols * g.rows, side = side_patches(p, p->tile);
	bool overview = p->variant == READ_PERCEPTION || (p->thumbnail && n > 1) ||
			(p->variant == READ_KEPT && is_cut(p, width, height));

	out->tiles = n + overview;
	out->visual = out->tiles * tile_tokens(p, p->tile);
	out->resized_w = (int64_t)g.cols * p->tile;
	out->resized_h = (int64_t)g.rows * p->tile;
	out->encoder_patches = out->tiles * side * side;
	count_special(p, n > 1, n, n > 1 ? g.rows : 0, out);
	if (t)
		trace_tiles(p, g, width, height, overview, out, t);
}

static struct grid_choice choice_of(const struct processor *p, const struct box *b)
{
	switch (p->variant) {
	case READ_COVERAGE:
		return grid_sure_coverage(p, b);
	case READ_CANVAS:
	case READ_CANVAS_F32:
		return grid_sure_canvas(p, p->tile, b);
	case READ_PERCEPTION:
		return grid_sure_perception(p, b);
	case READ_COVER:
		return grid_sure_cover(p, b);
	case READ_KEPT:
		return (struct grid_choice){0};
	default:
		return grid_sure_ratio(p, p->tile, b);
	}
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	struct grid_choice c = choice_of(p, b);

	return (struct piece_of){
		.piece = c.is_one ? PIECE_TILTED : PIECE_UNKNOWN,
		.most_area = (double)c.most_tiles * p->tile * p->tile,
		.least_tokens = c.least_tiles * tile_tokens(p, p->tile),
	};
}

/* max_dynamic_patch, max_patches, max_num_tiles: tiles without the overview; one tile has none. */
static bool cap(struct processor *p, int32_t tokens)
{
	int64_t each = tile_tokens(p, p->tile), all = each > 0 ? tokens / each : 0;
	int64_t overview = p->thumbnail || p->variant == READ_PERCEPTION;

	if (all < 1 || p->variant == READ_KEPT)
		return false;
	p->max_tiles = (int32_t)min_i64(p->max_tiles, max_i64(1, all - overview));
	p->min_tiles = (int32_t)min_i64(p->min_tiles, p->max_tiles);
	return p->variant != READ_PERCEPTION || all >= 2;
}

const struct strategy strategy_tiles = {
	.name = "tiles",
	.summary = "a grid of square tiles, and an overview",
	.formula = "(cols rows + 1) ceil(tile / patch / merge)^2",
	.variants = variants,
	.needs = NEED_TILE | NEED_MAX_TILES | NEED_PATCH_OR_TOKENS,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.min_pixels = "the grid of tiles decides",
			.max_pixels = "the grid of tiles decides",
		},
};
