/* Time of one operator on one chip: GEMM, attention, element-wise pass, grouped GEMM, all-reduce.
 * Sections 2.3 to 2.7 of the prefill model; every function adds to a cost, split by the resource
 * that limits. */
#ifndef VTOK_CORE_PREFILL_OPS_H
#define VTOK_CORE_PREFILL_OPS_H

#include "core/bound.h"
#include "core/model.h"

/* A device as one part of a request uses it: hardware, generation and profile resolved. */
struct chip {
	double gemm_flops;  /* peak of the profile's path x e, FLOP/s */
	double score_flops; /* 16-bit fp32-accumulate peak of fused attention, FLOP/s */
	double conv_flops;  /* what a convolutional tower reaches, FLOP/s */
	double bytes_per_s; /* bandwidth x e_bw */
	double t0_s;        /* launch of a GEMM; element-wise kernels cost 0.6 of it */
	double p;           /* exponent of the smooth maximum */
	double a64, a128, a_unaligned, w0, ta_s, t_half_causal, t_half_bidir;
	double sms;
	double weight_bytes; /* per parameter as stored */
	double traffic;      /* element-wise traffic factor of the engine */
	double score_bytes;  /* unfused only */
	bool unfused;
	/* eager: what the CPU takes to launch a small kernel, a product, an
	 * attention; 0 = is not */
	double dispatch_s, dispatch_product_s, dispatch_attention_s, dispatch_lengths_s;
	bool no_launch; /* compiled accelerator: FLOP over gemm_flops, nothing else */
	double link_bytes_per_s;
	double ranks;  /* tensor-parallel degree */
	int32_t chunk; /* tokens per pass; 0 = all */
};

/* C[rows, n] = A[rows, k] x B[k, n], `times` times. */
void op_gemm(const struct chip *c, struct cost *sum, double times, double rows, double n, double k);

/* Fused attention: batch x heads sequences of `rows` queries of `head` elements that see `pairs`
 * query-key pairs per sequence and head; t_half is the generation's for the kind of mask. */
void op_attention(const struct chip *c, struct cost *sum, double times, double batch, double heads,
		  double head, double rows, double pairs, double t_half);

/* The same of `rows` queries that all see `keys` positions of something else: no row has more to do
 * than another. More rows never take less time. */
void op_attention_cross(const struct chip *c, struct cost *sum, double times, double batch,
			double heads, double head, double rows, double keys);

/* The whole square, its scores written and read again: `rows` queries against `keys`. */
void op_attention_unfused(const struct chip *c, struct cost *sum, double times, double batch,
			  double heads, double head, double rows, double keys);

/* `kernels` small kernels that move `elements` 2-byte values per row. */
void op_elementwise(const struct chip *c, struct cost *sum, double times, double kernels,
		    double rows, double elements);

/* The experts of one layer: two grouped GEMMs, router and small kernels, for `rows` tokens. */
struct experts {
	double hidden, ffn, count, active;
	bool gated;
};
void op_experts(const struct chip *c, struct cost *sum, double times, double rows,
		const struct experts *x);

/* One grouped GEMM of op_experts, and how many experts `rows` tokens touch. */
void op_grouped_gemm(const struct chip *c, struct cost *sum, double times, double rows, double n,
		     double k, const struct experts *x);
double op_experts_touched(double rows, const struct experts *x);

/* Sum of `bytes` over all ranks; nothing for one rank. */
void op_all_reduce(const struct chip *c, struct cost *sum, double times, double bytes);

/* Attention efficiency at a head size: linear between 64 and 128, flat outside; where the chip has
 * a share for them, heads that are no multiple of 16 have that, whatever the length. */
double op_head_efficiency(const struct chip *c, double head);

/* Query-key pairs of positions 0..t under a causal mask; window or chunk 0 = none. */
double op_pairs_causal(double t, double window);
double op_pairs_chunked(double t, double chunk);

#endif
