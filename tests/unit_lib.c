/* The installed API, through the library as a program sees it. */
#include "tests/unit.h"

#include <math.h>
#include <pthread.h>
#include <vtok/vtok.h>

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

static struct vtok *v;

static int setup(void **state)
{
	(void)state;
	v = vtok_open(NULL, NULL);
	return v ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	vtok_close(v);
	vtok_close(NULL);
	vtok_free(NULL);
	return 0;
}

static struct vtok_entry look(const char *id)
{
	struct vtok_entry e;
	struct vtok_fault fault;

	if (!vtok_lookup(v, id, NULL, &e, &fault))
		fail_msg("%s: %s", id, fault.text);
	return e;
}

static void known_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		int64_t width, height, visual, special;
	} t[] = {
		{"llava-1.5-7b",    1920, 1080, 576,     0},
		{"qwen2.5-vl-7b",   1920, 1080, 69 * 39, 2}, /* 1932 x 1092 */
		{"qwen3-vl",        1024, 1024, 1024,    2},
		{"gpt-4o",          1024, 1024, 765,     0},
		{"claude-opus-4-8", 1920, 1080, 2691,    0},
	};
	for (size_t i = 0; i < COUNT_OF(t); i++) {
		struct vtok_entry e = look(t[i].id);
		struct vtok_count c;
		struct vtok_fault fault = {VTOK_FAULT_FILE, "old"};
		assert_true(vtok_count(&e, NULL, t[i].width, t[i].height, &c, &fault));
		assert_int_equal(fault.kind, VTOK_FAULT_NONE);
		assert_string_equal(fault.text, "");
		assert_false(c.refused);
		assert_int_equal(c.visual, t[i].visual);
		assert_int_equal(c.special, t[i].special);
		assert_int_equal(c.total, c.visual + c.special);
	}
}

static void entries_tell_what_they_are(void **state)
{
	(void)state;
	struct vtok_entry e = look("QWEN2.5-VL-7B");

	assert_int_equal(e.kind, VTOK_CHECKPOINT);
	assert_string_equal(e.id, "qwen2.5-vl-7b");
	assert_non_null(e.source);
	assert_int_equal(look("qwen2.5-vl").kind, VTOK_PROCESSOR);
	e = look("gemini-3");
	assert_int_equal(e.kind, VTOK_HOSTED);
	assert_true(e.approximate);
	assert_int_equal(e.rule_from, 20251101);
	assert_int_equal(e.rule_until, 0);
}

static void rules_have_dates(void **state)
{
	(void)state;
	struct vtok_entry e;
	struct vtok_fault fault;

	assert_true(vtok_lookup(v, "claude-standard", "2025-06", &e, &fault));
	assert_int_equal(e.rule_until, 20260613);
	assert_false(vtok_lookup(v, "claude-standard", "June", &e, &fault));
	assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
	assert_false(vtok_lookup(v, "gpt-6-astra", "2025-06", &e, &fault));
	assert_non_null(strstr(fault.text, "2026-08-01"));
	assert_int_equal(look("claude-standard").rule_from,
			 20260613); /* the date was for that call alone */
}

static void options_count(void **state)
{
	(void)state;
	struct vtok_entry e = look("gpt-4o"), llava = look("llava-1.5-7b");
	struct vtok_options o = {.detail = VTOK_DETAIL_LOW}, formula = {.lens = VTOK_LENS_FORMULA};
	struct vtok_count c;

	assert_true(vtok_count(&e, &o, 4000, 3000, &c, NULL));
	assert_int_equal(c.visual, 85);
	assert_true(vtok_count(&llava, &formula, 672, 672, &c, NULL));
	assert_int_equal(c.visual, 48 * 48);
	o = (struct vtok_options){.merge = 1};
	e = look("qwen2.5-vl-7b");
	assert_true(vtok_count(&e, &o, 280, 280, &c, NULL));
	assert_int_equal(c.visual, 400);
}

static void a_refusal_is_a_result(void **state)
{
	(void)state;
	struct vtok_entry e = look("qwen2.5-vl-7b");
	struct vtok_count c;
	struct vtok_fault fault;

	assert_true(vtok_count(&e, NULL, 10000, 10, &c, &fault));
	assert_true(c.refused);
	assert_int_equal(c.visual, 0);
	assert_non_null(strstr(c.reason, "aspect"));
}

