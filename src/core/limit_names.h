/* What the names in conditions stand for, in one case. */
#ifndef VTOK_CORE_LIMIT_NAMES_H
#define VTOK_CORE_LIMIT_NAMES_H

#include "core/limit_case.h"
#include "core/term.h"

/* The case and how deep names of names have gone. */
struct limit_view {
	const struct limit_case *of;
	int depth;
	struct term_sums *sums; /* of this case; NULL = none are kept */
};

/* names answers for the view as long as it lives. */
void limit_names_of(const struct limit_view *v, struct term_names *names);

/* Whether a name of a condition is one that every case knows. */
bool limit_knows(const char *name);

#endif
