/* The table of quantities: its names, and that every reader gives a number or a reason for every
 * model on every engine, never both and never neither. */
#include "unit.h"

#include <math.h>

#include "base/str.h"
#include "core/quantity.h"
#include "core/sweep.h"
#include "registry/registry.h"
#include "tests/shipped.h"

static void names_are_unique_and_complete(void **state)
{
	(void)state;
	char name[QUANTITY_NAME], other[QUANTITY_NAME];

	for (enum quantity_id a = 0; a < Q_N; a++) {
		const struct quantity_spec *q = &quantities[a];

		assert_non_null(q->name);
		assert_non_null(q->read);
		assert_true(strlen(quantity_title(a)) > 0 && strlen(quantity_label(a)) > 0 &&
			    strlen(quantity_head(a)) > 0);
		assert_true((unsigned)q->unit < UNIT_N);
		/* memory alone cannot run */
		assert_true(!(q->needs & ESTIMATE_MEMORY) || q->needs & ESTIMATE_KV);
		/* a chart draws numbers; the machine's name says the unit of a time and of bytes */
		assert_true(!q->metric || q->unit != UNIT_WORD);
		assert_int_equal(q->unit == UNIT_SECONDS, strstr(q->name, "_ms") != NULL);
		assert_true(q->unit != UNIT_BYTES || strstr(q->name, "bytes"));
		quantity_name(a, name);
		for (enum quantity_id b = 0; b < a; b++) {
			assert_string_not_equal(name, quantity_name(b, other));
			assert_true(!q->metric || !quantities[b].metric ||
				    strcmp(q->metric, quantities[b].metric) != 0);
		}
	}
}

/* The members of one group stand side by side: JSON opens each group once. */
static void groups_are_whole(void **state)
{
	(void)state;
	for (int i = 1; i < Q_N; i++) {
		const char *group = quantities[i].group;

		if (!group ||
		    (quantities[i - 1].group && strcmp(group, quantities[i - 1].group) == 0))
			continue;
		for (int k = 0; k < i; k++)
			assert_true(!quantities[k].group ||
				    strcmp(quantities[k].group, group) != 0);
	}
	assert_int_equal(Q_MODEL, 0);
}

static void metrics_go_round(void **state)
{
	(void)state;
	char words[128];
	enum quantity_id at = Q_VISUAL, found;
	size_t n = 0;

	for (; quantity_metric(n); n++) {
		assert_true(quantity_find_metric(quantity_metric(n), &found));
		assert_string_equal(quantities[found].metric, quantity_metric(n));
		assert_int_equal(at, found);
		at = quantity_next_metric(at, 1);
	}
	assert_true(n >= 5);
	assert_int_equal(at, Q_VISUAL);
	assert_int_equal(quantity_next_metric(Q_VISUAL, -1),
			 quantity_next_metric(Q_VISUAL, (int)n - 1));
	assert_int_equal(quantity_next_metric(Q_VISUAL, 0), Q_VISUAL);
	assert_true(
		str_starts(str_any_of(words, sizeof(words), quantity_metric), "tokens, share, "));
	assert_string_equal(strstr(words, " or ") + strlen(" or "), quantity_metric(n - 1));
	found = Q_KV_REQUEST;
	assert_false(quantity_find_metric("nothing", &found));
	assert_int_equal(found, Q_KV_REQUEST);
	assert_true(quantity_find_metric("TTFT", &found));
	assert_int_equal(found, Q_TTFT);
}

static void check_all(const struct setup *s)
{
	struct estimate all, some;
	char text[UNIT_TEXT], figure[QUANTITY_FIGURE];
	double back;

	estimate(s, &all);
	for (enum quantity_id id = 0; id < Q_N; id++) {
		const struct quantity_spec *q = &quantities[id];
		struct value v = quantity_read(id, s, &all);

		estimate_steps(s, q->needs, &some);
		struct value same = quantity_read(id, s, &some); /* its needs are enough */

		assert_true((v.reason == NULL) == (same.reason == NULL));
		assert_true(v.number == same.number);
		quantity_figure(id, &v, figure);
		quantity_text(id, &v, text);
		if (v.reason) {
			assert_true(*v.reason != '\0');
			assert_null(v.text);
			assert_string_equal(figure, "");
			assert_string_equal(text, "\xe2\x80\x93");
			continue;
		}
		assert_int_equal(q->unit == UNIT_WORD, v.text != NULL);
		assert_true(*text != '\0' && *figure != '\0');
		if (v.text || q->unit == UNIT_FLAG)
			continue;
		assert_true(isfinite(v.number) && (v.number >= 0 || id == Q_TEXT_LEFT));
		assert_true(str_num(figure, &back));
		double is = unit_number(q->unit, v.number);

		assert_true(fabs(back - is) <= 1e-11 * fabs(is));
		assert_true(is != floor(is) || fabs(is) >= 9007199254740992. || back == is);
	}
}

static void every_value_is_a_number_or_a_reason(void **state)
{
	(void)state;
	static const char *const devices[] = {"h100-sxm", "rtx-4090", "m4-max", "tpu-v5e"};
	struct setup s = {.width = 1600,
			  .height = 1200,
			  .images = 1,
			  .text_tokens = 512,
			  .reserve_tokens = 1024,
			  .tensor_parallel = 1,
			  .weights = DTYPE_BF16,
			  .kv = DTYPE_BF16};

	for (size_t d = 0; d < ARRAY_SIZE(devices); d++)
		for (size_t e = 0; e < reg.engines_n; e++)
			/* every model on every device and with every engine, of all three every
			 * second */
			for (size_t m = (d + e) % 2; m < reg.models_n; m += 2) {
				s.hardware = registry_hardware(&reg, devices[d]);
				assert_non_null(s.hardware);
				s.engine = reg.engines[e];
				s.model = reg.models[m];
				s.images = s.model->processor ? 1 : 0;
				check_all(&s);
			}
}

