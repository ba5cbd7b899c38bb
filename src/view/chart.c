#include "view/chart.h"

#include <math.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "draw/axis.h"
#include "view/widget.h"

/* How chart_draw cuts its rectangle: y labels, the plot, the legend; the axis under it. */
struct places {
	struct rect plot, legend;
	int labels_x;  /* of the y axis, LABELS_W wide */
	int axis_y;    /* row of the axis line; -1 = none */
	int numbers_y; /* row of the x labels; -1 = none */
};

enum { LABELS_W = 6, VALUE_W = 12 };

static void place(struct places *p, struct rect r, bool has_values)
{
	int legend = r.width >= 110 && has_values ? 28
		     : r.width >= 90              ? 22
		     : r.width >= 44              ? 14
						  : 0;
	int below = r.height >= 8 ? 2 : r.height >= 3 ? 1 : 0;

	if (has_values && legend)
		legend += VALUE_W;
	int labels = r.width >= 24 ? LABELS_W : 0;

	p->labels_x = r.x;
	p->plot = (struct rect){r.x + labels + 1, r.y, r.width - labels - 1 - legend,
				r.height - below};
	p->legend = (struct rect){p->plot.x + p->plot.width + 1, r.y, legend - 1, r.height};
	p->axis_y = below == 2 ? r.y + r.height - 2 : -1;
	p->numbers_y = below ? r.y + r.height - 1 : -1;
}

static struct axis x_axis(const struct state *st)
{
	return (struct axis){CHART_LEAST, CHART_MOST, st->log_axis};
}

int64_t chart_width_at(struct rect r, enum chart_detail detail, const struct state *st, int x)
{
	struct places p;
	struct axis a = x_axis(st);

	place(&p, r, detail == CHART_CROSSHAIR);
	if (p.plot.width < 2 || x < p.plot.x || x >= p.plot.x + p.plot.width)
		return 0;
	return (int64_t)(axis_value(&a, (x - p.plot.x + 0.5) / p.plot.width) + 0.5);
}

/* The aspect as people say it, where the sides have a small ratio. */
char *chart_title(const struct state *st, char out[64])
{
	int64_t a = st->req.aspect_w, b = st->req.aspect_h;
	char title[48];

	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	int64_t w = a ? st->req.aspect_w / a : 1, h = a ? st->req.aspect_h / a : 1;

	str_format(title, sizeof title, "%s", quantity_title(st->metric));
	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	if (w <= 32 && h <= 32)
		return str_format(out, 64, "%s, by width at %d:%d", title, (int)w, (int)h);
	return str_format(out, 64, "%s, by width", title);
}

char *chart_value(enum quantity_id metric, double v, char out[UNIT_TEXT])
{
	enum unit unit = quantities[metric].unit;

	unit_text(out, unit, v);
	/* the other units stand in the text */
	if (unit == UNIT_TOKENS)
		str_append(out, UNIT_TEXT, " tok");
	else if (unit == UNIT_REQUESTS)
		str_append(out, UNIT_TEXT, " req");
	return out;
}

char *chart_setting(const struct state *st, char out[96])
{
	const struct setup *s = &st->req.setup;
	unsigned needs = quantities[st->metric].needs;

	out[0] = '\0';
	if (!s->model || !s->hardware || !s->engine || !needs)
		return out;
	if (needs & (ESTIMATE_MEMORY | ESTIMATE_PREFILL)) {
		str_format(out, 96, "%s, %s, weights %s", s->hardware->id, s->engine->id,
			   dtype_name(setup_weights(s)));
		if (s->tensor_parallel > 1)
			str_append(out, 96, ", %d GPUs", (int)s->tensor_parallel);
	}
	if (needs & ESTIMATE_KV)
		str_append(out, 96, "%scache %s", *out ? ", " : "", dtype_name(s->kv));
	return out;
}

/* ------------------------------------------------------------ dots */

/* Dots of a braille cell by column and row: the standard's numbering runs down the left column
 * first. */
/* clang-format off */
static const uint8_t dot_bits[2][4] = {
	{0x01, 0x02, 0x04, 0x40},
	{0x08, 0x10, 0x20, 0x80}
};
/* clang-format on */

