/* The accounts of the engines, one file each, and what they share. */
#ifndef VTOK_CORE_MEMORY_RULES_H
#define VTOK_CORE_MEMORY_RULES_H

#include "core/memory.h"

/* Each fills the parts of the reserve, the weights and the reserve's sum in a plan whose total and
 * budget are there. */
void memory_whole(const struct memory_case *c, enum pool_end end, struct memory_plan *out);
void memory_profile(const struct memory_case *c, enum pool_end end, struct memory_plan *out);
void memory_fraction(const struct memory_case *c, enum pool_end end, struct memory_plan *out);
void memory_buffers(const struct memory_case *c, enum pool_end end, struct memory_plan *out);

/* SGLang's share of the memory, 0 to 1. */
double memory_fraction_share(const struct setup *s, int32_t ranks, enum pool_end end);

/* Whether its steps are known to differ between versions on this device. */
bool memory_fraction_varies(const struct setup *s);

/* The largest part at the low end of the pool, the least at its high end. */
double memory_at(enum pool_end end, double most, double usual, double least);

/* Memory outside the allocator, all GPUs together. */
double memory_framework(const struct memory_case *c, enum pool_end end);

/* Weights of all GPUs together; at the low end the tower stands on each of them. */
double memory_all_weights(const struct memory_case *c, enum pool_end end);

/* Inner width of the feed-forward part that a token goes through. */
double memory_ffn_width(const struct model *m);

#endif
