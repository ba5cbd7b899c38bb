/* naflex: the scale that gives a number of patches is searched by bisection, sides rounded up to
 * whole tokens (SigLIP 2 NaFlex as Phi-4 Reasoning Vision and Isaac use it).
 *
 *     f = patch * merge;  side(s) = max(f, ceil(side s / f) * f);  n(s) = patches of both sides
 *     standard:  at most (W // patch) (H // patch) patches, 1 at least, and that number between
 *         min_patches and max_patches; s from 1e-6 to 100, the largest that keeps to it
 *     between:  sides up to multiples of f;  fewer than min_patches: s from 1 to 100, the least
 *         that reaches them;  more than max_patches: s from 1e-6 to 1, the largest that keeps to
 *         them
 *     each search ends when its interval is below 1e-5;  V = n / merge^2
 *
 * So a search may miss its limit where no scale of the interval meets it: thin and tiny pictures
 * stay below min_patches.
 * Reads patch, merge, min_patches, max_patches. Source: image_processing_siglip2.py of
 * huggingface/transformers with the clamp of processors/phi4_visionr.py, and
 * processors/isaac.py, of vllm-project/vllm (November 2026). */
#include "core/strategy.h"

#include "base/unit.h"
#include "core/trace.h"

enum { READ_STANDARD, READ_BETWEEN };
static const char *const variants[] = {"standard", "between", NULL};

static const double precision = 1e-5, scale_most = 100;

/* Whole tokens along one side; a number, since nothing limits it during the search. */
static double tokens_at(int64_t side, double scale, int64_t f)
{
	return max_num(1, ceil((double)side * scale / (double)f));
}

static double patches_at(const struct processor *p, struct extent in, double scale)
{
	int64_t f = (int64_t)p->patch * p->merge;
	double merge = p->merge;

	return tokens_at(in.w, scale, f) * merge * (tokens_at(in.h, scale, f) * merge);
}

/* Halves the interval until it is narrow. The one of its ends that meets the limit is returned;
 * at_least: the upper one, as the scale is to be the least. */
static double search(const struct processor *p, struct extent in, double low, double high,
		     int64_t patches, bool at_least)
{
	while (high - low >= precision) {
		double scale = (low + high) / 2, n = patches_at(p, in, scale);
		bool enough = at_least ? n >= (double)patches : n > (double)patches;
		if (enough)
			high = scale;
		else
			low = scale;
	}
	return at_least ? high : low;
}

static double scale_standard(const struct processor *p, struct extent in)
{
	int64_t n = max_i64((in.w / p->patch) * (in.h / p->patch), 1);

	n = min_i64(max_i64(n, p->min_patches), p->max_patches);
	return search(p, in, precision / 10, scale_most, n, false);
}

static double scale_between(const struct processor *p, struct extent in)
{
	double n = patches_at(p, in, 1);

	if (n < p->min_patches)
		return search(p, in, 1, scale_most, p->min_patches, true);
	return n > p->max_patches ? search(p, in, precision / 10, 1, p->max_patches, false) : 1;
}

static void trace_scaled(const struct processor *p, double scale, struct extent grid,
			 const struct count *out, struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	char least[UNIT_TEXT], most[UNIT_TEXT];

	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, WORD_PX, scale != 1,
		   "scaled by %.3g for %s to %s patches, up to multiples of %d", scale,
		   unit_grouped(least, p->min_patches), unit_grouped(most, p->max_patches), (int)f);
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1, (double)f, false);
	trace_step(t, STEP_PATCH, out->resized_w / p->patch, out->resized_h / p->patch,
		   out->encoder_patches, WORD_PATCHES, false, "patches of %d pixels",
		   (int)p->patch);
	trace_merged(p, grid.w, grid.h, out->visual, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct extent in = {width, height};
	int64_t f = (int64_t)p->patch * p->merge;
	double scale = p->variant == READ_BETWEEN ? scale_between(p, in) : scale_standard(p, in);
	struct extent grid = {(int64_t)tokens_at(width, scale, f),
			      (int64_t)tokens_at(height, scale, f)};

	out->visual = grid.w * grid.h;
	out->resized_w = grid.w * f;
	out->resized_h = grid.h * f;
	out->tiles = 1;
	out->encoder_patches = out->visual * p->merge * p->merge;
	count_special(p, false, 0, grid.h, out);
	if (t)
		trace_scaled(p, scale, grid, out, t);
}

/* max_num_patches, merge^2 of them a token. */
static bool cap(struct processor *p, int32_t tokens)
{
	p->max_patches = (int32_t)min_i64(p->max_patches, (int64_t)tokens * p->merge * p->merge);
	p->min_patches = (int32_t)min_i64(p->min_patches, p->max_patches);
	return true;
}

const struct strategy strategy_naflex = {
	.name = "naflex",
	.summary = "scaled to a number of patches, found by bisection",
	.formula = "n / merge^2, min-patches <= n(s) <= max-patches",
	.variants = variants,
	.needs = NEED_PATCH | NEED_MAX_PATCHES,
	.count = count,
	.cap = cap,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the limits are on patches",
			.max_pixels = "the limits are on patches",
		},
};
