/* The chart as a panel of the dashboard. */
#include "view/panel.h"

#include "base/str.h"
#include "view/chart.h"

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	chart_draw(c, r, f, CHART_PLAIN);
}

/* The aspect as people say it where the sides have a small ratio; the chart's x axis keeps it. */
static char *title(const struct frame *f, char out[64])
{
	return str_format(out, 64, "%s by width", metric_title(f->st->metric));
}

const struct panel panel_chart = {.id = PANEL_CHART, .title = title, .draw = draw};
