/* The eager engine: what it launches, worked by hand, and who waits for whom. */
#include "unit.h"

#include <math.h>

#include "base/base.h"
#include "core/prefill.h"
#include "core/prefill_eager.h"
#include "core/vision_load.h"
#include "registry/registry.h"
#include "tests/shipped.h"

static void is_near(const char *what, double got, double want)
{
	if (fabs(got - want) > 1e-6 * fabs(want) + 1e-12)
		fail_msg("%s: expected %.9g, found %.9g", what, want, got);
}

static void same_passes(const char *what, struct passes got, double kernels, double values)
{
	is_near(what, got.kernels, kernels);
	is_near(what, got.values, values);
}

/* What a norm more adds to a layer of that width. */
static struct passes one_norm(enum norm_kind norm, int32_t width)
{
	struct model m = {.hidden = width, .norm = norm, .norms = 1};
	struct passes with = eager_attention_half(&m, 0, 0, 0);

	m.norms = 0;
	struct passes without = eager_attention_half(&m, 0, 0, 0);

	return (struct passes){with.kernels - without.kernels, with.values - without.values};
}

static void test_small_kernels(void **state)
{
	(void)state;
	/* reads and writes 1000 values */
	same_passes("layer norm", one_norm(NORM_LAYER, 1000), 1, 2000);
	/* 3 + 4 + 2 + 4 + 3 + 2 = 18 values each; eps and root move next to nothing */
	same_passes("RMS norm", one_norm(NORM_RMS, 1000), 8, 18000);
	/* 3 + 4 + 2 + 4 + 4 + 3 = 20 */
	same_passes("RMS norm with offset", one_norm(NORM_RMS_OFFSET, 1000), 10, 20000);
	/* activation 2, product of both halves 3 */
	same_passes("gate", eager_ffn(true, 1000), 2, 5000);
	same_passes("GELU", eager_ffn(false, 1000), 1, 2000);
}

/* Two norms of 1000, norms of 10 + 2 heads of 100, their rotation, two residuals, keys and values
 * of 2 heads put into the cache: kernels  2 x 8 + 2 x 8 + 10 + 2 + 2 = 46 values   2 x 18000 + 18 x
 * 1200 + 10 x 1200 + 2 x 3000 + 2 x 2 x 2 x 100 = 76400 */
static void test_attention_half(void **state)
{
	struct model m = {.hidden = 1000, .norm = NORM_RMS, .norms = 2, .qk_norm = true};

	(void)state;
	same_passes("with norms of the heads", eager_attention_half(&m, 10, 2, 100), 46, 76400);
	/* without them 16 kernels and 21600 values less */
	m.qk_norm = false;
	same_passes("without", eager_attention_half(&m, 10, 2, 100), 30, 54800);
	/* a layer that reads the cache of another rotates its queries alone: 2 x 18000 + 10 x 1000
	 * + 6000 */
	same_passes("without a cache", eager_attention_half(&m, 10, 0, 100), 28, 52000);
	/* Gemma: four norms, their weight stored less one: 2 kernels and 2 values more for each of
	 * four and of two, and two norms more */
	m.norm = NORM_RMS_OFFSET;
	m.norms = 4;
	m.qk_norm = true;
	same_passes("four norms", eager_attention_half(&m, 10, 2, 100), 74,
		    4 * 20000 + 20 * 1200 + 12000 + 6000 + 800);
}

/* A tower row of 100, 400 in the middle:
 *   two layer norms 2 x 2 x 100, residuals 2 x 3 x 100, rotation of query and key in 32 bit 26 x
 * 200, layer scale 2 x 2 x 100, lengths and joined pieces 2 x 100, x sigmoid(1.702 x) 6 x 400
 *   kernels 2 + 2 + 14 + 2 + 2 + 3 = 25, values 400 + 600 + 5200 + 400 + 200 + 2400 = 9200 */
static void test_tower(void **state)
{
	struct tower t = {.norm = NORM_LAYER, .norms = 2, .ffn_mats = 2};

	(void)state;
	/* CLIP without its activation: 1 + 1 norms, 2 residuals, GELU */
	same_passes("plain", eager_tower(&t, 100, 400), 5, 400 + 600 + 800);
	t.rotary = t.layer_scale = t.reads_lengths = t.quick_gelu = true;
	same_passes("everything", eager_tower(&t, 100, 400), 25, 9200);
	t = (struct tower){.norm = NORM_RMS, .norms = 2, .ffn_mats = 3, .qk_norm = true};
	/* 4 norms of 18 x 100, residuals, gate 5 x 400 */
	same_passes("gated, norms of queries and keys", eager_tower(&t, 100, 400), 36,
		    7200 + 600 + 2000);
}

/* A GPU that takes no time: all that is left is the CPU. */
static struct chip instant_chip(void)
{
	return (struct chip){
		.gemm_flops = 1e30,
		.score_flops = 1e30,
		.bytes_per_s = 1e30,
		.p = 2,
		.a64 = 0.5,
		.a128 = 0.5,
		.sms = 1,
		.weight_bytes = 2,
		.traffic = 1,
		.ranks = 1,
		.dispatch_s = 10e-6,
		.dispatch_product_s = 20e-6,
		.dispatch_attention_s = 30e-6,
		.dispatch_lengths_s = 500e-6,
	};
}

