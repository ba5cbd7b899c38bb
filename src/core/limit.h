/* What a server or a vendor refuses, breaks on, cuts or wastes: rules as data ([limit ID]), judged
 * for one request. A rule holds for some engines or a vendor, between two versions, for some
 * families, when a condition is true (core/term.h); it bites where a value passes a bound, or
 * without one wherever it holds. [term ID] gives a name to what an engine reckons with, so that the
 * arithmetic of a server is data too. */
#ifndef VTOK_CORE_LIMIT_H
#define VTOK_CORE_LIMIT_H

#include "core/limit_case.h"

extern const char *const verdict_names[], *const limit_test_names[]; /* NULL ends them */

enum { LIMIT_REMEDY = 512, LIMIT_ROWS = 256 };

struct limit_row {
	const struct limit *limit;
	enum verdict verdict;
	double value, bound; /* NAN: it has none */
	size_t image;        /* the picture it is about */
};

/* The greatest number of visual tokens that any picture takes, over all shapes and sizes: searched,
 * because it is not that of the largest square. -1: every size is refused. */
int64_t limit_greatest(const struct processor *p);

/* All rules that apply, worst first, at most LIMIT_ROWS. A server that does not start has no rows
 * of requests. Returns how many. */
size_t limit_rows(const struct limit *const *rules, size_t n, const struct limit_case *c,
		  struct limit_row rows[LIMIT_ROWS]);

/* The rule's remedy with its numbers. Returns out. */
char *limit_remedy(const struct limit_row *row, const struct limit_case *c, char out[LIMIT_REMEDY]);

#endif
