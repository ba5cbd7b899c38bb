/* What the dashboard makes of budgets: every size it shows keeps its budget, the key f turns the
 * picture to it and undo brings it back, nothing is worked out twice for the same question, and a
 * picture keeps its rows while its size is turned. */
#include "tests/unit.h"

#include <string.h>

#include "base/str.h"
#include "core/budget.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "tests/shipped.h"
#include "view/budget_words.h"
#include "view/export.h"
#include "view/fit_words.h"
#include "view/update.h"
#include "view/view.h"

static const char *const models[] = {"qwen3-vl-8b", "llava-1.5-7b",   "llava-onevision-7b",
				     "gemma-3-4b",  "internvl3-8b",   "pixtral-12b",
				     "gpt-4o",      "gemini-2.5-pro", "claude-sonnet-4-5"};

static void begin(struct state *st, const char *model, int64_t width, int64_t height)
{
	struct vtok_error err = {0};
	const struct model *m;

	state_init(st, &reg);
	m = subject_named(&reg, model, &err);
	if (!m)
		fail_msg("%s: %s", model, err.text);
	request_model(&st->req, m);
	state_size(st, width, height);
}

static void press(struct state *st, uint32_t key)
{
	struct wishes w;

	update(st, &(struct event){.kind = EVENT_KEY, .key = key}, &w);
}

static void type(struct state *st, const char *text)
{
	struct wishes w;

	press(st, 'v');
	update(st, &(struct event){.kind = EVENT_PASTE, .text = text}, &w);
	press(st, VKEY_ENTER);
	assert_int_equal(st->overlay, OVERLAY_NONE);
}

static struct fit_ask ask_of(const struct state *st, const struct fit_budget *b, struct setup *s)
{
	*s = st->req.setup;
	s->width = st->req.aspect_w;
	s->height = st->req.aspect_h;
	return (struct fit_ask){.setup = s, .budgets = b, .budgets_n = 1};
}

/* One row against core/fit's own answer for one size. */
static void check_row(const struct state *st, const struct budgets_row *row)
{
	struct setup s;
	struct fit_ask ask = ask_of(st, &row->budget, &s);
	const struct fit *f = &row->fit;
	char words[FIT_WORDS];

	switch (f->status) {
	case FIT_OK:
		assert_true(fit_holds(&ask, f->best.width, f->best.height, NULL));
		assert_false(fit_holds(&ask, s.width, s.height, NULL));
		assert_true(budget_holds(&row->budget, &row->at_best));
		assert_true(row->less.width == 0 || row->less.tokens < f->best.tokens);
		assert_string_equal(fit_outcome(row, words), "");
		break;
	case FIT_FITS:
		assert_true(fit_holds(&ask, s.width, s.height, NULL));
		break;
	case FIT_NONE:
	case FIT_NO_CHOICE:
		assert_false(fit_holds(&ask, s.width, s.height, NULL));
		assert_true(strlen(fit_outcome(row, words)) > 10);
		break;
	case FIT_ERROR:
		fail_msg("%s: a row of nothing", budget_name(row->budget.quantity));
	}
}

static void every_row_keeps_its_budget(void **state)
{
	static struct state st;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(models); i++)
		for (int turned = 0; turned < 2; turned++) {
			begin(&st, models[i], turned ? 1500 : 4000, turned ? 2200 : 3000);
			press(&st, '5');
			assert_true(st.budgets.is_there && st.budgets.n > 0);
			for (int k = 0; k < st.budgets.n; k++)
				check_row(&st, &st.budgets.row[k]);
		}
}

/* A hosted model has no memory, an open one no price. */
static void rows_are_of_what_the_model_has(void **state)
{
	static struct state st;
	bool has_price = false, has_kv = false;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(models); i++) {
		begin(&st, models[i], 1024, 1024);
		press(&st, '5');
		bool is_hosted = st.req.setup.model->processor->hosted.vendor != NULL;

		for (int k = 0; k < st.budgets.n; k++) {
			enum quantity_id id = st.budgets.row[k].budget.quantity;

			assert_false(is_hosted && id == Q_KV_REQUEST);
			assert_false(!is_hosted && id == Q_PRICE_IMAGES);
			has_price = has_price || id == Q_PRICE_IMAGES;
			has_kv = has_kv || id == Q_KV_REQUEST;
		}
	}
	assert_true(has_price && has_kv);
}

