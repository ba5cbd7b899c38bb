/* naflex: the scale that gives a number of patches is searched by bisection, sides rounded up to
 * whole tokens (SigLIP 2 NaFlex as Phi-4 Reasoning Vision and Isaac use it).
 *
 *     f = patch * merge;  side(s) = max(f, ceil(side s / f) * f);  n(s) = patches of both sides
 *     standard:  at most (W // patch) (H // patch) patches, 1 at least, and that number between
 *         min_patches and max_patches; s from 1e-6 to 100, the largest that keeps to it
 *     between:  sides up to multiples of f;  fewer than min_patches: s from 1 to 100, the least
 *         that reaches them;  more than max_patches: s from 1e-6 to 1, the largest that keeps to
 *         them
 *     each search ends when its interval is below 1e-5;  V = n / merge^2
 *
 * So a search may miss its limit where no scale of the interval meets it: thin and tiny pictures
 * stay below min_patches.
 * Reads patch, merge, min_patches, max_patches. Source: image_processing_siglip2.py of
 * huggingface/transformers with the clamp of processors/phi4_visionr.py, and
 * processors/isaac.py, of vllm-project/vllm (November 2026). */
#include "core/strategy.h"

#include "base/unit.h"
#include "core/trace.h"

enum { READ_STANDARD, READ_BETWEEN };
static const char *const variants[] = {"standard", "between", NULL};

static const double precision = 1e-5, scale_most = 100;

/* Whole tokens along one side; a number, since nothing limits it during the search. */
static double tokens_at(int64_t side, double scale, int64_t f)
{
	return max_num(1, ceil((double)side * scale / (double)f));
}

static double patches_at(const struct processor *p, struct extent in, double scale)
{
	int64_t f = (int64_t)p->patch * p->merge;
	double merge = p->merge;

	return tokens_at(in.w, scale, f) * merge * (tokens_at(in.h, scale, f) * merge);
}

/* Halves the interval until it is narrow. The one of its ends that meets the limit is returned;
 * at_least: the upper one, as the scale is to be the least. */
static double search(const struct processor *p, struct extent in, double low, double high,
		     int64_t patches, bool at_least)
{
	while (high - low >= precision) {
		double scale = (low + high) / 2, n = patches_at(p, in, scale);
		bool enough = at_least ? n >= (double)patches : n > (double)patches;
		if (enough)
			high = scale;
		else
			low = scale;
	}
	return at_least ? high : low;
}

/* What is searched for; the scale is 1 where nothing is. */
struct task {
	bool is_search;
	double low, high;
	int64_t patches;
	bool at_least;
};

static struct task task_of(const struct processor *p, struct extent in)
{
	int64_t n = max_i64((in.w / p->patch) * (in.h / p->patch), 1);

	if (p->variant == READ_STANDARD)
		return (struct task){true, precision / 10, scale_most,
				     min_i64(max_i64(n, p->min_patches), p->max_patches), false};
	double whole = patches_at(p, in, 1);
	if (whole < p->min_patches)
		return (struct task){true, 1, scale_most, p->min_patches, true};
	if (whole > p->max_patches)
		return (struct task){true, precision / 10, 1, p->max_patches, false};
	return (struct task){0};
}

static double scale_of(const struct processor *p, struct extent in, const struct task *k)
{
	return k->is_search ? search(p, in, k->low, k->high, k->patches, k->at_least) : 1;
}

/* Scales of one number of tokens along each side: above begin, up to end. w, h: tokens along the
 * sides at scale 1. */
struct cell {
	double cols, rows, begin, end;
};

static struct cell cell_of(double cols, double rows, double w, double h)
{
	return (struct cell){cols, rows, max_num((cols - 1) / w, (rows - 1) / h),
			     min_num(cols / w, rows / h)};
}

static bool is_enough(const struct processor *p, const struct task *k, const struct cell *c)
{
	double n = c->cols * c->rows * p->merge * p->merge;

	return k->at_least ? n >= (double)k->patches : n > (double)k->patches;
}

enum { CELLS_TRIED = 16 };

/* The tokens at the scale that the search ends with, without searching: from a scale that is surely
 * too small, cell by cell, to where the number of patches passes the limit. The search ends less
 * than `precision` from there, which is in the cell before or, at_least, in the one behind, unless
 * one of them is nearly as short as that, or the place lies at an end of the interval: false, and
 * it must be searched. */
static bool settle(const struct processor *p, struct extent in, const struct task *k,
		   struct extent *grid)
{
	double f = (double)p->patch * p->merge, w = (double)in.w / f, h = (double)in.h / f;
	double most = (double)k->patches / ((double)p->merge * p->merge), near = 2 * precision;

