/* Versions in order, the language of rules, and command lines of servers, hostile ones among them.
 */
#include "tests/unit.h"

#include <math.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"
#include "core/limit.h"
#include "core/release.h"
#include "core/term.h"
#include "import/server_line.h"
#include "tests/shipped.h"

/* ------------------------------------------------------------ versions */

static bool within(const char *version, const char *since, const char *until, const char *days)
{
	struct release v;

	assert_true(release_parse(version, &v));
	return release_within(&v, since, until, days);
}

/* Older than, by the two ends of a range. */
static bool is_before(const char *a, const char *b, const char *days)
{
	return within(a, NULL, b, days) && !within(a, b, NULL, days) && within(b, a, NULL, days) &&
	       !within(b, NULL, a, days);
}

static void versions_are_in_order(void **state)
{
	static const char *const rising[] = {
		"0.6.3",    "0.8.5",          "0.8.5.post1", "0.9.dev1", "0.9a1",  "0.9.0b2",
		"0.9.0rc1", "v0.9.0-rc2",     "V0.9_rc3",    "0.9",      "0.9.1",  "0.10",
		"0.10.1.2", "0.10.1.2.post3", "1",           "1.0.1",    "4.57.1", "5.0.0rc1",
		"5",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rising); i++)
		for (size_t k = i + 1; k < ARRAY_SIZE(rising); k++)
			if (!is_before(rising[i], rising[k], NULL))
				fail_msg("%s is not before %s", rising[i], rising[k]);
	assert_true(is_before("b999", "b6900", NULL));
	assert_true(is_before("b999", "B1000", NULL));
	assert_true(is_before("2026-05", "2026-05-02", NULL));
	assert_true(is_before("2025", "2026-01-02", NULL));
}

static void what_stands_around_a_version_is_left_out(void **state)
{
	static const char *const same[] = {"0.20",           "v0.20",      "~0.20",
					   "0.20.0",         "0.20+cu128", "0.20~by thread",
					   "0.20 (nightly)", "0.20.0.0.7"}; /* four parts count */

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(same); i++) {
		assert_true(within(same[i], "0.20", NULL, NULL));
		assert_true(within(same[i], NULL, "0.20.1", NULL));
		assert_false(within(same[i], NULL, "0.20", NULL));
	}
}

static void no_version_is_the_newest(void **state)
{
	static const char *const newest[] = {"", "latest", "main", "Nightly"};
	static const char *const none[] = {"x", "-1", ".5", "vv1", "release"};
	struct release v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(newest); i++) {
		assert_true(within(newest[i], "999", NULL, NULL));
		assert_false(within(newest[i], NULL, "999", NULL));
	}
	for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
		assert_false(release_parse(none[i], &v));
		assert_int_equal(v.kind, RELEASE_NEWEST);
	}
	/* as new as itself, newer than a build; an end that is no version is open */
	assert_true(release_parse(NULL, &v));
	assert_true(release_within(&v, "main", NULL, NULL));
	assert_false(release_within(&v, NULL, "latest", NULL));
	assert_false(within("b150", "main", NULL, NULL));
	assert_true(within("b150", NULL, "main", NULL));
	assert_true(within("0.20", "soon", "never", NULL));
}

/* A day has ten characters at most and is one of the calendar; else it is a version of one number.
 */
