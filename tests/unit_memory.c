/* The accounts of the engines: golden values worked by hand, as the comments show, and what an
 * option, a version or a format changes. */
#include "unit.h"

#include <math.h>

#include "base/base.h"
#include "core/estimate.h"
#include "core/kv.h"
#include "core/memory.h"
#include "core/memory_rules.h"
#include "core/params.h"
#include "core/version.h"
#include "core/weights.h"
#include "registry/registry.h"
#include "tests/shipped.h"

static const double mib = 1024 * 1024, gib = 1024.0 * 1024 * 1024;

static void near(double got, double want, double slack)
{
	if (!(fabs(got - want) <= slack))
		fail_msg("%.17g, expected %.17g within %g", got, want, slack);
}

/* ------------------------------------------------------------------ vLLM */

/* Qwen3-VL-8B on one H100 SXM, all defaults of the newest server, bytes:
 *
 *   total     81,079 MiB                                                     = 85,017,493,504
 *   budget    0.92 of it                                                     = 78,216,094,023.68
 *   weights   2 x 8.767 B                                                    = 17,534,000,000
 *   E         65,536 patches x (6 x 3 x 16 x 16 x 2 + 2 x (2 x 1152 + 2 x 4304))
 *             65,536 x 31,040                                                =  2,034,237,440
 *   C         max(8192, 16,384) x 4096 x 2                                   =    134,217,728
 *   L         8192 x 2 x (2 x 4096 + 3 x 12,288)                             =    738,197,504
 *   S         39 x 1024 x 151,936                                            =  6,067,716,096
 *   framework 160 MiB                                                        =    167,772,160
 *   graphs    200 MiB                                                        =    209,715,200
 *   reserve   S + C + framework + graphs                                     =  6,579,421,184
 *   pool      78,216,094,023 - 17,534,000,000 - 6,579,421,184                = 54,102,672,839 */
static void vllm_on_an_h100(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct estimate e;

	(void)state;
	estimate(&s, &e);
	near(e.memory.total_bytes.value, 85017493504, 0);
	near(e.memory.budget_bytes.value, 78216094023, 0);
	near(e.memory.weights_bytes.value, 17534000000, 0);
	near(e.memory.encoder_bytes, 2034237440, 0);
	near(e.memory.encoder_cache_bytes, 134217728, 0);
	near(e.memory.activation_bytes, 738197504, 0);
	near(e.memory.sampler_bytes, 6067716096, 0);
	near(e.memory.framework_bytes, 167772160, 0);
	near(e.memory.graphs_bytes, 209715200, 0);
	near(e.memory.reserve_bytes.value, 6579421184, 0);
	near(e.memory.kv_pool_bytes.value, 54102672839, 0);
	assert_null(e.memory.caveat);
}

/* The same tower on two GPUs, per GPU: 65,536 x (9216 + 2 x (2304 + 4304)) = 65,536 x 22,432 =
 * 1,470,103,552, which is 1.37 GiB; framework 160 MiB + 1.79 GiB for the switch of H100 machines,
 * 160 + 620 MiB on cards without: 15.04 GiB were logged where 14.28 are weights. */
static void vllm_on_two(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct estimate e;

	(void)state;
	s.tensor_parallel = 2;
	estimate(&s, &e);
	near(e.memory.encoder_bytes, 2 * 1470103552.0, 0);
	near(e.memory.framework_bytes, 2 * (160 * mib + 1.79 * gib), 1);
	near(e.memory.sampler_bytes, 2 * 6067716096.0, 0); /* not divided */
	s.hardware = registry_hardware(&reg, "rtx-3090");
	estimate(&s, &e);
	near(e.memory.framework_bytes, 2 * 780 * mib, 1);
}

/* What the server is told: 256 rows make S 39 x 256 x 151,936 = 1,516,929,024, less than E; a limit
 * of no pictures leaves S alone and no cache; 2048 tokens a step L = 2048 x
 * 90,112 = 184,549,376. */
