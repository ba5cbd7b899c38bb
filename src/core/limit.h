/* What a server or a vendor refuses, breaks on, cuts or wastes: rules as data ([limit ID]), judged
 * for one request. A rule holds for some engines or a vendor, between two versions, for some
 * families, when a condition is true (core/term.h); it bites where a value passes a bound, or
 * without one wherever it holds. [term ID] gives a name to what an engine reckons with, so that the
 * arithmetic of a server is data too. */
#ifndef VTOK_CORE_LIMIT_H
#define VTOK_CORE_LIMIT_H

#include "core/limit_case.h"
#include "core/limit_greatest.h"

extern const char *const verdict_names[], *const limit_test_names[]; /* NULL ends them */

enum { LIMIT_REMEDY = 512, LIMIT_ROWS = 256 };

struct limit_row {
	const struct limit *limit;
	enum verdict verdict;
	double value, bound; /* NAN: it has none */
	size_t image;        /* the picture it is about */
};

/* All rules that apply, worst first, at most LIMIT_ROWS. A server that does not start has no rows
 * of requests. Returns how many. */
size_t limit_rows(const struct limit *const *rules, size_t n, const struct limit_case *c,
		  struct limit_row rows[LIMIT_ROWS]);

/* The group of quantities (core/quantity.h) that a verdict is about: what the picture is made of,
 * the context, or what a device takes. */
const char *limit_group(const struct limit_row *row);

/* Counts a picture whose sides are set, one of n of the request, as `by` does. */
void limit_image_count(const struct limit_case *c, const struct processor *by,
		       const struct knobs *k, int64_t n, struct limit_image *out);

/* The rule's remedy with its numbers. Returns out. */
char *limit_remedy(const struct limit_row *row, const struct limit_case *c, char out[LIMIT_REMEDY]);

#endif