static void put_dot(struct cells *c, struct rect plot, int dx, int dy, unsigned style)
{
	int x = plot.x + dx / 2, y = plot.y + dy / 4;

	if (dx < 0 || dy < 0 || !rect_has(plot, x, y) || !rect_has(c->clip, x, y))
		return;
	struct cell *cell = &c->cell[(size_t)y * (size_t)c->width + (size_t)x];
	uint32_t bits = cell->cp >= 0x2800 && cell->cp < 0x2900 ? cell->cp & 0xff : 0;

	cells_put(c, x, y, 0x2800 | bits | dot_bits[dx % 2][dy % 4], style);
}

/* A line from the dot (x0, y0) to (x1, y1), x1 not before x0; every column holds its part of the
 * way up or down. */
static void line_dots(struct cells *c, struct rect plot, int x0, int y0, int x1, int y1,
		      unsigned style)
{
	int n = x1 - x0, last = y0;

	if (n == 0) {
		for (int y = y0 < y1 ? y0 : y1; y <= (y0 < y1 ? y1 : y0); y++)
			put_dot(c, plot, x0, y, style);
		return;
	}
	for (int i = 0; i <= n; i++) {
		int y = y0 + (int)lround((double)(y1 - y0) * i / n);
		int from = y > last ? last + 1 : y < last ? last - 1 : y;

		for (int k = from; y >= from ? k <= y : k >= y; k += y >= from ? 1 : -1)
			put_dot(c, plot, x0 + i, k, style);
		last = y;
	}
}

/* ------------------------------------------------------------ curves */

struct scales {
	struct axis x, y;
	struct rect plot;
};

static int dot_x(const struct scales *s, double x)
{
	return (int)lround(axis_share(&s->x, x) * (s->plot.width * 2 - 1));
}

static int dot_y(const struct scales *s, double y)
{
	double share = axis_share(&s->y, y);
	int most = s->plot.height * 4 - 1;

	return (int)lround((1 - fmax(-0.5, fmin(1.5, share))) * most);
}

static void draw_curve_dots(struct cells *c, const struct scales *s, const struct curve *cv)
{
	unsigned style = cv->style | (cv->is_selected ? STYLE_BOLD : 0u);
	bool has_last = false;
	int last_x = 0, last_y = 0;

	for (int i = 0; i < cv->n; i++) {
		const struct point *p = &cv->points[i];

		if (!p->has) {
			has_last = false;
			continue;
		}
		int x = dot_x(s, p->x), y = dot_y(s, p->y);

		if (has_last)
			line_dots(c, s->plot, last_x, last_y, x, y, style);
		else
			put_dot(c, s->plot, x, y, style);
		has_last = true;
		last_x = x;
		last_y = y;
	}
}

/* The y of a curve at a share of the x axis, between its points; false where it has none. */
static bool curve_at(const struct scales *s, const struct curve *cv, double share, double *y)
{
	double x = axis_value(&s->x, share);

	for (int i = 0; i < cv->n; i++) {
		const struct point *b = &cv->points[i];

		if (b->x < x && i + 1 < cv->n)
			continue;
		const struct point *a = i > 0 ? b - 1 : b;

		if (!a->has || !b->has)
			return false;
		*y = b->x > a->x
			     ? a->y + (b->y - a->y) * fmin(1, fmax(0, (x - a->x) / (b->x - a->x)))
			     : b->y;
		return true;
	}
	return false;
}

/* A glyph in the middle of each column, every `every` columns from `first` on. */
static void draw_curve_glyphs(struct cells *c, const struct scales *s, const struct curve *cv,
			      int first, int every)
{
	for (int col = first; col < s->plot.width; col += every) {
		double y;

		if (!curve_at(s, cv, (col + 0.5) / s->plot.width, &y))
			continue;
		int row = dot_y(s, y) / 4;

		if (row >= 0 && row < s->plot.height)
			cells_put(c, s->plot.x + col, s->plot.y + row, (uint32_t)cv->glyph,
				  cv->style | (cv->is_selected ? STYLE_BOLD : 0u));
	}
}