static void vllm_is_told(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct estimate e;

	(void)state;
	s.max_seqs = 256;
	s.max_batched_tokens = 2048;
	s.utilisation = 0.5;
	estimate(&s, &e);
	near(e.memory.budget_bytes.value, 85017493504 / 2, 0);
	near(e.memory.activation_bytes, 184549376, 0);
	near(e.memory.reserve_bytes.value, 2034237440.0 + 134217728 + 360 * mib, 0);
	s.limit_images = 1; /* none */
	estimate(&s, &e);
	near(e.memory.encoder_bytes, 0, 0);
	near(e.memory.encoder_cache_bytes, 0, 0);
	near(e.memory.reserve_bytes.value, 1516929024 + 360 * mib, 0);
	for (s.limit_images = 2; s.limit_images < 20; s.limit_images++) {
		estimate(&s, &e); /* one or ten: the same, as was logged */
		near(e.memory.reserve_bytes.value, 2034237440.0 + 134217728 + 360 * mib, 0);
	}
}

/* Many small pictures fill the budget: LLaVA-1.5 has 576 tokens a picture, 8192 hold 14 of them, of
 * 577 patches each: 14 x 577 x (6 x 3 x 14 x 14 + 2 x (2 x 1024 + 2 x 4096)) = 8078 x 24,008; one
 * sequence with one picture a prompt runs one. */
static void vllm_fills_its_budget(void **state)
{
	struct setup s = shipped_setup("llava-1.5-7b", "h100-sxm", "vllm");
	struct estimate e;

	(void)state;
	estimate(&s, &e);
	near(e.memory.encoder_bytes, 14 * 577 * 24008.0, 0);
	near(e.memory.encoder_cache_bytes, 2.0 * 8192 * 4096, 0);
	s.max_seqs = 1;
	s.limit_images = 2; /* one */
	estimate(&s, &e);
	near(e.memory.encoder_bytes, 577 * 24008.0, 0);
}

/* Share and graphs by version: 0.9 and none before 0.21, 0.92 and 200 MiB from there. Devices below
 * 70 GiB and A100: 2048 tokens and 256 sequences. */
static void vllm_by_version_and_device(void **state)
{
	static const struct {
		const char *version;
		double share, graphs;
	} rows[] = {
		{"", 0.92, 200},      {"0.9", 0.9, 0},     {"0.19.2", 0.9, 0},
		{"0.20.9rc", 0.9, 0}, {"0.21", 0.92, 200}, {"v0.24.0", 0.92, 200},
		{"1.0", 0.92, 200},
	};
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct estimate e;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		version_number(rows[i].version, &s.engine_version);
		estimate(&s, &e);
		near(e.memory.utilisation, rows[i].share, 1e-12);
		near(e.memory.graphs_bytes, rows[i].graphs * mib, 0);
	}
	assert_int_equal(memory_batched_tokens(&s), 8192);
	assert_int_equal(memory_sequences(&s), 1024);
	s.hardware = registry_hardware(&reg, "a100-80-sxm");
	assert_int_equal(memory_batched_tokens(&s), 2048);
	assert_int_equal(memory_sequences(&s), 256);
	s.hardware = registry_hardware(&reg, "rtx-5090");
	assert_int_equal(memory_sequences(&s), 256);
}

/* The mark: experts or linear attention above 8192 tokens a step; and older versions. */
static void vllm_caveats(void **state)
{
	struct setup s = shipped_setup("qwen3.5-35b-a3b", "rtx-5090", "vllm");

	(void)state;
	s.max_batched_tokens = 8192;
	assert_null(memory_caveat(&s));
	s.max_batched_tokens = 8193;
	assert_non_null(strstr(memory_caveat(&s), "8,192"));
	s.model = registry_model(&reg, "qwen3-vl-8b");
	assert_null(memory_caveat(&s));
	s.engine_version = 8005;
	assert_non_null(strstr(memory_caveat(&s), "older engine"));
}

