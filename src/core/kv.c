/* Key-value cache.
 *
 *     growing layers   2 x kv_heads x head_dim x bytes each, per token: full attention, and MLA,
 *                      whose latent and rotary part is one row shared by all heads and all ranks
 *     window layers    the same up to the window; during prefill a step's tokens are there as well
 *     chunk layers     the same up to the chunk
 *     shared layers    read another layer's cache: nothing
 *     linear layers    value_heads x head x state in fp32, and kernel - 1 positions of the
 *                      convolution in 16 bit
 *     convolutions     kernel positions of the hidden size, 16 bit
 *     cross layers     the vision positions, once per request
 *
 * Elements per layer and the tables in tests/data/kv.csv: fact tables of the checkpoints, sections
 * 2, 7 and 10. Tensor parallel splits heads; a rank holds one head at least.
 *
 * Hybrid pages. vLLM keeps recurrent states and keys and values in one pool of equal pages: a page
 * of an attention layer is made as long as the state of a linear layer, layers form groups as large
 * as there are attention layers, and each group of linear layers takes two pages of a request (the
 * present state and the one at the last page's edge). That gives the requests that servers logged
 * at their maximum length to the block: Qwen3.5-35B-A3B with fp8 keys at 65,536 tokens 32 + 6
 * (logged 38.1), at 131,072 63 + 6 (69.1), in bf16 125 + 6 (131.0) (vllm-project/vllm#40691 on the
 * tokens such logs print; noonghunna/club-3090#612 and two public logs). */
#include "core/kv.h"

#include <math.h>
#include <stddef.h>

static double rank_share(double heads, double ranks)
{
	if (!(heads > 0))
		return 1;
	return heads > ranks ? 1 / ranks : 1 / heads;
}

/* State of one layer with linear attention, on one rank. */
static double linear_state(const struct model *m, const struct kv_layout *l)
{
	double state = model_linear_state(m),
	       values = (double)m->linear_value_heads * m->linear_head;
	double recurrent = 4.0 * values * state;
	double channels = 2.0 * m->linear_key_heads * state + values;

	return (recurrent + (l->conv_fp32 ? 4 : 2) * channels * (m->conv_kernel - 1)) / l->ranks;
}

/* The same of a short convolution (LFM2). */
static double conv_state(const struct model *m, const struct kv_layout *l)
{
	return (l->conv_fp32 ? 4.0 : 2.0) * m->conv_kernel * m->hidden / l->ranks;
}

void kv_rates(const struct model *m, const struct kv_layout *l, struct kv_rates *out)
{
	double bytes = dtype_kv_bytes(l->dtype), ranks = l->ranks;
	double full_heads =
		m->global_layers > 0 && m->global_kv_heads > 0 ? m->global_kv_heads : m->kv_heads;
	double full_share = m->kv_kind == KV_MLA ? 1 : rank_share(full_heads, ranks);
	double share = rank_share(m->kv_heads, ranks);

	*out = (struct kv_rates){
		.per_token = (double)m->grow_layers * m->grow_elems * bytes * full_share,
		.win_per_token = (double)m->win_layers * m->win_elems * bytes * share,
		.cross_per_position = (double)m->cross_layers * m->cross_elems * bytes * share,
		.state = m->linear_layers * linear_state(m, l) + m->conv_layers * conv_state(m, l),
	};
	out->win_cap = out->win_per_token * m->window;
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

/* Layers that keep a state in a page, per layer that keeps a cache. */
static double state_groups(const struct model *m, const struct kv_layout *l)
{
	double layers = m->linear_layers + m->conv_layers;

	return l->state_blocks > 0 && m->grow_layers > 0 ? ceil(layers / m->grow_layers) : 0;
}

double kv_page_tokens(const struct model *m, const struct kv_layout *l)
{
	struct kv_rates r;

	kv_rates(m, l, &r);
	if (state_groups(m, l) == 0 || !(r.per_token > 0))
		return l->block_tokens;
	double state = fmax(m->linear_layers > 0 ? linear_state(m, l) : 0,
			    m->conv_layers > 0 ? conv_state(m, l) : 0);
	double tokens = state / (r.per_token / m->grow_layers);

	return fmax(1, ceil(tokens / l->block_tokens)) * l->block_tokens;
}

double kv_request(const struct model *m, const struct kv_layout *l, double tokens, double cross)
{
	struct kv_rates r;

	kv_rates(m, l, &r);
	double block = l->block_tokens, page = kv_page_tokens(m, l);
	double groups = state_groups(m, l);
	double state = l->state_apart || groups > 0 ? 0 : r.state;

	return r.per_token * page * (ceil(tokens / page) + groups * l->state_blocks) +
	       r.win_per_token * block * kv_window_blocks(m, l, tokens) + state +
	       r.cross_per_position * block * kv_blocks(l, cross);
}
