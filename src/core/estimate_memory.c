/* Memory, and how many requests it holds at once.
 *
 * concurrency = floor(pool / KV bytes of one request), both over all ranks. The encoder reserve is
 * sized by the largest image of the processor, a square that is above every pixel cap, but no more
 * of it than the context holds. */
#include <math.h>
#include <stddef.h>

#include "core/count.h"
#include "core/estimate.h"
#include "core/kv.h"
#include "core/memory.h"
#include "core/vision_load.h"

enum { PROFILE_SIDE = 8192, RANKS_TRIED = 64 };

/* How many requests of one size a pool holds; the sum over all ranks on both sides. */
static double concurrency_of(double pool_bytes, double request_bytes)
{
	return request_bytes > 0 && pool_bytes > 0 ? pool_bytes / request_bytes : 0;
}

static bool divides(const struct model *m, int32_t ranks)
{
	return m->q_heads > 0 && m->q_heads % ranks == 0;
}

static enum reason check(const struct setup *s)
{
	enum reason why = model_no_costs(s->model);

	if (why != REASON_NONE)
		return why;
	if (!(s->model->total_params > 0))
		return REASON_NO_DIMENSIONS;
	if (s->hardware == NULL)
		return REASON_NO_HARDWARE;
	if (s->engine == NULL)
		return REASON_NO_ENGINE;
	if (s->tensor_parallel < 1 || s->tensor_parallel > RANKS_MOST)
		return REASON_BAD_PARALLEL;
	if (!(s->hardware->mem_bytes > 0))
		return REASON_NO_MEMORY;
	return REASON_NONE;
}

static void set_all(struct quantity *const of[], size_t n, enum reason why)
{
	for (size_t i = 0; i < n; i++)
		if (of[i]->reason == NULL)
			of[i]->reason = reason_text(why);
}

/* What the engine encodes at start-up; false when nothing. */
static bool encoder_peak(const struct setup *s, const struct estimate *e, struct encoder_peak *out)
{
	const struct model *m = s->model;
	struct count largest;

	if (!s->engine->profiles_encoder || m->processor == NULL || m->tower == NULL)
		return false;
	count_image(m->processor, LENS_EXACT, &s->knobs, PROFILE_SIDE, PROFILE_SIDE, &largest,
		    NULL);
	if (largest.refused || largest.visual <= 0)
		return false;
	struct vision_load load;

	vision_load(m, &largest, 0, 0, &load);
	double batched = memory_batched_tokens(s->engine, s->hardware),
	       one = (double)largest.visual;
	double fits = (double)e->context.limit < one && e->context.limit > 0
			      ? (double)e->context.limit / one
			      : 1;
	double items = batched > one ? floor(batched / one) : fits;

	*out = (struct encoder_peak){.rows = load.sequences * load.patches * items,
				     .positions = one * items};
	return true;
}

/* Bytes of a request over `ranks` ranks. */
static double request_bytes(const struct setup *s, int32_t ranks, double tokens, double cross)
{
	const struct kv_layout l = {
		.dtype = s->kv,
		.ranks = ranks,
		.block_tokens = s->engine->block_tokens > 0 ? s->engine->block_tokens : 1,
		.batched_tokens = memory_batched_tokens(s->engine, s->hardware),
	};

	return kv_request(s->model, &l, tokens, cross) * ranks;
}

static double cross_positions(const struct setup *s, const struct estimate *e)
{
	double tiles = e->count.tiles > 0 ? (double)e->count.tiles : 1;

	return tiles * s->model->cross_positions * (double)s->images;
}

static int32_t gpus_needed(const struct setup *s, const struct estimate *e,
			   const struct encoder_peak *peak)
{
	for (int32_t ranks = 1; ranks <= RANKS_TRIED; ranks *= 2) {
		struct memory_plan plan;

		if (!divides(s->model, ranks))
			continue;
		memory_plan(s, ranks, (double)e->tokens.total, peak, &plan);
		if (memory_pool(&plan) >=
		    request_bytes(s, ranks, (double)e->tokens.total, cross_positions(s, e)))
			return ranks;
	}
	return 0;
}

