/* The present width: a mark on the axis and on the curves, with the value where there is room. */
#include "view/chart_parts.h"

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "view/chart_words.h"

/* At the present width itself, not between two points; has_unit: as the legend has it. */
char *chart_curve_value(const struct state *st, const struct curve *cv, bool has_unit,
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

void chart_draw_cursor_value(struct cells *c, const struct rect *plot, int x, int row,
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
		    !plot_is_free(c, from - 1, y, width + 2))
			continue;
		cells_fill(c, (struct rect){from - 1, y, width + 2, 1}, ' ', STYLE_CURSOR);
		cells_text(c, from, y, STYLE_CURSOR, text);
		return;
	}
}

bool chart_is_word(const struct cells *c, int x, int y)
{
	const struct cell *there = &c->cell[(size_t)y * (size_t)c->width + (size_t)x];
	unsigned role = there->style & STYLE_ROLE;

	return (role == STYLE_LIMIT || role == STYLE_AXIS) && there->cp > ' ' && there->cp < 0x7f &&
	       there->cp != '-';
}

bool chart_draw_cursor_line(struct cells *c, const struct scales *s, const struct chart_places *p,
			    const struct state *st, bool is_line, int *column)
{
	double share = axis_share(&s->x, (double)st->req.setup.width);
	int x = s->plot.x + (int)(share * s->plot.width), y = p->axis_y;

	if (share < 0 || share >= 1) {
		x = share < 0 ? s->plot.x : s->plot.x + s->plot.width - 1;
		cells_put(c, x, y >= 0 ? y : s->plot.y + s->plot.height - 1,
			  share < 0 ? 0x25c0 : 0x25b6, STYLE_CURSOR);
		return false;
	}
	/* without an axis line to stand on, the cursor is a line itself; it passes behind the
	 * curves */
	for (int i = 0; (is_line || y < 0) && i < s->plot.height; i++)
		if (plot_is_free(c, x, s->plot.y + i, 1))
			cells_put(c, x, s->plot.y + i, 0x2506, STYLE_CURSOR);
	if (y >= 0)
		cells_put(c, x, y, 0x25b2, STYLE_CURSOR);
	*column = x;
	return true;
}

/* On a curve where it has the width. Returns the row of the plot; -1 = nowhere. */
static int put_mark(struct cells *c, const struct scales *s, const struct curve *cv, int x,
		    double share, unsigned style)
{
	double value;
	int row;

	if (!scales_curve(s, cv, share, &value) || !scales_row(s, value, &row) ||
	    chart_is_word(c, x, s->plot.y + row))
		return -1;
	cells_put(c, x, s->plot.y + row, cv->is_selected ? 0x25cf : 0x25cb, style);
	return row;
}

void chart_draw_cursor(struct cells *c, const struct scales *s, const struct chart_places *p,
		       const struct chart *ch, const struct state *st, bool is_crosshair)
{
	double share = axis_share(&s->x, (double)st->req.setup.width);
	int x, row;

	if (!chart_draw_cursor_line(c, s, p, st, is_crosshair, &x))
		return;
	for (int i = 0; is_crosshair && i < ch->n; i++)
		if (!ch->curves[i].is_selected)
			put_mark(c, s, &ch->curves[i], x, share, ch->curves[i].style | STYLE_BOLD);
	for (int i = 0; i < ch->n; i++) { /* the selected one last: others may coincide with it */
		const struct curve *cv = &ch->curves[i];
		char text[UNIT_TEXT];

		if (!cv->is_selected)
			continue;
		row = put_mark(c, s, cv, x, share,
			       is_crosshair ? cv->style | STYLE_BOLD : (unsigned)STYLE_CURSOR);
		if (row >= 0 && !is_crosshair && s->plot.height >= 8)
			chart_draw_cursor_value(c, &s->plot, x, row,
						chart_curve_value(st, cv, false, text));
	}
}
