/* What the names in conditions stand for in one case, whom a rule is about, and what is said where
 * it holds. The expected numbers are the case's own members, or worked out beside them. */
#include "tests/unit.h"

#include <math.h>

#include "base/base.h"
#include "core/count.h"
#include "core/limit.h"
#include "core/limit_apply.h"
#include "core/limit_names.h"
#include "core/limit_plain.h"
#include "core/limit_scope.h"
#include "core/setting.h"
#include "core/strategy.h"
#include "core/usual.h"
#include "core/version.h"
#include "tests/shipped.h"

#define GIB (1024.0 * 1024 * 1024)

/* Everything that a case borrows. */
struct room {
	struct setup setup;
	struct model model;
	struct hardware hardware;
	struct engine engine;
	struct processor own, request, family;
	struct limit_image images[2];
	struct limit_most v_max, server_max;
	struct limit_case made;
};

/* Two pictures before vLLM, of a processor whose tokens are 28 x 28 pixels: 4 of 16 and one of 9 by
 * the server, the second is an animated GIF of which only the file is known. */
static struct limit_case *make(struct room *r)
{
	*r = (struct room){.setup = shipped_setup("qwen2.5-vl-7b", "h100-sxm", "vllm")};
	r->model = *r->setup.model;
	r->hardware = *r->setup.hardware;
	r->engine = *r->setup.engine;
	r->own = r->request = r->family = *registry_processor(&reg, "qwen2.5-vl");
	r->setup.model = &r->model;
	r->setup.hardware = &r->hardware;
	r->setup.engine = &r->engine;
	r->images[0] = (struct limit_image){
		.width = 112,
		.height = 56,
		.resized_w = 140,
		.resized_h = 84,
		.visual = 16,
		.special = 2,
		.reference = 15,
		.many = 4,
	};
	r->images[1] = (struct limit_image){
		.visual = -1,
		.reference = -1,
		.is_refused = true,
		.has_file = true,
		.is_animated = true,
		.format = IMAGE_GIF,
		.file_bytes = 5000,
		.many = 1,
		.detail = "high",
		.media = "low",
	};
	r->made = (struct limit_case){
		.setup = &r->setup,
		.engine = &r->engine,
		.version = {.kind = RELEASE_NEWEST},
		.names_device = true,
		.server = &r->own,
		.request = &r->request,
		.own = &r->own,
		.family = &r->family,
		.images = r->images,
		.images_n = 2,
		.v_max = &r->v_max,
		.server_max = &r->server_max,
	};
	return &r->made;
}

static enum term_state eval(const struct limit_case *c, size_t picture, const char *text,
			    double *out)
{
	struct limit_view view = {c, 0, NULL};
	struct term_names names;

	limit_names_of(&view, &names);
	return term_eval(text, &names, picture, out, NULL);
}

/* NAN: it has no value. */
static void check(const struct limit_case *c, size_t picture, const char *text, double expected)
{
	double v = 0;
	enum term_state how = eval(c, picture, text, &v);

	if (how != (isnan(expected) ? TERM_UNKNOWN : TERM_VALUE) ||
	    (!isnan(expected) && v != expected))
		fail_msg("%s of picture %zu: %d, %.17g, expected %.17g", text, picture, (int)how, v,
			 expected);
}

/* ------------------------------------------------------------ numbers */

static void numbers_of_a_picture(void **state)
{
	static const struct {
		const char *name;
		double first, second, third; /* there is no third one */
	} rows[] = {
		{"V", 16, NAN, NAN},
		{"S", 2, NAN, NAN},
		{"T", 18, NAN, NAN},
		{"V_reference", 15, NAN, NAN},
		{"w", 112, NAN, NAN},
		{"h", 56, NAN, NAN},
		{"rw", 140, NAN, NAN},
		{"rh", 84, NAN, NAN},
		{"long_side", 112, NAN, NAN},
		{"short_side", 56, NAN, NAN},
		{"file_bytes", NAN, 5000, NAN},
		{"refused", 0, 1, NAN},
		{"animated", NAN, 1, NAN},
		{"is(format, gif)", 0, 1, 0},
		{"is(format, png, gif)", 0, 1, 0},
		{"is(format, gi)", 0, 0, 0},
		{"is(detail, high)", 0, 1, 0},
		{"is(detail, auto)", 1, 0, 1}, /* what the request says of all */
		{"is(media, low)", 0, 1, 0},
		{"is(media, medium)", 1, 0, 1},
		{"sum(V ?? 0)", 64, 64, 64},
		{"sum(V)", NAN, NAN, NAN},
		{"sum(refused)", 1, 1, 1},
	};
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	r.setup.knobs.media = MEDIA_MEDIUM;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		check(c, 0, rows[i].name, rows[i].first);
		check(c, 1, rows[i].name, rows[i].second);
		check(c, 2, rows[i].name, rows[i].third);
	}
	/* a picture that stands upright */
	r.images[0].width = 56;
	r.images[0].height = 112;
	check(c, 0, "long_side", 112);
	check(c, 0, "short_side", 56);
}

