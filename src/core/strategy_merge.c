/* merge: native resolution through a smart resize, then spatial merging of merge x merge
 * patches into one token (Qwen2-VL and everything that took its processor).
 *
 *     f = patch * merge;  h = round(H / f) * f, w likewise, halves to even
 *     h * w > max_pixels:  b = sqrt(H W / max);  h = max(f, floor(H / b / f) * f), w
 *         likewise
 *     h * w < min_pixels:  b = sqrt(min / (H W)); h = ceil(H * b / f) * f, w likewise
 *     V = (h / patch) (w / patch) / merge^2
 *
 * The result is not checked again: beside the cap an extreme shape may exceed
 * max_pixels, and a floor result may too.
 * Reads patch, merge, min_pixels, max_pixels, max_aspect (beyond it the processor
 * raises), visual_per_row and visual_per_image (learned row ends of HunyuanVL and Emu3).
 * Variants glm, paddle and ovis enlarge small images first, grown as glm does, but an image is
 * one frame of its limits; variant float32 is llama.cpp's reading (core/smart_resize.h).
 * Source: image_processing_qwen2_vl.py, _glm4v.py, _paddleocr_vl.py, _hunyuan_vl.py,
 * _emu3.py of huggingface/transformers (main of 2026-08-19), _cosmos3_edge.py of it (November
 * 2026); modeling_ovis.py of AIDC-AI/Ovis. */
#include "core/strategy.h"

#include "base/unit.h"
#include "core/smart_resize.h"
#include "core/trace.h"

enum { READ_STANDARD, READ_GLM, READ_PADDLE, READ_OVIS, READ_FLOAT32, READ_GROWN };
static const char *const variants[] = {"standard", "glm",   "paddle", "ovis",
				       "float32",  "grown", NULL};

/* Pictures that share the limits of area: GLM counts an image as two frames. */
static inline int64_t frames_of(const struct processor *p)
{
	return p->variant == READ_GLM ? 2 : 1;
}

/* Enlarges until both sides reach the factor: int() truncates. */
static struct extent grow_glm(struct extent in, int64_t f)
{
	if (in.w >= f && in.h >= f)
		return in;
	double s = max_num((double)f / (double)in.h, (double)f / (double)in.w);
	return (struct extent){(int64_t)((double)in.w * s), (int64_t)((double)in.h * s)};
}

static struct extent grow_paddle(struct extent in, int64_t f)
{
	if (in.h < f) {
		in.w = round_even(int_quotient(in.w * f, in.h));
		in.h = f;
	}
	if (in.w < f) {
		in.h = round_even(int_quotient(in.h * f, in.w));
		in.w = f;
	}
	return in;
}

/* Never raises: a small image grows, otherwise the longer side is cut to max_aspect times
 * the shorter. */
static struct extent grow_ovis(const struct processor *p, struct extent in, int64_t f)
{
	if (in.w < f || in.h < f) {
		if (in.h < in.w)
			return (struct extent){round_even((double)f / (double)in.h * (double)in.w),
					       f};
		return (struct extent){f, round_even((double)f / (double)in.w * (double)in.h)};
	}
	if (p->max_aspect <= 0)
		return in;
	if (in.w > in.h && (double)in.w / (double)in.h > p->max_aspect)
		in.w = (int64_t)(p->max_aspect * (double)in.h);
	else if ((double)in.h / (double)in.w > p->max_aspect)
		in.h = (int64_t)(p->max_aspect * (double)in.w);
	return in;
}

static struct extent grow(const struct processor *p, struct extent in, int64_t f)
{
	switch (p->variant) {
	case READ_GLM:
	case READ_GROWN:
		return grow_glm(in, f);
	case READ_PADDLE:
		return grow_paddle(in, f);
	case READ_OVIS:
		return grow_ovis(p, in, f);
	}
	return in;
}

/* Nearly always within the whole part of the limit, which needs no division. */
static inline bool is_too_long(const struct processor *p, struct extent in)
{
	int64_t longer = max_i64(in.w, in.h), shorter = min_i64(in.w, in.h);
	double limit = p->max_aspect;

	return limit > 0 && longer > (int64_t)limit * shorter &&
	       (double)longer / (double)shorter > limit;
}

