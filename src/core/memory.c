/* Memory of the accelerators: weights + reserve + KV pool + what the engine leaves alone.
 *
 * What the driver shows a process (driver-mem of hardware.ini) times the engine's share is its
 * budget; weights by format (core/weights.c), the reserve by the engine's own rule
 * (core/memory_*.c), the rest is the pool. Every part has a usual size and, where logs differ, a
 * least and a most: the pool's low end takes all parts at their most, its high end at their least.
 * Nothing is added to make a sum come out.
 *
 * Weights are divided by tensor parallel. Whether a tower is depends on model and version (Qwen's
 * is, gemma-3-27b weighs 13.17 GiB on each of four GPUs where 12.78 are divided:
 * vllm-project/vllm#15676): the low end has it on every GPU. */
#include "core/memory.h"

#include <stddef.h>

#include "base/str.h"
#include "core/count.h"
#include "core/memory_rules.h"
#include "core/version.h"
#include "core/vision_load.h"
#include "core/weights.h"

enum { PROFILE_SIDE = 8192 };

/* What a process sees of a device whose driver's total was never logged, at least: the lowest share
 * of those that were (T4, 14.56 of 15 GiB). */
static const double unseen_least = 0.97;

double memory_seen(const struct hardware *hw)
{
	return hw->driver_mem_bytes > 0 ? hw->driver_mem_bytes : hw->mem_bytes;
}

double memory_utilisation(const struct setup *s, int32_t ranks, enum pool_end end)
{
	const struct engine *e = s->engine;

	if (s->utilisation > 0)
		return s->utilisation;
	if (e->memory == MEMORY_FRACTION && !(e->utilisation > 0))
		return memory_fraction_share(s, ranks, end);
	if (e->utilisation_before > 0 && !version_has(s->engine_version, e->utilisation_since))
		return e->utilisation_before;
	return e->utilisation > 0 ? e->utilisation : 1;
}

/* What the engine takes by itself; 0 = the model's own. */
static int64_t engine_context(const struct setup *s)
{
	const struct engine *e = s->engine;

	if (e == NULL || s->hardware == NULL || !(e->context_small > 0))
		return 0;
	double total = memory_seen(s->hardware) * s->tensor_parallel;

	if (e->context_large > 0 && total >= e->large_memory_bytes)
		return e->context_large;
	if (e->context_middle > 0 && total >= e->middle_memory_bytes)
		return e->context_middle;
	return e->context_small;
}

int64_t memory_context(const struct setup *s)
{
	int64_t engine = engine_context(s), own = s->model->context;

	if (s->context_limit > 0)
		return s->context_limit;
	return engine > 0 && (own <= 0 || engine < own) ? engine : own;
}

double memory_request(const struct setup *s, int32_t ranks, double tokens, double cross)
{
	struct kv_layout l;

	memory_layout(s, ranks, &l);
	return kv_request(s->model, &l, tokens, cross) * l.ranks;
}

/* No server: one request's activations at a time, two residual-sized rows and the gate, up and
 * product rows of the FFN in 16 bit, and one row of logits. */
static void whole(const struct memory_case *c, enum pool_end end, struct memory_plan *out)
{
	const struct setup *s = c->setup;
	const struct model *m = s->model;
	double batched = memory_batched_tokens(s), step = batched > 0 ? batched : c->request_tokens;
	double row = 2.0 * m->hidden + 3 * memory_ffn_width(m) / c->ranks;

	out->weights = memory_all_weights(c, end);
	out->activation = (2 * step * row + 4.0 * memory_sequences(s) * m->vocab) * c->ranks;
	out->framework = memory_framework(c, end);
	out->reserve = out->activation + out->framework;
}

/* Nothing is profiled of models without a tower. A square above every pixel cap is the largest. */
static struct largest_picture largest_picture(const struct setup *s)
{
	const struct model *m = s->model;
	struct largest_picture none = {0};
	struct vision_load load;
	struct count largest;

	if (s->engine->memory != MEMORY_PROFILE || m->processor == NULL || m->tower == NULL)
		return none;
	count_image(m->processor, LENS_EXACT, &s->knobs, PROFILE_SIDE, PROFILE_SIDE, &largest,
		    NULL);
	if (largest.refused || largest.visual <= 0)
		return none;
	vision_load(m, &largest, 0, 0, &load);
	return (struct largest_picture){.patches = load.sequences * load.patches,
					.positions = (double)largest.visual};
}

void memory_case_of(const struct setup *s, double request_tokens, double context,
		    struct memory_case *out)
{
	*out = (struct memory_case){
		.setup = s,
		.ranks = s->tensor_parallel,
		.request_tokens = request_tokens,
		.context = context,
		.largest = largest_picture(s),
	};
}

void memory_plan(const struct memory_case *c, enum pool_end end, struct memory_plan *out)
{
	static void (*const rules[])(const struct memory_case *, enum pool_end,
				     struct memory_plan *) = {
		[MEMORY_WHOLE] = whole,
		[MEMORY_PROFILE] = memory_profile,
		[MEMORY_FRACTION] = memory_fraction,
		[MEMORY_BUFFERS] = memory_buffers,
	};
	const struct setup *s = c->setup;
	double total = memory_seen(s->hardware) * c->ranks;
	double seen = s->hardware->driver_mem_bytes > 0 || end != POOL_LOW ? 1 : unseen_least;

	*out = (struct memory_plan){
		.total = total,
		.budget = total * seen * memory_utilisation(s, c->ranks, end),
	};
	rules[s->engine->memory](c, end, out);
	out->pool = out->budget - out->weights - out->reserve;
}

/* Steps above this have no formula for experts and linear attention: see core/memory_profile.c. */
static const int32_t known_step = 8192;

const char *memory_caveat(const struct setup *s)
{
	static const char v1[] = "0.9";
	const struct model *m = s->model;
	const struct engine *e = s->engine;

	if (e->memory == MEMORY_PROFILE) {
		if (e->utilisation_since != NULL && *e->utilisation_since != '\0' &&
		    !version_has(s->engine_version, v1))
			return "versions before 0.9 may run the older engine, whose every sequence "
			       "held its largest picture at the start";
		if ((m->experts > 0 || m->linear_layers > 0) &&
		    memory_batched_tokens(s) > known_step)
			return "what experts and linear attention take at more than 8,192 tokens a "
			       "step is not known: see the low end";
	}
	if (e->memory == MEMORY_FRACTION && !(s->utilisation > 0) && memory_fraction_varies(s))
		return "the steps of this engine on devices below 60 GiB differ by version";
	if (s->hardware->unified)
		return "other programs share this memory";
	return NULL;
}