static void what_is_no_day_is_dotted(void **state)
{
	static const struct {
		const char *text;
		enum release_kind kind;
		int32_t number;
	} rows[] = {
		{"2026-08-11", RELEASE_DAY, 20260811},
		{"2026-08", RELEASE_DAY, 20260801},
		{"2026", RELEASE_DAY, 20260101},
		{"2026-08-11-5", RELEASE_DOTTED, 0},
		{"2026-13-01", RELEASE_DOTTED, 0},
		{"20260811", RELEASE_DOTTED, 0},
		{"v", RELEASE_NEWEST, 0},
		{"b", RELEASE_NEWEST, 0},
		{"B7", RELEASE_BUILD, 7},
		{"V7", RELEASE_DOTTED, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct release v;

		assert_int_equal(release_parse(rows[i].text, &v), rows[i].kind != RELEASE_NEWEST);
		if (v.kind != rows[i].kind || v.number != rows[i].number)
			fail_msg("%s: %d, %d", rows[i].text, (int)v.kind, (int)v.number);
	}
}

static void days_let_three_kinds_compare(void **state)
{
	static const char days[] =
		"0.27=2026-08-01 0.28=2026-08-20 b100=2026-01-01 b200=2026-01-11";
	struct release v;

	(void)state;
	assert_true(release_days_good(days));
	assert_false(release_days_good("0.27=soon"));
	assert_false(release_days_good("0.27"));
	assert_true(is_before("0.27.1", "2026-08-10", days));
	assert_true(is_before("2026-08-10", "0.28", days));
	assert_true(is_before("b150", "0.27", days));
	assert_true(is_before("b150", "2026-01-07", days));
	assert_true(is_before("2026-01-05", "b150", days));
	assert_true(release_parse("b150", &v));
	assert_int_equal(release_day(&v, days), 20260106);
	assert_true(release_parse("b99", &v));
	assert_int_equal(release_day(&v, days), 0);
	assert_true(release_parse("b900", &v));
	assert_int_equal(release_day(&v, days), 20260111);
	/* two kinds and no list: both ends are open */
	assert_true(within("b150", "2026-01-07", "2026-01-08", NULL));
	assert_true(within("b150", "2026-01-07", "2026-01-08", ""));
	/* a list that does not have the kind tells nothing either; a number alone is a build where
	 * there are builds alone */
	assert_true(within("0.20", "b150", "b160", "b100=2026-01-01 b200=2026-01-11"));
	assert_true(is_before("150", "b160", "b100=2026-01-01 b200=2026-01-11"));
	assert_true(is_before("b150", "160", "b100=2026-01-01 b200=2026-01-11"));
	assert_true(within("150.1", "b160", "b170", "b100=2026-01-01 b200=2026-01-11"));
	/* older than every listed one is older than a day */
	assert_true(is_before("0.1", "2026-08-10", days));
	/* of a list of other kinds no day follows */
	assert_int_equal(release_day(&v, "0.27=2026-08-01"), 0);
	assert_int_equal(release_day(&v, NULL), 0);
	assert_true(release_parse("0.28", &v));
	assert_int_equal(release_day(&v, days), 20260820);
	assert_true(release_parse("main", &v));
	assert_int_equal(release_day(&v, days), 0);
}

static void lists_of_days_are_checked(void **state)
{
	static const char *const bad[] = {
		"0.27",
		"0.27=soon",
		"x=2026-01-01",
		"latest=2026-01-01",
		"0.27=0.28",
		"0.27=2026-01-01 0.28",
		"0.28.111111111111111111111111111111111111111111111111=2026-01-01 ",
	};
	struct release v;

	(void)state;
	assert_true(release_days_good(NULL));
	assert_true(release_days_good(""));
	assert_true(release_days_good(" 0.27=2026-08-01\n\tb100=2026-01 "));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		if (release_days_good(bad[i]))
			fail_msg("%s is taken", bad[i]);
	/* words that are none are passed over; days that do not rise tell nothing between them */
	assert_true(release_parse("b150", &v));
	assert_int_equal(release_day(&v, "b100=soon b100=2026-01-01 b200=2026-01-11"), 20260106);
	assert_int_equal(release_day(&v, "b100=2026-01-11 b200=2026-01-01"), 20260111);
	assert_int_equal(release_day(&v, "b100=2026-01-11 b200=2026-01-11"), 20260111);
}

static void random_text(char *out, size_t size, unsigned *seed)
{
	static const char letters[] = "0123456789..rcabpostdev-+~vb2026-";
	size_t n = 0;

	for (; n < size - 1 && rand_r(seed) % 12; n++)
		out[n] = letters[(size_t)rand_r(seed) % (sizeof(letters) - 1)];
	out[n] = '\0';
}

/* A total order: of any two one is before the other or both lie in the same ranges, and it carries
 * on; whatever the text. */
static void random_versions_keep_an_order(void **state)
{
	static const char days[] =
		"0.1=2020-01-01 1=2024-01-01 2=2026-01-01 b1=2021-01-01 b99=2025-01-01";
	unsigned seed = 20261127;
	char text[3][24];

	(void)state;
	for (int i = 0; i < 60000; i++) {
		struct release v[3];
		bool fine = true, le[3];

		for (int k = 0; k < 3; k++) {
			random_text(text[k], sizeof(text[k]), &seed);
			fine = release_parse(text[k], &v[k]) && v[k].kind != RELEASE_NEWEST && fine;
		}
		if (!fine || v[0].kind != v[1].kind || v[1].kind != v[2].kind)
			continue;
		for (int k = 0; k < 3; k++) {
			const char *a = text[k], *b = text[(k + 1) % 3];
			bool since = within(a, b, NULL, days), until = within(a, NULL, b, days);

			if (since == until)
				fail_msg("seed 20261127: %s and %s", a, b);
			le[k] = within(b, a, NULL, days); /* a <= b */
		}
		if (le[0] && le[1] && le[2] && !within(text[0], text[2], NULL, days))
			fail_msg("not carried on: %s %s %s", text[0], text[1], text[2]);
	}
}

/* ------------------------------------------------------------ the language */

static bool value(const void *arg, size_t picture, const char *name, double *out)
{
	static const double v[] = {100, 40};

	(void)arg;
	*out = NAN;
	if (strcmp(name, "V") == 0)
		*out = v[picture];
	else if (strcmp(name, "max-len.x:y_1") == 0)
		*out = 7;
	return strcmp(name, "nobody") != 0;
}

static bool given(const void *arg, size_t picture, const char *name)
{
	(void)arg;
	(void)picture;
	return strcmp(name, "V") == 0;
}

static bool is(const void *arg, size_t picture, const char *name, const char *word)
{
	(void)arg;
	(void)picture;
	return strcmp(name, "kind") == 0 && strcmp(word, "b.c") == 0;
}

static bool call(const void *arg, const char *name, const double *args, int n, double *out)
{
	(void)arg;
	*out = n == 1 ? args[0] * args[0] : -1;
	return strcmp(name, "square") == 0;
}

static size_t pictures(const void *arg)
{
	(void)arg;
	return 2;
}

static double weight(const void *arg, size_t picture)
{
	(void)arg;
	return picture ? 3 : 1;
}

static const struct term_names names = {NULL, value, given, is, call, pictures, weight, NULL};

static void terms_are_computed(void **state)
{
	static const struct {
		const char *text;
		double value;
	} rows[] = {
		{"1 + 2 * 3 - 4 / 2", 5},
		{"(1 + 2) * 3", 9},
		{"-2 * - 3", 6},
		{"V", 100},
		{"max-len.x:y_1 - 1", 6},
		{"V- 1", 99},    /* no letter or digit behind it: a minus */
		{"V.1 ?? 3", 3}, /* another name */
		{"1\t+\n2", 3},
		{"notify ?? 4", 4}, /* not a "not" */
		{"2 > 1 ?? 0 ? 5 : 6", 5},
		{"sum(V)", 220},
		{"sum(V) + sum(V * 2) - V", 560},
		{"unset ?? 5", 5},
		{"unset ?? other ?? V", 100},
		{"V ?? 5", 100},
		{"min(3, 2, 9) + max(3, 2, 9)", 11},
		{"floor(7 / 2) + ceil(7 / 2)", 7},
		{"one_of(V, 70, 100)", 1},
		{"one_of(V, 70, 140)", 0},
		{"given(V) and not given(W)", 1},
		{"is(kind, a, b.c)", 1},
		{"is(kind, a)", 0},
		{"square(12)", 144},
		{"V >= 100 and V <= 100 and V == 100 and not V != 100", 1},
		{"V < 100 or V > 100", 0},
		{"V > 50 ? 1 : 2", 1},
		{"V > 500 ? 1 : V > 50 ? 3 : 2", 3},
		{"0 and unset", 0},
		{"1 or unset", 1},
		{"unset and 0", 0},
	};
	char reason[TERM_REASON] = "";
	double v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		enum term_state how = term_eval(rows[i].text, &names, 0, &v, reason);

		if (how != TERM_VALUE || v != rows[i].value)
			fail_msg("%s: %d, %g, %s", rows[i].text, (int)how, v, reason);
		assert_true(term_good(rows[i].text, reason));
	}
}

