/* Where a chart has what, and from values to places on its plot: what all that draws one stands on.
 */
#ifndef VTOK_VIEW_CHART_PLOT_H
#define VTOK_VIEW_CHART_PLOT_H

#include <stdbool.h>

#include "draw/axis.h"
#include "draw/cells.h"
#include "view/chart_curves.h"

/* How a chart cuts its rectangle: y labels, the plot, the legend; the axis under it. */
struct chart_places {
	struct rect plot, legend;
	int labels_x;  /* of the y axis, CHART_LABELS wide */
	int axis_y;    /* row of the axis line; -1 = none */
	int numbers_y; /* row of the x labels; -1 = none */
};

enum { CHART_LABELS = 6, CHART_VALUES = 12 }; /* columns of y labels, of values in the legend */

void chart_places_init(struct chart_places *p, struct rect r, bool has_values);

struct scales {
	struct axis x, y;
	struct rect plot;
};

/* The axis of widths that the state asks for. */
struct axis scales_widths(const struct state *st);

/* In dots of the plot, two a column and four a row, from its left and its top. A value far outside
 * the axis lies a little outside. */
int scales_dot_x(const struct scales *s, double x);
int scales_dot_y(const struct scales *s, double y);

/* The row of a value, 0 the uppermost; false: it is not on the plot. */
bool scales_row(const struct scales *s, double y, int *row);

/* A line between two dots, x1 not before x0, in braille. */
void plot_line(struct cells *c, struct rect plot, int x0, int y0, int x1, int y1, unsigned style);

/* What lies below the selected curve. */
enum { PLOT_FILL = 0x2591 };

/* Whether nothing but grid or fill stands there. */
bool plot_is_free(const struct cells *c, int x, int y, int width);

/* The y of a curve at a share of the x axis, between its points; false where it has none. */
bool scales_curve(const struct scales *s, const struct curve *cv, double share, double *y);

#endif