static void bad_arguments_are_faults(void **state)
{
	(void)state;
	struct vtok_entry e = look("qwen2.5-vl-7b");
	struct vtok_count c;
	struct vtok_fault fault;
	struct vtok_options bad[] = {
		{.lens = 2}, {.detail = 9}, {.media_resolution = -1}, {.grid = 10}, {.patch = -1}};

	assert_false(vtok_count(&e, NULL, 0, 10, &c, &fault));
	assert_false(vtok_count(&e, NULL, 10, VTOK_SIDE_MAX + 1LL, &c, NULL));
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_false(vtok_count(&e, &bad[i], 10, 10, &c, &fault));
		assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
		assert_true(fault.text[0] != '\0');
	}
	assert_false(vtok_lookup(v, "qwen2.5-vl-7c", NULL, &e, &fault));
	assert_non_null(strstr(fault.text, "qwen2.5-vl-7b"));
	assert_null(vtok_open("/nonexistent/file.ini", &fault));
	assert_true(fault.text[0] != '\0');
}

/* The limits are those of the program's options; one more is a fault that names it, whatever it
 * would overflow. */
static void limits_are_the_programs(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		struct vtok_options good, bad;
	} t[] = {
		{"patch: expected a whole number from 0 to 4096, got 268435456",
		 {.patch = 4096},
		 {.patch = 268435456}														      },
		{"patch: ",									{.patch = 1},                  {.patch = 4097}          },
		{"merge: expected a whole number from 0 to 64, got 65",
		 {.merge = 64},
		 {.merge = 65}															     },
		{"pool: expected a whole number from 0 to 64, got 65",                             {.pool = 64},                  {.pool = 65}             },
		{"grid: expected a whole number from 0 to 9, got 10",                              {.grid = 9},                   {.grid = 10}             },
		{"min_pixels: expected a whole number from 0 to 1000000000000, got 1000000000001",
		 {.min_pixels = 1000000000000},
		 {.min_pixels = 1000000000001}													     },
		{"max_pixels: ",								   {.max_pixels = 1000000000000}, {.max_pixels = INT64_MAX}},
		{"images: expected a whole number from 0 to 1000000, got 1000001",
		 {.images = 1000000},
		 {.images = 1000001}														       },
		{"images: ",								       {0},                           {.images = -1}           },
	};
	static const char *const models[] = {"gemma-4-e2b", "qwen2.5-vl-7b", "llava-1.5-7b",
					     "gpt-4o"};
	static const int64_t sizes[] = {1, 1000, VTOK_SIDE_MAX};

	for (size_t m = 0; m < COUNT_OF(models); m++) {
		struct vtok_entry e = look(models[m]);
		for (size_t i = 0; i < COUNT_OF(t); i++) {
			struct vtok_count c;
			struct vtok_fault fault;
			for (size_t k = 0; k < COUNT_OF(sizes); k++) {
				assert_true(
					vtok_count(&e, &t[i].good, sizes[k], sizes[k], &c, &fault));
				assert_true(c.visual >= 0 && c.total >= c.visual);
			}
			assert_false(vtok_count(&e, &t[i].bad, 1000, 800, &c, &fault));
			assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
			if (strncmp(fault.text, t[i].text, strlen(t[i].text)) != 0)
				fail_msg("%s", fault.text);
			assert_int_equal(vtok_explain(&e, &t[i].bad, 1000, 800, NULL, 0, &fault),
					 0);
		}
	}
}

static void lists_are_whole(void **state)
{
	(void)state;
	for (int k = 0; k < VTOK_KINDS; k++) {
		const char *ids[4] = {"untouched", "untouched", "untouched", "untouched"};
		size_t n = vtok_list(v, (enum vtok_kind)k, NULL, 0);
		assert_true(n >= 2);
		assert_int_equal(vtok_list(v, (enum vtok_kind)k, ids, 2), n);
		assert_string_not_equal(ids[0], ids[1]);
		assert_string_equal(ids[2], "untouched");
	}
	assert_int_equal(vtok_list(v, VTOK_KINDS, NULL, 0), 0);
}

