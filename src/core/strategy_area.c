/* area: so many tokens an area of the picture as it came, whatever a processor makes of it (the
 * router of text-generation-inference, which checks and reports by this number).
 *
 *     V = floor(W H / ratio), one at least
 *
 * Reads ratio, the pixels of a token. Source: router of huggingface/text-generation-inference;
 * its issue 3177, five pictures of 2048x1365 as about 71,000. */
#include "core/strategy.h"

#include "core/count.h"
#include "core/trace.h"

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	double n = int_quotient(width * height, 1) / p->ratio;

	out->visual = max_i64(1, floor_int(min_num(n, (double)COUNT_MAX)));
	out->tiles = 1;
	count_special(p, false, 0, 0, out);
	if (!t)
		return;
	trace_canvas(t, (struct extent){width, height}, 1, 1, 0, false);
	trace_step(t, STEP_QUERY, 0, 0, out->visual, WORD_TOKENS, false,
		   "one for every %.4g pixels of the picture as it came", p->ratio);
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	(void)p, (void)b;
	return (struct piece_of){.piece = PIECE_RISING};
}

const struct strategy strategy_area = {
	.name = "area",
	.summary = "by area alone, whatever the resize",
	.formula = "floor(W H / ratio)",
	.needs = NEED_RATIO,
	.count = count,
	.piece = piece,
	.fixed =
		{
			.patch = "the area alone decides",
			.merge = "the area alone decides",
			.pool = "the area alone decides",
			.grid_k = "the area alone decides",
			.min_pixels = "the area alone decides",
			.max_pixels = "the area alone decides",
		},
};
