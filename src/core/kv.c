/* Key-value cache.
 *
 *     growing layers   2 x kv_heads x head_dim x bytes each, per token: full attention, and MLA,
 * whose latent and rotary part is one row shared by all heads and by all ranks window layers    the
 * same up to the window; during prefill a step's tokens are there as well chunk layers     the same
 * up to the chunk shared layers    read another layer's cache: nothing linear layers    value_heads
 * x head x head in fp32, and kernel - 1 positions of the convolution in 16 bit convolutions kernel
 * positions of the hidden size, 16 bit cross layers     the vision positions, once per request
 *
 * Elements per layer and the tables in tests/data/kv.csv: fact tables of the checkpoints, sections
 * 2, 7 and 10. Tensor parallel splits heads; a rank holds one head at least. */
#include "core/kv.h"

#include <math.h>
#include <stddef.h>

static double rank_share(double heads, double ranks)
{
	if (!(heads > 0))
		return 1;
	return heads > ranks ? 1 / ranks : 1 / heads;
}

void kv_rates(const struct model *m, const struct kv_layout *l, struct kv_rates *out)
{
	double bytes = dtype_kv_bytes(l->dtype), ranks = l->ranks;
	double full_heads =
		m->global_layers > 0 && m->global_kv_heads > 0 ? m->global_kv_heads : m->kv_heads;
	double full_share = m->kv_kind == KV_MLA ? 1 : rank_share(full_heads, ranks);
	double share = rank_share(m->kv_heads, ranks);
	double head = m->linear_head;
	double recurrent = 4.0 * m->linear_value_heads * head * head;
	double channels = (2.0 * m->linear_key_heads + m->linear_value_heads) * head;

	*out = (struct kv_rates){
		.per_token = (double)m->grow_layers * m->grow_elems * bytes * full_share,
		.win_per_token = (double)m->win_layers * m->win_elems * bytes * share,
		.cross_per_position = (double)m->cross_layers * m->cross_elems * bytes * share,
	};
	out->win_cap = out->win_per_token * m->window;
	if (m->linear_layers > 0)
		out->state += m->linear_layers * (recurrent + 2 * channels * (m->conv_kernel - 1)) /
			      ranks;
	if (m->conv_layers > 0)
		out->state += 2.0 * m->conv_layers * m->conv_kernel * m->hidden / ranks;
}

double kv_blocks(const struct kv_layout *l, double tokens)
{
	return ceil(tokens / l->block_tokens);
}

double kv_window_blocks(const struct model *m, const struct kv_layout *l, double tokens)
{
	double all = kv_blocks(l, tokens), held;

	if (!(m->window > 0))
		return all;
	if (m->kv_kind == KV_CHUNK)
		held = ceil(((double)m->window + l->batched_tokens) / l->block_tokens);
	else if (l->batched_tokens > 0)
		held = ceil(((double)m->window - 1 + l->batched_tokens) / l->block_tokens) + 1;
	else
		held = ceil((double)m->window / l->block_tokens);
	return held < all ? held : all;
}

double kv_request(const struct model *m, const struct kv_layout *l, double tokens, double cross)
{
	struct kv_rates r;

	kv_rates(m, l, &r);
	double block = l->block_tokens;

	return r.per_token * block * kv_blocks(l, tokens) +
	       r.win_per_token * block * kv_window_blocks(m, l, tokens) + r.state +
	       r.cross_per_position * block * kv_blocks(l, cross);
}
