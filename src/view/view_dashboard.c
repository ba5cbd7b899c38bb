/* View 1: every knob, and everything that follows from them. */
#include "view/view.h"

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "draw/digits.h"
#include "state/knobs.h"
#include "view/layout.h"
#include "view/notes.h"
#include "view/panel.h"
#include "view/pinned.h"
#include "view/textbook.h"
#include "view/widget.h"

/* ------------------------------------------------------------ knobs */

/* A fixed knob shows its value where the rule has one: a hosted rule may know no patches at all. */
static bool is_worth_showing(const struct request *r, enum knob k)
{
	const struct model *m = r->setup.model;

	return k == KNOB_GRID || (k == KNOB_PATCH && m && m->processor && m->processor->patch > 0);
}

/* Label at the left, number right-aligned before its unit, so that digits stand under digits. */
static void draw_knob(struct cells *c, struct rect row, const struct frame *f, enum knob k)
{
	const struct request *r = &f->st->req;
	const struct knob_spec *spec = &knob_specs[k];
	bool is_focus = k == f->st->focus, is_fixed = knob_fixed(r, k) != NULL,
	     is_turned = knob_modified(r, k);
	unsigned focus = is_focus ? STYLE_FOCUS : 0;
	char text[KNOB_TEXT_SIZE];
	int unit = row.width >= 24 ? 5 : 0;
	int label = 10;

	if (is_focus)
		cells_fill(c, row, ' ', STYLE_FOCUS);
	cells_put(c, row.x, row.y, is_focus ? 0x25b8 : ' ', is_focus ? focus : STYLE_TEXT);
	cells_text_fit(c, row.x + 1, row.y, label,
		       is_focus   ? focus
		       : is_fixed ? STYLE_DIM
				  : STYLE_TEXT,
		       spec->label);
	if (spec->kind == IS_SIDE && r->aspect_lock)
		cells_put(c, row.x + 8, row.y, 0x2194, is_focus ? focus : STYLE_DIM);
	knob_text(r, k, text);
	unsigned style = is_focus    ? focus
			 : is_turned ? STYLE_MARK
			 : is_fixed  ? STYLE_DIM
				     : STYLE_VALUE;
	int from = row.x + label, end = row.x + row.width - unit;

	if (k == KNOB_MODEL || k == KNOB_HARDWARE) { /* long names reach into the column of units */
		from = row.x + (k == KNOB_MODEL ? 7 : 10);
		if ((int)utf8_columns(text) > end - from)
			end = row.x + row.width - 1;
	}
	const char *behind = is_turned ? "mod" : spec->unit;
	if (is_fixed && !is_worth_showing(r, k)) {
		str_format(text, sizeof text, "fixed");
		behind = "";
	}
	cells_text_right(c, from, row.y, end - from, style, text);
	if (unit)
		cells_text_fit(c, end + 1, row.y, 3, is_focus ? focus : STYLE_DIM, behind);
}

static void draw_knobs(struct cells *c, const struct layout *l, const struct frame *f)
{
	enum knob_group group = GROUP_N;
	struct rect old = cells_clip(c, l->knobs);

	for (enum knob k = 0; k < KNOB_SHOWN_N; k++) {
		int y = layout_knob_row(l, f->st->focus, k);

		if (y < 0)
			continue;
		if (layout_has_headings(l) && knob_specs[k].group != group) {
			group = knob_specs[k].group;
			cells_text_fit(c, l->knobs.x + 1, y - 1, l->knobs.width - 2, STYLE_TITLE,
				       knob_group_titles[group]);
		}
		draw_knob(c, (struct rect){l->knobs.x, y, l->knobs.width, 1}, f, k);
	}
	cells_unclip(c, old);
}

/* ------------------------------------------------------------ frames */

/* At its top and its left: what stands there has no other side. */
static void draw_edge(struct cells *c, struct rect r)
{
	if (rect_empty(r))
		return;
	cells_hline(c, r.x - 1, r.y - 1, r.width + 2, STYLE_BORDER);
	cells_vline(c, r.x - 1, r.y - 1, r.height + 2, STYLE_BORDER);
}

static void draw_frame(struct cells *c, const struct layout *l)
{
	cells_box(c, l->frame, STYLE_BORDER, NULL, 0);
	cells_vline(c, l->knobs.x + l->knobs.width, l->frame.y, l->frame.height, STYLE_BORDER);
	if (!rect_empty(l->notes))
		cells_hline(c, l->frame.x, l->notes.y - 1, l->notes.width + 2, STYLE_BORDER);
	for (size_t i = 0; i < panels_n; i++)
		draw_edge(c, l->panels[i]);
	draw_edge(c, l->pinned);
}