/* Nothing chosen, sides of nothing, refused, too many, hosted, by itself:
 * reasons and no nonsense. */
static void odd_setups_have_reasons(void **state)
{
	(void)state;
	const struct setup usual = {.model = registry_model(&reg, "qwen3-vl-8b"),
				    .hardware = registry_hardware(&reg, "h100-sxm"),
				    .engine = registry_engine(&reg, "vllm"),
				    .width = 1024,
				    .height = 1024,
				    .images = 1,
				    .tensor_parallel = 1};
	struct setup s = usual;
	struct estimate e;

	s.model = NULL;
	check_all(&s);
	s = usual;
	s.hardware = NULL;
	check_all(&s);
	s = usual;
	s.engine = NULL;
	check_all(&s);
	s = usual;
	s.images = 0;
	s.width = 0;
	check_all(&s);
	s = usual;
	s.images = 1000000;
	check_all(&s);
	s = usual;
	s.price_usd = 2.5;
	check_all(&s);
	estimate(&s, &e);
	struct value price = quantity_read(Q_PRICE_IMAGES, &s, &e);
	/* 1,024 + 2 positions at 2.5 USD a million: 1,026 x 1,000 / 1e6 x 2.5 */
	assert_true(fabs(price.number - 1026 * 2.5e-3) < 1e-12);

	s = usual;
	s.width = 10000;
	s.height = 20; /* aspect above 200: the processor refuses */
	check_all(&s);
	estimate(&s, &e);
	assert_true(e.count.refused);
	static const enum quantity_id ones[] = {Q_VISUAL,     Q_TOTAL,       Q_SHARE,
						Q_KV_REQUEST, Q_CONCURRENCY, Q_TTFT};

	for (size_t i = 0; i < ARRAY_SIZE(ones); i++) /* one cause, one reason */
		assert_string_equal(quantity_read(ones[i], &s, &e).reason, e.refusal);
	assert_null(quantity_read(Q_WEIGHTS, &s, &e).reason);
	s.images = 0; /* a picture that is not sent refuses no text */
	estimate(&s, &e);
	assert_null(quantity_read(Q_TOTAL, &s, &e).reason);
	assert_non_null(quantity_read(Q_VISUAL, &s, &e).reason);

	for (size_t i = 0; i < reg.hosted_n; i++) {
		struct model room = {.id = reg.hosted[i]->id, .processor = reg.hosted[i]};

		s = usual;
		s.model = &room;
		check_all(&s);
		estimate(&s, &e);
		assert_null(quantity_read(Q_VISUAL, &s, &e).reason);
		assert_non_null(quantity_read(Q_TTFT, &s, &e).reason);
		assert_non_null(quantity_read(Q_HARDWARE, &s, &e).reason);
	}
}

static void values_read_as_people_do(void **state)
{
	(void)state;
	static const struct {
		enum unit unit;
		double v;
		const char *text, *tick;
	} t[] = {
		{UNIT_TOKENS, 12345678, "12,345,678", "12.3457M"},
		{UNIT_TOKENS, 20000, "20,000", "20k"},
		{UNIT_BYTES, 2147483648., "2.00 GiB", "2.0G"},
		{UNIT_SECONDS, 0.05, "50.0 ms", "50 ms"},
		{UNIT_SECONDS, 2, "2.00 s", "2 s"},
		{UNIT_SHARE, 0.25, "25.0 %", "25 %"},
		{UNIT_REQUESTS, 2129789, "2.13 M", "2.12979M"},
		{UNIT_FACTOR, 1.784,
		 "\xc3\x97"
		 "1.78",
		 "1.784"},
		{UNIT_FACTOR, 124.1,
		 "\xc3\x97"
		 "124",
		 "124.1"},
		{UNIT_FLOP, 7.24e12, "7.24 TFLOP", "7.24e+06M"},
		{UNIT_USD, 2.565, "2.565 USD", "2.565"},
		{UNIT_FLAG, 1, "yes", "1"},
		{UNIT_FLAG, 0, "no", "0"},
		{UNIT_PIXELS, 4032, "4,032", "4032"},
	};
	char text[UNIT_TEXT];

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		assert_string_equal(unit_text(text, t[i].unit, t[i].v), t[i].text);
		assert_string_equal(unit_tick(text, t[i].unit, t[i].v), t[i].tick);
	}
	for (enum unit u = 0; u < UNIT_N; u++) {
		assert_non_null(unit_name(u));
		assert_true(strlen(unit_text(text, u, INFINITY)) < UNIT_TEXT);
		assert_true(strlen(unit_text(text, u, 1e300)) < UNIT_TEXT);
	}
	assert_true(unit_number(UNIT_SECONDS, 1.5) == 1500);
	assert_true(unit_number(UNIT_BYTES, 1.5) == 1.5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_unique_and_complete),
		cmocka_unit_test(groups_are_whole),
		cmocka_unit_test(metrics_go_round),
		cmocka_unit_test(every_value_is_a_number_or_a_reason),
		cmocka_unit_test(odd_setups_have_reasons),
		cmocka_unit_test(values_read_as_people_do),
	};

	return cmocka_run_group_tests_name("quantity", tests, shipped_load, shipped_free);
}
