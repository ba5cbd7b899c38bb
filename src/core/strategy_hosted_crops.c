/* A fixed price for each level of media resolution; where a level has none, crops in proportion
 * to the shorter side (Gemini).
 *
 *	no side above one-side: one tile; otherwise crop = floor(min(w, h) / 1.5),
 *	tiles = ceil(w / crop) ceil(h / crop)
 *	tokens = tiles tokens-per-tile
 *
 * Variant floor fills the level's budget with whole tokens, aspect kept, as Gemma 4 does:
 *
 *	cols = floor(sqrt(budget W / H)), rows = floor(sqrt(budget H / W));  rows = 0: one row of
 *	min(floor(W / H), budget), cols = 0 by symmetry
 *
 * A measured rule was measured without media resolution: other levels of it are marked approximate.
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

enum { READ_FLAT, READ_FLOOR };
static const char *const variants[] = {"flat", "floor", NULL};

static void fixed_price(const struct processor *p, int32_t tokens, struct count *out,
			struct trace *trace)
{
	if (trace)
		trace_step(trace, STEP_QUERY, 0, 0, tokens, "tokens", false,
			   "media resolution %s: a fixed budget",
			   media_names[p->hosted.asked_media]);
	hosted_bill(p, tokens, out, trace);
}

/* A shape so thin that a side is below one token gets one row or column. */
static struct extent filled(int64_t budget, int64_t w, int64_t h)
{
	struct extent e = {floor_int(sqrt(int_quotient(budget * w, h))),
			   floor_int(sqrt(int_quotient(budget * h, w)))};

	if (e.h == 0)
		return (struct extent){min_i64(w / h, budget), 1};
	if (e.w == 0)
		return (struct extent){1, min_i64(h / w, budget)};
	return e;
}

static void filled_budget(const struct processor *p, int64_t w, int64_t h, struct count *out,
			  struct trace *trace)
{
	int32_t budget = p->hosted.media_tokens[p->hosted.asked_media];
	struct extent e = filled(budget, w, h);

	if (trace)
		trace_step(trace, STEP_QUERY, e.w, e.h, e.w * e.h, "tokens", true,
			   "media resolution %s: whole tokens within %d, aspect kept",
			   media_names[p->hosted.asked_media], budget);
	hosted_bill(p, e.w * e.h, out, trace);
}

static bool is_unmeasured(const struct hosted *h)
{
	return h->evidence == EVIDENCE_MEASURED &&
	       h->media_tokens[h->asked_media] != h->media_tokens[MEDIA_DEFAULT];
}

static void crops(const struct processor *p, int64_t w, int64_t h, struct count *out,
		  struct trace *trace)
{
	int64_t shorter = w < h ? w : h, crop, cols = 1, rows = 1;

	if (w <= p->hosted.one_side && h <= p->hosted.one_side) {
		if (trace)
			trace_step(trace, STEP_TILE, 1, 1, 1, "tiles", false,
				   "no side above %d px: one tile", p->hosted.one_side);
	} else {
		crop = (int64_t)fmax(1, floor((double)shorter / p->ratio));
		cols = (w + crop - 1) / crop;
		rows = (h + crop - 1) / crop;
		if (trace)
			trace_step(trace, STEP_TILE, cols, rows, cols * rows, "tiles", true,
				   "crops of %lld px, %.3g of the shorter side, resized to %d px",
				   (long long)crop, 1 / p->ratio, p->tile);
	}
	out->tiles = cols * rows;
	hosted_lay(trace, w, h, cols, rows);
	hosted_bill(p, cols * rows * p->tokens_per_tile, out, trace);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	enum media_resolution m = p->hosted.asked_media;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	/* what a level does to the pixels is not published: the picture as it came */
	hosted_lay(trace, width, height, 1, 1);
	if (p->hosted.media_tokens[m] && p->variant == READ_FLOOR)
		filled_budget(p, width, height, out, trace);
	else if (p->hosted.media_tokens[m])
		fixed_price(p, p->hosted.media_tokens[m], out, trace);
	else if (p->ratio > 0 && (m == MEDIA_DEFAULT || m == MEDIA_HIGH))
		crops(p, width, height, out, trace);
	else
		count_refuse(out, trace, REFUSED_MEDIA, (struct refusal_facts){.a = m});
	if (is_unmeasured(&p->hosted))
		out->approximate = true;
}

const struct strategy strategy_hosted_crops = {
	.name = "hosted-crops",
	.summary = "closed API: a budget by media resolution, or crops in proportion",
	.formula = "ceil(W / crop) ceil(H / crop) price, crop = min(W, H) / 1.5",
	.variants = variants,
	.count = count,
	.fixed = HOSTED_FIXED,
};
