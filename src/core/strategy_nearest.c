/* nearest: whole tokens nearest to the native shape, under a cap of tokens (Muse Glimmer).
 *
 *     f = patch * merge;  a = H / f, b = W / f, real;  a b > max_tokens: r = b / a, a = sqrt(max_tokens / r), b = a r
 *     of {floor a, ceil a} x {floor b, ceil b}, both >= 1 and product <= max_tokens, the least |rows / cols - H / W|;
 *     none: (max(1, round a), max(1, round b)), halves to even
 *
 * Squares tie exactly between (k, k) and (k + 1, k + 1): the real code takes whichever a set of Python tuples yields
 * first, which has no rule. Here the larger one wins, as it did in every case on record; `note` of the section says so.
 * Reads patch, merge, max_tokens. Source: muse_glimmer of huggingface/transformers (main of 2026-08-19). */
#include "core/strategy.h"

#include "core/trace.h"

static struct extent nearest(const struct processor *p, double a, double b, double aspect)
{
	struct extent best = {0, 0};
	double best_difference = INFINITY;

	for (int64_t rows = floor_int(a); rows <= ceil_int(a); rows++)
		for (int64_t cols = floor_int(b); cols <= ceil_int(b); cols++) {
			if (rows < 1 || cols < 1 || rows * cols > p->max_tokens)
				continue;
			double difference = fabs((double)rows / (double)cols - aspect);
			if (difference <= best_difference) { /* the larger of equals */
				best = (struct extent){cols, rows};
				best_difference = difference;
			}
		}
	if (best.w == 0)
		best = (struct extent){max_i64(1, round_even(b)), max_i64(1, round_even(a))};
	return best;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out, struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	double a = (double)height / (double)f, b = (double)width / (double)f, r = b / a;
	bool capped = a * b > p->max_tokens;

	if (capped) {
		a = sqrt(p->max_tokens / r);
		b = a * r;
	}
	struct extent grid = nearest(p, a, b, (double)height / (double)width);

	out->visual = grid.w * grid.h;
	out->resized_w = grid.w * f;
	out->resized_h = grid.h * f;
	out->tiles = 1;
	out->encoder_patches = out->visual * p->merge * p->merge;
	count_special(p, false, 0, grid.h, out);
	if (!t)
		return;
	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, UNIT_PX, capped,
		   capped ? "token cap %d, nearest shape" : "below the token cap %d, nearest shape",
		   (int)p->max_tokens);
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1, (double)f, false);
	trace_step(t, STEP_PATCH, grid.w * p->merge, grid.h * p->merge, out->encoder_patches, UNIT_PATCHES, false,
		   "patches of %d pixels", (int)p->patch);
	trace_step(t, STEP_MERGE, grid.w, grid.h, out->visual, UNIT_TOKENS, false, "%d x %d patches become one token",
		   (int)p->merge, (int)p->merge);
}

const struct strategy strategy_nearest = {
	.name = "nearest",
	.summary = "whole tokens nearest to the native shape, under a cap",
	.needs = NEED_PATCH | NEED_MAX_TOKENS,
	.count = count,
	.fixed = {
		.pool = "this family merges patches instead of pooling",
		.grid_k = "this family cuts no tiles",
		.min_pixels = "the limit is on tokens",
		.max_pixels = "the limit is on tokens",
	},
};
