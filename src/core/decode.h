/* Time of one step of decoding: an output token for each of the sequences that are served
 * together. Section 1 of the decode model; pinned to its golden steps by tests/unit_decode.c. Pure;
 * never allocates.
 *
 *     step = max( max(weights, compute) + cache + sampler + launches + all-reduces , CPU )
 *
 * Constants of engines are sections [pace ID] of the registry, those of devices stand in their
 * generations. estimate() fills a job from a setup; bench/validate-decode from a line of
 * measurements. */
#ifndef VTOK_CORE_DECODE_H
#define VTOK_CORE_DECODE_H

#include "core/bound.h"
#include "core/model.h"
#include "core/reason.h"

struct decode_job {
	const struct model *model; /* with dimensions: model_no_costs() has nothing to say */
	const struct hardware *hardware;
	const struct engine *engine;
	enum dtype weights, kv;
	double ranks;           /* tensor-parallel degree, 1 at least */
	double cross_positions; /* vision positions that cross-attention layers of one sequence
				   see; 0 = those layers are skipped */
};

/* What of a model one step reads, whatever the device. Numbers of weights. */
struct decode_work {
	double dense;  /* layers without their routed experts */
	double expert; /* one routed expert of one layer */
	double layers; /* that have experts */
	double head;   /* output matrix */
};

/* A job resolved: what every step needs, and what each sequence adds. Seconds on one device. */
struct decode_pace {
	struct decode_work work;
	double dense_s, expert_s; /* weights outside of experts; one more expert of every layer */
	double compute_s;         /* of one sequence */
	double experts, top_k;    /* experts 0 = dense */
	double token_s, near_s;   /* cache of one position; of one that layers with a window hold */
	double window;            /* positions those hold at most */
	double state_s;           /* recurrent states and cross-attention of one sequence */
	double sampler_s;         /* of one sequence */
	double launch_s, cpu_s;   /* of a step */
	double reduce_s, reduce_more_s; /* of a step; of one sequence more */
	bool fitted;                    /* engine and device are among those that were measured */
	const char *caveat; /* what the model leaves out for this checkpoint; NULL = nothing */
};

/* One step, part by part, in seconds. */
struct decode_time {
	double weights_s, compute_s; /* the longer of the two counts */
	double cache_s, sampler_s, launch_s, reduce_s;
	double cpu_s; /* beside all of it: the longer of the two counts */
	double step_s;
	double touched;   /* experts of a layer that are read; 0 = dense */
	enum bound bound; /* what most of it waits for */
};

/* REASON_NONE and *out, or why there is no time. */
enum reason decode_prepare(const struct decode_job *job, struct decode_pace *out);

/* A step of `batch` sequences (1 at least, not always whole: a mean) with `context` positions in
 * the cache of each. More of either is never less time. */
void decode_step(const struct decode_pace *p, double batch, double context,
		 struct decode_time *out);

/* The step alone, in seconds. */
double decode_step_s(const struct decode_pace *p, double batch, double context);

/* Measured over predicted, 10th and 90th percentile: section 3 of the decode model. */
struct decode_range {
	double low, high;
};
struct decode_range decode_range(const struct decode_pace *p, double batch);

#endif
