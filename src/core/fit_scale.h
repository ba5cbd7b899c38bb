/* The sizes of one shape, and what of a picture a model gets. */
#ifndef VTOK_CORE_FIT_SCALE_H
#define VTOK_CORE_FIT_SCALE_H

#include <stdint.h>

#include "core/trace.h"

/* The size of a longer side k: the other side is in the ratio of the original's. */
void fit_scale(int64_t width, int64_t height, int64_t k, int64_t *w, int64_t *h);

/* E of a counted size. */
int64_t fit_effective(int64_t width, int64_t height, const struct count *c,
		      const struct layout_px *l);

#endif
