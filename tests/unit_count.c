/* The arithmetic of the processors at its borders, and what surrounds the strategies: the
 * textbook, knobs, checks. */
#include "tests/unit.h"

#include <math.h>

#include "core/arith.h"
#include "core/count.h"
#include "core/grid.h"
#include "core/strategy.h"
#include "core/video.h"
#include "registry/registry.h"
#include "tests/shipped.h"

static const struct processor *get(const char *id)
{
	const struct processor *p = registry_processor(&reg, id);

	assert_non_null(p);
	return p;
}

static struct count exact(const struct processor *p, int64_t w, int64_t h)
{
	struct count c;

	count_image(p, LENS_EXACT, NULL, w, h, &c, NULL);
	return c;
}

/* ---------------------------------------------------------------- arithmetic */

static void halves_go_to_the_even_neighbour(void **state)
{
	(void)state;
	assert_int_equal(round_even(0.5), 0);
	assert_int_equal(round_even(1.5), 2);
	assert_int_equal(round_even(2.5), 2);
	/* 14 x 14 pixels are half a factor: 0, then up from the pixel floor; 42 are one
	 * and a half: 2 factors */
	assert_int_equal(exact(get("qwen2.5-vl"), 42, 70).resized_w, 56);
	assert_int_equal(exact(get("qwen2.5-vl"), 42, 70).resized_h, 56);
	assert_int_equal(exact(get("qwen2.5-vl"), 98, 126).resized_w, 112);
	assert_int_equal(exact(get("qwen2.5-vl"), 98, 126).resized_h, 112);
}

/* Expected values from Python: (10**18 - 1) / 3136, 10**18 / 999999999999999999, 3136 /
 * 999999998000000001. */
static void wide_quotients_round_once(void **state)
{
	(void)state;
	assert_true(int_quotient(1, 3) == 1.0 / 3);
	assert_true(int_quotient(0, 7) == 0);
	assert_true(int_quotient(999999999999999999, 3136) == 318877551020408.1875);
	assert_true(int_quotient(1000000000000000000, 999999999999999999) == 1.0);
	assert_true(int_quotient(3136, 999999998000000001) == 3136 / 999999998000000001.0);
	/* 2^53 + 1 over 1 lies between two doubles; the even one is taken */
	assert_true(int_quotient(9007199254740993, 1) == 9007199254740992.0);
	/* 3 * (2^53 + 1) / 3: rounding the numerator first would give 2^53 + 2 */
	assert_true(int_quotient(27021597764222979, 3) == 9007199254740992.0);
}

static void float_floors_are_of_the_real_quotient(void **state)
{
	(void)state;
	assert_true(float_floordiv(1, 0.1) ==
		    9); /* 1 / 0.1 rounds to 10, but 0.1 is a little more */
	assert_true(float_floordiv(7, 2) == 3);
	assert_true(float_floordiv(6, 2) == 3);
}

static void seven_decimals_before_truncation(void **state)
{
	(void)state;
	assert_int_equal(trunc_round7(23.99999996), 24);
	assert_int_equal(trunc_round7(23.99999994), 23);
	assert_int_equal(trunc_round7(24), 24);
	assert_int_equal(trunc_round7(0.00000001), 0);
}

/* 6994x25: the quotient is compared, not a product; 200:1 itself passes. */
static void aspect_limits_are_exact(void **state)
{
	(void)state;
	assert_false(exact(get("qwen3-vl"), 20000, 100).refused);
	assert_true(exact(get("qwen3-vl"), 20001, 100).refused);
	struct count c = exact(get("qwen3-vl"), 6994, 25);
	char why[REFUSAL_TEXT];
	assert_string_equal(count_reason(&c, why),
			    "absolute aspect ratio must be smaller than 200, got 279.76");
	struct processor p = *get("qwen3-vl");
	p.max_aspect = 2.5; /* the whole part alone does not decide */
	assert_false(exact(&p, 250, 100).refused);
	c = exact(&p, 251, 100);
	assert_string_equal(count_reason(&c, why),
			    "absolute aspect ratio must be smaller than 2.5, got 2.51");
	assert_false(exact(get("ovis2.5"), 100000, 100).refused); /* cut instead */
}

