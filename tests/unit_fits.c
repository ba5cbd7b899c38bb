/* Whether a request fits, what is missing, and that every way that is named does make it fit. */
#include "unit.h"

#include <math.h>

#include "base/base.h"
#include "core/fits.h"
#include "core/memory.h"
#include "registry/registry.h"
#include "tests/shipped.h"

/* A photograph, for a checkpoint as it is stored. */
static struct setup usual(const char *model, const char *hardware, const char *engine)
{
	struct setup s = shipped_setup(model, hardware, engine);

	s.height = 768;
	s.weights = DTYPE_STORED;
	return s;
}

static void answer(const struct setup *s, struct fits *out)
{
	struct estimate e;

	estimate(s, &e);
	fits_of(s, &e, out);
	assert_int_equal(out->answer, fits_of_estimate(&e));
	assert_true((out->answer == FITS_UNKNOWN) == (fits_reason(&e) == NULL));
}

/* The setup that a way describes. */
static struct setup taken(const struct setup *s, const struct fits_way *w)
{
	struct setup at = *s;

	switch (w->kind) {
	case WAY_PICTURE:
		at.width = w->width;
		at.height = w->height;
		break;
	case WAY_KV:
		at.kv = w->type;
		break;
	case WAY_GPUS:
		at.tensor_parallel = w->number;
		break;
	case WAY_SEQUENCES:
		at.max_seqs = w->number;
		break;
	case WAY_WEIGHTS:
		at.weights = w->type;
		break;
	case WAY_N:
		fail();
	}
	return at;
}

/* Every model that one might serve, on small and large devices, by every kind of engine. */
static void every_way_works(void **state)
{
	static const char *const hardware[] = {"t4", "rtx-3090", "h100-sxm"};
	static const char *const engines[] = {"vllm", "sglang", "llama.cpp", "transformers"};
	int seen[WAY_N] = {0}, answers[FITS_NO + 1] = {0};

	(void)state;
	for (size_t m = 0; m < reg.models_n; m++)
		for (size_t h = 0; h < ARRAY_SIZE(hardware); h++)
			for (size_t g = 0; g < ARRAY_SIZE(engines); g++) {
				struct setup s = usual("qwen3-vl-8b", hardware[h], engines[g]);
				struct fits f, then;

				s.model = reg.models[m];
				s.images = s.model->processor != NULL;
				answer(&s, &f);
				answers[f.answer]++;
				for (int i = 0; i < f.n; i++) {
					struct setup at = taken(&s, &f.ways[i]);

					answer(&at, &then);
					assert_int_equal(then.answer, FITS_YES);
					seen[f.ways[i].kind]++;
					for (int k = 0; k < i; k++)
						assert_int_not_equal(f.ways[k].kind,
								     f.ways[i].kind);
				}
				assert_true(f.answer != FITS_NO || f.missing_bytes > 0);
				assert_true(f.answer != FITS_YES || (f.requests >= 1 && f.n == 0));
			}
	assert_true(answers[FITS_YES] > 0 && answers[FITS_NO] > 0);
	assert_true(seen[WAY_GPUS] > 0 && seen[WAY_WEIGHTS] > 0 && seen[WAY_SEQUENCES] > 0);
}

/* Qwen2.5-VL-72B on one H100: budget 78,216,094,023.68, weights 146,822,000,000; with every part at
 * its most the pool is below nothing, and that and a request of 910 MiB are missing. */
static void missing(void **state)
{
	struct setup s = usual("qwen2.5-vl-72b", "h100-sxm", "vllm");
	char text[FITS_TEXT], ways[FITS_TEXT];
	struct memory_case c;
	struct memory_plan low;
	struct estimate e;
	struct fits f;

	(void)state;
	estimate(&s, &e);
	fits_of(&s, &e, &f);
	memory_case_of(&s, (double)e.tokens.total, (double)e.context.limit, &c);
	memory_plan(&c, POOL_LOW, &low);
	assert_int_equal(f.answer, FITS_NO);
	assert_true(fabs(f.missing_bytes - (e.kv.bytes_per_request.value - low.pool)) < 1);
	assert_true(f.missing_bytes > 146822000000 - 78216094023);
	assert_non_null(strstr(fits_text(&f, text, sizeof text), "does not fit: "));
	assert_non_null(strstr(text, " are missing"));
	assert_string_equal(fits_ways_text(&f, ways, sizeof ways), "4 GPUs or int4 weights");
	assert_string_equal(fits_word(f.answer), "no");
}

/* Room as usual, none with every part at its most: a budget chosen between the two. */
static void only_just(void **state)
{
	struct setup s = usual("qwen3-vl-8b", "h100-sxm", "vllm");
	char text[FITS_TEXT];
	struct memory_case c;
	struct memory_plan low, plan;
	struct estimate e;
	struct fits f;

	(void)state;
	estimate(&s, &e);
	memory_case_of(&s, (double)e.tokens.total, (double)e.context.limit, &c);
	memory_plan(&c, POOL_LOW, &low);
	memory_plan(&c, POOL_USUAL, &plan);
	double needed = (low.weights + low.reserve + plan.weights + plan.reserve) / 2 +
			e.kv.bytes_per_request.value;

	s.utilisation = needed / plan.total;
	answer(&s, &f);
	assert_int_equal(f.answer, FITS_ONLY);
	assert_non_null(strstr(fits_text(&f, text, sizeof text), "fits only if at most "));
	assert_true(f.reserve_bytes > plan.reserve && f.reserve_bytes < low.reserve);
	assert_true(f.n > 0);
}

