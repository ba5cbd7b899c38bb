/* The interface of one counting rule. A strategy is one file, core/strategy_<name>.c, ending in one record that
 * core/strategies.c lists. */
#ifndef VTOK_CORE_STRATEGY_H
#define VTOK_CORE_STRATEGY_H

#include <stddef.h>

#include "core/count.h"

struct strategy {
	const char *name;	     /* INI value: "merge" */
	const char *summary;	     /* one line for people */
	const char *const *variants; /* names of processor.variant, NULL-terminated; NULL = none */
	/* Lens exact. p has the knobs already applied; sizes are checked; *out is zeroed. */
	void (*count)(const struct processor *p, int64_t width, int64_t height, struct count *out,
		      struct trace *trace);
	struct knob_rules fixed; /* which knobs mean nothing here, and why */
};

/* All strategies, in a fixed order. */
extern const struct strategy *const strategies[];
extern const size_t strategies_n;

/* NULL when there is none of that name. */
const struct strategy *strategy_find(const char *name);

#endif
