/* The sizes of a request's pictures (core/fit_group.h): one picture, or several alike, have what
 * core/fit.h finds; different ones are held against counting every limit, and against a request of
 * text alone that is as long. */
#include "tests/unit.h"

#include "base/base.h"
#include "core/estimate.h"
#include "core/fit_group.h"
#include "core/refusal.h"
#include "tests/shipped.h"

static void same_size(const struct fit_size *a, const struct fit_size *b, const char *id)
{
	if (a->width != b->width || a->height != b->height || a->tokens != b->tokens)
		fail_msg("%s: %lldx%lld of %lld tokens, fit() has %lldx%lld of %lld", id,
			 (long long)a->width, (long long)a->height, (long long)a->tokens,
			 (long long)b->width, (long long)b->height, (long long)b->tokens);
}

/* A group of `many` alike against a request of as many, on a device. */
static void compare(const struct model *m, int64_t many, const struct fit_budget *budgets, int n)
{
	struct setup s = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
	struct fit_member one = {.setup = &s, .many = many, .multiple = 1};
	struct fit_ask ask = {.setup = &s, .budgets = budgets, .budgets_n = n};
	struct fit_group group;
	struct fit found;

	s.model = m;
	s.width = 700;
	s.height = 525;
	s.images = many;
	fit(&ask, &found);
	fit_group(&one, 1, budgets, n, &group);
	same_size(&one.best, &found.best, m->id);
	if (found.status == FIT_OK || found.status == FIT_FITS)
		assert_int_equal(group.status, found.status);
	else
		assert_int_equal(group.longest, 0);
	if (found.status == FIT_OK) {
		same_size(&one.next, &found.next, m->id);
		assert_int_equal(group.bound_by, found.bound_by);
	}
	if (found.best.width > 0)
		assert_int_equal(group.tokens, many * found.best.tokens);
}

static void alike_as_fit(void **state)
{
	static const struct fit_budget budgets[] = {
		{Q_IMAGES, 400},     {Q_PER_IMAGE, 300}, {Q_TTFT, 0.06},
		{Q_CONCURRENCY, 40}, {Q_SHARE, 0.05},
	};

	(void)state;
	for (size_t i = 0; i < reg.models_n; i++) {
		const struct model *m = reg.models[i];

		if (!m->processor)
			continue;
		for (size_t b = 0; b < ARRAY_SIZE(budgets); b++)
			if ((i + b) % 4 == 0 || i % 16 == 0)
				compare(m, 1 + (int64_t)(i + b) % 3, &budgets[b], 1);
		if (i % 8 == 0)
			compare(m, 1, budgets, 3);
	}
}

/* ---------------------------------------------------------------- different pictures */

enum { PICTURES = 3 };

struct request {
	struct setup setups[PICTURES];
	struct fit_member members[PICTURES];
};

static void make_request(struct request *r, const char *model)
{
	static const int64_t sizes[PICTURES][2] = {{900, 1200}, {640, 480}, {50, 40}};

	for (int i = 0; i < PICTURES; i++) {
		r->setups[i] = shipped_setup(model, "h100-sxm", "vllm");
		r->setups[i].width = sizes[i][0];
		r->setups[i].height = sizes[i][1];
		r->setups[i].images = PICTURES;
		r->members[i] =
			(struct fit_member){.setup = &r->setups[i], .many = 1, .multiple = 1};
	}
}

/* Tokens of all pictures with their longer sides cut to k. */
static int64_t tokens_at(const struct request *r, int64_t k)
{
	int64_t sum = 0;

	for (int i = 0; i < PICTURES; i++) {
		const struct setup *s = &r->setups[i];
		int64_t longer = s->width > s->height ? s->width : s->height, w, h;
		struct knobs knobs = {.images = PICTURES};
		struct count c;

		fit_scale(s->width, s->height, k < longer ? k : longer, &w, &h);
		count_image(s->model->processor, LENS_EXACT, &knobs, w, h, &c, NULL);
		sum += c.has_special ? c.total : c.visual;
	}
	return sum;
}