static void draw_curves(struct cells *c, const struct scales *s, const struct chart *ch, bool plain)
{
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < ch->n; i++) {
			const struct curve *cv = &ch->curves[i];

			if (cv->is_selected != (pass == 1))
				continue;
			if (c->ascii) {
				draw_curve_glyphs(c, s, cv, 0, 1);
				continue;
			}
			draw_curve_dots(c, s, cv);
			if (plain)
				draw_curve_glyphs(c, s, cv, 2 + i * 2, 12);
		}
}

/* ------------------------------------------------------------ axes, limit */

static void draw_y_axis(struct cells *c, const struct scales *s, const struct places *p,
			enum quantity_id metric)
{
	double ticks[16];
	int room = s->plot.height / 2 + 1, last_row = -2;
	int n = axis_ticks(&s->y, false, ticks, room < 2 ? 2 : room > 12 ? 12 : room);

	for (int i = 0; i < n; i++) {
		int row = dot_y(s, ticks[i]) / 4;
		char text[UNIT_TEXT];

		if (row < 0 || row >= s->plot.height || row == last_row)
			continue;
		last_row = row;
		unit_tick(text, quantities[metric].unit, ticks[i]);
		if (s->plot.x - p->labels_x > LABELS_W)
			cells_text_right(c, p->labels_x, s->plot.y + row, LABELS_W, STYLE_AXIS,
					 text);
		/* the blanks between have the dots' style: fewer colour codes to a terminal */
		for (int x = 0; x < s->plot.width; x++)
			cells_put(c, s->plot.x + x, s->plot.y + row, x % 3 ? ' ' : 0xb7,
				  STYLE_BORDER);
	}
}

static void draw_x_axis(struct cells *c, const struct scales *s, const struct places *p)
{
	double ticks[16];
	int n = axis_ticks(&s->x, true, ticks,
			   s->plot.width / 6 < 2    ? 2
			   : s->plot.width / 6 > 14 ? 14
						    : s->plot.width / 6);
	int free_from = p->labels_x;

	if (p->axis_y >= 0)
		for (int x = 0; x < s->plot.width; x++)
			cells_put(c, s->plot.x + x, p->axis_y, 0x2500, STYLE_AXIS);
	for (int i = 0; i < n && p->numbers_y >= 0; i++) {
		int x = s->plot.x + dot_x(s, ticks[i]) / 2;
		char text[UNIT_TEXT];

		str_format(text, sizeof text, "%.0f", ticks[i]);
		int width = (int)utf8_columns(text), at = x - width / 2;

		if (at + width > s->plot.x + s->plot.width)
			at = s->plot.x + s->plot.width - width;
		if (p->axis_y >= 0)
			cells_put(c, x, p->axis_y, cells_only_ascii(c) ? '+' : 0x2534, STYLE_AXIS);
		if (at < free_from)
			continue;
		cells_text(c, at, p->numbers_y, STYLE_AXIS, text);
		free_from = at + width + 1;
	}
}

/* The line lies behind the curves, its words before them: see draw_limit_text. */
static void draw_limit(struct cells *c, const struct scales *s, const struct chart *ch)
{
	int row = dot_y(s, ch->limit) / 4;

	if (!ch->is_limit_shown || row < 0 || row >= s->plot.height)
		return;
	for (int x = 0; x < s->plot.width; x++)
		cells_put(c, s->plot.x + x, s->plot.y + row, 0x2504, STYLE_LIMIT);
}

static void draw_limit_text(struct cells *c, const struct scales *s, const struct chart *ch,
			    enum quantity_id metric)
{
	char text[64], number[UNIT_TEXT];
	int row = ch->is_limit_shown ? dot_y(s, ch->limit) / 4 : 0;

