/* One request over a range of widths at a fixed aspect: what a chart shows. */
#ifndef VTOK_CORE_SWEEP_H
#define VTOK_CORE_SWEEP_H

#include <stddef.h>

#include "core/quantity.h"

struct point {
	double x; /* width, pixels */
	double y; /* in the unit of the quantity; NaN-free: see has */
	bool has; /* false: refused or not available at this width */
};

/* The widths of n points from least to most pixels, even on a linear or a logarithmic axis; whole
 * pixels. */
void sweep_widths(double least, double most, bool log_axis, struct point *points, size_t n);

/* Fills y for every x with a quantity that is a number; the height follows the aspect of s. No more
 * of the cost model runs than it needs. */
void sweep(const struct setup *s, enum quantity_id q, struct point *points, size_t n);

/* s at a width in pixels: the height that keeps its aspect, at least 1; both at most SIDE_MAX. */
void sweep_size(const struct setup *s, double width, struct setup *out);

/* The nearest whole-pixel widths of the same aspect (within 1 %) that cost less and that cost more,
 * on either side, with their counts; 0 when there is none in least..most. No side is below 32
 * pixels, or below the picture's own. Exact up to 256 pixels away; farther off a dip or bump
 * narrower than 8 pixels may be passed over, beyond 8,192 pixels one narrower than a thousandth of
 * the way. */
struct cliff {
	int64_t cheaper_width, cheaper_tokens, dearer_width, dearer_tokens;
};
void sweep_cliff(const struct setup *s, int64_t least, int64_t most, struct cliff *out);

#endif
