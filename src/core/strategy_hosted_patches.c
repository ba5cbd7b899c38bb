/* Patches at a price, with a budget for each level of detail (OpenAI's patch rule).
 *
 *	fit into the square of the level's side, whole pixels, never enlarging
 *	n = ceil(w / p) ceil(h / p)
 *	n > budget: s = sqrt(p p budget / (w h)), made smaller so that a side is a
 *	            whole number of patches:
 *	            s' = s min(floor(w s / p) / (w s / p), floor(h s / p) / (h s / p));
 *	            sides floor(w s'), floor(h s')
 *	            full precision until the end; count again
 *	n > reject-patches: refused, before the multiplier
 *	tokens = ceil(n multiplier)
 *
 * Reads patch, ratio (the multiplier), hosted.{detail, auto_detail, reject_patches}. Source:
 * OpenAI, Images and vision guide, revisions 2025-04 to 2026-10. The vendor says that bills may
 * differ by one. */
#include <math.h>

#include "core/hosted_rule.h"
#include "core/strategy.h"

static int64_t patches(int64_t w, int64_t h, int32_t patch)
{
	return ((w + patch - 1) / patch) * ((h + patch - 1) / patch);
}

/* The share of a length of x patches that whole patches take; all of it where there is less than
 * one, because no shrinking makes that whole. */
static double whole(double x)
{
	return x < 1 ? 1 : floor(x) / x;
}

static int64_t scaled(int64_t side, double s)
{
	double v = floor((double)side * s);

	return v < 1 ? 1 : (int64_t)v;
}

static void shrink_to_budget(int64_t *w, int64_t *h, int32_t patch, int32_t budget)
{
	double s = sqrt((double)patch * patch * budget / ((double)*w * (double)*h));
	double cols = (double)*w * s / patch, rows = (double)*h * s / patch;

	s *= fmin(whole(cols), whole(rows));
	*w = scaled(*w, s);
	*h = scaled(*h, s);
}

/* ceil(n m) for a multiplier given in decimal: 2500 x 1.2 is 3000, whatever binary makes of 1.2. */
static int64_t times(int64_t n, double m)
{
	int64_t thousandths = llround(m * 1000);

	return (n * thousandths + 999) / 1000;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	int64_t w = width, h = height;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	const struct detail_level *level = hosted_level(p, out, trace);
	if (!level)
		return;
	if (hosted_shrink(&w, &h, level->side) && trace)
		trace_step(trace, STEP_RESIZE, w, h, 0, "px", true, "longer side at most %d px",
			   level->side);
	if (level->patches && patches(w, h, p->patch) > level->patches) {
		shrink_to_budget(&w, &h, p->patch, level->patches);
		if (trace)
			trace_step(trace, STEP_RESIZE, w, h, 0, "px", true,
				   "shrunk to a budget of %d patches", level->patches);
	}
	int64_t n = patches(w, h, p->patch);
	if (trace)
		trace_step(trace, STEP_PATCH, (w + p->patch - 1) / p->patch,
			   (h + p->patch - 1) / p->patch, n, "patches", false,
			   "%d x %d px each, part ones count", p->patch, p->patch);
	if (p->hosted.reject_patches && n > p->hosted.reject_patches) {
		count_refuse(out, trace, REFUSED_PATCHES,
			     (struct refusal_facts){.vendor = p->hosted.vendor,
						    .a = p->hosted.reject_patches,
						    .b = n});
		return;
	}
	int64_t tokens = times(n, p->ratio);
	if (tokens != n && trace)
		trace_step(trace, STEP_QUERY, 0, 0, tokens, "tokens", false,
			   "patches x %g, rounded up", p->ratio);
	out->resized_w = w;
	out->resized_h = h;
	out->tiles = 1;
	if (trace)
		trace_canvas(trace, (struct extent){w, h}, 1, 1, p->patch, false);
	hosted_bill(p, tokens, out, trace);
}

const struct strategy strategy_hosted_patches = {
	.name = "hosted-patches",
	.summary = "closed API: patches within the budget of a detail level, times a multiplier",
	.formula = "ceil(m ceil(w / p) ceil(h / p)), patches within a budget",
	.needs = NEED_PATCH | NEED_RATIO,
	.count = count,
	.fixed = HOSTED_FIXED,
};
