/* doubled: the longer side is enlarged by a factor up to a cap, never shrunk, and every patch is a
 * token (Inkling).
 *
 *     L = max(W, H);  L' = min(L ratio, max(longest_edge, L));  s = L' / L
 *     s != 1: sides floor(side s + 1/2)
 *     rows = ceil(H / patch), cols = floor(W / patch) + 1;  V = rows * cols
 *
 * One column more than is needed where the width is a multiple of the patch: so the real code
 * divides.
 * Reads patch, ratio, longest_edge. Source: image_processing_inkling.py of
 * huggingface/transformers (November 2026). */
#include "core/strategy.h"

#include "base/unit.h"
#include "core/trace.h"

static struct extent enlarge(const struct processor *p, struct extent in)
{
	double longer = (double)max_i64(in.w, in.h);
	double target = min_num(longer * p->ratio, max_num(p->longest_edge, longer));
	double s = target / longer;

	if (s == 1) /* exact, as in the real code */
		return in;
	return (struct extent){floor_int((double)in.w * s + 0.5),
			       floor_int((double)in.h * s + 0.5)};
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct extent size = enlarge(p, (struct extent){width, height});
	char edge[UNIT_TEXT];

	if (size.w < 1 || size.h < 1) { /* a ratio below 1 shrinks */
		count_refuse(out, t, REFUSED_SIDE, (struct refusal_facts){0});
		return;
	}
	struct extent grid = {size.w / p->patch + 1, ceil_div(size.h, p->patch)};
	struct extent canvas = {grid.w * p->patch, grid.h * p->patch};

	out->visual = min_i64(grid.w * grid.h, COUNT_MAX);
	out->resized_w = canvas.w;
	out->resized_h = canvas.h;
	out->tiles = 1;
	out->encoder_patches = out->visual;
	count_special(p, false, 0, grid.h, out);
	if (!t)
		return;
	trace_step(t, STEP_RESIZE, size.w, size.h, 0, WORD_PX, size.w != width,
		   size.w == width ? "longer side kept" : "longer side times %.4g, at most %s",
		   p->ratio, unit_grouped(edge, p->longest_edge));
	trace_canvas(t, canvas, 1, 1, p->patch, false);
	trace_content(t, 0, 0, size);
	trace_step(t, STEP_PAD, canvas.w, canvas.h, 0, WORD_PX, false,
		   "padded to patches, one column more for a width that is a multiple");
	trace_step(t, STEP_PATCH, grid.w, grid.h, out->encoder_patches, WORD_PATCHES, false,
		   "patches of %d pixels", (int)p->patch);
	trace_merged(p, grid.w, grid.h, out->visual, t);
}

const struct strategy strategy_doubled = {
	.name = "doubled",
	.summary = "enlarged by a factor up to a cap, every patch a token",
	.formula = "ceil(h / patch)(floor(w / patch) + 1), h = s H",
	.needs = NEED_PATCH | NEED_RATIO | NEED_LONGEST_EDGE,
	.count = count,
	.fixed =
		{
			.merge = "every patch is a token",
			.pool = "every patch is a token",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the longer side decides",
			.max_pixels = "the longer side decides",
		},
};
