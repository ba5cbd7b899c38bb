/* Several budgets beside each other, each with the largest size that keeps it: the request's own
 * and the usual ones, with values that mean something for this very request. Worked out when what
 * is asked has changed, not with every frame. */
#ifndef VTOK_STATE_BUDGETS_H
#define VTOK_STATE_BUDGETS_H

#include <stdbool.h>

#include "core/budget.h"
#include "core/fit.h"
#include "core/value.h"
#include "state/request.h"

enum { BUDGETS_MOST = BUDGET_KINDS_MOST + 1 };

struct budgets_row {
	struct fit_budget budget;
	int kind;             /* of budget_kind(); -1: the request's own budget */
	struct fit fit;       /* no larger than the picture */
	struct value at_best; /* the quantity at fit.best; of FIT_NONE, at fit.least */
	struct fit_size less; /* the nearest size below fit.best of fewer tokens; width 0 = none */
};

struct budgets {
	bool is_there;
	struct request of; /* at the picture's own size */
	double asked[BUDGET_KINDS_MOST];
	struct budgets_row row[BUDGETS_MOST];
	int n;
	const char *reason; /* n == 0: why there is none */
};

/* asked: values of the kinds in place of the usual ones; 0 = none was. Works it out unless that was
 * done for these very values. */
void budgets_keep(struct budgets *b, const struct request *r,
		  const double asked[BUDGET_KINDS_MOST]);

#endif
