#include "view/image_facts.h"

#include <math.h>
#include <stdarg.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/orientation.h"
#include "state/seen.h"
#include "view/preview.h"
#include "view/widget.h"

static double scale_x(const struct fed *s)
{
	return (double)s->l.content_w / (double)s->setup->width;
}

static double scale_y(const struct fed *s)
{
	return (double)s->l.content_h / (double)s->setup->height;
}

/* Pixels of the picture on the canvas: crops leave some of it outside. */
static double content_area(const struct fed *s)
{
	const struct layout_px *l = &s->l;
	double x0 = fmax(0, (double)l->content_x), y0 = fmax(0, (double)l->content_y);
	double x1 = fmin((double)l->canvas_w, (double)(l->content_x + l->content_w));
	double y1 = fmin((double)l->canvas_h, (double)(l->content_y + l->content_h));

	return fmax(0, x1 - x0) * fmax(0, y1 - y0);
}

/* ---- facts */

struct rows {
	struct cells *c; /* NULL: they are counted */
	struct rect r;
	int n;
};

static void fact(struct rows *to, const char *label, unsigned style, const char *fmt, ...)
	PRINTF_LIKE(4, 5);

static void fact(struct rows *to, const char *label, unsigned style, const char *fmt, ...)
{
	char text[128];
	va_list args;

	va_start(args, fmt);
	str_vformat(text, sizeof(text), fmt, args);
	va_end(args);
	if (to->c)
		widget_row(to->c, to->r, to->n, label, text, style);
	to->n++;
}

static void note(struct rows *to, unsigned style, const char *text)
{
	struct rect left = {to->r.x, to->r.y + to->n, to->r.width, to->r.height - to->n};

	if (left.height > 0)
		to->n += widget_wrap(to->c, left, style, text);
}

static void file_facts(struct rows *to, const struct fed *s, const struct picture_info *p)
{
	char w[UNIT_TEXT], h[UNIT_TEXT];

	unit_grouped(w, s->setup->width);
	unit_grouped(h, s->setup->height);
	if (p->path[0] && (s->file_w != s->setup->width || s->file_h != s->setup->height)) {
		fact(to, "size asked", STYLE_VALUE, "%s x %s px", w, h);
		unit_grouped(w, s->file_w);
		unit_grouped(h, s->file_h);
		fact(to, "the file has", STYLE_TEXT, "%s x %s px", w, h);
	} else {
		fact(to, p->path[0] ? p->format : "picture", STYLE_VALUE, "%s x %s px", w, h);
	}
	if (picture_lies(p)) {
		unit_grouped(w, p->raw_width);
		unit_grouped(h, p->raw_height);
		fact(to, "stored as", STYLE_TEXT, "%s x %s px", w, h);
	}
	if (p->path[0] && p->orientation > 1) {
		char label[16];

		fact(to, str_format(label, sizeof(label), "EXIF %d", p->orientation),
		     s->turning.turns ? STYLE_TEXT : STYLE_WARN, "%s %s",
		     orientation_verb(&s->turning), s->turning.who);
	}
}

static void resize_facts(struct rows *to, const struct fed *s)
{
	char w[UNIT_TEXT], h[UNIT_TEXT];
	double sx = scale_x(s), sy = scale_y(s), bent = fmax(sx, sy) / fmin(sx, sy) - 1;

	fact(to, "resized to", STYLE_VALUE, "%s x %s px", unit_grouped(w, s->l.content_w),
	     unit_grouped(h, s->l.content_h));
	if (bent < 0.0005)
		fact(to, "scale", STYLE_TEXT, "%.3f", sx);
	else
		fact(to, "scale", STYLE_TEXT, "%.3f x %.3f", sx, sy);
	/* rounding to whole blocks bends a little; only a square made of a
	 * page is worth a colour */
	fact(to, "distortion", bent > 0.1 ? STYLE_WARN : STYLE_TEXT, "%s",
	     bent < 0.0005 ? "none" : unit_percent(w, bent));
}

static void canvas_facts(struct rows *to, const struct fed *s)
{
	char w[UNIT_TEXT], h[UNIT_TEXT];
	const struct layout_px *l = &s->l;
	double canvas = (double)l->canvas_w * (double)l->canvas_h, shown = content_area(s);
	double whole = (double)l->content_w * (double)l->content_h;

	if (l->canvas_w != l->content_w || l->canvas_h != l->content_h)
		fact(to, "canvas", STYLE_TEXT, "%s x %s px", unit_grouped(w, l->canvas_w),
		     unit_grouped(h, l->canvas_h));
	int64_t rw = s->count.resized_w, rh = s->count.resized_h;

	if (rw > 0 && (rw != l->content_w || rh != l->content_h) &&
	    (rw != l->canvas_w || rh != l->canvas_h))
		fact(to, "overview", STYLE_TEXT, "%s x %s px", unit_grouped(w, rw),
		     unit_grouped(h, rh));
	fact(to, "padding", shown < 0.75 * canvas ? STYLE_WARN : STYLE_TEXT, "%s",
	     shown < canvas ? unit_percent(w, 1 - shown / canvas) : "none");
	if (shown < whole)
		fact(to, "cut off", STYLE_WARN, "%s", unit_percent(w, 1 - shown / whole));
	if (l->cols > 1 || l->rows > 1 || l->overview)
		fact(to, "tiles", STYLE_VALUE, "%d x %d%s", l->cols, l->rows,
		     l->overview ? " + overview" : "");
	if (l->cell_w > 0 && l->cell_h > 0)
		fact(to, "one token", STYLE_TEXT, "%.4g x %.4g px", l->cell_w, l->cell_h);
}

