/* Videos (core/video.h): which frames each sampler takes, by the rules that core/video_sample.c
 * names, and what their groups cost. Numbers of frames are worked out beside the rows; videos of
 * published counts are rows of tests/data/video-cases.csv. */
#include "tests/unit.h"

#include <math.h>

#include "base/base.h"
#include "core/strategy.h"
#include "core/video.h"
#include "tests/shipped.h"

static const struct processor *get(const char *id)
{
	const struct processor *p = registry_processor(&reg, id);

	assert_non_null(p);
	return p;
}

/* ------------------------------------------------------------ frames */

/* The number in the video of the k-th frame that was taken. */
static int64_t number_of(const struct frames *f, int64_t k)
{
	return llround(video_time(f, k) * f->rate);
}

/* At 30 frames a second where nothing else is said. `n` counts the last frame twice where the
 * family wants an even number; second and last are numbers of frames. */
/* clang-format off */
static const struct row {
	struct video_rule rule; /* of two frames a group */
	struct video video;
	int64_t n, taken, second, last;
} rows[] = {
	/* linspace(0, 299, 20): 299 / 19 = 15.7 */
	{{.sampler = FRAMES_RATE, .fps = 2}, {.seconds = 10}, 20, 20, 16, 299},
	{{.sampler = FRAMES_RATE, .fps = 2}, {.in_file = 300}, 20, 20, 16, 299},
	{{.sampler = FRAMES_RATE, .fps = 9}, {.seconds = 10, .fps = 2}, 20, 20, 16, 299},
	{{.sampler = FRAMES_RATE, .fps = 2, .max_frames = 8}, {.seconds = 10}, 8, 8, 43, 299},
	{{.sampler = FRAMES_RATE, .fps = 0.1}, {.seconds = 10}, 1, 1, 0, 0},
	{{.sampler = FRAMES_RATE, .fps = 0}, {.seconds = 10}, 0, 0, 0, 0},
	{{.sampler = FRAMES_RATE, .fps = 0, .min_frames = 4}, {.seconds = 10}, 4, 4, 100, 299},
	{{.sampler = FRAMES_RATE, .fps = 2, .min_frames = 4}, {.in_file = 3}, 3, 3, 1, 2},
	{{.sampler = FRAMES_RATE, .fps = 1e3}, {.seconds = 1e9, .rate = 1e3}, 2000000, 2000000,
	 500, 999999999},
	/* with a limit on a frame whole groups alone, int(15 k) */
	{{.sampler = FRAMES_RATE, .fps = 2, .max_pixels = 1}, {.seconds = 10.5}, 20, 20, 15, 299},
	{{.sampler = FRAMES_RATE, .fps = 2, .max_pixels = 1}, {.seconds = 0.5}, 0, 0, 0, 0},
	/* qwen-vl-utils too */
	{{.sampler = FRAMES_RATE, .fps = 2}, {.seconds = 10.5, .sampler = SAMPLER_UTILS}, 20, 20,
	 17, 314},
	/* 10.2 and 11.2 frames */
	{{.sampler = FRAMES_RATE_UP, .fps = 1}, {.seconds = 10.2}, 11, 11, 30, 305},
	{{.sampler = FRAMES_RATE_UP, .fps = 2}, {.in_file = 30, .rate = 1}, 60, 60, 0, 29},
	{{.sampler = FRAMES_RATE_EVEN, .fps = 1}, {.seconds = 11.2}, 10, 10, 37, 335},
	/* int(k 300 / 8); all where there is no number; a rate where one is asked for */
	{{.sampler = FRAMES_EVEN, .fps = 2, .max_frames = 8}, {.seconds = 10}, 8, 8, 37, 262},
	{{.sampler = FRAMES_EVEN, .fps = 2, .max_frames = 8}, {.in_file = 5}, 5, 5, 1, 4},
	{{.sampler = FRAMES_EVEN, .fps = 2}, {.seconds = 10}, 300, 300, 1, 299},
	{{.sampler = FRAMES_EVEN, .fps = 2, .max_frames = 80}, {.seconds = 10, .fps = 1}, 10, 10,
	 33, 299},
	{{.sampler = FRAMES_ALL, .fps = 2}, {.seconds = 10}, 300, 300, 1, 299},
	{{.sampler = FRAMES_ALL, .fps = 2}, {.seconds = 10, .fps = 1}, 10, 10, 33, 299},
	{{.sampler = FRAMES_UNKNOWN, .fps = 2}, {.seconds = 1}, 30, 30, 1, 29},
	/* glm-4.1v: ceil(15 k); an odd one twice; beyond 300 s 600, ceil(9030 k / 599); each once */
	{{.sampler = FRAMES_GLM4V, .fps = 2}, {.seconds = 10}, 20, 20, 15, 285},
	{{.sampler = FRAMES_GLM4V, .fps = 2}, {.seconds = 10.5}, 22, 21, 15, 300},
	{{.sampler = FRAMES_GLM4V, .fps = 2}, {.seconds = 301}, 600, 600, 16, 9029},
	{{.sampler = FRAMES_GLM4V, .fps = 2}, {.seconds = 301, .rate = 1}, 302, 301, 1, 300},
	{{.sampler = FRAMES_GLM4V, .fps = 2}, {.seconds = 10, .rate = 1}, 10, 10, 1, 9},
	{{.sampler = FRAMES_GLM4V, .fps = 0}, {.seconds = 10}, 0, 0, 0, 0},
	/* glm-4.6v: steps of 1 / 6 s */
	{{.sampler = FRAMES_GLM46V}, {.seconds = 10}, 60, 60, 5, 295},
	{{.sampler = FRAMES_GLM46V}, {.in_file = 6, .rate = 6}, 6, 6, 1, 5},
	/* 61 steps before second 10, as sixty doubles of a sixth are just below it, of 65 that are
	 * wanted: linspace(0, 300, 65), and one twice */
	{{.sampler = FRAMES_GLM46V}, {.in_file = 327}, 66, 65, 4, 300},
	/* 700 s: more than 640 steps; linspace(0, 20999, 640) */
	{{.sampler = FRAMES_GLM46V}, {.seconds = 700}, 640, 640, 32, 20999},
	/* fewer frames than are wanted: each once */
	{{.sampler = FRAMES_GLM46V}, {.seconds = 20, .rate = 1}, 20, 20, 1, 19},
	/* fewer than three steps: linspace over all; the only one twice; none */
	{{.sampler = FRAMES_GLM46V}, {.in_file = 10}, 2, 2, 9, 9},
	{{.sampler = FRAMES_GLM46V}, {.in_file = 6}, 2, 1, 0, 0},
	{{.sampler = FRAMES_GLM46V}, {.in_file = 1}, 0, 0, 0, 0},
	{{.sampler = FRAMES_GLM5, .fps = 2}, {.seconds = 10}, 20, 20, 15, 285},
	{{.sampler = FRAMES_GLM5, .fps = 2, .max_frames = 8}, {.seconds = 10}, 8, 8, 42, 299},
	{{.sampler = FRAMES_GLM5, .fps = 0}, {.seconds = 10}, 0, 0, 0, 0},
	/* every 15th; every one; every fifth (30 / 7 = 4.3); none */
	{{.sampler = FRAMES_STEP, .fps = 2}, {.seconds = 10}, 20, 20, 15, 285},
	{{.sampler = FRAMES_STEP, .fps = 40}, {.seconds = 10}, 300, 300, 1, 299},
	{{.sampler = FRAMES_STEP, .fps = 7}, {.seconds = 10}, 60, 60, 5, 295},
	{{.sampler = FRAMES_STEP, .fps = 0}, {.seconds = 10}, 0, 0, 0, 0},
	/* an engine that takes four; a family that reads for itself; a video that is no longer */
	{{.sampler = FRAMES_RATE, .fps = 2}, {.seconds = 10, .sampler = SAMPLER_EVEN, .even = 4},
	 4, 4, 99, 299},
	{{.sampler = FRAMES_RATE, .fps = 2, .own_reader = true},
	 {.seconds = 10, .sampler = SAMPLER_EVEN, .even = 4}, 20, 20, 16, 299},
	{{.sampler = FRAMES_RATE, .fps = 2},
	 {.seconds = 10, .fps = 1, .sampler = SAMPLER_EVEN, .even = 4}, 10, 10, 33, 299},
	{{.sampler = FRAMES_ALL, .fps = 2}, {.in_file = 4, .sampler = SAMPLER_EVEN, .even = 4}, 4,
	 4, 1, 3},
	/* nothing to take from */
	{{.sampler = FRAMES_RATE, .fps = 2, .min_frames = 4}, {.seconds = 0}, 0, 0, 0, 0},
};
/* clang-format on */