static void trace_resize(const struct processor *p, struct extent before, struct extent grown,
			 struct extent size, enum smart_limit limit, struct trace *t)
{
	int f = p->patch * p->merge;
	char px[UNIT_TEXT];

	if (grown.w != before.w || grown.h != before.h)
		trace_step(t, STEP_RESIZE, grown.w, grown.h, 0, WORD_PX, true,
			   grown.w < before.w || grown.h < before.h
				   ? "longer side cut to %.4g times the shorter"
				   : "enlarged until a side reaches %.4g pixels",
			   grown.w < before.w || grown.h < before.h ? p->max_aspect : (double)f);
	switch (limit) {
	case SMART_FREE:
		trace_step(t, STEP_RESIZE, size.w, size.h, 0, WORD_PX, false,
			   "rounded to multiples of %d", f);
		break;
	case SMART_CAPPED:
		trace_step(t, STEP_RESIZE, size.w, size.h, 0, WORD_PX, true,
			   "pixel cap %s, multiples of %d", unit_grouped(px, p->max_pixels), f);
		break;
	case SMART_RAISED:
		trace_step(t, STEP_RESIZE, size.w, size.h, 0, WORD_PX, true,
			   "pixel floor %s, multiples of %d", unit_grouped(px, p->min_pixels), f);
		break;
	}
}

static void trace_merge(const struct processor *p, struct extent tokens, struct extent patches,
			const struct count *out, struct trace *t)
{
	int64_t cols = tokens.w, rows = tokens.h;

	trace_step(t, STEP_PATCH, patches.w, patches.h, patches.w * patches.h, WORD_PATCHES, false,
		   "patches of %d pixels", (int)p->patch);
	trace_merged(p, cols, rows, cols * rows, t);
	if (p->visual_per_row)
		trace_step(t, STEP_NEWLINE, 0, rows, p->visual_per_row * rows, WORD_TOKENS, false,
			   "a learned row end for each row");
	if (p->visual_per_image)
		trace_step(t, STEP_NEWLINE, 0, 0, p->visual_per_image, WORD_TOKENS, false,
			   "learned begin and end of the image");
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1,
		     (double)(p->patch * p->merge), false);
}

/* Apart from the count, whose registers it would take. */
COLD static void trace_all(const struct processor *p, struct extent before, struct extent grown,
			   struct extent tokens, enum smart_limit limit, const struct count *out,
			   struct trace *t)
{
	struct extent size = {out->resized_w, out->resized_h};
	struct extent patches = {tokens.w * p->merge, tokens.h * p->merge};

	trace_resize(p, before, grown, size, limit, t);
	trace_merge(p, tokens, patches, out, t);
}

static inline struct smart_limits limits_of(const struct processor *p, int64_t f)
{
	return (struct smart_limits){
		.factor = f,
		.least = p->variant != READ_OVIS,
		.frames = frames_of(p),
		.counted_frames = frames_of(p),
		.min_pixels = p->min_pixels,
		.max_pixels = p->max_pixels,
	};
}

/* What follows from the tokens along the sides. */
static inline void fill(const struct processor *p, struct extent tokens, int64_t f,
			struct count *out)
{
	int64_t n = tokens.w * tokens.h;

	out->visual = n + p->visual_per_row * tokens.h + p->visual_per_image;
	out->resized_w = tokens.w * f;
	out->resized_h = tokens.h * f;
	out->tiles = 1;
	out->encoder_patches = n * p->merge * p->merge;
	count_special(p, false, 0, tokens.h, out);
}

APART static void refuse_aspect(const struct processor *p, int64_t width, int64_t height,
				struct count *out, struct trace *t)
{
	count_refuse(out, t, REFUSED_ASPECT,
		     (struct refusal_facts){.limit = p->max_aspect,
					    .a = max_i64(width, height),
					    .b = min_i64(width, height)});
}

