/* What the accounts of the engines share: how much an engine takes on at once, and the parts that
 * every rule has. */
#include "core/memory_base.h"

#include <stddef.h>

#include "base/str.h"
#include "core/weights.h"

double memory_at(enum pool_end end, double most, double usual, double least)
{
	return end == POOL_LOW ? most : end == POOL_HIGH ? least : usual;
}

/* Whether an engine's figures for small devices hold. */
static bool is_small(const struct engine *e, const struct hardware *hw)
{
	return hw->mem_bytes < e->small_memory_bytes ||
	       (hw->generation_id != NULL && str_has_word(e->small_generations, hw->generation_id));
}

int32_t memory_batched_tokens(const struct setup *s)
{
	const struct engine *e = s->engine;

	if (s->max_batched_tokens > 0 && (e == NULL || e->max_batched_tokens > 0))
		return s->max_batched_tokens;
	if (e == NULL)
		return 0;
	if (s->hardware != NULL && e->small_batched_tokens > 0 && is_small(e, s->hardware))
		return e->small_batched_tokens;
	return e->max_batched_tokens;
}

int32_t memory_sequences(const struct setup *s)
{
	const struct engine *e = s->engine;

	if (s->max_seqs > 0)
		return s->max_seqs;
	if (e == NULL)
		return 1;
	int32_t n = s->hardware != NULL && e->small_sequences > 0 && is_small(e, s->hardware)
			    ? e->small_sequences
			    : e->max_sequences;

	return n > 0 ? n : 1;
}

void memory_layout(const struct setup *s, int32_t ranks, struct kv_layout *out)
{
	const struct engine *e = s->engine;
	bool slots = e != NULL && e->memory == MEMORY_BUFFERS;

	*out = (struct kv_layout){
		.dtype = s->kv,
		.ranks = e != NULL && e->splits_layers ? 1 : ranks,
		.block_tokens = e != NULL && e->block_tokens > 0 ? e->block_tokens : 1,
		.batched_tokens = memory_batched_tokens(s),
		.state_blocks = e != NULL ? e->state_blocks : 0,
		.state_apart = slots,
		.conv_fp32 = slots,
	};
}

double memory_all_weights(const struct memory_case *c, enum pool_end end)
{
	const struct model *m = c->setup->model;
	enum dtype t = setup_weights(c->setup);
	struct weights_range range = weights_range(m, t);
	double copies = c->setup->engine->splits_layers ? 0 : c->ranks - 1;

	return weights_all(m, t) * memory_at(end, range.most, range.usual, 1) +
	       (end == POOL_LOW ? weights_vision(m, t) * copies : 0);
}

/* What comes on top on every one of several GPUs. */
static double group_bytes(const struct memory_case *c)
{
	const struct engine *e = c->setup->engine;

	if (c->ranks < 2)
		return 0;
	if (e->switch_bytes_per_s > 0 &&
	    c->setup->hardware->link_bytes_per_s >= e->switch_bytes_per_s)
		return e->framework_switch;
	return e->framework_group;
}

double memory_framework(const struct memory_case *c, enum pool_end end)
{
	const struct engine *e = c->setup->engine;
	double most = e->framework_high > 0 ? e->framework_high : e->framework_bytes;
	double least = e->framework_low > 0 ? e->framework_low : e->framework_bytes;
	double group = end == POOL_HIGH ? 0 : group_bytes(c);

	return (memory_at(end, most, e->framework_bytes, least) + group) * c->ranks;
}

double memory_ffn_width(const struct model *m)
{
	double moe = m->experts > 0 ? (double)m->top_k * m->expert_ffn + m->shared_ffn : 0;
	double dense = m->ffn > m->dense_ffn ? m->ffn : m->dense_ffn;

	return moe > dense ? moe : dense;
}