static void refusals_have_sentences(void **state)
{
	static const struct {
		enum refusal why;
		struct refusal_facts facts;
		const char *text;
	} t[] = {
		{REFUSED_NOT, {0}, ""},
		{REFUSED_SIDES, {0}, "sides must be 1 to 1,000,000,000 pixels"},
		{REFUSED_ASPECT,
		 {.limit = 30, .a = 100, .b = 3},
		 "absolute aspect ratio must be smaller than 30, got 33.33333333"},
		{REFUSED_LONGEST,
		 {.a = 1540},
		 "the shorter side shrinks to nothing at a longest side of 1540"},
		{REFUSED_BOX,
		 {.a = 512, .b = 384},
		 "the shorter side shrinks to nothing in a box of 512 x 384"},
		{REFUSED_BUDGET, {.a = 64}, "a budget of 64 tokens leaves nothing of the image"},
		{REFUSED_POSITIONS,
		 {.a = 513, .b = 511},
		 "Exceed pos emb: a side of 513 patches, 511 at most"},
		{REFUSED_PATCH,
		 {.a = 4096, .b = 336},
		 "a patch of 4096 pixels is larger than the encoder's input of 336"},
		{REFUSED_TOKEN,
		 {.a = 1200, .b = 896},
		 "a token of 1200 pixels a side is larger than the encoder's input of 896"},
		{REFUSED_FEW_FRAMES, {.a = 2}, "a video needs 2 frames at least"},
		{REFUSED_IMAGES,
		 {.vendor = "Acme", .a = 100, .b = 101},
		 "Acme takes at most 100 images in a request, got 101"},
		{REFUSED_LONG, {.vendor = "Acme", .a = 8000}, "Acme rejects sides above 8000 px"},
		{REFUSED_LONG_OF,
		 {.vendor = "Acme", .a = 2000, .b = 20},
		 "Acme rejects sides above 2000 px when a request has more than 20 images"},
		{REFUSED_PATCHES,
		 {.vendor = "Acme", .a = 1, .b = INT64_MAX},
		 "Acme rejects images of more than 1 patches after the resize, got "
		 "9223372036854775807"},
		{REFUSED_AREA,
		 {.vendor = "Acme", .a = 33177600},
		 "Acme rejects images of more than 33177600 pixels"},
		{REFUSED_DETAIL,
		 {.a = DETAIL_ORIGINAL},
		 "no rule is known for detail original of this model and date"},
		{REFUSED_MEDIA,
		 {.a = MEDIA_ULTRA_HIGH},
		 "no rule is known for media resolution ultra-high of this model and date"},
		{REFUSED_SUM, {.a = 3, .b = 10}, "3 of 10 inputs failed"},
		{REFUSED_SUM_LARGE, {.a = 0}, "more tokens together than can be counted"},
	};
	char text[REFUSAL_TEXT], vendor[300];
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		assert_string_equal(refusal_text(t[i].why, &t[i].facts, text), t[i].text);
	/* every sentence is complete: no name of a fact is left in it */
	for (int why = REFUSED_NOT + 1; why < REFUSED_N; why++) {
		struct refusal_facts f = {.a = 1, .b = 2, .vendor = "Acme"};
		if (why == REFUSED_ASPECT)
			f.limit = 1e300;
		refusal_text((enum refusal)why, &f, text);
		assert_true(strlen(text) > 10 && !strpbrk(text, "{}"));
	}
	/* a name from a file may be of any length: cut at a whole character */
	for (size_t i = 0; i + 2 < sizeof(vendor); i += 2)
		memcpy(vendor + i, "\xc3\xa9", 3);
	refusal_text(REFUSED_LONG, &(struct refusal_facts){.vendor = vendor}, text);
	assert_int_equal(strlen(text), REFUSAL_TEXT - 2);
}

/* What a count carries is small: sweeps and streams hold and copy many. */
static void a_count_is_small(void **state)
{
	(void)state;
	assert_true(sizeof(struct count) <= 88);
}

static void pixel_limits_are_exact(void **state)
{
	(void)state;
	struct processor p = *get("qwen2.5-vl");
	p.max_pixels = 448 * 448;
	assert_int_equal(exact(&p, 448, 448).visual, 256); /* at the limit: kept */
	p.max_pixels = 448 * 448 - 1;
	assert_int_equal(exact(&p, 448, 448).visual, 225); /* one beyond: a whole factor less */
	p.min_pixels = 448 * 448;
	p.max_pixels = 1000000;
	assert_int_equal(exact(&p, 448, 448).visual, 256);
	p.min_pixels++;
	assert_int_equal(exact(&p, 448, 448).visual, 289);
}

/* GLM holds an image against its limits as two frames. */
static void two_frames_halve_the_limits(void **state)
{
	(void)state;
	struct processor glm = *get("glm-4.1v");
	glm.max_pixels = 2 * 448 * 448;
	assert_int_equal(exact(&glm, 448, 448).visual, 256);
	glm.max_pixels--;
	assert_int_equal(exact(&glm, 448, 448).visual, 225);
}