	if (!(ch->limit > 0) || row < 0 || row >= s->plot.height ||
	    (!ch->is_limit_shown && ch->limit < ch->high))
		return;
	if (quantities[metric].unit == UNIT_SHARE)
		unit_tick(number, UNIT_SHARE, ch->limit);
	else
		unit_text(number, quantities[metric].unit, ch->limit);
	if (ch->is_limit_shown)
		str_format(text, sizeof text, " the context is full: %s ", number);
	else
		str_format(text, sizeof text, "the context is full above, at %s \xe2\x86\x91",
			   number);
	if ((int)utf8_columns(text) + 2 < s->plot.width)
		cells_text(c, s->plot.x + (ch->is_limit_shown ? 1 : 0), s->plot.y + row,
			   ch->is_limit_shown ? STYLE_LIMIT : STYLE_AXIS,
			   text); /* far away it is no warning */
}

static bool is_free(const struct cells *c, int x, int y, int width)
{
	for (int i = 0; i < width; i++) {
		const struct cell *there = &c->cell[(size_t)y * (size_t)c->width + (size_t)(x + i)];

		if (there->cp != ' ' && (there->style & STYLE_ROLE) != STYLE_BORDER)
			return false;
	}
	return true;
}

/* ------------------------------------------------------------ the budget */

/* Behind the curves, as the limit is. */
static void draw_budget(struct cells *c, const struct scales *s, const struct chart *ch)
{
	int row = dot_y(s, ch->budget) / 4;

	if (!ch->is_budget_shown || row < 0 || row >= s->plot.height)
		return;
	for (int x = 0; x < s->plot.width; x++)
		cells_put(c, s->plot.x + x, s->plot.y + row, c->ascii ? '=' : 0x2500, STYLE_LIMIT);
}

/* Its words stand before everything, so that the number is whole: at the left, unless
 * the limit's own stand there. */
static void draw_budget_text(struct cells *c, const struct scales *s, const struct chart *ch,
			     enum quantity_id metric)
{
	char text[64], number[UNIT_TEXT];
	int row = dot_y(s, ch->budget) / 4;
	bool is_taken = ch->limit > 0 && row == dot_y(s, ch->limit) / 4; /* by the limit's words */

	if (!ch->is_budget_shown || is_taken || row < 0 || row >= s->plot.height)
		return;
	str_format(text, sizeof text, " budget %s ",
		   unit_text(number, quantities[metric].unit, ch->budget));
	int columns = (int)utf8_columns(text);

	if (columns + 2 < s->plot.width)
		cells_text(c, s->plot.x + 1, s->plot.y + row, STYLE_LIMIT, text);
}

/* The last size that keeps it: a mark on the selected curve, and a line from there down, so that
 * it is seen from afar and leads to the width on the axis. */
static void draw_last(struct cells *c, const struct scales *s, const struct chart *ch)
{
	double share = axis_share(&s->x, (double)ch->fits), value;
	int x = s->plot.x + (int)(share * s->plot.width);

	if (!ch->fits || share < 0 || share >= 1)
		return;
	for (int i = 0; i < ch->n; i++) {
		if (!ch->curves[i].is_selected || !curve_at(s, &ch->curves[i], share, &value))
			continue;
		int row = dot_y(s, value) / 4;

		if (row < 0 || row >= s->plot.height)
			continue;
		for (int y = row + 1; y < s->plot.height; y++)
			if (is_free(c, x, s->plot.y + y, 1))
				cells_put(c, x, s->plot.y + y, c->ascii ? '!' : 0x258f, STYLE_GOOD);
		cells_put(c, x, s->plot.y + row, c->ascii ? '!' : 0x25c6, STYLE_GOOD | STYLE_BOLD);
	}
}

/* ------------------------------------------------------------ cursor */

/* At the present width itself, not between two points; has_unit: as the legend has it. */
static char *curve_value(const struct state *st, const struct curve *cv, bool has_unit,
			 char out[UNIT_TEXT])
{
	struct setup s = cv->setup;
	struct point p = {.x = (double)st->req.setup.width};

	sweep(&s, st->metric, &p, 1);
	if (!p.has)
		return str_format(out, UNIT_TEXT, "-");
	return has_unit ? chart_value(st->metric, p.y, out)
			: unit_text(out, quantities[st->metric].unit, p.y);
}

/* The value at the cursor stands over or under its mark where no curve runs, at the left first;
 * else nowhere. */
