/* The counting rules of 2026 at their borders: tiny, thin and huge pictures, refusals, what the
 * prompt's text costs. Expected values follow from the rules as they are written in the head
 * comments of core/strategy_*.c, computed apart from this program. */
#include "tests/unit.h"

#include "base/base.h"
#include "core/count.h"
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

/* A special of -1: not exposed; a visual of 0: refused. */
static void tiny_thin_and_huge_pictures(void **state)
{
	static const struct {
		const char *id;
		int64_t w, h, visual, special;
	} t[] = {
		{"deepseek-v4-flash-vision-exp", 1, 1, 100, 14},
		{"deepseek-v4-flash-vision-exp", 65535, 1, 104, 6},
		{"deepseek-v4-flash-vision-exp", 1, 65535, 188, 190},
		{"deepseek-v4-flash-vision-exp", 1000000000, 1000000000, 324, 22},
		{"deepseek-v4.1-flash", 1, 1, 169, 15},
		{"deepseek-v4.1-flash", 65535, 1, 1021, 3},
		{"deepseek-v4.1-flash", 1, 65535, 511, 513},
		{"deepseek-v4.1-flash", 1000000000, 1000000000, 961, 33},
		{"glm-5-next", 1, 1, 16, 2},
		{"glm-5-next", 65535, 1, 2341, 2},
		{"glm-5-next", 1000000000, 1, 1, 2},
		{"glm-5-next", 1000000000, 1000000000, 7921, 2},
		{"inkling", 1, 1, 1, -1},
		{"inkling", 1, 65535, 1639, -1},
		{"inkling", 1000000000, 1000000000, 625000025000000, -1},
		{"isaac-0.1", 1, 1, 16, 2},
		{"isaac-0.1", 65535, 1, 1536, 2},
		{"isaac-0.1", 1000000000, 1, 1462, 2},
		{"phi-4-reasoning-vision", 1, 1, 49, 0},
		{"phi-4-reasoning-vision", 1, 65535, 256, 0},
		{"phi-4-reasoning-vision", 1000000000, 1000000000, 3969, 0},
		{"nemotron-3-nano-omni", 1, 1, 256, 2},
		{"nemotron-3-nano-omni", 65535, 1, 2048, 2},
		{"nemotron-3-nano-omni", 1000000000, 1, 0, 0},
		{"nemotron-3-nano-omni", 1000000000, 1000000000, 3306, 2},
		{"cosmos3-edge", 1, 1, 64, 2},
		{"cosmos3-edge", 1, 65535, 0, 0},
		{"neomme", 33, 65, 6, 5},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct count c = exact(get(t[i].id), t[i].w, t[i].h);
		if (c.visual != t[i].visual)
			print_error("%s: %lld\n", t[i].id, (long long)c.visual);
		assert_int_equal(c.visual, t[i].visual);
		assert_int_equal(!!c.refused, t[i].visual == 0);
		assert_int_equal(c.has_special ? c.special : -1 + !!c.refused, t[i].special);
	}
}

/* Rows go in pairs: 11 rows get a row of pads, 10 rows of 10 + 1 get two. */
static void deepseek_pads_odd_rows(void **state)
{
	(void)state;
	struct count even = exact(get("deepseek-v4-flash-vision-exp"), 420, 420),
		     odd = exact(get("deepseek-v4-flash-vision-exp"), 420, 462);
	assert_int_equal(even.visual, 100);
	assert_int_equal(even.special, 10 + 2 + 2);
	assert_int_equal(odd.visual, 110);
	assert_int_equal(odd.special, 11 + 2 + 11);
}

/* A wide picture is stretched to eight times its height, and no further. */
static void deepseek_limits_the_width(void **state)
{
	(void)state;
	struct count at = exact(get("deepseek-v4-flash-vision-exp"), 3360, 420),
		     over = exact(get("deepseek-v4-flash-vision-exp"), 9000, 420);
	assert_int_equal(at.total, over.total);
	assert_int_equal(at.resized_w, over.resized_w);
}

