/* Ticks and lines of the two axes. */
#include "view/chart_parts.h"

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"

/* Bytes by their whole names, where the axis has ticks of powers of two; others as their units have
 * them. */
static char *tick_text(char out[UNIT_TEXT], enum unit unit, double v)
{
	static const char *const names[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
	size_t at = 0;

	if (unit != UNIT_BYTES)
		return unit_tick(out, unit, v);
	for (; v >= 1024 && at + 1 < ARRAY_SIZE(names); at++)
		v /= 1024;
	str_format(out, UNIT_TEXT, "%.4g %s", v, names[at]);
	return utf8_columns(out) > CHART_LABELS ? str_format(out, UNIT_TEXT, "%.4g%s", v, names[at])
						: out;
}

/* Of ticks that do not say it themselves. */
static const char *unit_word(enum unit unit)
{
	static const char *const words[UNIT_N] = {[UNIT_TOKENS] = "tokens",
						  [UNIT_REQUESTS] = "req",
						  [UNIT_IMAGES] = "images",
						  [UNIT_RATE] = "per s",
						  [UNIT_GPUS] = "GPUs"};

	return words[unit] ? words[unit] : "";
}

void chart_draw_y_axis(struct cells *c, const struct scales *s, const struct chart_places *p,
		       enum quantity_id metric)
{
	double ticks[16];
	int room = s->plot.height / 2 + 1, last_row = -2;
	room = room < 2 ? 2 : room > 12 ? 12 : room;
	int n = axis_ticks(&s->y, quantities[metric].unit == UNIT_BYTES, ticks, room);

	for (int i = 0; i < n; i++) {
		int row = scales_dot_y(s, ticks[i]) / 4;
		char text[UNIT_TEXT];

		if (row < 0 || row >= s->plot.height || row == last_row)
			continue;
		last_row = row;
		tick_text(text, quantities[metric].unit, ticks[i]);
		if (s->plot.x - p->labels_x > CHART_LABELS)
			cells_text_right(c, p->labels_x, s->plot.y + row, CHART_LABELS, STYLE_AXIS,
					 text);
		/* the blanks between have the dots' style: fewer colour codes to a terminal */
		for (int x = 0; x < s->plot.width; x++)
			cells_put(c, s->plot.x + x, s->plot.y + row, x % 3 ? ' ' : 0xb7,
				  STYLE_BORDER);
	}
	if (p->axis_y >= 0 && s->plot.x - p->labels_x > CHART_LABELS)
		cells_text_right(c, p->labels_x, p->axis_y, CHART_LABELS, STYLE_DIM,
				 unit_word(quantities[metric].unit));
}

void chart_draw_x_axis(struct cells *c, const struct scales *s, const struct chart_places *p)
{
	double ticks[16];
	int n = axis_ticks(&s->x, true, ticks,
			   s->plot.width / 6 < 2    ? 2
			   : s->plot.width / 6 > 14 ? 14
						    : s->plot.width / 6);
	int free_from = p->labels_x;

	if (p->numbers_y >= 0 && s->plot.x - p->labels_x > CHART_LABELS) {
		cells_text(c, p->labels_x + 1, p->numbers_y, STYLE_DIM, "px");
		free_from += 4;
	}

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