static void numbers_of_a_case(void **state)
{
	static const struct {
		const char *name;
		double here, bare; /* bare: a vendor's API, nothing known or said */
	} rows[] = {
		{"n", 5, 3},
		{"text", 512, 512},
		{"reserve", 1024, 1024},
		{"max_tokens", NAN, NAN},
		{"context", 9000, 32000},
		{"context_given", 9000, NAN},
		{"request_bytes", 777, NAN},
		{"V_most", 16, NAN},
		{"small_device", 0, 1},
		{"names_device", 1, 0},
		{"device_gib", 158.357421875, NAN}, /* as a process sees it */
		{"batched_given", 4096, NAN},
		{"batched_usual", 8192, NAN},
		{"batched_small", 2048, NAN},
		{"images_given", 2, NAN},
		{"slots_given", 64, NAN},
		{"micro_batch", 512, NAN},
		{"context_small", 4096, NAN},
		{"context_middle", 32768, NAN},
		{"context_large", 262144, NAN},
		{"middle_gib", 24, NAN},
		{"large_gib", 48, NAN},
		{"hybrid", 1, 0},
		{"cross", 1, 0},
		{"takes_video", 1, 0},
		{"max_pixels", 784000, NAN},
		{"min_pixels", 7840, NAN},
		{"factor", 28, NAN},
		{"most_tokens", 1000, NAN},
		{"least_tokens", 10, NAN},
		{"unset", NAN, NAN},
		{"is(model, qwen2.5-vl-7b)", 1, 1},
		{"is(model, qwen2.5)", 0, 0},
		{"is(processor, qwen2.5-vl)", 1, 1},
		{"is(processor, other, qwen2.5-vl@here)", 1, 0},
		{"is(processor, qwen2.5-v)", 0, 0},
	};
	struct room r, bare;
	struct limit_case *c = make(&r), *none = make(&bare);

	(void)state;
	r.setup.context_limit = 9000;
	r.setup.max_batched_tokens = 4096;
	r.setup.max_seqs = 64;
	r.setup.limit_images = 3; /* one more than was said: 0 is nothing */
	r.setup.tensor_parallel = 2;
	c->request_bytes = 777;
	r.hardware.mem_bytes = 80 * GIB;
	r.engine.small_memory_bytes = 70 * GIB;
	r.engine.max_batched_tokens = 8192;
	r.engine.small_batched_tokens = 2048;
	r.engine.micro_batch = 512;
	r.engine.context_small = 4096;
	r.engine.context_middle = 32768;
	r.engine.context_large = 262144;
	r.engine.middle_memory_bytes = 24 * GIB;
	r.engine.large_memory_bytes = 48 * GIB;
	r.model.linear_layers = r.model.cross_layers = 1;
	r.own.max_pixels = 784000; /* 1,000 tokens of 28 x 28 */
	r.own.min_pixels = 7840;
	r.family.id = "qwen2.5-vl@here";
	none->engine = NULL;
	none->vendor = "Somebody";
	none->names_device = false;
	none->images_n = 0;
	bare.setup.images = 3;
	bare.setup.hardware = NULL;
	bare.model.context = 32000;
	bare.own.patch = 0;
	bare.own.max_pixels = bare.own.min_pixels = 0;
	bare.family.video.group = 0;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		check(c, 0, rows[i].name, rows[i].here);
		check(none, 0, rows[i].name, rows[i].bare);
	}
	/* budgets of tokens; a merge that is not told is none */
	bare.own.patch = 16;
	bare.own.merge = 0;
	bare.own.max_tokens = 280;
	bare.own.min_tokens = 70;
	check(none, 0, "factor", 16);
	check(none, 0, "most_tokens", 280);
	check(none, 0, "least_tokens", 70);
	bare.family.video.group = 2;
	check(none, 0, "takes_video", 1);
	bare.family.video.kind = VIDEO_IMAGES;
	check(none, 0, "takes_video", 0);
}

/* A device that nobody named is taken for a small one; so is one of a small generation. */
static void small_devices(void **state)
{
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	r.hardware.mem_bytes = 80 * GIB;
	r.hardware.generation_id = "gen-b";
	r.engine.small_memory_bytes = 70 * GIB;
	r.engine.small_generations = NULL;
	check(c, 0, "small_device", 0);
	r.engine.small_generations = "gen-a gen-b";
	check(c, 0, "small_device", 1);
	r.hardware.generation_id = NULL;
	check(c, 0, "small_device", 0);
	r.engine.small_memory_bytes = 81 * GIB;
	check(c, 0, "small_device", 1);
	r.engine.small_memory_bytes = 0;
	r.setup.hardware = NULL;
	check(c, 0, "small_device", 1);
	check(c, 0, "device_gib", NAN);
	r.setup.hardware = &r.hardware;
	c->engine = NULL;
	check(c, 0, "small_device", 1);
	check(c, 0, "device_gib", 79.1787109375);
}

