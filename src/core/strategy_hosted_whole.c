/* Whole patches of an image scaled down to a longest side (Mistral's hosted models).
 *
 *	longer side above longest-edge: scaled to it
 *	tokens = max(1, floor(w / p)) max(1, floor(h / p))
 *
 * The vendor says "about w h / (p p)"; whole patches agree with its three examples (720x512:
 * 1440, 1024x686: about 2600, 1540x1540: 3025), the plain quotient misses the second by 5.5 %.
 * The exact rule behind it, with row breaks and the end token, is the processor of the open
 * weights. Reads patch, longest_edge, hosted.reject_side. Source: Mistral, vision guide, 2025 to
 * 2026. */
#include "core/hosted_rule.h"
#include "core/strategy.h"

static int64_t along(int64_t side, int32_t patch)
{
	return side < patch ? 1 : side / patch;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	int64_t w = width, h = height;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	if (p->longest_edge && hosted_shrink(&w, &h, p->longest_edge) && trace)
		trace_step(trace, STEP_RESIZE, w, h, 0, "px", true, "longer side at most %d px",
			   p->longest_edge);
	int64_t cols = along(w, p->patch), rows = along(h, p->patch);
	if (trace)
		trace_step(trace, STEP_PATCH, cols, rows, cols * rows, "patches", false,
			   "whole patches of %d px", p->patch);
	out->resized_w = w;
	out->resized_h = h;
	out->tiles = 1;
	hosted_bill(p, cols * rows, out, trace);
}

const struct strategy strategy_hosted_whole = {
	.name = "hosted-whole",
	.summary = "closed API: whole patches of an image within a longest side",
	.formula = "floor(w / p) floor(h / p), longest side limited",
	.needs = NEED_PATCH,
	.count = count,
	.fixed = HOSTED_FIXED,
};
