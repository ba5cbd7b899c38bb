/* Weights by format.
 *
 * Formats of servers (fp8, int8, int4, AWQ, fp4, MXFP4): embedding, output matrix and routers stay
 * in 16 bit, as in the published checkpoints (modules_to_not_convert, ignore lists); everything
 * else of the language model is converted. Tied matrices are stored once. Two checkpoints of one
 * model in one format differ where it has linear attention: some packers leave it in 16 bit, some
 * files carry a drafter. Logged weights against this account: NVFP4 27B and 35B +7.5 %
 * (noonghunna/club-3090#1047, two public logs), files of NVFP4 35B up to +21 % (26.53 GB,
 * 0xBakeer/inference-atlas#151); fp8 27B +1 % with its drafter's 0.2 GiB a GPU (14.28 GiB on each
 * of two, vllm-project/recipes#810), and at most +5.7 %, were all that #1139 logs with what is
 * outside the allocator weights: `hybrids` below. fp8, AWQ and bf16 models without linear attention
 * agree within 3 %.
 *
 * NVFP4 packs of ModelOpt mix two formats ("modelopt" in vLLM's log): feed-forward parts, experts
 * and the output matrix have 4 bit, attention of every kind 8, embedding and tower 16
 * (sgl-project/sglang#27906, #32959, vllm-project/recipes#606). Qwen3.6-35B-A3B in it has 23.4 GB
 * of files (noonghunna/club-3090#607), of which 1.7 are a drafter in 16 bit; this account
 * gives 21.7.
 *
 * File types of llama.cpp: ggml's blocks are Q2_K 84, Q3_K 110, Q4_K 144, Q5_K 176, Q6_K 210, IQ1_S
 * 50, IQ1_M 56, IQ2_XXS 66, IQ2_XS 74, IQ2_S 82, IQ3_XXS 98, IQ3_S 110, IQ4_XS 136 bytes per 256
 * weights, Q4_0 and IQ4_NL 18, Q5_0 22, Q8_0 34 bytes per 32 (ggml-common.h). Which matrix gets
 * which block: llama-quant.cpp (commit 007dbbf3). Value and second feed-forward matrices of the _M
 * types alternate: an eighth of the layers at each end and every third between, half of all, have
 * Q6_K. A tied embedding is stored like an output matrix. Routers stay in 32 bit. */
#include "core/weights.h"

#include <stddef.h>

#include "base/base.h"
#include "core/params.h"

/* Bytes per weight of each part. */
struct mix {
	double most, value, output, down, head, embedding, router;
};

#define K2 (84 / 256.0)
#define K3 (110 / 256.0)
#define K4 (144 / 256.0)
#define K5 (176 / 256.0)
#define K6 (210 / 256.0)
#define I1S (50 / 256.0)
#define I1M (56 / 256.0)
#define I2XXS (66 / 256.0)
#define I2XS (74 / 256.0)
#define I2S (82 / 256.0)
#define I3XXS (98 / 256.0)
#define I3S (110 / 256.0)
#define I4XS (136 / 256.0)
#define HALF(a, b) (((a) + (b)) / 2)
#define EIGHTH(a, b) ((a) / 8 + (b)*7 / 8)

// clang-format off
static const struct {
	enum dtype type;
	struct mix mix;
} mixes[] = {
	/*                most      value          output  down              head  embedding */
	{DTYPE_Q8_0,    {34 / 32.0, 34 / 32.0,     34 / 32.0, 34 / 32.0,     34 / 32.0, 34 / 32.0, 4}},
	{DTYPE_Q6_K,    {K6,        K6,            K6,     K6,               K6,   K6, 4}},
	{DTYPE_Q5_K_M,  {K5,        HALF(K5, K6),  K5,     HALF(K5, K6),     K6,   K5, 4}},
	{DTYPE_Q5_K_S,  {K5,        K5,            K5,     K5,               K6,   K5, 4}},
	{DTYPE_Q5_0,    {22 / 32.0, 22 / 32.0,     22 / 32.0, 22 / 32.0,     K6,   22 / 32.0, 4}},
	{DTYPE_Q4_K_M,  {K4,        HALF(K4, K6),  K4,     HALF(K4, K6),     K6,   K4, 4}},
	{DTYPE_Q4_K_S,  {K4,        EIGHTH(K5, K4), K4,    EIGHTH(K5, K4),   K6,   K4, 4}},
	{DTYPE_Q4_0,    {18 / 32.0, 18 / 32.0,     18 / 32.0, 18 / 32.0,     K6,   18 / 32.0, 4}},
	{DTYPE_IQ4_NL,  {18 / 32.0, K5,            18 / 32.0, 18 / 32.0,     K6,   18 / 32.0, 4}},
	{DTYPE_IQ4_XS,  {I4XS,      K5,            I4XS,   I4XS,             K6,   I4XS, 4}},
	{DTYPE_Q3_K_L,  {K3,        K5,            K5,     K5,               K6,   K3, 4}},
	{DTYPE_Q3_K_M,  {K3,        K4,            K4,     K4 + (K5 - K4) / 16, K6, K3, 4}},
	{DTYPE_Q3_K_S,  {K3,        K3,            K3,     K3,               K6,   K3, 4}},
	{DTYPE_IQ3_M,   {I3S,       K4,            K4,     EIGHTH(K4, I3S),  K6,   I3S, 4}},
	{DTYPE_IQ3_XXS, {I3XXS,     K4,            I3S,    I3XXS,            K5,   I3S, 4}},
	{DTYPE_Q2_K,    {K2,        K4,            K3,     K3,               K6,   K2, 4}},
	{DTYPE_IQ2_M,   {I2S,       K4,            I3S,    EIGHTH(I3S, I2S), K5,   I3S, 4}},
	{DTYPE_IQ2_XS,  {I2XS,      K4,            I2XS,   EIGHTH(K2, I2XS), K5,   K2, 4}},
	{DTYPE_IQ2_XXS, {I2XXS,     K4,            I2XXS,  EIGHTH(K2, I2XXS), K5,  K2, 4}},
	{DTYPE_IQ1_M,   {I1M,       K4,            I2XXS,  EIGHTH(K2, I1M),  K5,   K2, 4}},
	{DTYPE_IQ1_S,   {I1S,       K4,            I2XXS,  EIGHTH(K2, I1S),  K5,   K2, 4}},
};
// clang-format on

