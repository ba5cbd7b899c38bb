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

/* Subjects that a test asked for, freed at its end. */
static struct vtok_subject *asked[1024];
static size_t asked_n;

static const struct vtok_subject *look_on(const char *id, const char *date)
{
	struct vtok_fault fault;
	struct vtok_subject *s = vtok_find(v, id, date, &fault);

	if (!s)
		fail_msg("%s: %s", id, fault.text);
	assert_true(asked_n < COUNT_OF(asked));
	return asked[asked_n++] = s;
}

static const struct vtok_subject *look(const char *id)
{
	return look_on(id, NULL);
}

static int free_asked(void **state)
{
	(void)state;
	while (asked_n > 0)
		vtok_subject_free(asked[--asked_n]);
	return 0;
}

static void known_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		int64_t width, height, visual, special;
	} t[] = {
		{"llava-1.5-7b", 1920, 1080, 576, 0},
		{"qwen2.5-vl-7b", 1920, 1080, 69 * 39, 2}, /* 1932 x 1092 */
		{"qwen3-vl", 1024, 1024, 1024, 2},
		{"gpt-4o", 1024, 1024, 765, 0},
		{"claude-opus-4-8", 1920, 1080, 2691, 0},
	};

	for (size_t i = 0; i < COUNT_OF(t); i++) {
		struct vtok_count c = VTOK_COUNT_INIT;
		struct vtok_fault fault = {VTOK_FAULT_FILE, "old"};

		assert_true(
			vtok_count_image(look(t[i].id), NULL, t[i].width, t[i].height, &c, &fault));
		assert_int_equal(fault.kind, VTOK_FAULT_NONE);
		assert_string_equal(fault.text, "");
		assert_false(c.refused);
		assert_int_equal(c.visual, t[i].visual);
		assert_int_equal(c.special, t[i].special);
		assert_int_equal(c.total, c.visual + c.special);
	}
}

static void subjects_tell_what_they_are(void **state)
{
	(void)state;
	const struct vtok_subject *s = look("QWEN2.5-VL-7B");
	const char *runtimes[16];
	size_t n = vtok_subject_runtimes(v, s, runtimes, COUNT_OF(runtimes));

	assert_int_equal(vtok_subject_kind(s), VTOK_CHECKPOINT);
	assert_string_equal(vtok_subject_id(s), "qwen2.5-vl-7b");
	assert_true(vtok_subject_name(s)[0] && vtok_subject_source(s)[0]);
	assert_int_equal(vtok_subject_rule_from(s), 0);
	assert_in_range(n, 1, COUNT_OF(runtimes));
	assert_int_equal(vtok_subject_kind(look(runtimes[0])), VTOK_PROCESSOR);
	assert_int_equal(vtok_subject_kind(look("qwen2.5-vl")), VTOK_PROCESSOR);
	s = look_on("gemini-3", "2026-01");
	assert_int_equal(vtok_subject_kind(s), VTOK_HOSTED);
	assert_non_null(strstr(vtok_subject_mark(s), "approximate"));
	assert_int_equal(vtok_subject_rule_from(s), 20251101);
	assert_int_equal(vtok_subject_runtimes(v, s, NULL, 0), 0);
}

static void rules_have_dates(void **state)
{
	(void)state;
	struct vtok_fault fault;

	assert_int_equal(vtok_subject_rule_until(look_on("claude-standard", "2025-06")), 20260613);
	assert_null(vtok_find(v, "claude-standard", "June", &fault));
	assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
	assert_non_null(strstr(fault.text, "rules_date"));
	assert_non_null(strstr(fault.text, "June"));
	assert_null(vtok_find(v, "gpt-6-astra", "2025-06", &fault));
	assert_non_null(strstr(fault.text, "2026-08-01"));
	/* the date was for that call alone */
	assert_int_equal(vtok_subject_rule_from(look("claude-standard")), 20260613);
}

