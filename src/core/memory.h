/* Where the memory of the accelerators goes: an account per engine that adds up. */
#ifndef VTOK_CORE_MEMORY_H
#define VTOK_CORE_MEMORY_H

#include "core/memory_base.h"

/* Share of the memory that the engine takes: what it was told, or what its version, the device and
 * the tower make of it. */
double memory_utilisation(const struct setup *s, int32_t ranks, enum pool_end end);

/* Bytes of one device that a process sees: all of it where the driver's share is not known. */
double memory_seen(const struct hardware *hw);

/* Positions a request may have: what was asked for, or what the engine sets by the memory of all
 * GPUs (ollama), or the model's own; 0 = not known. */
int64_t memory_context(const struct setup *s);

/* Bytes over all of `ranks` GPUs of a request of `tokens` positions whose cross-attention layers
 * see `cross`. */
double memory_request(const struct setup *s, int32_t ranks, double tokens, double cross);

/* The case of a setup whose model, hardware and engine are there. */
void memory_case_of(const struct setup *s, double request_tokens, double context,
		    struct memory_case *out);

/* The account of the engine of the case, at that end of what the pool may be. */
void memory_plan(const struct memory_case *c, enum pool_end end, struct memory_plan *out);

/* What the account leaves out for this model, engine or device, in words; NULL = nothing. */
const char *memory_caveat(const struct setup *s);

#endif
