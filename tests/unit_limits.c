/* What may be asked, at its limits and one beyond: of an estimate, a sweep, a picture, a video. */
#include "tests/unit.h"

#include <math.h>

#include "base/base.h"
#include "core/count.h"
#include "core/estimate.h"
#include "core/fit_budget.h"
#include "core/kv.h"
#include "core/memory.h"
#include "core/memory_base.h"
#include "core/reason.h"
#include "core/setting.h"
#include "core/strategy.h"
#include "core/sweep.h"
#include "core/usual.h"
#include "core/version.h"
#include "core/video.h"
#include "tests/shipped.h"

static const struct processor *get(const char *id)
{
	const struct processor *p = registry_processor(&reg, id);

	assert_non_null(p);
	return p;
}

/* ------------------------------------------------------------ estimates */

static struct setup usual(void)
{
	return shipped_setup("qwen3-vl-8b", "h100-sxm", "vllm");
}

#define INT64(member) offsetof(struct setup, member), sizeof(int64_t)
#define INT32(member) offsetof(struct setup, member), sizeof(int32_t)

/* clang-format off */
static const struct {
	const char *name;
	size_t at, size;
	int64_t least, most; /* both are taken */
	enum reason why;     /* what is said beyond */
} limits[] = {
	{"images",          INT64(images),          0, IMAGES_MOST, REASON_BAD_COUNT   },
	{"text tokens",     INT64(text_tokens),     0, TOKENS_MOST, REASON_BAD_COUNT   },
	{"reserve tokens",  INT64(reserve_tokens),  0, TOKENS_MOST, REASON_BAD_COUNT   },
	{"width",           INT64(width),           1, SIDE_MAX,    REASON_BAD_SIZE    },
	{"height",          INT64(height),          1, SIDE_MAX,    REASON_BAD_SIZE    },
	{"tensor parallel", INT32(tensor_parallel), 1, RANKS_MOST,  REASON_BAD_PARALLEL},
};
/* clang-format on */

static void set(struct setup *s, size_t i, int64_t v)
{
	char *at = (char *)s + limits[i].at;

	if (limits[i].size == sizeof(int64_t))
		*(int64_t *)at = v;
	else
		*(int32_t *)at = (int32_t)v;
}

static bool says(const struct estimate *e, enum reason why)
{
	return e->prefill.reason == reason_text(why) &&
	       (estimate_is_over(why) || e->kv.bytes_per_request.reason == reason_text(why));
}

static void estimates_have_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		const int64_t taken[] = {limits[i].least, limits[i].most};
		const int64_t beyond[] = {limits[i].least - 1, limits[i].most + 1, INT32_MIN};
		struct estimate e;

		for (size_t k = 0; k < ARRAY_SIZE(taken); k++) {
			struct setup s = usual();

			set(&s, i, taken[k]);
			estimate(&s, &e);
			if (says(&e, limits[i].why))
				fail_msg("%s: %lld is refused", limits[i].name,
					 (long long)taken[k]);
		}
		for (size_t k = 0; k < ARRAY_SIZE(beyond); k++) {
			struct setup s = usual();

			set(&s, i, beyond[k]);
			estimate(&s, &e);
			if (!says(&e, limits[i].why))
				fail_msg("%s: %lld gives %s", limits[i].name, (long long)beyond[k],
					 e.prefill.reason ? e.prefill.reason : "a time");
		}
	}
}

/* Text alone needs no size: nothing is counted where there is none, and nothing fails. */
static void text_alone_needs_no_size(void **state)
{
	static const int64_t sides[][2] = {
		{0, 10}, {10, 0}, {SIDE_MAX + 1, 10}, {10, SIDE_MAX + 1}, {-1, -1}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sides); i++) {
		struct setup s = usual();
		struct estimate e;

		s.images = 0;
		s.width = sides[i][0];
		s.height = sides[i][1];
		estimate(&s, &e);
		assert_int_equal(e.why, REASON_NONE);
		assert_int_equal(e.tokens.total, 512 + 1024);
		assert_int_equal(e.count.visual, 0);
		assert_int_equal(e.context.images_fit, -1);
		assert_null(e.prefill.reason);
		s.images = 1;
		estimate(&s, &e);
		assert_int_equal(e.why, REASON_BAD_SIZE);
	}
}