static void f_turns_to_it_and_u_back(void **state)
{
	static const char *const texts[] = {"tokens 700",  "ttft 70ms", "share 1%",
					    "at once 150", "kv 300MB",  "gpu-time 30ms"};
	static struct state st;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		begin(&st, "qwen3-vl-8b", 3000, 2000);
		type(&st, texts[i]);
		assert_true(st.budgeted.is_there && !st.budgeted.holds);
		int64_t best = st.budgeted.fit.best.width;

		press(&st, 'f');
		assert_true(st.budgeted.holds);
		assert_int_equal(st.req.setup.width, best);
		assert_true(st.req.aspect_w == 3000 && st.req.aspect_h == 2000);
		assert_true(strstr(st.message, "3,000") != NULL);
		press(&st, 'f');
		assert_int_equal(st.req.setup.width, best);
		assert_true(strstr(st.message, "fits already") != NULL);
		press(&st, 'u');
		assert_int_equal(st.req.setup.width, 3000);
		assert_true(budget_is_set(&st.req.budget) && !st.budgeted.holds);
		press(&st, 'u');
		assert_false(budget_is_set(&st.req.budget) || st.budgeted.is_there);
		press(&st, 'U');
		press(&st, 'U');
		assert_true(st.budgeted.holds);
	}
}

/* A looser budget lets it grow again, up to the picture and no further. */
static void f_goes_back_up(void **state)
{
	static struct state st;

	(void)state;
	begin(&st, "qwen3-vl-8b", 1500, 1000);
	type(&st, "tokens 300");
	press(&st, 'f');
	int64_t small = st.req.setup.width;

	assert_true(small < 700);
	type(&st, "tokens 800");
	press(&st, 'f');
	assert_true(st.req.setup.width > small && st.req.setup.width < 1500);
	type(&st, "tokens 100000");
	press(&st, 'f');
	assert_true(st.req.setup.width == 1500 && st.req.setup.height == 1000);
	assert_true(st.budgeted.holds);
}

static void what_f_says_where_there_is_nothing(void **state)
{
	static const struct {
		const char *model, *budget, *said;
	} t[] = {
		{"qwen3-vl-8b", "off", "no budget is set"},
		{"qwen3-vl-8b", "ttft 1ms", "no size keeps ttft"},
		{"qwen3-vl-8b", "price 2$", "tokens have a price where a model is hosted"},
		{"llava-1.5-7b", "tokens 100", "every size takes 576 tokens"},
		{"gpt-4o", "kv 100MB", ""},
	};
	static struct state st;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		begin(&st, t[i].model, 1000, 1000);
		type(&st, t[i].budget);
		press(&st, 'f');
		if (!strstr(st.message, t[i].said) || !st.message[0])
			fail_msg("%s, %s: %s", t[i].model, t[i].budget, st.message);
		assert_true(st.req.setup.width == 1000 && st.req.setup.height == 1000);
	}
}

/* What was worked out is used again as long as the question is the same: a mark that is left in it
 * stays. */
static void nothing_is_worked_out_twice(void **state)
{
	static struct state st;

	(void)state;
	begin(&st, "qwen3-vl-8b", 3000, 2000);
	type(&st, "ttft 300ms");
	press(&st, '5');
	st.budgeted.fit.whole = -7;
	st.budgets.row[0].fit.whole = -7;
	press(&st, VKEY_DOWN);
	press(&st, '1');
	press(&st, '5');
	assert_true(st.budgeted.fit.whole == -7 && st.budgets.row[0].fit.whole == -7);
	press(&st, '1');
	press(&st, VKEY_RIGHT); /* the focus is on the budget: another value */
	assert_true(st.budgeted.fit.whole != -7);
	press(&st, '5');
	assert_true(st.budgets.row[0].fit.whole != -7);
}

static void taking_a_size_leaves_the_rows(void **state)
{
	static struct state st;
	static struct budgets before;

	(void)state;
	begin(&st, "qwen3-vl-8b", 3000, 2000);
	press(&st, '5');
	before = st.budgets;
	press(&st, VKEY_ENTER);
	assert_int_equal(st.req.setup.width, before.row[0].fit.best.width);
	assert_int_equal(st.budgets.n, before.n);
	for (int i = 0; i < before.n; i++) {
		assert_true(budget_same(&before.row[i].budget, &st.budgets.row[i].budget));
		assert_int_equal(before.row[i].fit.best.width, st.budgets.row[i].fit.best.width);
	}
}