static void frames_are_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct row *r = &rows[i];
		struct processor p = {.strategy = strategy_find("merge"), .video = r->rule};
		struct frames f;

		p.video.group = 2;
		video_sample(&p, &r->video, &f);
		if (f.n != r->n || f.taken != r->taken)
			fail_msg("row %zu: %d frames, %d taken", i, (int)f.n, (int)f.taken);
		if (f.n == 0)
			continue;
		assert_int_equal(number_of(&f, 0), 0);
		if (number_of(&f, 1) != r->second || number_of(&f, f.n) != r->last)
			fail_msg("row %zu: frames %d and %d", i, (int)number_of(&f, 1),
				 (int)number_of(&f, f.n));
		for (int64_t k = 1; k < f.taken && k < 1000; k++)
			assert_true(number_of(&f, k) >= number_of(&f, k - 1));
	}
}

/* MiniCPM-V 4.5: 5 frames a second up to 180; of a longer video two or three become one. */
static void frames_are_packed(void **state)
{
	static const struct {
		double seconds;
		int32_t max_frames, group;
		int64_t n;
	} t[] = {
		{10, 180, 1, 50},   {60, 180, 2, 300},  /* 300 / 180: two */
		{100, 180, 3, 500}, {200, 180, 3, 540}, /* six would be needed */
		{0.05, 180, 1, 0},  {10, 0, 1, 50},     {400, 0, 1, 2000},
	};
	struct processor p = {.video = {.sampler = FRAMES_PACKED, .fps = 5, .group = 1}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct frames f;

		p.video.max_frames = t[i].max_frames;
		video_sample(&p, &(struct video){.seconds = t[i].seconds}, &f);
		assert_int_equal(f.n, t[i].n);
		assert_int_equal(video_group(&p, &f), t[i].group);
	}
}