/* How many pictures fit where the rule looks at their number, and none has a size or a count. */
static void images_that_fit_need_a_count(void **state)
{
	struct setup s = usual();
	struct model hosted = *s.model;
	struct estimate e;

	(void)state;
	hosted.processor = registry_model(&reg, "deepseek-vl2")->processor;
	assert_true(hosted.processor->max_cut_images > 0);
	s.model = &hosted;
	s.images = 0;
	s.width = 0;
	estimate_tokens(&s, &e);
	assert_int_equal(e.context.images_fit, -1);
	s = usual();
	s.text_tokens = TOKENS_MOST; /* no room at all */
	estimate_tokens(&s, &e);
	assert_int_equal(e.why, REASON_TEXT_TOO_LONG);
	assert_int_equal(e.context.images_fit, 0);
}

/* What is missing is named, one part after the other. */
static void missing_parts_are_named(void **state)
{
	struct model no_sum, no_heads, no_layers, no_hidden;
	struct setup s = usual();
	struct estimate e;

	(void)state;
	no_sum = no_heads = no_layers = no_hidden = *s.model;
	no_sum.total_params = 0;
	no_heads.q_heads = 0;
	no_layers.layers = 0;
	no_hidden.hidden = 0;
	s.model = &no_sum;
	estimate(&s, &e);
	assert_string_equal(e.memory.weights_bytes.reason, reason_text(REASON_NO_DIMENSIONS));
	assert_null(e.kv.bytes_per_request.reason);
	const struct model *const unknown[] = {&no_heads, &no_layers, &no_hidden};

	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
		assert_int_equal(model_no_costs(unknown[i]), REASON_NO_DIMENSIONS);
		s.model = unknown[i];
		estimate(&s, &e);
		assert_string_equal(e.memory.weights_bytes.reason,
				    reason_text(REASON_NO_DIMENSIONS));
		assert_string_equal(e.prefill.reason, reason_text(REASON_NO_DIMENSIONS));
	}
	no_heads.is_stand_in = true;
	assert_int_equal(model_no_costs(&no_heads), REASON_NO_CHECKPOINT);
	no_heads.processor = NULL;
	assert_int_equal(model_no_costs(&no_heads), REASON_NO_CHECKPOINT);
	assert_int_equal(model_no_costs(NULL), REASON_NO_MODEL);
}

/* ------------------------------------------------------------ servers */

/* What was told counts where there is somebody to tell; without an engine nothing is batched. */
static void servers_without_an_engine(void **state)
{
	struct setup s = usual(), none = s;
	struct kv_layout l;

	(void)state;
	none.engine = NULL;
	assert_int_equal(memory_batched_tokens(&none), 0);
	assert_int_equal(memory_sequences(&none), 1);
	memory_layout(&none, 2, &l);
	assert_true(l.ranks == 2 && l.block_tokens == 1 && l.state_blocks == 0);
	assert_int_equal(memory_context(&none), s.model->context);
	none.max_batched_tokens = 2048;
	none.max_seqs = 7;
	assert_int_equal(memory_batched_tokens(&none), 2048);
	assert_int_equal(memory_sequences(&none), 7);
	/* an engine that takes one request at a time does not listen */
	struct engine one = *s.engine;

	one.max_batched_tokens = one.small_batched_tokens = 0;
	one.max_sequences = one.small_sequences = 0;
	one.block_tokens = 0;
	s.engine = &one;
	s.max_batched_tokens = 2048;
	assert_int_equal(memory_batched_tokens(&s), 0);
	assert_int_equal(memory_sequences(&s), 1);
	memory_layout(&s, 1, &l);
	assert_int_equal(l.block_tokens, 1);
}

