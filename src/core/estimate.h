/* What a request costs: tokens, context, KV bytes, memory, concurrency, prefill time. Pure; never
 * allocates. */
#ifndef VTOK_CORE_ESTIMATE_H
#define VTOK_CORE_ESTIMATE_H

#include <stdbool.h>

#include "core/bound.h"
#include "core/model.h"
#include "core/prefill.h"
#include "core/reason.h"
#include "core/server.h"
#include "core/trace.h"

struct prefill_part {
	double seconds;
	enum bound bound; /* which resource takes most of it */
};

struct estimate {
	enum reason why;    /* why nothing that depends on the request holds; REASON_NONE = it does.
			       Over the context limit tokens and context hold all the same */
	struct count count; /* of one image */
	char refusal[REFUSAL_TEXT]; /* why it is refused, for those who keep reasons as pointers; or
				       "" */
	struct {
		int64_t per_image, images, text, reserve, total; /* positions in the sequence */
	} tokens;
	struct {
		int64_t limit, text_left; /* text_left may be negative: too much */
		double used_share;
		int64_t images_fit; /* -1: refused, or an image takes no tokens */
	} context;
	struct {
		/* per GPU group; a window at its cap, the recurrent state of a sequence */
		struct quantity bytes_per_token, window_bytes, state_bytes, bytes_per_image,
			bytes_per_request;
		double bytes_per_gpu; /* of a request, on one rank (replicated heads counted) */
	} kv;
	struct {
		/* of all ranks together; budget = weights + reserve + KV pool, where there is one;
		 * total = budget + idle */
		struct quantity total_bytes, budget_bytes, weights_bytes, reserve_bytes,
			kv_pool_bytes;
		/* every part at its most, at its least: core/memory.h */
		struct quantity kv_pool_low_bytes, kv_pool_high_bytes;
		/* What the reserve is made of; takes_greatest: of the first three only the greatest
		 * counts. 0 = the engine has no such part. */
		double encoder_bytes, activation_bytes, sampler_bytes, encoder_cache_bytes,
			projector_bytes, buffer_bytes, state_bytes, graphs_bytes, framework_bytes;
		bool takes_greatest;
		double utilisation;   /* share of the total that is the budget */
		double idle_bytes;    /* beyond that share */
		int32_t gpus_needed;  /* fewest that hold the weights and one request at a time, by
					 powers of two where heads are split; 0 = none up to 64 */
		const char *overflow; /* which part does not fit, in words; NULL = all fits */
		const char *caveat;   /* what the account leaves out; NULL = nothing */
	} memory;
	struct {
		struct quantity concurrency, concurrency_text_only, concurrency_full, image_factor;
		struct quantity concurrency_low; /* from the low end of the pool */
	} capacity;
	struct {
		const char *reason; /* NULL: the times hold */
		/* NULL: what is done with the pictures holds, be the whole there or not: preprocess
		 * and its parts, vision, projector, vision_flop */
		const char *image_reason;
		struct prefill_part fixed, preprocess, vision, projector, llm;
		double decode_s, processor_s; /* what preprocess is made of */
		double gpu_s;                 /* vision + projector + llm */
		double gpu_low_s, gpu_high_s; /* of that alone */
		double preprocess_low_s, preprocess_high_s;
		bool preprocess_guessed; /* nobody measured this processor prepared this way */
		double ttft_s, low_s, high_s;
		double vision_flop, llm_flop;
		enum bound bound; /* of the whole */
		bool calibrated;  /* engine and generation both fitted to measurements */
		bool is_beyond;   /* larger than its convolutional tower was measured at */
		const char
			*caveat; /* what the model leaves out for this checkpoint; NULL = nothing */
	} prefill;
	/* One server in its steady state: the devices that share the model, as many requests at
	 * once as cache, engine and the limit between tokens allow (core/server.h). */
	struct {
		const char *reason; /* NULL: all of it holds */
		double one_s;       /* a step of one request alone; holds where the model has one */
		double at_once;     /* requests in service */
		double step_s, low_s, high_s; /* of as many */
		double itl_s, itl_low_s, itl_high_s;
		double output_s; /* output tokens a second */
		double requests_s, requests_low, requests_high;
		enum server_bound bound;
		bool calibrated; /* prefill and decoding both fitted to measurements */
		const char
			*caveat; /* what the model leaves out for this checkpoint; NULL = nothing */
		bool pictures_guessed; /* nobody measured a server that gets pictures, several at
					  once */
	} decode;
	/* What it costs on such a server, used to the full. */
	struct {
		const char *reason;
		const struct rent *rent;                /* NULL: a price was given */
		double usd_hour;                        /* of the server */
		double usd_per_1000, usd_low, usd_high; /* 1,000 images, or requests without
							   images: middle, low and high price */
	} cost;
	/* What the traffic that was asked for needs, and costs with servers that are used in part.
	 */
	struct {
		const char *reason;
		double servers, gpus;
		double ttft_s, ttft_low_s; /* at the quantile */
		double itl_s, itl_low_s, at_once, used_share;
		/* 0: where all times are that long, requests come sooner than they are served */
		double ttft_high_s, itl_high_s;
		double usd_hour, usd_per_1000, usd_low, usd_high; /* 0 = no price is known */
	} traffic;
};

