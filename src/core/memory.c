/* Memory of the accelerators: weights + reserve + KV pool + what the engine leaves alone.
 *
 * Assumptions, all of them about serving engines in their default settings:
 *   - Weights: parameters x bytes. With 8 or 4 bit formats of servers (fp8, int8, int4, AWQ, fp4,
 * MXFP4) the embedding and output matrices stay 16 bit, as in the published checkpoints; GGUF
 * formats (q8_0, q4_0, q4_k_m) quantise them too. Vision tower, projector and what is loaded but
 * not run for images stay 16 bit. Tied matrices are stored once. All of it is divided by the
 * tensor-parallel degree.
 *   - Activations, per rank: of one step, two residual-sized rows and the gate, up and product rows
 * of the FFN, 16 bit, for the tokens of a step; and fp32 logits for as many rows as the engine
 * profiles. Derived from the layer's shape, an upper bound of what must live at once.
 *   - Encoder: engines that profile it run their largest image once at start
 * (vllm-project/vllm#18550: 16,384 tokens whatever the client sends): two rows of the tower's
 * width, and QKV and output or the FFN rows, 16 bit, and the cache of projected rows.
 *   - Framework: a figure per GPU from engines.ini (unverified there).
 *   - The engine takes its utilisation share of the memory the driver reports; the rest stays idle.
 */
#include "core/memory.h"

#include <stddef.h>

#include "base/str.h"

static bool keeps_embeddings(enum dtype t)
{
	switch (t) {
	case DTYPE_FP8:
	case DTYPE_INT8:
	case DTYPE_INT4:
	case DTYPE_FP4:
	case DTYPE_AWQ:
	case DTYPE_MXFP4:
		return true;
	case DTYPE_FP32:
	case DTYPE_FP16:
	case DTYPE_BF16:
	case DTYPE_Q8_0:
	case DTYPE_Q4_0:
	case DTYPE_Q4_K_M:
	case DTYPE_N:
		break;
	}
	return false;
}

double memory_weights(const struct model *m, enum dtype weights)
{
	double bytes = dtype_bytes(weights), plain = bytes < 2 ? 2 : bytes, kept = 0;
	double vision = m->total_params - m->llm_params + m->extra_params;

	if (keeps_embeddings(weights)) {
		kept = ((double)m->vocab + m->in_rows) * m->hidden;
		if (!m->tied)
			kept += (double)m->vocab * m->hidden;
	}
	if (vision < 0)
		vision = 0;
	return (m->llm_params - kept) * bytes + (kept + vision) * plain;
}

int32_t memory_batched_tokens(const struct engine *e, const struct hardware *hw)
{
	if (e == NULL)
		return 0;
	if (hw == NULL || e->small_batched_tokens <= 0)
		return e->max_batched_tokens;
	bool small = hw->mem_bytes < e->small_memory_bytes ||
		     (hw->generation_id != NULL &&
		      str_has_word(e->small_generations, hw->generation_id));

	return small ? e->small_batched_tokens : e->max_batched_tokens;
}

static double ffn_width(const struct model *m)
{
	double moe = m->experts > 0 ? (double)m->top_k * m->expert_ffn + m->shared_ffn : 0;
	double dense = m->ffn > m->dense_ffn ? m->ffn : m->dense_ffn;

	return moe > dense ? moe : dense;
}

static double activation_bytes(const struct setup *s, int32_t ranks, double request_tokens)
{
	const struct model *m = s->model;
	int32_t batched = memory_batched_tokens(s->engine, s->hardware);
	double step = batched > 0 ? batched : request_tokens;
	double logits = s->engine->max_sequences > 0 ? s->engine->max_sequences : 1;

	return 2 * step * (2.0 * m->hidden + 3 * ffn_width(m) / ranks) + 4 * logits * m->vocab;
}

static double encoder_bytes(const struct setup *s, const struct encoder_peak *peak)
{
	const struct tower *t = s->model->tower;
	double cache = 2 * peak->positions * s->model->hidden;

	if (t == NULL)
		return cache;
	double ffn = (t->ffn_mats > 1 ? t->ffn_mats - 1.0 : 1) * t->ffn, qkv = 4.0 * t->hidden;

	return cache + 2 * peak->rows * (2.0 * t->hidden + (ffn > qkv ? ffn : qkv));
}

void memory_plan(const struct setup *s, int32_t ranks, double request_tokens,
		 const struct encoder_peak *peak, struct memory_plan *out)
{
	double total = s->hardware->mem_bytes * ranks;

	*out = (struct memory_plan){
		.total = total,
		.usable = total * s->engine->utilisation,
		.weights = memory_weights(s->model, s->weights),
		.activation = activation_bytes(s, ranks, request_tokens) * ranks,
		.encoder = peak != NULL ? encoder_bytes(s, peak) * ranks : 0,
		.framework = s->engine->framework_bytes * ranks,
	};
}

double memory_reserve(const struct memory_plan *p)
{
	return p->activation + p->encoder + p->framework;
}

double memory_pool(const struct memory_plan *p)
{
	return p->usable - p->weights - memory_reserve(p);
}
