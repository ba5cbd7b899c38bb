/* estimate() and sweep(): sums, reasons, memory, the absence of allocation. */
#include "config.h"

#include "unit.h"

#include <math.h>

#include "base/base.h"
#include "core/count.h"
#include "core/estimate.h"
#include "core/params.h"
#include "core/reason.h"
#include "core/sweep.h"
#include "core/weights.h"
#include "registry/kinds.h"
#include "registry/subjects.h"
#include "tests/shipped.h"

static size_t allocations;

#ifdef HAVE_LINKER_WRAP

/* The linker sends every allocation of core here (--wrap). */
void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

void *__wrap_malloc(size_t n)
{
	allocations++;
	return __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
	allocations++;
	return __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
	allocations++;
	return __real_realloc(p, n);
}

#endif

static void same(const char *got, enum reason want)
{
	assert_string_equal(got != NULL ? got : "(none)",
			    want != REASON_NONE ? reason_text(want) : "(none)");
}

static void test_sums(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct estimate e;

	(void)state;
	estimate(&s, &e);
	assert_int_equal(e.count.visual, 1024); /* (1024 / 32)^2 */
	assert_int_equal(e.tokens.total, e.tokens.images + 512 + 1024);
	assert_int_equal(e.context.text_left, 262144 - e.tokens.total);
	assert_true(fabs(e.context.used_share - (double)e.tokens.total / 262144) < 1e-12);
	assert_int_equal(e.context.images_fit, (262144 - 1536) / e.tokens.per_image);
	assert_true(e.kv.bytes_per_token.value == 147456);
	assert_true(e.kv.bytes_per_request.value ==
		    ceil((double)e.tokens.total / 16) * 16 * 147456);
	assert_true(e.kv.bytes_per_image.value == (double)e.tokens.per_image * 147456);
	same(e.prefill.reason, REASON_NONE);
	double parts = e.prefill.fixed.seconds + e.prefill.preprocess.seconds +
		       e.prefill.vision.seconds + e.prefill.projector.seconds +
		       e.prefill.llm.seconds;

	assert_true(fabs(parts - e.prefill.ttft_s) < 1e-12);
	assert_true(e.prefill.low_s < e.prefill.ttft_s && e.prefill.ttft_s < e.prefill.high_s);
	double all = e.memory.weights_bytes.value + e.memory.reserve_bytes.value +
		     e.memory.kv_pool_bytes.value + e.memory.idle_bytes;

	assert_true(fabs(all / e.memory.total_bytes.value - 1) < 1e-12);
	assert_true(e.capacity.concurrency.value ==
		    floor(e.memory.kv_pool_bytes.value / e.kv.bytes_per_request.value));
	assert_true(e.capacity.concurrency_text_only.value > e.capacity.concurrency.value);
	assert_true(e.capacity.image_factor.value > 1);
	assert_true(e.capacity.concurrency_full.value >= 1);
	assert_int_equal(e.memory.gpus_needed, 1);
	assert_null(e.memory.overflow);
}

static void test_two_ranks_double_the_memory(void **state)
{
	struct setup s = shipped_setup("qwen2.5-vl-7b", "a100-80-sxm", "vllm");
	struct estimate one, two;

	(void)state;
	estimate(&s, &one);
	s.tensor_parallel = 2;
	estimate(&s, &two);
	assert_true(two.memory.total_bytes.value == 2 * one.memory.total_bytes.value);
	assert_true(two.memory.weights_bytes.value == one.memory.weights_bytes.value);
	assert_true(two.kv.bytes_per_gpu * 2 == one.kv.bytes_per_gpu);
	assert_true(two.prefill.llm.seconds < one.prefill.llm.seconds);
	assert_true(two.prefill.vision.seconds == one.prefill.vision.seconds);
}

/* Weight bytes: parameters of the fact tables; 4-bit server formats keep embedding and output
 * matrix in 16 bit. */
