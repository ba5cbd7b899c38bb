/* The account of llama.cpp, and of ollama, which runs its server.
 *
 * Weights are those of the language model's file; the projector (mmproj) is a file of its own.
 * Buffers are allocated at the start (src/llama-context.cpp, tools/mtmd/clip.cpp, and the logs of
 * twelve public reports):
 *
 *   language   micro-batch x vocabulary x 4 bytes of logits and 10 to 125 MiB, on every GPU
 *   projector  patches x 6.7 x width x 4 bytes at the warm-up picture (92 x 92 patches for
 *              towers that follow the picture: 249 MiB where 248 are logged, 222 where 223), a
 *              mask of patches^2 x 4.1 to 6.3 bytes for towers with windows (558 and 705 MiB
 *              logged for Qwen2.5-VL-7B), and without flash attention heads x patches^2 x 4
 *   state      recurrent states, 32 bit throughout, for every slot: 149.6 MiB for Qwen3.5-27B
 *
 * The projector's file is in 16 bit as usual, in 32 bit at most (ggml-org/llama.cpp#18181). Layers
 * are split over several GPUs; projector and its buffer stand on one. The cache is allocated whole
 * for the context that is asked for: the pool is what is left for it.
 *
 * ollama (server/sched.go, commit fb307609) keeps 1 GiB free and, before it loads, counts 768 MiB
 * for contexts above 4,096 and 2 GiB above 32,768: the low end has them. */
#include <stddef.h>

#include "core/kv.h"
#include "core/memory_rules.h"
#include "core/weights.h"

static const double mib = 1024 * 1024;
static const double extra_most = 125, extra_usual = 67.5, extra_least = 10; /* MiB */
static const double mask_most = 6.3, mask_usual = 5.2, mask_least = 4.1;
static const double width_passes = 6.7;

enum { WARM_UP_SIDE = 92, MIDDLE_CONTEXT = 4096, LARGE_CONTEXT = 32768 };

static double language_buffer(const struct memory_case *c, enum pool_end end)
{
	const struct setup *s = c->setup;
	double extra = memory_at(end, extra_most, extra_usual, extra_least) * mib;

	return 4.0 * s->engine->micro_batch * s->model->vocab + extra;
}

static double projector_buffer(const struct memory_case *c, enum pool_end end)
{
	const struct tower *t = c->setup->model->tower;

	if (t == NULL || c->setup->model->processor == NULL || t->is_conv)
		return 0;
	double patches = t->positions > 0 ? t->positions : WARM_UP_SIDE * WARM_UP_SIDE;
	double bytes = patches * width_passes * t->hidden * 4;

	if (t->window_patches > 0)
		bytes += patches * patches * memory_at(end, mask_most, mask_usual, mask_least);
	if (c->setup->engine->unfused_tower)
		bytes += t->heads * patches * patches * 4;
	return bytes;
}

static double slot_states(const struct memory_case *c)
{
	struct kv_layout l;
	struct kv_rates r;

	memory_layout(c->setup, c->ranks, &l);
	kv_rates(c->setup->model, &l, &r);
	return r.state * l.ranks * memory_sequences(c->setup);
}

/* ollama's surcharge for the larger batch of a long context. */
static double surcharge(const struct memory_case *c)
{
	if (!(c->setup->engine->context_small > 0))
		return 0;
	return (c->context > LARGE_CONTEXT ? 2048 : c->context > MIDDLE_CONTEXT ? 768 : 0) * mib;
}

void memory_buffers(const struct memory_case *c, enum pool_end end, struct memory_plan *out)
{
	const struct model *m = c->setup->model;
	enum dtype t = setup_weights(c->setup);
	struct weights_range range = weights_range(m, t);
	bool sees = m->processor != NULL && m->tower != NULL;

	out->weights = weights_language(m, t) * memory_at(end, range.most, range.usual, 1);
	out->projector = sees ? weights_vision(m, end == POOL_LOW ? DTYPE_FP32 : t) : 0;
	out->buffer = projector_buffer(c, end) + (end == POOL_LOW ? surcharge(c) : 0);
	out->activation = language_buffer(c, end) * c->ranks;
	out->state = slot_states(c);
	out->framework = memory_framework(c, end);
	out->reserve = out->projector + out->buffer + out->activation + out->state + out->framework;
}
