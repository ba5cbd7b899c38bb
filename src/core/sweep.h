/* One request over a range of widths at a fixed aspect: what a chart shows. */
#ifndef VTOK_CORE_SWEEP_H
#define VTOK_CORE_SWEEP_H

#include <stddef.h>
#include "core/estimate.h"

enum metric { METRIC_TOKENS, METRIC_TTFT, METRIC_KV, METRIC_SHARE, METRIC_CONCURRENCY, METRIC_N };
const char *metric_name(enum metric m);  /* "tokens", as on the command line */
const char *metric_title(enum metric m); /* "visual tokens per image" */
const char *metric_unit(enum metric m);  /* "tokens", "s", "bytes", "", "requests" */
bool metric_find(const char *name, enum metric *out);

struct point {
	double x; /* width, pixels */
	double y; /* in metric_unit; NaN-free: see has */
	bool has; /* false: refused or not available at this width */
};

/* The widths of n points from least to most pixels, even on a linear or a logarithmic axis; whole
 * pixels. */
void sweep_widths(double least, double most, bool log_axis, struct point *points, size_t n);

/* Fills y for every x; the height follows the aspect of s. Tokens alone do not run the cost model.
 */
void sweep(const struct setup *s, enum metric m, struct point *points, size_t n);

/* All metrics of one width at once: one run of the cost model, not one per metric. */
struct sweep_row {
	int64_t width, height; /* pixels */
	double y[METRIC_N];
	bool has[METRIC_N];
};
void sweep_all(const struct setup *s, struct sweep_row *rows,
	       size_t n); /* widths are given, the rest is filled */

/* The whole-pixel widths around s->width where the count changes: next narrower width that costs
 * less and next wider that costs more, with their counts; 0 when there is none in least..most.
 * Exact up to 256 pixels away; farther off a dip or bump narrower than 8 pixels may be passed over,
 * beyond 8,192 pixels one narrower than a thousandth of the way. */
struct cliff {
	int64_t cheaper_width, cheaper_tokens, dearer_width, dearer_tokens;
};
void sweep_cliff(const struct setup *s, int64_t least, int64_t most, struct cliff *out);

#endif
