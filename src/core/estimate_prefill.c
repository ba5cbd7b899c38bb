/* Prefill of a setup: one request, nothing cached. */
#include <math.h>
#include <stddef.h>

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
	if (s->tensor_parallel < 1 || s->tensor_parallel > 1024)
		return REASON_BAD_PARALLEL;
	if (m->q_heads % s->tensor_parallel != 0)
		return REASON_NOT_DIVISIBLE;
	return prefill_precision(s->hardware, s->weights);
}

static void fill_job(const struct setup *s, const struct estimate *e, struct prefill_job *job)
{
	double images = (double)s->images;

	*job = (struct prefill_job){
		.model = s->model,
		.hardware = s->hardware,
		.engine = s->engine,
		.weights = s->weights,
		.ranks = s->tensor_parallel,
		.batch = 1,
		.tokens = (double)(e->tokens.images + e->tokens.text),
	};
	if (s->images > 0) {
		struct vision_load load;

		vision_load(s->model, &e->count, s->width, s->height, &load);
		job->tower = s->model->tower;
		job->sequences = images * load.sequences;
		job->patches = load.patches;
		job->tile_mpx = load.tile_mpx;
		job->cross_positions = images * load.cross_positions;
		job->projected = images * (load.cross_positions > 0 ? load.cross_positions
								    : (double)e->count.visual);
		job->image_mpx = images * (double)s->width * (double)s->height / 1e6;
	}
}

static struct prefill_part part(const struct cost *c)
{
	return (struct prefill_part){.seconds = cost_seconds(c), .bound = cost_bound(c)};
}

void estimate_prefill(const struct setup *s, enum reason why, struct estimate *out)
{
	struct prefill_job job;
	struct prefill_result r;
	struct cost sum = {0};

	/* a model without costs has none for any request, whatever else is wrong with this one */
	if (model_no_costs(s->model) != REASON_NONE)
		why = model_no_costs(s->model);
	if (why == REASON_NONE)
		why = check(s);
	if (why == REASON_NONE) {
		fill_job(s, out, &job);
		prefill(&job, &r);
		why = r.reason;
	}
	if (why == REASON_NONE) {
		const struct cost *const parts[] = {&r.fixed, &r.preprocess, &r.vision,
						    &r.projector, &r.llm};

		for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
			cost_add(&sum, parts[i], 1);
		if (!isfinite(cost_seconds(&sum)))
			why = REASON_ABSURD;
	}
	out->prefill.reason = reason_text(why);
	if (why != REASON_NONE)
		return;
	out->prefill.fixed = part(&r.fixed);
	out->prefill.preprocess = part(&r.preprocess);
	out->prefill.vision = part(&r.vision);
	out->prefill.projector = part(&r.projector);
	out->prefill.llm = part(&r.llm);
	out->prefill.ttft_s = cost_seconds(&sum);
	out->prefill.low_s = out->prefill.ttft_s * r.low;
	out->prefill.high_s = out->prefill.ttft_s * r.high;
	out->prefill.vision_flop = r.vision.flop + r.projector.flop;
	out->prefill.llm_flop = r.llm.flop;
	out->prefill.bound = cost_bound(&sum);
	out->prefill.calibrated = r.calibrated;
	out->prefill.caveat = r.caveat;
}