/* The most of qwen2.5-vl under a cap of n tokens is n where n is a square of 200 and more; below,
 * strips would take more, of which a side of less than a token is kept. It is searched once. */
static void the_most_is_searched_once(void **state)
{
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	r.request.max_pixels = 400 * 784;
	r.own.max_pixels = 256 * 784;
	check(c, 0, "v_max", 400);
	check(c, 0, "server_max", 256);
	check(c, 0, "need", 400);
	r.images[0].visual = 500; /* one that is sent all the same */
	check(c, 0, "need", 500);
	r.request.max_pixels = 225 * 784;
	check(c, 0, "v_max", 400);
	r.images[1].visual = 501;
	check(c, 0, "V_most", 501);
	check(c, 0, "need", 501);
	r.images[1].visual = 499;
	check(c, 0, "V_most", 500);
	c->images_n = 0;
	check(c, 0, "need", 400);
	r.v_max.is_known = false;
	check(c, 0, "v_max", 225);
}

/* The client's own words for the length of an answer, whatever its API; the server's are others. */
static void answers_have_many_names(void **state)
{
	static const struct limit_setting settings[] = {
		{"max_tokens", "5", 5},
		{"body:temperature", "1", 1},
		{"body:maxOutputTokens", "300", 300},
		{"body:max_tokens", "400", 400},
	};
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	c->settings = settings;
	c->settings_n = 2;
	check(c, 0, "max_tokens", NAN);
	c->settings_n = ARRAY_SIZE(settings);
	check(c, 0, "max_tokens", 400); /* the last one holds */
}

/* ------------------------------------------------------------ settings, terms, functions */

static void settings_have_values(void **state)
{
	static const struct limit_setting all[] = {
		{"max-model-len", "8192", 8192},
		{"max-model-len", "4096", 4096}, /* the last one holds */
		{"limit.image.count", "2", 2},
		{"mode", "slow", NAN},
		{"part:max_pixels", "100", 100},
	};
	static const struct limit_setting own[] = {{"part:max_pixels", "50", 50}};
	static const struct {
		const char *text;
		double first, second;
	} rows[] = {
		{"max-model-len", 4096, 4096},     {"mode", NAN, NAN},
		{"is(mode, fast, slow)", 1, 1},    {"is(mode, fast)", 0, 0},
		{"is(other, fast)", 0, 0},         {"part:max_pixels", 50, 100},
		{"is(part:max_pixels, 50)", 1, 0}, {"given(max-model-len)", 1, 1},
		{"given(max-model)", 0, 0},        {"given(limit)", 1, 1},
		{"given(limit.image)", 1, 1},      {"given(limit.ima)", 0, 0},
		{"given(part:max_pixels)", 1, 1},  {"given(text)", 0, 0},
	};
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	c->settings = all;
	c->settings_n = ARRAY_SIZE(all);
	r.images[0].settings = own;
	r.images[0].settings_n = 1;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		check(c, 0, rows[i].text, rows[i].first);
		check(c, 1, rows[i].text, rows[i].second);
	}
	/* of its part alone */
	c->settings_n = 0;
	check(c, 0, "given(part:max_pixels)", 1);
	check(c, 1, "given(part:max_pixels)", 0);
	check(c, 2, "given(part:max_pixels)", 0);
}

/* A term stands before a setting of its name, the first that is about the case before others; one
 * that goes in a circle is wrong. */
static void terms_stand_for_others(void **state)
{
	static const struct limit_term of_others = {
		.name = "limit", .is = "1", .scope = {.engines = "sglang"}};
	static const struct limit_term here = {
		.name = "limit", .is = "2 * text", .scope = {.engines = "any"}};
	static const struct limit_term later = {
		.name = "limit", .is = "3", .scope = {.engines = "any"}};
	static const struct limit_term twice = {
		.name = "twice", .is = "limit * 2", .scope = {.engines = "any"}};
	static const struct limit_term broken = {
		.name = "broken", .is = "limit +", .scope = {.engines = "any"}};
	static const struct limit_term round = {
		.name = "round", .is = "back + 1", .scope = {.engines = "any"}};
	static const struct limit_term back = {
		.name = "back", .is = "round + 1", .scope = {.engines = "any"}};
	static const struct limit_term *const terms[] = {&of_others, &here,  &later, &twice,
							 &broken,    &round, &back};
	static const struct limit_setting set[] = {{"limit", "9", 9}};
	struct room r;
	struct limit_case *c = make(&r);
	double v;

	(void)state;
	c->terms = terms;
	c->terms_n = ARRAY_SIZE(terms);
	c->settings = set;
	c->settings_n = 1;
	check(c, 0, "limit", 1024);
	check(c, 0, "twice + limit", 3 * 1024);
	assert_int_equal(eval(c, 0, "broken", &v), TERM_WRONG);
	assert_int_equal(eval(c, 0, "round", &v), TERM_WRONG);
	c->terms_n = 1;
	check(c, 0, "limit", 9);
}

