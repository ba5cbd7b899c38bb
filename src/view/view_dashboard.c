/* View 1: every knob, and everything that follows from them. */
#include "view/view.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/budget.h"
#include "draw/digits.h"
#include "state/knobs.h"
#include "view/budget_words.h"
#include "view/judged_words.h"
#include "view/knob_facts.h"
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

	return k == KNOB_PATCH && m && m->processor && m->processor->patch > 0;
}

/* Label at the left, number right-aligned before its unit, so that digits stand under digits. */
static void draw_knob(struct cells *c, struct rect row, const struct frame *f, enum knob k)
{
	const struct request *r = &f->st->req;
	const struct knob_spec *spec = &knob_specs[k];
	bool is_focus = k == f->st->focus, is_fixed = knob_fixed(r, k) != NULL,
	     is_turned = knob_modified(r, k);
	unsigned focus = is_focus ? STYLE_FOCUS : 0;
	char text[KNOB_TEXT_SIZE], name[16];
	int unit = row.width >= 24 ? 5 : 0;
	int label = 10;

	if (is_focus) {
		cells_fill(c, row, ' ', STYLE_FOCUS);
		cells_point(c, row.x + 1, row.y, false);
	}
	cells_put(c, row.x, row.y, is_focus ? 0x25b8 : ' ', is_focus ? focus : STYLE_TEXT);
	cells_text_fit(c, row.x + 1, row.y, label,
		       is_focus   ? focus
		       : is_fixed ? STYLE_DIM
				  : STYLE_TEXT,
		       spec->label);
	if (spec->kind == IS_SIDE && r->aspect_lock)
		cells_put(c, row.x + 8, row.y, c->ascii ? 'L' : 0x2194,
			  is_focus ? focus : STYLE_DIM);
	knob_text(r, k, text);
	unsigned style = is_focus    ? focus
			 : is_turned ? STYLE_MARK
			 : is_fixed  ? STYLE_DIM
				     : STYLE_VALUE;
	int from = row.x + label, end = row.x + row.width - unit;

	if (spec->kind == IS_ENTRY || spec->kind == IS_BUDGET) {
		/* long names reach into the column of units */
		from = row.x + 2 + (int)utf8_columns(spec->label);
		if ((int)utf8_columns(text) > end - from)
			end = row.x + row.width - 1;
	}
	const char *behind = is_turned ? "mod" : spec->unit;
	if (is_fixed && !is_worth_showing(r, k)) {
		str_format(text, sizeof text, "fixed");
		behind = "";
	}
	if (knob_fact(f, k, name, text)) {
		cells_fill(c, (struct rect){row.x + 1, row.y, row.width - 1, 1}, ' ', style);
		cells_text_fit(c, row.x + 1, row.y, label, is_focus ? focus : STYLE_DIM, name);
		from = row.x + label;
		end = row.x + row.width - unit;
		style = is_focus ? focus : STYLE_TEXT;
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

/* The line goes on before and after the title. Returns where what stands beside it may begin. */
static int draw_title(struct cells *c, struct rect r, const char *title)
{
	int room = r.width - 4, columns = (int)utf8_columns(title);

	if (room < 2)
		return r.x + r.width;
	cells_put(c, r.x + 1, r.y - 1, ' ', STYLE_TITLE);
	cells_text_fit(c, r.x + 2, r.y - 1, room, STYLE_TITLE, title);
	int end = r.x + 2 + (columns < room ? columns : room);

	cells_put(c, end, r.y - 1, ' ', STYLE_TITLE);
	return end + 1;
}

/* At the right end of a title, up to `end`. Returns where the next one may end. */
static int draw_note(struct cells *c, struct rect r, int from, int end, unsigned style,
		     const char *text)
{
	int columns = (int)utf8_columns(text), x = end - columns - 2;

	if (x - 1 <= from)
		return end;
	cells_put(c, x - 1, r.y - 1, ' ', style);
	cells_text(c, x, r.y - 1, style, text);
	cells_put(c, x + columns, r.y - 1, ' ', style);
	return x - 1;
}

static bool is_about(const struct panel *p, const char *group)
{
	return p->group && group && strcmp(p->group, group) == 0;
}

/* What the server does to the request beside the title of the panel that it is about, and what the
 * budget says of the one whose quantity it is. Where there is room for one, a refusal goes first.
 */
static void draw_notes(struct cells *c, struct rect r, int from, const struct panel *p,
		       const struct frame *f)
{
	char text[BUDGET_SAID], note[JUDGED_SAID];
	int end = r.x + r.width;
	unsigned style;

	if (f->judged && f->judged->verdict != VERDICT_OK && is_about(p, f->judged->group))
		end = draw_note(c, r, from, end, judged_style(f->judged),
				judged_note(f->judged, note));
	if (!f->budgeted || !is_about(p, quantities[f->budgeted->of.budget.quantity].group))
		return;
	budget_note(f->budgeted, text, &style);
	draw_note(c, r, from, end, style, text);
}

static void draw_panels(struct cells *c, const struct layout *l, const struct frame *f)
{
	for (size_t i = 0; i < panels_n; i++) {
		struct rect r = l->panels[i];
		char title[64];

		if (rect_empty(r))
			continue;
		draw_notes(c, r, draw_title(c, r, panels[i]->title(f, title)), panels[i], f);
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

static void draw_budget(struct cells *c, struct rect r, int row, const struct budgeted *b)
{
	char asked[BUDGET_TEXT], said[BUDGET_SAID];

	widget_row(c, r, row, budget_text(&b->of.budget, true, asked), budget_short(b, said),
		   budget_style(b));
}

static void draw_numbers(struct cells *c, struct rect r, const struct frame *f)
{
	static const enum quantity_id costs[] = {Q_CONCURRENCY, Q_TTFT, Q_TTFT_LOW, Q_KV_REQUEST};
	const struct estimate *e = &f->est;
	char text[2 * UNIT_TEXT + 8], a[UNIT_TEXT], b[UNIT_TEXT], note[JUDGED_SAID];
	int row = 0;
	struct rect in = rect_inset(r, 1, 0);

	if (e->why == REASON_REFUSED) {
		widget_wrap(c, in, STYLE_BAD, e->refusal);
		return;
	}
	if (!e->count.refused)
		widget_quantity_as(c, in, row++, NULL, f, Q_VISUAL,
				   unit_grouped(a, visual_tokens(f)), STYLE_BIG | STYLE_BOLD);
	if (e->context.limit > 0)
		str_format(text, sizeof text, "%s of %s", unit_percent(a, e->context.used_share),
			   unit_grouped(b, e->context.limit));
	else
		str_format(text, sizeof text, "no limit known");
	widget_row(c, in, row++, quantity_head(Q_SHARE), text,
		   e->context.used_share > 1 ? STYLE_BAD : STYLE_VALUE);
	if (f->budgeted)
		draw_budget(c, in, row++, f->budgeted);
	if (f->judged && verdict_is_bad(f->judged->verdict)) {
		widget_row(c, in, row++, "check", judged_note(f->judged, note),
			   judged_style(f->judged));
	}
	if (no_costs(e)) {
		in.y += row, in.height -= row;
		widget_wrap(c, in, STYLE_DIM, no_costs(e));
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(costs); i++)
		if (costs[i] != Q_TTFT_LOW)
			widget_quantity(c, in, row++, NULL, f, costs[i]);
		else if (!e->prefill.reason && !f->budgeted) /* which has its row */
			widget_row(c, in, row++, "its range", widget_range(text, e), STYLE_TEXT);
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

static void draw_quantity(struct cells *c, struct rect r, const struct frame *f,
			  enum quantity_id id, const char *label, unsigned style)
{
	struct value v = frame_value(f, id);
	char text[UNIT_TEXT];

	draw_figure(c, r, label, v.reason ? "-" : quantity_text(id, &v, text), style);
}

/* What is asked for in a budget that does not hold has its colour. */
static unsigned figure_style(const struct frame *f, enum quantity_id id, unsigned style)
{
	const struct budgeted *b = f->budgeted;

	return b && b->of.budget.quantity == id && !b->holds ? budget_style(b) : style;
}

/* Whether the budget holds, for the whole room to see, in the last row of r. */
static void draw_big_budget(struct cells *c, struct rect r, const struct budgeted *b)
{
	char asked[BUDGET_TEXT], said[BUDGET_SAID], largest[BUDGET_SAID], text[3 * BUDGET_SAID];

	str_format(text, sizeof text, "%s: %s", budget_text(&b->of.budget, true, asked),
		   budget_short(b, said));
	if (!b->now.reason)
		str_append(text, sizeof text, "; %s", budget_largest(b, largest));
	if ((int)utf8_columns(text) > r.width - 2)
		str_format(text, sizeof text, "%s: %s", asked, said);
	cells_text_fit(c, r.x + 1, r.y + r.height - 1, r.width - 2, budget_style(b) | STYLE_BOLD,
		       text);
}

/* The small figures under the tokens, four in two rows or the first two in one. */
static void draw_small(struct cells *c, struct rect r, const struct frame *f)
{
	static const struct {
		enum quantity_id id;
		int x, y;
		unsigned style;
	} figures[] = {
		{Q_SHARE, 0, 0, STYLE_CURVE1},
		{Q_TTFT, 1, 0, STYLE_CURVE2},
		{Q_CONCURRENCY, 1, 1, STYLE_CURVE3},
		{Q_KV_REQUEST, 0, 1, STYLE_CURVE4},
	};
	int half = r.width / 2, rows = r.height >= 8 && half >= 40 ? 2 : 1;

	for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
		struct rect at = {r.x + figures[i].x * half, r.y + figures[i].y * (r.height / rows),
				  half, r.height / rows};
		char label[120], limit[UNIT_TEXT], range[WIDGET_RANGE], change[UNIT_TEXT];

		if (figures[i].y >= rows)
			continue;
		str_format(label, sizeof label, "%s", quantity_label(figures[i].id));
		if (figures[i].id == Q_SHARE)
			str_format(label, sizeof label, "context %s, used",
				   unit_grouped(limit, f->est.context.limit));
		if (figures[i].id == Q_TTFT && !f->est.prefill.reason) {
			str_append(label, sizeof label, ": %s", widget_range(range, &f->est));
			if ((int)utf8_columns(label) > half - 2) /* the range says what it is of */
				str_format(label, sizeof label, "%s", range);
		}
		if ((int)(utf8_columns(label) +
			  utf8_columns(widget_change(change, f, figures[i].id))) +
			    4 <=
		    half)
			str_append(label, sizeof label, "  %s", change);
		draw_quantity(c, at, f, figures[i].id, label,
			      figure_style(f, figures[i].id, figures[i].style));
	}
}

/* Five numbers a room can read: the tokens over the whole width, the others in a row under them. */
static void draw_big(struct cells *c, struct rect body, const struct frame *f)
{
	const struct estimate *e = &f->est;
	const struct setup *s = &f->st->req.setup;
	char text[UNIT_TEXT], label[160], w[UNIT_TEXT], h[UNIT_TEXT], change[WIDGET_CHANGE];
	enum { ROW = 6 }; /* of the small figures: label, digits of scale 1, a gap */
	if (f->budgeted) {
		draw_big_budget(c, body, f->budgeted);
		body.height--;
	}
	unit_grouped(text, visual_tokens(f));
	int scale = digits_scale(text, body.width - 2, body.height - 2 - 2 * ROW, c->ascii);
	int top = scale ? digits_height(scale, c->ascii) + 2 : body.height * 3 / 5;
	struct rect low = {body.x, body.y + top, body.width, body.height - top};

	if (e->count.refused) {
		widget_wrap(c, rect_inset(body, 2, 1), STYLE_BAD | STYLE_BOLD, e->refusal);
		return;
	}
	str_format(label, sizeof label, "visual tokens of %s \xc3\x97 %s px, %s",
		   unit_grouped(w, s->width), unit_grouped(h, s->height),
		   s->lens == LENS_EXACT ? s->model->id
					 : textbook_name(request_textbook(&f->st->req)));
	str_append(label, sizeof label, "  %s", widget_change_of_tokens(change, f));
	draw_figure(c, (struct rect){body.x, body.y, body.width, top}, label, text,
		    figure_style(f, s->images == 1 ? Q_IMAGES : Q_VISUAL, STYLE_BIG));
	if (!no_costs(e)) {
		draw_small(c, low, f);
		return;
	}
	if (e->context.limit > 0) {
		low.width = body.width / 2;
		str_format(label, sizeof label, "context %s, used",
			   unit_grouped(w, e->context.limit));
		draw_quantity(c, low, f, Q_SHARE, label, STYLE_CURVE1);
		low.x += low.width;
	}
	widget_wrap(c, rect_inset(low, 1, 0), STYLE_DIM, no_costs(e));
}

/* ------------------------------------------------------------ the view */

static void draw(struct cells *c, struct rect body, const struct frame *f)
{
	struct layout l;

	if (f->st->big) {
		draw_big(c, body, f);
		return;
	}
	layout_dashboard(&l, body, &f->st->req);
	if (l.is_full) {
		pinned_layout(&l, f->st);
		draw_frame(c, &l);
		if (!rect_empty(l.pinned)) {
			draw_title(c, l.pinned, f->st->pin_b.is_set ? "A and B" : "Pinned and now");
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

	layout_dashboard(&l, body, &st->req);
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
