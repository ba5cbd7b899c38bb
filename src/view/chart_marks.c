/* Lines and marks that lie over the curves: where the context is full, what the budget is, the last
 * size that keeps it. */
#include "view/chart_parts.h"

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"

/* The line lies behind the curves, its words before them: see draw_limit_text. */
void chart_draw_limit(struct cells *c, const struct scales *s, const struct chart *ch)
{
	int row = scales_dot_y(s, ch->limit) / 4;

	if (!ch->is_limit_shown || row < 0 || row >= s->plot.height)
		return;
	for (int x = 0; x < s->plot.width; x++)
		cells_put(c, s->plot.x + x, s->plot.y + row, 0x2504, STYLE_LIMIT);
}

void chart_draw_limit_text(struct cells *c, const struct scales *s, const struct chart *ch,
			   enum quantity_id metric)
{
	char text[64], number[UNIT_TEXT];
	int row = ch->is_limit_shown ? scales_dot_y(s, ch->limit) / 4 : 0;

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

/* Behind the curves, as the limit is. */
void chart_draw_budget(struct cells *c, const struct scales *s, const struct chart *ch)
{
	int row = scales_dot_y(s, ch->budget) / 4;

	if (!ch->is_budget_shown || row < 0 || row >= s->plot.height)
		return;
	for (int x = 0; x < s->plot.width; x++)
		cells_put(c, s->plot.x + x, s->plot.y + row, c->ascii ? '=' : 0x2500, STYLE_LIMIT);
}

/* Its words stand before everything, so that the number is whole: at the left, unless
 * the limit's own stand there. */
void chart_draw_budget_text(struct cells *c, const struct scales *s, const struct chart *ch,
			    enum quantity_id metric)
{
	char text[64], number[UNIT_TEXT];
	int row = scales_dot_y(s, ch->budget) / 4;
	bool is_taken =
		ch->limit > 0 && row == scales_dot_y(s, ch->limit) / 4; /* by the limit's words */

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
void chart_draw_last(struct cells *c, const struct scales *s, const struct chart *ch)
{
	double share = axis_share(&s->x, (double)ch->fits), value;
	int x = s->plot.x + (int)(share * s->plot.width);

	if (!ch->fits || share < 0 || share >= 1)
		return;
	for (int i = 0; i < ch->n; i++) {
		if (!ch->curves[i].is_selected || !scales_curve(s, &ch->curves[i], share, &value))
			continue;
		int row = scales_dot_y(s, value) / 4;

		if (row < 0 || row >= s->plot.height)
			continue;
		for (int y = row + 1; y < s->plot.height; y++)
			if (plot_is_free(c, x, s->plot.y + y, 1))
				cells_put(c, x, s->plot.y + y, c->ascii ? '!' : 0x258f, STYLE_GOOD);
		cells_put(c, x, s->plot.y + row, c->ascii ? '!' : 0x25c6, STYLE_GOOD | STYLE_BOLD);
	}
}

static void draw_pin(struct cells *c, const struct scales *s, const struct chart_places *p,
		     char letter, double width, const struct value *v)
{
	double share = axis_share(&s->x, width);
	int x = s->plot.x + (int)(share * s->plot.width), row;

	if (share < 0 || share >= 1)
		return;
	if (p->axis_y >= 0)
		cells_put(c, x, p->axis_y, (uint32_t)letter, STYLE_MARK | STYLE_BOLD);
	if (!v->reason && scales_row(s, v->number, &row) && !chart_is_word(c, x, s->plot.y + row))
		cells_put(c, x, s->plot.y + row, (uint32_t)letter, STYLE_MARK | STYLE_BOLD);
}

void chart_draw_pins(struct cells *c, const struct scales *s, const struct chart_places *p,
		     const struct frame *f)
{
	const struct state *st = f->st;
	struct value v = frame_pinned(f, st->metric);

	if (st->pin.is_set)
		draw_pin(c, s, p, 'A', (double)st->pin.req.setup.width, &v);
	v = frame_pinned_b(f, st->metric);
	if (st->pin_b.is_set)
		draw_pin(c, s, p, 'B', (double)st->pin_b.req.setup.width, &v);
}