	if (!(most > 1))
		return false;
	/* (w x + 1) (h x + 1) = most */
	double x = (sqrt((w + h) * (w + h) + 4 * w * h * (most - 1)) - w - h) / (2 * w * h);
	struct cell c = cell_of(max_num(1, ceil(w * x)), max_num(1, ceil(h * x)), w, h);
	for (int i = 0; i < CELLS_TRIED && !is_enough(p, k, &c); i++) {
		double across = c.cols / w, down = c.rows / h;
		struct cell next =
			cell_of(c.cols + (across < down), c.rows + (down < across), w, h);

		if (fabs(across - down) < near)
			return false;
		if (is_enough(p, k, &next)) {
			const struct cell *in_it = k->at_least ? &next : &c;
			*grid = (struct extent){(int64_t)in_it->cols, (int64_t)in_it->rows};
			return c.end - c.begin > near && next.end - next.begin > near &&
			       c.end > k->low + near && c.end < k->high - near;
		}
		c = next;
	}
	return false;
}

static void trace_scaled(const struct processor *p, double scale, struct extent grid,
			 const struct count *out, struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	char least[UNIT_TEXT], most[UNIT_TEXT];

	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, WORD_PX, scale != 1,
		   "scaled by %.3g for %s to %s patches, up to multiples of %d", scale,
		   unit_grouped(least, p->min_patches), unit_grouped(most, p->max_patches), (int)f);
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1, (double)f, false);
	trace_step(t, STEP_PATCH, out->resized_w / p->patch, out->resized_h / p->patch,
		   out->encoder_patches, WORD_PATCHES, false, "patches of %d pixels",
		   (int)p->patch);
	trace_merged(p, grid.w, grid.h, out->visual, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct extent in = {width, height};
	int64_t f = (int64_t)p->patch * p->merge;
	struct task task = task_of(p, in);
	bool is_told = t && t->n < STEPS_MAX;
	struct extent grid;
	double scale = 1;

	if (is_told || !task.is_search || !settle(p, in, &task, &grid)) {
		scale = scale_of(p, in, &task);
		grid = (struct extent){(int64_t)tokens_at(width, scale, f),
				       (int64_t)tokens_at(height, scale, f)};
	}
	out->visual = grid.w * grid.h;
	out->resized_w = grid.w * f;
	out->resized_h = grid.h * f;
	out->tiles = 1;
	out->encoder_patches = out->visual * p->merge * p->merge;
	count_special(p, false, 0, grid.h, out);
	if (t)
		trace_scaled(p, scale, grid, out, t);
}

/* max_num_patches, merge^2 of them a token. */
static bool cap(struct processor *p, int32_t tokens)
{
	p->max_patches = (int32_t)min_i64(p->max_patches, (int64_t)tokens * p->merge * p->merge);
	p->min_patches = (int32_t)min_i64(p->min_patches, p->max_patches);
	return true;
}

/* Where the number of patches passes `patches` at tokens c x r, (c + 1) (r + 1) of them are too
 * many, and a search that ends just before it may be one token of each side short of that. c is at
 * most sqrt(aspect * c r) + 1, likewise r. More patches never make this less, from where it is
 * above 0 on. */
static double least_of(const struct box *b, double tokens)
{
	double flat = sqrt((double)b->w2 / (double)b->h1),
	       tall = sqrt((double)b->h2 / (double)b->w1);
	double sides = (flat + tall) * sqrt(tokens) + 2;

	return tokens - 2 * sides - 4;
}

/* Pictures large enough for the search to have room, and small enough for its last step to be less
 * than a token. */
static bool is_usual(const struct processor *p, const struct box *b)
{
	double f = (double)p->patch * p->merge, all = (double)p->merge * p->merge;
	double most = (double)b->w1 * scale_most / f * ((double)b->h1 * scale_most / f) * all;

	return (double)max_i64(b->w2, b->h2) * precision < f && most > 4 * (double)p->max_patches;
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	double all = (double)p->merge * p->merge, least, capped = least_of(b, p->max_patches / all);
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (!is_usual(p, b))
		return of;
	if (p->variant == READ_STANDARD) {
		int64_t n = (b->w1 / p->patch) * (b->h1 / p->patch);
		n = min_i64(max_i64(n, p->min_patches), p->max_patches);
		least = least_of(b, (double)n / all);
	} else {
		struct extent in1 = {b->w1, b->h1}, in2 = {b->w2, b->h2};
		double n = patches_at(p, in1, 1), most = patches_at(p, in2, 1);
		if (n >= p->min_patches && most <= p->max_patches)
			of.piece = PIECE_RISING;
		least = max_num(n, p->min_patches) / all;
		least = most > p->max_patches ? min_num(least, capped) : least;
	}
	of.least_tokens = least > 0 ? (int64_t)least : 0;
	return of;
}

const struct strategy strategy_naflex = {
	.name = "naflex",
	.summary = "scaled to a number of patches, found by bisection",
	.formula = "n / merge^2, min-patches <= n(s) <= max-patches",
	.variants = variants,
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