/* Frames that were sampled already: at the rate that is said, the family's, or one a second. */
static void given_frames_have_times(void **state)
{
	static const struct {
		double of_video, of_family, at;
	} t[] = {{4, 2, 1.25}, {0, 2, 2.5}, {0, 0, 5}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct processor p = {.video = {.fps = t[i].of_family, .group = 2}};
		struct frames f;

		video_sample(&p, &(struct video){.given = 6, .fps = t[i].of_video}, &f);
		assert_int_equal(f.n, 6);
		assert_true(video_time(&f, 5) == t[i].at);
		assert_true(video_time(&f, 99) == t[i].at);
	}
}

/* ------------------------------------------------------------ counts */

static struct count count_of(const struct processor *p, struct video v, int64_t w, int64_t h)
{
	struct count c;

	count_video(p, &v, w, h, &c);
	return c;
}

/* What a request limits goes before the family's own: as if the family had that limit. */
static void limits_of_the_request(void **state)
{
	static const struct {
		const char *id;
		int64_t w, h, min, max;
	} t[] = {
		{"qwen2.5-vl", 640, 480, 500000, 0}, {"qwen2.5-vl", 1920, 1080, 0, 100000},
		{"qwen3-vl", 64, 64, 1000000, 0},    {"qwen3-vl", 1920, 1080, 0, 500000},
		{"glm-5-next", 64, 64, 1000000, 0},  {"glm-5-next", 1920, 1080, 0, 500000},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct processor own = *get(t[i].id);
		struct video plain = {.given = 8, .sampler = SAMPLER_MODEL}, asked = plain;
		int64_t before = count_of(&own, plain, t[i].w, t[i].h).visual;

		asked.min_pixels = t[i].min;
		asked.max_pixels = t[i].max;
		int64_t after = count_of(&own, asked, t[i].w, t[i].h).visual;

		if (t[i].min)
			own.video.min_pixels = t[i].min;
		if (t[i].max && own.video.max_pixels)
			own.video.max_pixels = t[i].max;
		else if (t[i].max)
			own.video.total_pixels = t[i].max;
		assert_true(t[i].min ? after > before : after < before);
		assert_int_equal(after, count_of(&own, plain, t[i].w, t[i].h).visual);
	}
}

/* Versions that cap each frame do so where the family has a cap: of 8 frames of 1920 x 1080 under
 * 100,000 pixels each, 32 x 32 a token, s = 4.55: 13 x 7 tokens, four groups. */
static void frames_are_capped(void **state)
{
	struct processor p = *get("qwen3-vl");
	struct video v = {.given = 8, .sampler = SAMPLER_MODEL};
	int64_t free = count_of(&p, v, 1920, 1080).visual;

	(void)state;
	p.video.frame_cap = 100000;
	assert_int_equal(count_of(&p, v, 1920, 1080).visual, free);
	v.is_capped = true;
	assert_int_equal(count_of(&p, v, 1920, 1080).visual, 4 * 13 * 7);
	p.video.frame_cap = 0;
	assert_int_equal(count_of(&p, v, 1920, 1080).visual, free);
}