/* Two layers, one of them in 3 windows. Each: 4 products 80, kernels of two norms, two residuals,
 * lengths, pieces, GELU: 7 x 10; the wait for lengths, 500, within which attention is called once,
 * 30, or three times, 90. The embedding is one product and 20 kernels: 220.
 * 650 + 650 + 220 = 1520 us. With a wait of 50 the three calls take longer: 200 + 240 + 220 = 660
 */
static void test_window_loop(void **state)
{
	struct tower t = {.layers_run = 2,
			  .full_layers = 1,
			  .hidden = 128,
			  .ffn = 256,
			  .ffn_mats = 2,
			  .heads = 2,
			  .patch = 14,
			  .frames = 1,
			  .window_patches = 64,
			  .norms = 2,
			  .reads_lengths = true};
	struct prefill_job job = {.tower = &t, .sequences = 1, .patches = 192};
	struct chip chip = instant_chip();
	struct cost cost = {0};

	(void)state;
	prefill_vision(&chip, &job, &cost);
	is_near("calls go by within the wait", 1e6 * cost_seconds(&cost), 1520);
	is_near("all of it waited for", cost.s[BOUND_CPU], cost_seconds(&cost));
	cost = (struct cost){0};
	chip.dispatch_lengths_s = 50e-6;
	prefill_vision(&chip, &job, &cost);
	is_near("as many windows as the patches fill", 1e6 * cost_seconds(&cost), 660);
	cost = (struct cost){0};
	job.windows = 4; /* one more, cut off by the edge: one call of 30 */
	prefill_vision(&chip, &job, &cost);
	is_near("windows at the edge count", 1e6 * cost_seconds(&cost), 690);
	/* two pictures: twice the windows, 4 x 30 more; attention of the other layer is called
	 * twice, 60 in place of the wait */
	cost = (struct cost){0};
	job.sequences = 2;
	prefill_vision(&chip, &job, &cost);
	is_near("two pictures", 1e6 * cost_seconds(&cost), 820);
	/* without lengths nothing waits within the tower: attention once a layer, two kernels less:
	 * 2 (80 + 50 + 30) + 220 of the CPU, beside the GPU */
	cost = (struct cost){0};
	t.reads_lengths = false;
	prefill_vision(&chip, &job, &cost);
	is_near("dispatched", 1e6 * cost.dispatch_s, 540);
	cost_wait(&cost);
	is_near("waited for", 1e6 * cost_seconds(&cost), 540);
	is_near("once", cost.dispatch_s, 0);
	/* three products for query, key and value: 2 x 2 x 20 more; the layer that is not needed
	 * is run: 80 + 40 + 50 + 30 */
	cost = (struct cost){0};
	t.split_qkv = true;
	t.layers_stored = 3;
	prefill_vision(&chip, &job, &cost);
	is_near("split, with all layers", 1e6 * cost.dispatch_s, 540 + 80 + 200);
}

/* The slower of CPU and GPU, not their sum. */
static void test_wait(void **state)
{
	struct cost c = {.s = {[BOUND_COMPUTE] = 2e-3, [BOUND_MEMORY] = 1e-3},
			 .dispatch_s = 2.5e-3};

	(void)state;
	cost_wait(&c);
	is_near("the GPU is slower", cost_seconds(&c), 3e-3);
	assert_int_equal(cost_bound(&c), BOUND_COMPUTE);
	c.dispatch_s = 4e-3;
	cost_wait(&c);
	is_near("the CPU is", cost_seconds(&c), 4e-3);
	assert_int_equal(cost_bound(&c), BOUND_CPU);
}

/* One layer of 2 heads of 64, gated, 3 key-value products: 7 products 140, attention 30, kernels 16
 * + 2 + 10 + 2 + 2 = 32 of 10; then the output matrix 20 and 20 kernels. 140 + 30 + 320 + 220 = 710
 * us */
static void test_language_model(void **state)
{
	struct model m = {.layers = 1,
			  .grow_layers = 1,
			  .hidden = 128,
			  .ffn = 256,
			  .gated = true,
			  .q_heads = 2,
			  .kv_heads = 2,
			  .head_dim = 64,
			  .vocab = 1000,
			  .norm = NORM_RMS,
			  .norms = 2};
	struct prefill_job job = {.model = &m, .batch = 1, .tokens = 10};
	struct chip chip = instant_chip();
	struct cost cost = {0};

	(void)state;
	prefill_llm(&chip, &job, &cost);
	is_near("one layer", 1e6 * cost.dispatch_s, 710);
	cost = (struct cost){0};
	m.qk_norm = true; /* two norms of 8 kernels */
	prefill_llm(&chip, &job, &cost);
	is_near("norms of queries and keys", 1e6 * cost.dispatch_s, 870);
	cost = (struct cost){0};
	chip.dispatch_s = 0; /* not eager: nothing to launch one by one */
	chip.dispatch_product_s = chip.dispatch_attention_s = 0;
	prefill_llm(&chip, &job, &cost);
	is_near("a fused engine", cost.dispatch_s, 0);
}

