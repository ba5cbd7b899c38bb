/* A cap on the tokens of an image: what a family's own setting makes of it holds for every shape,
 * or the image is refused with the reason. */
#include "tests/unit.h"

#include <string.h>

#include "base/str.h"
#include "core/count.h"
#include "core/strategy.h"
#include "registry/subjects.h"
#include "tests/shipped.h"

static const int32_t caps[] = {1, 64, 81, 100, 145, 256, 300, 400, 576, 730, 1000, 2000, 5000};
static const struct {
	int64_t w, h;
} sizes[] = {{1, 1},       {224, 224},   {640, 480},   {336, 672},  {1920, 1080}, {1080, 1920},
	     {3024, 4032}, {4096, 4096}, {8000, 1000}, {500, 7500}, {1600, 1601}, {99, 2100}};

/* An area is one of patches: what Hunyuan puts behind each row comes on top. */
static int64_t marks(const struct processor *p, const struct count *c)
{
	return strcmp(p->strategy_name, "merge") == 0 && p->visual_per_row
		       ? c->resized_h / (p->patch * p->merge) * p->visual_per_row +
				 p->visual_per_image
		       : 0;
}

/* Kimi pads to whole tokens behind its limit of patches; a search for a scale may find none that
 * meets its limit; small images that are enlarged to a least area are rounded up; no resize makes a
 * side less than a token. */
static bool may_pass(const struct processor *p, int32_t cap, int64_t w, int64_t h)
{
	return w > cap * h || h > cap * w || w * h < p->min_pixels ||
	       str_casecmp(p->strategy_name, "navit") == 0 ||
	       str_casecmp(p->strategy_name, "naflex") == 0;
}

static void capped(const struct processor *p, int32_t cap, int64_t w, int64_t h, struct count *out)
{
	const struct knobs knobs = {.max_tokens = cap};

	count_image(p, LENS_EXACT, &knobs, w, h, out, NULL);
}

static void no_image_passes_its_cap(void **state)
{
	(void)state;
	for (size_t i = 0; i < reg.processors_n; i++) {
		const struct processor *p = reg.processors[i];
		for (size_t k = 0; k < ARRAY_SIZE(caps) * ARRAY_SIZE(sizes); k++) {
			int32_t cap = caps[k / ARRAY_SIZE(sizes)];
			int64_t w = sizes[k % ARRAY_SIZE(sizes)].w,
				h = sizes[k % ARRAY_SIZE(sizes)].h;
			struct count c;

			capped(p, cap, w, h, &c);
			if (!c.refused && c.visual - marks(p, &c) > cap && !may_pass(p, cap, w, h))
				fail_msg("%s: %lld x %lld takes %lld of %d", p->id, (long long)w,
					 (long long)h, (long long)c.visual, (int)cap);
		}
	}
}

/* A cap that no image reaches changes nothing. */
static void a_cap_out_of_reach_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < reg.processors_n; i++)
		for (size_t k = 0; k < ARRAY_SIZE(sizes); k++) {
			const struct processor *p = reg.processors[i];
			struct count c, plain;

			if (strcmp(p->strategy_name, "threshold") == 0)
				continue; /* its setting is not to cut at all */
			capped(p, 1000000000, sizes[k].w, sizes[k].h, &c);
			count_image(p, LENS_EXACT, NULL, sizes[k].w, sizes[k].h, &plain, NULL);
			if (c.refused != plain.refused || c.visual != plain.visual ||
			    c.special != plain.special)
				fail_msg("%s: %lld x %lld: %lld in place of %lld", p->id,
					 (long long)sizes[k].w, (long long)sizes[k].h,
					 (long long)c.visual, (long long)plain.visual);
		}
}

/* The setting makes of one section what another one is. */
static void a_setting_gives_the_other_section(void **state)
{
	(void)state;
	/* clang-format off */
	static const struct {
		const char *id;
		int32_t cap;
		const char *as;
	} t[] = {
		{"idefics2-8b", 100, "idefics2-8b-nosplit"},
		{"aria-split", 300, "aria"},
		{"phi-3-vision", 800, "phi-3.5-vision"},
		{"internvl2-2.5-3", 1800, "internvl-max6"},
	};
	/* clang-format on */
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		for (size_t k = 0; k < ARRAY_SIZE(sizes); k++) {
			const struct processor *p = registry_processor(&reg, t[i].id),
					       *as = registry_processor(&reg, t[i].as);
			struct count c, other;

			assert_non_null(p);
			assert_non_null(as);
			capped(p, t[i].cap, sizes[k].w, sizes[k].h, &c);
			count_image(as, LENS_EXACT, NULL, sizes[k].w, sizes[k].h, &other, NULL);
			if (c.visual != other.visual || c.special != other.special)
				fail_msg("%s, %lld x %lld: %lld + %lld in place of %lld + %lld",
					 t[i].id, (long long)sizes[k].w, (long long)sizes[k].h,
					 (long long)c.visual, (long long)c.special,
					 (long long)other.visual, (long long)other.special);
		}
}

/* What no shape can take more of is never refused. */
static void a_cap_within_reach_counts_every_shape(void **state)
{
	(void)state;
	static const char *const ids[] = {"llava-1.6-7b",
					  "idefics2-8b",
					  "idefics3-8b",
					  "smolvlm",
					  "phi-3.5-vision",
					  "phi-4-multimodal",
					  "molmo-7b",
					  "molmo2",
					  "deepseek-ocr-gundam",
					  "aria-split",
					  "nemotron-3-nano-omni",
					  "isaac-0.1"};
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
		for (size_t k = 0; k < ARRAY_SIZE(sizes); k++) {
			const struct model *m;
			const struct processor *p;
			struct vtok_error err = {0};
			struct count c, plain;

			if (!subject_resolve(&reg, ids[i], &m, &p, &err))
				fail_msg("%s", err.text);
			capped(p, 2000, sizes[k].w, sizes[k].h, &c);
			count_image(p, LENS_EXACT, NULL, sizes[k].w, sizes[k].h, &plain, NULL);
			if (c.refused && !plain.refused)
				fail_msg("%s, %lld x %lld is refused", ids[i],
					 (long long)sizes[k].w, (long long)sizes[k].h);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_image_passes_its_cap),
		cmocka_unit_test(a_cap_out_of_reach_changes_nothing),
		cmocka_unit_test(a_setting_gives_the_other_section),
		cmocka_unit_test(a_cap_within_reach_counts_every_shape),
	};
	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
