/* Times of random requests: parts add up, the range holds the middle, and more work is never less
 * time. The seed is printed; VTOK_SEED=N runs it again. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "core/estimate.h"
#include "core/processor.h"
#include "tests/shipped.h"

enum { TRIES = 4000 };

static uint64_t seed;

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

/* ------------------------------------------------------------ the properties */

static bool is_torn(const struct estimate *e, const struct estimate *same)
{
	double sum = e->prefill.fixed.seconds + e->prefill.preprocess.seconds +
		     e->prefill.vision.seconds + e->prefill.projector.seconds +
		     e->prefill.llm.seconds;

	(void)same;
	return !(fabs(sum - e->prefill.ttft_s) <= 1e-9 * sum && e->prefill.low_s > 0 &&
		 e->prefill.low_s <= e->prefill.ttft_s && e->prefill.ttft_s <= e->prefill.high_s &&
		 isfinite(e->prefill.high_s));
}

/* Some cut pictures into tiles only in a request of few (DeepSeek-VL2 of two, Unlimited-OCR of
 * one): the rule says so, and one more costs less. */
static bool one_image_more(uint64_t *random, struct setup *s)
{
	(void)random;
	s->images++;
	return s->model->processor == NULL || s->model->processor->max_cut_images == 0;
}

static bool more_text(uint64_t *random, struct setup *s)
{
	s->text_tokens += 1 + (int64_t)below(random, 1000);
	return true;
}

static bool more_pixels(uint64_t *random, struct setup *s)
{
	s->width += (int64_t)below(random, 2000);
	s->height += (int64_t)below(random, 2000);
	return true;
}

/* Attention in tiles of queries: at the edge of one a token more may save half a percent. */
static bool is_less_time(const struct estimate *a, const struct estimate *b)
{
	return any_falls(a, b, 0.005);
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

static bool is_less_for_more(const struct estimate *a, const struct estimate *b)
{
	return !is_fed_less(a, b) &&
	       falls(a->prefill.vision.seconds + a->prefill.llm.seconds,
		     b->prefill.vision.seconds + b->prefill.llm.seconds, 0.005);
}

struct property {
	const char *name, *broken;
	/* What is asked beside the random request; false: the property does not hold for it. NULL =
	 * the request alone. */
	bool (*turn)(uint64_t *random, struct setup *s);
	bool (*is_broken)(const struct estimate *before, const struct estimate *after);
};

static struct property properties[] = {
	{"parts add up, the range holds the middle", "parts or range", NULL, is_torn},
	{"one image more is not less time", "one image more is less time", one_image_more,
	 is_less_time},
	{"more text is not less time", "more text is less time", more_text, is_less_time},
	{"more pixels are not less time", "more pixels are less time", more_pixels,
	 is_less_for_more},
};

static void holds(void **state)
{
	const struct property *p = *state;
	uint64_t random = seed + (uint64_t)(p - properties);
	size_t seen = 0, bad = 0;

	for (int i = 0; i < TRIES; i++) {
		struct setup s;
		struct estimate a, b;

		random_setup(&random, &s);
		estimate(&s, &a);
		if (p->turn != NULL && !p->turn(&random, &s))
			continue;
		estimate(&s, &b);
		if (a.prefill.reason != NULL || b.prefill.reason != NULL)
			continue;
		seen++;
		if (p->is_broken(&a, &b) && bad++ < 5)
			describe(&s, p->broken);
	}
	assert_int_equal(bad, 0);
	assert_true(seen > TRIES / 20);
}

int main(void)
{
	const char *given = getenv("VTOK_SEED");
	struct CMUnitTest tests[ARRAY_SIZE(properties)];

	seed = given != NULL ? strtoull(given, NULL, 10) : 20261126;
	print_message("seed %llu\n", (unsigned long long)seed);
	for (size_t i = 0; i < ARRAY_SIZE(properties); i++)
		tests[i] = (struct CMUnitTest){.name = properties[i].name,
					       .test_func = holds,
					       .initial_state = &properties[i]};
	return cmocka_run_group_tests_name("prop_prefill", tests, shipped_load, shipped_free);
}
