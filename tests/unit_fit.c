/* The search for a size (core/fit.h) where it has something of its own to do: models that count an
 * image anew with more of them beside it, towers whose work follows the picture's own size,
 * pictures that are refused, questions without an answer. What is right is the definition, every
 * size counted and estimated (tests/brute_fit.h); tests/prop_fit.c asks the same of random ones. */
#include "tests/unit.h"

#include "base/base.h"
#include "core/estimate.h"
#include "core/fit.h"
#include "core/usual.h"
#include "tests/brute_fit.h"
#include "tests/shipped.h"

enum { ROOM = 4096 };

static struct brute_size list[ROOM];

static void same(const struct fit_size *a, const struct brute_size *b, const char *what,
		 double budget)
{
	static const struct brute_size none;
	const struct brute_size *c = b ? b : &none;

	if (a->width != c->w || a->height != c->h || (b && a->tokens != c->tokens) ||
	    a->effective != c->effective)
		fail_msg("%s within %g: %lldx%lld of %lld, counted %lldx%lld of %lld", what, budget,
			 (long long)a->width, (long long)a->height, (long long)a->tokens,
			 (long long)c->w, (long long)c->h, (long long)c->tokens);
}

/* What fit finds is what counting the n sizes of the list finds. True: there is such a size. */
static bool is_found(const struct setup *s, int64_t n, struct fit_budget b)
{
	struct fit_ask ask = {.setup = s, .budgets = &b, .budgets_n = 1};
	struct fit f;

	fit(&ask, &f);
	same(&f.best, brute_within(list, n, s, &b, 1), s->model->id, b.value);
	return f.best.width > 0;
}

/* Within each value of a quantity that some of the sizes have, just below and just above it. */
static void all_budgets(const struct setup *s, enum quantity_id id, int64_t step)
{
	static const double near[] = {0.999, 1, 1.001};
	int64_t n = brute_walk(s, list);
	int found = 0;

	for (int64_t k = 0; k < n; k += step)
		for (size_t i = 0; i < ARRAY_SIZE(near); i++) {
			struct setup at = *s;
			struct estimate e;

			at.width = list[k].w;
			at.height = list[k].h;
			estimate(&at, &e);
			struct value v = quantity_read(id, &at, &e);
			if (v.reason)
				continue;
			found += is_found(s, n, (struct fit_budget){id, v.number * near[i]});
		}
	assert_true(found > 0);
}

/* ------------------------------------------------------------ how many pictures fit */

/* deepseek-vl2 leaves pictures whole when a request has more than two, so that of three each takes
 * as many tokens, and fewer of them more. */
static void pictures_that_fit(void **state)
{
	static const struct {
		const char *model;
		int64_t width, height, context, images;
	} rows[] = {
		{"deepseek-vl2", 1600, 900, 0, 1},    {"deepseek-vl2", 900, 1600, 6000, 1},
		{"deepseek-vl2", 1500, 200, 4096, 1}, {"deepseek-vl2", 300, 300, 2600, 1},
		{"deepseek-vl2", 700, 700, 1500, 1}, /* no room for a picture */
		{"deepseek-vl2", 1600, 900, 0, 3},    {"deepseek-vl2", 900, 1600, 3500, 3},
		{"deepseek-vl2", 2000, 600, 2600, 4}, {"deepseek-vl2", 700, 700, 1500, 3},
	};
	static const double values[] = {0.5, 1, 1.5, 2, 3, 4, 5, 8, 9, 300, 1e12};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct setup s = shipped_setup(rows[i].model, "h100-sxm", "vllm");

		s.width = rows[i].width;
		s.height = rows[i].height;
		s.context_limit = rows[i].context;
		s.images = rows[i].images;
		assert_false(estimate_counts_alike(&s));
		int64_t n = brute_walk(&s, list);

		for (size_t k = 0; k < ARRAY_SIZE(values); k++)
			is_found(&s, n, (struct fit_budget){Q_IMAGES_FIT, values[k]});
	}
}

/* Vendors refuse some numbers of images, or take smaller ones where there are many: a model of
 * theirs has no dimensions, and needs none for this. */
