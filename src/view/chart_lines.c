/* Curves: dots in UTF-8, a glyph for each in ASCII. */
#include "view/chart_parts.h"

#include <math.h>

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
		int x = scales_dot_x(s, p->x), y = scales_dot_y(s, p->y);

		if (has_last)
			plot_line(c, s->plot, last_x, last_y, x, y, style);
		else
			plot_line(c, s->plot, x, y, x, y, style);
		has_last = true;
		last_x = x;
		last_y = y;
	}
}

/* A glyph in the middle of each column, every `every` columns from `first` on. */
static void draw_curve_glyphs(struct cells *c, const struct scales *s, const struct curve *cv,
			      int first, int every)
{
	for (int col = first; col < s->plot.width; col += every) {
		double y;

		if (!scales_curve(s, cv, (col + 0.5) / s->plot.width, &y))
			continue;
		int row = scales_dot_y(s, y) / 4;

		if (row >= 0 && row < s->plot.height)
			cells_put(c, s->plot.x + col, s->plot.y + row, (uint32_t)cv->glyph,
				  cv->style | (cv->is_selected ? STYLE_BOLD : 0u));
	}
}

/* Where a curve ends inside the plot, since there is no such request: its last value is no least or
 * most. */
static void draw_ends(struct cells *c, const struct scales *s, const struct curve *cv)
{
	for (int i = 0; i < cv->n; i++) {
		bool ends = cv->points[i].has && ((i > 0 && !cv->points[i - 1].has) ||
						  (i + 1 < cv->n && !cv->points[i + 1].has));
		int row;

		if (ends && scales_row(s, cv->points[i].y, &row))
			cells_put(c, s->plot.x + scales_dot_x(s, cv->points[i].x) / 2,
				  s->plot.y + row, c->ascii ? 'X' : 0x2715, cv->style | STYLE_BOLD);
	}
}

void chart_draw_fill(struct cells *c, const struct scales *s, const struct chart *ch)
{
	for (int i = 0; i < ch->n; i++)
		for (int col = 0; ch->curves[i].is_selected && col < s->plot.width; col++) {
			double y;

			if (!scales_curve(s, &ch->curves[i], (col + 0.5) / s->plot.width, &y))
				continue;
			int row = scales_dot_y(s, y) / 4 + 1;

			for (row = row < 0 ? 0 : row; row < s->plot.height; row++)
				if (plot_is_free(c, s->plot.x + col, s->plot.y + row, 1))
					cells_put(c, s->plot.x + col, s->plot.y + row, PLOT_FILL,
						  STYLE_BORDER);
		}
}

void chart_draw_curves(struct cells *c, const struct scales *s, const struct chart *ch, bool plain)
{
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < ch->n; i++) {
			const struct curve *cv = &ch->curves[i];

			if (cv->is_selected != (pass == 1))
				continue;
			if (c->ascii) {
				draw_curve_glyphs(c, s, cv, 0, 1);
				draw_ends(c, s, cv);
				continue;
			}
			draw_curve_dots(c, s, cv);
			draw_ends(c, s, cv);
			if (plain)
				draw_curve_glyphs(c, s, cv, 2 + i * 2, 12);
		}
}