static void versions(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int32_t number;
	} rows[] = {
		{"0.21", true, 21000},
		{"0.21.3", true, 21003},
		{"v0.19.2", true, 19002},
		{"0.19.2 nightly", true, 19002},
		{"0.20.0rc1", true, 20000},
		{"1", true, 1000000},
		{"0.9", true, 9000},
		{"0.2x", true, 2000},
		{"", false, 0},
		{"nightly", false, 0},
		{"1000.1", false, 0},
		{"0.1.2.3", true, 1002},
	};
	int32_t n;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(version_number(rows[i].text, &n), rows[i].good);
		assert_int_equal(n, rows[i].number);
	}
	assert_false(version_number(NULL, &n));
	assert_true(version_has(0, "0.21"));
	assert_true(version_has(19000, NULL) && version_has(19000, ""));
	assert_true(version_has(21000, "0.21"));
	assert_false(version_has(20999, "0.21"));
}

/* ------------------------------------------------------------------ SGLang */

/* H100: 81,559 MiB; reserved 512 + 1.5 x 8192 + 2 x 256 + 1024 / 8 = 13,440; (81,559 - 13,440) /
 * 81,559 = 0.8352, rounded 0.835. Qwen3-VL's tower: 27 x 1152^2 / (24 x 1024^2) = 1.42383; 0.95 x
 * (1 - 0.042383) = 0.909736; 0.835 x 0.909736 = 0.759630. With four GPUs 512 graphs: reserved 512 +
 * 12,288 + 1024 + 512 = 14,336, 0.824. A text model has no factor. RTX 4090 (24,564 MiB): newer 512
 * + 6144 + 96 + 128 = 6880, 0.72; older 512 + 3072 + 48 + 128 = 3760, 0.847. */
static void sglang_shares(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "sglang");

	(void)state;
	near(memory_utilisation(&s, 1, POOL_USUAL), 0.759630, 1e-6);
	near(memory_utilisation(&s, 4, POOL_USUAL), 0.824 * 0.909736, 1e-6);
	assert_null(memory_caveat(&s));
	s.model = registry_model(&reg, "qwen3-8b");
	near(memory_utilisation(&s, 1, POOL_USUAL), 0.835, 1e-12);
	s.hardware = registry_hardware(&reg, "rtx-4090");
	near(memory_utilisation(&s, 1, POOL_USUAL), 0.72, 1e-12);
	near(memory_utilisation(&s, 1, POOL_HIGH), 0.847, 1e-12);
	assert_non_null(strstr(memory_caveat(&s), "60 GiB"));
	s.utilisation = 0.88;
	near(memory_utilisation(&s, 1, POOL_LOW), 0.88, 0);
	assert_null(memory_caveat(&s));
}

/* No profile run: the rest is for activations. Pool = 85,017,493,504 x 0.75963 - 17,534,000,000 -
 * 160 MiB. */
static void sglang_account(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "sglang");
	struct estimate e;

	(void)state;
	estimate(&s, &e);
	near(e.memory.kv_pool_bytes.value, 85017493504 * 0.759630 - 17534000000 - 160 * mib, 1e5);
	near(e.memory.encoder_bytes + e.memory.sampler_bytes + e.memory.activation_bytes, 0, 0);
}

/* ------------------------------------------------------------------ llama.cpp, ollama */

/* Qwen3.5-27B on one GPU, 4 slots:
 *   language   512 x 248,320 x 4 + 67.5 MiB                     = 508,559,360 + 70,778,880
 *   projector  92 x 92 patches x 6.7 x 1152 x 4                 = 261,315,994 (249 MiB, 248 logged)
 *   its file   2 x (27.357 - 26.896) B                          = 922,000,000
 *   state      48 layers x (48 x 128 x 128 x 4 + 4 x 10,240 x 3) = 156,893,184 a slot (149.6 MiB)
 * Qwen2.5-VL-7B: 8464 x 6.7 x 1280 x 4 + 8464^2 x 5.2 = 276.9 + 355.3 MiB; 558 and 705 logged. */
