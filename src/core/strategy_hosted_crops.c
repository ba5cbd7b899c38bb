/* A fixed price for each level of media resolution; where a level has none, crops in proportion
 * to the shorter side (Gemini).
 *
 *	no side above one-side: one tile; otherwise crop = floor(min(w, h) / 1.5),
 *	tiles = ceil(w / crop) ceil(h / crop)
 *	tokens = tiles tokens-per-tile
 *
 * The price follows the aspect, not the size. `ratio` is the 1.5; 0 means that the rule has no
 * crops, so that a level without a price is refused. Reads tokens_per_tile, tile, ratio,
 * hosted.{one_side, media_tokens}. Source: Google, Gemini API guides (tokens, image
 * understanding, media resolution), 2024 to 2026-09: "rough" by the vendor's own word; its one
 * example fixes the rounding up. A strip one pixel wide is cut into as many crops as it is long:
 * the vendor's countTokens is the authority. */
#include <math.h>

#include "core/hosted_rule.h"
#include "core/strategy.h"

static void fixed_price(const struct processor *p, int32_t tokens, struct count *out,
			struct trace *trace)
{
	trace_step(trace, STEP_QUERY, 0, 0, tokens, "tokens", false,
		   "media resolution %s: a fixed budget", media_names[p->hosted.asked_media]);
	hosted_bill(p, tokens, out, trace);
}

static void crops(const struct processor *p, int64_t w, int64_t h, struct count *out,
		  struct trace *trace)
{
	int64_t shorter = w < h ? w : h, crop, cols = 1, rows = 1;

	if (w <= p->hosted.one_side && h <= p->hosted.one_side) {
		trace_step(trace, STEP_TILE, 1, 1, 1, "tiles", false,
			   "no side above %d px: one tile", p->hosted.one_side);
	} else {
		crop = (int64_t)fmax(1, floor((double)shorter / p->ratio));
		cols = (w + crop - 1) / crop;
		rows = (h + crop - 1) / crop;
		trace_step(trace, STEP_TILE, cols, rows, cols * rows, "tiles", true,
			   "crops of %lld px, %.3g of the shorter side, resized to %d px",
			   (long long)crop, 1 / p->ratio, p->tile);
	}
	out->tiles = cols * rows;
	hosted_bill(p, cols * rows * p->tokens_per_tile, out, trace);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	enum media_resolution m = p->hosted.asked_media;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	if (p->hosted.media_tokens[m])
		fixed_price(p, p->hosted.media_tokens[m], out, trace);
	else if (p->ratio > 0 && (m == MEDIA_DEFAULT || m == MEDIA_HIGH))
		crops(p, width, height, out, trace);
	else
		count_refuse(out, trace, REFUSED_MEDIA, (struct refusal_facts){.a = m});
}

const struct strategy strategy_hosted_crops = {
	.name = "hosted-crops",
	.summary = "closed API: a fixed budget by media resolution, or crops in proportion",
	.count = count,
	.fixed = HOSTED_FIXED,
};
