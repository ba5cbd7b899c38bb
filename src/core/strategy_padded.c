/* padded: native size padded to whole tokens, enlarged or shrunk to stay between two numbers of
 * tokens (GLM-5-Next).
 *
 *     f = patch * merge;  h = ceil(H / f) * f, w likewise
 *     fewer than min_tokens:  s = sqrt(min_tokens f^2 / (H W)), sides ceil(ceil(side s) / f) * f
 *     more than max_tokens:  the largest whole height H' of 1..H, by bisection, with W' =
 *         max(1, floor(W H' / H)), whose padded sides keep to max_tokens; none: one token
 *     V = (h / f) (w / f)
 *
 * The content keeps its shape; the rest of the sides is padding. The limits are of two frames
 * there, and an image is two equal ones: frames cancel.
 * Reads patch, merge, min_tokens, max_tokens. Source: image_processing_glm5_next.py of
 * huggingface/transformers (November 2026). */
#include "core/padded.h"

#include "base/unit.h"
#include "core/strategy.h"
#include "core/trace.h"

static struct extent tokens_of(struct extent px, int64_t f)
{
	return (struct extent){ceil_div(px.w, f), ceil_div(px.h, f)};
}

static int64_t area_of(const struct padded_limits *l, struct extent grid)
{
	return l->whole_frames * (grid.w * l->factor) * (grid.h * l->factor);
}

static struct extent enlarged(const struct padded_limits *l, struct extent in)
{
	double s = sqrt(int_quotient(l->min_pixels, l->frames * in.w * in.h));
	struct extent content = {max_i64(1, ceil_int((double)in.w * s)),
				 max_i64(1, ceil_int((double)in.h * s))};

	return tokens_of(content, l->factor);
}

static struct extent shrunk(const struct padded_limits *l, struct extent in)
{
	struct extent best = {1, 1};
	int64_t low = 1, high = in.h;

	while (low <= high) {
		int64_t h = (low + high) / 2;
		struct extent content = {max_i64(1, floor_int(int_quotient(in.w * h, in.h))), h};
		struct extent grid = tokens_of(content, l->factor);
		if (area_of(l, grid) <= l->max_pixels) {
			best = grid;
			low = h + 1;
		} else {
			high = h - 1;
		}
	}
	return best;
}

struct extent padded_grid(const struct padded_limits *l, struct extent in, bool *is_raised)
{
	struct extent grid = tokens_of(in, l->factor);

	*is_raised = area_of(l, grid) < l->min_pixels;
	if (*is_raised)
		grid = enlarged(l, in);
	if (area_of(l, grid) > l->max_pixels)
		grid = shrunk(l, in);
	return grid;
}

/* Where the picture lies: top left, never larger than it came unless the floor enlarged it. */
static struct extent content_of(struct extent canvas, struct extent in, bool raised)
{
	double s = min_num((double)canvas.h / (double)in.h, (double)canvas.w / (double)in.w);

	if (!raised)
		s = min_num(1, s);
	return (struct extent){max_i64(1, min_i64(canvas.w, floor_int((double)in.w * s))),
			       max_i64(1, min_i64(canvas.h, floor_int((double)in.h * s)))};
}

static void trace_padded(const struct processor *p, struct extent in, struct extent grid,
			 const struct count *out, struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	bool raised = in.w * in.h < p->min_tokens * f * f;
	struct extent canvas = {out->resized_w, out->resized_h};
	struct extent content = content_of(canvas, in, raised);
	bool capped = content.w < in.w || content.h < in.h;
	char limit[UNIT_TEXT];

	trace_step(t, STEP_RESIZE, content.w, content.h, 0, WORD_PX, raised || capped,
		   raised   ? "at least %s tokens"
		   : capped ? "at most %s tokens"
			    : "below the cap of %s tokens: kept",
		   unit_grouped(limit, raised ? p->min_tokens : p->max_tokens));
	trace_canvas(t, canvas, 1, 1, (double)f, false);
	trace_content(t, 0, 0, content);
	trace_step(t, STEP_PAD, canvas.w, canvas.h, 0, WORD_PX, false, "padded to multiples of %d",
		   (int)f);
	trace_step(t, STEP_PATCH, canvas.w / p->patch, canvas.h / p->patch, out->encoder_patches,
		   WORD_PATCHES, false, "patches of %d pixels", (int)p->patch);
	trace_merged(p, grid.w, grid.h, out->visual, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	struct padded_limits l = {.factor = f,
				  .frames = 1,
				  .whole_frames = 1,
				  .min_pixels = p->min_tokens * f * f,
				  .max_pixels = p->max_tokens * f * f};
	struct extent in = {width, height};
	bool is_raised;
	struct extent grid = padded_grid(&l, in, &is_raised);

	out->visual = grid.w * grid.h;
	out->resized_w = grid.w * f;
	out->resized_h = grid.h * f;
	out->tiles = 1;
	out->encoder_patches = out->visual * p->merge * p->merge;
	count_special(p, false, 0, grid.h, out);
	if (t)
		trace_padded(p, in, grid, out, t);
}

/* Between the limits the picture is only padded. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	int64_t f = (int64_t)p->patch * p->merge;
	struct extent least = tokens_of((struct extent){b->w1, b->h1}, f),
		      most = tokens_of((struct extent){b->w2, b->h2}, f);
	bool is_free = least.w * least.h >= p->min_tokens && most.w * most.h <= p->max_tokens;

	return (struct piece_of){.piece = is_free ? PIECE_RISING : PIECE_UNKNOWN};
}

const struct strategy strategy_padded = {
	.name = "padded",
	.summary = "native size padded, between two numbers of tokens",
	.formula = "ceil(H / f) ceil(W / f), min-tokens to max-tokens",
	.needs = NEED_PATCH | NEED_MAX_TOKENS,
	.count = count,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the limits are on tokens",
			.max_pixels = "the limits are on tokens",
		},
};
