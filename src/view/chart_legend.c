/* The curves' names beside their ends, with their values at the present width. */
#include "view/chart_parts.h"

#include <math.h>

#include "base/utf8.h"

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
		int columns = (int)utf8_columns(chart_curve_value(st, cv, true, text));
		int room = columns < CHART_VALUES ? CHART_VALUES
						  : columns + 1; /* rather less of the name */

		cells_text_right(c, at.x + at.width - room, at.y, room, cv->style | bold, text);
		width -= room;
	}
	cells_text_fit(c, at.x + 2, at.y, width, cv->style | bold, cv->label);
}

void chart_draw_legend(struct cells *c, const struct scales *s, const struct chart_places *p,
		       const struct chart *ch, const struct state *st, bool has_values)
{
	int order[CHART_CURVES], row[CHART_CURVES];
	int rows = p->legend.height;

	if (p->legend.width < 6)
		return;
	sort_by_end(ch, order);
	/* each beside its curve's end, pushed down by the one above and up by the bottom */
	for (int i = 0; i < ch->n; i++) {
		int wish = scales_dot_y(s, end_value(&ch->curves[order[i]])) / 4;

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
				  &ch->curves[order[i]], st, has_values,
				  same_as(ch, order[i]) >= 0);
}