/* 16 heads of 72, 128 positions on 16 multiprocessors: one wave, of which w0 = 1 leaves half; 4 x
 * 16 x 72 x 128 x 128 = 75497472 FLOP at 1e12 x 0.25 x 0.5 = 603.98 us, whatever half length is
 * given. 80 is a multiple of 16: linear between 0.4 and 0.8, 0.5 x 0.5, and 128 of 128 + 128 halves
 * it. */
static void test_unaligned_heads(void **state)
{
	struct chip c = {.score_flops = 1e12,
			 .a64 = 0.4,
			 .a128 = 0.8,
			 .a_unaligned = 0.25,
			 .w0 = 1,
			 .sms = 16};
	struct cost odd = {0}, even = {0};

	(void)state;
	op_attention(&c, &odd, 1, 1, 16, 72, 128, 128 * 128, 128);
	is_near("72", 1e6 * cost_seconds(&odd), 75497472 / 0.125e6);
	op_attention(&c, &even, 1, 1, 16, 80, 128, 128 * 128, 128);
	is_near("80", 1e6 * cost_seconds(&even), 4 * 16 * 80 * 16384 / 0.125e6);
	is_near("128 and above", op_head_efficiency(&c, 136), 0.8);
	c.a_unaligned = 0;
	is_near("a chip without", op_head_efficiency(&c, 72), 0.45);
}

/* A window is 8 patches of 14 pixels wide, 112: 1036 x 756 has 10 x 7 of them. */
static void test_windows_of_a_picture(void **state)
{
	struct count count = {.visual = 999, .tiles = 1, .resized_w = 1036, .resized_h = 756};
	struct vision_load load;

	(void)state;
	vision_load(registry_model(&reg, "qwen2.5-vl-7b"), &count, 1024, 768, &load);
	is_near("windows", load.windows, 70);
	is_near("patches", load.patches, 74 * 54);
	vision_load(registry_model(&reg, "qwen3-vl-8b"), &count, 1024, 768, &load);
	is_near("none", load.windows, 0);
}

/* 2 ms, and 10 patches of 3 x 2 x 14 x 14 values of 4 bytes twice: 94080 bytes at 1 MB/s = 94.08
 * ms. */
static void test_copy(void **state)
{
	const struct tower t = {.hidden = 16, .patch = 14, .frames = 2};
	const struct profile p = {.path = PATH_F16, .e_factor = 1, .fixed_s = 2e-3};
	struct profile copies = p;
	struct engine engine = {.profiles = &p};
	struct prefill_job job = {.tower = &t,
				  .hardware = registry_hardware(&reg, "h100-sxm"),
				  .engine = &engine,
				  .weights = DTYPE_BF16,
				  .ranks = 1,
				  .batch = 1,
				  .sequences = 2,
				  .patches = 10,
				  .vision_only = true};
	struct prefill_result r;

	(void)state;
	prefill(&job, &r);
	is_near("fixed", cost_seconds(&r.fixed), 2e-3);
	copies.copy_bytes_per_s = 1e6;
	engine.profiles = &copies;
	prefill(&job, &r);
	is_near("and the copy", cost_seconds(&r.fixed), 2e-3 + 94.08e-3);
}

/* The registry's eager engine is one, on every device, and its times do not fall where there is
 * more to do. */
static void test_monotone(void **state)
{
	static const char *const models[] = {"qwen2.5-vl-7b", "qwen3-vl-8b", "pixtral-12b",
					     "glm-4.1v-9b"};
	const struct engine *engine = registry_engine(&reg, "transformers");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(models); i++) {
		double before = 0;

		for (double patches = 64; patches < 40000; patches *= 1.3) {
			const struct model *m = registry_model(&reg, models[i]);
			struct prefill_job job = {
				.model = m,
				.tower = m->tower,
				.hardware = registry_hardware(&reg, "h100-sxm"),
				.engine = engine,
				.weights = DTYPE_BF16,
				.ranks = 1,
				.batch = 1,
				.tokens = patches / 4,
				.sequences = 1,
				.patches = patches,
				.projected = patches / 4,
			};
			struct prefill_result r;

			prefill(&job, &r);
			assert_int_equal(r.reason, REASON_NONE);
			double now = cost_seconds(&r.vision) + cost_seconds(&r.projector) +
				     cost_seconds(&r.llm);

			assert_true(now >= before);
			assert_true(r.low < 1 && r.high > 1);
			before = now;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small_kernels),
		cmocka_unit_test(test_attention_half),
		cmocka_unit_test(test_tower),
		cmocka_unit_test(test_window_loop),
		cmocka_unit_test(test_wait),
		cmocka_unit_test(test_language_model),
		cmocka_unit_test(test_unaligned_heads),
		cmocka_unit_test(test_windows_of_a_picture),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_monotone),
	};

	return cmocka_run_group_tests_name("prefill_eager", tests, shipped_load, shipped_free);
}