/* Checkpoints with linear attention, times the account: see above. */
static const struct {
	enum dtype type;
	struct weights_range range;
} hybrids[] = {
	{DTYPE_FP8, {1, 1.057}},
	{DTYPE_FP4, {1.075, 1.21}},
};

/* 8 bit and less: what is left out of it stays in 16 bit. */
static struct mix server_mix(enum dtype t)
{
	double bytes = dtype_bytes(t), kept = bytes < 2 ? 2 : bytes;

	return (struct mix){bytes, bytes, bytes, bytes, kept, kept, kept};
}

static struct mix mix_of(enum dtype t)
{
	for (size_t i = 0; i < ARRAY_SIZE(mixes); i++)
		if (mixes[i].type == t)
			return mixes[i].mix;
	return server_mix(t);
}

/* A checkpoint whose files hold the experts alone in their format. */
static bool only_experts(const struct model *m, enum dtype t)
{
	return t == m->stored && m->stored_part == STORED_EXPERTS;
}

/* ModelOpt's: see above. */
static double mixed_fp4(const struct model *m, const struct params *p)
{
	double four = p->downs * (m->gated ? 3 : 2) + p->head;
	double sixteen = p->embedding - p->head + p->routers;

	return four * dtype_bytes(DTYPE_FP4) + sixteen * 2 +
	       (m->llm_params - four - sixteen) * dtype_bytes(DTYPE_FP8);
}

double weights_language(const struct model *m, enum dtype t)
{
	struct mix mix = mix_of(t);
	struct params p;

	params_of(m, &p);
	if (t == DTYPE_FP4_FP8)
		return mixed_fp4(m, &p);
	if (only_experts(m, t)) {
		double bytes = m->stored_bytes > 0 ? m->stored_bytes : mix.most;

		return p.experts * bytes + (m->llm_params - p.experts) * 2;
	}
	double embedding = p.embedding - p.head;
	/* published sums may differ from the dimensions by a little: the difference is of most */
	double most = m->llm_params - p.embedding - p.values - p.outputs - p.downs - p.routers;

	return most * mix.most + p.values * mix.value + p.outputs * mix.output +
	       p.downs * mix.down + p.routers * mix.router + p.head * mix.head +
	       embedding * (m->tied ? mix.head : mix.embedding);
}

/* Of the layers' own matrices: a mean, and what of them is no expert. */
static void mixed_rates(const struct model *m, const struct mix *mix, const struct params *p,
			struct weights_rates *out)
{
	double mats = m->gated ? 3 : 2;
	double all = m->llm_params - p->embedding - p->experts - m->lookup_params;
	double downs = p->downs - p->experts / mats;
	double more = p->values * (mix->value - mix->most) +
		      p->outputs * (mix->output - mix->most) + downs * (mix->down - mix->most) +
		      p->routers * (mix->router - mix->most);

	out->dense = all > 0 ? mix->most + more / all : mix->most;
	out->expert = ((mats - 1) * mix->most + mix->down) / mats;
	out->head = mix->head;
}

/* ModelOpt's: see above. */
static void mixed_fp4_rates(const struct model *m, const struct params *p,
			    struct weights_rates *out)
{
	double four = p->downs * (m->gated ? 3 : 2) - p->experts;
	double all = m->llm_params - p->embedding - p->experts - m->lookup_params;
	double eight = all - four - p->routers;

	out->expert = out->head = dtype_bytes(DTYPE_FP4);
	out->dense =
		(four * dtype_bytes(DTYPE_FP4) + p->routers * 2 + eight * dtype_bytes(DTYPE_FP8)) /
		(all > 0 ? all : 1);
}

void weights_rates(const struct model *m, enum dtype t, struct weights_rates *out)
{
	struct mix mix = mix_of(t);
	struct params p;

	params_of(m, &p);
	mixed_rates(m, &mix, &p, out);
	if (t == DTYPE_FP4_FP8)
		mixed_fp4_rates(m, &p, out);
	if (only_experts(m, t)) {
		out->dense = out->head = 2;
		out->expert = m->stored_bytes > 0 ? m->stored_bytes : mix.most;
	}
}

double weights_vision(const struct model *m, enum dtype t)
{
	double params = m->total_params - m->llm_params + m->extra_params;

	return params > 0 ? params * (t == DTYPE_FP32 ? 4 : 2) : 0;
}

double weights_all(const struct model *m, enum dtype t)
{
	return weights_language(m, t) + weights_vision(m, t);
}

struct weights_range weights_range(const struct model *m, enum dtype t)
{
	for (size_t i = 0; m->linear_layers > 0 && i < ARRAY_SIZE(hybrids); i++)
		if (hybrids[i].type == t)
			return hybrids[i].range;
	return (struct weights_range){1, 1};
}