static void every_case_knows_some_names(void **state)
{
	static const char *const known[] = {"V",           "animated",  "n",
					    "most_tokens", "format",    "detail",
					    "media",       "processor", "model"};
	static const char *const unknown[] = {"", "v", "limit", "max-model-len", "forma"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		assert_true(limit_knows(known[i]));
	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++)
		assert_false(limit_knows(unknown[i]));
}

/* What the server counts: 448 x 448 is 16 x 16 tokens of 28 pixels, 1 x 300 is beyond the aspect of
 * 200 that is taken. factored() goes down from the tokens that the area allows to a number of two
 * factors that are 200 times apart at most: 40,009 is prime, 40,008 is 24 x 1,667; 211 is prime,
 * 210 = 14 x 15; 199 is 1 x 199. */
static void functions_of_the_server(void **state)
{
	static const struct {
		int64_t tokens;
		double factored;
	} rows[] = {{40009, 40008}, {211, 210}, {199, 199}, {100, 100}, {1, 1}, {0, NAN}};
	struct room r;
	struct limit_case *c = make(&r);
	double v;

	(void)state;
	check(c, 0, "square(448)", 256);
	check(c, 0, "at(448, 896)", 512);
	check(c, 0, "at(1, 300)", NAN);
	check(c, 0, "at(0.5, 448)", NAN);
	check(c, 0, "at(448, 0)", NAN);
	check(c, 0, "at(10000000000, 448)", NAN);
	check(c, 0, "at(448, 10000000000)", NAN);
	check(c, 0, "square(unset)", NAN);
	assert_int_equal(eval(c, 0, "square(1, 2)", &v), TERM_WRONG);
	assert_int_equal(eval(c, 0, "at(1)", &v), TERM_WRONG);
	assert_int_equal(eval(c, 0, "factored(1)", &v), TERM_WRONG);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		r.own.max_pixels = rows[i].tokens * 784 + 783;
		check(c, 0, "factored()", rows[i].factored);
	}
	r.own.merge = 0;
	r.own.max_pixels = 100 * 14 * 14;
	check(c, 0, "factored()", 100);
	r.own.patch = 0;
	check(c, 0, "factored()", NAN);
}

/* ------------------------------------------------------------ whom a rule is about */

static void scopes(void **state)
{
	static const struct {
		struct limit_scope scope;
		bool fits;
	} rows[] = {
		{{.engines = "vllm"}, true},
		{{.engines = "sglang vllm"}, true},
		{{.engines = "sglang"}, false},
		{{.engines = "any"}, true},
		{{.engines = "", .vendor = "Somebody"}, false},
		{{.engines = "any", .since = "0.21"}, false},
		{{.engines = "any", .since = "0.20", .until = "0.21"}, true},
		{{.engines = "any", .until = "0.20"}, false},
		/* of a family: "" is as good as nothing */
		{{.engines = "any", .processors = "", .models = "", .strategies = ""}, true},
		{{.engines = "any", .processors = "qwen2-vl qwen2.5-vl"}, true},
		{{.engines = "any", .processors = "qwen2-vl"}, false},
		{{.engines = "any", .models = "qwen2.5-vl-7b"}, true},
		{{.engines = "any", .models = "qwen2.5-vl-3b"}, false},
		{{.engines = "any", .models = "qwen2.5-vl-3b", .strategies = "merge"}, true},
		{{.engines = "any", .strategies = "merge"}, true},
		{{.engines = "any", .strategies = "pool"}, false},
		{{.engines = "any", .strategies = "merge", .variants = ""}, true},
		{{.engines = "any", .strategies = "merge", .variants = "float32"}, false},
		{{.engines = "any", .strategies = "merge", .variants = "float32 standard"}, true},
		/* but for */
		{{.engines = "any", .except = "qwen2.5-vl"}, false},
		{{.engines = "any", .except = "qwen2.5-vl-7b"}, false},
		{{.engines = "any", .except = "qwen2.5-vl-3b"}, true},
		{{.engines = "any", .processors = "qwen2.5-vl", .except = "qwen2.5-vl"}, false},
	};
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	r.family.id = "qwen2.5-vl@vllm"; /* the runtime says nothing of the family */
	r.family.variant_name = NULL;    /* that is the first of the strategy */
	assert_true(release_parse("0.20", &c->version));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (limit_scope_fits(&rows[i].scope, c) != rows[i].fits)
			fail_msg("row %zu", i);
	r.family.variant_name = "float32";
	assert_true(limit_scope_fits(&rows[17].scope, c));
	/* a strategy without variants has none to name */
	r.family = *registry_processor(&reg, "llava-1.5");
	static const struct limit_scope plain = {.engines = "any", .strategies = "fixed"},
					varied = {.engines = "any",
						  .strategies = "fixed",
						  .variants = "standard"};

	assert_true(limit_scope_fits(&plain, c));
	assert_false(limit_scope_fits(&varied, c));
}

