/* One strategy as a line of a table: its words, and how its tokens grow with the picture. For those
 * who show strategies and may not ask them (core/strategy.h). */
#ifndef VTOK_CORE_SCALING_H
#define VTOK_CORE_SCALING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/count.h"

struct strategy_words {
	const char *name;    /* INI value: "merge" */
	const char *logic;   /* what it does, one line */
	const char *formula; /* of its visual tokens, one line of ASCII */
};

/* The words of the i-th strategy, in the fixed order of all. False behind the last. Static texts.
 */
bool strategy_words(size_t i, struct strategy_words *out);

struct scaling {
	int64_t now, half, twice; /* visual tokens at the size, at half and at double its sides; -1:
				     that size is refused */
	double growth;   /* d log tokens / d log pixels: 0 = the size does not matter, 1 = as the
			    area, 0.5 = as a side */
	bool has_growth; /* false: the rule refuses a size, or puts no token into the sequence */
};

/* Sides 1..SIDE_MAX; those beyond it are refused. Counts are whole and move in steps, so that the
 * slope is taken between half and double the area. */
void scaling_of(const struct rule *r, int64_t width, int64_t height, struct scaling *out);

#endif
