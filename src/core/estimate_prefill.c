/* Prefill of a setup: one request, nothing cached. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "core/estimate.h"
#include "core/prefill.h"
#include "core/vision_load.h"

static enum reason check(const struct setup *s)
{
	const struct model *m = s->model;

	if (s->images > 0 && m->tower == NULL)
		return REASON_NO_TOWER;
	if (s->hardware == NULL)
		return REASON_NO_HARDWARE;
	if (s->engine == NULL)
		return REASON_NO_ENGINE;
	if (s->engine->costs == ENGINE_COSTS_NONE)
		return REASON_ENGINE_COSTS;
	if (s->tensor_parallel < 1 || s->tensor_parallel > RANKS_MOST)
		return REASON_BAD_PARALLEL;
	if (!s->engine->splits_layers && m->q_heads % s->tensor_parallel != 0)
		return REASON_NOT_DIVISIBLE;
	return REASON_NONE;
}

static void fill_job(const struct setup *s, const struct estimate *e, struct prefill_job *job)
{
	double images = (double)s->images;

	*job = (struct prefill_job){
		.model = s->model,
		.hardware = s->hardware,
		.engine = s->engine,
		.weights = setup_weights(s),
		/* layers on several GPUs: a prompt goes through one after the other */
		.ranks = s->engine->splits_layers ? 1 : s->tensor_parallel,
		.batch = 1,
		.tokens = (double)(e->tokens.images + e->tokens.text),
	};
	if (s->images > 0) {
		struct vision_load load;

		vision_load(s->model, &e->count, s->width, s->height, &load);
		job->tower = s->model->tower;
		job->sequences = images * load.sequences;
		job->patches = load.patches;
		job->windows = load.windows;
		job->tile_mpx = load.tile_mpx;
		/* the textbook runs a convolutional tower at the picture's own size */
		if (s->lens == LENS_FORMULA && s->model->tower->is_conv)
			job->tile_mpx = (double)s->width * (double)s->height / 1e6;
		job->cross_positions = images * load.cross_positions;
		job->projected = images * (load.cross_positions > 0 ? load.cross_positions
								    : (double)e->count.visual);
	}
}

/* All that prefill() looks at and another size of the setup may change. Numbers are compared by
 * value: a zero of the other sign costs as much. */
static bool is_same(const struct prefill_job *a, const struct prefill_job *b)
{
	return a->tokens == b->tokens && a->sequences == b->sequences && a->patches == b->patches &&
	       a->windows == b->windows && a->tile_mpx == b->tile_mpx &&
	       a->projected == b->projected && a->cross_positions == b->cross_positions;
}

/* The place of a job; another one that stood there is forgotten. */
static const struct prefill_result *remembered(const struct prefill_job *job,
					       struct estimate_memo *memos)
{
	struct estimate_memo *m = &memos[(uint64_t)job->tokens % ESTIMATE_MEMOS];

	if (!m->is_set || !is_same(&m->job, job)) {
		m->is_set = true;
		m->job = *job;
		prefill(job, &m->result);
	}
	return &m->result;
}

static struct prefill_part part(const struct cost *c)
{
	return (struct prefill_part){.seconds = cost_seconds(c), .bound = cost_bound(c)};
}

void estimate_prefill(const struct setup *s, enum reason why, struct estimate_memo *memos,
		      struct estimate *out)
{
	enum reason over = estimate_is_over(why) ? why : REASON_NONE;
	struct prefill_job job;
	struct prefill_result r;
	struct preprocess_time before;
	struct cost sum = {0}, preprocess_cost = {0};

	/* a model without costs has none for any request, whatever else is wrong with this one */
	if (model_no_costs(s->model) != REASON_NONE) {
		why = model_no_costs(s->model);
		over = REASON_NONE;
	} else if (over != REASON_NONE) {
		why = REASON_NONE;
	}
	if (why == REASON_NONE)
		why = check(s);
	if (why == REASON_NONE) {
		fill_job(s, out, &job);
		why = prefill_rate(&job);
	}
	if (why == REASON_NONE) {
		if (memos)
			r = *remembered(&job, memos);
		else
			prefill(&job, &r);
		why = r.reason;
	}
	if (why == REASON_NONE)
		why = estimate_preprocess(s, out, &before);
	if (why == REASON_NONE) {
		preprocess_cost.s[BOUND_CPU] = before.decode_s + before.processor_s;
		const struct cost *const parts[] = {&r.fixed, &preprocess_cost, &r.vision,
						    &r.projector, &r.llm};

		for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
			cost_add(&sum, parts[i], 1);
		if (!isfinite(cost_seconds(&sum)))
			why = REASON_ABSURD;
	}
	out->prefill.reason = reason_text(over != REASON_NONE ? over : why);
	out->prefill.image_reason = reason_text(why);
	if (why != REASON_NONE)
		return;
	out->prefill.preprocess = part(&preprocess_cost);
	out->prefill.decode_s = before.decode_s;
	out->prefill.processor_s = before.processor_s;
	out->prefill.preprocess_guessed = before.guessed;
	out->prefill.vision = part(&r.vision);
	out->prefill.projector = part(&r.projector);
	out->prefill.vision_flop = r.vision.flop + r.projector.flop;
	if (over != REASON_NONE)
		return;
	out->prefill.fixed = part(&r.fixed);
	out->prefill.llm = part(&r.llm);
	out->prefill.ttft_s = cost_seconds(&sum);
	out->prefill.gpu_s =
		cost_seconds(&r.vision) + cost_seconds(&r.projector) + cost_seconds(&r.llm);
	/* what is done before the encoder has a range of its own */
	double rest = cost_seconds(&r.fixed) + out->prefill.gpu_s;

	out->prefill.low_s = rest * r.low + before.decode_low_s + before.processor_low_s;
	out->prefill.high_s = rest * r.high + before.decode_high_s + before.processor_high_s;
	out->prefill.gpu_low_s = out->prefill.gpu_s * r.low;
	out->prefill.gpu_high_s = out->prefill.gpu_s * r.high;
	out->prefill.preprocess_low_s = before.decode_low_s + before.processor_low_s;
	out->prefill.preprocess_high_s = before.decode_high_s + before.processor_high_s;
	out->prefill.llm_flop = r.llm.flop * job.ranks; /* of all GPUs, as the tower's */
	out->prefill.bound = cost_bound(&sum);
	out->prefill.calibrated = r.calibrated;
	out->prefill.caveat = r.caveat;
	out->prefill.is_beyond = r.is_beyond;
}