static void sums_of_different(void **state)
{
	static const char *const models[] = {"qwen3-vl-8b", "internvl3-8b", "gemma-3-4b",
					     "llava-1.5-7b", "pixtral-12b"};

	(void)state;
	for (size_t m = 0; m < ARRAY_SIZE(models); m++)
		for (int64_t most = 200; most < 6000; most += 517) {
			struct fit_budget b = {Q_IMAGES, (double)most};
			struct fit_group g;
			struct request r;
			int64_t sum = 0;

			make_request(&r, models[m]);
			fit_group(r.members, PICTURES, &b, 1, &g);
			if (!g.longest) {
				for (int64_t k = 1; k <= 1200; k++)
					assert_true(tokens_at(&r, k) > most);
				continue;
			}
			for (int i = 0; i < PICTURES; i++)
				sum += r.members[i].best.tokens;
			assert_true(sum <= most);
			assert_int_equal(sum, g.tokens);
			assert_int_equal(sum, tokens_at(&r, g.longest));
			if (g.next) {
				assert_true(g.next > g.longest);
				assert_int_equal(tokens_at(&r, g.next), g.next_tokens);
				for (int64_t k = g.longest + 1; k < g.next; k++)
					assert_int_equal(tokens_at(&r, k), sum);
			}
			assert_int_equal(g.status == FIT_FITS, tokens_at(&r, 1200) <= most);
		}
}

/* As many such requests as ones of text alone that are as long; no step more does. */
static void at_once_as_text(void **state)
{
	struct fit_budget b = {Q_CONCURRENCY, 0};
	int found = 0;

	(void)state;
	for (double at_once = 60; at_once < 300; at_once *= 1.4) {
		struct setup text = shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
		struct fit_group g;
		struct request r;
		struct estimate e;

		b.value = at_once;
		make_request(&r, "qwen3-vl-8b");
		fit_group(r.members, PICTURES, &b, 1, &g);
		if (!g.longest)
			continue;
		found++;
		text.images = 0;
		text.text_tokens = 512 + g.tokens;
		estimate(&text, &e);
		assert_true(e.capacity.concurrency.value >= at_once * 0.999);
		if (!g.next)
			continue;
		text.text_tokens = 512 + g.next_tokens;
		estimate(&text, &e);
		assert_true(e.capacity.concurrency.value < at_once * 1.001);
	}
	assert_true(found > 0);
}

/* So many pictures that their pixels are beyond 64 bits, as of ten whose headers claim the largest
 * sides there are. */
static void sums_stay_in_range(void **state)
{
	struct fit_budget b = {Q_IMAGES, 1000};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "qwen3-vl-8b");
	for (int i = 0; i < PICTURES; i++) {
		r.setups[i].width = r.setups[i].height = 30000;
		r.members[i].many = 10000000000;
	}
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_OK);
	assert_in_range(g.longest, 1, 2000);
}

/* One picture that alone, so often, would not be served, is together with small ones. */
static void context_is_that_of_all(void **state)
{
	struct fit_budget b = {Q_TTFT, 10};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "qwen3-vl-8b");
	for (int i = 0; i < PICTURES; i++)
		r.setups[i].context_limit = 512 + 1024 + tokens_at(&r, 1200);
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_FITS);
	for (int i = 0; i < PICTURES; i++)
		r.setups[i].context_limit--;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_OK);
	assert_true(g.tokens < tokens_at(&r, 1200));
}

static void multiples(void **state)
{
	struct fit_budget b = {Q_IMAGES, 900};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "qwen3-vl-8b");
	for (int i = 0; i < PICTURES; i++)
		r.members[i].multiple = 32;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_OK);
	for (int i = 0; i < PICTURES; i++) {
		assert_int_equal(r.members[i].best.width % 32, 0);
		assert_int_equal(r.members[i].best.height % 32, 0);
	}
	assert_true(g.tokens <= 900);
}

/* What is smaller than the multiple stays; the pictures as they came are none of it. */
static void small_ones_are_no_multiples(void **state)
{
	struct fit_budget b = {Q_IMAGES, 1e6};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "qwen3-vl-8b");
	for (int i = 0; i < PICTURES; i++)
		r.members[i].multiple = 64;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_OK);
	assert_true(r.members[0].best.width == 896 && r.members[0].best.height == 1152);
	assert_true(r.members[1].best.width == 640 && r.members[1].best.height == 448);
	assert_true(r.members[2].best.width == 50 && r.members[2].best.height == 40);
	r.members[0].multiple = r.members[1].multiple = r.members[2].multiple = 1;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_FITS);
}