/* Every entry that counts: the last steps of the derivation are what the count says. */
static void explanations_add_up(void **state)
{
	(void)state;
	static const enum vtok_kind kinds[] = {VTOK_CHECKPOINT, VTOK_PROCESSOR, VTOK_HOSTED};
	static const char *ids[512];

	for (size_t k = 0; k < COUNT_OF(kinds); k++) {
		size_t n = vtok_list(v, kinds[k], ids, COUNT_OF(ids));
		assert_true(n <= COUNT_OF(ids));
		for (size_t i = 0; i < n; i++) {
			struct vtok_entry e;
			struct vtok_step steps[VTOK_STEPS_MAX];
			struct vtok_count c;
			struct vtok_fault fault;
			if (!vtok_lookup(v, ids[i], NULL, &e,
					 &fault)) { /* a language model alone */
				assert_non_null(strstr(fault.text, "takes no images"));
				continue;
			}
			assert_true(vtok_count(&e, NULL, 1280, 720, &c, NULL));
			size_t rows =
				vtok_explain(&e, NULL, 1280, 720, steps, VTOK_STEPS_MAX, NULL);
			assert_in_range(rows, 2, VTOK_STEPS_MAX);
			int64_t visual = -1;
			for (size_t s = 0; s < rows; s++)
				if (strcmp(steps[s].name, "visual") == 0)
					visual = steps[s].count;
			if (!c.refused)
				assert_int_equal(visual, c.visual);
			assert_int_equal(vtok_explain(&e, NULL, 1280, 720, NULL, 0, NULL), rows);
		}
	}
}

static void costs_of_a_request(void **state)
{
	(void)state;
	struct vtok_entry e = look("qwen2.5-vl-7b"), p = look("gpt-4o");
	struct vtok_request q = {
		.width = 1920, .height = 1080, .text_tokens = 512, .reserve_tokens = 1024};
	struct vtok_estimate out;
	struct vtok_fault fault;

	assert_true(vtok_estimate(v, &e, &q, &out, &fault));
	assert_int_equal(out.image_tokens, 69 * 39 + 2);
	assert_int_equal(out.total_tokens, 69 * 39 + 2 + 512 + 1024);
	assert_int_equal(out.context_limit, 128000);
	assert_true(out.kv_bytes_per_token == 57344); /* facts, section 2: exact in a double */
	assert_true(out.ttft_low_s < out.ttft_s && out.ttft_s < out.ttft_high_s);
	assert_true(out.concurrency > 1 && out.concurrency < out.concurrency_text_only);
	assert_string_equal(out.reason, "");
	q.hardware = "no-such";
	assert_false(vtok_estimate(v, &e, &q, &out, &fault));
	assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
	q.hardware = NULL;
	q.kv = "bf61";
	assert_false(vtok_estimate(v, &e, &q, &out, &fault));
	q.kv = NULL;
	assert_false(vtok_estimate(v, &p, &q, &out, &fault));
	assert_non_null(strstr(fault.text, "checkpoint"));
}

static void *count_many(void *arg)
{
	bool *fine = arg;

	for (int i = 0; i < 2000; i++) {
		struct vtok_entry e;
		struct vtok_count c;
		*fine &= vtok_lookup(v, "gpt-5-mini", i % 2 ? "2026-01" : NULL, &e, NULL) &&
			 vtok_count(&e, NULL, 1024, 1024, &c, NULL) &&
			 c.visual == (i % 2 ? 1659 : 1229);
	}
	return NULL;
}

static void threads_share_one(void **state)
{
	(void)state;
	pthread_t threads[4];
	bool fine[4];

	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		fine[i] = true;
		assert_int_equal(pthread_create(&threads[i], NULL, count_many, &fine[i]), 0);
	}
	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		pthread_join(threads[i], NULL);
		assert_true(fine[i]);
	}
}

static void folders_are_imported(void **state)
{
	(void)state;
	char path[1024];
	struct vtok_fault fault;

	snprintf(path, sizeof(path), "%s/tests/data/import/qwen2.5-vl-7b-copy", getenv("SRCDIR"));
	char *ini = vtok_import(path, &fault);
	if (!ini)
		fail_msg("%s", fault.text);
	assert_non_null(strstr(ini, "[model qwen2.5-vl-7b-copy]"));
	vtok_free(ini);
	assert_null(vtok_import("/nonexistent", &fault));
	assert_true(fault.text[0] != '\0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_numbers),
		cmocka_unit_test(entries_tell_what_they_are),
		cmocka_unit_test(rules_have_dates),
		cmocka_unit_test(options_count),
		cmocka_unit_test(a_refusal_is_a_result),
		cmocka_unit_test(bad_arguments_are_faults),
		cmocka_unit_test(limits_are_the_programs),
		cmocka_unit_test(lists_are_whole),
		cmocka_unit_test(explanations_add_up),
		cmocka_unit_test(costs_of_a_request),
		cmocka_unit_test(threads_share_one),
		cmocka_unit_test(folders_are_imported),
	};
	return cmocka_run_group_tests_name("libvtok", tests, setup, teardown);
}