static void no_budget_no_tokens(void **state)
{
	(void)state;
	struct processor p = *get("deepseek-v4-flash-vision-exp");
	for (p.max_tokens = 1; p.max_tokens < 9; p.max_tokens++)
		assert_true(exact(&p, 500, 500).refused);
	p = *get("deepseek-v4.1-flash");
	p.max_tokens = 3;
	assert_true(exact(&p, 500, 500).refused);
}

/* The prompt of Kimi K3 names the size as it came, three digits to a token. */
static void a_size_in_words_costs_its_digits(void **state)
{
	static const struct {
		int64_t w, h, special;
	} t[] = {
		{9, 999, 6 + 1 + 1},    {999, 1000, 6 + 1 + 2},  {1000, 1000, 6 + 2 + 2},
		{999999, 9, 6 + 2 + 1}, {1000000, 9, 6 + 3 + 1},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		assert_int_equal(exact(get("kimi-k3"), t[i].w, t[i].h).special, t[i].special);
	assert_int_equal(exact(get("kimi-k2.5"), 224, 224).total, 64 + 5);
}

/* A multiple of the patch gets a column more; a side above the cap stays. */
static void inkling_has_one_column_more(void **state)
{
	(void)state;
	assert_int_equal(exact(get("inkling"), 40, 20).visual, 3);       /* 80 x 40 */
	assert_int_equal(exact(get("inkling"), 39, 20).visual, 2);       /* 78 x 40 */
	assert_int_equal(exact(get("inkling"), 4000, 400).visual, 1010); /* kept */
}

/* Padded at right and below, never larger than it came. */
static void glm_pads_the_picture(void **state)
{
	struct count c;
	struct trace t;
	(void)state;

	count_image(get("glm-5-next"), LENS_EXACT, NULL, 641, 480, &c, &t);
	assert_int_equal(c.resized_w, 644);
	assert_int_equal(c.resized_h, 504);
	assert_int_equal(t.layout.content_w, 641);
	assert_int_equal(t.layout.content_h, 480);
	count_image(get("glm-5-next"), LENS_EXACT, NULL, 10, 10, &c, &t);
	assert_int_equal(c.visual, 16);
	assert_int_equal(t.layout.content_w, 112);
}

static void moondream_crops_cost_time_alone(void **state)
{
	static const struct {
		int64_t w, h, tiles;
	} t[] = {
		{1, 1, 1 + 1},         {378, 378, 1 + 1},  {379, 379, 1 + 3 * 3},
		{800, 600, 1 + 4 * 2}, {4000, 500, 1 + 9}, {3000, 3000, 1 + 3 * 3},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct count c = exact(get("moondream2"), t[i].w, t[i].h);
		assert_int_equal(c.total, 729);
		assert_int_equal(c.tiles, t[i].tiles);
		assert_int_equal(c.encoder_patches, t[i].tiles * 729);
	}
}

/* The released files of Molmo2 switch the column marks of the overview off. */
static void molmo2_as_released_and_by_default(void **state)
{
	(void)state;
	struct count full = exact(get("molmo2"), 1080, 1920),
		     bare = exact(get("molmo2-2025"), 1080, 1920);
	assert_int_equal(full.visual, bare.visual);
	assert_int_equal(full.special, bare.special + 14);
}

/* Sides below a factor are enlarged first; an image is one frame: the cap is not halved. */
static void cosmos_counts_one_frame(void **state)
{
	(void)state;
	assert_int_equal(exact(get("cosmos3-edge"), 4032, 3024).visual,
			 exact(get("qwen3-vl"), 4032, 3024).visual);
	assert_int_equal(exact(get("cosmos3-edge"), 16, 16).visual, 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tiny_thin_and_huge_pictures),
		cmocka_unit_test(deepseek_pads_odd_rows),
		cmocka_unit_test(deepseek_limits_the_width),
		cmocka_unit_test(no_budget_no_tokens),
		cmocka_unit_test(a_size_in_words_costs_its_digits),
		cmocka_unit_test(inkling_has_one_column_more),
		cmocka_unit_test(glm_pads_the_picture),
		cmocka_unit_test(moondream_crops_cost_time_alone),
		cmocka_unit_test(molmo2_as_released_and_by_default),
		cmocka_unit_test(cosmos_counts_one_frame),
	};
	return cmocka_run_group_tests_name("families", tests, shipped_load, shipped_free);
}
