#include "core/scaling.h"

#include <math.h>

#include "core/strategy.h"

bool strategy_words(size_t i, struct strategy_words *out)
{
	if (i >= strategies_n)
		return false;
	*out = (struct strategy_words){
		.name = strategies[i]->name,
		.logic = strategies[i]->summary,
		.formula = strategies[i]->formula,
	};
	return true;
}

/* A side times a factor, one pixel at least. */
static int64_t scaled(int64_t side, double factor)
{
	return max_i64(1, (int64_t)((double)side * factor + 0.5));
}

static int64_t tokens(const struct rule *r, int64_t width, int64_t height)
{
	struct count c;

	count_by(r, width, height, &c, NULL);
	return c.refused ? -1 : c.visual;
}

void scaling_of(const struct rule *r, int64_t width, int64_t height, struct scaling *out)
{
	double root = sqrt(2);
	int64_t w[] = {scaled(width, 1 / root), scaled(width, root)};
	int64_t h[] = {scaled(height, 1 / root), scaled(height, root)};
	int64_t less = tokens(r, w[0], h[0]), more = tokens(r, w[1], h[1]);
	double pixels = (double)w[1] * (double)h[1] / ((double)w[0] * (double)h[0]);

	*out = (struct scaling){
		.now = tokens(r, width, height),
		.half = tokens(r, scaled(width, 0.5), scaled(height, 0.5)),
		.twice = tokens(r, scaled(width, 2), scaled(height, 2)),
		.has_growth = less > 0 && more > 0 && pixels > 1,
	};
	if (out->has_growth)
		out->growth = log((double)more / (double)less) / log(pixels);
}
