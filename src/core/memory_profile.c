/* The account of vLLM's V1 engine (and of servers taken to do the same).
 *
 * At the start it runs the encoder on dummy pictures, one language step of max-batched-tokens, and
 * the sampler on max-num-seqs rows; the allocator's peak over all three counts, so the reserve has
 * the greatest of them and not their sum, and beside it the encoder's output, which stays in its
 * cache (vllm/v1/worker/gpu_worker.py, gpu_model_runner.py, v1/core/encoder_cache_manager.py). From
 * 0.21 on an estimate of the CUDA graphs is subtracted too.
 *
 *   E  encoder: patches x (6 x values of a patch + 2 x (2 h + 2 ffn / tp)): pixels in 32 and 16
 *      bit and the feed-forward part of one layer. The encoder budget is max(max-batched-tokens,
 *      the largest picture); as many of the largest pictures are run as it holds, at most
 *      sequences x limit. 65,536 patches of Qwen3-VL's tower: 1.90 GiB on one GPU, 1.37 on each
 *      of two; logged with the cache 1.66 where this gives 1.53 (noonghunna/club-3090#1139), and
 *      at least 1.56 where it gives 1.96 (two pools of a public document): 0.8 to 1.1 of it.
 *   C  encoder cache: budget x hidden x 2; a merger per DeepStack level more at most.
 *   L  language: per token two residual rows and three of the feed-forward part, 16 bit: 125 kB
 *      for Qwen3.5-27B, of which a series of profile runs shows 105 (vllm-project/vllm#52872). At
 *      most 2 x (4 ffn + 6 h), what eager runs peak at on an H100. What fused experts and linear
 *      attention hold beside it is not known; the low end counts every buffer they have: rows of
 *      all routed experts in and out of both products, and the delta net's projections, copies
 *      and chunk states.
 *   S  sampler: 39 bytes x sequences x vocabulary, on every GPU (38.6, 38.9, 41.2 in three logs;
 *      vllm-project/vllm#10511 the same on one and on two GPUs). */
#include <math.h>
#include <stddef.h>

#include "core/memory_rules.h"
#include "core/version.h"

static const double encoder_most = 1.1, encoder_least = 0.8;

/* More of a machine whose processor shares the memory: one log of a GB10. */
static const double unified_most = 4.4 * 1024 * 1024 * 1024;

enum { DELTA_CHUNK = 64 /* positions between states of the delta net */ };

static double step_tokens(const struct memory_case *c)
{
	double step = memory_batched_tokens(c->setup), sequences = memory_sequences(c->setup);

	if (!(step > 0))
		step = c->request_tokens;
	return c->context > 0 ? fmin(step, sequences * c->context) : step;
}

/* Pictures of the encoder run, and positions of its budget. False: it is not run. */
static bool encoder_run(const struct memory_case *c, double *pictures, double *budget)
{
	const struct setup *s = c->setup;
	double one = c->largest.positions;

	if (!(c->largest.patches > 0) || !(one > 0) || s->limit_images == 1)
		return false;
	double held = c->context > 0 ? fmin(one, c->context) : one;

	*budget = fmax(step_tokens(c), held);
	*pictures = one > *budget ? *budget / one : floor(*budget / one);
	if (s->limit_images > 0)
		*pictures = fmin(*pictures, (double)memory_sequences(s) * (s->limit_images - 1));
	return true;
}

static double encoder_bytes(const struct memory_case *c, double pictures)
{
	const struct tower *t = c->setup->model->tower;
	bool first = t->stage1_hidden > t->hidden;
	double h = first ? t->stage1_hidden : t->hidden;
	double ffn = fmax(t->ffn, first ? t->stage1_ffn : 0);
	double values = 3.0 * t->patch * t->patch * t->frames;

	return c->largest.patches * pictures * (6 * values + 2 * (2 * h + 2 * ffn / c->ranks));
}

/* Every buffer of fused experts and of a delta net, per token of a step. */
static double unknown_row(const struct model *m, int32_t ranks)
{
	double experts = 0, linear = 0;

	if (m->experts > 0)
		experts = 2.0 * m->top_k * (2.0 * m->hidden + 3.0 * m->expert_ffn / ranks);
	if (m->linear_layers > 0) {
		double value = (double)m->linear_value_heads * m->linear_head;
		double key = m->linear_key_heads * model_linear_state(m);

		linear = 2 *
			 (3 * (2 * key + value) + 6 * value +
			  value * model_linear_state(m) / DELTA_CHUNK) /
			 ranks;
	}
	return experts + linear;
}

static double language_bytes(const struct memory_case *c, enum pool_end end)
{
	const struct model *m = c->setup->model;
	double ffn = memory_ffn_width(m) / c->ranks;
	double usual = 2 * (2.0 * m->hidden + 3 * ffn);
	double most = fmax(usual, 2 * (6.0 * m->hidden / c->ranks + 4 * ffn));

	return step_tokens(c) * memory_at(end, most + unknown_row(m, c->ranks), usual, usual);
}

static double graphs_bytes(const struct memory_case *c, enum pool_end end)
{
	const struct engine *e = c->setup->engine;
	int32_t version = c->setup->engine_version;
	double state = 0;

	if (!version_has(version, e->graphs_since))
		return 0;
	if (c->setup->model->linear_layers > 0 && version_has(version, e->graphs_state_since))
		state = e->graphs_state_bytes * step_tokens(c);
	return memory_at(end, fmax(e->graphs_high, e->graphs_bytes) + state, e->graphs_bytes,
			 e->graphs_low > 0 ? e->graphs_low : e->graphs_bytes);
}

void memory_profile(const struct memory_case *c, enum pool_end end, struct memory_plan *out)
{
	const struct setup *s = c->setup;
	const struct model *m = s->model;
	const struct engine *e = s->engine;
	double pictures, budget, ranks = c->ranks;
	double rows = fmin(memory_sequences(s), step_tokens(c));
	double mergers = end == POOL_LOW && m->projector_mergers > 1 ? m->projector_mergers : 1;

	if (encoder_run(c, &pictures, &budget)) {
		out->encoder = encoder_bytes(c, pictures) * ranks *
			       memory_at(end, encoder_most, 1, encoder_least);
		out->encoder_cache = 2 * budget * m->hidden * mergers * ranks;
	}
	out->activation = language_bytes(c, end) * ranks;
	out->sampler = memory_at(end, fmax(e->sampler_high, e->sampler_bytes), e->sampler_bytes,
				 e->sampler_bytes) *
		       rows * m->vocab * ranks;
	out->graphs = graphs_bytes(c, end) * ranks;
	out->framework = memory_framework(c, end) +
			 (end == POOL_LOW && s->hardware->unified ? unified_most * ranks : 0);
	out->weights = memory_all_weights(c, end);
	out->reserve = fmax(out->encoder, fmax(out->activation, out->sampler)) +
		       out->encoder_cache + out->graphs + out->framework;
}