static void test_weights(void **state)
{
	const struct model *untied = registry_model(&reg, "qwen2.5-vl-7b"),
			   *tied = registry_model(&reg, "qwen3-vl-4b");
	double matrix = 152064.0 * 3584;

	(void)state;
	assert_true(fabs(weights_all(untied, DTYPE_BF16) / (2 * untied->total_params) - 1) < 1e-9);
	assert_true(fabs(weights_all(untied, DTYPE_FP32) / (4 * untied->total_params) - 1) < 1e-9);
	double vision = untied->total_params - untied->llm_params;

	assert_true(fabs(weights_all(untied, DTYPE_FP8) -
			 (untied->llm_params - 2 * matrix + 2 * (2 * matrix + vision))) < 1);
	assert_true(fabs(weights_all(untied, DTYPE_Q8_0) -
			 (1.0625 * untied->llm_params + 2 * vision)) < 1);
	double kept = 151936.0 * 2560;

	vision = tied->total_params - tied->llm_params;
	assert_true(fabs(weights_all(tied, DTYPE_FP8) -
			 (tied->llm_params - kept + 2 * (kept + vision))) < 1);
}

/* Bytes of one weight, times the weights they are of, are the language model's bytes: in formats of
 * servers, which leave the embedding in 16 bit (32 where all is). */
static void test_weight_rates(void **state)
{
	static const enum dtype types[] = {DTYPE_FP32, DTYPE_BF16,  DTYPE_FP8,
					   DTYPE_INT8, DTYPE_INT4,  DTYPE_AWQ,
					   DTYPE_FP4,  DTYPE_MXFP4, DTYPE_FP4_FP8};
	int with_experts = 0;

	(void)state;
	for (size_t i = 0; i < reg.models_n; i++)
		for (size_t k = 0; k < ARRAY_SIZE(types); k++) {
			const struct model *m = reg.models[i];
			struct weights_rates r;
			struct params p;

			if (model_no_costs(m) != REASON_NONE || m->lookup_params > 0)
				continue;
			params_of(m, &p);
			weights_rates(m, types[k], &r);
			double kept = types[k] == DTYPE_FP32 ? 4 : 2;
			double layers = m->llm_params - p.embedding - p.experts;
			double sum = layers * r.dense + p.experts * r.expert + p.head * r.head +
				     (p.embedding - p.head) * kept;

			if (fabs(sum / weights_language(m, types[k]) - 1) > 1e-9)
				fail_msg("%s in %s: %.0f, %.0f", m->id, dtype_name(types[k]), sum,
					 weights_language(m, types[k]));
			with_experts += p.experts > 0;
		}
	assert_true(with_experts > 0);
}

/* The reserve grows with what an engine profiles, and nothing is profiled for text alone. */
static void test_encoder_reserve(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct estimate server, text;

	(void)state;
	estimate(&s, &server);
	assert_true(server.memory.encoder_bytes > 0);
	assert_true(server.memory.takes_greatest);
	double greatest = fmax(server.memory.encoder_bytes,
			       fmax(server.memory.activation_bytes, server.memory.sampler_bytes));
	double parts = greatest + server.memory.encoder_cache_bytes + server.memory.graphs_bytes +
		       server.memory.framework_bytes;

	assert_true(fabs(parts - server.memory.reserve_bytes.value) < 1);
	s.model = registry_model(&reg, "qwen3-8b");
	s.images = 0;
	estimate(&s, &text);
	assert_true(text.memory.encoder_bytes == 0);
	same(text.prefill.reason, REASON_NONE);
	assert_true(text.prefill.vision.seconds == 0 && text.prefill.llm.seconds > 0);
	assert_int_equal(text.tokens.images, 0);
	s.model = registry_model(
		&reg, "qwen3-vl-8b"); /* text alone on a vision model: one image is still counted */
	estimate(&s, &text);
	same(text.prefill.reason, REASON_NONE);
	assert_true(text.prefill.vision.seconds == 0 && text.tokens.total == 1536);
	assert_true(text.capacity.image_factor.value == 1);
	assert_int_equal(text.context.images_fit, (262144 - 1536) / text.tokens.per_image);
}

/* What vLLM 0.19.1 logged on a 24-GB RTX 3090 with 8192 positions (tests/data/capacity_logs.csv and
 * its source): weights 16.64 GiB, 3.9 GiB of cache, 3.47 requests. How much it was told to take and
 * how many requests at once is not stated; 0.9 and four it is at most. */