/* The end of every way: a side may have shrunk to nothing where there is no pixel floor. */
static inline bool finish(const struct processor *p, struct extent tokens, int64_t f,
			  struct count *out, struct trace *t)
{
	if (tokens.w < 1 || tokens.h < 1) {
		count_refuse(out, t, REFUSED_SIDE, (struct refusal_facts){0});
		return false;
	}
	fill(p, tokens, f, out);
	return true;
}

/* Any variant, with or without a trace. */
APART static void count_any(const struct processor *p, int64_t width, int64_t height,
			    struct count *out, struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	struct extent before = {width, height}, in = grow(p, before, f);
	struct smart_limits l = limits_of(p, f);
	enum smart_limit limit;

	if (p->variant != READ_OVIS && is_too_long(p, in)) {
		refuse_aspect(p, in.w, in.h, out, t);
		return;
	}
	struct extent tokens = p->variant == READ_FLOAT32 ? smart_resize_f32(&l, in, &limit)
							  : smart_resize(&l, in, &limit);
	if (finish(p, tokens, f, out, t) && t)
		trace_all(p, before, in, tokens, limit, out, t);
}

/* The standard variant where a limit binds. */
APART static void count_limited(const struct processor *p, int64_t width, int64_t height,
				struct count *out, enum smart_limit limit)
{
	int64_t f = (int64_t)p->patch * p->merge;
	struct smart_limits l = limits_of(p, f);

	finish(p, smart_limited(&l, (struct extent){width, height}, limit), f, out, NULL);
}

/* The usual picture of the standard variant is within all limits: two quotients, and nothing called
 * for which registers had to be saved. */
static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct extent in = {width, height};

	if (p->variant != READ_STANDARD || t) {
		count_any(p, width, height, out, t);
		return;
	}
	if (is_too_long(p, in)) {
		refuse_aspect(p, width, height, out, t);
		return;
	}
	int64_t f = (int64_t)p->patch * p->merge;
	struct smart_limits l = limits_of(p, f);
	struct extent tokens = smart_rounded(in, f);
	enum smart_limit limit = smart_limit_of(&l, tokens);
	if (limit != SMART_FREE)
		count_limited(p, width, height, out, limit);
	else if (tokens.w < 1 || tokens.h < 1)
		count_any(p, width, height, out, t);
	else
		fill(p, tokens, f, out);
}

/* Between the limits everything rises, beyond one of them the shape decides. What enlarges small
 * pictures, and what cuts or refuses long ones, must be the same all over the box. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	int64_t f = (int64_t)p->patch * p->merge, frames = frames_of(p);
	int64_t least = frames * (b->w1 / f) * (b->h1 / f) * f * f,
		most = frames * ceil_div(b->w2, f) * ceil_div(b->h2, f) * f * f;
	int64_t longest = max_i64(ceil_div(b->w2, b->h1), ceil_div(b->h2, b->w1));
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	/* single precision: a pixel of a side must be more than its last bits */
	if (b->w1 < f || b->h1 < f ||
	    (p->variant == READ_FLOAT32 && max_i64(b->w2, b->h2) > 200000))
		return of;
	if (p->max_aspect > 0 && (double)longest > p->max_aspect)
		return of;
	bool is_capped = p->max_pixels > 0 && least > p->max_pixels;
	bool is_within = p->max_pixels == 0 || most <= p->max_pixels;
	if (is_capped || (is_within && most < p->min_pixels))
		of = (struct piece_of){.piece = PIECE_TILTED, .is_product = true};
	else if (is_within && least >= p->min_pixels)
		of.piece = PIECE_RISING;
	return of;
}

/* An area of so many cells: max_pixels, size.longest_edge, --image-max-tokens. */
static bool cap(struct processor *p, int32_t tokens)
{
	int64_t f = (int64_t)p->patch * p->merge, area = tokens * f * f * frames_of(p);

	if (p->max_pixels == 0 || area < p->max_pixels)
		p->max_pixels = area;
	p->min_pixels = min_i64(p->min_pixels, p->max_pixels);
	return true;
}

const struct strategy strategy_merge = {
	.name = "merge",
	.summary = "native resolution, smart resize, patches merged",
	.formula = "(h / f)(w / f), f = patch merge; h = round(H / f) f",
	.variants = variants,
	.needs = NEED_PATCH,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
		},
};
