/* The rows of the knobs agree with themselves and with the options made of them, and no step leaves
 * the limits or goes the wrong way, wherever it starts. */
#include "tests/unit.h"

#include "base/str.h"
#include "cli/options.h"
#include "registry/registry.h"
#include "state/knobs.h"
#include "tests/shipped.h"

static bool is_number(const struct knob_spec *k)
{
	return k->kind == IS_NUMBER || k->kind == IS_SIDE;
}

static void limits_hold_what_a_row_names(const struct knob_spec *k)
{
	assert_true(k->least <= k->most && k->home <= k->end && k->end <= k->most);
	assert_true((k->own && k->usual == k->nothing) ||
		    (k->least <= k->usual && k->usual <= k->most));
	assert_true(k->kind == IS_SIDE || k->big > 1);
	for (size_t i = 0; i < k->steps_n; i++) {
		assert_true(k->least <= k->steps[i] && k->steps[i] <= k->most);
		assert_true(i == 0 || k->steps[i - 1] < k->steps[i]);
	}
}

static void rows_agree(void **state)
{
	(void)state;
	for (enum knob k = 0; k < KNOB_N; k++) {
		const struct knob_spec *s = &knob_specs[k];

		assert_true(s->label && *s->label && s->unit && *s->name && s->help && *s->help);
		assert_true(s->group < GROUP_N);
		assert_true(s->size == sizeof(int32_t) || s->size == sizeof(int64_t) ||
			    (s->kind == IS_BUDGET && s->size == sizeof(struct fit_budget)));
		assert_true(!(s->scale > 0) || s->size == sizeof(double));
		for (enum knob other = 0; other < k; other++) {
			assert_string_not_equal(s->name, knob_specs[other].name);
			assert_true(!s->letter || s->letter != knob_specs[other].letter);
			assert_true(s->at != knob_specs[other].at);
		}
		/* on the panel the rows of a group stand together */
		assert_true(k == 0 || k >= KNOB_SHOWN_N || s->group >= knob_specs[k - 1].group);
		if (is_number(s))
			limits_hold_what_a_row_names(s);
		else
			assert_non_null(s->expected);
		if (s->kind == IS_ENTRY)
			assert_non_null(registry_find(&reg, s->entries, s->usual_id));
	}
}

/* True when the word is taken by the option and stands for that number. */
static bool takes(enum knob k, const char *word, int64_t number)
{
	struct vtok_error err = {0};
	int64_t out = -1;

	return options_read_knob(k, word, &out, &err) && out == number;
}

static void options_have_the_limits_of_their_rows(void **state)
{
	(void)state;
	for (enum knob k = 0; k < KNOB_N; k++) {
		const struct knob_spec *s = &knob_specs[k];
		struct option opt;
		char word[KNOB_TEXT_SIZE];

		assert_true(option_at(k, &opt) == (s->arg != NULL));
		if (!s->arg)
			continue;
		assert_string_equal(opt.name, s->name);
		for (size_t i = 0; s->kind == IS_CHOICE && i < s->steps_n; i++)
			assert_true(takes(k, s->name_of((int)s->steps[i]), s->steps[i]));
		if (s->kind != IS_NUMBER)
			continue;
		for (int64_t beyond = 0; beyond < 2; beyond++) {
			knob_number_word(s, s->most + beyond, word);
			assert_true(takes(k, word, s->most + beyond) == !beyond);
			knob_number_word(s, s->least - beyond, word);
			assert_true(takes(k, word, s->least - beyond) == !beyond);
		}
	}
}

/* Both directions, small and big, from v: towards there or nowhere, and inside. */
static void step_from(enum knob k, int64_t v)
{
	const struct knob_spec *s = &knob_specs[k];

	for (int n = -1; n <= 1; n += 2)
		for (int big = 0; big < 2; big++) {
			struct request r;

			request_init(&r, &reg);
			r.setup.lens = LENS_FORMULA; /* every knob is live there */
			knob_store(&r, k, v);
			int64_t from = knob_number(&r, k);

			knob_step(&r, &reg, k, n, big);
			int64_t to = knob_number(&r, k);

			if ((to - from) * n < 0 || to < s->least || to > s->most)
				print_message("%s: %lld, step %d: %lld\n", s->name, (long long)from,
					      n, (long long)to);
			assert_true((to - from) * n >= 0);
			assert_true(to >= s->least && to <= s->most);
		}
}

static void a_step_goes_its_way_from_everywhere(void **state)
{
	(void)state;
	for (enum knob k = 0; k < KNOB_N; k++) {
		const struct knob_spec *s = &knob_specs[k];

		if (!is_number(s))
			continue;
		for (int64_t v = s->least; v <= s->most; v = v < 3 ? v + 1 : v + v / 3)
			step_from(k, v);
		step_from(k, s->most);
		step_from(k, s->most - 1);
	}
}

