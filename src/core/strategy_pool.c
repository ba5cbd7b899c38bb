/* pool: a fixed square, average-pooled pool x pool (Gemma 3), with or without
 * pan-and-scan.
 *
 *     V per square = floor(floor(tile / patch) / pool)^2
 *     pan-and-scan, on the longer and the shorter side:
 *         longer / shorter < ratio: no crops
 *         n = min(floor(longer / min_crop), floor(longer / shorter + 0.5));  n =
 *         min(max_tiles, max(2, n))
 *         a crop is ceil(longer / n) x shorter; if a side of it is below
 *         min_crop: no crops
 *     V = (1 + n) * V per square
 *
 * Reads tile, patch, pool, and for variant pan-and-scan min_crop, max_tiles, ratio.
 * Source: image_processing_gemma3.py of huggingface/transformers (main of 2026-08-19). */
#include "core/strategy.h"

#include "core/trace.h"

enum { READ_STANDARD, READ_PAN_AND_SCAN };
static const char *const variants[] = {"standard", "pan-and-scan", NULL};

/* The half goes up here: int(math.floor(x + 0.5)), not Python's round. */
static int64_t crops(const struct processor *p, int64_t longer, int64_t shorter)
{
	double aspect = (double)longer / (double)shorter;

	if (p->variant != READ_PAN_AND_SCAN || aspect < p->ratio)
		return 0;
	int64_t n = min_i64(longer / p->min_crop, floor_int(aspect + 0.5));
	n = min_i64(p->max_tiles, max_i64(2, n));
	if (p->max_grid > 0)
		n = min_i64(n, p->max_grid);
	return min_i64(ceil_div(longer, n), shorter) < p->min_crop ? 0 : n;
}

static void trace_pool(const struct processor *p, int64_t width, int64_t height, int64_t n,
		       const struct count *out, struct trace *t)
{
	int64_t patches = side_patches(p, p->tile), side = patches / p->pool;
	int64_t cols = width >= height ? max_i64(n, 1) : 1,
		rows = width >= height ? 1 : max_i64(n, 1);

	if (n > 0)
		trace_step(t, STEP_TILE, cols, rows, out->tiles, WORD_TILES, n == p->max_tiles,
			   "%d crops along the longer side, and the whole image", (int)n);
	else
		trace_step(t, STEP_TILE, 1, 1, 1, WORD_TILES, false,
			   p->variant == READ_PAN_AND_SCAN
				   ? "no crops: the shape does not ask for them"
				   : "one encoder input");
	trace_step(t, STEP_RESIZE, p->tile, p->tile, 0, WORD_PX, true, "one square for every %s",
		   n > 0 ? "crop" : "image");
	trace_canvas(t, (struct extent){p->tile * cols, p->tile * rows}, cols, rows,
		     (double)(p->patch * p->pool), n > 0);
	trace_step(t, STEP_PATCH, patches, patches, out->encoder_patches, WORD_PATCHES, false,
		   out->tiles == 1 ? "patches of %d pixels"
				   : "patches of %d pixels in each of %d squares",
		   (int)p->patch, (int)out->tiles);
	trace_step(t, STEP_POOL, side, side, out->visual, WORD_TOKENS, false,
		   "averaged %d x %d to one token", (int)p->pool, (int)p->pool);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t n = crops(p, max_i64(width, height), min_i64(width, height));
	int64_t patches = side_patches(p, p->tile), side = patches / p->pool;

	out->tiles = 1 + n;
	out->visual = out->tiles * side * side;
	out->resized_w = out->resized_h = p->tile;
	out->encoder_patches = out->tiles * patches * patches;
	count_special(p, n > 0, n, 0, out);
	if (t)
		trace_pool(p, width, height, n, out, t);
}

static const char *missing(const struct processor *p)
{
	if (p->variant != READ_PAN_AND_SCAN)
		return NULL;
	return p->min_crop < 1 ? "min-crop" : p->max_tiles < 1 ? "max-tiles" : NULL;
}

/* Without pan-and-scan the square is always the same. With it the shape decides, but where the
 * picture is short of crops. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	int64_t shorter = min_i64(b->w1, b->h1), aspect = 1 + max_i64(b->w2 / b->h1, b->h2 / b->w1);
	bool by_shape = p->variant != READ_PAN_AND_SCAN ||
			shorter >= p->min_crop * min_i64(max_i64(2, aspect + 1), p->max_tiles);

	return (struct piece_of){.piece = by_shape ? PIECE_CELLS : PIECE_UNKNOWN};
}

/* pan_and_scan_max_num_crops, two at least; do_pan_and_scan off. */
static bool cap(struct processor *p, int32_t tokens)
{
	int64_t side = side_patches(p, p->tile) / p->pool, all = tokens / max_i64(1, side * side);

	if (p->variant != READ_PAN_AND_SCAN || all < 1)
		return false;
	if (all < 3)
		p->variant = READ_STANDARD;
	else
		p->max_tiles = (int32_t)min_i64(p->max_tiles, all - 1);
	return true;
}

const struct strategy strategy_pool = {
	.name = "pool",
	.summary = "one square of a fixed size, average-pooled",
	.formula = "floor(tile / patch / pool)^2, times 1 + crops",
	.variants = variants,
	.needs = NEED_PATCH | NEED_TILE,
	.count = count,
	.cap = cap,
	.piece = piece,
	.missing = missing,
	.fixed =
		{
			.merge = "this family pools instead of merging patches",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the square has one size",
			.max_pixels = "the square has one size",
		},
};
