/* The chart as a panel of the dashboard. */
#include "view/panel.h"

#include "view/chart.h"

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	chart_draw(c, r, f, CHART_PLAIN);
}

static char *title(const struct frame *f, char out[64])
{
	return chart_title(f->st, out);
}

const struct panel panel_chart = {
	.rows = {5, 6, 10, 2},
	.takes_rest = true,
	.makes_room = true,
	.has_chart = true,
	.wide = {COLUMN_BELOW, 1, 0},
	.title = title,
	.draw = draw,
};