/* Lengths and rates that a host takes, both ends included. */
static void hosts_have_bounds(void **state)
{
	static const struct {
		double seconds, fps;
		enum refusal refused;
	} t[] = {
		{2, 2, REFUSED_NOT},
		{10, 2, REFUSED_NOT},
		{1.9, 2, REFUSED_VIDEO_SECONDS},
		{10.1, 2, REFUSED_VIDEO_SECONDS},
		{5, 1, REFUSED_NOT},
		{5, 4, REFUSED_NOT},
		{5, 0.9, REFUSED_VIDEO_FPS},
		{5, 4.1, REFUSED_VIDEO_FPS},
		{5, 0, REFUSED_NOT}, /* nobody asks for a rate */
	};
	struct processor p = *get("qwen3-vl");

	(void)state;
	p.video.least_s = 2;
	p.video.most_s = 10;
	p.video.least_fps = 1;
	p.video.most_fps = 4;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct video v = {
			.seconds = t[i].seconds, .fps = t[i].fps, .sampler = SAMPLER_MODEL};
		struct count c = count_of(&p, v, 640, 480);

		assert_int_equal(c.refused, t[i].refused);
		if (c.refused && p.host == NULL)
			assert_string_equal(c.facts.vendor, "this model");
	}
	/* of frames alone nobody knows how long they were */
	assert_int_equal(count_of(&p, (struct video){.given = 8}, 640, 480).refused, REFUSED_NOT);
}

static void shapes_have_limits(void **state)
{
	struct processor p = *get("qwen3-vl"), padded = *get("glm-5-next"), image = *get("gemma3");
	const struct video v = {.given = 8, .sampler = SAMPLER_MODEL};

	(void)state;
	assert_int_equal(count_of(&p, v, 6410, 32).refused, REFUSED_ASPECT);
	assert_int_equal(count_of(&p, v, 6400, 32).refused, REFUSED_NOT);
	p.max_aspect = 0;
	assert_int_equal(count_of(&p, v, 6410, 32).refused, REFUSED_NOT);
	/* frames x area beyond 64 bits */
	assert_int_equal(
		count_of(&padded, (struct video){.given = 1000000}, SIDE_MAX, SIDE_MAX).refused,
		REFUSED_LARGE_FRAMES);
	assert_int_equal(count_of(&padded, v, 640, 480).refused, REFUSED_NOT);
	/* a frame that is refused as an image is */
	image.video.kind = VIDEO_IMAGE;
	image.video.group = 1;
	image.reject_pixels = 640 * 480;
	struct count c = count_of(&image, v, 640, 480);

	assert_int_equal(c.refused, REFUSED_NOT);
	assert_int_equal(c.visual, 8 * 256);
	c = count_of(&image, v, 641, 480);
	assert_int_equal(c.refused, REFUSED_AREA);
	assert_int_equal(c.facts.a, 640 * 480);
}

/* A grid of the frame's shape, sides made multiples of 3: up where the area of 630 patches still
 * has room for it.
 *     640 x 480: rows round(sqrt(630 * 3 / 4)) = 22, cols round(sqrt(840)) = 29; 24 * 29 is too
 *         much: 21; 30 * 21 is not: 30. 7 x 10 tokens
 *     480 x 640: rows first: 30 * 22 is too much: 27; 27 * 24 too: 21. 9 x 7
 *     1 x 1000: rows round(sqrt(630,000)) = 794, cols round(0.79) = 1; down to 792, and 3 at least
 */
static void grids_of_a_shape(void **state)
{
	struct processor p = *get("qwen3-vl");
	const struct video v = {.given = 4};

	(void)state;
	p.patch = 16;
	p.merge = 3;
	p.video = (struct video_rule){.kind = VIDEO_SHAPE, .group = 1, .max_patches = 630};
	struct count c = count_of(&p, v, 640, 480);

	assert_int_equal(c.visual, 4 * 7 * 10);
	assert_int_equal(c.resized_w, 30 * 16);
	assert_int_equal(c.resized_h, 21 * 16);
	assert_int_equal(c.encoder_patches, 4 * 630);
	assert_int_equal(count_of(&p, v, 480, 640).visual, 4 * 9 * 7);
	assert_int_equal(count_of(&p, v, 1, 1000).visual, 4 * 264);
	/* rows and columns that are multiples as they are: 24 x 24 of 576 */
	p.video.max_patches = 576;
	assert_int_equal(count_of(&p, v, 500, 500).visual, 4 * 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_are_taken),        cmocka_unit_test(frames_are_packed),
		cmocka_unit_test(given_frames_have_times), cmocka_unit_test(limits_of_the_request),
		cmocka_unit_test(frames_are_capped),       cmocka_unit_test(hosts_have_bounds),
		cmocka_unit_test(shapes_have_limits),      cmocka_unit_test(grids_of_a_shape),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