static void llama_cpp_buffers(void **state)
{
	struct setup s = shipped_setup("qwen3.5-27b", "rtx-5090", "llama.cpp");
	struct estimate e;

	(void)state;
	s.weights = DTYPE_Q4_K_M;
	estimate(&s, &e);
	near(e.memory.activation_bytes, 508559360 + 70778880, 0);
	near(e.memory.buffer_bytes, 8464 * 6.7 * 1152 * 4, 1e-3);
	near(e.memory.projector_bytes, 922e6, 1);
	near(e.memory.state_bytes, 4 * 156893184.0, 0);
	near(e.kv.state_bytes.value, 156893184, 0);
	s.max_seqs = 1;
	estimate(&s, &e);
	near(e.memory.state_bytes, 156893184, 0);
	double kv = e.kv.bytes_per_request.value; /* without the state: 16 layers x 2048 x 2 */
	near(kv, ceil((double)e.tokens.total / 256) * 256 * 65536, 0);
	s.model = registry_model(&reg, "qwen2.5-vl-7b");
	estimate(&s, &e);
	near(e.memory.buffer_bytes / mib, 276.9 + 355.3, 0.1);
	s.engine = registry_engine(&reg, "llama.cpp-2024"); /* + 16 heads x 8464^2 x 4 */
	struct estimate old;
	estimate(&s, &old);
	near(old.memory.buffer_bytes - e.memory.buffer_bytes, 16.0 * 8464 * 8464 * 4, 1);
}

/* Layers on several GPUs: memory adds up, one prompt still goes through one GPU after the other;
 * heads need not be divided. */
static void llama_cpp_splits_layers(void **state)
{
	struct setup s = shipped_setup("qwen2.5-vl-72b", "rtx-5060-ti", "llama.cpp");
	struct estimate one, four, three;

	(void)state;
	s.weights = DTYPE_Q4_K_M;
	estimate(&s, &one);
	s.tensor_parallel = 4;
	estimate(&s, &four);
	near(four.memory.total_bytes.value, 4 * one.memory.total_bytes.value, 0);
	near(four.memory.weights_bytes.value, one.memory.weights_bytes.value, 0);
	near(four.memory.projector_bytes, one.memory.projector_bytes, 0);
	near(four.prefill.ttft_s, one.prefill.ttft_s, 0);
	near(four.kv.bytes_per_token.value, one.kv.bytes_per_token.value, 0);
	s.tensor_parallel = 3;
	estimate(&s, &three);
	assert_null(three.prefill.reason);
	if (three.capacity.concurrency.reason != NULL)
		assert_string_not_equal(three.capacity.concurrency.reason,
					reason_text(REASON_NOT_DIVISIBLE));
	near(three.prefill.ttft_s, one.prefill.ttft_s, 0);
}

/* 262,144 positions from 47 GiB, 32,768 from 23 GiB, else 4096, of all GPUs; never above the
 * model's own, and never where one is given. */
static void ollama_context(void **state)
{
	static const struct {
		const char *hardware;
		int32_t n;
		int64_t context;
	} rows[] = {
		{"t4", 1, 4096},  {"rtx-3090", 1, 32768},  {"rtx-3090", 2, 262144}, /* 47.1 GiB */
		{"t4", 2, 32768}, {"h100-sxm", 1, 262144},
	};
	struct estimate e;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct setup s = shipped_setup("qwen3-vl-8b", rows[i].hardware, "ollama");

		s.tensor_parallel = rows[i].n;
		estimate(&s, &e);
		assert_int_equal(e.context.limit, rows[i].context);
		s.context_limit = 5000;
		estimate(&s, &e);
		assert_int_equal(e.context.limit, 5000);
	}
	struct setup s = shipped_setup("qwen2-vl-7b", "h100-sxm", "ollama");

	estimate(&s, &e);
	assert_int_equal(e.context.limit, 32768);
	s.engine = registry_engine(&reg, "llama.cpp");
	s.hardware = registry_hardware(&reg, "t4");
	estimate(&s, &e);
	assert_int_equal(e.context.limit, 32768); /* has no default of its own */
}

