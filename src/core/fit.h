/* From budgets to the largest picture: the inverse of counting.
 *
 * Of all sizes of the original's shape, longer side k = 1, 2, ... to the original's, the shorter
 * side rounded half up and 1 at least, those hold that are not refused and meet every budget. The
 * largest of them has the most effective pixels
 *
 *     E = min(w, content_w) min(h, content_h)
 *
 * where the content is the picture's part of what the encoder gets; of equals the one with the
 * fewest tokens, then with the fewest pixels of its own. Counts are no rising function of the size,
 * so that halving an interval finds the wrong size for one request in nine: parts of the way are
 * left out only where the rule itself says what it does there (core/piece.h).
 *
 * Pure; never allocates. */
#ifndef VTOK_CORE_FIT_H
#define VTOK_CORE_FIT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/fit_budget.h"
#include "core/fit_scale.h"
#include "core/model.h"

enum fit_status {
	FIT_OK,        /* a size below the original's holds, the original does not */
	FIT_FITS,      /* the original holds */
	FIT_NONE,      /* no size holds */
	FIT_NO_CHOICE, /* no size holds, and every size takes as many tokens */
	FIT_ERROR,     /* it cannot be told: reason */
};

/* "ok", "fits", "none", "no-choice", "error". */
const char *fit_status_word(enum fit_status s);

struct fit_size {
	int64_t width, height; /* pixels; 0 = there is none */
	int64_t tokens;        /* positions of one image; visual ones where specials are unknown */
	int64_t effective;     /* pixels */
};

struct fit {
	enum fit_status status;
	const char *reason; /* FIT_ERROR: why, static or as long as the setup's registry */
	struct fit_size best;
	/* The next larger size of another number of tokens, within the way. */
	struct fit_size next;
	struct fit_size least; /* FIT_NONE, FIT_NO_CHOICE: the size of the fewest tokens */
	int64_t whole;         /* E of the original; 0 = it is refused */
	int bound_by;          /* place of the budget that decides; -1 = none does */
};

/* What is asked. setup holds the model, the request and the original's size; nothing else of it is
 * changed by the search. */
struct fit_ask {
	const struct setup *setup;
	const struct fit_budget *budgets;
	int budgets_n;
	int64_t longest; /* of the longer side; 0 = the original's: never larger */
};

/* Sides 1..SIDE_MAX. Usually a tenth of a millisecond; some 2 ms for a picture of 12,000 pixels
 * (bench/fit.c). */
void fit(const struct fit_ask *ask, struct fit *out);

/* Why a quantity can be no budget: a text, or one that no size changes; NULL: it can be one. */
const char *fit_no_budget(enum quantity_id id);

/* Why nothing is found for a picture of this model and size; NULL: nothing is against it. */
const char *fit_no_original(const struct setup *s);

/* True if a size meets every budget; bound_by (NULL = not asked) is the first that it misses, -1 =
 * none. Counts and estimates that one size. */
bool fit_holds(const struct fit_ask *ask, int64_t width, int64_t height, int *bound_by);

/* One size as the search sees it; false: refused. */
bool fit_measure(const struct fit_ask *ask, int64_t width, int64_t height, struct fit_size *out);

/* Why a search gave up: sides of millions of pixels, and nothing that can be said of many of them
 * at once. */
extern const char fit_too_many[];

/* The largest longer side, at most `most`, whose size holds; 0 = none, -1 = fit_too_many. Not the
 * largest by E. */
int64_t fit_longest(const struct fit_ask *ask, int64_t most);

#endif
