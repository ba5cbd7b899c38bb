/* navit: native resolution under a limit of patches, padded to whole tokens, never
 * enlarged (Kimi).
 *
 *     side:      a = max(1, H // patch), b likewise; s = min(1, sqrt(max_patches /
 *         (a b)), side / H, side / W)
 *                with side = max_side_patches * patch;  H = min(max(1,
 *                int(H s)), side), W likewise
 *     standard:  (W // patch) (H // patch) > max_patches: s = sqrt(max_patches /
 *         product), W = int(W s), H likewise;
 *                after padding a side of max_side_patches or more is refused
 *     V = ceil(H / f) * ceil(W / f), f = patch * merge
 *
 * size_digits: the prompt names the size as it came, "1920x1080", and so many digits of each
 * number are one token; they are special tokens (Kimi K3).
 * Reads patch, merge, max_patches, max_side_patches, size_digits. Source: kimi_k25 of
 * huggingface/transformers (main of 2026-08-19); kimi_vl of Blaizzy/mlx-vlm, a port of
 * the checkpoint's own code; models/kimi_k3/common/mm_preprocess.py of vllm-project/vllm
 * (November 2026). */
#include "core/strategy.h"

#include "core/trace.h"

enum { READ_STANDARD, READ_SIDE };
static const char *const variants[] = {"standard", "side", NULL};

static int64_t scaled(int64_t side, double s, int64_t most)
{
	return min_i64(max_i64(1, (int64_t)((double)side * s)), most);
}

static struct extent shrink_to_side(const struct processor *p, int64_t width, int64_t height)
{
	int64_t a = max_i64(1, height / p->patch), b = max_i64(1, width / p->patch);
	int64_t most = (int64_t)p->max_side_patches * p->patch;
	double s = min_num(1, sqrt(int_quotient(p->max_patches, a * b)));

	s = min_num(s, (double)most / (double)height);
	s = min_num(s, (double)most / (double)width);
	return (struct extent){scaled(width, s, most), scaled(height, s, most)};
}

static struct extent shrink_to_patches(const struct processor *p, int64_t width, int64_t height)
{
	int64_t patches = (width / p->patch) * (height / p->patch);

	if (patches <= p->max_patches)
		return (struct extent){width, height};
	double s = sqrt(int_quotient(p->max_patches, patches));
	return (struct extent){(int64_t)((double)width * s), (int64_t)((double)height * s)};
}

static int64_t number_tokens(const struct processor *p, int64_t number)
{
	int64_t digits = 0;

	for (; number > 0; number /= 10)
		digits++;
	return ceil_div(digits, p->size_digits);
}

static void trace_padded(const struct processor *p, struct extent content, int64_t width,
			 int64_t height, const struct count *out, struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	bool shrunk = content.w != width || content.h != height;

	trace_step(t, STEP_RESIZE, content.w, content.h, 0, WORD_PX, shrunk,
		   shrunk ? "patch cap %d" : "below the patch cap %d: kept", (int)p->max_patches);
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1, (double)f, false);
	trace_content(t, 0, 0, content);
	trace_step(t, STEP_PAD, out->resized_w, out->resized_h, 0, WORD_PX, false,
		   "padded to multiples of %d", (int)f);
	trace_step(t, STEP_PATCH, out->resized_w / p->patch, out->resized_h / p->patch,
		   out->encoder_patches, WORD_PATCHES, false, "patches of %d pixels",
		   (int)p->patch);
	trace_merged(p, out->resized_w / f, out->resized_h / f, out->visual, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	struct extent content = p->variant == READ_SIDE ? shrink_to_side(p, width, height)
							: shrink_to_patches(p, width, height);
	struct extent padded = {ceil_div(content.w, f) * f, ceil_div(content.h, f) * f};
	int64_t cols = padded.w / p->patch, rows = padded.h / p->patch;

	if (p->variant == READ_STANDARD && p->max_side_patches > 0 &&
	    max_i64(cols, rows) >= p->max_side_patches) {
		count_refuse(out, t, REFUSED_POSITIONS,
			     (struct refusal_facts){.a = max_i64(cols, rows),
						    .b = p->max_side_patches - 1});
		return;
	}
	out->visual = (padded.w / f) * (padded.h / f);
	out->resized_w = padded.w;
	out->resized_h = padded.h;
	out->tiles = 1;
	out->encoder_patches = cols * rows;
	count_special(p, false, 0, rows / p->merge, out);
	if (p->size_digits > 0)
		out->special += number_tokens(p, width) + number_tokens(p, height);
	if (t)
		trace_padded(p, content, width, height, out, t);
}

static const char *missing(const struct processor *p)
{
	return p->variant == READ_SIDE && p->max_side_patches < 1 ? "max-side-patches" : NULL;
}

/* Below the cap everything rises. Above it the scale follows the whole patches, in steps: the
 * picture stays within the cap's area and what it has beyond whole patches. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	double patch = p->patch, cols = (double)(b->w1 / p->patch),
	       rows = (double)(b->h1 / p->patch);
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (cols < 1 || rows < 1)
		return of;
	bool is_small = p->variant == READ_STANDARD ||
			max_i64(b->w2, b->h2) <= (int64_t)p->max_side_patches * p->patch;
	if (is_small && (b->w2 / p->patch) * (b->h2 / p->patch) <= p->max_patches)
		of.piece = PIECE_RISING;
	of.most_area = p->max_patches * patch * patch * (1 + 1 / cols) * (1 + 1 / rows) + 1;
	return of;
}

/* in_token_limit, in_patch_limit: patches before the merge. */
static bool cap(struct processor *p, int32_t tokens)
{
	int64_t patches = (int64_t)tokens * p->merge * p->merge;

	p->max_patches = (int32_t)min_i64(p->max_patches, patches);
	return true;
}

const struct strategy strategy_navit = {
	.name = "navit",
	.summary = "native resolution under a limit of patches, padded",
	.formula = "ceil(h / f) ceil(w / f), f = patch merge; h <= H",
	.variants = variants,
	.needs = NEED_PATCH | NEED_MAX_PATCHES,
	.count = count,
	.cap = cap,
	.piece = piece,
	.missing = missing,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "nothing is enlarged",
			.max_pixels = "the limit is on patches",
		},
};
