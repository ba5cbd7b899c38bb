/* Where the memory of the accelerators goes: an account per engine that adds up. */
#ifndef VTOK_CORE_MEMORY_H
#define VTOK_CORE_MEMORY_H

#include "core/kv.h"
#include "core/model.h"

/* The largest picture of the processor, as the tower gets it. */
struct largest_picture {
	double patches;   /* 0 = none is known: nothing is profiled */
	double positions; /* output rows of the projector */
};

/* What an account is drawn up for. */
struct memory_case {
	const struct setup *setup; /* model, hardware and engine are there */
	int32_t ranks;             /* GPUs; of the setup, or as a search tries them */
	double request_tokens;     /* sizes the activations of engines that do not cap a step */
	double context;            /* limit of a request; 0 = not known */
	struct largest_picture largest;
};

/* Which end of the range: every part at its largest, as usual, at its least. */
enum pool_end { POOL_LOW, POOL_USUAL, POOL_HIGH };

/* Bytes of all GPUs together. total >= budget = weights + reserve + pool. */
struct memory_plan {
	double total;  /* what the driver shows */
	double budget; /* what the engine takes of it */
	double weights;
	/* What the reserve is made of. Where an engine takes the greatest of encoder, activation
	 * and sampler, all three are told. */
	double encoder, activation, sampler; /* of a run at the start; of a step */
	double encoder_cache;                /* rows of the projector that are kept */
	double projector, buffer;            /* weights of a projector's own file; its buffer */
	double state;                        /* recurrent states of the slots */
	double graphs, framework;
	double reserve;
	double pool; /* may be negative */
};

/* Memory of one device that a process sees. */
double memory_driver(const struct hardware *hw);

/* Tokens an engine prefills in one step, and requests of a step (or slots): what it was told, or
 * what it does on this device by itself. Tokens: 0 = a whole request. The engine may be NULL. */
int32_t memory_batched_tokens(const struct setup *s);
int32_t memory_sequences(const struct setup *s);

/* Share of the memory that the engine takes: what it was told, or what its version, the device and
 * the tower make of it. */
double memory_utilisation(const struct setup *s, int32_t ranks, enum pool_end end);

/* Positions a request may have: what was asked for, or what the engine sets by the memory of all
 * GPUs (ollama), or the model's own; 0 = not known. */
int64_t memory_context(const struct setup *s);

/* The cache of a setup on `ranks` GPUs, and bytes over all of them of a request of `tokens`
 * positions whose cross-attention layers see `cross`. */
void memory_layout(const struct setup *s, int32_t ranks, struct kv_layout *out);
double memory_request(const struct setup *s, int32_t ranks, double tokens, double cross);

/* Bytes of the weights, all GPUs together, each stored once. */
double memory_weights(const struct model *m, enum dtype weights);

/* The case of a setup whose model, hardware and engine are there. */
void memory_case_of(const struct setup *s, double request_tokens, double context,
		    struct memory_case *out);

void memory_plan(const struct memory_case *c, enum pool_end end, struct memory_plan *out);

/* What the account leaves out for this model, engine or device, in words; NULL = nothing. */
const char *memory_caveat(const struct setup *s);

#endif