/* What e writes of the dashboard and of view 5. */
static void budgets_are_exported(void **state)
{
	static struct state st;
	struct strbuf out;

	(void)state;
	begin(&st, "qwen3-vl-8b", 3000, 2000);
	type(&st, "tokens 1280");
	strbuf_init(&out);
	export_state(&st, EXPORT_CSV, &out);
	assert_non_null(strstr(strbuf_text(&out), "\nbudget,tokens 1280,,\n"));
	assert_non_null(strstr(strbuf_text(&out), "\nbudget_holds,no,,\n"));
	assert_non_null(strstr(strbuf_text(&out), "\nbudget_fit_width,1"));
	strbuf_clear(&out);
	export_state(&st, EXPORT_JSON, &out);
	assert_non_null(strstr(strbuf_text(&out), "\"budget\": \"tokens 1280\""));
	strbuf_clear(&out);
	press(&st, '5');
	export_state(&st, EXPORT_CSV, &out);
	assert_true(str_starts(strbuf_text(&out), "budget,value,status,fit_width,fit_height,"));
	assert_non_null(strstr(strbuf_text(&out), "\ntokens_images,1280,ok,"));
	int lines = 0;

	for (const char *p = strbuf_text(&out); *p; p++)
		lines += *p == '\n';
	assert_int_equal(lines, 1 + st.budgets.n);
	strbuf_fini(&out);
}

/* Of a model that has no such number, the reason in place of yes or no. */
static void holding_is_exported(void **state)
{
	static struct state st;
	struct strbuf out;

	(void)state;
	strbuf_init(&out);
	begin(&st, "qwen3-vl-8b", 640, 480);
	type(&st, "tokens 1280");
	export_state(&st, EXPORT_CSV, &out);
	assert_non_null(strstr(strbuf_text(&out), "\nbudget_holds,yes,,\n"));
	strbuf_clear(&out);
	begin(&st, "gpt-4o", 640, 480);
	type(&st, "ttft 300ms");
	export_state(&st, EXPORT_CSV, &out);
	assert_non_null(strstr(strbuf_text(&out), "\nbudget_holds,,,a hosted model: the vendor"));
	strbuf_clear(&out);
	export_state(&st, EXPORT_JSON, &out);
	assert_non_null(strstr(strbuf_text(&out),
			       "\"budget_holds\": null,\n"
			       "  \"budget_holds_reason\": \"a hosted model: the vendor"));
	strbuf_fini(&out);
}

/* Typed into a row: of its own quantity, or a line that says so. */
static void values_of_rows_are_typed(void **state)
{
	static const struct {
		const char *text, *error; /* NULL: taken */
		double value;
	} t[] = {
		{"900", NULL, 900},
		{"tokens 800", NULL, 800},
		{"2k", NULL, 2000},
		{"300ms", "this row is one of tokens: a value like 1280", 0},
		{"ttft 300ms", "this row is one of tokens: a value like 1280", 0},
		{"lots", "expected a budget like ttft 300ms, tokens 1280 or off", 0},
		{"off", "this row is one of tokens: a value like 1280", 0},
		{"-5", "expected a value above 0, like tokens 1280", 0},
	};
	static struct state st;
	struct wishes w;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		begin(&st, "qwen3-vl-8b", 3000, 2000);
		press(&st, '5');
		press(&st, 'v');
		update(&st, &(struct event){.kind = EVENT_PASTE, .text = t[i].text}, &w);
		press(&st, VKEY_ENTER);
		assert_string_equal(st.prompt.error, t[i].error ? t[i].error : "");
		assert_int_equal(st.overlay, t[i].error ? OVERLAY_BUDGET : OVERLAY_NONE);
		if (!t[i].error)
			assert_true(st.budgets.row[0].budget.value > t[i].value - 0.5 &&
				    st.budgets.row[0].budget.value < t[i].value + 0.5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_keeps_its_budget),
		cmocka_unit_test(rows_are_of_what_the_model_has),
		cmocka_unit_test(f_turns_to_it_and_u_back),
		cmocka_unit_test(f_goes_back_up),
		cmocka_unit_test(what_f_says_where_there_is_nothing),
		cmocka_unit_test(nothing_is_worked_out_twice),
		cmocka_unit_test(taking_a_size_leaves_the_rows),
		cmocka_unit_test(budgets_are_exported),
		cmocka_unit_test(holding_is_exported),
		cmocka_unit_test(values_of_rows_are_typed),
	};
	return cmocka_run_group_tests_name("budgets", tests, shipped_load, shipped_free);
}
