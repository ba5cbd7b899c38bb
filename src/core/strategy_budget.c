/* budget: scaled up or down until it just fills a budget of soft tokens, aspect kept
 * (Gemma 4).
 *
 *     side = patch * pool;  target = max_tokens * side^2 pixels;  s = sqrt(target /
 *         (H W))
 *     h = floor(s H / side) * side, w likewise;  both 0: refused
 *     h = 0: h = side, w = min(floor(W / H) * side, max_tokens * side);  w = 0 by
 *         symmetry
 *     V = (h / side) (w / side)
 *
 * Reads patch, pool, max_tokens. Source: gemma4 of huggingface/transformers (main of
 * 2026-08-19). */
#include "core/strategy.h"

#include "core/trace.h"

/* A shape so thin that its shorter side is below one token gets one row or column. */
static struct extent thin(const struct processor *p, struct extent s, int64_t side, int64_t width,
			  int64_t height)
{
	if (s.h == 0)
		return (struct extent){min_i64(width / height, p->max_tokens) * side, side};
	if (s.w == 0)
		return (struct extent){side, min_i64(height / width, p->max_tokens) * side};
	return s;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t side = (int64_t)p->patch * p->pool;
	double s = sqrt(int_quotient((int64_t)p->max_tokens * side * side, width * height));
	struct extent fit = {floor_int(s * (double)width / (double)side) * side,
			     floor_int(s * (double)height / (double)side) * side};

	if (fit.w == 0 && fit.h == 0) {
		count_refuse(out, t, REFUSED_BUDGET, (struct refusal_facts){.a = p->max_tokens});
		return;
	}
	struct extent size = thin(p, fit, side, width, height);
	out->visual = (size.w / side) * (size.h / side);
	out->resized_w = size.w;
	out->resized_h = size.h;
	out->tiles = 1;
	out->encoder_patches = (size.w / p->patch) * (size.h / p->patch);
	count_special(p, false, 0, size.h / side, out);
	if (!t)
		return;
	trace_step(t, STEP_RESIZE, size.w, size.h, 0, WORD_PX, true,
		   "budget of %d tokens, multiples of %d", (int)p->max_tokens, (int)side);
	trace_canvas(t, size, 1, 1, (double)side, false);
	trace_step(t, STEP_PATCH, size.w / p->patch, size.h / p->patch, out->encoder_patches,
		   WORD_PATCHES, false, "patches of %d pixels", (int)p->patch);
	trace_step(t, STEP_POOL, size.w / side, size.h / side, out->visual, WORD_TOKENS, false,
		   "averaged %d x %d to one token", (int)p->pool, (int)p->pool);
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	/* the shape alone decides; strips that fall below one token have a rule of their own */
	bool is_thin = max_i64(b->w2 / b->h1, b->h2 / b->w1) >= p->max_tokens / 2;

	return (struct piece_of){.piece = is_thin ? PIECE_CELLS : PIECE_TILTED,
				 .is_product = !is_thin};
}

/* max_soft_tokens takes these alone: the next one below. */
static bool cap(struct processor *p, int32_t tokens)
{
	static const int32_t budgets[] = {1120, 560, 280, 140, 70};

	for (int i = 0; i < 5; i++)
		if (budgets[i] <= tokens) {
			p->max_tokens = (int32_t)min_i64(p->max_tokens, budgets[i]);
			return true;
		}
	return false;
}

const struct strategy strategy_budget = {
	.name = "budget",
	.summary = "scaled to fill a budget of soft tokens",
	.formula = "floor(s H / f) floor(s W / f), s = f sqrt(max / (H W))",
	.needs = NEED_PATCH | NEED_MAX_TOKENS,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.merge = "this family pools instead of merging patches",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the budget of tokens decides",
			.max_pixels = "the budget of tokens decides",
		},
};