/* What is to be known of it. */
static void remarks(struct rows *to, const struct fed *s, const struct picture_info *p)
{
	char text[160];
	double times = scale_x(s) * scale_y(s);

	if (!fed_is_known(s))
		note(to, STYLE_DIM, "this rule says nothing about a resize");
	if (fed_is_known(s) && times > 1.02) {
		str_format(text, sizeof(text),
			   "upscaled for nothing: the model gets %.3g times the pixels there are",
			   times);
		note(to, STYLE_WARN, text);
	}
	if (s->dpi_is_stated)
		str_format(text, sizeof(text),
			   "12-pt text: high in pixels, from the %.0f dpi the file states", p->dpi);
	else
		str_format(text, sizeof(text),
			   "12-pt text: high in pixels, if the picture is a whole page of A4%s",
			   p->path[0] ? "; the file states no dpi" : "");
	if (fed_is_known(s))
		note(to, STYLE_DIM, text);
	if (!p->path[0])
		note(to, STYLE_DIM, "o opens a picture");
	else if (p->pixels_error[0])
		note(to, STYLE_WARN, p->pixels_error);
	else if (!p->pixels)
		note(to, STYLE_DIM, "the pixels are being read");
}

int image_facts(struct cells *c, struct rect r, const struct fed *s, const struct state *st)
{
	struct rows to = {c, r, 0};
	const struct picture_info *p = &st->picture;
	char n[UNIT_TEXT], why[REFUSAL_TEXT];
	double before = s->dpi / 6; /* 12 points are a sixth of an inch */

	file_facts(&to, s, p);
	if (s->count.refused) {
		note(&to, STYLE_BAD, count_reason(&s->count, why));
		return to.n;
	}
	if (fed_is_known(s)) {
		resize_facts(&to, s);
		canvas_facts(&to, s);
		fact(&to, "12-pt text", STYLE_VALUE, "%.1f px, was %.1f", before * scale_y(s),
		     before);
	}
	fact(&to, "visual tokens", STYLE_VALUE, "%s", unit_grouped(n, s->count.visual));
	remarks(&to, s, p);
	return to.n;
}

/* ---- one token */

static void place_fact(struct rows *to, const struct fed *s, int col, int row)
{
	int64_t place = fed_place(s, col, row);
	char at[UNIT_TEXT], of[UNIT_TEXT];

	if (s->is_tiles) {
		fact(to, "tile", STYLE_VALUE, "%s of %s", unit_grouped(at, place),
		     unit_grouped(of, (int64_t)s->cols * s->rows));
		return;
	}
	if (s->l.cols > 1 || s->l.rows > 1)
		fact(to, "in tile", STYLE_TEXT, "%d of %d",
		     row / s->tile_rows * s->l.cols + col / s->tile_cols + 1,
		     s->l.cols * s->l.rows);
	if (place)
		fact(to, "token", STYLE_VALUE, "%s of %s", unit_grouped(at, place),
		     unit_grouped(of, s->count.visual));
	fact(to, "column, row", STYLE_TEXT, "%d, %d of %d x %d", col + 1, row + 1, s->cols,
	     s->rows);
	if (!place)
		note(to, STYLE_DIM,
		     "the rule drops or adds tokens: its place among them is not known");
	else if (s->l.overview)
		note(to, STYLE_DIM, "those of the overview come before or after");
}

/* The pixels of the picture behind a share of it. */
static int64_t pixel_at(double share, int64_t n)
{
	double at = floor(share * (double)n + 1e-6);

	return at < 0 ? 0 : at > (double)n ? n : (int64_t)at;
}

static void cover_facts(struct rows *to, const struct fed *s, const struct preview_area *t)
{
	const struct preview_area at = fed_content(s);
	double left = (t->x - at.x) / at.width, top = (t->y - at.y) / at.height;
	double right = left + t->width / at.width, low = top + t->height / at.height;

	if (right <= 0 || low <= 0 || left >= 1 || top >= 1) {
		fact(to, "it sees", STYLE_WARN, "padding alone");
		return;
	}
	fact(to, "from", STYLE_TEXT, "%lld, %lld", (long long)pixel_at(left, s->setup->width),
	     (long long)pixel_at(top, s->setup->height));
	fact(to, "to", STYLE_TEXT, "%lld, %lld px",
	     (long long)pixel_at(right - 1e-9, s->setup->width),
	     (long long)pixel_at(low - 1e-9, s->setup->height));
	if (s->patches > 1)
		fact(to, "patches", STYLE_TEXT, "%d x %d of %.4g px", s->patches, s->patches,
		     s->l.cell_w / s->patches);
}

void image_token(struct cells *c, struct rect r, const struct fed *s, const struct state *st,
		 int col, int row)
{
	enum { LEAST = 4 };
	struct rows to = {c, r, 0};
	struct preview_area t = fed_token(s, col, row);
	struct preview p = fed_preview(s, st);

	place_fact(&to, s, col, row);
	cover_facts(&to, s, &t);
	struct rect left = {r.x, r.y + to.n + 1, r.width, r.height - to.n - 1};
	if (left.height < LEAST)
		return;
	p.window = t;
	p.cols = p.rows = 1;
	if (p.ink != INK_PIXELS)
		p.ink = INK_HALVES; /* square, as the pixels of the canvas are */
	preview_draw(c,
		     preview_fit(left, t.width * (double)s->l.canvas_w,
				 t.height * (double)s->l.canvas_h, fed_cell_aspect(st)),
		     &p);
}
