/* What the model sees: the picture as it is and as the processor feeds it, under tiles and tokens,
 * and what that did to it. Without a picture a plain field stands in; the geometry is the same. */
#include "view/view.h"

#include <math.h>
#include <stdarg.h>

#include "base/str.h"
#include "base/unit.h"
#include "state/seen.h"
#include "view/preview.h"
#include "view/widget.h"

enum {
	FACTS_LEAST = 30,
	FACTS_MOST = 46,     /* columns of the facts beside the pictures */
	PICTURES_LEAST = 24, /* columns worth drawing pictures in */
	OVERVIEW = 14,       /* columns of the small one */
};

/* Where a file states no resolution, its longer side is taken for that of a sheet of A4: 297 mm. */
static const double PAGE_INCHES = 297 / 25.4;

/* One frame's geometry. */
struct seen {
	const struct frame *f;
	const struct setup *setup;
	struct count count;
	struct turning turning; /* who turns the picture */
	int64_t file_w, file_h; /* of the picture as that one sees it */
	struct layout_px l;     /* canvas_w 0: the rule gives no layout */
	double dpi;             /* of the picture as asked for */
	bool dpi_is_stated;
};

static void look(struct seen *s, const struct frame *f)
{
	const struct picture_info *p = &f->st->picture;
	struct trace trace = {.n = 0};

	s->f = f;
	s->setup = &f->st->req.setup;
	s->turning = request_turning(&f->st->req, f->st->reg, NULL);
	picture_seen(p, s->turning.turns, &s->file_w, &s->file_h);
	count_image(s->setup->model->processor, s->setup->lens, &s->setup->knobs, s->setup->width,
		    s->setup->height, &s->count, &trace);
	s->l = trace.layout;
	if (s->l.canvas_w <= 0 || s->l.canvas_h <= 0)
		s->l = (struct layout_px){.canvas_w = s->count.resized_w,
					  .canvas_h = s->count.resized_h};
	if (s->l.content_w <= 0 || s->l.content_h <= 0) {
		s->l.content_w = s->l.canvas_w;
		s->l.content_h = s->l.canvas_h;
	}
	if (s->count.refused)
		s->l.canvas_w = 0;
	s->dpi_is_stated = p->path[0] && p->dpi > 0 && s->file_h > 0;
	double longer =
		(double)(s->setup->width > s->setup->height ? s->setup->width : s->setup->height);
	s->dpi = s->dpi_is_stated ? p->dpi * (double)s->setup->height / (double)s->file_h
				  : longer / PAGE_INCHES;
}

static bool is_known(const struct seen *s)
{
	return s->l.canvas_w > 0 && s->l.canvas_h > 0;
}

static double scale_x(const struct seen *s)
{
	return (double)s->l.content_w / (double)s->setup->width;
}

static double scale_y(const struct seen *s)
{
	return (double)s->l.content_h / (double)s->setup->height;
}

/* Pixels of the picture on the canvas: crops leave some of it outside. */
static double content_area(const struct seen *s)
{
	const struct layout_px *l = &s->l;
	double x0 = fmax(0, (double)l->content_x), y0 = fmax(0, (double)l->content_y);
	double x1 = fmin((double)l->canvas_w, (double)(l->content_x + l->content_w));
	double y1 = fmin((double)l->canvas_h, (double)(l->content_y + l->content_h));

	return fmax(0, x1 - x0) * fmax(0, y1 - y0);
}

/* ---- facts */

struct rows {
	struct cells *c;
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
	widget_row(to->c, to->r, to->n++, label, text, style);
}

static void note(struct rows *to, unsigned style, const char *text)
{
	struct rect left = {to->r.x, to->r.y + to->n, to->r.width, to->r.height - to->n};

	if (left.height > 0)
		to->n += widget_wrap(to->c, left, style, text);
}