static void test_logged_memory(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "rtx-3090", "vllm");
	const double gib = 1073741824;
	struct estimate e;

	(void)state;
	s.context_limit = 8192;
	s.engine_version = 19001;
	s.max_seqs = 4;
	estimate(&s, &e);
	assert_true(fabs(e.memory.weights_bytes.value / gib / 16.64 - 1) < 0.03);
	assert_true(e.memory.kv_pool_low_bytes.value / gib < 3.9);
	assert_true(fabs(e.memory.kv_pool_bytes.value / gib / 3.9 - 1) < 0.15);
	assert_true(e.capacity.concurrency_full.value == 3); /* 3.47 logged */
}

/* One row: what is turned, and the words that stand where each number was. */
static void test_reasons(void **state)
{
	struct hardware empty = *registry_hardware(&reg, "h100-sxm"), unlinked = empty;
	struct estimate e;
	struct setup s;

	(void)state;
	s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	s.text_tokens = 300000;
	estimate(&s, &e);
	same(e.kv.bytes_per_request.reason, REASON_NONE); /* what exists above the limit stays */
	assert_true(e.kv.bytes_per_request.value >= 300000 * e.kv.bytes_per_token.value);
	same(e.prefill.image_reason, REASON_NONE);
	assert_true(e.prefill.vision.seconds > 0 && e.prefill.decode_s > 0);
	same(e.capacity.concurrency.reason, REASON_TEXT_TOO_LONG);
	same(e.capacity.concurrency_text_only.reason, REASON_TEXT_TOO_LONG);
	same(e.prefill.reason, REASON_TEXT_TOO_LONG);
	assert_true(e.context.text_left < 0);

	s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	s.images = 1000;
	estimate(&s, &e);
	same(e.kv.bytes_per_request.reason, REASON_NONE);
	same(e.capacity.concurrency.reason, REASON_TOO_MANY_IMAGES);
	same(e.prefill.reason, REASON_TOO_MANY_IMAGES);
	same(e.capacity.concurrency_text_only.reason, REASON_NONE);
	assert_int_equal(e.context.images_fit, (262144 - 1536) / e.tokens.per_image);

	s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	empty.mem_bytes = 0;
	s.hardware = &empty;
	estimate(&s, &e);
	same(e.memory.total_bytes.reason, REASON_NO_MEMORY);
	same(e.capacity.concurrency.reason, REASON_NO_MEMORY);
	same(e.prefill.reason, REASON_NONE);

	s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	s.tensor_parallel = 3;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NOT_DIVISIBLE);
	same(e.capacity.concurrency.reason, REASON_NOT_DIVISIBLE);
	s.tensor_parallel = 0;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_BAD_PARALLEL);
	same(e.kv.bytes_per_request.reason, REASON_BAD_PARALLEL);
	same(e.memory.total_bytes.reason, REASON_BAD_PARALLEL);

	s = shipped_setup("qwen3-vl-8b", "a100-80-sxm", "vllm");
	s.weights = DTYPE_FP8;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NO_FP8);
	same(e.capacity.concurrency.reason, REASON_NONE);
	s = shipped_setup("qwen3-vl-8b", "t4", "vllm");
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NO_BF16);
	same(e.memory.kv_pool_bytes.reason, REASON_WEIGHTS_TOO_BIG);
	same(e.memory.overflow, REASON_WEIGHTS_TOO_BIG);
	same(e.capacity.concurrency.reason, REASON_WEIGHTS_TOO_BIG);
	assert_int_equal(e.memory.gpus_needed, 2);
	s.weights = DTYPE_FP16;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NONE);
	struct hardware unknown = *registry_hardware(&reg, "t4");
	unknown.generation = NULL;
	s.hardware = &unknown;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NO_GENERATION);

	s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	unlinked.link_bytes_per_s = 0;
	s.hardware = &unlinked;
	s.tensor_parallel = 2;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NO_LINK);

	s = shipped_setup("qwen3-8b", "h100-sxm", "vllm");
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NO_VISION);
	s = shipped_setup("qwen2.5-vl-7b", "h100-sxm", "vllm");
	s.width = 5000;
	s.height = 5; /* aspect above 200 */
	estimate(&s, &e);
	assert_true(e.count.refused);
	same(e.prefill.reason, REASON_REFUSED);
	s.width = 0;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_BAD_SIZE);
	s = shipped_setup("qwen2.5-vl-7b", "h100-sxm", "vllm");
	s.text_tokens = -1;
	estimate(&s, &e);
	same(e.prefill.reason, REASON_BAD_COUNT);
	s = (struct setup){0};
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NO_MODEL);
	same(e.memory.total_bytes.reason, REASON_NO_MODEL);
	same(e.kv.bytes_per_token.reason, REASON_NO_MODEL);
	s = shipped_setup("qwen2.5-vl-7b", "h100-sxm", "core-ml");
	estimate(&s, &e);
	same(e.prefill.reason, REASON_NO_PROFILE);
}