/* By memory: 79.2 GiB of one H100, twice that of two. */
static void contexts_by_memory(void **state)
{
	static const double gib = 1024.0 * 1024 * 1024;
	static const struct {
		int32_t small, middle, large; /* positions */
		double middle_gib, large_gib;
		int32_t ranks;
		int64_t own, context;
	} rows[] = {
		{0, 8192, 32768, 24, 48, 1, 100000, 100000}, /* none of its own */
		{4096, 8192, 32768, 24, 48, 1, 100000, 32768},
		{4096, 8192, 32768, 24, 100, 1, 100000, 8192},
		{4096, 8192, 32768, 24, 100, 2, 100000, 32768},
		{4096, 8192, 32768, 90, 100, 1, 100000, 4096},
		{4096, 8192, 0, 24, 48, 1, 100000, 8192},
		{4096, 0, 0, 24, 48, 1, 100000, 4096},
		{4096, 8192, 32768, 24, 48, 1, 2048, 2048}, /* never more than the model's */
		{4096, 8192, 32768, 24, 48, 1, 0, 32768},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct setup s = usual();
		struct engine e = *s.engine;
		struct model m = *s.model;

		e.context_small = rows[i].small;
		e.context_middle = rows[i].middle;
		e.context_large = rows[i].large;
		e.middle_memory_bytes = rows[i].middle_gib * gib;
		e.large_memory_bytes = rows[i].large_gib * gib;
		m.context = rows[i].own;
		s.engine = &e;
		s.model = &m;
		s.tensor_parallel = rows[i].ranks;
		assert_int_equal(memory_context(&s), rows[i].context);
		s.context_limit = 1000;
		assert_int_equal(memory_context(&s), 1000);
	}
}

/* ------------------------------------------------------------ settings of servers */

static int32_t version(const char *text)
{
	int32_t v = 0;

	assert_true(!*text || version_number(text, &v));
	return v;
}

static void settings_hold_for_versions(void **state)
{
	static const struct {
		const char *since, *until, *version; /* "" = the newest */
		bool holds;
		const char *words, *with_library;
	} rows[] = {
		{NULL, NULL, "", true, "", "transformers 5"},
		{"", "", "0.10", true, "", "transformers 5"},
		{"0.20", NULL, "0.20", true, ">=0.20", ">=0.20, transformers 5"},
		{"0.20", NULL, "0.19.9", false, ">=0.20", ">=0.20, transformers 5"},
		{"0.20", NULL, "", true, ">=0.20", ">=0.20, transformers 5"},
		{NULL, "0.23", "0.22", true, "<0.23", "<0.23, transformers 5"},
		{NULL, "0.23", "0.23", false, "<0.23", "<0.23, transformers 5"},
		{NULL, "0.23", "", false, "<0.23", "<0.23, transformers 5"},
		{"0.20", "0.23", "0.21", true, ">=0.20 <0.23", ">=0.20 <0.23, transformers 5"},
		{"0.20", "0.23", "0.24", false, ">=0.20 <0.23", ">=0.20 <0.23, transformers 5"},
		{"0.20", "never", "0.21", false, ">=0.20 <never", ">=0.20 <never, transformers 5"},
	};
	static const struct cap plain, read_by = {.library = "transformers 5"},
				       empty = {.library = ""};
	char out[SETTING_VERSIONS];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct cap_place s = {.since = rows[i].since, .until = rows[i].until};

		assert_int_equal(setting_holds(&s, version(rows[i].version)), rows[i].holds);
		assert_string_equal(setting_versions(&s, NULL, out), rows[i].words);
		assert_string_equal(setting_versions(&s, &plain, out), rows[i].words);
		assert_string_equal(setting_versions(&s, &empty, out), rows[i].words);
		assert_string_equal(setting_versions(&s, &read_by, out), rows[i].with_library);
	}
}