static void vendors_have_rules_of_their_own(void **state)
{
	static const struct limit_scope of_vendor = {.engines = "", .vendor = "SomeBody"},
					of_engine = {.engines = "vllm"},
					of_nobody = {.engines = ""}, of_all = {.engines = "any"};
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	c->engine = NULL;
	c->vendor = "Somebody";
	assert_true(limit_scope_fits(&of_vendor, c));
	assert_true(limit_scope_fits(&of_all, c));
	assert_false(limit_scope_fits(&of_engine, c));
	assert_false(limit_scope_fits(&of_nobody, c));
	c->vendor = "Another";
	assert_false(limit_scope_fits(&of_vendor, c));
}

/* ------------------------------------------------------------ what is said */

/* The three tests at their bounds: 16 tokens of the one picture. */
static void bounds_are_exact(void **state)
{
	static const struct {
		enum limit_test test;
		const char *bound;
		bool bites;
	} rows[] = {
		{TEST_OVER, "15", true},     {TEST_OVER, "16", false}, {TEST_REACHES, "16", true},
		{TEST_REACHES, "17", false}, {TEST_UNDER, "17", true}, {TEST_UNDER, "16", false},
	};
	struct limit_row out[LIMIT_ROWS];
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	c->images_n = 1;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct limit rule = {.id = "r",
					   .scope = {.engines = "any"},
					   .when = "",
					   .value = "V",
					   .bound = rows[i].bound,
					   .test = rows[i].test,
					   .verdict = VERDICT_REJECTED};
		const struct limit *const one = &rule;

		assert_int_equal(limit_rows(&one, 1, c, out), 1);
		assert_int_equal(out[0].verdict, rows[i].bites ? VERDICT_REJECTED : VERDICT_OK);
		assert_true(out[0].value == 16);
	}
}

/* Of two pictures under one rule the worse: the larger one of what is too much, the smaller one of
 * what is too little, and one that bites before one that does not. */
static void the_worse_picture_is_told(void **state)
{
	static const struct {
		enum limit_test test;
		const char *bound;
		int64_t first, second;
		size_t worse;
	} rows[] = {
		{TEST_OVER, "10", 20, 30, 1},  {TEST_OVER, "10", 30, 20, 0},
		{TEST_UNDER, "40", 20, 30, 0}, {TEST_UNDER, "40", 30, 20, 1},
		{TEST_OVER, "25", 20, 30, 1},  {TEST_UNDER, "25", 30, 20, 1},
		{TEST_OVER, "99", 20, 30, 1}, /* neither bites: the nearer */
	};
	struct limit_row out[LIMIT_ROWS];
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct limit rule = {.id = "r",
					   .scope = {.engines = "any"},
					   .value = "V",
					   .bound = rows[i].bound,
					   .test = rows[i].test};
		const struct limit *const one = &rule;

		r.images[0].visual = rows[i].first;
		r.images[1].visual = rows[i].second;
		assert_int_equal(limit_rows(&one, 1, c, out), 1);
		if (out[0].image != rows[i].worse)
			fail_msg("row %zu: picture %zu", i, out[0].image);
	}
}

/* A rule without a value holds wherever its condition does; what is not known says nothing. */
static void conditions_alone(void **state)
{
	static const struct limit holds = {.id = "a",
					   .scope = {.engines = "any"},
					   .when = "V > 15",
					   .value = "",
					   .verdict = VERDICT_HANG};
	static const struct limit unknown = {.id = "b",
					     .scope = {.engines = "any"},
					     .when = "file_bytes > 1",
					     .verdict = VERDICT_HANG};
	static const struct limit no_value = {
		.id = "c", .scope = {.engines = "any"}, .value = "file_bytes", .bound = "1"};
	static const struct limit no_bound = {
		.id = "d", .scope = {.engines = "any"}, .value = "1", .bound = "file_bytes"};
	static const struct limit of_others = {.id = "e", .scope = {.engines = "sglang"}};
	static const struct limit *const rules[] = {&holds, &unknown, &no_value, &no_bound,
						    &of_others};
	struct limit_row out[LIMIT_ROWS];
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	c->images_n = 1;
	assert_int_equal(limit_rows(rules, ARRAY_SIZE(rules), c, out), 1);
	assert_ptr_equal(out[0].limit, &holds);
	assert_int_equal(out[0].verdict, VERDICT_HANG);
	assert_true(isnan(out[0].value) && isnan(out[0].bound));
}

