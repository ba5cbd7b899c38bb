/* Time before the encoder: golden values worked by hand, properties over random settings (the seed
 * is printed), and the decoders against what was measured (tests/data/decode.csv). */
#include "unit.h"

#include <math.h>
#include <time.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/csv.h"
#include "core/count.h"
#include "core/estimate.h"
#include "core/strategy.h"
#include "registry/merge.h"
#include "registry/registry.h"
#include "tests/shipped.h"

/* One picture of which the size alone is known. */
static struct setup usual(const char *model, const char *engine, int64_t width, int64_t height)
{
	struct setup s = shipped_setup(model, "h100-sxm", engine);

	s.width = width;
	s.height = height;
	return s;
}

static enum reason before(const struct setup *s, struct preprocess_time *out)
{
	struct estimate e;
	enum reason why = estimate_tokens(s, &e);

	return why != REASON_NONE ? why : estimate_preprocess(s, &e, out);
}

/* To a thousandth of a millisecond. */
static void is_ms(double s, double ms)
{
	if (fabs(1e3 * s - ms) >= 0.0005)
		print_error("expected %.4f ms, found %.4f\n", ms, 1e3 * s);
	assert_true(fabs(1e3 * s - ms) < 0.0005);
}

/* 1 << 20 pixels are 1.048576 MP; Qwen3-VL feeds them as they are (32 divides 1024). A JPEG of
 * unknown size: 7.5 x 1.048576 = 7.86432 ms to decode. Constants: [preprocess qwen-vl],
 * [decoder pillow]. */
static void test_by_engine(void **state)
{
	struct setup s;
	struct preprocess_time t;

	(void)state;
	/* one thread: 0.2 + 30 x 1.048576 = 31.65728 */
	s = usual("qwen3-vl-8b", "vllm", 1024, 1024);
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.decode_s, 7.86432);
	is_ms(t.processor_s, 31.65728);
	assert_false(t.guessed);
	/* eight: 8^0.6 = 2^1.8 = 3.4822023; 0.2 + 31.45728 / 3.4822023 = 9.2337 */
	s = usual("qwen3-vl-8b", "transformers", 1024, 1024);
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 9.23373);
	/* the GPU: 1 + 2 x 1.048576 = 3.09715 */
	s = usual("qwen3-vl-8b", "sglang", 1024, 1024);
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.decode_s, 7.86432);
	is_ms(t.processor_s, 3.09715);
	/* its own code, not measured: 10 x 1.048576 */
	s = usual("qwen3-vl-8b", "llama.cpp", 1024, 1024);
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 10.48576);
	assert_true(t.guessed);
}

static void test_by_way(void **state)
{
	struct setup s = usual("qwen3-vl-8b", "transformers", 1024, 1024);
	struct preprocess_time t;

	(void)state;
	/* slow: 27.6 x 1 below the knee, 60.7 x 0.048576 = 2.94856 above */
	s.preprocess = PREPROCESS_SLOW;
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 30.54856);
	s.cpu_threads = 64; /* one thread whatever is given */
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 30.54856);
	/* two threads: 2^0.6 = 1.5157166; 0.2 + 31.45728 / 1.5157166 = 20.95405 */
	s.preprocess = PREPROCESS_FAST;
	s.cpu_threads = 2;
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 20.95405);
	/* three pictures, one after the other, on the GPU: 3 x 7.86432 and 3 x 3.097152 */
	s.preprocess = PREPROCESS_GPU;
	s.images = 3;
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.decode_s, 23.59296);
	is_ms(t.processor_s, 9.29146);
	s.preprocess = PREPROCESS_NONE;
	assert_int_equal(before(&s, &t), REASON_NONE);
	assert_true(t.decode_s == 0 && t.processor_s == 0 && t.processor_high_s == 0);
}

