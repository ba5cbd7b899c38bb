/* Loads that are known to be too much, or not: whatever loads as much or more in everything, or as
 * little, is so as well, and need not be estimated. */
#ifndef VTOK_CORE_FIT_MARKS_H
#define VTOK_CORE_FIT_MARKS_H

#include <stdbool.h>

#include "core/count.h"
#include "core/model.h"

enum { LOAD_N = 10, MARKS = 8 };

/* All of a counted picture that an estimate looks at: positions, what goes into the encoder, what
 * is read and prepared. No cost falls where one of them rises, but for what kernels are uneven by.
 */
struct load {
	double v[LOAD_N];
};

static inline int64_t load_positions(const struct load *l)
{
	return (int64_t)l->v[0];
}

struct marks {
	bool is_of_same; /* a mark says nothing of other numbers of positions */
	int n;
	struct load at[MARKS];
};

static inline void marks_init(struct marks *m, bool is_of_same)
{
	m->is_of_same = is_of_same;
	m->n = 0;
}

/* c: the count of the setup's picture, not refused. The setup has a model with a processor. */
void load_of(const struct setup *s, const struct count *c, struct load *out);

/* True if a mark is met or exceeded in everything. */
bool marks_are_met(const struct marks *m, const struct load *l);

/* True if a mark is met or exceeded by nothing of it. */
bool marks_are_kept(const struct marks *m, const struct load *l);

/* Of what is too much, or, is_most, of what is not. Marks that it makes needless are forgotten;
 * where there is no room left, the oldest one. */
void marks_add(struct marks *m, const struct load *l, bool is_most);

#endif
