/* Times of random requests: parts add up, the range holds the middle, and more work is never less
 * time. The seed is printed; VTOK_SEED=N runs it again. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "core/estimate.h"
#include "registry/registry.h"

enum { TRIES = 4000 };

static struct registry reg;
static uint64_t seed;

static int setup(void **state)
{
	const char *given = getenv("VTOK_SEED");
	struct vtok_error err;

	(void)state;
	seed = given != NULL ? strtoull(given, NULL, 10) : 20261126;
	print_message("seed %llu\n", (unsigned long long)seed);
	return registry_init(&reg, &err) ? 0 : 1;
}

static int teardown(void **state)
{
	(void)state;
	registry_fini(&reg);
	return 0;
}

/* Below n: xorshift, enough for choosing cases. */
static uint64_t below(uint64_t *state, uint64_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state % n;
}

static void random_setup(uint64_t *state, struct setup *s)
{
	static const enum dtype weights[] = {DTYPE_BF16, DTYPE_FP8, DTYPE_Q4_K_M, DTYPE_INT4};

	*s = (struct setup){
		.model = reg.models[below(state, reg.models_n)],
		.hardware = reg.hardware[below(state, reg.hardware_n)],
		.engine = reg.engines[below(state, reg.engines_n)],
		.lens = below(state, 4) == 0 ? LENS_FORMULA : LENS_EXACT,
		.width = 28 + (int64_t)below(state, 4000),
		.height = 28 + (int64_t)below(state, 4000),
		.images = 1 + (int64_t)below(state, 4),
		.text_tokens = (int64_t)below(state, 4000),
		.tensor_parallel = 1 << below(state, 3),
		.weights = weights[below(state, ARRAY_SIZE(weights))],
		.kv = DTYPE_BF16,
	};
}

static void describe(const struct setup *s, const char *what)
{
	print_error("%s: -m %s --hardware %s --engine %s --weights %s -n %lld -t %lld --tp %d "
		    "--lens %s %lldx%lld\n",
		    what, s->model->id, s->hardware->id, s->engine->id, dtype_name(s->weights),
		    (long long)s->images, (long long)s->text_tokens, (int)s->tensor_parallel,
		    s->lens == LENS_EXACT ? "exact" : "formula", (long long)s->width,
		    (long long)s->height);
}

/* Not less, up to `slack`, a share. */
static bool falls(double from, double to, double slack)
{
	return to < from * (1 - slack) - 1e-12;
}

/* Neither the time nor an end of its range. */
static bool any_falls(const struct estimate *a, const struct estimate *b, double slack)
{
	return falls(a->prefill.ttft_s, b->prefill.ttft_s, slack) ||
	       falls(a->prefill.low_s, b->prefill.low_s, slack) ||
	       falls(a->prefill.high_s, b->prefill.high_s, slack);
}

static bool holds_together(const struct estimate *e)
{
	double sum = e->prefill.fixed.seconds + e->prefill.preprocess.seconds +
		     e->prefill.vision.seconds + e->prefill.projector.seconds +
		     e->prefill.llm.seconds;

	return fabs(sum - e->prefill.ttft_s) <= 1e-9 * sum && e->prefill.low_s > 0 &&
	       e->prefill.low_s <= e->prefill.ttft_s && e->prefill.ttft_s <= e->prefill.high_s &&
	       isfinite(e->prefill.high_s);
}

static void test_parts(void **state)
{
	uint64_t random = seed;
	size_t seen = 0, bad = 0;

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		struct setup s;
		struct estimate e;

		random_setup(&random, &s);
		estimate(&s, &e);
		if (e.prefill.reason != NULL)
			continue;
		seen++;
		if (!holds_together(&e) && bad++ < 5)
			describe(&s, "parts or range");
	}
	assert_int_equal(bad, 0);
	assert_true(seen > TRIES / 20);
}

/* deepseek-vl2 stops cutting pictures into tiles from the third on: the rule says so, and three
 * cost less than two. */
static bool cuts_by_number(const struct model *m)
{
	return strncmp(m->id, "deepseek-vl2", strlen("deepseek-vl2")) == 0;
}

static void test_one_image_more(void **state)
{
	uint64_t random = seed + 1;
	size_t bad = 0;

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		struct setup s;
		struct estimate a, b;

		random_setup(&random, &s);
		if (cuts_by_number(s.model))
			continue;
		estimate(&s, &a);
		s.images++;
		estimate(&s, &b);
		if (a.prefill.reason == NULL && b.prefill.reason == NULL &&
		    any_falls(&a, &b, 0.005) && bad++ < 5)
			describe(&s, "one image more is less time");
	}
	assert_int_equal(bad, 0);
}

/* Attention in tiles of queries: at the edge of one a token more may save half a percent. */
static void test_more_text(void **state)
{
	uint64_t random = seed + 2;
	size_t bad = 0;

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		struct setup s;
		struct estimate a, b;

		random_setup(&random, &s);
		estimate(&s, &a);
		s.text_tokens += 1 + (int64_t)below(&random, 1000);
		estimate(&s, &b);
		if (a.prefill.reason == NULL && b.prefill.reason == NULL &&
		    any_falls(&a, &b, 0.005) && bad++ < 5)
			describe(&s, "more text is less time");
	}
	assert_int_equal(bad, 0);
}

/* Rules may count fewer tokens for a larger picture: other tiles, another rounding. Where they do
 * not, and the tower is not fed less, the time does not fall. */
static bool is_fed_less(const struct estimate *a, const struct estimate *b)
{
	const struct count *x = &a->count, *y = &b->count;

	return y->visual < x->visual || y->tiles < x->tiles ||
	       y->encoder_patches < x->encoder_patches ||
	       y->resized_w * y->resized_h < x->resized_w * x->resized_h ||
	       b->tokens.images < a->tokens.images;
}

static void test_more_pixels(void **state)
{
	uint64_t random = seed + 3;
	size_t bad = 0;

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		struct setup s;
		struct estimate a, b;

		random_setup(&random, &s);
		estimate(&s, &a);
		s.width += (int64_t)below(&random, 2000);
		s.height += (int64_t)below(&random, 2000);
		estimate(&s, &b);
		if (a.prefill.reason == NULL && b.prefill.reason == NULL && !is_fed_less(&a, &b) &&
		    falls(a.prefill.vision.seconds + a.prefill.llm.seconds,
			  b.prefill.vision.seconds + b.prefill.llm.seconds, 0.005) &&
		    bad++ < 5)
			describe(&s, "more pixels are less time");
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_one_image_more),
		cmocka_unit_test(test_more_text),
		cmocka_unit_test(test_more_pixels),
	};

	return cmocka_run_group_tests_name("prop_prefill", tests, setup, teardown);
}