static void test_by_kind(void **state)
{
	struct setup s = usual("llava-1.5-7b", "vllm", 1024, 1024);
	struct preprocess_time t;

	(void)state;
	/* CLIP feeds 336 x 336 = 0.112896 MP: 2.8 x 1.048576 + 16 x 0.112896 = 4.74235 */
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 4.74235);
	/* Gemma 3 feeds 896 x 896 = 0.802816: 1.1 + 2.6 x 1.048576 + 12.7 x 0.802816 = 14.02206 */
	s = usual("gemma-3-4b", "vllm", 1024, 1024);
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 14.02206);
	/* InternVL cuts 1024x768 (0.786432) into 12 tiles of 448 and a thumbnail, 2.609152:
	 * 0.3 + 3.2 x 0.786432 + 16 x 2.609152 = 44.56301 */
	s = usual("internvl3-8b", "vllm", 1024, 768);
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 44.56301);
	/* LLaVA-NeXT, slow: 672x672 is 4 tiles of 336 and the overview, 0.56448; 18.7 x 0.451584 +
	 * 43.3 x 0.56448 = 32.88661 */
	s = usual("llava-next-mistral-7b", "transformers", 672, 672);
	s.preprocess = PREPROCESS_SLOW;
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.processor_s, 32.88661);
}

/* The file's own size, by its format. */
static void test_by_file(void **state)
{
	struct setup s = usual("llava-1.5-7b", "vllm", 4032, 3024);
	struct preprocess_time t;

	(void)state;
	/* 2.46 x 12.192768 + 11.9 x 4.970683 = 29.99421 + 59.15113 */
	s.file_format = IMAGE_JPEG;
	s.file_bytes = 4970683;
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.decode_s, 89.14534);
	/* 13.2 x 12.192768 + 2.3 x 12.272 = 160.94454 + 28.2256 */
	s.file_format = IMAGE_PNG;
	s.file_bytes = 12272000;
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.decode_s, 189.17014);
	assert_false(t.guessed);
	/* a format the engine's decoder does not know: as a picture whose file is not known,
	 * 7.5 x 12.192768 */
	s = usual("llava-1.5-7b", "llama.cpp", 4032, 3024);
	s.file_format = IMAGE_WEBP;
	s.file_bytes = 1000000;
	assert_int_equal(before(&s, &t), REASON_NONE);
	is_ms(t.decode_s, 91.44576);
	assert_true(t.guessed);
}

static void test_reasons(void **state)
{
	struct setup s = usual("qwen3-vl-8b", "llama.cpp", 1024, 1024);
	struct preprocess_time t;
	struct estimate e;

	(void)state;
	s.preprocess = PREPROCESS_GPU;
	assert_int_equal(before(&s, &t), REASON_NO_PREPROCESS_WAY);
	assert_true(t.decode_s == 0 && t.processor_s == 0);
	estimate(&s, &e);
	assert_string_equal(e.prefill.reason, reason_text(REASON_NO_PREPROCESS_WAY));
	s.preprocess = PREPROCESS_SLOW;
	assert_int_equal(before(&s, &t), REASON_NO_PREPROCESS_WAY);
	s.preprocess = PREPROCESS_FAST;
	assert_int_equal(before(&s, &t), REASON_NONE);
	s.cpu_threads = 1025;
	assert_int_equal(before(&s, &t), REASON_BAD_THREADS);
	s.cpu_threads = -1;
	assert_int_equal(before(&s, &t), REASON_BAD_THREADS);
	s.images = 0;
	assert_int_equal(before(&s, &t), REASON_NONE);
}

/* Nobody knows the processor or the decoder: a reason, and no time; nothing to prepare takes none.
 */
