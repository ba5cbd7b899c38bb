/* Budgets as people type them: what is taken and what it means, what is refused and in which words,
 * that every text written is read back, that steps go their way; and hostile text. */
#include "tests/unit.h"

#include <math.h>

#include "base/str.h"
#include "core/budget.h"
#include "core/fit.h"

static const char general[] = "expected a budget like ttft 300ms, tokens 1280 or off";

static void texts_are_read(void **state)
{
	static const struct {
		const char *text, *word; /* word NULL: refused */
		enum quantity_id id;
		double value;
	} t[] = {
		{"ttft 300ms", "ttft 300ms", Q_TTFT, 0.3},
		{"ttft 300 ms", "ttft 300ms", Q_TTFT, 0.3},
		{"ttft=300", "ttft 300ms", Q_TTFT, 0.3},
		{"ttft 1.5 s", "ttft 1.5s", Q_TTFT, 1.5},
		{"TTFT<=2s", "ttft 2s", Q_TTFT, 2},
		{"ttft \xe2\x89\xa4 300 ms", "ttft 300ms", Q_TTFT, 0.3},
		{"  ttft:  300ms  ", "ttft 300ms", Q_TTFT, 0.3},
		{"prefill_ttft_ms=300", "ttft 300ms", Q_TTFT, 0.3},
		{"tokens 1280", "tokens 1280", Q_IMAGES, 1280},
		{"tokens 1,280", "tokens 1280", Q_IMAGES, 1280},
		{"tokens 4k", "tokens 4000", Q_IMAGES, 4000},
		{"tokens_visual 500", "tokens_visual 500", Q_VISUAL, 500},
		{"share 5%", "share 5%", Q_SHARE, 0.05},
		{"share 0.05", "share 5%", Q_SHARE, 0.05},
		{"share 12.5 %", "share 12.5%", Q_SHARE, 0.125},
		{"at once 16", "at once 16", Q_CONCURRENCY, 16},
		{"at-once=16", "at once 16", Q_CONCURRENCY, 16},
		{"at_once >= 16", "at once 16", Q_CONCURRENCY, 16},
		{"concurrency 16", "at once 16", Q_CONCURRENCY, 16},
		{"at once 16.2", "at once 17", Q_CONCURRENCY, 17}, /* at least */
		{"tokens 1280.9", "tokens 1280", Q_IMAGES, 1280},  /* at most */
		{"price 2$", "price 2$", Q_PRICE_IMAGES, 2},
		{"price $0.5", "price 0.5$", Q_PRICE_IMAGES, 0.5},
		{"price 2", "price 2$", Q_PRICE_IMAGES, 2},
		{"price_usd_per_1000_images 2", "price 2$", Q_PRICE_IMAGES, 2},
		{"kv 100MB", "kv 100MB", Q_KV_REQUEST, 100e6},
		{"kv 200 MiB", "kv 200MiB", Q_KV_REQUEST, 200.0 * 1024 * 1024},
		{"kv-bytes 1GiB", "kv 1GiB", Q_KV_REQUEST, 1024.0 * 1024 * 1024},
		{"gpu-time 200ms", "gpu-time 200ms", Q_GPU, 0.2},
		{"gpu time 200ms", "gpu-time 200ms", Q_GPU, 0.2},
		{"left 8000", "left 8000", Q_TEXT_LEFT, 8000},
		/* a value alone, by its unit */
		{"300ms", "ttft 300ms", Q_TTFT, 0.3},
		{"5%", "share 5%", Q_SHARE, 0.05},
		{"$2", "price 2$", Q_PRICE_IMAGES, 2},
		{"100MB", "kv 100MB", Q_KV_REQUEST, 100e6},
		{"1280", "tokens 1280", Q_IMAGES, 1280},
		{"4k", "tokens 4000", Q_IMAGES, 4000},
		{"<= 5", "tokens 5", Q_IMAGES, 5},
		{"off", "off", Q_MODEL, 0},
		{" None ", "off", Q_MODEL, 0},
		/* what is none */
		{"", NULL, Q_MODEL, 0},
		{"ttft", NULL, Q_MODEL, 0},
		{"ttft ms", NULL, Q_MODEL, 0},
		{"ttft 300 parsecs", NULL, Q_MODEL, 0},
		{"ttft -300ms", NULL, Q_MODEL, 0},
		{"ttft 0", NULL, Q_MODEL, 0},
		{"ttft nan", NULL, Q_MODEL, 0},
		{"ttft 1e999", NULL, Q_MODEL, 0},
		{"tokens 0.5", NULL, Q_MODEL, 0},
		{"tokens 12 34x", NULL, Q_MODEL, 0},
		{"share five%", NULL, Q_MODEL, 0},
		{"share 101%", NULL, Q_MODEL, 0},
		{"nothing 5", NULL, Q_MODEL, 0},
		{"model 5", NULL, Q_MODEL, 0},
		{"image_width 640", NULL, Q_MODEL, 0},
		{"640x480", NULL, Q_MODEL, 0},
		{"=", NULL, Q_MODEL, 0},
		{"\xe2\x89\xa4", NULL, Q_MODEL, 0},
		{"5 5", NULL, Q_MODEL, 0},
		{"share ", NULL, Q_MODEL, 0},
		{"share $5", NULL, Q_MODEL, 0},
		{"tok 5", NULL, Q_MODEL, 0},
		{"first tokens 5s", NULL, Q_MODEL, 0}, /* "first token" is no such word */
		{"share 0.0000000000000000000000000000000000000000000000000000000000000005", NULL,
		 Q_MODEL, 0}, /* longer than any share */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct fit_budget b = {Q_MODEL, 0}, before = b;
		char why[BUDGET_WHY] = "", word[BUDGET_TEXT];
		bool is_read = budget_read(t[i].text, &b, why);

		if (is_read != (t[i].word != NULL))
			fail_msg("\"%s\": %s", t[i].text, is_read ? "taken" : why);
		assert_true(is_read == !why[0]);
		if (!is_read) {
			assert_true(budget_same(&b, &before));
			continue;
		}
		assert_int_equal(b.quantity, t[i].id);
		assert_true(fabs(b.value - t[i].value) <= 1e-12 * t[i].value);
		assert_string_equal(budget_word(&b, word), t[i].word);
	}
}