/* Worst first, in the order of the file where equally bad; hidden ones are left out; of a server
 * that does not start nothing else is told; and there is an end to them. */
static void rows_in_order(void **state)
{
	static const struct limit ok = {.id = "ok",
					.scope = {.engines = "any"},
					.value = "V",
					.bound = "99",
					.hides = "cut"};
	static const struct limit cut = {
		.id = "cut", .scope = {.engines = "any"}, .verdict = VERDICT_TRUNCATED};
	static const struct limit slow = {
		.id = "slow", .scope = {.engines = "any"}, .verdict = VERDICT_HANG};
	static const struct limit also = {.id = "also",
					  .scope = {.engines = "any"},
					  .verdict = VERDICT_HANG,
					  .hides = "x  cut"};
	static const struct limit start = {
		.id = "start", .scope = {.engines = "any"}, .verdict = VERDICT_START_FAILS};
	static const struct limit *const three[] = {&ok, &cut, &slow},
					 *const four[] = {&ok, &cut, &slow, &also},
					 *const five[] = {&ok, &cut, &slow, &also, &start};
	static const struct limit *many[LIMIT_ROWS + 20];
	struct limit_row out[LIMIT_ROWS];
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	c->images_n = 1;
	assert_int_equal(limit_rows(three, 3, c, out), 3);
	assert_true(out[0].limit == &slow && out[1].limit == &cut && out[2].limit == &ok);
	assert_int_equal(limit_rows(four, 4, c, out), 3);
	assert_true(out[0].limit == &slow && out[1].limit == &also && out[2].limit == &ok);
	assert_int_equal(limit_rows(five, 5, c, out), 1);
	assert_ptr_equal(out[0].limit, &start);
	for (size_t i = 0; i < ARRAY_SIZE(many); i++)
		many[i] = &slow;
	assert_int_equal(limit_rows(many, ARRAY_SIZE(many), c, out), LIMIT_ROWS);
}

static void remedies_have_numbers(void **state)
{
	static const struct {
		const char *remedy, *text;
	} rows[] = {
		{NULL, ""},
		{"", ""},
		{"--max-model-len {context}", "--max-model-len 8000"},
		{"{V} tokens, {half}", "16 tokens, 9"}, /* 17 / 2, rounded up */
		{"{unset} or more", "N or more"},
		{"'{\"image\":{n}}'", "'{\"image\":4}'"},
		{"{", "{"},
		{"{V", "{V"},
		{"{}", "{}"},
		{"{V }", "{V }"},
		{"{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		 "aaaaaaaaaaaaaaaaaaaa}",
		 "{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		 "aaaaaaaaaaaaaaaaaaaa}"},
	};
	static const struct limit_term half = {
		.name = "half", .is = "17 / 2", .scope = {.engines = "any"}};
	static const struct limit_term *const terms[] = {&half};
	struct room r;
	struct limit_case *c = make(&r);
	char out[LIMIT_REMEDY];

	(void)state;
	c->images_n = 1;
	c->terms = terms;
	c->terms_n = 1;
	r.setup.context_limit = 8000;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct limit rule = {.id = "r", .remedy = rows[i].remedy};
		const struct limit_row row = {.limit = &rule};

		assert_string_equal(limit_remedy(&row, c, out), rows[i].text);
	}
	/* never beyond its room */
	static char wide[2 * LIMIT_REMEDY];

	memset(wide, 'x', sizeof(wide) - 1);
	const struct limit rule = {.id = "r", .remedy = wide};
	const struct limit_row row = {.limit = &rule};

	assert_int_equal(strlen(limit_remedy(&row, c, out)), LIMIT_REMEDY - 1);
}