static void test_jobs(void **state)
{
	const struct model *m = registry_model(&reg, "qwen3-vl-8b");
	const struct preprocess_job usual_job = {
		.decoder = registry_engine(&reg, "vllm")->decoder,
		.kind = m->processor->preprocess,
		.way = PREPROCESS_FAST,
		.threads = 4,
		.images = 2,
		.in_mpx = 1,
		.out_mpx = 1,
	};
	struct preprocess_time t;
	struct preprocess_job job = usual_job;

	(void)state;
	assert_int_equal(preprocess(&job, &t), REASON_NONE);
	assert_true(t.decode_s > 0 && t.processor_s > 0);
	job.kind = NULL;
	assert_int_equal(preprocess(&job, &t), REASON_NO_PREPROCESS);
	assert_true(t.decode_s == 0 && t.processor_s == 0);
	job = usual_job;
	job.decoder = NULL;
	assert_int_equal(preprocess(&job, &t), REASON_NO_PREPROCESS);
	job.images = 0;
	assert_int_equal(preprocess(&job, &t), REASON_NONE);
	assert_true(t.decode_s == 0 && t.processor_s == 0 && !t.guessed);
	job.images = 2;
	job.way = PREPROCESS_NONE;
	assert_int_equal(preprocess(&job, &t), REASON_NONE);
	assert_true(t.decode_s == 0 && t.processor_s == 0 && !t.guessed);
	/* a file of a format that the decoder has no figures of: as an unknown file, and a guess */
	struct decoder one = *usual_job.decoder;
	struct preprocess_time unsized;

	memset(one.rate, 0, sizeof one.rate);
	one.unsized.guessed = false;
	job = usual_job;
	job.decoder = &one;
	assert_int_equal(preprocess(&job, &unsized), REASON_NONE);
	assert_false(unsized.guessed);
	job.file_bytes = 1e6;
	job.format = IMAGE_PNG;
	assert_int_equal(preprocess(&job, &t), REASON_NONE);
	assert_true(t.guessed && t.decode_s == unsized.decode_s);
	/* by pixels or by bytes: either makes a format known */
	one.rate[IMAGE_PNG] = (struct decode_rate){.pixels_s = 0.5};
	assert_int_equal(preprocess(&job, &t), REASON_NONE);
	assert_true(!t.guessed && fabs(t.decode_s - 1) < 1e-12);
	one.rate[IMAGE_PNG] = (struct decode_rate){.bytes_s = 0.25, .guessed = true};
	assert_int_equal(preprocess(&job, &t), REASON_NONE);
	assert_true(t.guessed && fabs(t.decode_s - 0.5) < 1e-12);
}

static void test_words(void **state)
{
	static const struct preprocess parallel = {.fast = {.out_s = 1}},
				       plain = {.fast = {.in_s = 1}};
	static const struct {
		const struct preprocess *kind;
		enum preprocess_way way;
		double threads;
		const char *text;
	} rows[] = {
		{&parallel, PREPROCESS_FAST, 8, "8 CPU threads"},
		{&parallel, PREPROCESS_FAST, 1, "1 CPU thread"},
		{&parallel, PREPROCESS_FAST, 0, "1 CPU thread"},
		{&parallel, PREPROCESS_AUTO, 2, "2 CPU threads"},
		{NULL, PREPROCESS_FAST, 3, "3 CPU threads"},
		{&plain, PREPROCESS_FAST, 8, "the CPU"},
		{&parallel, PREPROCESS_GPU, 8, "the GPU"},
		{&parallel, PREPROCESS_SLOW, 8, "Pillow, one thread"},
		{&parallel, PREPROCESS_NONE, 8, "left out"},
	};
	char out[PREPROCESS_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct preprocess_job job = {
			.kind = rows[i].kind, .way = rows[i].way, .threads = rows[i].threads};

		assert_string_equal(preprocess_words(&job, out), rows[i].text);
	}
}

static void test_names(void **state)
{
	enum preprocess_way way = PREPROCESS_AUTO;

	(void)state;
	for (int i = 0; i < PREPROCESS_N; i++) {
		assert_true(preprocess_way_find(preprocess_way_names[i], &way));
		assert_int_equal(way, i);
	}
	assert_true(preprocess_way_find("GPU", &way));
	assert_int_equal(way, PREPROCESS_GPU);
	assert_false(preprocess_way_find("cuda", &way));
	assert_int_equal(way, PREPROCESS_GPU);
}

/* Nothing is left without constants: every open processor has a kind with all three ways, every
 * counting rule of open models is claimed by exactly one kind, every engine has a decoder. */