/* The line goes on before and after the title. */
static void draw_title(struct cells *c, struct rect r, const char *title)
{
	int room = r.width - 4, columns = (int)utf8_columns(title);

	if (room < 2)
		return;
	cells_put(c, r.x + 1, r.y - 1, ' ', STYLE_TITLE);
	cells_text_fit(c, r.x + 2, r.y - 1, room, STYLE_TITLE, title);
	cells_put(c, r.x + 2 + (columns < room ? columns : room), r.y - 1, ' ', STYLE_TITLE);
}

static void draw_panels(struct cells *c, const struct layout *l, const struct frame *f)
{
	for (size_t i = 0; i < panels_n; i++) {
		struct rect r = l->panels[i];
		char title[64];

		if (rect_empty(r))
			continue;
		draw_title(c, r, panels[i]->title(f, title));
		/* the margin has the frame's style: fewer colour codes to a terminal */
		cells_fill(c, (struct rect){r.x, r.y, 1, r.height}, ' ', STYLE_BORDER);
		struct rect in = rect_inset(r, 1, 0), old = cells_clip(c, in);

		panels[i]->draw(c, in, f);
		cells_unclip(c, old);
	}
}

/* The one reason why there is no cost at all; NULL: there are some, or reasons of their own. */
static const char *no_costs(const struct estimate *e)
{
	const char *why = e->kv.bytes_per_token.reason;

	return why == e->prefill.reason ? why : NULL;
}

/* ------------------------------------------------------------ small screens: the numbers alone */

static int64_t visual_tokens(const struct frame *f)
{
	const struct request *r = &f->st->req;

	return r->setup.lens == LENS_FORMULA ? textbook_count(r, request_textbook(r))
					     : f->est.count.visual;
}

static char *quantity_text(const struct quantity *q, char *(*format)(char *, double),
			   char out[UNIT_TEXT])
{
	return q->reason ? str_format(out, UNIT_TEXT, "none") : format(out, q->value);
}

static void draw_numbers(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	const struct estimate *pin = f->st->pin.is_set ? &f->pin : NULL;
	char text[64], a[UNIT_TEXT], b[UNIT_TEXT];
	int row = 0;
	struct rect in = rect_inset(r, 1, 0);

	if (e->count.refused) {
		widget_wrap(c, in, STYLE_BAD, e->count.reason);
		return;
	}
	widget_row(c, in, row++, "visual tokens", unit_grouped(a, visual_tokens(f)),
		   STYLE_BIG | STYLE_BOLD, (double)e->count.visual,
		   pin ? (double)pin->count.visual : 0);
	if (e->context.limit > 0)
		str_format(text, sizeof text, "%s of %s", unit_percent(a, e->context.used_share),
			   unit_grouped(b, e->context.limit));
	else
		str_format(text, sizeof text, "no limit known");
	widget_row(c, in, row++, "context", text,
		   e->context.used_share > 1 ? STYLE_BAD : STYLE_VALUE, 0, 0);
	if (no_costs(e)) {
		in.y += row, in.height -= row;
		widget_wrap(c, in, STYLE_DIM, no_costs(e));
		return;
	}
	widget_row(c, in, row++, "requests at once",
		   quantity_text(&e->capacity.concurrency, unit_count, a), STYLE_VALUE,
		   e->capacity.concurrency.value, pin ? pin->capacity.concurrency.value : 0);
	widget_row(c, in, row++, "prefill, first token",
		   e->prefill.reason ? "none" : unit_time(a, e->prefill.ttft_s), STYLE_VALUE,
		   e->prefill.ttft_s, pin ? pin->prefill.ttft_s : 0);
	str_format(text, sizeof text, "%s to %s", unit_time(a, e->prefill.low_s),
		   unit_time(b, e->prefill.high_s));
	widget_row(c, in, row++, "its range", e->prefill.reason ? "none" : text, STYLE_TEXT, 0, 0);
	widget_row(c, in, row++, "KV of a request",
		   quantity_text(&e->kv.bytes_per_request, unit_bytes, a), STYLE_VALUE,
		   e->kv.bytes_per_request.value, pin ? pin->kv.bytes_per_request.value : 0);
}

/* ------------------------------------------------------------ big digits */

static void draw_figure(struct cells *c, struct rect r, const char *label, const char *text,
			unsigned style)
{
	int scale = digits_scale(text, r.width - 2, r.height - 1, c->ascii);

	cells_text_fit(c, r.x + 1, r.y, r.width - 2, STYLE_TITLE, label);
	if (scale)
		digits_draw(c, r.x + 1, r.y + 1, style, text, scale);
	else
		cells_text_fit(c, r.x + 1, r.y + 1, r.width - 2, style | STYLE_BOLD, text);
}

