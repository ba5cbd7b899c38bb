#include "view/chart_plot.h"

#include <math.h>

void chart_places_init(struct chart_places *p, struct rect r, bool has_values)
{
	int legend = r.width >= 110 && has_values ? 28
		     : r.width >= 90              ? 22
		     : r.width >= 44              ? 14
						  : 0;
	int below = r.height >= 8 ? 2 : r.height >= 3 ? 1 : 0;

	if (has_values && legend)
		legend += CHART_VALUES;
	int labels = r.width >= 24 ? CHART_LABELS : 0;

	p->labels_x = r.x;
	p->plot = (struct rect){r.x + labels + 1, r.y, r.width - labels - 1 - legend,
				r.height - below};
	p->legend = (struct rect){p->plot.x + p->plot.width + 1, r.y, legend - 1, r.height};
	p->axis_y = below == 2 ? r.y + r.height - 2 : -1;
	p->numbers_y = below ? r.y + r.height - 1 : -1;
}

struct axis scales_widths(const struct state *st)
{
	return (struct axis){(double)chart_least(st), (double)chart_most(st), st->log_axis};
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
	uint32_t bit = dot_bits[dx % 2][dy % 4];

	if (cell->cp >= 0x2800 && cell->cp < 0x2900) /* most dots join others */
		*cell = (struct cell){.cp = cell->cp | bit, .style = (uint16_t)style};
	else
		cells_put(c, x, y, 0x2800 | bit, style);
}

/* A line from the dot (x0, y0) to (x1, y1), x1 not before x0; every column holds its part of the
 * way up or down. */
void plot_line(struct cells *c, struct rect plot, int x0, int y0, int x1, int y1, unsigned style)
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

/* ------------------------------------------------------------ places of values */

int scales_dot_x(const struct scales *s, double x)
{
	return (int)lround(axis_share(&s->x, x) * (s->plot.width * 2 - 1));
}

int scales_dot_y(const struct scales *s, double y)
{
	double share = axis_share(&s->y, y);
	int most = s->plot.height * 4 - 1;

	return (int)lround((1 - fmax(-0.5, fmin(1.5, share))) * most);
}

bool scales_row(const struct scales *s, double y, int *row)
{
	*row = scales_dot_y(s, y) / 4;
	return *row >= 0 && *row < s->plot.height;
}

bool scales_curve(const struct scales *s, const struct curve *cv, double share, double *y)
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

bool plot_is_free(const struct cells *c, int x, int y, int width)
{
	for (int i = 0; i < width; i++) {
		const struct cell *there = &c->cell[(size_t)y * (size_t)c->width + (size_t)(x + i)];

		if (there->cp != ' ' && there->cp != PLOT_FILL &&
		    (there->style & STYLE_ROLE) != STYLE_BORDER)
			return false;
	}
	return true;
}