/* Llama 4 divides in single precision: 5376 / 16777217 is what 5376 / 16777216 is. */
static void single_precision_scales_tie(void **state)
{
	(void)state;
	struct processor p = *get("llama4");
	struct grid a = grid_canvas_f32(&p, 16777217, 16777217),
		    b = grid_canvas_f32(&p, 16777216, 16777216);
	assert_int_equal(a.cols, b.cols);
	assert_int_equal(a.rows, b.rows);
}

/* Of equally near grids the larger one is taken while it is less than twice the image. */
static void equally_near_grids(void **state)
{
	(void)state;
	const struct processor *p = get("internvl2-2.5-3");
	struct grid small = grid_ratio(p, 448, 448, 448), edge = grid_ratio(p, 448, 634, 634),
		    large = grid_ratio(p, 448, 949, 949), more = grid_ratio(p, 448, 951, 951);
	assert_int_equal(small.cols, 1);
	assert_int_equal(edge.cols, 2); /* 2 * 634^2 > 4 * 448^2 */
	assert_int_equal(grid_ratio(p, 448, 633, 633).cols, 1);
	assert_int_equal(large.cols, 2);
	assert_int_equal(more.cols, 3);
}

/* Ovis 2 sums cell areas as Python does; 1x1 cells are whole numbers, larger ones floats. */
static void covered_area_decides(void **state)
{
	(void)state;
	const struct processor *p = get("ovis2");
	assert_int_equal(exact(p, 448, 448).tiles, 1);
	assert_int_equal(exact(p, 896, 448).tiles, 3);
	assert_int_equal(exact(p, 448, 896).tiles, 3);
}

/* Near-squares in the order of a Python set, per tokens.csv; of 36x27 the pairs (0, 1) and
 * (0, 2) fit nothing but take their places first, so that (1, 2) comes before (1, 1). */
static void ties_follow_the_set(void **state)
{
	(void)state;
	const struct processor *p = get("muse-glimmer");
	assert_int_equal(exact(p, 357, 345).visual, 144);
	assert_int_equal(exact(p, 50, 38).visual, 1);
	assert_int_equal(exact(p, 549, 546).visual, 361);
	assert_int_equal(exact(p, 36, 27).visual, 2);
}

/* int(L * (1 / L)) is 1 for the published edges, but 0 for others: that size cannot be
 * resized to. */
static void a_strip_may_shrink_to_nothing(void **state)
{
	(void)state;
	struct processor p = *get("idefics3-8b");
	assert_int_equal(exact(&p, 8869, 1).tiles, 5);
	p.longest_edge = 784;
	p.tile = 392;
	assert_int_equal(exact(&p, 8869, 1).tiles, 3); /* a quotient, and exact */
	assert_true(exact(&p, 1, 8869).refused);
}

/* ---------------------------------------------------------------- the textbook and the
 * knobs */

static void the_textbook_to_the_digit(void **state)
{
	(void)state;
	assert_int_equal(count_textbook(TEXTBOOK_ORIGINAL, 14, 1, 1, 0, 336, 336), 576);
	assert_int_equal(count_textbook(TEXTBOOK_MERGER, 14, 2, 1, 0, 1024, 1024), 1296);
	assert_int_equal(count_textbook(TEXTBOOK_DOWNSAMPLER, 14, 1, 4, 0, 896, 896), 256);
	assert_int_equal(count_textbook(TEXTBOOK_MULTIGRID, 14, 1, 1, 2, 336, 336), 2880);
	assert_int_equal(count_textbook(TEXTBOOK_MULTIGRID, 14, 1, 1, 3, 336, 336), 5760);
	assert_int_equal(count_textbook(TEXTBOOK_MULTIGRID, 14, 1, 1, 0, 336, 336), 5760);
	assert_int_equal(count_textbook(TEXTBOOK_ORIGINAL, 14, 1, 1, 0, 13, 1000), 0);
	assert_int_equal(count_textbook(TEXTBOOK_NONE, 14, 1, 1, 0, 336, 336), 0);
	assert_int_equal(count_textbook(TEXTBOOK_DOWNSAMPLER, 0, 0, 0, 0, 30, 20), 600);
	assert_true(count_textbook(TEXTBOOK_MULTIGRID, 1, 1, 1, 9, SIDE_MAX, SIDE_MAX) > 0);
	struct count c;
	count_image(get("gemma3"), LENS_FORMULA, NULL, 1024, 1024, &c, NULL);
	assert_int_equal(c.visual, 324); /* (1024 / 56)^2, floored */
	struct knobs k = {.pool = 2};
	count_image(get("gemma3"), LENS_FORMULA, &k, 1024, 1024, &c, NULL);
	assert_int_equal(c.visual, 1296);
	count_image(get("blip-2"), LENS_FORMULA, NULL, 1024, 1024, &c, NULL);
	assert_true(c.refused);
}

