/* Budgets as the command line gives them. */
#ifndef VTOK_CLI_BUDGET_H
#define VTOK_CLI_BUDGET_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/options.h"
#include "core/fit_budget.h"

/* All that was given, FIT_BUDGETS at most. False: none was, or one is wrong. */
bool budgets_given(const struct options *o, struct fit_budget out[FIT_BUDGETS], int *n,
		   struct vtok_error *err);

/* "25%" or "0.25"; above 0, 100% at most. */
bool budget_share(const char *text, double *out, struct vtok_error *err);

#endif