/* A sum that was made is not made again; another argument is. */
static void sums_are_kept(void **state)
{
	static const char text[] = "sum(V) + sum(V + 1) * 2";
	struct term_sums sums = {0};
	struct term_names keeping = names;
	double v;

	(void)state;
	keeping.sums = &sums;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(term_eval(text, &keeping, (size_t)i, &v, NULL), TERM_VALUE);
		assert_true(v == 220 + 2 * 224);
		assert_int_equal(sums.n, 2);
	}
	/* one that is wrong is not kept, and of more than there is room for all are right */
	static const char wrong[] = "sum(nobody)", many[] = "sum(V) + sum(V) + sum(V) + sum(V) + "
							    "sum(V) + sum(V) + sum(V) + sum(V)";

	assert_int_equal(term_eval(wrong, &keeping, 0, &v, NULL), TERM_WRONG);
	assert_int_equal(sums.n, 2);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(term_eval(many, &keeping, 0, &v, NULL), TERM_VALUE);
		assert_true(v == 8 * 220);
		assert_int_equal(sums.n, TERM_SUMS);
	}
}

static void what_is_not_known_stays_so(void **state)
{
	static const char *const rows[] = {"unset",         "unset + 1",        "unset > 1",
					   "not unset",     "1 and unset",      "0 or unset",
					   "max(1, unset)", "sum(unset)",       "1 / 0",
					   "unset ? 1 : 2", "one_of(unset, 1)", "floor(unset)"};
	double v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(term_eval(rows[i], &names, 0, &v, NULL), TERM_UNKNOWN);
}

