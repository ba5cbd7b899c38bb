/* box: patches of the image, shrunk into one box and never enlarged, a newline token
 * after each row (Fuyu).
 *
 *     W or H beyond the box: s = min(box_h / H, box_w / W), H = int(H s), W = int(W s)
 *     rows = ceil(H / patch), cols = ceil(W / patch);  V = rows * cols;  one newline
 *         per row, one final token
 *
 * Reads patch and the first of pins, the box. Source: fuyu of huggingface/transformers
 * (main of 2026-08-19). */
#include "core/strategy.h"

#include "core/trace.h"

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	struct px_size box = p->pins[0];
	struct extent e = {width, height};
	bool shrunk = width > box.width || height > box.height;

	if (shrunk) {
		double s = min_num(box.height / (double)height, box.width / (double)width);
		e = (struct extent){(int64_t)((double)width * s), (int64_t)((double)height * s)};
	}
	if (e.w < 1 || e.h < 1) {
		count_refuse(out, t, REFUSED_BOX,
			     (struct refusal_facts){.a = box.width, .b = box.height});
		return;
	}
	struct extent grid = {ceil_div(e.w, p->patch), ceil_div(e.h, p->patch)};
	out->visual = grid.w * grid.h;
	out->resized_w = grid.w * p->patch;
	out->resized_h = grid.h * p->patch;
	out->tiles = 1;
	out->encoder_patches = out->visual;
	count_special(p, false, 0, grid.h, out);
	if (!t)
		return;
	trace_step(t, STEP_RESIZE, e.w, e.h, 0, WORD_PX, shrunk,
		   shrunk ? "shrunk into %d x %d" : "fits %d x %d: kept", (int)box.width,
		   (int)box.height);
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1, (double)p->patch,
		     false);
	trace_content(t, 0, 0, e);
	trace_step(t, STEP_PAD, out->resized_w, out->resized_h, 0, WORD_PX, false,
		   "padded to whole patches");
	trace_step(t, STEP_PATCH, grid.w, grid.h, out->visual, WORD_TOKENS, false,
		   "patches of %d pixels, a token each", (int)p->patch);
}

static struct piece_of piece(const struct processor *p, const struct box *b)
{
	struct px_size box = p->pins[0];
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (b->w2 <= box.width && b->h2 <= box.height)
		of.piece = PIECE_RISING;
	return of;
}

const struct strategy strategy_box = {
	.name = "box",
	.summary = "patches of an image shrunk into one box, row newlines",
	.formula = "ceil(h / patch) ceil(w / patch), within the box",
	.needs = NEED_PATCH | NEED_PINS,
	.count = count,
	.piece = piece,
	.fixed =
		{
			.merge = "every patch is a token",
			.pool = "every patch is a token",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "nothing is enlarged",
			.max_pixels = "the box decides",
		},
};
