/* Kernels of eager layers, read off the modeling code of Hugging Face transformers 5.
 *
 * A kernel moves 2 values for each element where it reads and writes 16 bit, 4 where it reads and
 * writes 32 bit, and so on:
 *
 *     layer norm       one kernel                                                          2
 *     RMS norm         to 32 bit 3, square 4, mean 2, + eps, rsqrt, product 4, to 16 bit 3,
 *                      weight 2                                                   8 kernels, 18
 *     with 1 + weight  the same in 32 bit: product with the weight 4; the weight itself is made
 *                      32 bit and added to                                       10 kernels, 20
 *     rotation         of each of query and key: cosine 2, negated half 1, joined halves 2, sine 2,
 *                      sum 3                                                     10 kernels, 10
 *     in 32 bit        to 32 bit 3, cosine 4, negated half 2, joined 4, sine 4, sum 6, back 3
 *                                                                                14 kernels, 26
 *     residual         one sum                                                             3
 *     gate             activation 2, product 3                                    2 kernels,  5
 *     cache            key and value are joined to what is there                  2 kernels,  2
 *     layer scale      one product                                                         2
 *
 * Pinned by tests/unit_prefill_eager.c; measured on an H100 under CUDA graphs
 * (tests/data/measured): language models and towers of five models within 10 %. */
#include "core/prefill_eager.h"

#include <assert.h>

#include "base/base.h"

const double eager_once_kernels = 20;

static const struct passes norms[] = {
	[NORM_LAYER] = {1, 2},
	[NORM_RMS] = {8, 18},
	[NORM_RMS_OFFSET] = {10, 20},
};
static_assert(ARRAY_SIZE(norms) == NORM_N, "kernels of every norm");

static const struct passes rotation = {10, 10}; /* values for each of query and key */
static const struct passes rotation32 = {14, 26};
static const struct passes residual = {1, 3};
static const struct passes gate = {2, 5};
static const struct passes gelu = {1, 2};
static const struct passes quick_gelu = {3, 6}; /* x sigmoid(1.702 x) */
static const struct passes cache = {2, 2};      /* values for each of key and value */
static const struct passes scale = {1, 2};
static const struct passes lengths = {2, 2}; /* differences of positions; pieces joined */

static void add(struct passes *sum, const struct passes *p, double times, double width)
{
	sum->kernels += times * p->kernels;
	sum->values += times * p->values * width;
}

struct passes eager_attention_half(const struct model *m, double heads, double kv_heads,
				   double head)
{
	struct passes sum = {0};

	add(&sum, &norms[m->norm], m->norms, m->hidden);
	add(&sum, &residual, 2, m->hidden);
	if (m->qk_norm) { /* two norms, of the heads of query and key */
		sum.kernels += 2 * norms[m->norm].kernels;
		sum.values += norms[m->norm].values * (heads + kv_heads) * head;
	}
	add(&sum, &rotation, 1, (heads + kv_heads) * head);
	if (kv_heads > 0)
		add(&sum, &cache, 1, 2 * kv_heads * head);
	return sum;
}

struct passes eager_ffn(bool gated, double width)
{
	struct passes sum = {0};

	add(&sum, gated ? &gate : &gelu, 1, width);
	return sum;
}

struct passes eager_tower(const struct tower *t, double hidden, double ffn)
{
	struct passes sum = {0};

	add(&sum, &norms[t->norm], t->norms, hidden);
	add(&sum, &residual, 2, hidden);
	if (t->qk_norm)
		add(&sum, &norms[t->norm], 2, hidden);
	if (t->rotary)
		add(&sum, &rotation32, 1, 2 * hidden);
	if (t->layer_scale)
		add(&sum, &scale, 2, hidden);
	if (t->reads_lengths)
		add(&sum, &lengths, 1, hidden);
	add(&sum, t->ffn_mats >= 3 ? &gate : t->quick_gelu ? &quick_gelu : &gelu, 1, ffn);
	return sum;
}
