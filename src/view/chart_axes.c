/* Ticks and lines of the two axes. */
#include "view/chart_parts.h"

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"

void chart_draw_y_axis(struct cells *c, const struct scales *s, const struct chart_places *p,
		       enum quantity_id metric)
{
	double ticks[16];
	int room = s->plot.height / 2 + 1, last_row = -2;
	int n = axis_ticks(&s->y, false, ticks, room < 2 ? 2 : room > 12 ? 12 : room);

	for (int i = 0; i < n; i++) {
		int row = scales_dot_y(s, ticks[i]) / 4;
		char text[UNIT_TEXT];

		if (row < 0 || row >= s->plot.height || row == last_row)
			continue;
		last_row = row;
		unit_tick(text, quantities[metric].unit, ticks[i]);
		if (s->plot.x - p->labels_x > CHART_LABELS)
			cells_text_right(c, p->labels_x, s->plot.y + row, CHART_LABELS, STYLE_AXIS,
					 text);
		/* the blanks between have the dots' style: fewer colour codes to a terminal */
		for (int x = 0; x < s->plot.width; x++)
			cells_put(c, s->plot.x + x, s->plot.y + row, x % 3 ? ' ' : 0xb7,
				  STYLE_BORDER);
	}
}

void chart_draw_x_axis(struct cells *c, const struct scales *s, const struct chart_places *p)
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
		int x = s->plot.x + scales_dot_x(s, ticks[i]) / 2;
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