/* Five numbers a room can read: the tokens over the whole width, the others in a row under them. */
static void draw_big(struct cells *c, struct rect body, const struct frame *f)
{
	const struct estimate *e = &f->est;
	const struct setup *s = &f->st->req.setup;
	char text[UNIT_TEXT], label[120], w[UNIT_TEXT], h[UNIT_TEXT];
	enum { ROW = 6 }; /* of the small figures: label, digits of scale 1, a gap */
	unit_grouped(text, visual_tokens(f));
	int scale = digits_scale(text, body.width - 2, body.height - 2 - 2 * ROW, c->ascii);
	int top = scale ? digits_height(scale, c->ascii) + 2 : body.height * 3 / 5,
	    half = body.width / 2;
	struct rect low = {body.x, body.y + top, half, (body.height - top) / 2};

	if (e->count.refused) {
		widget_wrap(c, rect_inset(body, 2, 1), STYLE_BAD | STYLE_BOLD, e->count.reason);
		return;
	}
	str_format(label, sizeof label, "visual tokens of %s \xc3\x97 %s px, %s",
		   unit_grouped(w, s->width), unit_grouped(h, s->height),
		   s->lens == LENS_EXACT ? s->model->id
					 : textbook_name(request_textbook(&f->st->req)));
	draw_figure(c, (struct rect){body.x, body.y, body.width, top}, label, text, STYLE_BIG);
	bool has_limit = e->context.limit > 0;

	str_format(label, sizeof label, "context %s, used", unit_grouped(w, e->context.limit));
	if (no_costs(e)) {
		low.height = body.height - top;
		if (has_limit) {
			draw_figure(c, low, label, unit_percent(text, e->context.used_share),
				    STYLE_CURVE1);
			low.x += half;
		} else {
			low.width = body.width;
		}
		widget_wrap(c, rect_inset(low, 1, 0), STYLE_DIM, no_costs(e));
		return;
	}
	bool two_rows = body.height - top < 8;

	if (!two_rows && half >= 40) {
		draw_figure(c, low, label, unit_percent(text, e->context.used_share), STYLE_CURVE1);
		low.x += half;
		draw_figure(c, low, "prefill: first token after",
			    e->prefill.reason ? "-" : unit_time(text, e->prefill.ttft_s),
			    STYLE_CURVE2);
		low.y += low.height;
		draw_figure(c, low, "requests at once",
			    quantity_text(&e->capacity.concurrency, unit_count, text),
			    STYLE_CURVE3);
		low.x -= half;
		draw_figure(c, low, "KV cache of a request",
			    quantity_text(&e->kv.bytes_per_request, unit_bytes, text),
			    STYLE_CURVE4);
		return;
	}
	low.height = body.height - top;
	draw_figure(c, low, label, unit_percent(text, e->context.used_share), STYLE_CURVE1);
	low.x += half;
	draw_figure(c, low, "prefill: first token after",
		    e->prefill.reason ? "-" : unit_time(text, e->prefill.ttft_s), STYLE_CURVE2);
}

/* ------------------------------------------------------------ the view */

static void draw(struct cells *c, struct rect body, const struct frame *f)
{
	struct layout l;

	if (f->st->big) {
		draw_big(c, body, f);
		return;
	}
	layout_dashboard(&l, body, f->st->req.setup.lens);
	if (l.is_full) {
		pinned_layout(&l, f->st);
		draw_frame(c, &l);
		if (!rect_empty(l.pinned)) {
			draw_title(c, l.pinned, "Pinned and now");
			pinned_draw(c, rect_inset(l.pinned, 1, 0), f);
		}
		draw_title(c, l.knobs, "Knobs");
		draw_panels(c, &l, f);
		if (!rect_empty(l.notes))
			notes_draw(c, rect_inset(l.notes, 1, 0), f);
	} else {
		draw_numbers(c, l.numbers, f);
	}
	draw_knobs(c, &l, f);
}

static struct chart_spot chart_spot(const struct state *st, struct rect body)
{
	struct layout l;

	layout_dashboard(&l, body, st->req.setup.lens);
	pinned_layout(&l, st); /* it takes the chart's room */
	for (size_t i = 0; i < panels_n && !st->big; i++)
		if (panels[i]->has_chart && !rect_empty(l.panels[i]))
			return (struct chart_spot){rect_inset(l.panels[i], 1, 0), CHART_PLAIN};
	return (struct chart_spot){0};
}

const struct view view_dashboard = {
	.name = "dashboard",
	.title = "Dashboard",
	.key = '1',
	.help = "dashboard",
	.draw = draw,
	.chart_spot = chart_spot,
};
