/* The accounts of the engines, one file each. */
#ifndef VTOK_CORE_MEMORY_RULES_H
#define VTOK_CORE_MEMORY_RULES_H

#include "core/memory_base.h"

/* Each fills the parts of the reserve, the weights and the reserve's sum in a plan whose total and
 * budget are there. */
void memory_profile(const struct memory_case *c, enum pool_end end, struct memory_plan *out);
void memory_fraction(const struct memory_case *c, enum pool_end end, struct memory_plan *out);
void memory_buffers(const struct memory_case *c, enum pool_end end, struct memory_plan *out);

/* SGLang's share of the memory, 0 to 1. */
double memory_fraction_share(const struct setup *s, int32_t ranks, enum pool_end end);

/* Whether its steps are known to differ between versions on this device. */
bool memory_fraction_varies(const struct setup *s);

#endif