static void draw_cursor_value(struct cells *c, const struct rect *plot, int x, int row,
			      const char *text)
{
	/* clang-format off */
	static const struct {
		int across, down;
	} places[] = {
		{-1, -1},
		{-1, 1 },
		{1,  1 },
		{1,  -1}
	};
	/* clang-format on */
	int width = (int)utf8_columns(text);

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		int y = plot->y + row + places[i].down,
		    from = places[i].across < 0 ? x - width - 1 : x + 2;

		/* a blank at both sides keeps it apart */
		if (!rect_has(*plot, from - 1, y) || !rect_has(*plot, from + width, y) ||
		    !is_free(c, from - 1, y, width + 2))
			continue;
		cells_fill(c, (struct rect){from - 1, y, width + 2, 1}, ' ', STYLE_CURSOR);
		cells_text(c, from, y, STYLE_CURSOR, text);
		return;
	}
}

/* The words at the limit's line: a mark would cut a number. */
static bool is_word(const struct cells *c, int x, int y)
{
	const struct cell *there = &c->cell[(size_t)y * (size_t)c->width + (size_t)x];
	unsigned role = there->style & STYLE_ROLE;

	return (role == STYLE_LIMIT || role == STYLE_AXIS) && there->cp > ' ' && there->cp < 0x7f &&
	       there->cp != '-';
}

static void draw_cursor(struct cells *c, const struct scales *s, const struct places *p,
			const struct chart *ch, const struct state *st, enum chart_detail detail)
{
	double share = axis_share(&s->x, (double)st->req.setup.width);
	int x = s->plot.x + (int)(share * s->plot.width), y = p->axis_y;

	if (share < 0 || share >= 1) {
		x = share < 0 ? s->plot.x : s->plot.x + s->plot.width - 1;
		cells_put(c, x, y >= 0 ? y : s->plot.y + s->plot.height - 1,
			  share < 0 ? 0x25c0 : 0x25b6, STYLE_CURSOR);
		return;
	}
	/* without an axis line to stand on, the cursor is a line itself; it passes behind the
	 * curves */
	for (int i = 0; (detail == CHART_CROSSHAIR || y < 0) && i < s->plot.height; i++) {
		const struct cell *there =
			&c->cell[(size_t)(s->plot.y + i) * (size_t)c->width + (size_t)x];

		if (there->cp == ' ' || (there->style & STYLE_ROLE) == STYLE_BORDER)
			cells_put(c, x, s->plot.y + i, 0x2506, STYLE_CURSOR);
	}
	for (int i = 0; i < ch->n; i++) {
		double value;

		if ((!ch->curves[i].is_selected && detail == CHART_PLAIN) ||
		    !curve_at(s, &ch->curves[i], share, &value))
			continue;
		int row = dot_y(s, value) / 4;
		char text[UNIT_TEXT];

		if (row < 0 || row >= s->plot.height || is_word(c, x, s->plot.y + row))
			continue;
		cells_put(c, x, s->plot.y + row, ch->curves[i].is_selected ? 0x25cf : 0x25cb,
			  detail == CHART_PLAIN ? STYLE_CURSOR : ch->curves[i].style | STYLE_BOLD);
		if (detail == CHART_PLAIN && s->plot.height >= 8)
			draw_cursor_value(c, &s->plot, x, row,
					  curve_value(st, &ch->curves[i], false, text));
	}
	if (y >= 0)
		cells_put(c, x, y, 0x25b2, STYLE_CURSOR);
}

/* ------------------------------------------------------------ legend */

/* The curve before `i` that has the same points; -1 = there is none. */
static int same_as(const struct chart *ch, int i)
{
	const struct curve *cv = &ch->curves[i];

	for (int k = 0; k < i; k++) {
		const struct curve *other = &ch->curves[k];
		int at = 0;

		while (at < cv->n && cv->points[at].has == other->points[at].has &&
		       fabs(cv->points[at].y - other->points[at].y) <=
			       1e-9 * fabs(other->points[at].y))
			at++;
		if (at == cv->n)
			return k;
	}
	return -1;
}

/* The last value that is there: where the curve leaves the plot. */
static double end_value(const struct curve *cv)
{
	for (int i = cv->n - 1; i >= 0; i--)
		if (cv->points[i].has)
			return cv->points[i].y;
	return -1;
}

