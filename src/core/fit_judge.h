/* Whether a size meets its budgets. Budgets on the count itself are compared at once; the others
 * need an estimate, whose results are remembered where more tokens are never better. */
#ifndef VTOK_CORE_FIT_JUDGE_H
#define VTOK_CORE_FIT_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/count.h"
#include "core/estimate.h"
#include "core/fit_budget.h"

struct judge {
	struct setup setup; /* its size changes with every question */
	const struct fit_budget *budgets;
	int n;
	enum course course[FIT_BUDGETS];
	struct estimate plain; /* for the quantities of the count: nothing else is in it */
	unsigned steps;        /* of the estimate, where it is asked */
	bool asks_count, asks_estimate;
	bool follows_size;   /* two sizes of one count may differ: times before the encoder */
	bool follows_tokens; /* what is asked of the estimate follows from the tokens alone */
	int64_t good, bad;   /* then: most tokens known to do, fewest known to be too many */
};

void judge_init(struct judge *j, const struct setup *s, const struct fit_budget *budgets, int n);

/* Positions of one image. */
static inline int64_t judge_tokens(const struct count *c)
{
	return c->has_special ? c->total : c->visual;
}

/* c: the count of that size, not refused. missed (NULL = not asked): the first budget that does not
 * hold, -1 = all hold. */
bool judge_holds(struct judge *j, int64_t width, int64_t height, const struct count *c,
		 int *missed);

/* False only if no larger picture that counts as much or more in everything can hold: the cost of a
 * prompt does not fall with its length by more than a few thousandths, and what is asked leaves
 * room for that. True where it cannot be told. */
bool judge_hopes(struct judge *j, int64_t width, int64_t height, const struct count *c);

/* False only if no picture of at least so many positions can hold. */
bool judge_hopes_of(struct judge *j, int64_t least_tokens);

#endif