/* ------------------------------------------------------------------ pages */

/* Qwen3.5-35B-A3B: the state of a layer is 32 x 128 x 128 x 4 + 2 x 8192 x 3 = 2,146,304 bytes. A
 * position of an attention layer is 2 x 2 x 256 = 1024 bytes in fp8: 2096 positions; 2048 in bf16:
 * 1048, in blocks of 16 1056. 30 linear layers in groups of 10: 3 groups x 2 pages. */
static void hybrid_pages(void **state)
{
	const struct model *m = registry_model(&reg, "qwen3.5-35b-a3b");
	struct kv_layout l = {
		.dtype = DTYPE_FP8, .ranks = 1, .block_tokens = 16, .state_blocks = 2};

	(void)state;
	near(kv_page_tokens(m, &l), 2096, 0);
	near(kv_request(m, &l, 65536, 0), (32 + 6) * 2096.0 * 10 * 1024, 0);
	near(kv_request(m, &l, 131072, 0), (63 + 6) * 2096.0 * 10 * 1024, 0);
	l.dtype = DTYPE_BF16;
	near(kv_page_tokens(m, &l), 1056, 0);
	near(kv_request(m, &l, 131072, 0), (125 + 6) * 1056.0 * 10 * 2048, 0);
	l.state_blocks = 0; /* no shared pages: the state as it is */
	near(kv_page_tokens(m, &l), 16, 0);
	near(kv_request(m, &l, 131072, 0), 131072.0 * 20480 + 30 * 2146304.0, 0);
	/* logged: 4.88 GiB hold 1.85 requests, 5.98 hold 4.33, 1.28 hold 1.68 */
	l.state_blocks = 2;
	near(4.88 * gib / kv_request(m, &l, 131072, 0), 1.85, 0.005);
	l.dtype = DTYPE_FP8;
	near(5.98 * gib / kv_request(m, &l, 131072, 0), 4.33, 0.01);
	near(1.28 * gib / kv_request(m, &l, 65536, 0), 1.68, 0.01);
}

/* ------------------------------------------------------------------ weights */

/* File sizes of Qwen2.5-7B, whose language model is that of Qwen2.5-VL-7B: 5,444,831,936 bytes in
 * q5_k_m, as published. By hand: value and second feed-forward matrices 1.9526 B at 0.7539, the
 * rest of the layers 4.5730 B at 0.6875, output matrix 0.5450 B at 0.8203, embedding at 0.6875. */
static void ggml_files(void **state)
{
	static const struct {
		enum dtype type;
		double gb, slack;
	} rows[] = {
		{DTYPE_Q8_0, 8.10, 0.01},   {DTYPE_Q6_K, 6.25, 0.01},   {DTYPE_Q5_K_M, 5.44, 0.01},
		{DTYPE_Q5_K_S, 5.32, 0.01}, {DTYPE_Q4_K_M, 4.68, 0.01}, {DTYPE_Q4_K_S, 4.46, 0.01},
		{DTYPE_Q3_K_L, 4.09, 0.01}, {DTYPE_Q3_K_M, 3.81, 0.01}, {DTYPE_Q3_K_S, 3.49, 0.01},
		{DTYPE_Q2_K, 3.02, 0.01},   {DTYPE_IQ4_XS, 4.22, 0.01}, {DTYPE_IQ3_M, 3.57, 0.01},
		{DTYPE_IQ2_M, 2.78, 0.01},
	};
	const struct model *m = registry_model(&reg, "qwen2.5-vl-7b");

	(void)state;
	near(weights_language(m, DTYPE_Q5_K_M) / 5444831936.0, 1, 0.004);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		near(weights_language(m, rows[i].type) / 1e9 / rows[i].gb, 1, rows[i].slack);
}