/* Whose a cap is: named, of a strategy, of its variants, but for some. */
static void caps_are_of_families(void **state)
{
	static const struct {
		struct cap cap;
		const char *processor;
		bool fits;
	} rows[] = {
		{{.processors = "qwen2.5-vl qwen3-vl", .except = ""}, "qwen3-vl", true},
		{{.processors = "qwen2.5-vl", .except = ""}, "qwen3-vl", false},
		{{.processors = "qwen3-vl", .except = "qwen3-vl"}, "qwen3-vl", false},
		{{.processors = "", .strategies = "merge", .except = ""}, "qwen3-vl", true},
		{{.strategies = "merge", .except = ""}, "qwen3-vl", true},
		{{.strategies = "merge", .except = ""}, "gemma3", false},
		{{.strategies = "merge", .except = "qwen3-vl"}, "qwen3-vl", false},
		{{.strategies = "pool", .variants = "", .except = ""}, "gemma3", true},
		{{.strategies = "pool", .variants = "standard", .except = ""}, "gemma3", true},
		{{.strategies = "pool", .variants = "pan-and-scan", .except = ""}, "gemma3", false},
		{{.strategies = "pool", .variants = "pan-and-scan", .except = ""},
		 "gemma3-pan-and-scan",
		 true},
		{{.strategies = "fixed", .variants = "standard", .except = ""}, "llava-1.5", false},
	};
	struct capped out = {.value = 5};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (cap_fits(&rows[i].cap, get(rows[i].processor)) != rows[i].fits)
			fail_msg("row %zu: %s", i, rows[i].processor);
	/* no budget is no cap */
	static const struct cap area = {.unit = CAP_AREA, .factor = 1};

	assert_false(cap_value(&area, get("qwen3-vl"), 640, 480, 0, &out));
	assert_false(cap_value(&area, get("qwen3-vl"), 640, 480, -1, &out));
	assert_int_equal(out.value, 0);
	/* 640 x 480 takes 300 tokens of 32 x 32: 64 of them are 65,536 pixels */
	assert_true(cap_value(&area, get("qwen3-vl"), 640, 480, 64, &out));
	assert_true(out.visual > 0 && out.visual <= 64 && out.value >= 65536);
	/* where there is a choice of two, the larger that holds */
	static const struct cap tiles = {.unit = CAP_TILES, .choices = "1 4"};

	assert_true(cap_value(&tiles, get("internvl2-2.5-3"), 1280, 960, 5 * 256, &out));
	assert_int_equal(out.value, 4);
	assert_true(cap_value(&tiles, get("internvl2-2.5-3"), 1280, 960, 5 * 256 - 1, &out));
	assert_int_equal(out.value, 1);
	assert_false(cap_value(&tiles, get("internvl2-2.5-3"), 1280, 960, 255, &out));
}

/* A setting is for one picture: a budget on all of them is shared, what stands around each does not
 * count, and where that is not known beforehand the picture's own count is taken, as it is where
 * the budget is less. */
static void tokens_of_a_setting(void **state)
{
	static const struct fit_budget all = {Q_IMAGES, 1000}, one = {Q_PER_IMAGE, 1000},
				       low = {Q_IMAGES, 10}, time = {Q_TTFT, 0.3};
	struct setup s = usual();
	struct model m = *s.model;
	struct processor p = *m.processor;
	struct count c;

	(void)state;
	m.processor = &p;
	s.model = &m;
	count_image(&p, LENS_EXACT, NULL, 448, 448, &c, NULL);
	assert_int_equal(c.visual, 14 * 14); /* of 32 x 32 pixels */
	assert_int_equal(setting_tokens(&s, &all, 1, 448, 448), 1000 - c.special);
	s.images = 4;
	assert_int_equal(setting_tokens(&s, &all, 1, 448, 448), 250 - c.special);
	assert_int_equal(setting_tokens(&s, &one, 1, 448, 448), 1000 - c.special);
	assert_int_equal(setting_tokens(&s, &low, 1, 448, 448), 196);
	assert_int_equal(setting_tokens(&s, &time, 1, 448, 448), 196);
	const struct fit_budget two[] = {one, time};

	assert_int_equal(setting_tokens(&s, two, 2, 448, 448), 196);
	p.special_per_row = 1;
	assert_int_equal(setting_tokens(&s, &one, 1, 448, 448), 196);
	p.special_per_row = 0;
	p.special_per_tile = 1;
	assert_int_equal(setting_tokens(&s, &one, 1, 448, 448), 196);
	p.special_per_tile = 0;
	p.special_if_split = 1;
	assert_int_equal(setting_tokens(&s, &one, 1, 448, 448), 196);
	/* special tokens that nobody tells are none */
	p = *get("qwen3-vl");
	p.special_per_image = -1;
	count_image(&p, LENS_EXACT, NULL, 448, 448, &c, NULL);
	assert_false(c.has_special);
	assert_int_equal(setting_tokens(&s, &one, 1, 448, 448), 1000);
}

/* A line that is longer than its room ends where the room does. */
static void long_lines_are_cut(void **state)
{
	static char text[2 * SETTING_TEXT];
	const struct cap_place s = {.text = text};
	const struct cap c = {.keys = "\"max_pixels\":{value}"};
	const struct capped v = {.value = 1234567};
	char out[SETTING_TEXT + 8];

	(void)state;
	strcpy(text, "--mm-processor-kwargs '{{keys}}'");
	assert_non_null(strstr(setting_text(&s, &c, &v, out), "\"max_pixels\":1234567"));
	memset(text, 'x', sizeof text - 1);
	memset(out, '#', sizeof out);
	setting_text(&s, &c, &v, out);
	assert_int_equal(strlen(out), SETTING_TEXT - 1);
	assert_int_equal(out[SETTING_TEXT], '#');
}

