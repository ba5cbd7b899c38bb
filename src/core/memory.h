/* Where the memory of the accelerators goes. */
#ifndef VTOK_CORE_MEMORY_H
#define VTOK_CORE_MEMORY_H

#include "core/model.h"

/* The largest thing an engine encodes when it sizes its memory at start-up. */
struct encoder_peak {
	double rows;      /* tower positions at once */
	double positions; /* cached output rows of the projector */
};

struct memory_plan {
	double total, usable, weights, activation, encoder,
		framework; /* bytes, all ranks together */
};

/* Tokens an engine prefills in one step on a device; 0 = a whole request. engine may be NULL. */
int32_t memory_batched_tokens(const struct engine *e, const struct hardware *hw);

/* Bytes of the weights, all ranks together. */
double memory_weights(const struct model *m, enum dtype weights);

/* `request_tokens` sizes the activations of engines that do not cap a step. peak may be NULL:
 * nothing is profiled. */
void memory_plan(const struct setup *s, int32_t ranks, double request_tokens,
		 const struct encoder_peak *peak, struct memory_plan *out);

/* Bytes that are neither weights nor cache, and bytes left for the cache; all ranks together. */
double memory_reserve(const struct memory_plan *p);
double memory_pool(const struct memory_plan *p); /* may be negative */

#endif
