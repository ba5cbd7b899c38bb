/* Patches of the padded image, with a limit for the padded side and one for the tokens (Claude).
 *
 *	tokens(w, h) = ceil(w / p) ceil(h / p)
 *	kept as it is if ceil(side / p) p <= longest-edge for both sides and tokens <=
 *	max-tokens; otherwise the largest size of the same aspect that fits, found by binary
 *	search over the longer side; the shorter side is longer / aspect rounded half to even,
 *	at least 1. Padding to whole patches costs nothing more.
 *
 * Reads patch, longest_edge, max_tokens. Source: Anthropic, Vision guide and its page on
 * coordinates, 2026-06 and 2026-08. */
#include <math.h>

#include "core/hosted_rule.h"
#include "core/strategy.h"

static int64_t along(const struct processor *p, int64_t side)
{
	return (side + p->patch - 1) / p->patch;
}

static bool fits(const struct processor *p, int64_t w, int64_t h)
{
	int64_t cols = along(p, w), rows = along(p, h);

	/* sides first: their product is small then */
	return cols * p->patch <= p->longest_edge && rows * p->patch <= p->longest_edge &&
	       cols * rows <= p->max_tokens;
}

static int64_t shorter_of(int64_t longer, double aspect)
{
	double v = nearbyint((double)longer / aspect); /* half to even, as the guide says */

	return v < 1 ? 1 : (int64_t)v;
}

static void shrink(const struct processor *p, int64_t *w, int64_t *h)
{
	int64_t *longer = *w >= *h ? w : h;
	int64_t *shorter = longer == w ? h : w;
	double aspect = (double)*longer / (double)*shorter;
	int64_t good = 1, bad = *longer; /* `bad` does not fit; 1 x 1 always does */

	while (bad - good > 1) {
		int64_t middle = good + (bad - good) / 2;
		if (fits(p, middle, shorter_of(middle, aspect)))
			good = middle;
		else
			bad = middle;
	}
	*longer = good;
	*shorter = shorter_of(good, aspect);
}

static void trace_patches(const struct processor *p, const struct count *out, struct extent grid,
			  struct trace *t)
{
	struct extent canvas = {grid.w * p->patch, grid.h * p->patch};

	if (canvas.w != out->resized_w || canvas.h != out->resized_h)
		trace_step(t, STEP_PAD, canvas.w, canvas.h, 0, "px", false,
			   "padded to multiples of %d px", p->patch);
	trace_step(t, STEP_PATCH, grid.w, grid.h, grid.w * grid.h, "patches", false,
		   "%d x %d px each", p->patch, p->patch);
	trace_canvas(t, canvas, 1, 1, p->patch, false);
	trace_content(t, 0, 0, (struct extent){out->resized_w, out->resized_h});
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	int64_t w = width, h = height;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	if (!fits(p, w, h)) {
		shrink(p, &w, &h);
		if (trace)
			trace_step(trace, STEP_RESIZE, w, h, 0, "px", true,
				   "largest that keeps %d px a side and %d tokens", p->longest_edge,
				   p->max_tokens);
	}
	int64_t cols = along(p, w), rows = along(p, h);
	out->resized_w = w;
	out->resized_h = h;
	out->tiles = 1;
	if (trace)
		trace_patches(p, out, (struct extent){cols, rows}, trace);
	hosted_bill(p, cols * rows, out, trace);
}

const struct strategy strategy_hosted_padded = {
	.name = "hosted-padded",
	.summary = "closed API: patches of the padded image, side and tokens limited",
	.formula = "ceil(w / p) ceil(h / p), side and tokens limited",
	.needs = NEED_PATCH | NEED_LONGEST_EDGE | NEED_MAX_TOKENS,
	.count = count,
	.fixed = HOSTED_FIXED,
};