/* Too long a text, no hardware: not the memory's fault, so no answer but the reason. */
static void unknown(void **state)
{
	struct setup s = usual("qwen3-vl-8b", "h100-sxm", "vllm");
	struct fits f;

	(void)state;
	s.text_tokens = 300000;
	answer(&s, &f);
	assert_int_equal(f.answer, FITS_UNKNOWN);
	assert_string_equal(f.reason, reason_text(REASON_TEXT_TOO_LONG));
	assert_null(fits_word(f.answer));
	s = usual("qwen3-vl-8b", "h100-sxm", "vllm");
	s.hardware = NULL;
	answer(&s, &f);
	assert_string_equal(f.reason, reason_text(REASON_NO_HARDWARE));
}

static void words(void **state)
{
	struct fits f = {
		.n = 3,
		.ways = {{.kind = WAY_PICTURE, .width = 1812, .height = 609},
			 {.kind = WAY_KV, .type = DTYPE_FP8},
			 {.kind = WAY_GPUS, .number = 2}},
	};
	char out[FITS_TEXT], small[8];

	(void)state;
	assert_string_equal(fits_ways_text(&f, out, sizeof out),
			    "a picture of 1,812 x 609, fp8 keys and values or 2 GPUs");
	fits_ways_text(&f, small, sizeof small);
	assert_true(strlen(small) < sizeof small);
	f.n = 1;
	f.ways[0] = (struct fits_way){.kind = WAY_SEQUENCES, .number = 1};
	assert_string_equal(fits_ways_text(&f, out, sizeof out), "at most 1 request a step");
	f.n = 0;
	assert_string_equal(fits_ways_text(&f, out, sizeof out), "");
}

static void every_way_and_answer_has_words(void **state)
{
	static const struct {
		struct fits_way way;
		const char *text;
	} ways[] = {
		{{.kind = WAY_PICTURE, .width = 1812, .height = 609}, "a picture of 1,812 x 609"},
		{{.kind = WAY_KV, .type = DTYPE_FP8}, "fp8 keys and values"},
		{{.kind = WAY_SEQUENCES, .number = 1}, "at most 1 request a step"},
		{{.kind = WAY_SEQUENCES, .number = 1024}, "at most 1,024 requests a step"},
		{{.kind = WAY_WEIGHTS, .type = DTYPE_Q4_K_M}, "q4_k_m weights"},
		{{.kind = WAY_GPUS, .number = 4}, "4 GPUs"},
		{{.kind = WAY_N}, ""},
	};
	static const struct {
		struct fits fits;
		const char *word, *text;
	} answers[] = {
		{{.answer = FITS_YES, .requests = 1}, "yes", "fits: 1 request at once at least"},
		{{.answer = FITS_YES, .requests = 142},
		 "yes",
		 "fits: 142 requests at once at least"},
		{{.answer = FITS_ONLY, .reserve_bytes = 3221225472},
		 "only",
		 "fits only if at most 3.00 GiB are set aside beside the weights"},
		{{.answer = FITS_NO, .missing_bytes = 3221225472},
		 "no",
		 "does not fit: 3.00 GiB are missing"},
		{{.answer = FITS_UNKNOWN, .reason = "no hardware"}, NULL, "no hardware"},
		{{.answer = FITS_UNKNOWN}, NULL, ""},
	};
	char out[FITS_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
		assert_string_equal(fits_way_text(&ways[i].way, out, sizeof out), ways[i].text);
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		const struct fits *f = &answers[i].fits;
		const char *word = fits_word(f->answer);

		assert_string_equal(fits_text(f, out, sizeof out), answers[i].text);
		assert_string_equal(word ? word : "none",
				    answers[i].word ? answers[i].word : "none");
	}
}

/* In a room of any size the ways are what the whole text begins with. */
static void ways_stay_in_their_room(void **state)
{
	struct fits f = {
		.n = 3,
		.ways = {{.kind = WAY_PICTURE, .width = 1812, .height = 609},
			 {.kind = WAY_KV, .type = DTYPE_FP8},
			 {.kind = WAY_GPUS, .number = 2}},
	};
	char whole[FITS_TEXT], out[FITS_TEXT];

	(void)state;
	fits_ways_text(&f, whole, sizeof whole);
	for (size_t size = 1; size <= strlen(whole) + 1; size++) {
		memset(out, '#', sizeof out);
		fits_ways_text(&f, out, size);
		assert_int_equal(strlen(out), size - 1);
		assert_memory_equal(out, whole, size - 1);
		assert_int_equal(out[size], '#');
	}
}

/* A cache in 8 bit, weights in 4: what is small already is no way. */
static void what_is_small_is_no_way(void **state)
{
	struct setup s = usual("qwen2.5-vl-72b", "t4", "vllm");
	struct fits f;

	(void)state;
	s.kv = DTYPE_FP8;
	s.weights = DTYPE_INT4;
	answer(&s, &f);
	assert_int_equal(f.answer, FITS_NO);
	for (int i = 0; i < f.n; i++)
		assert_true(f.ways[i].kind != WAY_KV && f.ways[i].kind != WAY_WEIGHTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_works),
		cmocka_unit_test(missing),
		cmocka_unit_test(only_just),
		cmocka_unit_test(unknown),
		cmocka_unit_test(words),
		cmocka_unit_test(every_way_and_answer_has_words),
		cmocka_unit_test(ways_stay_in_their_room),
		cmocka_unit_test(what_is_small_is_no_way),
	};

	return cmocka_run_group_tests_name("fits", tests, shipped_load, shipped_free);
}
