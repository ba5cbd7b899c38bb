/* rows: native resolution under a longest side, a break token after every row of tokens
 * (Pixtral, Mistral Small).
 *
 *     P = patch * merge;  r = max(H / longest_edge, W / longest_edge);  r > 1: H =
 *         floor(H / r), W likewise
 *     rows = (H - 1) // P + 1, cols likewise;  V = rows * cols;  specials: one per
 *         row, the last of them ends the image
 *     unmerged (LightOnOCR): rows and cols with P = patch, then V = floor(rows /
 *         merge) * floor(cols / merge)
 *
 *     longest-f32 (llama.cpp): scaled up or down to the longest side, then ceil to P, in
 *         single precision
 *
 * The others never enlarge. Variant even rounds half to even where standard rounds down
 * (mistral-common); native has no longest side (NeoMME).
 * Reads patch, merge, longest_edge, special_per_row. Source: pixtral and lighton_ocr of
 * huggingface/transformers (main of 2026-08-19); tokens/tokenizers/image.py of
 * mistralai/mistral-common; tools/mtmd/mtmd-image.cpp of ggml-org/llama.cpp; neomme of
 * huggingface/transformers (November 2026). */
#include "core/strategy.h"

#include "core/trace.h"

enum { READ_STANDARD, READ_EVEN, READ_UNMERGED, READ_LONGEST, READ_NATIVE };
static const char *const variants[] = {"standard",    "even",   "unmerged",
				       "longest-f32", "native", NULL};

/* Brings the longer side to the longest edge and rounds both up to multiples of `to`. */
static struct extent longest_f32(const struct processor *p, int64_t width, int64_t height,
				 int64_t to)
{
	float across = (float)p->longest_edge / (float)width;
	float down = (float)p->longest_edge / (float)height;
	float scale = down < across ? down : across;

	return (struct extent){(int64_t)ceilf((float)width * scale / (float)to) * to,
			       (int64_t)ceilf((float)height * scale / (float)to) * to};
}

static struct extent shrink(const struct processor *p, int64_t width, int64_t height)
{
	double w = (double)width, h = (double)height, most = p->longest_edge;
	double r = max_num(h / most, w / most);

	if (p->variant == READ_NATIVE || !(r > 1))
		return (struct extent){width, height};
	if (p->variant == READ_EVEN)
		return (struct extent){round_even(w / r), round_even(h / r)};
	return (struct extent){floor_int(w / r), floor_int(h / r)};
}

static void trace_rows(const struct processor *p, struct extent fit, bool shrunk,
		       struct extent grid, int64_t side, const struct count *out, struct trace *t)
{
	if (p->variant != READ_NATIVE)
		trace_step(t, STEP_RESIZE, fit.w, fit.h, 0, WORD_PX, shrunk,
			   shrunk ? "longest side %d" : "longest side %d: kept",
			   (int)p->longest_edge);
	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, WORD_PX, false,
		   "up to multiples of %d", (int)side);
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1,
		     (double)(p->patch * p->merge), false);
	trace_step(t, STEP_PATCH, out->resized_w / p->patch, out->resized_h / p->patch,
		   out->encoder_patches, WORD_PATCHES, false, "patches of %d pixels",
		   (int)p->patch);
	trace_merged(p, grid.w, grid.h, out->visual, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t merge = p->variant == READ_UNMERGED ? 1 : p->merge, side = p->patch * merge;
	struct extent fit = p->variant == READ_LONGEST ? longest_f32(p, width, height, side)
						       : shrink(p, width, height);

	if (fit.w < 1 || fit.h < 1) {
		count_refuse(out, t, REFUSED_LONGEST, (struct refusal_facts){.a = p->longest_edge});
		return;
	}
	struct extent grid = {ceil_div(fit.w, side), ceil_div(fit.h, side)};
	out->resized_w = grid.w * side;
	out->resized_h = grid.h * side;
	out->tiles = 1;
	out->encoder_patches = grid.w * merge * grid.h * merge;
	if (p->variant == READ_UNMERGED)
		grid = (struct extent){grid.w / p->merge, grid.h / p->merge};
	out->visual = min_i64(grid.w * grid.h, COUNT_MAX); /* native has no cap */
	count_special(p, false, 0, grid.h, out);
	if (t)
		trace_rows(p, fit, fit.w != width || fit.h != height, grid, side, out, t);
}

static const char *missing(const struct processor *p)
{
	return p->variant != READ_NATIVE && p->longest_edge < 1 ? "longest-edge" : NULL;
}

/* Within the longest side everything rises, beyond it the shape decides. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	int64_t side = p->patch * (p->variant == READ_UNMERGED ? 1 : p->merge);
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (p->variant == READ_LONGEST)
		return of;
	if (p->variant == READ_NATIVE || (b->w2 <= p->longest_edge && b->h2 <= p->longest_edge))
		of.piece = PIECE_RISING;
	else if ((b->w1 > p->longest_edge || b->h1 > p->longest_edge) &&
		 p->longest_edge % side != 1) /* the longer side may come out one pixel short */
		of.piece = PIECE_TILTED;
	return of;
}

/* size.longest_edge: the largest square of so many tokens. */
static bool cap(struct processor *p, int32_t tokens)
{
	int64_t edge = (int64_t)p->patch * p->merge * (int64_t)sqrt((double)tokens);

	if (p->variant == READ_NATIVE) /* how it would shrink was not read */
		return false;
	if (p->variant == READ_LONGEST) /* single precision may come out above it, and goes up */
		edge--;
	p->longest_edge = (int32_t)min_i64(p->longest_edge, edge);
	return true;
}

const struct strategy strategy_rows = {
	.name = "rows",
	.summary = "native resolution under a longest side, row breaks",
	.formula = "ceil(h / P) ceil(w / P), P = patch merge; a break each row",
	.variants = variants,
	.needs = NEED_PATCH,
	.count = count,
	.cap = cap,
	.piece = piece,
	.missing = missing,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "nothing is enlarged",
			.max_pixels = "the limit is on the longest side",
		},
};