/* Nobody is asked about a name that does not matter: some numbers take a search. */
static void names_that_do_not_matter(void **state)
{
	static const char *const of[] = {"V ?? nobody", "1 ? V : nobody", "0 ? nobody : V",
					 "V ?? given(nobody) + sum(nobody)"};
	double v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(of); i++) {
		assert_int_equal(term_eval(of[i], &names, 0, &v, NULL), TERM_VALUE);
		assert_true(v == 100);
	}
	assert_int_equal(term_eval("1 ? nobody : V", &names, 0, &v, NULL), TERM_WRONG);
}

static void wrong_terms_are_named(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"", "it ends where a value should be"},
		{"1 +", "it ends where a value should be"},
		{"(1", "no ) at its end"},
		{"(1 2)", "no ) at \"2)\""},
		{"1 2", "not expected: \"2\""},
		{"V V", "not expected: \"V\""},
		{"1 ? 2", "no : behind ?"},
		{"given(1)", "given() takes a name"},
		{"is(kind, a", "is() takes a name and words"},
		{"max(1, 2", "no ) behind the arguments of \"max\""},
		{"1.2.3", "not a number: \"1.2.3\""},
		{"$", "expected a value at \"$\""},
		{"{", "expected a value at \"{\""},
		{"1 android", "not expected: \"android\""},
		{"given(V", "given() takes a name"},
		{"is(1, a)", "is() takes a name and words"},
		{"sum(V", "sum() takes one argument"},
		{"123456789012345678901234567890123456789012345678",
		 "not a number: \"1234567890123456789012345678901234567890\""},
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		 "aaa"
		 "aaaaaaaaaaaa",
		 "a name is too long"},
		{"max(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)", "too many arguments of \"max\""},
	};
	char reason[TERM_REASON];
	double v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		reason[0] = '\0';
		assert_false(term_good(rows[i].text, reason));
		assert_string_equal(reason, rows[i].reason);
	}
	assert_int_equal(term_eval("nobody", &names, 0, &v, reason), TERM_WRONG);
	/* functions that nobody has, or not of so many arguments */
	static const char *const calls[] = {"cube(2)",     "min()",  "max()",
					    "floor(1, 2)", "ceil()", "one_of(1)"};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		if (term_eval(calls[i], &names, 0, &v, reason) != TERM_WRONG)
			fail_msg("%s is %g", calls[i], v);
}

static void depth_is_bounded(void **state)
{
	static const char *const of[] = {"(", "-", "not ", "1 ? ", "max(", "sum("};
	char *deep = malloc(200001);
	double v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(of); i++) {
		size_t len = strlen(of[i]);

		for (size_t k = 0; k < 200000; k++)
			deep[k] = of[i][k % len];
		deep[200000] = '\0';
		assert_int_equal(term_eval(deep, &names, 0, &v, NULL), TERM_WRONG);
	}
	free(deep);
}