static void pictures_that_a_vendor_takes(void **state)
{
	static const struct {
		const char *processor;
		int64_t width, height, context;
	} rows[] = {
		{"claude-high-res", 1500, 1000, 200000}, {"claude-standard", 2400, 300, 20000},
		{"gpt-4o", 1300, 900, 128000},           {"gpt-5", 900, 1300, 16000},
		{"gemini-2.5", 1000, 1000, 8000},        {"grok-vision", 1000, 700, 32000},
		{"nova-pro", 1000, 700, 8000},
	};
	static const double values[] = {1, 3, 8, 20, 21, 100, 101, 600, 1500, 1501};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct model m = {.id = rows[i].processor, .is_stand_in = true};
		struct setup s = {.model = &m,
				  .width = rows[i].width,
				  .height = rows[i].height,
				  .images = 1,
				  .text_tokens = 512,
				  .context_limit = rows[i].context,
				  .tensor_parallel = 1};

		m.processor = registry_hosted(&reg, rows[i].processor, 0);
		assert_non_null(m.processor);
		int64_t n = brute_walk(&s, list);

		for (size_t k = 0; k < ARRAY_SIZE(values); k++)
			is_found(&s, n, (struct fit_budget){Q_IMAGES_FIT, values[k]});
	}
}

/* Beside another budget, and of several pictures. */
static void pictures_that_fit_and_more(void **state)
{
	static const double values[] = {1, 2, 3, 6};

	(void)state;
	for (int64_t images = 1; images <= 4; images++)
		for (size_t k = 0; k < ARRAY_SIZE(values); k++) {
			struct setup s = shipped_setup("deepseek-vl2", "h100-sxm", "vllm");
			struct fit_budget b[] = {{Q_IMAGES_FIT, values[k]}, {Q_TTFT, 0.06}};
			struct fit_ask ask = {.setup = &s, .budgets = b, .budgets_n = 2};
			struct fit f;

			s.width = 1200;
			s.height = 500;
			s.images = images;
			int64_t n = brute_walk(&s, list);

			fit(&ask, &f);
			same(&f.best, brute_within(list, n, &s, b, 2), "two budgets", values[k]);
		}
}

/* ------------------------------------------------------------ work that follows the size */

/* The textbook runs a convolutional tower at the picture's own size: of one count some sizes hold.
 * A GPU that prepares pictures takes turns with all else. */
static void sizes_of_one_count(void **state)
{
	static const struct {
		const char *model;
		enum lens lens;
		enum preprocess_way way;
		enum quantity_id id;
	} rows[] = {
		{"fastvlm-7b", LENS_FORMULA, PREPROCESS_AUTO, Q_TTFT},
		{"fastvlm-7b", LENS_EXACT, PREPROCESS_AUTO, Q_TTFT},
		{"llava-1.5-7b", LENS_EXACT, PREPROCESS_AUTO, Q_TTFT},
		{"qwen3-vl-8b", LENS_EXACT, PREPROCESS_GPU, Q_REQUESTS_S},
		{"qwen3-vl-8b", LENS_EXACT, PREPROCESS_GPU, Q_TTFT},
		{"llava-1.5-7b", LENS_EXACT, PREPROCESS_GPU, Q_REQUESTS_S},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct setup s = shipped_setup(rows[i].model, "h100-sxm", "vllm");

		s.width = 400;
		s.height = 300;
		s.lens = rows[i].lens;
		s.preprocess = rows[i].way;
		all_budgets(&s, rows[i].id, 133);
	}
}

/* ------------------------------------------------------------ no answer */

