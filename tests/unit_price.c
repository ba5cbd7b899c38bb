/* Prices: days, tiers and marks by themselves; the shipped sections against the price tables that
 * were read (tests/data/prices.csv: its source column names them). */
#include "tests/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/day.h"
#include "base/str.h"
#include "bench/csv.h"
#include "core/estimate.h"
#include "core/hosted.h"
#include "core/price.h"
#include "core/quantity.h"
#include "core/rent.h"
#include "registry/merge.h"
#include "registry/priced.h"
#include "registry/subjects.h"
#include "tests/shipped.h"

static void days_are_counted(void **state)
{
	static const struct {
		int32_t from, to, days;
	} t[] = {
		{20261126, 20261126, 0},  {20261126, 20261127, 1},   {20240228, 20240301, 2},
		{20230228, 20230301, 1},  {20000228, 20000301, 2},   {21000228, 21000301, 1},
		{20251231, 20260101, 1},  {20250101, 20260101, 365}, {20240101, 20250101, 366},
		{20260828, 20261126, 90}, {20261126, 20260828, -90}, {20000101, 20261126, 9826},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		assert_int_equal(day_number(t[i].to) - day_number(t[i].from), t[i].days);
}

static void today_can_be_given(void **state)
{
	(void)state;
	setenv("SOURCE_DATE_EPOCH", "1795651200", 1);
	assert_int_equal(day_today(), 20261126);
	setenv("SOURCE_DATE_EPOCH", "0", 1);
	assert_int_equal(day_today(), 19700101);
	setenv("SOURCE_DATE_EPOCH", "tomorrow", 1);
	assert_true(day_today() > 20260101);
	unsetenv("SOURCE_DATE_EPOCH");
	assert_true(day_today() > 20260101);
}

static void old_and_quoted_prices_are_marked(void **state)
{
	struct price p = {.from = 20260828};

	(void)state;
	assert_null(price_mark(&p, 0));
	assert_null(price_mark(&p, 20261126));
	assert_string_equal(price_mark(&p, 20261127), "older than 90 days");
	p.third_party = true;
	assert_string_equal(price_mark(&p, 20261126), "third party");
	assert_string_equal(price_mark(&p, 20261127), "third party, older than 90 days");
}

/* Readings of the market, the newest that the day has seen, in whatever order they stand. */
static void rents_have_their_day(void **state)
{
	struct rent old = {.from = 20260301, .offers = 9}, new = {.from = 20261109, .offers = 1},
		    middle = {.from = 20260710, .offers = 4};

	(void)state;
	middle.next = &new;
	new.next = &old;
	assert_null(rent_on(NULL, 20261126));
	assert_ptr_equal(rent_on(&middle, 0), &new);
	assert_ptr_equal(rent_on(&middle, 20261126), &new);
	assert_ptr_equal(rent_on(&middle, 20261109), &new);
	assert_ptr_equal(rent_on(&middle, 20261108), &middle);
	assert_ptr_equal(rent_on(&middle, 20260709), &old);
	assert_null(rent_on(&middle, 20260228));
	assert_null(rent_mark(&old, 0));
	assert_null(rent_mark(&old, 20260530)); /* 90 days */
	assert_string_equal(rent_mark(&old, 20260531), "older than 90 days");
	assert_string_equal(rent_mark(&new, 20261126), "one offer");
	assert_string_equal(rent_mark(&new, 20270301), "one offer, older than 90 days");
}

static void long_prompts_have_their_tier(void **state)
{
	struct price p = {.input = 2,
			  .cached = 0.2,
			  .output = 8,
			  .long_above = 1000,
			  .long_input = 4,
			  .long_output = 12};
	struct price_rates r = price_rates(&p, 1000);

	(void)state;
	assert_true(r.input == 2 && r.cached == 0.2 && r.output == 8 && r.image == 2);
	r = price_rates(&p, 1001);
	assert_true(r.input == 4 && r.cached == 0 && r.output == 12 && r.image == 4);
	p.image = 3; /* image tokens apart rise as the input does */
	assert_true(price_rates(&p, 1000).image == 3);
	assert_true(price_rates(&p, 1001).image == 6);
	r = price_rates(NULL, 1);
	assert_true(r.input == 0 && r.image == 0);
}

static double figure(enum quantity_id id, const struct setup *s)
{
	struct estimate e;
	struct value v;

	estimate(s, &e);
	v = quantity_read(id, s, &e);
	return v.reason ? NAN : v.number;
}

static bool near(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fabs(b);
}

/* gpt-5.4 takes 1,229 tokens for 1024x1024. */
static void quantities_follow_the_price(void **state)
{
	struct price p = {.id = "x@2026-10",
			  .input = 2.5,
			  .cached = 0.25,
			  .output = 15,
			  .batch = 0.5,
			  .source = "a table"};
	struct setup s = shipped_setup("qwen2.5-vl-7b", "h100-sxm", "vllm");
	struct vtok_error err;
	struct model m = *subject_named(&reg, "gpt-5.4", &err);
	struct estimate e;

	(void)state;
	m.price = &p;
	s.model = &m;
	s.day = 20261126;
	assert_true(near(figure(Q_VISUAL, &s), 1229));
	assert_true(near(figure(Q_PRICE_IMAGE, &s), 1229 * 2.5e-6));
	assert_true(near(figure(Q_PRICE_IMAGES, &s), 1229 * 2.5e-3));
	assert_true(near(figure(Q_PRICE_BATCH, &s), 1229 * 1.25e-3));
	assert_true(near(figure(Q_PRICE_CACHED, &s), 0.25));
	assert_true(near(figure(Q_PRICE_REQUEST, &s), (1741 * 2.5 + 1024 * 15) * 1e-6));
	p.image = 4; /* image tokens apart */
	assert_true(near(figure(Q_PRICE_IMAGES, &s), 1229 * 4e-3));
	assert_true(near(figure(Q_PRICE_REQUEST, &s), (1229 * 4 + 512 * 2.5 + 1024 * 15) * 1e-6));
	p.output = 0; /* the answer cannot be reckoned */
	assert_true(isnan(figure(Q_PRICE_REQUEST, &s)));
	p.batch = 0;
	assert_true(isnan(figure(Q_PRICE_BATCH, &s)));
	estimate(&s, &e);
	assert_string_equal(quantity_read(Q_PRICE_DATE, &s, &e).text, "2026-10");
	assert_string_equal(quantity_read(Q_PRICE_SOURCE, &s, &e).text, "a table");
	s.price_usd = 1; /* what is given overrides, and knows the input alone */
	assert_true(near(figure(Q_PRICE_IMAGES, &s), 1.229));
	assert_true(isnan(figure(Q_PRICE_CACHED, &s)));
	assert_non_null(quantity_read(Q_PRICE_DATE, &s, &e).reason);
	s.price_usd = 0;
	m.price = NULL;
	assert_true(isnan(figure(Q_PRICE_IMAGES, &s)));
}

/* The day a row of the table says, as the section has it: the first of its period. */
static int32_t day_of(const char *date)
{
	char text[11];
	int32_t day = 0;

	str_format(text, sizeof(text), "%.10s", date);
	if (!hosted_parse_date(text, &day)) {
		text[7] = '\0';
		if (!hosted_parse_date(text, &day)) {
			str_format(text, sizeof(text), "%.4s-%s", date,
				   strstr(date, "Q2") ? "04" : "01");
			hosted_parse_date(text, &day);
		}
	}
	return day;
}

/* What a row says of more than input and cached input; an empty field says nothing. */
static void must_be_read(const struct csv *c, const char *id, const struct price *p)
{
	const struct {
		const char *column;
		double found;
	} t[] = {
		{"output_usd_per_mtok", p->output},    {"batch", p->batch},
		{"long_above", (double)p->long_above}, {"long_input", p->long_input},
		{"long_cached", p->long_cached},       {"long_output", p->long_output},
	};

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		const char *read = csv_get(c, t[i].column);

		assert_true(csv_has(c, t[i].column));
		if (*read && t[i].found != atof(read))
			fail_msg("%s: %s %s expected, %g found", id, t[i].column, read, t[i].found);
	}
}