static void options_count(void **state)
{
	(void)state;
	struct vtok_options o = VTOK_OPTIONS_INIT;
	struct vtok_count c = VTOK_COUNT_INIT;

	o.detail = VTOK_DETAIL_LOW;
	assert_true(vtok_count_image(look("gpt-4o"), &o, 4000, 3000, &c, NULL));
	assert_int_equal(c.visual, 85);
	o = (struct vtok_options)VTOK_OPTIONS_INIT;
	o.lens = VTOK_LENS_FORMULA;
	assert_true(vtok_count_image(look("llava-1.5-7b"), &o, 672, 672, &c, NULL));
	assert_int_equal(c.visual, 48 * 48);
	o = (struct vtok_options)VTOK_OPTIONS_INIT;
	o.max_tokens = 256;
	assert_true(vtok_count_image(look("qwen3-vl-8b"), &o, 2048, 2048, &c, NULL));
	assert_int_equal(c.visual, 256);
	assert_true(vtok_count_image(look("llava-1.5-7b"), &o, 640, 480, &c, NULL));
	assert_true(c.refused);
	assert_non_null(strstr(c.reason, "nothing caps this model at 256"));
	o.size = offsetof(struct vtok_options, max_tokens); /* a program of before there was one */
	assert_true(vtok_count_image(look("qwen3-vl-8b"), &o, 2048, 2048, &c, NULL));
	assert_int_equal(c.visual, 4096);
	o = (struct vtok_options)VTOK_OPTIONS_INIT;
	o.merge = 1;
	assert_true(vtok_count_image(look("qwen2.5-vl-7b"), &o, 280, 280, &c, NULL));
	assert_int_equal(c.visual, 400);
}

static void videos_count(void **state)
{
	(void)state;
	const struct vtok_subject *s = look("qwen2.5-vl-7b");
	struct vtok_count image = VTOK_COUNT_INIT, video = VTOK_COUNT_INIT;
	struct vtok_fault fault;

	/* two frames become one: 8 frames are 4 times a picture of that size */
	assert_true(vtok_count_image(s, NULL, 640, 480, &image, NULL));
	assert_true(vtok_count_video(s, 8, 640, 480, &video, NULL));
	assert_int_equal(video.tiles, 4);
	assert_true(video.visual > 0 && video.visual % 4 == 0);
	assert_true(vtok_video_frames(s, 10, 2) > 0);
	assert_int_equal(vtok_video_frames(s, -1, 2), 0);
	assert_true(vtok_count_video(look("llava-1.5-7b"), 8, 640, 480, &video, NULL));
	assert_true(video.refused && video.reason[0]);
	assert_false(vtok_count_video(s, 0, 640, 480, &video, &fault));
	assert_non_null(strstr(fault.text, "frames"));
}

static void a_refusal_is_a_result(void **state)
{
	(void)state;
	struct vtok_count c = VTOK_COUNT_INIT;
	struct vtok_fault fault;

	assert_true(vtok_count_image(look("qwen2.5-vl-7b"), NULL, 10000, 10, &c, &fault));
	assert_true(c.refused);
	assert_true(c.visual == 0 && c.special == 0 && c.total == 0);
	assert_non_null(strstr(c.reason, "aspect"));
}

/* The text names the member and says what was found. */
static void bad_arguments_are_faults(void **state)
{
	(void)state;
	const struct vtok_subject *s = look("qwen2.5-vl-7b");
	static const size_t size = sizeof(struct vtok_options);
	static const struct {
		struct vtok_options options;
		const char *member, *found;
	} bad[] = {
		{{.size = size, .lens = (enum vtok_lens)2}, "lens", "2"},
		{{.size = size, .detail = (enum vtok_detail)9}, "detail", "9"},
		{{.size = size, .media_resolution = (enum vtok_media_resolution)7},
		 "media_resolution",
		 "7"},
		{{.size = size, .grid = 10}, "grid", "10"},
		{{.size = size, .patch = -1}, "patch", "-1"},
		{{.size = size, .patch = 268435456}, "patch", "268435456"},
		{{.size = size, .merge = 2147483647}, "merge", "2147483647"},
		{{.size = size, .pool = 65}, "pool", "65"},
		{{.size = size, .images = 1000001}, "images", "1000001"},
		{{.size = size, .max_pixels = INT64_MAX}, "max_pixels", "9223372036854775807"},
		{{.size = size, .min_pixels = -1}, "min_pixels", "-1"},
		{{.size = size, .max_tokens = -1}, "max_tokens", "-1"},
		{{.size = size, .images = -1}, "images", "-1"},
		{{.size = 4}, "size", "4"},
	};
	struct vtok_count c = VTOK_COUNT_INIT;
	struct vtok_fault fault;

	assert_false(vtok_count_image(s, NULL, 0, 10, &c, &fault));
	assert_non_null(strstr(fault.text, "width"));
	assert_false(vtok_count_image(s, NULL, 10, VTOK_SIDE_MAX + 1LL, &c, NULL));
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_false(vtok_count_image(s, &bad[i].options, 10, 10, &c, &fault));
		assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
		assert_non_null(strstr(fault.text, bad[i].member));
		assert_non_null(strstr(fault.text, bad[i].found));
	}
	c.size = 3;
	assert_false(vtok_count_image(s, NULL, 10, 10, &c, &fault));
	assert_non_null(strstr(fault.text, "count"));
	assert_null(vtok_find(v, "qwen2.5-vl-7c", NULL, &fault));
	assert_non_null(strstr(fault.text, "qwen2.5-vl-7b"));
	assert_null(vtok_open("/nonexistent/file.ini", &fault));
	assert_int_equal(fault.kind, VTOK_FAULT_FILE);
	assert_true(fault.text[0] != '\0');
}

