/* The definition of core/fit.h taken by its word: every size is counted, with its layout, and the
 * best of those that hold is picked. What the search is compared with, and timed against. */
#ifndef VTOK_TESTS_BRUTE_FIT_H
#define VTOK_TESTS_BRUTE_FIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/count.h"
#include "core/estimate.h"
#include "core/fit.h"

struct brute_size {
	int64_t w, h, tokens, effective; /* tokens -1: refused */
};

/* Counts every size of the setup's shape into list, which has room for the longer side. Returns
 * how many. */
static inline int64_t brute_walk(const struct setup *s, struct brute_size *list)
{
	int64_t n = s->width > s->height ? s->width : s->height;
	struct knobs knobs = s->knobs;
	struct rule rule;
	struct trace t;
	struct count c;

	knobs.images = (int32_t)s->images;
	count_prepare(&rule, s->model->processor, s->lens, &knobs);
	for (int64_t k = 1; k <= n; k++) {
		struct brute_size *at = &list[k - 1];

		fit_scale(s->width, s->height, k, &at->w, &at->h);
		count_by(&rule, at->w, at->h, &c, &t);
		at->tokens = c.refused ? -1 : c.has_special ? c.total : c.visual;
		at->effective = c.refused ? 0 : fit_effective(at->w, at->h, &c, &t.layout);
	}
	return n;
}

static inline bool brute_is_better(const struct brute_size *a, const struct brute_size *b)
{
	if (a->effective != b->effective)
		return a->effective > b->effective;
	if (a->tokens != b->tokens)
		return a->tokens < b->tokens;
	return a->w * a->h < b->w * b->h;
}

/* NULL: none holds. */
static inline const struct brute_size *brute_pick(const struct brute_size *list, int64_t n,
						  int64_t tokens)
{
	const struct brute_size *best = NULL;

	for (int64_t k = 0; k < n; k++)
		if (list[k].tokens >= 0 && list[k].tokens <= tokens &&
		    (!best || brute_is_better(&list[k], best)))
			best = &list[k];
	return best;
}

/* Whether the setup's own size, which is not refused, meets every budget. What costs something is
 * asked of a request that is served. */
static inline bool brute_meets(const struct setup *s, const struct fit_budget *b, int n)
{
	struct estimate e;

	estimate(s, &e);
	for (int i = 0; i < n; i++) {
		struct value v = quantity_read(b[i].quantity, s, &e);

		if (v.reason || (estimate_is_over(e.why) && quantities[b[i].quantity].needs))
			return false;
		if (!(quantities[b[i].quantity].is_cost ? v.number <= b[i].value
							: v.number >= b[i].value))
			return false;
	}
	return true;
}

/* As brute_pick, of budgets of any kind: an estimate of every size. */
static inline const struct brute_size *brute_within(const struct brute_size *list, int64_t n,
						    const struct setup *s,
						    const struct fit_budget *b, int bn)
{
	const struct brute_size *best = NULL;

	for (int64_t k = 0; k < n; k++) {
		struct setup at = *s;

		at.width = list[k].w;
		at.height = list[k].h;
		if (list[k].tokens >= 0 && (!best || brute_is_better(&list[k], best)) &&
		    brute_meets(&at, b, bn))
			best = &list[k];
	}
	return best;
}

/* Of the sizes of the fewest tokens the best; NULL: all are refused. */
static inline const struct brute_size *brute_cheapest(const struct brute_size *list, int64_t n)
{
	const struct brute_size *best = NULL;

	for (const struct brute_size *at = list; at < list + n; at++)
		if (at->tokens >= 0 && (!best || at->tokens < best->tokens ||
					(at->tokens == best->tokens && brute_is_better(at, best))))
			best = at;
	return best;
}

/* The next larger size than best of another number of tokens; NULL: there is none. */
static inline const struct brute_size *brute_next(const struct brute_size *list, int64_t n,
						  const struct brute_size *best)
{
	for (const struct brute_size *at = best + 1; at < list + n; at++)
		if (at->tokens >= 0 && at->tokens != best->tokens)
			return at;
	return NULL;
}

#endif