/* Curves from the highest end to the lowest, so that names stand as the curves do. */
static void sort_by_end(const struct chart *ch, int order[CHART_CURVES])
{
	for (int i = 0; i < ch->n; i++) {
		int k = i;

		for (; k > 0 && end_value(&ch->curves[order[k - 1]]) < end_value(&ch->curves[i]);
		     k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
}

/* A curve that lies under another says so: "= downsampler" below "merger". */
static void draw_name(struct cells *c, struct rect at, const struct curve *cv,
		      const struct state *st, bool has_value, bool is_under)
{
	unsigned bold = cv->is_selected ? STYLE_BOLD : 0u;
	bool plain = c->ascii || st->is_mono || (st->theme && st->theme->is_mono);
	int width = at.width - 2;

	cells_fill(c, (struct rect){at.x, at.y, width + 2, 1}, ' ', cv->style | bold);
	cells_put(c, at.x, at.y,
		  is_under          ? '='
		  : plain           ? (uint32_t)cv->glyph
		  : cv->is_selected ? 0x25cf
				    : 0x25a0,
		  cv->style | bold);
	if (has_value) {
		char text[UNIT_TEXT];
		int columns = (int)utf8_columns(curve_value(st, cv, true, text));
		int room = columns < VALUE_W ? VALUE_W : columns + 1; /* rather less of the name */

		cells_text_right(c, at.x + at.width - room, at.y, room, cv->style | bold, text);
		width -= room;
	}
	cells_text_fit(c, at.x + 2, at.y, width, cv->style | bold, cv->label);
}

static void draw_legend(struct cells *c, const struct scales *s, const struct places *p,
			const struct chart *ch, const struct state *st, enum chart_detail detail)
{
	int order[CHART_CURVES], row[CHART_CURVES];
	int rows = p->legend.height;

	if (p->legend.width < 6)
		return;
	sort_by_end(ch, order);
	/* each beside its curve's end, pushed down by the one above and up by the bottom */
	for (int i = 0; i < ch->n; i++) {
		int wish = dot_y(s, end_value(&ch->curves[order[i]])) / 4;

		wish = wish < 0 ? 0 : wish >= rows ? rows - 1 : wish;
		row[i] = i > 0 && wish <= row[i - 1] ? row[i - 1] + 1 : wish;
	}
	for (int i = ch->n - 1, most = rows - 1; i >= 0; i--, most--) {
		if (row[i] > most)
			row[i] = most;
		else
			most = row[i];
	}
	for (int i = 0; i < ch->n; i++)
		if (row[i] >= 0)
			draw_name(c,
				  (struct rect){p->legend.x, p->legend.y + row[i], p->legend.width,
						1},
				  &ch->curves[order[i]], st, detail == CHART_CROSSHAIR,
				  same_as(ch, order[i]) >= 0);
}

void chart_draw(struct cells *c, struct rect r, const struct frame *f, enum chart_detail detail)
{
	struct chart ch;
	struct places p;
	const struct state *st = f->st;

	place(&p, r, detail == CHART_CROSSHAIR);
	if (p.plot.width < 8 || p.plot.height < 2)
		return;
	chart_init(&ch, f, p.plot.width);

	struct scales s = {.plot = p.plot};

	s.x = x_axis(st);
	s.y = (struct axis){ch.low, ch.high, st->log_axis};
	struct rect old = cells_clip(c, r);

	draw_y_axis(c, &s, &p, st->metric);
	draw_limit(c, &s, &ch);
	draw_budget(c, &s, &ch);
	draw_x_axis(c, &s, &p);
	draw_curves(c, &s, &ch, widget_is_plain(f));
	draw_last(c, &s, &ch);
	draw_limit_text(c, &s, &ch, st->metric);
	draw_cursor(c, &s, &p, &ch, st, detail);
	/* once more, over what the cursor laid there: numbers stay whole */
	draw_limit_text(c, &s, &ch, st->metric);
	draw_budget_text(c, &s, &ch, st->metric);
	draw_legend(c, &s, &p, &ch, st, detail);
	cells_unclip(c, old);
}
