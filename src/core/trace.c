#include "core/trace.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"

static const char *const names[] = {
	[STEP_ORIGINAL] = "original", [STEP_EXIF] = "exif",       [STEP_RESIZE] = "resize",
	[STEP_PAD] = "canvas",        [STEP_TILE] = "tiles",      [STEP_PATCH] = "patches",
	[STEP_MERGE] = "merge",       [STEP_POOL] = "pool",       [STEP_UNPAD] = "unpad",
	[STEP_QUERY] = "query",       [STEP_NEWLINE] = "newline", [STEP_VISUAL] = "visual",
	[STEP_SPECIAL] = "special",   [STEP_TOTAL] = "total",     [STEP_REFUSED] = "refused",
};
static_assert(ARRAY_SIZE(names) == STEP_N, "a name for every step");

const char *step_name(enum step_kind k)
{
	return names[k];
}

/* Thousands marks in whole numbers from 10,000 on, as everywhere that people read them. */
static void group_digits(char *text, size_t size)
{
	char out[sizeof(((struct step *)0)->text)];
	size_t o = 0;

	for (const char *s = text; *s && o + 1 < size;) {
		size_t n = strspn(s, "0123456789");
		bool is_whole = n >= 5 && (s == text || s[-1] == ' ' || s[-1] == '(') &&
				strchr(" ,;:)", s[n]);

		for (size_t i = 0; i < (n ? n : 1) && o + 2 < size; i++) {
			if (is_whole && i && (n - i) % 3 == 0)
				out[o++] = ',';
			out[o++] = s[i];
		}
		s += n ? n : 1;
	}
	out[o] = '\0';
	memcpy(text, out, o + 1);
}

void trace_step_add(struct trace *t, enum step_kind kind, int64_t width, int64_t height,
		    int64_t count, const char *unit, bool bound, const char *fmt, ...)
{
	struct step *s = &t->steps[t->n++];
	va_list args;

	s->kind = kind;
	s->width = width;
	s->height = height;
	s->count = count;
	s->unit = unit;
	s->bound = bound;
	va_start(args, fmt);
	str_vformat(s->text, sizeof(s->text), fmt, args);
	va_end(args);
	group_digits(s->text, sizeof(s->text));
}

void count_refuse(struct count *out, struct trace *t, enum refusal why, struct refusal_facts facts)
{
	char text[REFUSAL_TEXT];

	count_clear(out);
	out->refused = why;
	out->facts = facts;
	if (t)
		trace_step(t, STEP_REFUSED, 0, 0, 0, "", false, "%s", count_reason(out, text));
}

void trace_canvas(struct trace *t, struct extent canvas, int64_t cols, int64_t rows, double cell,
		  bool overview)
{
	t->layout = (struct layout_px){
		.canvas_w = canvas.w,
		.canvas_h = canvas.h,
		.content_w = canvas.w,
		.content_h = canvas.h,
		.cols = (int32_t)cols,
		.rows = (int32_t)rows,
		.cell_w = cell,
		.cell_h = cell,
		.overview = overview,
	};
}

void trace_content(struct trace *t, int64_t x, int64_t y, struct extent content)
{
	t->layout.content_x = x;
	t->layout.content_y = y;
	t->layout.content_w = content.w;
	t->layout.content_h = content.h;
}

struct extent fitted(struct extent canvas, int64_t width, int64_t height)
{
	double w = (double)width, h = (double)height;
	/* the smaller of both quotients; which one it is takes no division */
	double s = (double)canvas.w * h <= (double)canvas.h * w ? (double)canvas.w / w
								: (double)canvas.h / h;

	return (struct extent){min_i64(canvas.w, max_i64(1, round_even(w * s))),
			       min_i64(canvas.h, max_i64(1, round_even(h * s)))};
}

void trace_fit(struct trace *t, int64_t width, int64_t height)
{
	struct extent canvas = {t->layout.canvas_w, t->layout.canvas_h};
	struct extent e = fitted(canvas, width, height);

	trace_content(t, (canvas.w - e.w) / 2, (canvas.h - e.h) / 2, e);
}