static void test_complete(void **state)
{
	(void)state;
	for (size_t i = 0; i < reg.processors_n; i++) {
		const struct preprocess *k = reg.processors[i]->preprocess;

		if (k == NULL)
			print_error("%s has no kind\n", reg.processors[i]->id);
		assert_non_null(k);
		if (k->fast.in_s + k->fast.out_s <= 0 || k->gpu.in_s <= 0 ||
		    k->slow.in_s + k->slow.out_s <= 0)
			print_error("[preprocess %s]: a way without times: fast, gpu or slow\n",
				    k->id);
		assert_true(k->fast.in_s + k->fast.out_s > 0 && k->gpu.in_s > 0 &&
			    k->slow.in_s + k->slow.out_s > 0);
		assert_true(k->low <= 1 && k->high >= 1 && k->slow_low <= 1 && k->slow_high >= 1);
	}
	for (size_t i = 0; i < reg.engines_n; i++)
		assert_non_null(reg.engines[i]->decoder);
	for (size_t i = 0; i < strategies_n; i++) {
		bool hosted = str_starts(strategies[i]->name, "hosted");
		size_t claims = 0;

		for (size_t k = 0; k < reg.preprocesses_n; k++)
			claims +=
				str_has_word(reg.preprocesses[k]->strategies, strategies[i]->name);
		if (claims != (hosted ? 0 : 1))
			print_error(
				"%s stands in `strategies` of %zu [preprocess ID], not of one\n",
				strategies[i]->name, claims);
		assert_int_equal(claims, hosted ? 0 : 1);
	}
}

/* A user's constants reach the checkpoints, by name and by strategy. */
static void test_user_file(void **state)
{
	static const char text[] = "[preprocess clip]\nfast-in = 4 ms\nunverified = fast-in\n"
				   "[decoder pillow]\nunsized = 5 ms\n"
				   "[preprocess squares]\nname = S\nsource = here\n"
				   "strategies = merge\nfast-out = 9 ms\n"
				   "[processor mine]\nname = M\nsource = here\n"
				   "strategy = fixed\ntile = 448\npatch = 14\n";
	struct registry own;
	struct vtok_error err = {0};

	(void)state;
	assert_true(registry_init(&own, &err));
	assert_true(registry_merge(&own, "own.ini", text, sizeof(text) - 1, &err));
	const struct model *m = registry_model(&own, "llava-1.5-7b");

	is_ms(m->processor->preprocess->fast.in_s, 4);
	assert_true(m->processor->preprocess->fast.guessed);
	is_ms(registry_engine(&own, "vllm")->decoder->unsized.pixels_s, 5);
	/* the later file claims the strategy; a processor's own key decides */
	assert_string_equal(registry_processor(&own, "ovis2.5")->preprocess->id, "squares");
	assert_string_equal(registry_processor(&own, "qwen3-vl")->preprocess->id, "qwen-vl");
	assert_string_equal(registry_processor(&own, "mine")->preprocess->id, "fixed-size");
	registry_fini(&own);
}

/* ------------------------------------------------------------------ properties */

static uint64_t next;

static uint64_t rnd(uint64_t n)
{
	next = next * 6364136223846793005U + 1442695040888963407U;
	return (next >> 33) % n;
}

static void seed(void)
{
	const char *given = getenv("VTOK_SEED");

	next = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	printf("# VTOK_SEED=%llu\n", (unsigned long long)next);
}

static struct setup random_setup(void)
{
	struct setup s =
		usual("qwen3-vl-8b", "vllm", 16 + (int64_t)rnd(8000), 16 + (int64_t)rnd(8000));

	do
		s.model = reg.models[rnd(reg.models_n)];
	while (s.model->processor == NULL);
	s.engine = reg.engines[rnd(reg.engines_n)];
	s.lens = rnd(8) == 0 ? LENS_FORMULA : LENS_EXACT;
	s.images = 1 + (int64_t)rnd(4);
	s.preprocess = (enum preprocess_way)rnd(PREPROCESS_N);
	s.cpu_threads = (int32_t)rnd(40);
	s.context_limit = 100000000;
	if (rnd(2) == 0) {
		s.file_format = (enum image_format)rnd(IMAGE_FORMAT_N);
		s.file_bytes = 1 + (int64_t)rnd(20000000);
	}
	return s;
}