/* ------------------------------------------------------------ the greatest count */

/* No picture of any shape takes more, and one takes as many; some of the figures are published. */
static void the_greatest_count_is_one(void **state)
{
	static const struct {
		const char *id;
		int64_t least;
	} rows[] = {{"glm-4.1v", 6141},
		    {"qwen2.5-vl-max1280", 1280},
		    {"qwen2.5-vl", 16384},
		    {"gemma3", 256},
		    {"llava-1.5", 576}};
	unsigned seed = 1;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct processor *p = registry_processor(&reg, rows[i].id);
		int64_t most = limit_greatest(p);

		assert_true(most >= rows[i].least);
		for (int k = 0; k < 20000; k++) {
			struct count n;
			int64_t w = 1 + rand_r(&seed) % 30000, h = 1 + rand_r(&seed) % 30000;

			count_image(p, LENS_EXACT, NULL, w, h, &n, NULL);
			if (!n.refused && n.visual > most)
				fail_msg("%s: %d x %d takes %d", rows[i].id, (int)w, (int)h,
					 (int)n.visual);
		}
	}
}

/* A cap on the area is met to the token, where it is so many of two factors; a large one too. */
static void the_greatest_count_meets_its_cap(void **state)
{
	static const int64_t caps[] = {400, 6141, 16384, 262144, 300000};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(caps); i++) {
		struct processor p = *registry_processor(&reg, "qwen2.5-vl");

		p.max_pixels = caps[i] * 28 * 28;
		assert_int_equal(limit_greatest(&p), caps[i]);
	}
}

/* ------------------------------------------------------------ command lines */

static struct server_line line;

static bool read_line(const char *engine, const char *text, struct vtok_error *err)
{
	*err = (struct vtok_error){0};
	server_line_fini(&line);
	server_line_init(&line);
	return server_line_read(&line, registry_engine(&reg, engine), text, err);
}

static const char *setting(const char *name)
{
	for (size_t i = line.settings_n; i > 0; i--)
		if (strcmp(line.settings[i - 1].name, name) == 0)
			return line.settings[i - 1].text;
	return "-";
}