static void shipped_prices_are_those_read(void **state)
{
	char path[512], name[64];
	struct csv c;
	int rows = 0;

	(void)state;
	str_format(path, sizeof(path), "%s/tests/data/prices.csv", getenv("SRCDIR"));
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_true(csv_open(&c, f));
	while (csv_next(&c)) {
		const char *id = csv_get(&c, "id"), *cached = csv_get(&c, "cached_usd_per_mtok");

		if (c.bad)
			fail_msg("%s: %s", id, c.bad);
		bool is_image = strstr(id, "(image tokens") != NULL;
		double usd = atof(csv_get(&c, "input_usd_per_mtok"));

		str_format(name, sizeof(name), "%.*s", (int)strcspn(id, " "), id);
		const struct price *p = registry_price(&reg, name, day_of(csv_get(&c, "date")));

		if (!p || price_rates(p, 1).input != usd)
			if (!p || !is_image || price_rates(p, 1).image != usd)
				fail_msg("%s: %g expected, %g found", id, usd, p ? p->input : -1);
		if (*cached && !is_image && p->cached != atof(cached))
			fail_msg("%s: %s cached expected, %g found", id, cached, p->cached);
		must_be_read(&c, id, p);
		assert_int_equal(p->from, day_of(csv_get(&c, "date")));
		rows++;
	}
	fclose(f);
	assert_true(rows >= 105);
}