/* no_pool says why, where pool is not above zero. */
static void set_concurrency(struct quantity *q, double pool, enum reason no_pool, double request,
			    enum reason why)
{
	double n = concurrency_of(pool, request);

	if (why == REASON_NONE)
		why = !(request > 0) ? REASON_NO_KV
		      : !(pool > 0)  ? no_pool
		      : n < 1        ? REASON_REQUEST_TOO_BIG
				     : REASON_NONE;
	q->value = why == REASON_NONE ? floor(n) : 0;
	q->reason = reason_text(why);
}

static void set_capacity(const struct setup *s, enum reason why, double pool, enum reason no_pool,
			 struct estimate *out)
{
	double text = (double)(out->tokens.text + out->tokens.reserve);
	double text_bytes = request_bytes(s, s->tensor_parallel, text, 0);
	double bytes = out->kv.bytes_per_request.value;
	bool too_long = why == REASON_TEXT_TOO_LONG;

	set_concurrency(&out->capacity.concurrency, pool, no_pool, bytes, why);
	set_concurrency(&out->capacity.concurrency_text_only, pool, no_pool, text_bytes,
			too_long ? why : REASON_NONE);
	set_concurrency(&out->capacity.concurrency_full, pool, no_pool,
			request_bytes(s, s->tensor_parallel, (double)out->context.limit,
				      cross_positions(s, out)),
			REASON_NONE);
	if (why == REASON_NONE && text_bytes > 0)
		out->capacity.image_factor.value = bytes / text_bytes;
	else
		out->capacity.image_factor.reason =
			reason_text(why != REASON_NONE ? why : REASON_NO_KV);
}

void estimate_memory(const struct setup *s, enum reason why, struct estimate *out)
{
	struct quantity *const memory[] = {&out->memory.total_bytes, &out->memory.weights_bytes,
					   &out->memory.reserve_bytes, &out->memory.kv_pool_bytes};
	struct quantity *const capacity[] = {
		&out->capacity.concurrency, &out->capacity.concurrency_text_only,
		&out->capacity.concurrency_full, &out->capacity.image_factor};
	enum reason no = check(s);
	struct encoder_peak peak;
	struct memory_plan plan;

	if (no != REASON_NONE) {
		set_all(memory, 4, no);
		set_all(capacity, 4, no);
		return;
	}
	bool profiled = encoder_peak(s, out, &peak);

	memory_plan(s, s->tensor_parallel, (double)out->tokens.total, profiled ? &peak : NULL,
		    &plan);
	double pool = memory_pool(&plan);
	enum reason no_pool = plan.weights > plan.usable ? REASON_WEIGHTS_TOO_BIG : REASON_NO_POOL;

	out->memory.total_bytes.value = plan.total;
	out->memory.weights_bytes.value = ceil(plan.weights);
	out->memory.reserve_bytes.value = ceil(memory_reserve(&plan));
	out->memory.activation_bytes = plan.activation;
	out->memory.encoder_bytes = plan.encoder;
	out->memory.framework_bytes = plan.framework;
	out->memory.kv_pool_bytes.value = pool > 0 ? floor(pool) : 0;
	out->memory.idle_bytes = plan.total - plan.usable;
	if (pool > 0) /* with what rounding to bytes leaves */
		out->memory.idle_bytes = plan.total - out->memory.weights_bytes.value -
					 out->memory.reserve_bytes.value -
					 out->memory.kv_pool_bytes.value;
	if (!(pool > 0))
		out->memory.kv_pool_bytes.reason = reason_text(no_pool);
	if (!isfinite(pool)) {
		set_all(memory, 4, REASON_ABSURD);
		set_all(capacity, 4, REASON_ABSURD);
		return;
	}
	if (!divides(s->model, s->tensor_parallel)) {
		set_all(capacity, 4, REASON_NOT_DIVISIBLE);
		return;
	}
	set_capacity(s, why, pool, no_pool, out);
	if (why == REASON_NONE) {
		out->memory.gpus_needed = gpus_needed(s, out, profiled ? &peak : NULL);
		out->memory.overflow = out->memory.kv_pool_bytes.reason != NULL
					       ? out->memory.kv_pool_bytes.reason
					       : out->capacity.concurrency.reason;
	}
}