static void test_adds_up(void **state)
{
	size_t known = 0;

	(void)state;
	seed();
	for (int i = 0; i < 20000; i++) {
		struct setup s = random_setup();
		struct estimate e;

		estimate(&s, &e);
		if (e.prefill.reason != NULL)
			continue;
		known++;
		double sum =
			e.prefill.fixed.seconds + e.prefill.preprocess.seconds + e.prefill.gpu_s;

		assert_true(fabs(sum / e.prefill.ttft_s - 1) < 1e-12);
		assert_true(fabs(e.prefill.decode_s + e.prefill.processor_s -
				 e.prefill.preprocess.seconds) <= 1e-12 * e.prefill.ttft_s);
		assert_true(fabs(e.prefill.vision.seconds + e.prefill.projector.seconds +
				 e.prefill.llm.seconds - e.prefill.gpu_s) <=
			    1e-12 * e.prefill.ttft_s);
		assert_true(e.prefill.low_s <= e.prefill.ttft_s &&
			    e.prefill.ttft_s <= e.prefill.high_s);
		assert_true((s.preprocess == PREPROCESS_NONE) == !(e.prefill.decode_s > 0));
	}
	assert_true(known > 2000);
}

static void test_more_threads(void **state)
{
	size_t known = 0;

	(void)state;
	seed();
	for (int i = 0; i < 20000; i++) {
		struct setup s = random_setup();
		struct preprocess_time few, more;

		s.cpu_threads = 1 + (int32_t)rnd(40);
		if (before(&s, &few) != REASON_NONE)
			continue;
		s.cpu_threads += (int32_t)rnd(40);
		assert_int_equal(before(&s, &more), REASON_NONE);
		known++;
		assert_true(more.processor_s <= few.processor_s);
		assert_true(more.decode_s == few.decode_s);
		if (s.preprocess == PREPROCESS_GPU)
			assert_true(more.processor_s == few.processor_s);
	}
	assert_true(known > 2000);
	for (double t = 0.5; t < 64; t += 0.5)
		assert_true(preprocess_speedup(t + 0.5) >= preprocess_speedup(t));
	assert_true(preprocess_speedup(0) == 1);
	assert_true(preprocess_speedup(1e9) == preprocess_speedup(8));
}

/* More pixels sent, more pixels fed or a larger file never take less time, for every kind, way and
 * decoder. */
static void test_monotone(void **state)
{
	(void)state;
	seed();
	for (int i = 0; i < 50000; i++) {
		struct preprocess_job job = {
			.decoder = reg.decoders[rnd(reg.decoders_n)],
			.kind = reg.preprocesses[rnd(reg.preprocesses_n)],
			.way = (enum preprocess_way)(PREPROCESS_FAST + (int)rnd(3)),
			.threads = (double)rnd(20),
			.images = 1,
			.in_mpx = (double)rnd(100000) / 1e3,
			.out_mpx = (double)rnd(100000) / 1e3,
			.file_bytes = (double)(1 + rnd(20000000)),
			.format = (enum image_format)rnd(IMAGE_FORMAT_N),
		};
		struct preprocess_time less, more;

		if (preprocess(&job, &less) != REASON_NONE)
			continue;
		job.in_mpx += (double)rnd(1000) / 1e3;
		job.out_mpx += (double)rnd(1000) / 1e3;
		job.file_bytes += (double)rnd(1000000);
		assert_int_equal(preprocess(&job, &more), REASON_NONE);
		assert_true(more.decode_s >= less.decode_s);
		assert_true(more.processor_s >= less.processor_s);
		assert_true(less.decode_low_s <= less.decode_s &&
			    less.decode_s <= less.decode_high_s);
		assert_true(less.processor_low_s <= less.processor_s &&
			    less.processor_s <= less.processor_high_s);
	}
}