static void lines_are_read_as_typed(void **state)
{
	static const struct {
		const char *engine, *text, *name, *value;
	} rows[] = {
		{"vllm", "--max-model-len 8192", "max-model-len", "8192"},
		{"vllm", "--max_model_len=8192", "max-model-len", "8192"},
		{"vllm", "--max-model-len 1 --max-model-len 2", "max-model-len", "2"},
		{"vllm", "vllm serve a/b --max-model-len -1", "max-model-len", "-1"},
		{"vllm", "--limit-mm-per-prompt '{\"image\":2}'", "limit-mm-per-prompt.image", "2"},
		{"vllm", "--limit-mm-per-prompt \"{\\\"image\\\": 2}\"",
		 "limit-mm-per-prompt.image", "2"},
		{"vllm", "--limit-mm-per-prompt {\"image\": 2}", "limit-mm-per-prompt.image", "2"},
		{"vllm", "--limit-mm-per-prompt={\"image\":2}", "limit-mm-per-prompt.image", "2"},
		{"vllm", "--limit-mm-per-prompt '{\"image\":{\"count\":2,\"width\":896}}'",
		 "limit-mm-per-prompt.image.width", "896"},
		{"vllm", "--mm-processor-kwargs '{\"a\":\"b\"}'", "mm-processor-kwargs.a", "b"},
		{"vllm", "--mm-processor-kwargs '{\"a\":true}'", "mm-processor-kwargs.a", "true"},
		{"vllm", "--mm-processor-kwargs '{\"a\":false}'", "mm-processor-kwargs.a", "false"},
		{"vllm", "--mm-processor-kwargs '{\"a\":1.5}'", "mm-processor-kwargs.a", "1.5"},
		{"vllm", "--mm-processor-kwargs '{\"a\":[1,2]}'", "mm-processor-kwargs.a", "[]"},
		{"vllm", "--mm-processor-kwargs '{\"b\":null,\"a\":2}'", "mm-processor-kwargs.a",
		 "2"},
		{"vllm", "--limit-mm-per-prompt image=3,video=1", "limit-mm-per-prompt.video", "1"},
		{"vllm", "--limit-mm-per-prompt image=3 video=1 -x", "limit-mm-per-prompt.video",
		 "1"},
		{"vllm", "--limit-mm-per-prompt.image.count 4", "limit-mm-per-prompt.image.count",
		 "4"},
		{"vllm", "--mm-processor-kwargs.max_pixels=99", "mm-processor-kwargs.max_pixels",
		 "99"},
		{"vllm", "--mm_processor_kwargs '{\"size\":{\"longest_edge\":7}}'",
		 "mm-processor-kwargs.size.longest_edge", "7"},
		{"vllm", "--no-enable-prefix-caching", "enable-prefix-caching", "false"},
		{"vllm", "--enable-prefix-caching False", "enable-prefix-caching", "false"},
		{"vllm", "--disable-chunked-mm-input a/b", "disable-chunked-mm-input", "true"},
		{"vllm", "--disable-chunked-mm-input=0", "disable-chunked-mm-input", "false"},
		{"vllm", "--enable-prefix-caching TRUE", "enable-prefix-caching", "true"},
		{"vllm", "--max-model-len -5 - --tokenizer-mode x", "tokenizer-mode", "x"},
		{"vllm", "1A=5 --max-model-len 6", "max-model-len", "6"}, /* no variable */
		{"vllm", "env VLLM_MAX_IMAGE_PIXELS=0 vllm serve x", "VLLM_MAX_IMAGE_PIXELS", "0"},
		{"vllm", "docker run -e VLLM_MAX_IMAGE_PIXELS=5 i --max-model-len 3",
		 "max-model-len", "3"},
		{"vllm", "docker run -e VLLM_MAX_IMAGE_PIXELS=5 i", "VLLM_MAX_IMAGE_PIXELS", "5"},
		{"vllm", "vllm serve m \\\n  --max-model-len \\\n 12", "max-model-len", "12"},
		{"llama.cpp", "llama-server -m f.gguf -c 4096 -np 2 -ub 1024", "ubatch-size",
		 "1024"},
		{"llama.cpp", "-kvu -ngl 99", "kv-unified", "true"},
		{"llama.cpp", "--no-kv-unified", "kv-unified", "false"},
		{"llama.cpp", "LLAMA_ARG_CTX_SIZE=9 llama-server", "ctx-size", "9"},
		{"sglang", "--mm-process-config '{\"image\":{\"max_pixels\":5}}'",
		 "mm-process-config.image.max_pixels", "5"},
		{"lmdeploy", "lmdeploy serve api_server m --session-len 77", "session-len", "77"},
		{"ollama", "OLLAMA_CONTEXT_LENGTH=8192 ollama serve", "OLLAMA_CONTEXT_LENGTH",
		 "8192"},
		{"transformers", "init:max_pixels=200000", "init:max_pixels", "200000"},
		{"vllm", "--tokenizer-mode 'mis\"tr al'", "tokenizer-mode", "mis\"tr al"},
		{"vllm", "--tokenizer-mode a\\ b", "tokenizer-mode", "a b"},
		{"vllm", "--tokenizer-mode ''", "tokenizer-mode", ""},
	};
	struct vtok_error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!read_line(rows[i].engine, rows[i].text, &err))
			fail_msg("%s: %s", rows[i].text, err.text);
		if (strcmp(setting(rows[i].name), rows[i].value) != 0)
			fail_msg("%s: %s is %s", rows[i].text, rows[i].name, setting(rows[i].name));
	}
}

static void numbers_have_suffixes(void **state)
{
	static const struct {
		const char *text;
		double number;
	} rows[] = {{"8k", 8000}, {"8K", 8192}, {"1M", 1048576}, {"25.6k", 25600}, {"3", 3}};
	struct vtok_error err;
	char text[64];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		str_format(text, sizeof(text), "--max-model-len %s", rows[i].text);
		assert_true(read_line("vllm", text, &err));
		assert_true(line.settings[0].number == rows[i].number);
	}
	assert_true(read_line("vllm", "--max-model-len auto", &err));
	assert_true(isnan(line.settings[0].number));
}

