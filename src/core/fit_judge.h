/* Whether a size meets its budgets. Budgets on the count itself are compared at once; the others
 * need an estimate. What was found out is remembered by all that it follows from: by the tokens
 * where more of them are never better; else by the whole count, and where a time is asked for by
 * the pixels too, since reading and resizing a picture takes time that the count does not know. */
#ifndef VTOK_CORE_FIT_JUDGE_H
#define VTOK_CORE_FIT_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/count.h"
#include "core/estimate.h"
#include "core/fit_budget.h"
#include "core/fit_images.h"
#include "core/fit_marks.h"

/* What is known of one count. */
struct verdict {
	struct count count;
	int64_t good, bad; /* most pixels that hold, fewest that do not */
	int asked;         /* times that an estimate was needed */
};

enum { VERDICTS = 256, SAME = 8 };

struct judge {
	struct setup setup; /* its size changes with every question */
	const struct fit_budget *budgets;
	int n;
	enum course course[FIT_BUDGETS];
	struct estimate plain; /* for the quantities of the count: nothing else is in it */
	unsigned steps;        /* of the estimate, where it is asked */
	bool asks_count, asks_estimate;
	bool recounts;       /* the picture is counted anew for a number, with more images */
	bool is_unsteady;    /* pixels may move a number either way */
	bool follows_size;   /* two sizes of one count may differ: times before the encoder */
	bool follows_tokens; /* what is asked of the estimate follows from the tokens alone */
	int64_t good, bad;   /* then: most tokens known to do, fewest known to be too many */
	/* Positions known to be few enough, or too many, if all else were next to nothing. */
	int64_t least_good, least_bad;
	int64_t fresh;       /* estimates so far of sizes that were to be judged */
	struct marks beyond; /* loads without hope */
	/* Of as many positions, where all that is asked for is ordered: what moves a number one way
	 * alone; there the language model does the same work. */
	struct marks held[SAME], missed[SAME];
	bool is_ordered, is_close; /* the last estimate was as good as on a budget */
	int in_vain;               /* times that a smaller file would have made no difference */
	bool has_images;           /* the only budget is on the images that fit: */
	struct fit_images images;
	uint64_t known[VERDICTS / 64]; /* bits: which verdicts are set */
	struct verdict verdicts[VERDICTS];
	struct estimate_memo memos[ESTIMATE_MEMOS];
};

/* Of the setup a copy is kept, the n budgets are borrowed; nothing has to be given back. */
void judge_init(struct judge *j, const struct setup *s, const struct fit_budget *budgets, int n);

/* c: the count of that size, not refused. missed (NULL = not asked): the first budget that does not
 * hold, -1 = all hold. */
bool judge_holds(struct judge *j, int64_t width, int64_t height, const struct count *c,
		 int *missed);

/* True if of all sizes of this count those of more pixels hold no sooner than those of fewer. */
bool judge_is_steady(const struct judge *j, const struct count *c);

/* False only if no larger picture that counts as much or more in everything can hold: the cost of a
 * prompt does not fall with its length by more than a few thousandths, and what is asked leaves
 * room for that; such pictures are known from then on. True where it cannot be told. */
bool judge_hopes(struct judge *j, int64_t width, int64_t height, const struct count *c);

/* False only if no picture of at least so many positions can hold. */
bool judge_hopes_of(struct judge *j, int64_t least_tokens);

#endif
