/* Squares that cover the image, each at a price, and a price for the image itself (OpenAI's tile
 * rule, Grok).
 *
 *	fit into the square of the level's side, never enlarging
 *	shorter side above short-side: scaled to it, the other side rounded down
 *	tokens = base-tokens + min(max-tiles, ceil(w / tile) ceil(h / tile)) tokens-per-tile
 *
 * Level low costs the base alone. A rule without levels (Grok) neither resizes nor knows `low`.
 * extra-square and extra-other are what high input fidelity of gpt-image-1 adds. Reads tile,
 * tokens_per_tile, max_tiles, hosted.{base_tokens, short_side, detail, extra_*}. Source: OpenAI,
 * Images and vision guide, revisions 2023-11 to 2026-10; docs.x.ai, consumption and rate limits. */
#include "core/hosted_rule.h"
#include "core/strategy.h"

static bool has_levels(const struct hosted *h)
{
	return h->detail[DETAIL_HIGH].side > 0;
}

static void resize(const struct processor *p, const struct detail_level *level, int64_t *w,
		   int64_t *h, struct trace *trace)
{
	int64_t most = p->hosted.short_side;
	int64_t *shorter = *w <= *h ? w : h;
	int64_t *longer = shorter == w ? h : w;

	if (hosted_shrink(w, h, level->side) && trace)
		trace_step(trace, STEP_RESIZE, *w, *h, 0, "px", true, "fitted into %d x %d px",
			   level->side, level->side);
	if (!most || *shorter <= most)
		return;
	*longer = *longer * most / *shorter;
	*shorter = most;
	if (trace)
		trace_step(trace, STEP_RESIZE, *w, *h, 0, "px", true,
			   "shorter side scaled to %d px, other rounded down",
			   p->hosted.short_side);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	const struct hosted *hosted = &p->hosted;
	int64_t w = width, h = height,
		extra = width == height ? hosted->extra_square : hosted->extra_other;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	if (has_levels(hosted)) {
		const struct detail_level *level = hosted_level(p, out, trace);
		if (!level)
			return;
		if (level == &hosted->detail[DETAIL_LOW]) {
			if (trace)
				trace_step(trace, STEP_QUERY, 0, 0, hosted->base_tokens, "tokens",
					   false, "detail low: the base price, whatever the size");
			hosted_shrink(&w, &h, level->side);
			hosted_lay(trace, w, h, 1, 1);
			hosted_bill(p, hosted->base_tokens, out, trace);
			return;
		}
		resize(p, level, &w, &h, trace);
	}
	int64_t cols = (w + p->tile - 1) / p->tile, rows = (h + p->tile - 1) / p->tile;
	int64_t tiles = cols * rows;
	bool capped = p->max_tiles && tiles > p->max_tiles;
	if (capped)
		tiles = p->max_tiles;
	if (trace)
		trace_step(trace, STEP_TILE, capped ? 0 : cols, capped ? 0 : rows, tiles, "tiles",
			   capped,
			   capped ? "squares of %d px, no more than %d"
				  : "squares of %d px cover it",
			   p->tile, p->max_tiles);
	out->resized_w = w;
	out->resized_h = h;
	out->tiles = tiles;
	/* more squares than are billed: how it is cut then is not published */
	hosted_lay(trace, w, h, 1, 1);
	if (trace && !capped) {
		trace->layout = (struct layout_px){.canvas_w = cols * p->tile,
						   .canvas_h = rows * p->tile,
						   .content_w = w,
						   .content_h = h,
						   .cols = (int32_t)cols,
						   .rows = (int32_t)rows};
	}
	hosted_bill(p, hosted->base_tokens + tiles * p->tokens_per_tile + extra, out, trace);
}

const struct strategy strategy_hosted_tiles = {
	.name = "hosted-tiles",
	.summary = "closed API: a base price and a price for each square that covers the image",
	.formula = "base + ceil(w / tile) ceil(h / tile) price, short side limited",
	.needs = NEED_TILE,
	.count = count,
	.fixed = HOSTED_FIXED,
};