static void questions_without_an_answer(void **state)
{
	struct setup good = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct model blind = *good.model;
	struct setup bad[11];
	struct fit_budget tokens = {Q_IMAGES, 100};
	struct fit f;

	(void)state;
	blind.processor = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		bad[i] = good;
	bad[0].model = NULL;
	bad[1].model = &blind;
	bad[2].width = 0;
	bad[3].width = SIDE_MAX + 1;
	bad[4].height = 0;
	bad[5].height = SIDE_MAX + 1;
	bad[6].images = 0;
	bad[7].images = IMAGES_MOST + 1;
	static const enum reason why[] = {REASON_NO_MODEL,  REASON_NO_VISION, REASON_BAD_SIZE,
					  REASON_BAD_SIZE,  REASON_BAD_SIZE,  REASON_BAD_SIZE,
					  REASON_BAD_COUNT, REASON_BAD_COUNT};

	for (size_t i = 0; i < ARRAY_SIZE(why); i++) {
		struct fit_ask ask = {.setup = &bad[i], .budgets = &tokens, .budgets_n = 1};

		fit(&ask, &f);
		assert_int_equal(f.status, FIT_ERROR);
		assert_string_equal(f.reason, reason_text(why[i]));
		assert_int_equal(f.best.width, 0);
		assert_int_equal(f.bound_by, -1);
		assert_int_equal(fit_longest(&ask, 1024), 0);
	}
	/* both ends of what may be asked are answered */
	bad[8].images = IMAGES_MOST;
	bad[9].width = 1;
	bad[10].height = 1;
	for (size_t i = 8; i < ARRAY_SIZE(bad); i++) {
		struct fit_ask ask = {.setup = &bad[i], .budgets = &tokens, .budgets_n = 1};

		fit(&ask, &f);
		assert_int_not_equal(f.status, FIT_ERROR);
	}
	static const struct fit_budget no_budgets[] = {{Q_IMAGES, 100}, {Q_MODEL, 1}};
	struct fit_ask ask = {.setup = &good, .budgets = no_budgets, .budgets_n = 2};

	fit(&ask, &f);
	assert_int_equal(f.status, FIT_ERROR);
	assert_string_equal(f.reason, fit_no_budget(Q_MODEL));
	assert_string_equal(fit_no_budget(Q_MODEL), "it is no number");
	assert_int_equal(fit_longest(&ask, 1024), 0);
}

/* What no size changes is said as the reason; what is wrong with the request is one for no size. */
static void reasons_that_no_size_changes(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct fit_budget ttft = {Q_TTFT, 1}, price = {Q_PRICE_IMAGES, 1}, tokens = {Q_IMAGES, 100};
	struct fit_ask ask = {.setup = &s, .budgets = &ttft, .budgets_n = 1};
	struct fit f;

	(void)state;
	s.hardware = NULL;
	fit(&ask, &f);
	assert_int_equal(f.status, FIT_ERROR);
	assert_string_equal(f.reason, reason_text(REASON_NO_HARDWARE));
	s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	ask.budgets = &price; /* nobody said what a token is */
	fit(&ask, &f);
	assert_int_equal(f.status, FIT_ERROR);
	assert_non_null(f.reason);
	/* the text alone is longer than the context */
	s.text_tokens = TOKENS_MOST;
	ask.budgets = &ttft;
	fit(&ask, &f);
	assert_int_equal(f.status, FIT_ERROR);
	assert_string_equal(f.reason, reason_text(REASON_TEXT_TOO_LONG));
	ask.budgets = &tokens; /* which what a picture takes does not follow */
	fit(&ask, &f);
	assert_int_equal(f.status, FIT_OK);
	s.text_tokens = -1;
	ask.budgets = &ttft;
	fit(&ask, &f);
	assert_int_equal(f.status, FIT_NONE);
	assert_true(f.least.width > 0);
}

/* ------------------------------------------------------------ one size, and the longest */

static void one_size(void **state)
{
	struct setup s = shipped_setup("qwen2-vl-7b", "h100-sxm", "vllm");
	static const struct fit_budget b[] = {{Q_IMAGES, 256}, {Q_TTFT, 1e-6}};
	struct fit_ask ask = {.setup = &s, .budgets = b, .budgets_n = 1};
	struct fit_size size = {9, 9, 9, 9};
	int bound_by = 7;

	(void)state;
	/* 448 x 448 is 16 x 16 tokens and two marks */
	assert_true(fit_measure(&ask, 448, 448, &size));
	assert_true(size.width == 448 && size.height == 448 && size.effective == 448 * 448);
	int64_t around = size.tokens - 256;

	assert_true(around >= 0);
	assert_false(fit_holds(&ask, 476, 476, &bound_by));
	assert_int_equal(bound_by, 0);
	assert_false(fit_holds(&ask, 476, 476, NULL));
	assert_true(fit_holds(&ask, 420, 420, &bound_by));
	assert_int_equal(bound_by, -1);
	ask.budgets_n = 2;
	assert_false(fit_holds(&ask, 420, 420, &bound_by));
	assert_int_equal(bound_by, 1);
	/* beyond an aspect of 200 it is refused, which no budget is to blame for */
	assert_false(fit_measure(&ask, 28 * 201, 28, &size));
	assert_int_equal(size.width, 0);
	assert_int_equal(size.tokens, 0);
	assert_false(fit_holds(&ask, 28 * 201, 28, &bound_by));
	assert_int_equal(bound_by, -1);
}

