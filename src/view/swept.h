/* The points of the chart's curves, kept from frame to frame: a key that moves the focus or turns a
 * knob on which a curve does not depend draws the same curve again. */
#ifndef VTOK_VIEW_SWEPT_H
#define VTOK_VIEW_SWEPT_H

#include "view/chart.h"

/* Fills n points of the curve at a place among the curves for the metric and axis of st, as
 * sweep_widths() and sweep() do; those of the last call for this place where all that they depend
 * on is the same. One thread only. */
void swept_curve(const struct state *st, int place, struct curve *cv, int n);

#endif