static void groups_of_verdicts(void **state)
{
	static const struct {
		const char *unit;
		enum verdict verdict;
		const char *group;
	} rows[] = {
		{"tokens", VERDICT_START_FAILS, "capacity"},
		{NULL, VERDICT_OVER_RESERVED, "capacity"},
		{"tokens", VERDICT_REJECTED, "context"},
		{"tokens", VERDICT_TRUNCATED, "context"},
		{"tokens", VERDICT_SHRUNK, "tokens"},
		{"pixels", VERDICT_REJECTED, "tokens"},
		{NULL, VERDICT_CRASH, "tokens"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct limit rule = {.id = "r", .unit = rows[i].unit};
		const struct limit_row row = {.limit = &rule, .verdict = rows[i].verdict};

		assert_string_equal(limit_group(&row), rows[i].group);
	}
}

/* ------------------------------------------------------------ settings that turn a rule */

/* What one setting of a server makes of the area of a processor: 1,003,520 as shipped here. */
static void settings_turn_processors(void **state)
{
	static const struct cap area = {.id = "area",
					.keys = "\"max_pixels\":{value},\"min_pixels\":{min}",
					.unit = CAP_AREA,
					.processors = "qwen2.5-vl",
					.except = ""};
	static const struct cap tokens = {.id = "tokens",
					  .keys = "\"max_tokens\":{value}",
					  .unit = CAP_TOKENS,
					  .processors = "qwen2.5-vl",
					  .except = ""};
	static const struct cap *const caps[] = {&area, &tokens};
	static const struct {
		const char *name;
		double number;
		int64_t max_pixels, min_pixels; /* 0: as they were */
	} rows[] = {
		{"kwargs.max_pixels", 784000, 784000, 0},
		{"kwargs.size.max_pixels", 784000, 784000, 0},
		{"kwargs.min_pixels", 15680, 0, 15680},
		{"kwargs.max_tokens", 100, 100 * 784, 0},
		{"kwargs.max_tokens", 1e18, 0, 0}, /* beyond every area: not taken */
		{"kwargs.max_tokens", 1e9, INT64_C(536870911) * 784, 0}, /* INT32_MAX / 4 tokens */
		{"kwargs.max_pixels", 0, 0, 0},
		{"kwargs.max_pixels", -5, 0, 0},
		{"kwargs.max_pixels", NAN, 0, 0},
		{"kwargs.other", 784000, 0, 0},
		{"other.max_pixels", 784000, 0, 0},
	};
	struct cap_place place = {.path = "kwargs.", .scope = SCOPE_SERVER, .caps = "area tokens"};
	const struct cap_place *const places[] = {&place};
	const struct limit_caps known = {caps, ARRAY_SIZE(caps), places, 1};
	struct limit_setting set = {0};
	struct room r;
	struct limit_case *c = make(&r);
	const struct processor before = r.own;

	(void)state;
	place.engine = &r.engine;
	c->settings = &set;
	c->settings_n = 1;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct processor p = before;
		bool is_taken = rows[i].max_pixels || rows[i].min_pixels;

		set.name = rows[i].name;
		set.number = rows[i].number;
		if (limit_apply(&known, c, false, &p) != is_taken)
			fail_msg("row %zu", i);
		assert_int_equal(p.max_pixels,
				 rows[i].max_pixels ? rows[i].max_pixels : before.max_pixels);
		assert_int_equal(p.min_pixels,
				 rows[i].min_pixels ? rows[i].min_pixels : before.min_pixels);
	}
}

/* A number of tiles that makes no rule is not taken: Idefics2 cuts k x k and adds the whole. */
static void settings_that_make_no_rule(void **state)
{
	static const struct cap tiles = {.id = "tiles",
					 .keys = "\"max_tiles\":{value}",
					 .unit = CAP_TILES,
					 .processors = "idefics2-8b",
					 .except = ""};
	static const struct cap *const caps[] = {&tiles};
	struct cap_place place = {.path = "kwargs.", .scope = SCOPE_SERVER, .caps = "tiles"};
	const struct cap_place *const places[] = {&place};
	const struct limit_caps known = {caps, 1, places, 1};
	struct limit_setting set = {"kwargs.max_tiles", "3", 3};
	struct room r;
	struct limit_case *c = make(&r);

	(void)state;
	place.engine = &r.engine;
	c->settings = &set;
	c->settings_n = 1;
	r.family = *registry_processor(&reg, "idefics2-8b");
	struct processor p = r.family;

	assert_false(limit_apply(&known, c, false, &p));
	assert_int_equal(p.max_tiles, r.family.max_tiles);
	set.number = 10;
	assert_true(limit_apply(&known, c, false, &p));
	assert_int_equal(p.max_tiles, 10);
}

/* Places of other engines, of other versions, without a path, and of requests. */
static void settings_have_places(void **state)
{
	static const struct cap area = {.id = "area",
					.keys = "\"max_pixels\":{value}",
					.unit = CAP_AREA,
					.processors = "qwen2.5-vl",
					.except = ""};
	static const struct cap *const caps[] = {&area};
	static const struct limit_setting set = {"kwargs.max_pixels", "784000", 784000};
	struct cap_place place = {.path = "kwargs.", .caps = "area"};
	const struct cap_place *const places[] = {&place};
	const struct limit_caps known = {caps, 1, places, 1};
	struct room r, other;
	struct limit_case *c = make(&r);

	(void)state;
	make(&other);
	c->settings = &set;
	c->settings_n = 1;
	place.engine = &r.engine;
	place.scope = SCOPE_SERVER;
	assert_true(limit_apply(&known, c, false, &r.own));
	assert_true(limit_apply(&known, c, true, &r.own));
	place.scope = SCOPE_ENV;
	assert_true(limit_apply(&known, c, false, &r.own));
	place.scope = SCOPE_PART;
	assert_false(limit_apply(&known, c, false, &r.own));
	assert_true(limit_apply(&known, c, true, &r.own));
	place.since = "999"; /* the newest has all that was added ever */
	assert_true(limit_apply(&known, c, true, &r.own));
	place.until = "999";
	assert_false(limit_apply(&known, c, true, &r.own));
	place.since = place.until = NULL;
	place.path = "";
	assert_false(limit_apply(&known, c, true, &r.own));
	place.path = NULL;
	assert_false(limit_apply(&known, c, true, &r.own));
	place.path = "kwargs.";
	place.caps = "other";
	assert_false(limit_apply(&known, c, true, &r.own));
	place.caps = "area";
	r.family = *registry_processor(&reg, "gemma3");
	assert_false(limit_apply(&known, c, true, &r.own));
	r.family = other.family;
	place.engine = &other.engine;
	assert_false(limit_apply(&known, c, true, &r.own));
	place.engine = NULL;
	assert_false(limit_apply(&known, c, true, &r.own));
	c->engine = NULL; /* a vendor has no settings of servers */
	assert_false(limit_apply(&known, c, true, &r.own));
}