/* The exception, named: a rule that cuts into tiles may feed fewer of them for a larger picture of
 * another shape. InternVL: 12 and a thumbnail for 1024x768, 9 and a thumbnail for 1344x1344. With
 * the same shape, and for rules that feed one square, a larger picture never takes less. */
static void test_tiles_are_the_exception(void **state)
{
	struct setup s = usual("internvl3-8b", "vllm", 1024, 768);
	struct preprocess_time small, large;

	(void)state;
	assert_int_equal(before(&s, &small), REASON_NONE);
	s.width = s.height = 1344;
	assert_int_equal(before(&s, &large), REASON_NONE);
	assert_true(large.processor_s < small.processor_s);
	assert_true(large.decode_s > small.decode_s);
	for (int64_t side = 64; side < 6000; side += 31) {
		s = usual("llava-1.5-7b", "vllm", side, side);
		assert_int_equal(before(&s, &small), REASON_NONE);
		s.width = s.height = side + 31;
		assert_int_equal(before(&s, &large), REASON_NONE);
		assert_true(large.processor_s > small.processor_s);
	}
}

/* ------------------------------------------------------------------ measured */

struct tally {
	char name[32];
	size_t rows, inside;
};

/* For every decoder and format at least 80 % of the measured times lie in the printed range. */
static void test_decoders(void **state)
{
	static struct csv csv;
	struct tally tally[16] = {0};
	size_t n = 0;
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/data/decode.csv", getenv("SRCDIR"));
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(csv_open(&csv, file));
	while (csv_next(&csv)) {
		struct preprocess_job job = {
			.decoder = registry_find(&reg, KIND_DECODER, csv_get(&csv, "decoder")),
			.kind = registry_find(&reg, KIND_PREPROCESS, "clip"),
			.way = PREPROCESS_FAST,
			.images = 1,
			.in_mpx =
				atof(csv_get(&csv, "width")) * atof(csv_get(&csv, "height")) / 1e6,
			.file_bytes = atof(csv_get(&csv, "file_bytes")),
		};
		struct preprocess_time t;
		char name[32];
		size_t i = 0;
		double s = atof(csv_get(&csv, "decode_ms")) / 1e3;

		for (int f = 0; f < IMAGE_FORMAT_N; f++)
			if (strcmp(csv_get(&csv, "format"), picture_formats[f]) == 0)
				job.format = (enum image_format)f;
		assert_non_null(job.decoder);
		assert_int_equal(preprocess(&job, &t), REASON_NONE);
		assert_false(t.guessed && job.decoder->rate[job.format].guessed);
		snprintf(name, sizeof(name), "%.15s %.10s", csv_get(&csv, "decoder"),
			 csv_get(&csv, "format"));
		while (i < n && strcmp(tally[i].name, name) != 0)
			i++;
		assert_true(i < ARRAY_SIZE(tally));
		if (i == n)
			snprintf(tally[n++].name, sizeof(tally[0].name), "%s", name);
		tally[i].rows++;
		tally[i].inside += s >= t.decode_low_s && s <= t.decode_high_s;
	}
	fclose(file);
	assert_int_equal(n, 7);
	for (size_t i = 0; i < n; i++) {
		if (5 * tally[i].inside < 4 * tally[i].rows)
			print_error("%s: %zu of %zu inside\n", tally[i].name, tally[i].inside,
				    tally[i].rows);
		assert_true(5 * tally[i].inside >= 4 * tally[i].rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_engine), cmocka_unit_test(test_by_way),
		cmocka_unit_test(test_by_kind),   cmocka_unit_test(test_by_file),
		cmocka_unit_test(test_reasons),   cmocka_unit_test(test_jobs),
		cmocka_unit_test(test_words),     cmocka_unit_test(test_names),
		cmocka_unit_test(test_complete),  cmocka_unit_test(test_user_file),
		cmocka_unit_test(test_adds_up),   cmocka_unit_test(test_more_threads),
		cmocka_unit_test(test_monotone),  cmocka_unit_test(test_tiles_are_the_exception),
		cmocka_unit_test(test_decoders),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