static void unknown_flags_are_named(void **state)
{
	struct vtok_error err;

	(void)state;
	assert_true(read_line("vllm",
			      "vllm serve m --trust-remote-code --gpu-memory-utilization 0.9 -tp 8 "
			      "--max-model-len 5 --rope {\"a\":1} -tp 8",
			      &err));
	assert_int_equal(line.ignored_n, 4);
	assert_string_equal(line.ignored[0], "--trust-remote-code");
	assert_string_equal(line.ignored[3], "--rope");
	assert_string_equal(setting("max-model-len"), "5");
}

/* Of more than 64 the others are not named; what is known is read all the same. */
static void many_unknown_flags_are_cut(void **state)
{
	char text[2000] = "vllm serve m";
	struct vtok_error err;

	(void)state;
	for (int i = 0; i < 80; i++)
		str_append(text, sizeof(text), " --flag-%d", i);
	str_append(text, sizeof(text), " --max-model-len 5");
	assert_true(read_line("vllm", text, &err));
	assert_int_equal(line.ignored_n, 64);
	assert_string_equal(line.ignored[63], "--flag-63");
	assert_string_equal(setting("max-model-len"), "5");
}

#define LONG_NAME                                                                                  \
	"a_name_of_more_letters_than_any_engine_has_for_one_of_its_flags_or_for_the_members_of_"   \
	"what_it_takes_and_more_than_is_kept_of_it_so_that_the_line_is_refused_with_a_clear_"      \
	"sentence"

static void bad_lines_are_told(void **state)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"--max-model-len", "--max-model-len: needs a value"},
		{"--max-model-len --tokenizer-mode x", "--max-model-len: needs a value"},
		{"--tokenizer-mode 'x", "a quote ' has no end"},
		{"--tokenizer-mode \"x", "a quote \" has no end"},
		{"--limit-mm-per-prompt '{\"image\":'", "limit-mm-per-prompt: not JSON: "},
		{"--limit-mm-per-prompt '{image:2}'", "limit-mm-per-prompt: not JSON: "},
		{"--limit-mm-per-prompt {\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{"
		 "\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}",
		 "limit-mm-per-prompt.a.a.a.a.a.a.a.a.a.a.a.a.a: nested too deep"},
		{"--limit-mm-per-prompt {\"" LONG_NAME "\":1}",
		 "limit-mm-per-prompt...: the name is too long"},
		{"--limit-mm-per-prompt " LONG_NAME "=1",
		 "limit-mm-per-prompt...: the name is too long"},
		{"--limit-mm-per-prompt image=1 " LONG_NAME "=1",
		 "limit-mm-per-prompt...: the name is too long"},
	};
	struct vtok_error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_false(read_line("vllm", rows[i].text, &err));
		assert_int_equal(err.code, VTOK_E_USAGE);
		assert_memory_equal(err.text, rows[i].reason, strlen(rows[i].reason));
	}
}

/* A million bytes of each: a line comes back or a clear error, and nothing is read beyond it. */
static void long_lines_are_bounded(void **state)
{
	static const char *const of[] = {"a ",   "{",  "{\"a\":",
					 "--x ", "\\", "'",
					 "A=1 ", "\n", "--limit-mm-per-prompt image=1 "};
	char *text = malloc(SERVER_LINE_MOST + 2);
	struct vtok_error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(of); i++) {
		size_t len = strlen(of[i]);

		for (size_t k = 0; k <= SERVER_LINE_MOST; k++)
			text[k] = of[i][k % len];
		text[SERVER_LINE_MOST + 1] = '\0';
		assert_false(read_line("vllm", text, &err));
		text[SERVER_LINE_MOST] = '\0';
		if (!read_line("vllm", text, &err))
			assert_true(err.text[0] != '\0');
	}
	free(text);
}

static bool read_client(const char *pair, struct vtok_error *err)
{
	*err = (struct vtok_error){0};
	server_line_fini(&line);
	server_line_init(&line);
	return server_line_client(&line, pair, err);
}

