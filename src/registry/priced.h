/* Hosted models that have a price: what a picture costs elsewhere. */
#ifndef VTOK_REGISTRY_PRICED_H
#define VTOK_REGISTRY_PRICED_H

#include <stddef.h>

#include "registry/registry.h"

/* A model for each price that is in force on the registry's day and is one of a hosted model whose
 * rule for images is known, under the name of the price, in file order. Found once; lives as long
 * as r. NULL with *n 0: there is none, or memory is short. Not for several threads on one
 * registry. */
const struct model *const *priced_models(const struct registry *r, size_t *n);

#endif