/* Kimi K2.5: 60 layers x 384 experts x 3 x 7168 x 2048 = 1,014.687 B at 0.5625, the rest of
 * 1,026.879 B in 16 bit: 570.762 + 24.385 GB. Weighed as bf16 it was 2,054 GB and 32 GPUs. */
static void kimi_is_stored_in_four_bit(void **state)
{
	struct setup s = shipped_setup("kimi-k2.5", "h100-sxm", "vllm");
	const double experts = 60 * 384 * 3.0 * 7168 * 2048;
	struct estimate e;

	(void)state;
	s.weights = DTYPE_STORED;
	assert_int_equal(setup_weights(&s), DTYPE_INT4);
	estimate(&s, &e);
	near(e.memory.weights_bytes.value, experts * 0.5625 + (1026.879e9 - experts) * 2, 1);
	assert_int_equal(e.memory.gpus_needed, 8);
	s.weights = DTYPE_BF16;
	estimate(&s, &e);
	assert_int_equal(e.memory.gpus_needed, 32);
	s.hardware = registry_hardware(&reg, "h200-sxm");
	s.weights = DTYPE_STORED;
	s.tensor_parallel = 8;
	estimate(&s, &e);
	assert_true(e.capacity.concurrency_low.value >= 1);
}

/* NVFP4 of Qwen3.5: logged 19.75 GiB (27B) and 21.86, 21.88 (35B); fp8 27B 14.28 on each of two
 * GPUs with a drafter of 0.2 (a layer and a matrix of 2 x 5120 x 5120, 8 bit: 0.42 GB on two). fp8
 * of Qwen3-8B, without linear attention: 8.8 logged. ModelOpt's 35B: files of 23.4 GB, less a
 * drafter of 0.84 G weights in 16 bit: 21.7 GB. By hand: experts 40 x 256 x 3 x 2048 x 512 and
 * shared ones 40 x 3 x 2048 x 512 at 4.5 bit 18.19 GB; attention 10 x 27.3 M and 30 x 33.6 M at 8
 * bit 1.28; output matrix 248,320 x 2048 at 4.5 bit 0.29, embedding at 16 bit 1.02; tower and
 * routers 0.95. */
static void logged_weights(void **state)
{
	(void)state;
	struct {
		const char *model;
		enum dtype type;
		double gib_logged, slack;
	} rows[] = {
		{"qwen3.5-27b", DTYPE_FP4, 19.75, 0.01},
		{"qwen3.5-35b-a3b", DTYPE_FP4, 21.87, 0.01},
		{"qwen3.5-27b", DTYPE_FP8, 2 * (14.28 - 0.2), 0.01},
		{"qwen3.5-35b-a3b", DTYPE_FP4_FP8, 21.7e9 / gib, 0.01},
		{"qwen3-8b", DTYPE_FP8, 8.8, 0.01},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct setup s = shipped_setup(rows[i].model, "h100-sxm", "vllm");
		struct memory_plan plan;
		struct memory_case c;

		s.weights = rows[i].type;
		memory_case_of(&s, 1000, 8192, &c);
		memory_plan(&c, POOL_USUAL, &plan);
		near(plan.weights / gib / rows[i].gib_logged, 1, rows[i].slack);
	}
}

/* Every part that formats treat apart is a part of the whole. */
static void parts_of_parameters(void **state)
{
	(void)state;
	for (size_t i = 0; i < reg.models_n; i++) {
		struct params p;

		params_of(reg.models[i], &p);
		assert_true(p.head >= 0 && p.values >= 0 && p.outputs >= 0 && p.downs >= 0 &&
			    p.linear >= 0 && p.routers >= 0);
		assert_true(p.embedding + p.values + p.outputs + p.downs + p.linear + p.routers <=
			    p.llm * (1 + 1e-9));
	}
}