/* Keys reach both ends of what an option takes, and what a start sets they can go on from. */
static void steps_reach_the_limits(void **state)
{
	(void)state;
	for (enum knob k = 0; k < KNOB_N; k++) {
		const struct knob_spec *s = &knob_specs[k];
		struct request r;

		if (s->kind != IS_NUMBER)
			continue;
		request_init(&r, &reg);
		r.setup.lens = LENS_FORMULA;
		for (int i = 0; i < 1000000 && knob_step(&r, &reg, k, 1, false); i++)
			;
		assert_int_equal(knob_number(&r, k), s->most);
		assert_false(knob_step(&r, &reg, k, 1, true));
	}
}

static void nothing_stored_leaves_the_limits(void **state)
{
	static const int64_t wild[] = {INT64_MIN, -5, 0, 1, 65, 4097, INT32_MAX, INT64_MAX};

	(void)state;
	for (enum knob k = 0; k < KNOB_N; k++)
		for (size_t i = 0; is_number(&knob_specs[k]) && i < ARRAY_SIZE(wild); i++) {
			struct request r;

			request_init(&r, &reg);
			knob_store(&r, k, wild[i]);
			int64_t v = knob_stored(&r, k);

			assert_true((v == knob_specs[k].nothing && knob_specs[k].own) ||
				    (v >= knob_specs[k].least && v <= knob_specs[k].most));
		}
}

/* What a knob writes, its option and a script read back. */
static void words_come_back(void **state)
{
	(void)state;
	for (enum knob k = 0; k < KNOB_N; k++) {
		const struct knob_spec *s = &knob_specs[k];
		char word[KNOB_TEXT_SIZE], again[KNOB_TEXT_SIZE], error[KNOB_ERROR_SIZE];
		struct request r, other;

		request_init(&r, &reg);
		r.setup.lens = LENS_FORMULA;
		other = r;
		knob_step(&r, &reg, k, 1, true);
		const char *text = knob_word(&r, k, word);

		assert_non_null(text);
		if (knob_stored(&r, k) == s->nothing && s->own)
			continue; /* the model's own has no word */
		assert_true(knob_type(&other, &reg, k, text, error));
		assert_string_equal(knob_word(&other, k, again), text);
		if (s->kind == IS_CHOICE || s->kind == IS_NUMBER)
			assert_true(takes(k, text, knob_stored(&r, k)));
	}
}

static void a_least_area_stays_below_the_largest(void **state)
{
	char error[KNOB_ERROR_SIZE];
	struct request r;

	(void)state;
	request_init(&r, &reg);
	assert_true(knob_type(&r, &reg, KNOB_MAX_PIXELS, "2048", error));
	assert_false(knob_type(&r, &reg, KNOB_MIN_PIXELS, "4096", error));
	assert_string_equal(error, "expected 1 to 2,048");
	for (int i = 0; i < 20; i++)
		knob_step(&r, &reg, KNOB_MIN_PIXELS, 1, true);
	assert_int_equal(knob_stored(&r, KNOB_MIN_PIXELS), 2048);
	assert_false(knob_step(&r, &reg, KNOB_MAX_PIXELS, -1, false));
}

/* Without a registry there is no entry: every knob has a text, its limits and its steps all the
 * same, and what wants an entry says that there is none. */
static void nothing_to_choose_from(void **state)
{
	(void)state;
	for (enum knob k = 0; k < KNOB_N; k++) {
		const struct knob_spec *s = &knob_specs[k];
		char word[KNOB_TEXT_SIZE], text[KNOB_TEXT_SIZE];
		struct request r, start;

		request_init(&r, NULL);
		start = r;
		assert_true(strlen(knob_text(&r, k, text)) > 0);
		assert_null(knob_fixed(&r, k));
		assert_false(knob_modified(&r, k));
		if (s->kind == IS_ENTRY) {
			assert_string_equal(text, "none");
			assert_null(knob_word(&r, k, word));
			assert_null(knob_entry(&r, k));
			continue;
		}
		assert_non_null(knob_word(&r, k, word));
		assert_true(!is_number(s) || knob_number(&r, k) <= s->most);
		knob_step(&r, NULL, k, 1, false);
		knob_step(&r, NULL, k, -1, true);
		knob_limit(&r, NULL, k, true);
		assert_true(!is_number(s) || knob_stored(&r, k) <= s->most);
		knob_limit(&r, NULL, k, false);
		knob_reset(&r, &start, k);
		assert_int_equal(knob_stored(&r, k), knob_stored(&start, k));
	}
	struct request r;

	request_init(&r, NULL);
	assert_false(request_modified(&r));
	assert_int_equal(request_textbook(&r), TEXTBOOK_NONE);
	assert_true(request_patch(&r) > 0 && request_merge(&r) > 0 && request_pool(&r) > 0);
}