/* The largest longer side that holds, by the list of all. */
static int64_t brute_longest(const struct setup *s, const struct fit_budget *b, int64_t most)
{
	struct setup wide = *s;

	wide.width = s->width >= s->height ? most : s->width * most / s->height;
	wide.height = s->width >= s->height ? s->height * most / s->width : most;
	int64_t n = brute_walk(&wide, list);

	for (int64_t k = n; k > 0; k--) {
		struct setup at = *s;

		at.width = list[k - 1].w;
		at.height = list[k - 1].h;
		if (list[k - 1].tokens >= 0 && brute_meets(&at, b, 1))
			return k;
	}
	return 0;
}

static void the_longest_side(void **state)
{
	static const struct {
		const char *model;
		int64_t width, height;
		struct fit_budget b;
	} rows[] = {
		{"qwen3-vl-8b", 800, 800, {Q_IMAGES, 300}},
		{"qwen3-vl-8b", 800, 800, {Q_IMAGES, 3}}, /* none */
		{"qwen2-vl-7b", 800, 4, {Q_IMAGES, 3000}},
		{"qwen2-vl-7b", 500, 2, {Q_IMAGES, 3000}}, /* refused from some side on */
		{"qwen2-vl-7b", 2, 1000, {Q_IMAGES, 3000}},
		{"internvl3-8b", 800, 600, {Q_IMAGES, 1000}},
		{"llava-1.5-7b", 800, 600, {Q_IMAGES, 575}}, /* one count, too much */
		{"llava-1.5-7b", 800, 600, {Q_IMAGES, 576}},
		{"gemma-3-4b", 800, 600, {Q_IMAGES, 100}},
		{"pixtral-12b", 600, 800, {Q_IMAGES, 700}},
		{"qwen3-vl-8b", 640, 480, {Q_TTFT, 0.03}},
		{"qwen3-vl-8b", 640, 480, {Q_TTFT, 1e-6}},
		{"internvl3-8b", 640, 480, {Q_TTFT, 1e-6}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct setup s = shipped_setup(rows[i].model, "h100-sxm", "vllm");
		struct fit_ask ask = {.setup = &s, .budgets = &rows[i].b, .budgets_n = 1};
		int64_t most = 1600;

		s.width = rows[i].width;
		s.height = rows[i].height;
		int64_t k = fit_longest(&ask, most), expected = brute_longest(&s, &rows[i].b, most);

		if (k != expected)
			fail_msg("%s, row %zu: %lld, counted %lld", rows[i].model, i, (long long)k,
				 (long long)expected);
	}
}

/* Beyond a limit of the rule every size counts alike; where nothing is known of many sizes at once,
 * the search gives up and says so. */
static void the_longest_side_there_is(void **state)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct fit_budget tokens = {Q_IMAGES, 1000}, ttft = {Q_TTFT, 0.1};
	struct fit_ask ask = {.setup = &s, .budgets = &tokens, .budgets_n = 1};

	(void)state;
	s.width = s.height = SIDE_MAX;
	assert_int_equal(fit_longest(&ask, SIDE_MAX), 1007);
	s.height = 5;
	ask.budgets = &ttft;
	assert_int_equal(fit_longest(&ask, SIDE_MAX), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_that_fit),
		cmocka_unit_test(pictures_that_a_vendor_takes),
		cmocka_unit_test(pictures_that_fit_and_more),
		cmocka_unit_test(sizes_of_one_count),
		cmocka_unit_test(questions_without_an_answer),
		cmocka_unit_test(reasons_that_no_size_changes),
		cmocka_unit_test(one_size),
		cmocka_unit_test(the_longest_side),
		cmocka_unit_test(the_longest_side_there_is),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