static void keys_of_clients_have_places(void **state)
{
	static const struct {
		const char *pair, *name, *value;
	} rows[] = {
		{"max_pixels=5", "body:max_pixels", "5"},
		{"part:max_pixels=5", "part:max_pixels", "5"},
		{"call:max_pixels=5", "body:max_pixels", "5"},
		{"kwargs:image.max_pixels=5", "kwargs:image.max_pixels", "5"},
		{"kwargs:max_pixels=5", "kwargs", "true"},
		{"mm_processor_kwargs={\"image\":{\"max_pixels\":5}}", "kwargs:image.max_pixels",
		 "5"},
		{"body:mm_processor_kwargs={\"max_pixels\":5}", "kwargs:max_pixels", "5"},
		{"extra_body={\"mm_processor_kwargs\":{\"max_pixels\":5},\"x\":\"y\"}",
		 "kwargs:max_pixels", "5"},
		{"options={\"num_ctx\":5}", "body:options.num_ctx", "5"},
		{"init:size={\"longest_edge\":5}", "init:size.longest_edge", "5"},
		{"a=b=c", "body:a", "b=c"},
	};
	static const char *const bad[] = {"",
					  "=",
					  "x",
					  "=5",
					  "part:=5",
					  "foo:bar=5",
					  "mm_processor_kwargs=5",
					  "extra_body=[",
					  "extra_body={\"mm_processor_kwargs\":5}",
					  "mm_processor_kwargs={\"" LONG_NAME "\":5}",
					  "extra_body={\"" LONG_NAME "\":1,\"x\":2}",
					  LONG_NAME LONG_NAME "=5",
					  "x={"};
	struct vtok_error err;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!read_client(rows[i].pair, &err))
			fail_msg("%s: %s", rows[i].pair, err.text);
		if (strcmp(setting(rows[i].name), rows[i].value) != 0)
			fail_msg("%s: %s is %s", rows[i].pair, rows[i].name, setting(rows[i].name));
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_false(read_client(bad[i], &err));
		assert_int_equal(err.code, VTOK_E_USAGE);
	}
}

/* Words of every kind in any order: never more than an error. */
static void random_lines_are_survived(void **state)
{
	static const char *const words[] = {"--max-model-len",
					    " ",
					    "'",
					    "\"",
					    "{",
					    "}",
					    "\"a\":",
					    "1",
					    "=",
					    "\\",
					    "--limit-mm-per-prompt",
					    "image=2",
					    ",",
					    "-c",
					    "VLLM_MAX_IMAGE_PIXELS=",
					    "\n",
					    "[",
					    "]",
					    "init:",
					    ".",
					    "--no-",
					    "enable-prefix-caching",
					    "true"};
	static const char *const engines[] = {"vllm", "llama.cpp", "sglang", "ollama",
					      "transformers"};
	unsigned seed = 7;
	char text[256];
	struct vtok_error err;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		text[0] = '\0';
		for (int k = rand_r(&seed) % 20; k > 0; k--)
			str_append(text, sizeof(text), "%s",
				   words[(size_t)rand_r(&seed) % ARRAY_SIZE(words)]);
		if (!read_line(engines[i % 5], text, &err) && !err.text[0])
			fail_msg("no reason: %s", text);
	}
	server_line_fini(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_in_order),
		cmocka_unit_test(what_stands_around_a_version_is_left_out),
		cmocka_unit_test(no_version_is_the_newest),
		cmocka_unit_test(what_is_no_day_is_dotted),
		cmocka_unit_test(days_let_three_kinds_compare),
		cmocka_unit_test(lists_of_days_are_checked),
		cmocka_unit_test(random_versions_keep_an_order),
		cmocka_unit_test(terms_are_computed),
		cmocka_unit_test(sums_are_kept),
		cmocka_unit_test(what_is_not_known_stays_so),
		cmocka_unit_test(names_that_do_not_matter),
		cmocka_unit_test(wrong_terms_are_named),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(the_greatest_count_is_one),
		cmocka_unit_test(the_greatest_count_meets_its_cap),
		cmocka_unit_test(lines_are_read_as_typed),
		cmocka_unit_test(numbers_have_suffixes),
		cmocka_unit_test(unknown_flags_are_named),
		cmocka_unit_test(many_unknown_flags_are_cut),
		cmocka_unit_test(bad_lines_are_told),
		cmocka_unit_test(long_lines_are_bounded),
		cmocka_unit_test(keys_of_clients_have_places),
		cmocka_unit_test(random_lines_are_survived),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
