/* omni: native resolution between two numbers of patches, both sides made multiples of the merge
 * (Nemotron 3 Nano Omni).
 *
 *     a = round(H / patch + 1/2), b likewise, halves to even
 *     s = min(1, sqrt(max_patches / (a b))), a = floor(s a), b likewise
 *     max_patches > min_patches and a b < min_patches: u = sqrt(min_patches / (a b)), a =
 *         ceil(u a), b likewise
 *     a, then b: no multiple of merge: up to the next one if the product stays within
 *         max_patches, else down, merge at least
 *     V = floor(a b / merge^2)
 *
 * A server lowers max_patches to merge^2 times the places of its context that are left: at 4096
 * positions and more nothing changes for one image.
 * Reads patch, merge, min_patches, max_patches. Source: nemotron_h_nano_omni of Blaizzy/mlx-vlm, a
 * port of the checkpoint's own image_processing.py (November 2026). */
#include "core/strategy.h"

#include "base/unit.h"
#include "core/trace.h"

static int64_t whole(const struct processor *p, int64_t side, int64_t other)
{
	int64_t rest = side % p->merge, up = side - rest + p->merge;

	if (rest == 0)
		return side;
	return up * other <= p->max_patches ? up : max_i64(p->merge, side - rest);
}

static struct extent patches_of(const struct processor *p, int64_t width, int64_t height)
{
	return (struct extent){round_even((double)width / p->patch + 0.5),
			       round_even((double)height / p->patch + 0.5)};
}

/* In patches; a side may be 0 for a strip that the cap shrinks to nothing. */
static struct extent scale(const struct processor *p, int64_t width, int64_t height)
{
	struct extent e = patches_of(p, width, height);
	double s = min_num(sqrt(int_quotient(p->max_patches, e.w * e.h)), 1);

	return (struct extent){floor_int(s * (double)e.w), floor_int(s * (double)e.h)};
}

static struct extent raise_up(const struct processor *p, struct extent e)
{
	if (p->max_patches <= p->min_patches || e.w * e.h >= p->min_patches)
		return e;
	double u = sqrt(int_quotient(p->min_patches, e.w * e.h));
	return (struct extent){ceil_int(u * (double)e.w), ceil_int(u * (double)e.h)};
}

static void trace_even(const struct processor *p, struct extent first, struct extent patches,
		       const struct count *out, struct trace *t)
{
	bool bound = first.w * first.h < p->min_patches ||
		     first.w * first.h > p->max_patches - first.w - first.h;
	char least[UNIT_TEXT], most[UNIT_TEXT];

	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, WORD_PX, bound,
		   "%s to %s patches, sides multiples of %d", unit_grouped(least, p->min_patches),
		   unit_grouped(most, p->max_patches), (int)(p->patch * p->merge));
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1,
		     (double)(p->patch * p->merge), false);
	trace_step(t, STEP_PATCH, patches.w, patches.h, out->encoder_patches, WORD_PATCHES, false,
		   "patches of %d pixels", (int)p->patch);
	trace_merged(p, patches.w / p->merge, patches.h / p->merge, out->visual, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct extent first = scale(p, width, height);

	if (first.w < 1 || first.h < 1) { /* the real code divides by zero */
		count_refuse(out, t, REFUSED_SIDE, (struct refusal_facts){0});
		return;
	}
	struct extent e = raise_up(p, first);

	e.h = whole(p, e.h, e.w);
	e.w = whole(p, e.w, e.h);
	out->visual = e.w * e.h / ((int64_t)p->merge * p->merge);
	out->resized_w = e.w * p->patch;
	out->resized_h = e.h * p->patch;
	out->tiles = 1;
	out->encoder_patches = e.w * e.h;
	count_special(p, false, 0, e.h / p->merge, out);
	if (t)
		trace_even(p, first, e, out, t);
}

/* max_num_patches, merge^2 of them a token. */
static bool cap(struct processor *p, int32_t tokens)
{
	p->max_patches = (int32_t)min_i64(p->max_patches, (int64_t)tokens * p->merge * p->merge);
	p->min_patches = (int32_t)min_i64(p->min_patches, p->max_patches);
	return true;
}

static int64_t up(const struct processor *p, int64_t side)
{
	return ceil_div(side, p->merge) * p->merge;
}

/* Under the cap each side only follows its own. Above it the shape decides, of whole patches: with
 * a flatter one widths rise and heights fall, before and after they are made multiples of the
 * merge. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	struct extent least = patches_of(p, b->w1, b->h1), most = patches_of(p, b->w2, b->h2);
	double cap = p->max_patches;
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (least.w * least.h >= p->min_patches && up(p, most.w) * up(p, most.h) <= p->max_patches)
		of.piece = PIECE_RISING;
	if (least.w * least.h <= p->max_patches)
		return of;
	struct extent narrow = {floor_int(sqrt(cap * (double)least.w / (double)most.h)),
				floor_int(sqrt(cap * (double)least.h / (double)most.w))};
	int64_t cols = narrow.w / p->merge, rows = narrow.h / p->merge;

	if (cols < 1 || rows < 1 || narrow.w * narrow.h < p->min_patches)
		return of;
	of.piece = PIECE_CELLS;
	of.margin = p->patch;
	of.most_area = cap * p->patch * p->patch;
	of.least_tokens = cols * rows;
	return of;
}

const struct strategy strategy_omni = {
	.name = "omni",
	.summary = "native resolution between two numbers of patches",
	.formula = "floor(a b / merge^2), a = round(H / patch + 1/2)",
	.needs = NEED_PATCH | NEED_MAX_PATCHES,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the limits are on patches",
			.max_pixels = "the limits are on patches",
		},
};
