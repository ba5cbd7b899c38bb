/* One question of core/fit.h: the best of all sizes of a shape. */
#ifndef VTOK_CORE_FIT_SEARCH_H
#define VTOK_CORE_FIT_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/fit_budget.h"
#include "core/fit_judge.h"
#include "core/fit_trail.h"
#include "core/fit_walk.h"

enum aim {
	AIM_LARGEST,  /* of what holds the most effective pixels */
	AIM_CHEAPEST, /* of everything the fewest tokens, then as above */
};

struct search {
	struct walk walk; /* spent above WORK_MOST: given up */
	struct judge judge;
	enum aim aim;
	bool has_best;
	struct seen best;
	struct trail trail;
	int64_t enough, patience; /* estimates after which it is looked for where all hope ends;
				     how many more the next time */
	/* What comes next of the best: it is `other` or, where that is 0, from `unseen` on. */
	int64_t other, unseen;
};

/* Of the setup a copy is kept, the n budgets are borrowed; nothing has to be given back. */
void search_init(struct search *s, const struct setup *setup, const struct fit_budget *budgets,
		 int n);

/* Looks through longer sides 1 to `longest`; has_best false: no size holds, or all are refused. */
void search_run(struct search *s, enum aim aim, int64_t longest);

#endif