/* qwen2-vl takes no shape above 200 : 1. 2000 x 4 is one at 200 x 1 and below, which the others are
 * cut to as well. A formula that its model has not refuses every size. */
static void refused_pictures_limit_all(void **state)
{
	struct fit_budget b = {Q_IMAGES, 1e6};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "qwen2-vl-7b");
	r.setups[1].width = 2000;
	r.setups[1].height = 4;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_OK);
	assert_int_equal(g.longest, 200);
	assert_int_equal(g.next, 0);
	assert_true(r.members[0].best.width == 150 && r.members[0].best.height == 200);
	assert_true(r.members[1].best.width == 200 && r.members[1].best.height == 1);
	assert_true(r.members[2].best.width == 50 && r.members[2].best.height == 40);
	struct model formula = *r.setups[0].model;

	formula.processor = registry_processor(&reg, "blip-2");
	for (int i = 0; i < PICTURES; i++) {
		r.setups[i].model = &formula;
		r.setups[i].lens = LENS_FORMULA;
	}
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_ERROR); /* no formula: no fault of a size */
	assert_string_equal(g.reason, REFUSAL_NO_FORMULA);
	assert_int_equal(g.least, 0);
}

/* One count whatever the size: none holds and there is nothing to choose, or as they are. */
static void one_count_is_no_choice(void **state)
{
	struct fit_budget b = {Q_IMAGES, 3 * 576 - 1}, ttft = {Q_TTFT, 1e-6};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "llava-1.5-7b");
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_NO_CHOICE);
	assert_int_equal(g.least_tokens, 3 * 576);
	b.value = 3 * 576;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_FITS);
	/* of a time smaller sizes may do */
	fit_group(r.members, PICTURES, &ttft, 1, &g);
	assert_int_equal(g.status, FIT_NONE);
}

/* A text that leaves no room is the reason for every size; one that is no number is for none. */
static void texts_without_room(void **state)
{
	struct fit_budget b = {Q_TTFT, 1};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "qwen3-vl-8b");
	for (int i = 0; i < PICTURES; i++)
		r.setups[i].text_tokens = 100000000;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_ERROR);
	assert_string_equal(g.reason, reason_text(REASON_TEXT_TOO_LONG));
	for (int i = 0; i < PICTURES; i++)
		r.setups[i].text_tokens = -1;
	fit_group(r.members, PICTURES, &b, 1, &g);
	assert_int_equal(g.status, FIT_NONE);
	assert_null(g.reason);
}

static void what_cannot_be_told(void **state)
{
	struct fit_budget price = {Q_PRICE_IMAGES, 1}, name = {Q_MODEL, 1};
	struct fit_group g;
	struct request r;

	(void)state;
	make_request(&r, "qwen3-vl-8b");
	fit_group(r.members, PICTURES, &price, 1, &g);
	assert_int_equal(g.status, FIT_ERROR);
	assert_non_null(g.reason);
	fit_group(r.members, PICTURES, &name, 1, &g);
	assert_int_equal(g.status, FIT_ERROR);
	r.setups[1].model = NULL;
	fit_group(r.members, PICTURES, &price, 1, &g);
	assert_int_equal(g.status, FIT_ERROR);
	fit_group(r.members, 0, &price, 1, &g);
	assert_int_equal(g.status, FIT_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alike_as_fit),
		cmocka_unit_test(sums_of_different),
		cmocka_unit_test(at_once_as_text),
		cmocka_unit_test(sums_stay_in_range),
		cmocka_unit_test(context_is_that_of_all),
		cmocka_unit_test(multiples),
		cmocka_unit_test(small_ones_are_no_multiples),
		cmocka_unit_test(refused_pictures_limit_all),
		cmocka_unit_test(one_count_is_no_choice),
		cmocka_unit_test(texts_without_room),
		cmocka_unit_test(what_cannot_be_told),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