static int64_t with(const char *id, struct knobs k, int64_t w, int64_t h)
{
	struct count c;

	count_image(get(id), LENS_EXACT, &k, w, h, &c, NULL);
	return c.visual;
}

static void knobs_turn_what_the_strategy_has(void **state)
{
	(void)state;
	assert_int_equal(with("gemma3", (struct knobs){.pool = 2}, 1000, 1000), 1024);
	assert_int_equal(with("llava-1.5", (struct knobs){.patch = 16}, 1000, 1000), 441);
	assert_int_equal(with("qwen2.5-vl", (struct knobs){.merge = 4}, 1120, 1120), 400);
	assert_int_equal(with("qwen2.5-vl", (struct knobs){.max_pixels = 448 * 448}, 4000, 4000),
			 256);
	assert_int_equal(with("internvl2-2.5-3", (struct knobs){.grid_k = 2}, 4000, 4000), 5 * 256);
	assert_int_equal(with("internvl2-2.5-3", (struct knobs){.grid_k = 1}, 4000, 4000), 256);
	assert_int_equal(with("llava-onevision", (struct knobs){.grid_k = 1}, 1000, 1000),
			 729 + 27 * 27 + 27);
	assert_int_equal(with("smolvlm-256m-500m", (struct knobs){.grid_k = 2}, 1000, 1000),
			 5 * 64);
}

/* processing_deepseek_vl_v2.py cuts images only in requests of one or two. */
static void many_images_are_not_cut(void **state)
{
	(void)state;
	assert_int_equal(with("deepseek-vl2", (struct knobs){.images = 2}, 1920, 1080), 1807);
	assert_int_equal(with("deepseek-vl2", (struct knobs){.images = 3}, 1920, 1080), 421);
	assert_int_equal(with("qwen2.5-vl", (struct knobs){.images = 9}, 1920, 1080), 2691);
	assert_false(count_is_modified(get("deepseek-vl2"), &(struct knobs){.images = 3}));
}

static void modified_means_another_count(void **state)
{
	(void)state;
	const struct processor *p = get("qwen2.5-vl");
	assert_false(count_is_modified(p, NULL));
	assert_false(count_is_modified(p, &(struct knobs){0}));
	assert_false(count_is_modified(p, &(struct knobs){.patch = 14}));
	assert_false(count_is_modified(p, &(struct knobs){.pool = 2})); /* it does not pool */
	assert_true(count_is_modified(p, &(struct knobs){.patch = 16}));
	assert_true(count_is_modified(p, &(struct knobs){.max_pixels = 1000}));
	assert_false(count_is_modified(get("llava-onevision"), &(struct knobs){.grid_k = 6}));
	assert_true(count_is_modified(get("llava-onevision"), &(struct knobs){.grid_k = 5}));
	assert_false(count_is_modified(get("internvl2-2.5-3"), &(struct knobs){.grid_k = 12}));
	assert_true(count_is_modified(get("internvl2-2.5-3"), &(struct knobs){.grid_k = 3}));
}

/* A section of the user's own may limit the tiles of a side: a knob of as many changes nothing. */
static void own_grids_limit_the_knob(void **state)
{
	static const struct {
		const char *id;
		int32_t max_grid, largest;
	} rows[] = {
		{"internvl2-2.5-3", 0, 12}, {"internvl2-2.5-3", 3, 3}, {"internvl2-2.5-3", 20, 12},
		{"llava-onevision", 0, 6},  {"llava-onevision", 2, 2},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct processor p = *get(rows[i].id);
		int32_t largest = rows[i].largest;

		p.max_grid = rows[i].max_grid;
		assert_false(count_is_modified(&p, &(struct knobs){.grid_k = largest}));
		assert_false(count_is_modified(&p, &(struct knobs){.grid_k = largest + 1}));
		assert_true(count_is_modified(&p, &(struct knobs){.grid_k = largest - 1}));
	}
	/* tiles without a number of their own */
	struct processor p = *get("internvl2-2.5-3");

	p.max_tiles = 0;
	p.max_grid = 3;
	assert_false(count_is_modified(&p, &(struct knobs){.grid_k = 3}));
	assert_true(count_is_modified(&p, &(struct knobs){.grid_k = 2}));
}

/* Squares whose side is not published, or that keep a class token: the steps say so, and their
 * tokens add up. */
