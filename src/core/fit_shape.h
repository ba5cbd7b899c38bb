/* Sizes of a stretch in which the shape alone decides, told apart without counting each: what is
 * alike at two shapes is alike at all between them. */
#ifndef VTOK_CORE_FIT_SHAPE_H
#define VTOK_CORE_FIT_SHAPE_H

#include "core/fit_walk.h"

enum { SHAPES = 6 };

/* Sizes that count alike, from the highest shape to the flattest that was seen to. */
struct shape {
	struct seen as;
	struct extent high, flat;
};

struct shapes {
	int n;
	struct shape of[SHAPES];
};

static inline void shapes_clear(struct shapes *s)
{
	s->n = 0;
}

/* A size that counts as `at` does, whose sides are set: all of it but the sides and E. It is `at`
 * itself where it had to be counted. Every size asked about is of one stretch, STRETCH_SHAPED. */
const struct seen *shapes_see(struct shapes *s, struct walk *w, struct seen *at);

#endif