/* Without a checkpoint: tokens and their sum as ever, the same reason for every cost, a share once
 * a limit is given. */
static void check_stand_in(const char *id, enum reason want)
{
	struct vtok_error err = {0};
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct estimate e;
	struct count n;

	s.model = subject_named(&reg, id, &err);
	assert_non_null(s.model);
	estimate(&s, &e);
	count_image(s.model->processor, s.lens, &s.knobs, s.width, s.height, &n, NULL);
	assert_int_equal(e.count.visual, n.visual);
	assert_int_equal(e.tokens.total, e.tokens.per_image + 512 + 1024);
	assert_int_equal(e.context.limit, 0);
	const struct quantity *const costs[] = {
		&e.kv.bytes_per_token,        &e.kv.window_bytes,
		&e.kv.bytes_per_image,        &e.kv.bytes_per_request,
		&e.memory.total_bytes,        &e.memory.weights_bytes,
		&e.memory.reserve_bytes,      &e.memory.kv_pool_bytes,
		&e.capacity.concurrency,      &e.capacity.concurrency_text_only,
		&e.capacity.concurrency_full, &e.capacity.image_factor,
	};
	for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++)
		same(costs[i]->reason, want);
	same(e.prefill.reason, want);
	assert_null(e.memory.overflow);
	s.context_limit = 128000;
	s.text_tokens = 200000; /* too long a text does not hide why there are no costs */
	estimate(&s, &e);
	assert_true(e.context.used_share > 1);
	same(e.kv.bytes_per_request.reason, want);
	same(e.prefill.reason, want);
}

static void test_stand_ins(void **state)
{
	(void)state;
	check_stand_in("gpt-4o", REASON_HOSTED);
	check_stand_in("gemini-2.5", REASON_HOSTED);
	check_stand_in("chameleon", REASON_NO_CHECKPOINT);
	check_stand_in("qwen2.5-vl@ollama", REASON_NO_CHECKPOINT);
}

static void test_every_reason_has_words(void **state)
{
	(void)state;
	assert_null(reason_text(REASON_NONE));
	for (int i = REASON_NONE + 1; i < REASON_N; i++) {
		assert_non_null(reason_text((enum reason)i));
		for (int k = REASON_NONE + 1; k < i; k++)
			assert_string_not_equal(reason_text((enum reason)i),
						reason_text((enum reason)k));
	}
}

/* Every model on every device: finite, or a reason. */
static void test_everything(void **state)
{
	(void)state;
	for (size_t m = 0; m < reg.models_n; m++)
		for (size_t h = 0; h < reg.hardware_n; h++) {
			struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
			struct estimate e;

			s.model = reg.models[m];
			s.hardware = reg.hardware[h];
			s.images = s.model->processor != NULL;
			estimate(&s, &e);
			assert_true(isfinite(e.kv.bytes_per_request.value) &&
				    e.kv.bytes_per_request.value >= 0);
			assert_true(isfinite(e.memory.reserve_bytes.value) &&
				    e.memory.reserve_bytes.value >= 0);
			assert_true(isfinite(e.prefill.ttft_s));
			assert_true(e.prefill.reason != NULL || e.prefill.ttft_s > 0);
			assert_true(e.capacity.concurrency.reason != NULL ||
				    e.capacity.concurrency.value >= 1);
		}
}

static void test_no_allocation(void **state)
{
	struct point points[64];
	struct estimate e;

	(void)state;
#ifndef HAVE_LINKER_WRAP
	unit_skip("this linker wraps no functions");
#endif
	sweep_widths(64, 4096, true, points, ARRAY_SIZE(points));
	for (size_t m = 0; m < reg.models_n; m++) {
		struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");

		s.model = reg.models[m];
		s.images = s.model->processor != NULL;
		allocations = 0;
		estimate(&s, &e);
		sweep(&s, Q_TTFT, points, ARRAY_SIZE(points));
		sweep(&s, Q_CONCURRENCY, points, ARRAY_SIZE(points));
		assert_true(allocations == 0);
	}
	free(malloc(1));
	assert_true(allocations > 0); /* the counter counts */
}

