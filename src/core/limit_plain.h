/* The case of a request of which nothing is said but its setup: no command line of a server, no key
 * of a client. What the dashboard judges; `vtok check` with -g of the same options says the same:
 * without it the device is taken for a small one. */
#ifndef VTOK_CORE_LIMIT_PLAIN_H
#define VTOK_CORE_LIMIT_PLAIN_H

#include "core/limit.h"

struct limit_plain {
	struct limit_case judged;
	struct limit_image image;
	struct processor counted;
	struct limit_most most;
};

/* family: the checkpoint's own processor, of which the setup's may be an engine's variant. day: of
 * a vendor's rules, yyyymmdd; 0 = the newest. The setup has a model with a processor and, unless it
 * is a vendor's, an engine; it and everything else is borrowed. out must not be copied. */
void limit_plain_make(const struct setup *s, const struct processor *family, int32_t day,
		      const struct limit_term *const *terms, size_t terms_n,
		      struct limit_plain *out);

#endif
