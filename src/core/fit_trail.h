/* What a search for a size came past: where it finds the answer, it knows which size comes next. */
#ifndef VTOK_CORE_FIT_TRAIL_H
#define VTOK_CORE_FIT_TRAIL_H

#include "core/count.h"

/* The sizes that were counted one after the other, larger first, down to `last`. */
struct trail {
	int64_t top, last;
	int64_t k, tokens; /* the last that is not refused; -1 tokens: there is none */
	int64_t other;     /* the next larger one of another number of tokens; 0 = there is none */
};

/* k is counted as c says. */
static inline void trail_add(struct trail *t, int64_t k, const struct count *c)
{
	int64_t tokens = count_positions(c);

	if (t->last != k + 1)
		*t = (struct trail){.top = k, .tokens = -1};
	t->last = k;
	if (c->refused)
		return;
	if (tokens != t->tokens) {
		t->other = t->tokens < 0 ? 0 : t->k;
		t->tokens = tokens;
	}
	t->k = k;
}

#endif