static void test_sweep(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct point points[101];
	struct estimate e;
	struct setup at;

	(void)state;
	s.width = 1600;
	s.height = 1200;
	sweep_widths(100, 2100, false, points, ARRAY_SIZE(points));
	assert_true(points[0].x == 100 && points[100].x == 2100 && points[50].x == 1100);
	for (size_t m = 0; quantity_metric(m); m++) {
		enum quantity_id id = Q_N;

		assert_true(quantity_find_metric(quantity_metric(m), &id));
		sweep(&s, id, points, ARRAY_SIZE(points));
		for (size_t i = 0; i < ARRAY_SIZE(points); i++) {
			sweep_size(&s, points[i].x, &at);
			estimate(&at, &e); /* all steps: what a quantity needs is enough */
			struct value v = quantity_read(id, &at, &e);

			assert_true(points[i].has == !v.reason);
			assert_true(points[i].y == (v.reason ? 0 : v.number));
		}
	}
	sweep_size(&s, points[75].x, &at);
	assert_int_equal(at.width, 1600);
	assert_int_equal(at.height, 1200);
	sweep_size(&s, 2e9, &at);
	assert_int_equal(at.width, SIDE_MAX);
	sweep_size(&s, 0.2, &at);
	assert_int_equal(at.height, 1);
	sweep_widths(64, 4096, true, points, ARRAY_SIZE(points));
	for (size_t i = 1; i < ARRAY_SIZE(points); i++)
		assert_true(points[i].x >= points[i - 1].x);
	sweep_widths(100, 200, false, points, 1);
	assert_true(points[0].x == 100);
}

/* Cliffs against a walk over every width: staircases are not monotone everywhere. */
static int64_t tokens_at(const struct setup *s, int64_t width)
{
	struct setup at;
	struct estimate e;

	sweep_size(s, (double)width, &at);
	/* the same aspect within 1 %, and no side of a few pixels */
	int64_t least = s->width < s->height ? s->width : s->height;
	double turned =
		(double)at.width * (double)s->height / ((double)at.height * (double)s->width);

	if (at.width < (least < 32 ? least : 32) || at.height < (least < 32 ? least : 32) ||
	    fabs(turned - 1) >= 0.01)
		return -1;
	estimate_tokens(&at, &e);
	return e.count.refused ? -1 : e.tokens.per_image;
}

/* The distance of the nearest width on either side that costs less (sign -1) or more; 0 = none. */
static int64_t walk(const struct setup *s, int64_t least, int64_t most, int sign)
{
	int64_t here = tokens_at(s, s->width);

	for (int64_t d = 1; d <= 256; d++)
		for (int side = -1; side <= 1; side += 2) {
			int64_t w = s->width + side * d;
			int64_t n = w < least || w > most ? -1 : tokens_at(s, w);

			if (n >= 0 && (sign < 0 ? n < here : n > here))
				return d;
		}
	return 0;
}

static void check_side(const struct setup *s, int64_t least, int64_t most, int sign, int64_t found,
		       int64_t tokens)
{
	int64_t here = tokens_at(s, s->width), exact;

	if (here < 0) {
		assert_true(found == 0 && tokens == 0);
		return;
	}
	exact = walk(s, least, most, sign);
	if (found)
		assert_true(tokens == tokens_at(s, found) &&
			    (sign < 0 ? tokens < here : tokens > here));
	if (exact)
		assert_int_equal(llabs(found - s->width), exact);
	else
		assert_true(found == 0 || llabs(found - s->width) > 256);
}

static void check_cliff(const struct setup *s, int64_t least, int64_t most)
{
	struct cliff c;

	sweep_cliff(s, least, most, &c);
	check_side(s, least, most, -1, c.cheaper_width, c.cheaper_tokens);
	check_side(s, least, most, 1, c.dearer_width, c.dearer_tokens);
}

