/* The largest sizes of a request's pictures within budgets that hold for the request as a whole.
 *
 * One limit of the longer side for all: what a client can be told in one number, and what leaves
 * small pictures as they are. Of all limits that hold, the winner has the most effective pixels in
 * sum (core/fit.h says what they are), then the fewest tokens, then the fewest pixels: for one
 * picture, what fit() finds.
 *
 * The number of a request with different pictures is made of those it would have with pictures like
 * each of them alone: their mean for costs, the mean of their inverses for rates and requests at
 * once. That is exact for whatever adds up over pictures and tokens; attention over the prompt,
 * which grows with its square, comes out a little too dear, never too cheap. What is about one
 * image (tokens per image, KV of an image) holds for each.
 *
 * Pure; never allocates. */
#ifndef VTOK_CORE_FIT_GROUP_H
#define VTOK_CORE_FIT_GROUP_H

#include <stddef.h>
#include <stdint.h>

#include "core/fit.h"
#include "core/fit_walk.h"

/* One picture of the request, or several alike. */
struct fit_member {
	const struct setup *setup; /* its model, size and file; images: of the whole request */
	int64_t many;              /* so many of it */
	int64_t multiple;          /* sides go down to one of it, where they are larger; 1 = any */
	/* the answer */
	struct fit_size best, next; /* next: where it is another size than best */
	int64_t whole;              /* E of the original; 0 = it is refused */
	/* room of the search */
	struct walk walk;
	struct seen at;
	double values[FIT_BUDGETS];
};

struct fit_group {
	enum fit_status status;      /* FITS: the pictures hold as they are */
	const char *reason;          /* FIT_ERROR: why */
	int64_t longest, next;       /* of the longer side; 0 = there is none */
	int64_t tokens, next_tokens; /* positions of all pictures */
	int64_t least, least_tokens; /* FIT_NONE, FIT_NO_CHOICE: the limit of the fewest */
	int bound_by;                /* place of the budget that decides; -1 = none does */
};

/* All setups are of one request: they differ in their pictures, and in how those are counted.
 * Takes time in proportion to pictures and pixels of the longest side: a microsecond for each, ten
 * where a budget needs an estimate. */
void fit_group(struct fit_member *list, size_t n, const struct fit_budget *budgets, int budgets_n,
	       struct fit_group *out);

#endif