static void prices_change_on_their_day(void **state)
{
	static const struct {
		const char *name;
		int32_t day;
		double input; /* 0: not known then */
	} t[] = {
		{"gpt-5.6-sol", 20260708, 0},
		{"gpt-5.6-sol", 20260709, 5},
		{"gpt-5.6-sol", 20260820, 5},
		{"gpt-5.6-sol", 20260821, 4},
		{"gpt-5.6-terra", 20260729, 2.5},
		{"gpt-5.6-terra", 20260730, 2},
		{"GPT-5.6-SOL", 20261126, 4},
		{"gemini-3.8-flash", 20261231, 0.75},
		{"grok-4.5", 20260708, 0},
		{"grok-4.5", 20260709, 2},
		{"gemini-3.8-flash", 20270101, 1.5},
		{"gemini-3.8-flash", 0, 1.5},
		{"gpt-5.6-sol@2026-08", 20261126, 4},
		{"gpt-5.6", 20261126, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		const struct price *p = registry_price(&reg, t[i].name, t[i].day);

		assert_true((p ? p->input : 0) == t[i].input);
	}
}

/* Two names of one rule: each with its own price, or none. */
static void a_price_is_that_of_the_name(void **state)
{
	struct vtok_error err;
	const struct model *a = subject_named(&reg, "gpt-5", &err),
			   *b = subject_named(&reg, "GPT-5.1", &err);

	(void)state;
	assert_ptr_equal(a->processor, b->processor);
	assert_string_equal(a->id, "gpt-5");
	assert_string_equal(b->id, "gpt-5.1");
	assert_non_null(a->price);
	assert_ptr_equal(b->price, registry_price(&reg, "gpt-5.1", 0));
	assert_ptr_equal(subject_named(&reg, "gpt-5.1", &err), b);
	assert_ptr_equal(subject_named(&reg, "gpt-5", &err), a);
}

/* The name of a price that the list has to have: the first of its own that a rule has, where no
 * newer price has that name. By the walks that everybody else makes. */
static bool has_rule(const struct registry *r, const struct price *price, char name[96],
		     const struct processor **rule)
{
	str_format(name, 96, "%.*s", (int)strcspn(price->id, "@"), price->id);
	*rule = registry_hosted(r, name, r->rules_date);
	for (const char *at = price->aliases; !*rule && at && *at; at += strspn(at, " ")) {
		str_format(name, 96, "%.*s", (int)strcspn(at, " "), at);
		*rule = registry_hosted(r, name, r->rules_date);
		at += strcspn(at, " ");
	}
	return *rule && registry_price(r, name, registry_day(r)) == price;
}

static void must_list(const struct registry *r)
{
	size_t n, at = 0;
	struct priced *all = priced_list(r, &n);
	int32_t day = registry_day(r);

	for (size_t i = 0; i < r->prices_n; i++) {
		const struct processor *rule;
		char name[96];

		if ((day && !price_in_force(r->prices[i], day)) ||
		    !has_rule(r, r->prices[i], name, &rule))
			continue;
		assert_true(at < n);
		assert_ptr_equal(all[at].price, r->prices[i]);
		assert_ptr_equal(all[at].rule, rule);
		assert_int_equal(all[at].len, strlen(name));
		assert_memory_equal(all[at].name, name, strlen(name));
		const struct model *m = priced_model(r, &all[at]);

		assert_ptr_equal(m->processor, rule);
		assert_ptr_equal(m->price, r->prices[i]);
		assert_string_equal(m->id, name);
		at++;
	}
	assert_int_equal(at, n);
}

/* A model keeps the price of the day it was made on, so that each day has its own registry. */
static size_t list_on(int32_t today, int32_t rules_date)
{
	struct registry r;
	struct vtok_error err;
	size_t n;

	assert_true(registry_init(&r, &err));
	r.today = today;
	r.rules_date = rules_date;
	must_list(&r);
	priced_list(&r, &n);
	registry_fini(&r);
	return n;
}

/* On every day on which something changes, as today and as --rules. */
static void prices_find_their_rules(void **state)
{
	size_t most = list_on(0, 0);

	(void)state;
	for (size_t i = 0; i < reg.prices_n + reg.hosted_n; i++) {
		int32_t day = i < reg.prices_n ? reg.prices[i]->from
					       : reg.hosted[i - reg.prices_n]->hosted.from;
		size_t n = list_on(day, 0);

		most = n > most ? n : most;
		list_on(day, day);
	}
	assert_true(most > 60);
}

/* A list that was made before is not taken for that of what was added. */
static void added_prices_find_their_rules(void **state)
{
	static const char more[] = "[hosted mine@2026-01]\nvendor = Mine\nfrom = 2026-01\n"
				   "aliases = mine-large Mine-Small\nsource = here\n"
				   "strategy = hosted-area\nratio = 750\n"
				   "[price Mine-Large@2026-02]\nvendor = Mine\nsource = here\n"
				   "from = 2026-02-01\ninput = 1\n"
				   "[price other@2026-02]\nvendor = Mine\nsource = here\n"
				   "from = 2026-02-01\naliases = nobody mine-small\ninput = 2\n"
				   "[price third@2026-03]\nvendor = Mine\nsource = here\n"
				   "from = 2026-03-01\naliases = mine-large\ninput = 3\n"
				   "[price nobody@2026-02]\nvendor = Mine\nsource = here\n"
				   "from = 2026-02-01\ninput = 4\n";
	struct registry r;
	struct vtok_error err = {0};
	size_t before, n;

	(void)state;
	assert_true(registry_init(&r, &err));
	priced_list(&r, &before);
	if (!registry_merge(&r, "mine.ini", more, strlen(more), &err))
		fail_msg("%s", err.text);
	struct priced *all = priced_list(&r, &n);

	assert_int_equal(n, before + 2);
	assert_true(all[n - 2].price->input == 2 && all[n - 1].price->input == 3);
	assert_string_equal(priced_model(&r, &all[n - 2])->id, "mine-small");
	assert_string_equal(priced_model(&r, &all[n - 1])->id, "mine-large");
	assert_ptr_equal(priced_model(&r, &all[n - 1]), priced_model(&r, &all[n - 1]));
	registry_fini(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted),
		cmocka_unit_test(today_can_be_given),
		cmocka_unit_test(old_and_quoted_prices_are_marked),
		cmocka_unit_test(rents_have_their_day),
		cmocka_unit_test(long_prompts_have_their_tier),
		cmocka_unit_test(quantities_follow_the_price),
		cmocka_unit_test(shipped_prices_are_those_read),
		cmocka_unit_test(prices_change_on_their_day),
		cmocka_unit_test(a_price_is_that_of_the_name),
		cmocka_unit_test(prices_find_their_rules),
		cmocka_unit_test(added_prices_find_their_rules),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