static void words_say_what_was_expected(void **state)
{
	static const struct {
		const char *text, *why;
	} t[] = {
		{"cheap", general},
		{"ttft soon", general},
		{"ttft -5", "expected a value above 0, like ttft 300ms"},
		{"kv 5 apples", "expected a value above 0, like kv 200MiB"},
		{"model 5", "model is no budget: it is no number"},
		{"tokens_text 5", "tokens_text is no budget: no size changes it"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct fit_budget b = {Q_MODEL, 0};
		char why[BUDGET_WHY];

		assert_false(budget_read(t[i].text, &b, why));
		assert_string_equal(why, t[i].why);
	}
}

/* An example for each is one that is taken; a limit is met at itself. */
static void examples_are_budgets(void **state)
{
	struct fit_budget kind;

	(void)state;
	for (size_t i = 0; budget_kind(i, &kind); i++) {
		const char *example = budget_example(kind.quantity);
		char text[BUDGET_TEXT + 16], why[BUDGET_WHY];
		struct fit_budget b = {Q_MODEL, 0};
		double v = 0;

		assert_true(budget_read_value(kind.quantity, example, &v));
		str_format(text, sizeof(text), "%s %s", budget_name(kind.quantity), example);
		assert_true(budget_read(text, &b, why));
		assert_true(b.quantity == kind.quantity && fabs(b.value - v) <= 1e-12 * v);
		double worse = quantities[b.quantity].is_cost ? v * 1.01 : v * 0.99;

		assert_true(budget_holds(&b, &(struct value){.number = v}));
		assert_true(budget_holds(&b, &(struct value){.number = 2 * v - worse}));
		assert_false(budget_holds(&b, &(struct value){.number = worse}));
		assert_false(budget_holds(&b, &(struct value){.reason = "none", .number = v}));
	}
	assert_string_equal(budget_example(Q_IMAGES), "1280");
	assert_string_equal(budget_example(Q_PRICE_IMAGES), "2$");
}

/* The next rounded value that still holds, of whatever a picture has: down for a cost, up for the
 * rest; whole where it is counted. What is rounded already stays. */
static void what_a_picture_has_is_rounded(void **state)
{
	static const struct {
		struct fit_budget b;
		double rounded;
	} t[] = {
		{{Q_IMAGES, 1311}, 1200},
		{{Q_IMAGES, 1200}, 1200},
		{{Q_IMAGES, 1}, 1},
		{{Q_CONCURRENCY, 1.5}, 2},
		{{Q_CONCURRENCY, 17}, 20},
		{{Q_TTFT, 0.0673}, 0.06},
		{{Q_SHARE, 0.131}, 0.12},
		{{Q_KV_REQUEST, 131e6}, 120e6},
		{{Q_PRICE_IMAGES, 0.217}, 0.2},
		{{Q_TEXT_LEFT, 7013}, 8000},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct fit_budget b = t[i].b;

		budget_round(&b);
		if (fabs(b.value - t[i].rounded) > 1e-9 * t[i].rounded)
			fail_msg("%g: %.12g", t[i].b.value, b.value);
	}
}

/* A value alone is one of the quantity that is there, as far as its unit allows. */
static void a_value_alone_keeps_the_quantity(void **state)
{
	struct fit_budget b = {Q_GPU, 0.2};
	char why[BUDGET_WHY];

	(void)state;
	assert_true(budget_read("250ms", &b, why) && b.quantity == Q_GPU);
	assert_true(budget_read("250", &b, why) && b.quantity == Q_GPU && b.value < 0.26);
	assert_true(budget_read("5%", &b, why) && b.quantity == Q_SHARE);
	assert_true(budget_read("100MB", &b, why) && b.quantity == Q_KV_REQUEST);
}

/* Of every quantity that can be a budget, over six decades. */
static void what_is_written_is_read(void **state)
{
	(void)state;
	for (enum quantity_id id = 0; id < Q_N; id++)
		for (double v = 1; v < 1e6; v *= 7.3) {
			struct fit_budget b = {id, floor(v)}, again = {Q_MODEL, 0}, third = again;
			char word[BUDGET_TEXT], other[BUDGET_TEXT], text[BUDGET_TEXT],
				why[BUDGET_WHY];

			if (fit_no_budget(id) || (quantities[id].unit == UNIT_SHARE && v > 1))
				continue;
			budget_word(&b, word);
			if (!budget_read(word, &again, why))
				fail_msg("%s: %s", word, why);
			assert_int_equal(again.quantity, id);
			assert_string_equal(budget_word(&again, other), word);
			assert_true(budget_read(other, &third, why) && budget_same(&again, &third));
			assert_true(strlen(budget_text(&b, true, text)) > 3);
		}
}

static void texts_for_people(void **state)
{
	static const struct {
		struct fit_budget b;
		const char *text, *with_sign;
	} t[] = {
		{{Q_TTFT, 0.3}, "ttft 300 ms", "ttft \xe2\x89\xa4 300 ms"},
		{{Q_IMAGES, 1280}, "tokens 1,280", "tokens \xe2\x89\xa4 1,280"},
		{{Q_SHARE, 0.05}, "share 5 %", "share \xe2\x89\xa4 5 %"},
		{{Q_CONCURRENCY, 16}, "at once 16", "at once \xe2\x89\xa5 16"},
		{{Q_PRICE_IMAGES, 2}, "price $2", "price \xe2\x89\xa4 $2"},
		{{Q_KV_REQUEST, 100e6}, "kv 100 MB", "kv \xe2\x89\xa4 100 MB"},
		{{Q_VISION, 0.05}, "vision 50 ms", "vision \xe2\x89\xa4 50 ms"},
		{{Q_MODEL, 0}, "off", "off"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		char text[BUDGET_TEXT];

		assert_string_equal(budget_text(&t[i].b, false, text), t[i].text);
		assert_string_equal(budget_text(&t[i].b, true, text), t[i].with_sign);
	}
}

/* Small steps never go the wrong way and come to an end; kinds go round through all of them. */
static void steps_go_their_way(void **state)
{
	struct fit_budget kind, b = {Q_MODEL, 0};
	size_t n = 0;

	(void)state;
	for (; budget_kind(n, &kind); n++)
		for (int direction = -1; direction <= 1; direction += 2) {
			int moves = 0;

			b = kind;
			for (double last = b.value; moves < 1000; moves++, last = b.value) {
				budget_step(&b, direction);
				assert_true((b.value - last) * direction >= 0);
				if (!(fabs(b.value - last) > 0))
					break;
			}
			assert_true(moves > 5 && moves < 1000 && b.value > 0);
			assert_int_equal(b.quantity, kind.quantity);
		}
	b = (struct fit_budget){Q_MODEL, 0};
	for (size_t i = 0; i < n; i++) {
		budget_turn(&b, 1);
		assert_true(budget_kind(i, &kind) && budget_same(&b, &kind));
	}
	budget_turn(&b, 1);
	assert_true(budget_same(&b, &kind));
	budget_turn(&b, -100);
	assert_false(budget_is_set(&b));
	budget_step(&b, -1);
	assert_false(budget_is_set(&b));
	b = (struct fit_budget){Q_IMAGES, 1280};
	budget_step(&b, 1);
	assert_true(fabs(b.value - 1500) < 1e-9);
	budget_step(&b, -2);
	assert_true(fabs(b.value - 1000) < 1e-9);
}

/* Every byte at every place of a good text, and texts of nothing but marks: a text that is taken is
 * one that comes back, one that is not leaves the budget alone. */
static void hostile_text(void **state)
{
	static const char good[] = "ttft 300ms";
	char text[300], why[BUDGET_WHY], word[BUDGET_TEXT];

	(void)state;
	for (size_t at = 0; at < sizeof(good) - 1; at++)
		for (int byte = 1; byte < 256; byte++) {
			struct fit_budget b = {Q_GPU, 1}, again = b;

			memcpy(text, good, sizeof(good));
			text[at] = (char)byte;
			if (!budget_read(text, &b, why)) {
				assert_true(b.quantity == Q_GPU && b.value > 0.9);
				assert_true(strlen(why) > 10);
				continue;
			}
			again = (struct fit_budget){Q_MODEL, 0};
			assert_true(budget_read(budget_word(&b, word), &again, why));
			assert_int_equal(again.quantity, b.quantity);
		}
	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		struct fit_budget b = {Q_MODEL, 0};

		memset(text, "=$%. -<9"[n % 8], n);
		text[n] = '\0';
		budget_read(text, &b, why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_read),
		cmocka_unit_test(words_say_what_was_expected),
		cmocka_unit_test(examples_are_budgets),
		cmocka_unit_test(what_a_picture_has_is_rounded),
		cmocka_unit_test(a_value_alone_keeps_the_quantity),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(texts_for_people),
		cmocka_unit_test(steps_go_their_way),
		cmocka_unit_test(hostile_text),
	};
	return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
