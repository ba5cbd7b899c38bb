/* Hosted models that have a price: what a picture costs elsewhere. */
#ifndef VTOK_REGISTRY_PRICED_H
#define VTOK_REGISTRY_PRICED_H

#include <stddef.h>

#include "registry/registry.h"

/* A price and the rule that counts for the name it is of. */
struct priced {
	const struct price *price;
	const struct processor *rule;
	const char *name;          /* in the price's id or aliases */
	size_t len;                /* of the name */
	const struct model *model; /* NULL = not made yet */
};

/* One for each price that is in force on the registry's day and is the newest of a hosted model
 * whose rule for images is known, in file order. Found once for a day and its lists; lives as long
 * as r. NULL with *n 0: the registry has no prices, or memory is short. Not for several threads on
 * one registry. */
struct priced *priced_list(const struct registry *r, size_t *n);

/* What stands for it in a request, under the name of the price; made on the first call, lives as
 * long as r. NULL: memory is short. */
const struct model *priced_model(const struct registry *r, struct priced *p);

#endif
