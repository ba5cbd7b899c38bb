/* The sizes of one shape, and what a counting rule does over a stretch of them. */
#ifndef VTOK_CORE_FIT_WALK_H
#define VTOK_CORE_FIT_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/count.h"

/* One size, counted. */
struct seen {
	int64_t k, w, h;   /* longer side and both, pixels */
	int64_t effective; /* E; 0 until it is asked for */
	struct count count;
	struct layout_px layout;
};

struct walk {
	struct rule rule;
	int64_t width, height; /* of the original */
	int64_t spent;         /* counts so far */
};

/* The rule is that of the setup's model and request, as an estimate counts. */
void walk_init(struct walk *w, const struct setup *s);

/* Sets k, w and h. */
void walk_to(const struct walk *w, int64_t k, struct seen *s);

/* Counts it; without its layout or with it and E. */
void walk_count(struct walk *w, struct seen *s);
void walk_see(struct walk *w, struct seen *s);

/* True if two seen sizes are the same in everything that the search or an estimate looks at, but
 * for the sides. */
bool walk_is_alike(const struct seen *a, const struct seen *b);

enum stretch {
	STRETCH_ANY,     /* nothing is known but the bounds */
	STRETCH_RISING,  /* lo and hi are the least and the most of everything */
	STRETCH_EVEN,    /* every size counts as lo does, its content is lo's */
	STRETCH_SHAPED,  /* what is alike at two shapes is alike at all between them; lo and hi
			    are sides alone */
	STRETCH_REFUSED, /* every size is refused */
};

/* Longer sides a to b. */
struct stretch_of {
	enum stretch kind;
	struct seen lo, hi;   /* sizes a and b. RISING: seen; EVEN: lo has the count of all and
				 their layout, hi the sides alone */
	int64_t most;         /* no E is more */
	int64_t least_tokens; /* no size of the stretch takes fewer */
};

/* What is known of them, 1 <= a <= b, without counting each. */
void walk_stretch(struct walk *w, int64_t a, int64_t b, struct stretch_of *out);

/* EVEN: the E of a longer side k of the stretch. */
int64_t walk_even(const struct walk *w, const struct stretch_of *s, int64_t k);

#endif