/* What a knob with an entry takes besides: names that are none, versions, models without eyes. */
static void entries_by_name(void **state)
{
	static const struct {
		enum knob knob;
		const char *text, *error; /* NULL: taken */
	} t[] = {
		{KNOB_ENGINE, "sglang", NULL},
		{KNOB_ENGINE, "vllm@0.12", NULL},
		{KNOB_ENGINE, "vllm@", "no engine of that name, or no version behind its @"},
		{KNOB_ENGINE, "vllm@new", "no engine of that name, or no version behind its @"},
		{KNOB_ENGINE, "no-such@0.12", "no engine of that name, or no version behind its @"},
		{KNOB_HARDWARE, "l40s", NULL},
		{KNOB_HARDWARE, "l40s@1", "no hardware of that name; g lists it"},
		{KNOB_HARDWARE, "", "no hardware of that name; g lists it"},
		{KNOB_MODEL, "gpt-4o", NULL},
		{KNOB_MODEL, "no-such", "no model of that name; m lists them"},
	};
	char error[KNOB_ERROR_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct request r, before;

		request_init(&r, &reg);
		before = r;
		bool is_taken = knob_type(&r, &reg, t[i].knob, t[i].text, error);

		if (is_taken != !t[i].error)
			fail_msg("%s: %s", t[i].text, is_taken ? "taken" : error);
		assert_string_equal(error, t[i].error ? t[i].error : "");
		assert_true(is_taken ||
			    knob_entry(&r, t[i].knob) == knob_entry(&before, t[i].knob));
	}
}

/* Typed numbers: shares of what they are a share of, marks between digits, what is no number. */
static void typed_numbers(void **state)
{
	static const struct {
		enum knob knob;
		const char *text;
		int64_t value; /* -1: refused */
	} t[] = {
		{KNOB_TEXT, "4k", 4000},
		{KNOB_TEXT, "4,096", 4096},
		{KNOB_TEXT, "4 096", 4096},
		{KNOB_TEXT, "50%", 131072}, /* of the context */
		{KNOB_TEXT, " 50 %", 131072},
		{KNOB_TEXT, "%", -1},
		{KNOB_TEXT, "-5%", -1},
		{KNOB_TEXT, "half%", -1},
		{KNOB_TEXT, "10001%", -1},
		{KNOB_TEXT, "1000000001", -1},
		{KNOB_TEXT, "-1", -1},
		{KNOB_TEXT, "nan", -1},
		{KNOB_TEXT, "", -1},
		{KNOB_CONTEXT, "4k", 4096},
		{KNOB_CONTEXT, "1M", 1000000},
		{KNOB_IMAGES, "50%", -1}, /* of nothing */
		{KNOB_UTILISATION, "0.85", 8500},
		{KNOB_UTILISATION, "85%", 8500},
		{KNOB_UTILISATION, "1.01", -1},
		{KNOB_UTILISATION, "0", -1},
		{KNOB_UTILISATION, "1e30", -1},
	};
	char error[KNOB_ERROR_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct request r;

		request_init(&r, &reg);
		int64_t before = knob_number(&r, t[i].knob);
		bool is_taken = knob_type(&r, &reg, t[i].knob, t[i].text, error);
		int64_t found = is_taken ? knob_number(&r, t[i].knob) : -1;

		if (found != t[i].value)
			fail_msg("%s %s: %lld %s", knob_specs[t[i].knob].name, t[i].text,
				 (long long)found, error);
		assert_true(is_taken || knob_number(&r, t[i].knob) == before);
		assert_int_equal(error[0] == '\0', is_taken);
	}
}

static void a_freed_knob_is_one_of_many(void **state)
{
	struct request r;

	(void)state;
	request_init(&r, &reg);
	for (enum knob k = 0; k < KNOB_N; k++) {
		knob_free(&r, k, true);
		for (enum knob other = 0; other < KNOB_N; other++)
			assert_true(knob_is_freed(&r, other) == (other <= k));
	}
	for (enum knob k = 0; k < KNOB_N; k++)
		knob_free(&r, k, false);
	assert_true(r.freed == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_agree),
		cmocka_unit_test(options_have_the_limits_of_their_rows),
		cmocka_unit_test(a_step_goes_its_way_from_everywhere),
		cmocka_unit_test(steps_reach_the_limits),
		cmocka_unit_test(nothing_stored_leaves_the_limits),
		cmocka_unit_test(words_come_back),
		cmocka_unit_test(a_least_area_stays_below_the_largest),
		cmocka_unit_test(nothing_to_choose_from),
		cmocka_unit_test(entries_by_name),
		cmocka_unit_test(typed_numbers),
		cmocka_unit_test(a_freed_knob_is_one_of_many),
	};
	return cmocka_run_group_tests_name("knobs", tests, shipped_load, shipped_free);
}