/* ------------------------------------------------------------ the case of a screen */

/* Who is asked, of which day or version, and what of the file is sent: a picture that was resized
 * since is another one. */
static void plain_cases(void **state)
{
	static const struct {
		int64_t bytes, pixels;
		bool is_file;
	} files[] = {{0, 0, false}, {5000, 0, true}, {5000, 448 * 448, true}, {5000, 99, false}};
	struct setup s = shipped_setup("qwen2.5-vl-7b", "h100-sxm", "vllm");
	const struct processor *own = s.model->processor;
	struct limit_plain plain;

	(void)state;
	s.width = s.height = 448;
	s.images = 3;
	s.file_format = IMAGE_WEBP;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		s.file_bytes = files[i].bytes;
		s.file_pixels = files[i].pixels;
		limit_plain_make(&s, own, 20261101, NULL, 0, &plain);
		assert_int_equal(plain.image.has_file, files[i].is_file);
		check(&plain.judged, 0, "file_bytes",
		      files[i].is_file ? (double)files[i].bytes : NAN);
		check(&plain.judged, 0, "is(format, webp)", files[i].is_file);
		check(&plain.judged, 0, "V", 256);
		check(&plain.judged, 0, "n", 3);
	}
	assert_ptr_equal(plain.judged.engine, s.engine);
	assert_null(plain.judged.vendor);
	assert_int_equal(plain.judged.version.kind, RELEASE_NEWEST);
	assert_true(version_number("0.20.1", &s.engine_version));
	limit_plain_make(&s, own, 20261101, NULL, 0, &plain);
	assert_true(release_within(&plain.judged.version, "0.20.1", "0.20.2", NULL));
	/* knobs turn what is judged, and not what the engine does by itself */
	s.knobs.max_pixels = 196 * 784;
	s.images = 0;
	limit_plain_make(&s, own, 20261101, NULL, 0, &plain);
	assert_int_equal(plain.judged.images_n, 0);
	check(&plain.judged, 0, "square(448)", 196);
	check(&plain.judged, 0, "max_pixels", (double)own->max_pixels);
	/* a vendor has days */
	struct model hosted = {.id = "claude", .is_stand_in = true};

	hosted.processor = registry_hosted(&reg, "claude-standard", 0);
	s.model = &hosted;
	limit_plain_make(&s, hosted.processor, 20261101, NULL, 0, &plain);
	assert_null(plain.judged.engine);
	assert_string_equal(plain.judged.vendor, hosted.processor->hosted.vendor);
	assert_int_equal(plain.judged.version.kind, RELEASE_DAY);
	assert_int_equal(plain.judged.version.number, 20261101);
	limit_plain_make(&s, hosted.processor, 0, NULL, 0, &plain);
	assert_int_equal(plain.judged.version.kind, RELEASE_NEWEST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_a_picture),
		cmocka_unit_test(numbers_of_a_case),
		cmocka_unit_test(small_devices),
		cmocka_unit_test(the_most_is_searched_once),
		cmocka_unit_test(answers_have_many_names),
		cmocka_unit_test(settings_have_values),
		cmocka_unit_test(terms_stand_for_others),
		cmocka_unit_test(every_case_knows_some_names),
		cmocka_unit_test(functions_of_the_server),
		cmocka_unit_test(scopes),
		cmocka_unit_test(vendors_have_rules_of_their_own),
		cmocka_unit_test(bounds_are_exact),
		cmocka_unit_test(the_worse_picture_is_told),
		cmocka_unit_test(conditions_alone),
		cmocka_unit_test(rows_in_order),
		cmocka_unit_test(remedies_have_numbers),
		cmocka_unit_test(groups_of_verdicts),
		cmocka_unit_test(settings_turn_processors),
		cmocka_unit_test(settings_that_make_no_rule),
		cmocka_unit_test(settings_have_places),
		cmocka_unit_test(plain_cases),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
