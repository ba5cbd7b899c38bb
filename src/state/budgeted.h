/* What the budget makes of the request: whether it holds, the largest size that does, and what the
 * next step of the size does. Worked out when the request has changed, not with every frame. */
#ifndef VTOK_STATE_BUDGETED_H
#define VTOK_STATE_BUDGETED_H

#include <stdbool.h>

#include "core/fit.h"
#include "core/sweep.h"
#include "core/value.h"
#include "state/request.h"

struct budgeted {
	bool is_there; /* a budget is set, and everything below holds for `of` */
	struct request of;
	struct value now; /* the budget's quantity at the present size */
	bool holds;
	int64_t charted; /* the width where the chart ends, pixels; 0 = 4,096 */
	/* The largest size of the aspect up to that width, 16,384 at most, or the picture's own:
	 * also above the present one. It does not depend on that. */
	struct fit fit;
	struct request shape; /* the request at the aspect's size, for which fit was found */
	int64_t longest;      /* the side up to which it was, pixels */
	struct value at_best; /* the quantity at fit.best; of FIT_NONE, at fit.least */
	/* The nearest size that takes other tokens: fewer where the budget does not hold, else
	 * more. width 0 = there is none. */
	struct fit_size step;
	struct value at_step;
};

/* Works it out unless that was done for this very request. charted: as above. Without a budget
 * is_there is false. */
void budgeted_keep(struct budgeted *f, const struct request *r, int64_t charted);

/* True if f holds for this request. */
bool budgeted_is_of(const struct budgeted *f, const struct request *r);

/* The size that the request's picture is one of: that whose aspect the lock keeps, or the present
 * one where it is larger. The longer side, pixels. */
int64_t budgeted_longest(const struct request *r);

/* The largest size that keeps a budget and is not larger than the picture; of a picture whose
 * longer side is above 32,768 pixels, itself or the largest below that. */
void budgeted_find(const struct request *r, const struct fit_budget *b, struct fit *out);

/* A quantity at a size. The reason lives as long as the registry. */
struct value budgeted_value(const struct request *r, enum quantity_id id, int64_t width,
			    int64_t height);

#endif