static void squares_of_other_sections(void **state)
{
	struct processor kept = *get("llava-1.5"), unpublished = *get("llava-1.5");
	struct trace t;
	struct count c;

	(void)state;
	kept.visual_per_image = 1;
	count_image(&kept, LENS_EXACT, NULL, 640, 480, &c, &t);
	assert_int_equal(c.visual, 577);
	assert_int_equal(c.encoder_patches, 576);
	bool is_told = false;
	int64_t tokens = 0;

	for (int32_t i = 0; i < t.n && t.steps[i].kind != STEP_VISUAL; i++) {
		is_told = is_told || strcmp(t.steps[i].text, "class token kept") == 0;
		if (strcmp(t.steps[i].unit, "tokens") == 0)
			tokens += t.steps[i].count;
	}
	assert_true(is_told);
	assert_int_equal(tokens, 577);
	unpublished.tile = unpublished.patch = 0;
	unpublished.tokens_per_tile = 256;
	char text[STRATEGY_TEXT];

	assert_true(strategy_check(&unpublished, text));
	count_image(&unpublished, LENS_EXACT, NULL, 640, 480, &c, &t);
	assert_int_equal(c.visual, 256);
	assert_true(c.resized_w == 0 && c.encoder_patches == 0);
	for (int32_t i = 0; i < t.n; i++)
		assert_int_not_equal(t.steps[i].kind, STEP_RESIZE);
}

/* Steps have room for so many, and each for so many bytes; numbers of five digits and more that
 * stand alone have marks between their thousands. */
static void steps_have_room(void **state)
{
	static const struct {
		const char *text, *step;
	} rows[] = {
		{"12345", "12,345"},
		{"1234", "1234"},
		{"1234567 (12345) 12345, 12345; 12345: 12345 x",
		 "1,234,567 (12,345) 12,345, 12,345; 12,345: 12,345 x"},
		{"x12345 12345px 1.12345 12345.5", "x12345 12345px 1.12345 12345.5"},
		{"", ""},
	};
	struct trace t = {0};
	char wide[300];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		t.n = 0;
		trace_step_add(&t, STEP_PAD, 1, 2, 3, WORD_PX, true, "%s", rows[i].text);
		assert_int_equal(t.n, 1);
		assert_string_equal(t.steps[0].text, rows[i].step);
	}
	/* cut where the room ends, in a number too */
	for (size_t len = 90; len < sizeof(wide) - 1; len++) {
		memset(wide, '7', len);
		memset(wide, ' ', len % 7);
		wide[len] = '\0';
		t.n = 0;
		trace_step_add(&t, STEP_PAD, 1, 2, 3, WORD_PX, true, "%s", wide);
		assert_true(strlen(t.steps[0].text) < sizeof(t.steps[0].text));
		assert_true(strlen(t.steps[0].text) >= 90);
	}
	memset(wide, 'x', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	for (int i = 0; i < STEPS_MAX + 3; i++)
		trace_step(&t, STEP_PAD, i, 2, 3, WORD_PX, true, "%s", wide);
	assert_int_equal(t.n, STEPS_MAX);
	assert_true(strlen(t.steps[1].text) >= sizeof(t.steps[1].text) - 2);
}

/* Where the number of tokens is learned, none of the three knobs that would make it is free. */
static void what_is_learned_is_fixed(void **state)
{
	int found = 0;

	(void)state;
	for (size_t i = 0; i < reg.processors_n; i++) {
		const struct processor *p = reg.processors[i];
		struct knob_rules r;

		if (p->tokens_per_tile <= 0 || p->hosted.vendor)
			continue;
		count_knob_rules(p, &r);
		assert_true(r.patch && r.merge && r.pool);
		assert_false(count_is_modified(
			p, &(struct knobs){.patch = p->patch + 1, .merge = 7, .pool = 7}));
		found++;
	}
	assert_true(found > 0);
	/* of a rule that would pool, too */
	struct processor own = *get("gemma3");
	struct knob_rules r;

	count_knob_rules(&own, &r);
	assert_null(r.pool);
	own.tokens_per_tile = 99;
	count_knob_rules(&own, &r);
	assert_non_null(r.pool);
}

/* No encoder has a patch larger than what it sees; where the number of tokens is learned, none is
 * asked for. */
static void a_patch_fits_into_the_encoders_input(void **state)
{
	(void)state;
	static const int32_t sides[] = {1, 100, 4096};

	for (size_t i = 0; i < reg.processors_n; i++)
		for (size_t s = 0; s < ARRAY_SIZE(sides); s++) {
			const struct processor *p = reg.processors[i];
			struct knobs k = {.patch = sides[s]};
			struct knob_rules rules;
			struct count c;

			count_knob_rules(p, &rules);
			count_image(p, LENS_EXACT, &k, 4000, 3000, &c, NULL);
			if (p->hosted.vendor || rules.patch || p->tile == 0)
				continue;
			if (p->tokens_per_tile == 0 && sides[s] > p->tile)
				assert_int_equal(c.refused, REFUSED_PATCH);
			else
				assert_int_not_equal(c.refused, REFUSED_PATCH);
		}
}

