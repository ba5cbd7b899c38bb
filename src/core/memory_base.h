/* What an account of memory is drawn up for, what it holds, and the parts that the rules of all
 * engines share. */
#ifndef VTOK_CORE_MEMORY_BASE_H
#define VTOK_CORE_MEMORY_BASE_H

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

/* Tokens an engine prefills in one step, and requests of a step (or slots): what it was told, or
 * what it does on this device by itself. Tokens: 0 = a whole request. The engine may be NULL. */
int32_t memory_batched_tokens(const struct setup *s);
int32_t memory_sequences(const struct setup *s);

/* The cache of a setup on `ranks` GPUs. */
void memory_layout(const struct setup *s, int32_t ranks, struct kv_layout *out);

/* The largest part at the low end of the pool, the least at its high end. */
double memory_at(enum pool_end end, double most, double usual, double least);

/* Memory outside the allocator, all GPUs together. */
double memory_framework(const struct memory_case *c, enum pool_end end);

/* Weights of all GPUs together; at the low end the tower stands on each of them. */
double memory_all_weights(const struct memory_case *c, enum pool_end end);

/* Inner width of the feed-forward part that a token goes through. */
double memory_ffn_width(const struct model *m);

#endif
