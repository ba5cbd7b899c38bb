/* Pixels divided by a constant (Claude until 2026).
 *
 *	longer side above longest-edge: scaled to it; then the area scaled to max-tokens
 *	tokens = ceil(w h / ratio)
 *
 * Reads ratio, longest_edge, max_tokens. Source: Anthropic, Vision guide, revisions 2024-03 to
 * early 2026: about w h / 750, at most 1,568 px and about 1,600 tokens. The vendor calls it an
 * estimate. */
#include <math.h>

#include "core/hosted_rule.h"
#include "core/strategy.h"

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	int64_t w = width, h = height;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	if (p->longest_edge && hosted_shrink(&w, &h, p->longest_edge) && trace)
		trace_step(trace, STEP_RESIZE, w, h, 0, "px", true, "longer side at most %d px",
			   p->longest_edge);
	double tokens = ceil((double)w * (double)h / p->ratio);
	if (p->max_tokens && tokens > p->max_tokens) {
		double s = sqrt(p->max_tokens * p->ratio / ((double)w * (double)h));
		w = (int64_t)fmax(1, floor((double)w * s));
		h = (int64_t)fmax(1, floor((double)h * s));
		tokens = ceil((double)w * (double)h / p->ratio);
		if (trace)
			trace_step(trace, STEP_RESIZE, w, h, 0, "px", true,
				   "area scaled to about %d tokens", p->max_tokens);
	}
	if (trace)
		trace_step(trace, STEP_QUERY, 0, 0, (int64_t)tokens, "tokens", false,
			   "width x height / %g", p->ratio);
	out->resized_w = w;
	out->resized_h = h;
	out->tiles = 1;
	hosted_bill(p, (int64_t)tokens, out, trace);
}

const struct strategy strategy_hosted_area = {
	.name = "hosted-area",
	.summary = "closed API: pixels divided by a constant",
	.formula = "ceil(w h / ratio), area and longer side limited",
	.needs = NEED_RATIO,
	.count = count,
	.fixed = HOSTED_FIXED,
};