/* What is asked for leaves an encoder something to see, or there is no such encoder: no count of
 * such a picture is 0, but where the checkpoint's own is. */
static void an_encoders_input_holds_a_token(void **state)
{
	static const struct knobs asked[] = {
		{.patch = 50}, {.patch = 120}, {.patch = 300},  {.merge = 16},
		{.merge = 64}, {.pool = 16},   {.pool = 65536}, {.patch = 100, .pool = 9},
	};
	int refused = 0;

	(void)state;
	for (size_t i = 0; i < reg.processors_n; i++)
		for (size_t k = 0; k < ARRAY_SIZE(asked); k++) {
			const struct processor *p = reg.processors[i];
			struct count own, c;

			if (p->hosted.vendor || p->tile == 0)
				continue;
			count_image(p, LENS_EXACT, NULL, 1200, 900, &own, NULL);
			count_image(p, LENS_EXACT, &asked[k], 1200, 900, &c, NULL);
			refused += c.refused == REFUSED_TOKEN;
			if (!c.refused && (c.visual == 0) != (own.visual == 0))
				fail_msg("%s, patch %d, merge %d, pool %d: %d tokens", p->id,
					 (int)asked[k].patch, (int)asked[k].merge,
					 (int)asked[k].pool, (int)c.visual);
		}
	assert_true(refused > 0);
}

/* A host's own refusal stays, whatever cap is asked for; what it takes is held against the cap. */
static void caps_of_a_family_without_a_setting(void **state)
{
	static const struct {
		int64_t side;
		int32_t cap;
		enum refusal refused;
	} rows[] = {
		{1000, 0, REFUSED_NOT},  {1000, 10, REFUSED_CAP},  {1000, 100000, REFUSED_NOT},
		{9000, 0, REFUSED_LONG}, {9000, 10, REFUSED_LONG},
	};
	const struct processor *p = registry_hosted(&reg, "claude-standard", 0);

	(void)state;
	assert_non_null(p);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct knobs k = {.max_tokens = rows[i].cap};
		struct count c;

		count_image(p, LENS_EXACT, &k, rows[i].side, rows[i].side, &c, NULL);
		assert_int_equal(c.refused, rows[i].refused);
	}
}

static void rules_give_reasons(void **state)
{
	(void)state;
	struct knob_rules r;
	count_knob_rules(get("qwen2.5-vl"), &r);
	assert_null(r.patch);
	assert_null(r.merge);
	assert_null(r.max_pixels);
	assert_non_null(r.pool);
	assert_non_null(r.grid_k);
	count_knob_rules(get("llava-onevision"), &r);
	assert_null(r.grid_k);
	assert_non_null(r.merge);
	count_knob_rules(get("gemma3n"), &r); /* tokens are given, not computed */
	assert_non_null(r.patch);
}

/* ---------------------------------------------------------------- videos */

static int64_t video(const char *id, int64_t frames, int64_t w, int64_t h)
{
	struct count c;

	count_video(get(id), &(struct video){.given = frames}, w, h, &c);
	return c.refused ? -1 : c.visual;
}

static int64_t taken(const char *id, double seconds, double fps)
{
	struct frames f;

	video_sample(get(id), &(struct video){.seconds = seconds, .fps = fps}, &f);
	return f.n;
}

/* Expected values from Python, after the code that core/video.c names. 640x360 over 32
 * frames is 3,675 with timestamps and marks in llm-d/llm-d-router#1408: 3,520 visual. */
static void videos_share_a_budget(void **state)
{
	(void)state;
	assert_int_equal(video("qwen2.5-vl", 32, 1280, 720), 11520);
	assert_int_equal(video("qwen3-vl", 32, 1280, 720), 11520);
	assert_int_equal(video("qwen2.5-vl", 768, 1280, 720), 105984);
	assert_int_equal(video("qwen3-vl", 768, 1280, 720), 10752);
	assert_int_equal(video("qwen2.5-vl", 7, 640, 360), 1196);
	assert_int_equal(video("qwen3-vl", 7, 640, 360), 880);
	assert_int_equal(video("qwen2.5-vl", 2000, 1920, 1080), 120000);
	assert_int_equal(video("qwen3-vl", 2000, 1920, 1080), 8000);
	assert_int_equal(video("qwen3-vl", 32, 640, 360), 3520);
	assert_int_equal(video("gemma3", 8, 640, 360), -1);
	assert_int_equal(video("qwen3-vl", 1, 640, 360), -1); /* fewer than one group */
	assert_int_equal(video("qwen3-vl", 32, 64000, 10), -1);
	assert_int_equal(video("qwen3-vl", 0, 640, 360), -1);
	assert_int_equal(taken("qwen2.5-vl", 10.75, 2), 20); /* whole pairs */
	assert_int_equal(taken("qwen3-vl", 10.75, 2), 21);
	assert_int_equal(taken("qwen3-vl", 0.5, 2), 4);
	assert_int_equal(taken("qwen3-vl", 86400, 30), 768);
}