/* A reason as people are told: "refused" has a better one, what the count itself says. */
static inline const char *estimate_reason(const struct estimate *e, const char *reason)
{
	return reason == reason_text(REASON_REFUSED) ? e->refusal : reason;
}

/* Images a day (requests, where there are none) from which one server of e is cheaper than a hosted
 * price, in USD of 1,000 of them; INFINITY: the server is never used so much. e has a cost. */
double estimate_breakeven(const struct setup *s, const struct estimate *e, double hosted_usd);

/* At most a few microseconds. Sizes 1..SIDE_MAX; out-of-range values in setup give reasons, not
 * nonsense. */
void estimate(const struct setup *s, struct estimate *out);

/* More than the context holds: not served, but counted, and its pictures are prepared, encoded and
 * kept all the same. Those numbers exist; how many such requests, and a first token, do not. */
static inline bool estimate_is_over(enum reason why)
{
	return why == REASON_TEXT_TOO_LONG || why == REASON_TOO_MANY_IMAGES;
}

/* Steps beyond tokens and context, which are always computed. Memory needs ESTIMATE_KV too, a
 * server all of the others. */
enum {
	ESTIMATE_KV = 1,
	ESTIMATE_MEMORY = 2,
	ESTIMATE_PREFILL = 4,
	ESTIMATE_SERVER = 8,
	ESTIMATE_ALL = 15
};

/* As estimate(), but no more than the steps or-ed; the other fields of *out are not to be read. */
void estimate_steps(const struct setup *s, unsigned steps, struct estimate *out);

/* True if an image takes as many tokens whatever the number of images in the request. The setup has
 * a model. */
bool estimate_counts_alike(const struct setup *s);

/* What prefill() gave for a job: for those who ask about many sizes, of which many are one job. */
struct estimate_memo {
	bool is_set;
	struct prefill_job job;
	struct prefill_result result;
};

enum { ESTIMATE_MEMOS = 32 };

/* As estimate_steps() where the image of the setup is counted already, by the rule that estimate()
 * counts by. Leaves memory.gpus_needed unset, and context.images_fit where that takes counts of
 * other requests. memos: ESTIMATE_MEMOS, of this setup in any of its sizes, is_set unset before the
 * first. */
void estimate_counted(const struct setup *s, const struct count *c, unsigned steps,
		      struct estimate_memo *memos, struct estimate *out);

/* The steps of estimate(), for those who need only some of them. Each needs the ones before it; all
 * fill *out with reasons where there is no number. The returned reason is why nothing that depends
 * on the request holds. */
enum reason estimate_tokens(const struct setup *s, struct estimate *out);
void estimate_memory(const struct setup *s, enum reason why, bool asks_gpus, struct estimate *out);
/* memos may be NULL. */
void estimate_prefill(const struct setup *s, enum reason why, struct estimate_memo *memos,
		      struct estimate *out);
void estimate_server(const struct setup *s, enum reason why, struct estimate *out);

/* How the pictures of a counted setup are prepared: what was not asked for is as the engine does
 * it. The setup has an engine, and a model that counts its images. */
void estimate_preparer(const struct setup *s, const struct estimate *e, struct preprocess_job *job);

/* 10^6 pixels that one picture of a setup puts before the tower. The setup's model has a processor.
 */
double estimate_fed_mpx(const struct setup *s, const struct count *c);

/* Time before the encoder; with another reason than REASON_NONE *out is zero. The
 * setup as for estimate_preparer. */
enum reason estimate_preprocess(const struct setup *s, const struct estimate *e,
				struct preprocess_time *out);

#endif