/* A program of another version: its struct is shorter or longer, and what lies behind stays. */
static void structs_may_grow(void **state)
{
	(void)state;
	struct {
		struct vtok_count count;
		char behind[64];
	} longer = {.count = VTOK_COUNT_INIT};

	memset(longer.behind, 'x', sizeof(longer.behind));
	longer.count.size = sizeof(longer);
	assert_true(vtok_count_image(look("llava-1.5-7b"), NULL, 336, 336, &longer.count, NULL));
	assert_int_equal(longer.count.size, sizeof(longer));
	assert_int_equal(longer.count.visual, 576);
	for (size_t i = 0; i < sizeof(longer.behind); i++)
		assert_int_equal(longer.behind[i], 'x');
}

/* Videos and derivations look at what they are given, too; nobody need hear of it. */
static void other_calls_have_limits(void **state)
{
	(void)state;
	static const int64_t bad[][3] = {/* frames, width, height */
					 {0, 10, 10},
					 {1000001, 10, 10},
					 {4, 0, 10},
					 {4, 10, -1},
					 {4, VTOK_SIDE_MAX + 1LL, 10},
					 {4, 10, VTOK_SIDE_MAX + 1LL}};
	static const double times[][2] = {{0, 1},   {-1, 1},  {1, 0},           {1, -1},
					  {1e9, 1}, {1, 1e6}, {(double)NAN, 1}, {1, (double)NAN}};
	static const struct vtok_options wild = {.size = sizeof(struct vtok_options), .merge = 65};
	const struct vtok_subject *s = look("qwen2.5-vl-7b");
	struct vtok_count c = VTOK_COUNT_INIT;
	struct vtok_fault fault;

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_false(vtok_count_video(s, bad[i][0], bad[i][1], bad[i][2], &c, NULL));
		assert_false(vtok_count_video(s, bad[i][0], bad[i][1], bad[i][2], &c, &fault));
		assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
		if (i >= 2)
			assert_null(vtok_derivation_new(s, NULL, bad[i][1], bad[i][2], &fault));
		assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
	}
	for (size_t i = 0; i < COUNT_OF(times); i++)
		assert_int_equal(vtok_video_frames(s, times[i][0], times[i][1]), 0);
	assert_null(vtok_derivation_new(s, &wild, 10, 10, &fault));
	assert_non_null(strstr(fault.text, "merge"));
	assert_null(vtok_find(v, "no-such", NULL, NULL));
	assert_null(vtok_open("/nonexistent/file.ini", NULL));
	assert_null(vtok_import("/nonexistent", NULL));
	assert_int_equal(vtok_list(v, VTOK_KINDS, NULL, 0), 0);
	assert_int_equal(vtok_list(v, (enum vtok_kind) - 1, NULL, 0), 0);
	assert_null(vtok_quantity_unit("no_such"));
}