static void formats(void **state)
{
	enum dtype t;

	(void)state;
	for (int i = 0; i < DTYPE_N; i++) {
		assert_true(dtype_find(dtype_name((enum dtype)i), &t) && (int)t == i);
		assert_true(dtype_bytes(t) > 0 && dtype_bytes(t) <= 4);
	}
	assert_true(dtype_find("NVFP4", &t) && t == DTYPE_FP4);
	assert_true(dtype_find("f16", &t) && t == DTYPE_FP16);
	assert_true(dtype_find("stored", &t) && t == DTYPE_STORED);
	assert_true(dtype_find("gptq", &t) && t == DTYPE_INT4);
	assert_true(dtype_find("BFloat16", &t) && t == DTYPE_BF16);
	assert_false(dtype_find("q7_k", &t) || dtype_find("", &t));
	assert_string_equal(dtype_name(DTYPE_STORED), "stored");
	assert_true(dtype_kv_bytes(DTYPE_STORED) == 0 && dtype_kv_bytes(DTYPE_IQ1_S) == 0);
	assert_false(dtype_is_ggml(DTYPE_STORED) || dtype_is_ggml(DTYPE_BF16));
	assert_true(dtype_listed(NULL, DTYPE_AWQ) && !dtype_listed("fp8", DTYPE_Q6_K));
	/* what is stored is taken, but nobody serves in 32 bit, nor is nothing stored as anything
	 */
	struct model stored = {.stored = DTYPE_FP32};

	assert_int_equal(setup_weights(&(struct setup){.weights = DTYPE_STORED}), DTYPE_BF16);
	assert_int_equal(setup_weights(&(struct setup){.weights = DTYPE_STORED, .model = &stored}),
			 DTYPE_BF16);
	stored.stored = DTYPE_FP8;
	assert_int_equal(setup_weights(&(struct setup){.weights = DTYPE_STORED, .model = &stored}),
			 DTYPE_FP8);
	assert_int_equal(setup_weights(&(struct setup){.weights = DTYPE_AWQ, .model = &stored}),
			 DTYPE_AWQ);
	assert_true(dtype_listed("fp8 ggml", DTYPE_IQ4_XS) && !dtype_listed("fp8 ggml", DTYPE_AWQ));
	assert_true(dtype_listed("", DTYPE_AWQ) && dtype_listed("q6_k", DTYPE_Q6_K));
	/* the average that times are worked out with, against the whole file: output matrix and
	 * embedding are stored larger than the layers, the more so the smaller these are */
	const struct model *m = registry_model(&reg, "qwen2.5-vl-7b");

	for (int i = 0; i < DTYPE_N; i++) {
		if (!dtype_is_ggml((enum dtype)i))
			continue;
		double whole = weights_language(m, (enum dtype)i) / m->llm_params;

		near(dtype_bytes((enum dtype)i) / whole, 1, 0.19);
		assert_true(dtype_bytes((enum dtype)i) <= whole * 1.001);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vllm_on_an_h100),
		cmocka_unit_test(vllm_on_two),
		cmocka_unit_test(vllm_is_told),
		cmocka_unit_test(vllm_fills_its_budget),
		cmocka_unit_test(vllm_by_version_and_device),
		cmocka_unit_test(vllm_caveats),
		cmocka_unit_test(versions),
		cmocka_unit_test(sglang_shares),
		cmocka_unit_test(sglang_account),
		cmocka_unit_test(llama_cpp_buffers),
		cmocka_unit_test(llama_cpp_splits_layers),
		cmocka_unit_test(ollama_context),
		cmocka_unit_test(hybrid_pages),
		cmocka_unit_test(ggml_files),
		cmocka_unit_test(kimi_is_stored_in_four_bit),
		cmocka_unit_test(logged_weights),
		cmocka_unit_test(parts_of_parameters),
		cmocka_unit_test(formats),
	};

	return cmocka_run_group_tests_name("memory", tests, shipped_load, shipped_free);
}