/* ------------------------------------------------------------ sweeps */

static void a_sweep_without_a_picture(void **state)
{
	struct setup s = usual(), at, none[5];
	struct point points[3];
	struct cliff c;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(none); i++)
		none[i] = s;
	struct model blind = *s.model;

	blind.processor = NULL;
	none[0].model = NULL;
	none[1].model = &blind;
	none[2].width = 0;
	none[3].height = 0;
	none[4].height = SIDE_MAX; /* beyond every aspect: refused */
	for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
		memset(&c, 0xff, sizeof c);
		sweep_cliff(&none[i], 1, 4096, &c);
		assert_true(c.cheaper_width == 0 && c.dearer_width == 0 && c.cheaper_tokens == 0 &&
			    c.dearer_tokens == 0);
	}
	/* a square where the aspect is not known */
	for (size_t i = 2; i < 4; i++) {
		sweep_size(&none[i], 640, &at);
		assert_true(at.width == 640 && at.height == 640);
	}
	/* a logarithmic axis cannot begin at nothing */
	sweep_widths(0, 100, true, points, ARRAY_SIZE(points));
	assert_true(points[0].x == 0 && points[1].x == 50 && points[2].x == 100);
	sweep_widths(1, 100, true, points, ARRAY_SIZE(points));
	assert_true(points[0].x == 1 && points[1].x == 10 && points[2].x == 100);
}

/* ------------------------------------------------------------ sides of pictures and frames */

/* Frames that were sampled already. */
static void video(const struct processor *p, int64_t frames, int64_t w, int64_t h,
		  struct count *out)
{
	count_video(p, &(struct video){.given = frames}, w, h, out);
}

static void sides_have_limits(void **state)
{
	static const struct {
		int64_t width, height;
		bool is_taken;
	} t[] = {
		{0, 1, false},
		{1, 0, false},
		{-5, 10, false},
		{10, -5, false},
		{SIDE_MAX + 1, SIDE_MAX, false},
		{SIDE_MAX, SIDE_MAX + 1, false},
		{INT64_MAX, INT64_MAX, false},
		{INT64_MIN, 1, false},
		{1, 1, true},
		{SIDE_MAX, SIDE_MAX, true},
	};
	struct trace trace;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		for (int is_video = 0; is_video < 2; is_video++) {
			struct count c;

			memset(&c, 0xff, sizeof c);
			if (is_video)
				video(get("qwen2.5-vl"), 4, t[i].width, t[i].height, &c);
			else
				count_image(get("qwen2.5-vl"), LENS_EXACT, NULL, t[i].width,
					    t[i].height, &c, &trace);
			assert_int_equal(c.refused, t[i].is_taken ? REFUSED_NOT : REFUSED_SIDES);
			assert_true((c.total > 0) == t[i].is_taken);
			if (!is_video)
				assert_int_equal(trace.steps[trace.n - 1].kind,
						 t[i].is_taken ? STEP_TOTAL : STEP_REFUSED);
		}
}

/* ------------------------------------------------------------ videos */

static enum refusal refusal_of(const struct processor *p, int64_t frames, int64_t w, int64_t h)
{
	struct count c;

	video(p, frames, w, h, &c);
	assert_true(c.refused == REFUSED_NOT || (c.visual == 0 && c.total == 0));
	return c.refused;
}

static void videos_have_limits(void **state)
{
	const struct processor *each = get("qwen2.5-vl"), *total = get("qwen3-vl");
	struct processor no_rule = *each;

	(void)state;
	assert_int_equal(refusal_of(each, 0, 640, 360), REFUSED_VIDEO_LENGTH);
	assert_int_equal(refusal_of(each, -1, 640, 360), REFUSED_FRAMES);
	assert_int_equal(refusal_of(each, 1000001, 640, 360), REFUSED_FRAMES);
	assert_int_equal(refusal_of(each, 1000000, 640, 360), REFUSED_NOT);
	assert_int_equal(refusal_of(each, 1, 640, 360), REFUSED_NOT);
	assert_int_equal(refusal_of(total, 1, 640, 360), REFUSED_FEW_FRAMES);
	assert_int_equal(refusal_of(total, 2, 640, 360), REFUSED_NOT);
	/* frames x area beyond 64 bits */
	assert_int_equal(refusal_of(total, 1000000, SIDE_MAX, SIDE_MAX), REFUSED_LARGE_FRAMES);
	assert_int_equal(refusal_of(total, 2, SIDE_MAX, SIDE_MAX), REFUSED_NOT);
	/* nobody knows how these see videos */
	no_rule.video.group = 0;
	assert_int_equal(refusal_of(&no_rule, 4, 640, 360), REFUSED_VIDEO);
	no_rule = *get("llava-1.5");
	no_rule.video.group = 2;
	assert_int_equal(refusal_of(&no_rule, 4, 640, 360), REFUSED_VIDEO);
}

