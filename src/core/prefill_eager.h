/* What an eager engine launches beside its matrix products and attention: the small kernels of one
 * layer, how many and how much memory they move.
 *
 * Such an engine runs a network as it is written down: nothing is joined. A root-mean-square norm
 * is eight kernels, a rotation ten, and each reads and writes its operands. The counts are those of
 * the layers in Hugging Face transformers 5 on PyTorch. */
#ifndef VTOK_CORE_PREFILL_EAGER_H
#define VTOK_CORE_PREFILL_EAGER_H

#include "core/model.h"

struct passes {
	double kernels;
	double values; /* 2-byte values moved, per row */
};

/* Norms, residuals, rotation and cache of one layer of a language model, whose heads are `head`
 * wide; kv_heads 0: the layer keeps no cache of its own. */
struct passes eager_attention_half(const struct model *m, double heads, double kv_heads,
				   double head);

/* Activation of a feed-forward part of `width`. */
struct passes eager_ffn(bool gated, double width);

/* All of them of one layer of a tower whose rows are `hidden` wide and `ffn` in the middle. */
struct passes eager_tower(const struct tower *t, double hidden, double ffn);

/* What is launched once a model: embedding, rotary tables, mask, last norm. */
extern const double eager_once_kernels;

#endif
