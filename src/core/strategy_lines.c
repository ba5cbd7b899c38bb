/* lines: rows of tokens, each closed by a learned line end, under a budget that counts the line
 * ends (DeepSeek V4 with vision and V4.1).
 *
 *     a ratio R:  W > R H: W = R H
 *     W H < min_pixels:  s = sqrt(min_pixels / (W H)), W = int(W s), H = int(H s)
 *     sides up to multiples of patch; rows = ceil(floor(H / patch) / merge), cols likewise
 *     N = rows (cols + 1) + 2;  N > max_tokens:  r = H / W, c = sqrt((max_tokens - 2) / r + 1/4) -
 *         1/2, c r rows;  c < 1: one column of (max_tokens - 2) // 2;  c r < 1: one row of
 *         max_tokens - 3;  else b = min(floor(c) cell / W, floor(c r) cell / H), sides
 *         floor(side b / patch) * patch
 *     V = rows * cols;  specials: a line end for each row, begin and end
 *
 * Variant paired lays rows out in pairs: an odd number of rows is followed by a row of pads, an
 * odd number of pairs x (cols + 1) by two more; three places of max_tokens stay free for an
 * alignment that hangs on the text before the image and is not counted; the size is solved with
 * a budget that shrinks by one until all of it fits, rows are rounded down to even, and the wide
 * case is below two rows.
 * Reads patch, merge, max_tokens, min_pixels, max_aspect (of wide pictures; 0 = none), special,
 * special_per_row. Source: models/deepseek_v4/common/mm_preprocess.py and
 * models/deepseek_v41/common/mm_preprocess.py of vllm-project/vllm, which follow the checkpoints'
 * own image_processor.py. */
#include "core/strategy.h"

#include "base/unit.h"
#include "core/trace.h"

enum { READ_PLAIN, READ_PAIRED };
static const char *const variants[] = {"plain", "paired", NULL};

enum { ALIGNMENT = 3 }; /* places kept for pads before the image: the compressor reads four */

/* What is fed, in patches, and the grid of tokens it makes. */
struct fed {
	struct extent patches, grid;
};

static int64_t paired_pads(struct extent grid)
{
	int64_t row = grid.w + 1, pairs = (grid.h + 1) / 2;

	return grid.h % 2 * row + pairs * row % 2 * 2;
}

static int64_t positions(const struct processor *p, struct extent grid)
{
	return grid.h * (grid.w + 1) + 2 + (p->variant == READ_PAIRED ? paired_pads(grid) : 0);
}

static struct extent grid_of(const struct processor *p, struct extent patches)
{
	return (struct extent){ceil_div(patches.w, p->merge), ceil_div(patches.h, p->merge)};
}

/* The largest size of that shape whose grid keeps to the budget, in patches. */
static struct extent solve(const struct processor *p, double w, double h, int64_t budget)
{
	bool paired = p->variant == READ_PAIRED;
	int64_t cell = (int64_t)p->patch * p->merge, least_rows = paired ? 2 : 1;
	double r = h / w, cols = sqrt((double)(budget - 2) / r + 0.25) - 0.5, rows = cols * r;

	if (cols < 1) {
		int64_t tall = (budget - 2) / 2;
		return (struct extent){p->merge, (paired ? tall - tall % 2 : tall) * p->merge};
	}
	if (rows < (double)least_rows) {
		int64_t wide = paired ? (budget - 2) / 2 - 1 : budget - 3;
		return (struct extent){wide * p->merge, least_rows * p->merge};
	}
	int64_t c = floor_int(cols), l = floor_int(rows);
	if (paired)
		l -= l % 2;
	double b = min_num((double)(c * cell) / w, (double)(l * cell) / h);
	return (struct extent){floor_int(w * b / p->patch), floor_int(h * b / p->patch)};
}

/* w and h are whole unless the ratio is not. */
static struct fed feed(const struct processor *p, double w, double h)
{
	int64_t most = p->max_tokens - (p->variant == READ_PAIRED ? ALIGNMENT : 0);
	struct fed f = {.patches = {ceil_int(w / p->patch), ceil_int(h / p->patch)}};

	f.grid = grid_of(p, f.patches);
	for (int64_t budget = most; positions(p, f.grid) > most && budget > 2; budget--) {
		f.patches = solve(p, w, h, budget);
		f.grid = grid_of(p, f.patches);
	}
	if (positions(p, f.grid) > most)
		f.grid = (struct extent){0, 0};
	return f;
}