/* 28 x 28 pixels of factor 28 are one token; qwen2.5-vl raises a frame to its least area of 128 x
 * 28 x 28 = 100,352: s = sqrt(128) = 11.31, ceil to 12 x 12 = 144 tokens, two frames a group. */
static void tiny_frames_are_raised(void **state)
{
	struct processor p = *get("qwen2.5-vl");
	struct count c;

	(void)state;
	assert_int_equal(p.video.min_pixels, 128 * 28 * 28);
	video(&p, 4, 28, 28, &c);
	assert_int_equal(c.visual, 2 * 144);
	assert_int_equal(c.resized_w, 12 * 28);
	/* special tokens that are not told are none */
	p.video.special = -1;
	video(&p, 4, 28, 28, &c);
	assert_false(c.has_special);
	assert_int_equal(c.total, c.visual);
	/* the limit of a frame alone, where there is none over all of them: as many tokens each */
	p = *get("qwen2.5-vl");
	p.video.total_pixels = 0;
	struct count few, many;

	video(&p, 4, 1280, 720, &few);
	video(&p, 4000, 1280, 720, &many);
	assert_int_equal(many.visual, 1000 * few.visual);
}

/* A side below one factor (32) is enlarged first: 16 x 640 becomes 32 x 1280. */
static void narrow_frames_are_enlarged(void **state)
{
	struct count narrow, wide;

	(void)state;
	video(get("qwen3-vl"), 8, 16, 640, &narrow);
	video(get("qwen3-vl"), 8, 32, 1280, &wide);
	assert_true(narrow.visual > 0);
	assert_int_equal(narrow.visual, wide.visual);
	video(get("qwen3-vl"), 8, 640, 16, &wide);
	assert_int_equal(narrow.visual, wide.visual);
}

static int64_t taken(const struct processor *p, double seconds, double fps)
{
	struct frames f;

	video_sample(p, &(struct video){.seconds = seconds, .fps = fps}, &f);
	return f.n;
}

static void sampled_frames(void **state)
{
	struct processor p = *get("qwen3-vl");

	(void)state;
	assert_int_equal(taken(&p, 10, 2), 20);
	assert_int_equal(taken(&p, (double)NAN, 2), 0);
	assert_int_equal(taken(&p, -10, 2), 0);
	assert_int_equal(taken(&p, 0, 2), 0);
	assert_int_equal(taken(&p, 10, 0), 20); /* its own rate */
	assert_int_equal(taken(&p, (double)INFINITY, 2), p.video.max_frames);
	p.video.max_frames = 0;                         /* no limit of its own */
	assert_int_equal(taken(&p, 1e30, 30), 2000000); /* too many to count */
	p.video.max_frames = 3;                         /* below the usual least */
	assert_int_equal(taken(&p, 10, 2), 3);
	p.video.group = 0;
	assert_int_equal(taken(&p, 10, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(estimates_have_limits),
		cmocka_unit_test(text_alone_needs_no_size),
		cmocka_unit_test(images_that_fit_need_a_count),
		cmocka_unit_test(missing_parts_are_named),
		cmocka_unit_test(servers_without_an_engine),
		cmocka_unit_test(contexts_by_memory),
		cmocka_unit_test(settings_hold_for_versions),
		cmocka_unit_test(caps_are_of_families),
		cmocka_unit_test(tokens_of_a_setting),
		cmocka_unit_test(long_lines_are_cut),
		cmocka_unit_test(a_sweep_without_a_picture),
		cmocka_unit_test(sides_have_limits),
		cmocka_unit_test(videos_have_limits),
		cmocka_unit_test(tiny_frames_are_raised),
		cmocka_unit_test(narrow_frames_are_enlarged),
		cmocka_unit_test(sampled_frames),
	};

	return cmocka_run_group_tests_name("limits", tests, shipped_load, shipped_free);
}