/* ---------------------------------------------------------------- the registry's side */

static void parameters_are_checked(void **state)
{
	(void)state;
	char text[STRATEGY_TEXT];
	struct processor p = *get("qwen2.5-vl");
	assert_true(strategy_check(&p, text));
	p.patch = 0;
	assert_false(strategy_check(&p, text));
	assert_string_equal(text, "strategy merge needs patch");
	p = *get("llava-onevision");
	p.tile = 400;
	assert_false(strategy_check(&p, text));
	assert_non_null(strstr(text, "multiples of tile"));
	p = *get("minicpm-v-2.6");
	p.tokens_per_tile = 0;
	assert_false(strategy_check(&p, text));
	static const struct {
		const char *id;
		size_t at;
		int32_t value;
		const char *text;
	} rows[] = {
#define FIELD(member) offsetof(struct processor, member)
		{"llava-1.5", FIELD(merge), 0, "merge and pool are 1 at least"},
		{"llava-1.5", FIELD(pool), 0, "merge and pool are 1 at least"},
		{"llava-1.5", FIELD(tile), 0,
		 "strategy fixed needs tokens-per-tile, or patch and tile"},
		{"llava-onevision", FIELD(pins[0].height), 400,
		 "strategy anyres needs pins that are multiples of tile"},
		{"llava-onevision", FIELD(pins[1].width), 400,
		 "strategy anyres needs pins that are multiples of tile"},
		{"kimi-k2.5", FIELD(max_side_patches), 0, "strategy navit needs max-side-patches"},
		{"gemma3-pan-and-scan", FIELD(min_crop), 0, "strategy pool needs min-crop"},
		{"gemma3-pan-and-scan", FIELD(max_tiles), 0, "strategy pool needs max-tiles"},
		{"deepseek-vl2", FIELD(pins_n), 0, "strategy views needs pins"},
		{"phi-4-multimodal", FIELD(max_tiles), 0, "strategy views needs max-tiles"},
		{"pixtral-12b", FIELD(longest_edge), 0, "strategy rows needs longest-edge"},
#undef FIELD
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		p = *get(rows[i].id);
		assert_true(strategy_check(&p, text));
		memcpy((char *)&p + rows[i].at, &rows[i].value, sizeof rows[i].value);
		if (strategy_check(&p, text))
			fail_msg("%s is taken without: %s", rows[i].id, rows[i].text);
		assert_string_equal(text, rows[i].text);
	}
	assert_null(strategy_find("no-such-rule"));
	for (size_t i = 0; i < strategies_n; i++)
		assert_ptr_equal(strategy_find(strategies[i]->name), strategies[i]);
}

/* Column model_id of the preprocessor tables, and the names in their brackets. */
static void every_id_is_known(void **state)
{
	(void)state;
	static const char *const ids[] = {
		"qwen2-vl",
		"qwen2.5-vl",
		"qwen2.5-vl-max1280",
		"qwen2.5-vl-max512",
		"qwen3-vl",
		"qwen3.5",
		"uground-v1",
		"dots-ocr",
		"llava-onevision-1.5",
		"ernie-4.5-vl",
		"minimax-m3-vl",
		"video-llama3-7b",
		"hunyuan-vl",
		"glm-4.1v",
		"glm-4.6v",
		"glm-4.5v",
		"glm-ocr",
		"paddleocr-vl",
		"paddleocr-vl-1.5",
		"ovis2.5",
		"ovis2.5-max1792",
		"emu3",
		"kimi-k2.5",
		"kimi-vl",
		"kimi-vl-2506",
		"muse-glimmer",
		"gemma4",
		"gemma4-max1120",
		"gemma4-max560",
		"gemma4-max70",
		"gemma4-max140",
		"pixtral-12b",
		"mistral-small-3.1",
		"mistral-small-3.2",
		"devstral-small-2-24b-2512",
		"ministral-3",
		"pixtral-12b-mistral-common",
		"lighton-ocr",
		"llava-1.5",
		"fast-vlm-7b",
		"llava-next-1.6",
		"llava-next-1.6-original",
		"granite-vision-3.x",
		"granite-4-vision",
		"llava-onevision",
		"llava-onevision-max4",
		"gemma3",
		"gemma3-pan-and-scan",
		"gemma3n",
		"paligemma-224",
		"paligemma-896",
		"paligemma-448",
		"florence-2",
		"chameleon",
		"janus-pro",
		"deepseek-vl",
		"deepseek-vl-hybrid-7b",
		"blip-2",
		"instructblip",
		"idefics2-8b",
		"idefics2-8b-nosplit",
		"llama-3.2-vision",
		"llama4",
		"perception-lm",
		"smolvlm-256m-500m",
		"smolvlm2-2.2b",
		"smolvlm-instruct",
		"idefics3-8b",
		"internvl2-2.5-3",
		"internvl3.5",
		"internvl-max6",
		"internvl-max40",
		"internvl3-hf",
		"eagle2.5",
		"nvila-lite",
		"aya-vision",
		"command-a-vision",
		"ovis2",
		"lfm2-vl-1.6b",
		"lfm2.5-vl",
		"lfm2-vl-450m",
		"deepseek-vl2",
		"deepseek-ocr-gundam",
		"deepseek-ocr-gundam-max9",
		"deepseek-ocr-base",
		"deepseek-ocr-small",
		"deepseek-ocr-large",
		"deepseek-ocr-tiny",
		"deepseek-ocr2",
		"minicpm-v-2.6",
		"minicpm-o-2.6",
		"minicpm-llama3-v-2.5",
		"minicpm-v-2.0",
		"minicpm-v-4.6",
		"minicpm-v-4.6-4x",
		"molmo-7b",
		"phi-3.5-vision",
		"phi-3-vision",
		"phi-4-multimodal",
		"step-3.7-flash",
		"fuyu-8b",
		"aria",
		"aria-split",
	};
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		const struct processor *p = registry_processor(&reg, ids[i]);
		if (!p)
			fail_msg("%s is not known", ids[i]);
		assert_non_null(p->source);
		if (p->confidence == CONFIDENCE_LOW && !p->unverified)
			fail_msg("%s is of low confidence, but no key is marked", ids[i]);
	}
}