static void file_facts(struct rows *to, const struct seen *s)
{
	const struct picture_info *p = &s->f->st->picture;
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

static void resize_facts(struct rows *to, const struct seen *s)
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

static void canvas_facts(struct rows *to, const struct seen *s)
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

static void facts(struct cells *c, struct rect r, const struct seen *s)
{
	struct rows to = {c, r, 0};
	const struct picture_info *p = &s->f->st->picture;
	char text[160], n[UNIT_TEXT], why[REFUSAL_TEXT];
	double times = scale_x(s) * scale_y(s),
	       before = s->dpi / 6; /* 12 points are a sixth of an inch */

	file_facts(&to, s);
	if (s->count.refused) {
		note(&to, STYLE_BAD, count_reason(&s->count, why));
		return;
	}
	if (is_known(s)) {
		resize_facts(&to, s);
		canvas_facts(&to, s);
		fact(&to, "12-pt text", STYLE_VALUE, "%.1f px, was %.1f", before * scale_y(s),
		     before);
	}
	fact(&to, "visual tokens", STYLE_VALUE, "%s", unit_grouped(n, s->count.visual));
	if (!is_known(s))
		note(&to, STYLE_DIM, "this rule says nothing about a resize");
	if (is_known(s) && times > 1.02) {
		str_format(text, sizeof(text),
			   "upscaled for nothing: the model gets %.3g times the pixels there are",
			   times);
		note(&to, STYLE_WARN, text);
	}
	if (s->dpi_is_stated)
		str_format(text, sizeof(text),
			   "12-pt text: high in pixels, from the %.0f dpi the file states", p->dpi);
	else
		str_format(text, sizeof(text),
			   "12-pt text: high in pixels, if the picture is a whole page of A4%s",
			   p->path[0] ? "; the file states no dpi" : "");
	if (is_known(s))
		note(&to, STYLE_DIM, text);
	if (!p->path[0])
		note(&to, STYLE_DIM, "o opens a picture");
	else if (p->pixels_error[0])
		note(&to, STYLE_WARN, p->pixels_error);
	else if (!p->pixels)
		note(&to, STYLE_DIM, "the pixels are being read");
}

/* ---- pictures */

static void caption(struct cells *c, struct rect r, const char *what, int64_t w, int64_t h)
{
	char a[UNIT_TEXT], b[UNIT_TEXT], text[96];

	str_format(text, sizeof(text), "%s %s x %s", what, unit_grouped(a, w), unit_grouped(b, h));
	cells_text_fit(c, r.x, r.y, r.width, STYLE_TITLE, text);
}

static struct preview plain(const struct seen *s)
{
	const struct theme *t = s->f->st->theme;

	return (struct preview){
		.picture = s->f->st->picture.pixels,
		.orientation = s->turning.turns ? 1 : s->f->st->picture.orientation,
		.width = 1,
		.height = 1,
		.cols = 1,
		.rows = 1,
		.is_mono = s->f->st->is_mono || (t && t->is_mono),
		.is_light = t && t->is_light,
	};
}

static void draw_before(struct cells *c, struct rect r, const struct seen *s)
{
	struct preview p = plain(s);
	struct rect room = {r.x, r.y + 1, r.width, r.height - 1};

	caption(c, r, "picture", s->setup->width, s->setup->height);
	preview_draw(c, preview_fit(room, (double)s->setup->width, (double)s->setup->height), &p);
}

/* The overview is as large as one tile and holds the whole picture. It stands beside the canvas or
 * below it, where it leaves the canvas larger; returns the room of the canvas. */
static struct rect draw_overview(struct cells *c, struct rect r, const struct seen *s)
{
	struct preview p = plain(s);
	double cw = (double)s->l.canvas_w, ch = (double)s->l.canvas_h;
	struct rect beside = {r.x, r.y, r.width - OVERVIEW - 1, r.height};
	struct rect above = {r.x, r.y, r.width, r.height - OVERVIEW / 2 - 1};
	struct rect one = preview_fit(rect_inset(beside, 0, 1), cw, ch),
		    two = preview_fit(rect_inset(above, 0, 1), cw, ch);
	bool is_below = two.width * two.height > one.width * one.height;
	struct rect at =
		is_below ? (struct rect){r.x, r.y + above.height, r.width, r.height - above.height}
			 : (struct rect){r.x + r.width - OVERVIEW, r.y, OVERVIEW, r.height};

	cells_text_fit(c, at.x, at.y, at.width, STYLE_TITLE, "+ overview");
	at.y++;
	at.height--;
	preview_draw(c, preview_fit(at, cw / s->l.cols, ch / s->l.rows), &p);
	return is_below ? above : beside;
}

static void draw_after(struct cells *c, struct rect r, const struct seen *s)
{
	struct preview p = plain(s);
	const struct layout_px *l = &s->l;
	double cw = (double)l->canvas_w, ch = (double)l->canvas_h;

	if (!is_known(s)) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM,
			       s->count.refused ? "refused" : "no layout known");
		return;
	}
	p.x = (double)l->content_x / cw;
	p.y = (double)l->content_y / ch;
	p.width = (double)l->content_w / cw;
	p.height = (double)l->content_h / ch;
	p.cols = l->cols > 0 ? l->cols : 1;
	p.rows = l->rows > 0 ? l->rows : 1;
	p.token_w = l->cell_w / cw;
	p.token_h = l->cell_h / ch;
	if (l->overview && l->cols > 0 && l->rows > 0 &&
	    (r.width >= 2 * OVERVIEW || r.height >= 2 * OVERVIEW))
		r = draw_overview(c, r, s);
	caption(c, r, "fed", l->canvas_w, l->canvas_h);
	preview_draw(c, preview_fit((struct rect){r.x, r.y + 1, r.width, r.height - 1}, cw, ch),
		     &p);
}

