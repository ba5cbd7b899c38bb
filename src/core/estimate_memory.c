/* Memory, and how many requests it holds at once.
 *
 * concurrency = floor(pool / KV bytes of one request), both over all ranks. The encoder reserve is
 * sized by the largest image of the processor, a square that is above every pixel cap. The low end
 * of the pool says what one may count on: concurrency_low. */
#include <math.h>
#include <stddef.h>

#include "core/estimate.h"
#include "core/memory.h"

enum { RANKS_TRIED = 64 };

/* How many requests of one size a pool holds; the sum over all ranks on both sides. */
static double concurrency_of(double pool_bytes, double request_bytes)
{
	return request_bytes > 0 && pool_bytes > 0 ? pool_bytes / request_bytes : 0;
}

static bool divides(const struct setup *s, int32_t ranks)
{
	return s->engine->splits_layers ||
	       (s->model->q_heads > 0 && s->model->q_heads % ranks == 0);
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
	if (s->engine->costs == ENGINE_COSTS_NONE)
		return REASON_ENGINE_COSTS;
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

static double cross_positions(const struct setup *s, const struct estimate *e)
{
	double tiles = e->count.tiles > 0 ? (double)e->count.tiles : 1;

	return tiles * s->model->cross_positions * (double)s->images;
}

/* As usual, with one request at a time: what more of them at once need can be told the engine. */
static int32_t gpus_needed(const struct memory_case *c, const struct estimate *e)
{
	struct setup one = *c->setup;
	struct memory_case at = *c;
	struct memory_plan plan;

	one.max_seqs = 1;
	at.setup = &one;
	for (at.ranks = 1; at.ranks <= RANKS_TRIED;
	     at.ranks += one.engine->splits_layers ? 1 : at.ranks) {
		if (!divides(&one, at.ranks))
			continue;
		memory_plan(&at, POOL_USUAL, &plan);
		if (plan.pool >= memory_request(&one, at.ranks, (double)e->tokens.total,
						cross_positions(&one, e)))
			return at.ranks;
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

static void set_capacity(const struct setup *s, enum reason why, double pool, double low,
			 enum reason no_pool, struct estimate *out)
{
	double text = (double)(out->tokens.text + out->tokens.reserve);
	double text_bytes = memory_request(s, s->tensor_parallel, text, 0);
	double bytes = out->kv.bytes_per_request.value;
	bool too_long = why == REASON_TEXT_TOO_LONG;

	set_concurrency(&out->capacity.concurrency, pool, no_pool, bytes, why);
	set_concurrency(&out->capacity.concurrency_low, low, no_pool, bytes, why);
	set_concurrency(&out->capacity.concurrency_text_only, pool, no_pool, text_bytes,
			too_long ? why : REASON_NONE);
	set_concurrency(&out->capacity.concurrency_full, pool, no_pool,
			memory_request(s, s->tensor_parallel, (double)out->context.limit,
				       cross_positions(s, out)),
			REASON_NONE);
	if (why == REASON_NONE && text_bytes > 0)
		out->capacity.image_factor.value = bytes / text_bytes;
	else
		out->capacity.image_factor.reason =
			reason_text(why != REASON_NONE ? why : REASON_NO_KV);
}

/* Whole bytes, so that budget = weights + reserve + pool to the byte. */
static void set_account(const struct memory_plan *plan, const struct engine *e,
			struct estimate *out)
{
	double budget = floor(plan->budget), weights = ceil(plan->weights);
	double reserve = ceil(plan->reserve), pool = budget - weights - reserve;

	out->memory.total_bytes.value = plan->total;
	out->memory.budget_bytes.value = budget;
	out->memory.weights_bytes.value = weights;
	out->memory.reserve_bytes.value = reserve;
	out->memory.kv_pool_bytes.value = pool > 0 ? pool : 0;
	out->memory.idle_bytes = plan->total - budget;
	out->memory.utilisation = plan->total > 0 ? plan->budget / plan->total : 0;
	out->memory.encoder_bytes = plan->encoder;
	out->memory.activation_bytes = plan->activation;
	out->memory.sampler_bytes = plan->sampler;
	out->memory.encoder_cache_bytes = plan->encoder_cache;
	out->memory.projector_bytes = plan->projector;
	out->memory.buffer_bytes = plan->buffer;
	out->memory.state_bytes = plan->state;
	out->memory.graphs_bytes = plan->graphs;
	out->memory.framework_bytes = plan->framework;
	out->memory.takes_greatest = e->memory == MEMORY_PROFILE;
}

/* One end of the pool; the value is 0 where there is a reason. */
static double set_end(const struct memory_case *c, enum pool_end end, enum reason no_pool,
		      struct quantity *q)
{
	struct memory_plan plan;

	memory_plan(c, end, &plan);
	double pool = floor(plan.budget) - ceil(plan.weights) - ceil(plan.reserve);

	q->value = pool > 0 ? pool : 0;
	q->reason = pool > 0 ? NULL : reason_text(no_pool);
	return pool;
}

void estimate_memory(const struct setup *s, enum reason why, bool asks_gpus, struct estimate *out)
{
	struct quantity *const memory[] = {
		&out->memory.total_bytes,       &out->memory.budget_bytes,
		&out->memory.weights_bytes,     &out->memory.reserve_bytes,
		&out->memory.kv_pool_bytes,     &out->memory.kv_pool_low_bytes,
		&out->memory.kv_pool_high_bytes};
	struct quantity *const capacity[] = {
		&out->capacity.concurrency, &out->capacity.concurrency_text_only,
		&out->capacity.concurrency_full, &out->capacity.image_factor,
		&out->capacity.concurrency_low};
	enum reason no = check(s);
	struct memory_plan plan;

	if (no != REASON_NONE) {
		set_all(memory, ARRAY_SIZE(memory), no);
		set_all(capacity, ARRAY_SIZE(capacity), no);
		return;
	}
	struct memory_case c;

	memory_case_of(s, (double)out->tokens.total, (double)out->context.limit, &c);
	memory_plan(&c, POOL_USUAL, &plan);
	set_account(&plan, s->engine, out);
	double pool = floor(plan.budget) - ceil(plan.weights) - ceil(plan.reserve);
	enum reason no_pool = plan.weights > plan.budget ? REASON_WEIGHTS_TOO_BIG : REASON_NO_POOL;
	double low = set_end(&c, POOL_LOW, no_pool, &out->memory.kv_pool_low_bytes);

	set_end(&c, POOL_HIGH, no_pool, &out->memory.kv_pool_high_bytes);
	if (!(pool > 0))
		out->memory.kv_pool_bytes.reason = reason_text(no_pool);
	out->memory.caveat = memory_caveat(s);
	if (!isfinite(pool) || !isfinite(low)) {
		set_all(memory, ARRAY_SIZE(memory), REASON_ABSURD);
		set_all(capacity, ARRAY_SIZE(capacity), REASON_ABSURD);
		return;
	}
	if (!divides(s, s->tensor_parallel)) {
		set_all(capacity, ARRAY_SIZE(capacity), REASON_NOT_DIVISIBLE);
		return;
	}
	set_capacity(s, why, pool, low, no_pool, out);
	if (why == REASON_NONE) {
		out->memory.gpus_needed = asks_gpus ? gpus_needed(&c, out) : 0;
		out->memory.overflow = out->memory.kv_pool_bytes.reason != NULL
					       ? out->memory.kv_pool_bytes.reason
					       : out->capacity.concurrency.reason;
	}
}
