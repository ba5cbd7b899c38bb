/* What a size may cost at most, or must leave at least: what core/fit.h looks for. */
#ifndef VTOK_CORE_FIT_BUDGET_H
#define VTOK_CORE_FIT_BUDGET_H

#include "core/quantity.h"

enum { FIT_BUDGETS = 16 };

/* What must hold: a cost at most, anything else at least, in the unit of the quantity's row. */
struct fit_budget {
	enum quantity_id quantity;
	double value;
};

#endif
