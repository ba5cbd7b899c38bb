/* Values that follow from others, and rules between the keys of a section and between sections. */
#ifndef VTOK_REGISTRY_DERIVE_H
#define VTOK_REGISTRY_DERIVE_H

#include "base/error.h"
#include "registry/kinds.h"

/* Fills what is computed and never read: layers whose cache grows, elements per token, sums nobody
 * gave. Links are set. */
void registry_derive(enum registry_kind kind, void *entry);

/* False if the entry contradicts itself or what it refers to; err says "key: what", *key names the
 * key that is to blame. */
bool registry_check(enum registry_kind kind, const void *entry, const char **key,
		    struct vtok_error *err);

#endif
