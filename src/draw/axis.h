/* From values to places on an axis, and the ticks people like. */
#ifndef VTOK_DRAW_AXIS_H
#define VTOK_DRAW_AXIS_H

#include <stdbool.h>

struct axis {
	double low, high; /* low < high; both positive on a logarithmic axis */
	bool is_log;
};

/* 0 at low, 1 at high; not cut. */
double axis_share(const struct axis *a, double value);
double axis_value(const struct axis *a, double share);

/* Fills at most `most` ticks in rising order; returns how many. 1, 2 or 5 times a power of ten;
 * base two: powers of two on a logarithmic axis. */
int axis_ticks(const struct axis *a, bool base_two, double *ticks, int most);

/* Round up to the next 1, 2 or 5 times a power of ten. Zero and less give 1: an empty chart still
 * needs an axis. */
double axis_nice_step(double raw);

#endif