static void one_mark_for_both_halves(void **state)
{
	struct processor sure = {.confidence = CONFIDENCE_HIGH},
			 low = {.confidence = CONFIDENCE_LOW};
	struct processor rough = {.hosted = {.vendor = "V", .approximate = true}};
	struct processor assumed = {.hosted = {.vendor = "V", .evidence = EVIDENCE_ASSUMED}};
	struct processor both = {.unverified = "patch", .hosted = rough.hosted};
	struct model known = {.id = "m"}, unsure = {.id = "m", .unverified = "context"};

	(void)state;
	assert_null(count_mark(&sure, NULL));
	assert_null(count_mark(&sure, &known));
	assert_null(count_mark(NULL, &known));
	assert_string_equal(count_mark(&low, &known), "unverified");
	assert_string_equal(count_mark(&sure, &unsure), "unverified");
	assert_string_equal(count_mark(NULL, &unsure), "unverified");
	assert_string_equal(count_mark(&rough, NULL), "approximate");
	assert_string_equal(count_mark(&assumed, NULL), "approximate");
	assert_string_equal(count_mark(&both, NULL), "unverified, approximate");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(halves_go_to_the_even_neighbour),
		cmocka_unit_test(wide_quotients_round_once),
		cmocka_unit_test(float_floors_are_of_the_real_quotient),
		cmocka_unit_test(seven_decimals_before_truncation),
		cmocka_unit_test(aspect_limits_are_exact),
		cmocka_unit_test(refusals_have_sentences),
		cmocka_unit_test(a_patch_fits_into_the_encoders_input),
		cmocka_unit_test(an_encoders_input_holds_a_token),
		cmocka_unit_test(a_count_is_small),
		cmocka_unit_test(pixel_limits_are_exact),
		cmocka_unit_test(two_frames_halve_the_limits),
		cmocka_unit_test(single_precision_scales_tie),
		cmocka_unit_test(equally_near_grids),
		cmocka_unit_test(covered_area_decides),
		cmocka_unit_test(ties_follow_the_set),
		cmocka_unit_test(a_strip_may_shrink_to_nothing),
		cmocka_unit_test(the_textbook_to_the_digit),
		cmocka_unit_test(knobs_turn_what_the_strategy_has),
		cmocka_unit_test(many_images_are_not_cut),
		cmocka_unit_test(modified_means_another_count),
		cmocka_unit_test(own_grids_limit_the_knob),
		cmocka_unit_test(squares_of_other_sections),
		cmocka_unit_test(steps_have_room),
		cmocka_unit_test(what_is_learned_is_fixed),
		cmocka_unit_test(caps_of_a_family_without_a_setting),
		cmocka_unit_test(rules_give_reasons),
		cmocka_unit_test(videos_share_a_budget),
		cmocka_unit_test(parameters_are_checked),
		cmocka_unit_test(every_id_is_known),
		cmocka_unit_test(one_mark_for_both_halves),
	};
	return cmocka_run_group_tests_name("count", tests, shipped_load, shipped_free);
}
