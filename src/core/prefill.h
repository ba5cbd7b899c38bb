/* Prefill of one request on one device: which profile applies, and the time of each part.
 * estimate() fills a job from a setup; bench/validate-prefill fills one from a line of
 * measurements. */
#ifndef VTOK_CORE_PREFILL_H
#define VTOK_CORE_PREFILL_H

#include "core/prefill_ops.h"
#include "core/reason.h"

struct prefill_job {
	const struct model *model; /* NULL: tower alone */
	const struct tower *tower; /* NULL: text alone */
	const struct hardware *hardware;
	const struct engine *engine;
	enum dtype weights;
	double ranks;     /* tensor-parallel degree */
	double batch;     /* sequences that are prefilled together */
	double tokens;    /* positions of one sequence, visual ones included; 0 = no language model
			     pass */
	double sequences; /* tower inputs over the whole batch: tiles, or images of a
			     native-resolution tower */
	double patches;   /* positions of one tower input; for two-stage towers those of the first
			     stage */
	double windows;   /* of one tower input; 0 = as many as its patches fill */
	double tile_mpx;  /* 10^6 pixels of one tower input: convolutional towers */
	double projected; /* rows of the projector over the whole batch */
	double cross_positions; /* vision positions cross-attention layers see, per sequence */
	int32_t chunk;          /* overrides the profile's; 0 = keep */
	bool vision_only;       /* fixed time of the vision profile */
};

struct prefill_result {
	enum reason reason; /* REASON_NONE: the costs hold */
	struct cost fixed, vision, projector, llm;
	double low, high; /* factors of the sum: 10th and 90th percentile */
	bool calibrated;
	bool is_beyond;     /* larger than its convolutional tower was measured at: extrapolated */
	const char *caveat; /* NULL = none */
};

/* The seconds of each part and the range of their sum; with a reason set the costs mean nothing. */
void prefill(const struct prefill_job *job, struct prefill_result *out);

/* The profile of `part` that a job runs under; NULL when the engine has none. */
const struct profile *prefill_profile(const struct prefill_job *job, enum profile_part part);

/* What the operators need; REASON_NONE or why not. */
enum reason prefill_chip(const struct prefill_job *job, const struct profile *p, struct chip *out);

/* Whether a device has the rate that weights of this type need. */
enum reason prefill_precision(const struct hardware *hw, enum dtype weights);

/* The same for a job: an engine's profile that names a packed format says itself what it computes
 * in, such as 16 bit or 8 bit integers. */
enum reason prefill_rate(const struct prefill_job *job);

/* One part each; they add to sum. */
void prefill_llm(const struct chip *c, const struct prefill_job *job, struct cost *sum);
void prefill_vision(const struct chip *c, const struct prefill_job *job, struct cost *sum);
void prefill_projector(const struct chip *c, const struct prefill_job *job, struct cost *sum);

#endif
