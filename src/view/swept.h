/* The points of the chart's curves, kept from frame to frame: a key that moves the focus or turns a
 * knob on which a curve does not depend draws the same curve again. */
#ifndef VTOK_VIEW_SWEPT_H
#define VTOK_VIEW_SWEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/sweep.h"

enum { SWEPT_PLACES = 6, SWEPT_POINTS = 160 };

/* All that the points of a curve depend on. To be set to zero bytes first: it is compared byte by
 * byte, and a padding that differs costs a sweep, never a wrong point. */
struct swept_key {
	uint64_t registry; /* its serial: one read again may lie where the old one lay */
	enum quantity_id metric;
	int64_t least, most; /* widths at the ends of the axis, pixels */
	bool log_axis;
	int n;              /* points, at most SWEPT_POINTS */
	struct setup setup; /* without the model where that is no registry's */
	struct model model; /* that one, without its processor where that is none's either */
	struct processor processor; /* and that */
};

/* Fills n points as sweep_widths() and sweep() do for s; those of the last call for this place
 * among the curves where the keys are equal. One thread only. */
void swept(int place, const struct swept_key *key, const struct setup *s, struct point *points);

#endif
