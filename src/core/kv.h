/* Bytes the keys and values of a request keep, for every kind of layer. */
#ifndef VTOK_CORE_KV_H
#define VTOK_CORE_KV_H

#include "core/model.h"

/* How a cache is laid out. */
struct kv_layout {
	enum dtype dtype;
	int32_t ranks;          /* tensor-parallel degree */
	int32_t block_tokens;   /* 1 = not paged */
	int32_t batched_tokens; /* prefilled in one step: window layers hold them too; 0 = the
				   window alone */
	/* Pages shared with recurrent states (vLLM): blocks every group of such layers takes for a
	 * request; 0 = a state takes what it is. */
	int32_t state_blocks;
	bool state_apart; /* slots hold the states: they are no part of a request (llama.cpp) */
	bool conv_fp32;   /* convolution states in 32 bit (llama.cpp), else 16 */
};

/* Per rank, in bytes; ranks that share a head each hold a copy. */
struct kv_rates {
	double per_token; /* layers that grow without end */
	double win_per_token;
	double win_cap; /* window layers, full window */
	double state;   /* recurrent and convolution state of one request */
	double cross_per_position;
};

/* The rates of m under l: what one more position of each kind costs, and what a request costs at
 * any length. */
void kv_rates(const struct model *m, const struct kv_layout *l, struct kv_rates *out);

/* Blocks of `tokens` positions: of growing layers, and of layers with a window or chunk, which need
 * ceil((window - 1 + batched)/block) + 1 blocks at most (vllm-project/vllm#19029). */
double kv_blocks(const struct kv_layout *l, double tokens);
double kv_window_blocks(const struct model *m, const struct kv_layout *l, double tokens);

/* Positions of one page of growing layers. Where pages are shared with recurrent states, one page
 * holds as many positions as the state of a layer is long, in whole blocks: 1,056 positions in bf16
 * and 2,096 in fp8 for Qwen3.5-35B-A3B. */
double kv_page_tokens(const struct model *m, const struct kv_layout *l);

/* Bytes on one rank of a request of `tokens` positions whose cross-attention layers see `cross`
 * positions. */
double kv_request(const struct model *m, const struct kv_layout *l, double tokens, double cross);

#endif
