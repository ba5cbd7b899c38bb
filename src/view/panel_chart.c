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

const struct panel panel_chart = {.id = PANEL_CHART, .title = title, .draw = draw};