static void trace_lines(const struct processor *p, int64_t width, int64_t height, struct extent in,
			const struct fed *f, const struct count *out, struct trace *t)
{
	bool cut = p->max_aspect > 0 && (double)width > (double)height * p->max_aspect;
	struct extent fed = {out->resized_w, out->resized_h};
	bool shrunk = fed.w < in.w || fed.h < in.h;
	char px[UNIT_TEXT];

	if (cut)
		trace_step(t, STEP_RESIZE, in.w, in.h, 0, WORD_PX, true,
			   "stretched: at most %.4g times as wide as high", p->max_aspect);
	if (in.h > height)
		trace_step(t, STEP_RESIZE, in.w, in.h, 0, WORD_PX, true, "pixel floor %s",
			   unit_grouped(px, p->min_pixels));
	trace_canvas(t, fed, 1, 1, (double)(p->patch * p->merge), false);
	if (!cut)
		trace_fit(t, width, height);
	trace_step(t, STEP_RESIZE, fed.w, fed.h, 0, WORD_PX, shrunk,
		   shrunk ? "budget of %s tokens, line ends included, multiples of %d"
			  : "within the budget of %s tokens, up to multiples of %d",
		   unit_grouped(px, p->max_tokens), (int)p->patch);
	trace_step(t, STEP_PATCH, f->patches.w, f->patches.h, out->encoder_patches, WORD_PATCHES,
		   false, "patches of %d pixels", (int)p->patch);
	trace_merged(p, f->grid.w, f->grid.h, out->visual, t);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	double w = (double)width, h = (double)height;

	if (p->max_aspect > 0)
		w = min_num(w, h * p->max_aspect);
	if (w * h < (double)p->min_pixels) {
		double s = sqrt((double)p->min_pixels / (w * h));
		w = trunc(w * s);
		h = trunc(h * s);
	}
	struct fed f = feed(p, w, h);

	if (f.grid.w < 1 || f.grid.h < 1) {
		count_refuse(out, t, REFUSED_BUDGET, (struct refusal_facts){.a = p->max_tokens});
		return;
	}
	out->visual = f.grid.w * f.grid.h;
	out->resized_w = f.patches.w * p->patch;
	out->resized_h = f.patches.h * p->patch;
	out->tiles = 1;
	out->encoder_patches = f.patches.w * f.patches.h;
	count_special(p, false, 0, f.grid.h, out);
	if (p->variant == READ_PAIRED)
		out->special += paired_pads(f.grid);
	if (t)
		trace_lines(p, width, height, (struct extent){(int64_t)w, (int64_t)h}, &f, out, t);
}

/* --image-max-tokens of llama.cpp and its forks; it counts the line ends too. */
static bool cap(struct processor *p, int32_t tokens)
{
	p->max_tokens = (int32_t)min_i64(p->max_tokens, tokens);
	return true;
}

/* Within the budget and above the pixel floor a picture is only padded, so that all its pixels
 * count. Pads behind odd rows come and go. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	struct extent first = {ceil_div(b->w1, p->patch), ceil_div(b->h1, p->patch)},
		      last = {ceil_div(b->w2, p->patch), ceil_div(b->h2, p->patch)};
	struct extent least = grid_of(p, first), most = grid_of(p, last);
	bool is_cut = p->max_aspect > 0 && (double)b->w2 > (double)b->h1 * p->max_aspect;
	bool is_raised = (double)b->w1 * (double)b->h1 < (double)p->min_pixels;
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (is_cut || is_raised || (most.h + 1) * (most.w + 1) + 4 > p->max_tokens - ALIGNMENT)
		return of;
	of.least_tokens = least.w * least.h;
	if (p->variant == READ_PLAIN)
		of.piece = PIECE_RISING;
	return of;
}

const struct strategy strategy_lines = {
	.name = "lines",
	.summary = "rows of tokens with learned line ends, under a budget",
	.formula = "rows cols and a line end each, rows = ceil(h / patch / merge)",
	.variants = variants,
	.needs = NEED_PATCH | NEED_MAX_TOKENS,
	.count = count,
	.cap = cap,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
			.max_pixels = "the budget is of tokens",
		},
};