/* Every subject has words, whatever kind it is: none of them is NULL but note and unverified. */
static void every_subject_has_words(void **state)
{
	(void)state;
	static const enum vtok_kind kinds[] = {VTOK_CHECKPOINT, VTOK_PROCESSOR, VTOK_HOSTED};
	static const char *ids[2048];
	size_t notes = 0, marks = 0;

	for (size_t k = 0; k < COUNT_OF(kinds); k++) {
		size_t n = vtok_list(v, kinds[k], ids, COUNT_OF(ids));

		for (size_t i = 0; i < n; i++) {
			struct vtok_subject *s = vtok_find(v, ids[i], NULL, NULL);

			assert_non_null(s); /* what is listed is found */
			assert_true(vtok_subject_id(s)[0] && vtok_subject_name(s)[0]);
			assert_true(vtok_subject_source(s)[0]);
			notes += vtok_subject_note(s) != NULL;
			marks += vtok_subject_unverified(s) != NULL;
			assert_true((unsigned)vtok_subject_confidence(s) < 3);
			vtok_subject_free(s);
		}
	}
	assert_true(notes > 0 && marks > 0);
}

static void versions_fit(void **state)
{
	(void)state;
	assert_true(VTOK_VERSION_FITS());
	assert_false(
		vtok_version_fits(VTOK_VERSION_MAJOR, VTOK_VERSION_MINOR, VTOK_VERSION_PATCH + 1));
	assert_false(vtok_version_fits(VTOK_VERSION_MAJOR, VTOK_VERSION_MINOR + 1, 0));
	assert_false(vtok_version_fits(VTOK_VERSION_MAJOR + 1, 0, 0));
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

/* The last steps of the derivation are what the count says. */
static void check_derivation(const struct vtok_subject *s)
{
	struct vtok_count c = VTOK_COUNT_INIT;
	struct vtok_derivation *d = vtok_derivation_new(s, NULL, 1280, 720, NULL);
	int64_t visual = -1;

	assert_non_null(d);
	assert_true(vtok_count_image(s, NULL, 1280, 720, &c, NULL));
	size_t n = vtok_derivation_n(d);

	assert_true(n >= 2);
	assert_null(vtok_derivation_step(d, n));
	for (size_t i = 0; i < n; i++) {
		const struct vtok_step *step = vtok_derivation_step(d, i);

		if (strcmp(step->name, "visual") == 0)
			visual = step->count;
	}
	if (!c.refused)
		assert_int_equal(visual, c.visual);
	vtok_derivation_free(d);
}

static void derivations_add_up(void **state)
{
	(void)state;
	static const enum vtok_kind kinds[] = {VTOK_CHECKPOINT, VTOK_PROCESSOR, VTOK_HOSTED};
	static const char *ids[2048];

	for (size_t k = 0; k < COUNT_OF(kinds); k++) {
		size_t n = vtok_list(v, kinds[k], ids, COUNT_OF(ids));

		assert_true(n <= COUNT_OF(ids));
		for (size_t i = 0; i < n; i++) {
			struct vtok_subject *s = vtok_find(v, ids[i], NULL, NULL);
			struct vtok_count count = VTOK_COUNT_INIT;

			assert_non_null(s);
			assert_true(vtok_count_image(s, NULL, 640, 480, &count, NULL));
			if (!count.refused || !strstr(count.reason, "takes no images"))
				check_derivation(s);
			vtok_subject_free(s);
		}
	}
	vtok_derivation_free(NULL);
}

static double figure(const struct vtok_estimate *e, const char *name)
{
	const char *reason = NULL;
	double value = 0;

	if (!vtok_quantity(e, name, &value, &reason))
		fail_msg("%s: %s", name, reason);
	return value;
}

static void costs_of_a_request(void **state)
{
	(void)state;
	struct vtok_request q = VTOK_REQUEST_INIT;

	q.width = 1920;
	q.height = 1080;
	q.text_tokens = 512;
	q.reserve_tokens = 1024;
	q.usd_per_million = 0.5;
	struct vtok_estimate *e = vtok_estimate_new(v, look("qwen2.5-vl-7b"), &q, NULL);

	assert_non_null(e);
	assert_true(figure(e, "tokens_images") == 69 * 39 + 2);
	assert_true(figure(e, "tokens_total") == 69 * 39 + 2 + 512 + 1024);
	assert_true(figure(e, "context_limit") == 128000);
	assert_true(figure(e, "kv_bytes_per_token") == 57344); /* facts, section 2 */
	double ttft = figure(e, "prefill_ttft_ms");

	assert_true(figure(e, "prefill_low_ms") < ttft && ttft < figure(e, "prefill_high_ms"));
	assert_true(figure(e, "capacity_concurrency") > 1);
	assert_true(figure(e, "capacity_concurrency") <
		    figure(e, "capacity_concurrency_text_only"));
	assert_non_null(vtok_quantity_text(e, "prefill_bound", NULL));
	/* 2,693 tokens an image at 0.5 USD a million */
	assert_true(fabs(figure(e, "price_usd_per_1000_images") - 2693 * 0.5e-3) < 1e-9);
	vtok_estimate_free(e);
	vtok_estimate_free(NULL);
}

/* What `vtok estimate -m llama-3-8b -n 0` prints. */
static void a_language_model_alone_has_costs(void **state)
{
	(void)state;
	const struct vtok_subject *s = look("llama-3-8b");
	struct vtok_request request = VTOK_REQUEST_INIT;
	struct vtok_count count = VTOK_COUNT_INIT;
	struct vtok_fault fault;
	const char *reason = NULL;

	assert_int_equal(vtok_subject_kind(s), VTOK_CHECKPOINT);
	assert_int_equal(vtok_subject_rule_from(s), 0);
	assert_int_equal(vtok_subject_runtimes(v, s, NULL, 0), 0);
	assert_int_equal(vtok_video_frames(s, 10, 30), 0);
	assert_true(vtok_count_image(s, NULL, 640, 480, &count, NULL));
	assert_true(count.refused);
	assert_string_equal(count.reason, "this model takes no images");
	assert_true(vtok_count_video(s, 8, 640, 480, &count, NULL) && count.refused);
	assert_null(vtok_derivation_new(s, NULL, 640, 480, &fault));
	assert_string_equal(fault.text, "this model takes no images");
	request.width = request.height = 640;
	request.images = -1;
	request.text_tokens = 512;
	struct vtok_estimate *e = vtok_estimate_new(v, s, &request, NULL);

	assert_non_null(e);
	assert_true(figure(e, "prefill_ttft_ms") > 0 && figure(e, "capacity_concurrency") > 0);
	assert_true(figure(e, "prefill_vision_ms") == 0);
	vtok_estimate_free(e);
	request.images = 1;
	e = vtok_estimate_new(v, s, &request, NULL);
	assert_non_null(e);
	assert_false(vtok_quantity(e, "prefill_ttft_ms", NULL, &reason));
	assert_string_equal(reason, "this model takes no images");
	vtok_estimate_free(e);
}

/* The members for traffic and money reach the cost model; what is out of their limits is refused.
 */
static void a_traffic_and_its_cost(void **state)
{
	struct vtok_request q = VTOK_REQUEST_INIT;
	struct vtok_fault fault;
	const char *reason;

	(void)state;
	q.width = q.height = 1024;
	q.hardware = "a100-80-sxm";
	q.reserve_tokens = 128;
	struct vtok_estimate *e = vtok_estimate_new(v, look("qwen2.5-vl-7b"), &q, NULL);

	assert_non_null(e);
	assert_true(figure(e, "decode_itl_ms") <= 50);
	assert_true(figure(e, "cost_usd_per_hour") == 1.79);
	assert_false(vtok_quantity(e, "traffic_gpus", NULL, &reason));
	assert_string_equal(reason, "no traffic is given");
	vtok_estimate_free(e);
	q.rate_per_s = 20;
	q.ttft_s = 1;
	q.itl_s = 0.03;
	q.usd_per_gpu_hour = 2;
	e = vtok_estimate_new(v, look("qwen2.5-vl-7b"), &q, NULL);
	assert_non_null(e);
	assert_true(figure(e, "decode_itl_ms") <= 30);
	double gpus = figure(e, "traffic_gpus");

	assert_true(gpus >= 2 && figure(e, "traffic_usd_per_hour") == 2 * gpus);
	assert_true(figure(e, "traffic_ttft_ms") <= 1000);
	vtok_estimate_free(e);
	q.quantile = 1;
	assert_null(vtok_estimate_new(v, look("qwen2.5-vl-7b"), &q, &fault));
	assert_string_equal(fault.text, "quantile: expected 0.5 to 0.9999, or 0, got 1");
	q.quantile = 0;
	q.rate_per_s = NAN;
	assert_null(vtok_estimate_new(v, look("qwen2.5-vl-7b"), &q, &fault));
}

static void a_size_for_a_budget(void **state)
{
	struct vtok_request q = VTOK_REQUEST_INIT;
	struct vtok_fitted f = VTOK_FITTED_INIT;
	struct vtok_budget b[] = {{"tokens_images", 1280}, {"prefill_ttft_ms", 60}};
	struct vtok_fault fault;

	(void)state;
	q.width = 3024;
	q.height = 4032;
	assert_true(vtok_fit(v, look("qwen3-vl-8b"), &q, b, 1, &f, NULL));
	assert_int_equal(f.status, VTOK_FIT_OK);
	assert_true(f.width == 992 && f.height == 1322 && f.tokens == 1273);
	assert_true(f.effective_pixels == 992 * 1312 && f.kept_share > 0.1 && f.kept_share < 0.11);
	assert_true(f.next_width == 996 && f.next_tokens == 1304 && f.bound_by == 0);
	assert_true(vtok_fit(v, look("qwen3-vl-8b"), &q, b, 2, &f, NULL));
	assert_true(f.width < 992 && f.bound_by == 1);
	q.width = f.width;
	q.height = f.height;
	struct vtok_estimate *e = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	assert_true(figure(e, "prefill_ttft_ms") <= 60);
	vtok_estimate_free(e);
	assert_true(vtok_fit(v, look("llava-1.5-7b"), &q, b, 1, &f, NULL));
	assert_int_equal(f.status, VTOK_FIT_FITS);
	b[0].value = 100;
	assert_true(vtok_fit(v, look("llava-1.5-7b"), &q, b, 1, &f, NULL));
	assert_int_equal(f.status, VTOK_FIT_NO_CHOICE);
	assert_true(f.width == 0 && f.least_tokens == 576);

	assert_false(vtok_fit(v, look("llava-1.5-7b"), &q, b, 0, &f, &fault));
	assert_non_null(strstr(fault.text, "n: expected"));
	b[0].quantity = "no_such";
	assert_false(vtok_fit(v, look("llava-1.5-7b"), &q, b, 1, &f, &fault));
	assert_non_null(strstr(fault.text, "no_such"));
	b[0].quantity = "tokens_text";
	assert_false(vtok_fit(v, look("llava-1.5-7b"), &q, b, 1, &f, &fault));
	b[0] = (struct vtok_budget){"prefill_ttft_ms", 1};
	assert_false(vtok_fit(v, look("gpt-4o"), &q, b, 1, &f, &fault));
}

/* What a server was told changes what the program says it changes. */
static void a_server_can_be_described(void **state)
{
	struct vtok_request q = VTOK_REQUEST_INIT;
	struct vtok_estimate *usual, *e;

	(void)state;
	q.width = q.height = 1024;
	usual = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	q.utilisation = 0.5;
	e = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	assert_true(figure(e, "memory_budget_bytes") < figure(usual, "memory_budget_bytes"));
	vtok_estimate_free(e);
	q.utilisation = 0;
	q.max_batched_tokens = 65536;
	e = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	assert_true(figure(e, "memory_reserve_bytes") > figure(usual, "memory_reserve_bytes"));
	vtok_estimate_free(e);
	q.max_batched_tokens = 0;
	q.max_seqs = 1;
	q.limit_images = -1;
	e = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	assert_true(figure(e, "memory_reserve_bytes") < figure(usual, "memory_reserve_bytes"));
	vtok_estimate_free(e);
	q.max_seqs = q.limit_images = 0;
	q.cpu_threads = 16;
	e = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	assert_true(figure(e, "prefill_processor_ms") < figure(usual, "prefill_processor_ms"));
	vtok_estimate_free(e);
	q.cpu_threads = 0;
	q.preprocess = "none";
	e = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	assert_true(figure(e, "prefill_preprocess_ms") == 0);
	vtok_estimate_free(e);
	q.preprocess = NULL;
	q.engine = "vllm@0.19";
	e = vtok_estimate_new(v, look("qwen3-vl-8b"), &q, NULL);
	assert_true(figure(e, "memory_budget_bytes") < figure(usual, "memory_budget_bytes"));
	vtok_estimate_free(e);
	vtok_estimate_free(usual);
}

static void what_a_server_cannot_be_is_a_fault(void **state)
{
	static const struct {
		struct vtok_request q;
		const char *said;
	} t[] = {
		{{.utilisation = 1.5}, "utilisation"},       {{.utilisation = NAN}, "utilisation"},
		{{.cpu_threads = -1}, "cpu_threads"},        {{.cpu_threads = 2000}, "cpu_threads"},
		{{.max_batched_tokens = -1}, "max_batched"}, {{.max_seqs = 2000000}, "max_seqs"},
		{{.limit_images = -2}, "limit_images"},      {{.preprocess = "quick"}, "\"quick\""},
		{{.engine = "vllm@new"}, "\"new\""},         {{.engine = "vlm@0.2"}, "vllm"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(t); i++) {
		struct vtok_request q = t[i].q;
		struct vtok_fault fault = {0};

		q.size = sizeof(q);
		q.width = q.height = 640;
		assert_null(vtok_estimate_new(v, look("qwen3-vl-8b"), &q, &fault));
		if (!strstr(fault.text, t[i].said))
			fail_msg("%s expected in: %s", t[i].said, fault.text);
	}
}

static void every_figure_is_a_number_or_has_a_reason(void **state)
{
	(void)state;
	static const char *const subjects[] = {"qwen2.5-vl-7b", "qwen2.5-vl", "gpt-4o"};
	char name[VTOK_QUANTITY_NAME];

	for (size_t k = 0; k < COUNT_OF(subjects); k++) {
		struct vtok_request q = VTOK_REQUEST_INIT;

		q.width = q.height = 1024;
		struct vtok_estimate *e = vtok_estimate_new(v, look(subjects[k]), &q, NULL);

		assert_non_null(e);
		assert_true(figure(e, "tokens_visual") > 0);
		for (size_t i = 0; vtok_quantity_name(i, name); i++) {
			const char *no_number = NULL, *no_text = NULL;
			bool is_number = vtok_quantity(e, name, NULL, &no_number);
			bool is_text = vtok_quantity_text(e, name, &no_text) != NULL;

			assert_false(is_number && is_text);
			assert_true(is_number || (no_number && no_number[0]));
			assert_true(is_text || (no_text && no_text[0]));
			assert_non_null(vtok_quantity_title(name));
			assert_non_null(vtok_quantity_unit(name));
		}
		const char *reason = NULL;

		assert_false(vtok_quantity(e, "no_such", NULL, &reason));
		assert_non_null(reason);
		vtok_estimate_free(e);
	}
	assert_null(vtok_quantity_title("no_such"));
}

static void bad_requests_name_the_member(void **state)
{
	(void)state;
	const struct vtok_subject *s = look("qwen2.5-vl-7b");
	static const size_t size = sizeof(struct vtok_request);
	static const struct vtok_options wild = {.size = sizeof(struct vtok_options), .merge = 65};
	static const struct {
		struct vtok_request request;
		const char *text;
	} bad[] = {
		{{.size = size, .width = 0, .height = 1}, "width"},
		{{.size = size, .width = 1, .height = 1, .images = -2}, "images"},
		{{.size = size, .width = 1, .height = 1, .text_tokens = -1}, "text_tokens"},
		{{.size = size, .width = 1, .height = 1, .tensor_parallel = 1025},
		 "tensor_parallel"},
		{{.size = size, .width = 1, .height = 1, .hardware = "no-such"}, "no-such"},
		{{.size = size, .width = 1, .height = 1, .engine = "no-such"}, "no-such"},
		{{.size = size, .width = 1, .height = 0}, "height"},
		{{.size = size, .width = VTOK_SIDE_MAX + 1LL, .height = 1}, "width"},
		{{.size = size, .width = 1, .height = 1, .images = 1000001}, "images"},
		{{.size = size, .width = 1, .height = 1, .text_tokens = 1000000001}, "text_tokens"},
		{{.size = size, .width = 1, .height = 1, .reserve_tokens = -1}, "reserve_tokens"},
		{{.size = size, .width = 1, .height = 1, .context_limit = -1}, "context_limit"},
		{{.size = size, .width = 1, .height = 1, .tensor_parallel = -1}, "tensor_parallel"},
		{{.size = size, .width = 1, .height = 1, .usd_per_million = -1}, "usd_per_million"},
		{{.size = size, .width = 1, .height = 1, .usd_per_million = 1000001},
		 "usd_per_million"},
		{{.size = size, .width = 1, .height = 1, .usd_per_million = (double)NAN},
		 "usd_per_million"},
		{{.size = size, .width = 1, .height = 1, .kv = "q6_k"}, "kv: "},
		{{.size = size, .width = 1, .height = 1, .options = &wild}, "merge"},
		{{.size = size, .width = 1, .height = 1, .kv = "bf61"}, "kv: "},
		{{.size = size, .width = 1, .height = 1, .weights = "bf61"}, "\"bf61\""},
		{{.size = 8, .width = 1, .height = 1}, "size"},
	};

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct vtok_fault fault;

		assert_null(vtok_estimate_new(v, s, &bad[i].request, NULL));
		assert_null(vtok_estimate_new(v, s, &bad[i].request, &fault));
		assert_int_equal(fault.kind, VTOK_FAULT_ARGUMENT);
		assert_non_null(strstr(fault.text, bad[i].text));
	}
}

static void pictures_have_sizes(void **state)
{
	(void)state;
	struct vtok_picture p = VTOK_PICTURE_INIT;
	struct vtok_fault fault;
	char path[1024];

	snprintf(path, sizeof(path), "%s/samples/photo-turned.jpg", getenv("SRCDIR"));
	assert_true(vtok_picture_size(path, &p, &fault));
	assert_true(p.is_turned && p.width == p.stored_h && p.height == p.stored_w);
	assert_string_equal(p.format, "JPEG");
	assert_false(vtok_picture_size("/nonexistent.png", &p, &fault));
	assert_int_equal(fault.kind, VTOK_FAULT_FILE);
	assert_non_null(strstr(fault.text, "/nonexistent.png"));
}

static void *count_many(void *arg)
{
	bool *fine = arg;

	for (int i = 0; i < 2000; i++) {
		struct vtok_count c = VTOK_COUNT_INIT;
		struct vtok_subject *s = vtok_find(v, "gpt-5-mini", i % 2 ? "2026-01" : NULL, NULL);

		*fine &= s && vtok_count_image(s, NULL, 1024, 1024, &c, NULL) &&
			 c.visual == (i % 2 ? 1659 : 1229);
		vtok_subject_free(s);
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
		cmocka_unit_test_teardown(known_numbers, free_asked),
		cmocka_unit_test_teardown(subjects_tell_what_they_are, free_asked),
		cmocka_unit_test_teardown(rules_have_dates, free_asked),
		cmocka_unit_test_teardown(options_count, free_asked),
		cmocka_unit_test_teardown(videos_count, free_asked),
		cmocka_unit_test_teardown(a_refusal_is_a_result, free_asked),
		cmocka_unit_test_teardown(bad_arguments_are_faults, free_asked),
		cmocka_unit_test_teardown(structs_may_grow, free_asked),
		cmocka_unit_test_teardown(other_calls_have_limits, free_asked),
		cmocka_unit_test(every_subject_has_words),
		cmocka_unit_test_teardown(versions_fit, free_asked),
		cmocka_unit_test_teardown(lists_are_whole, free_asked),
		cmocka_unit_test_teardown(derivations_add_up, free_asked),
		cmocka_unit_test_teardown(costs_of_a_request, free_asked),
		cmocka_unit_test_teardown(a_language_model_alone_has_costs, free_asked),
		cmocka_unit_test_teardown(a_traffic_and_its_cost, free_asked),
		cmocka_unit_test_teardown(a_size_for_a_budget, free_asked),
		cmocka_unit_test_teardown(a_server_can_be_described, free_asked),
		cmocka_unit_test_teardown(what_a_server_cannot_be_is_a_fault, free_asked),
		cmocka_unit_test_teardown(every_figure_is_a_number_or_has_a_reason, free_asked),
		cmocka_unit_test_teardown(bad_requests_name_the_member, free_asked),
		cmocka_unit_test_teardown(pictures_have_sizes, free_asked),
		cmocka_unit_test_teardown(threads_share_one, free_asked),
		cmocka_unit_test_teardown(folders_are_imported, free_asked),
	};
	return cmocka_run_group_tests_name("libvtok", tests, setup, teardown);
}