/* Side by side or one above the other: whichever shows the picture larger. */
static void pictures(struct cells *c, struct rect r, const struct seen *s)
{
	double w = (double)s->setup->width, h = (double)s->setup->height;
	struct rect beside = {r.x, r.y, (r.width - 1) / 2, r.height};
	struct rect above = {r.x, r.y, r.width, r.height / 2};
	struct rect one = preview_fit((struct rect){0, 0, beside.width, beside.height - 1}, w, h);
	struct rect two = preview_fit((struct rect){0, 0, above.width, above.height - 1}, w, h);

	if (one.width * one.height >= two.width * two.height || above.height < 5) {
		draw_before(c, beside, s);
		draw_after(c,
			   (struct rect){r.x + beside.width + 1, r.y, r.width - beside.width - 1,
					 r.height},
			   s);
	} else {
		draw_before(c, above, s);
		draw_after(c,
			   (struct rect){r.x, r.y + above.height, r.width, r.height - above.height},
			   s);
	}
}

static void draw(struct cells *c, struct rect body, const struct frame *f)
{
	struct seen s;

	look(&s, f);
	if (body.width < PICTURES_LEAST || body.height < 7) {
		facts(c, body, &s);
		return;
	}
	cells_box(c, body, STYLE_BORDER, "What the model sees", STYLE_TITLE);
	struct rect in = rect_inset(body, 2, 1);
	int width = in.width * 2 / 5;

	width = width < FACTS_LEAST ? FACTS_LEAST : width > FACTS_MOST ? FACTS_MOST : width;
	struct rect left = {in.x, in.y, in.width - width - 2, in.height};
	if (left.width < PICTURES_LEAST) { /* narrow: the facts, and below them what room is left */
		facts(c, in, &s);
		return;
	}
	pictures(c, left, &s);
	facts(c, (struct rect){in.x + in.width - width, in.y, width, in.height}, &s);
}

const struct view view_image = {.name = "image",
				.title = "Image",
				.key = '4',
				.help = "image",
				.needs_pixels = true,
				.draw = draw};