/* No 3 x 2 is cheaper than 1024x768: such a size has another aspect and nobody can use it. */
static void test_cliffs_are_usable(void **state)
{
	struct setup s = shipped_setup("internvl3-9b", "h100-sxm", "vllm");
	struct cliff c;

	(void)state;
	s.width = 1024;
	s.height = 768;
	sweep_cliff(&s, 1, 5120, &c);
	assert_true(c.cheaper_width == 0 || c.cheaper_width >= 32);
}

/* deepseek-vl2 cuts no image when there are more than two: 1,415 positions each, then 421. At a
 * context of 4,096 with 1,536 of text and output 6 x 421 = 2,526 fit and 7 do not, whether one is
 * sent now or ten. */
static void test_images_that_fit(void **state)
{
	struct setup s = shipped_setup("deepseek-vl2-small", "h100-sxm", "vllm");
	struct estimate e;

	(void)state;
	s.width = 800;
	s.height = 600;
	s.text_tokens = 512;
	s.reserve_tokens = 1024;
	for (s.images = 0; s.images <= 10; s.images++) {
		estimate_tokens(&s, &e);
		assert_int_equal(e.context.images_fit, 6);
	}
	s.text_tokens = 4096;
	estimate_tokens(&s, &e);
	assert_int_equal(e.context.images_fit, 0);
	s = shipped_setup("gemma-3-4b", "h100-sxm", "vllm"); /* 63x6 with patches of 112: none */
	s.lens = LENS_FORMULA;
	s.knobs.patch = 28;
	s.knobs.pool = 4;
	s.width = 63;
	s.height = 6;
	estimate_tokens(&s, &e);
	assert_int_equal(e.tokens.per_image, 0);
	assert_int_equal(e.context.images_fit, -1);
}

static void test_cliffs(void **state)
{
	static const int64_t widths[] = {37, 336, 700, 1024, 1999};
	static const double aspects[] = {1, 0.75, 3.1};

	(void)state;
	for (size_t m = 0; m < reg.models_n; m += 3)
		for (size_t w = 0; w < ARRAY_SIZE(widths); w++)
			for (size_t a = 0; a < ARRAY_SIZE(aspects); a++) {
				struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");

				s.model = reg.models[m];
				s.width = widths[w];
				s.height = (int64_t)ceil((double)widths[w] * aspects[a]);
				if (s.model->processor != NULL)
					check_cliff(&s, 16, 2600);
			}
}

/* A plateau of nearly 10^9 pixels is crossed in large strides (a frame waited 12 s for this one),
 * and the step at its end is exact all the same. */
static void test_far_cliff(void **state)
{
	(void)state;
	for (size_t m = 0; m < reg.models_n; m++) {
		struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
		struct cliff c;

		s.model = reg.models[m];
		s.width = SIDE_MAX;
		s.height = 3933;
		if (s.model->processor == NULL)
			continue;
		sweep_cliff(&s, 1, SIDE_MAX, &c);
		if (c.cheaper_width == 0)
			continue;
		double aspect = 3933.0 / SIDE_MAX;
		struct count at, beside;

		count_image(s.model->processor, s.lens, &s.knobs, c.cheaper_width,
			    (int64_t)fmax(round((double)c.cheaper_width * aspect), 1), &at, NULL);
		count_image(s.model->processor, s.lens, &s.knobs, c.cheaper_width + 1,
			    (int64_t)fmax(round((double)(c.cheaper_width + 1) * aspect), 1),
			    &beside, NULL);
		if (beside.refused || at.total >= beside.total)
			fail_msg("%s: %lld px is no step", s.model->id, (long long)c.cheaper_width);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_two_ranks_double_the_memory),
		cmocka_unit_test(test_weights),
		cmocka_unit_test(test_weight_rates),
		cmocka_unit_test(test_encoder_reserve),
		cmocka_unit_test(test_logged_memory),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_stand_ins),
		cmocka_unit_test(test_every_reason_has_words),
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_no_allocation),
		cmocka_unit_test(test_sweep),
		cmocka_unit_test(test_cliffs),
		cmocka_unit_test(test_cliffs_are_usable),
		cmocka_unit_test(test_images_that_fit),
		cmocka_unit_test(test_far_cliff),
	};

	return cmocka_run_group_tests_name("estimate", tests, shipped_load, shipped_free);
}
