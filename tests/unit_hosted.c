#include "tests/unit.h"

#include "base/base.h"
#include "core/hosted.h"

static void dates_are_strict(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int32_t date; /* 0 = refused */
	} t[] = {
		{"2025-04-14", 20250414},
		{"2025-04", 20250401},
		{"2024-02-29", 20240229},
		{"2199-12-31", 21991231},
		{"2025-4-14", 0},
		{"2025", 0},
		{"2025-13", 0},
		{"2025-00-10", 0},
		{"2025-04-31", 0},
		{"1999-12-31", 0},
		{"2025-04-", 0},
		{"2025/04/14", 0},
		{"", 0},
		{"2025-04-14 ", 0},
		{"today", 0},
		{"-025-04-14", 0},
		{"2025-04-00", 0},
		{"2025-:1", 0},
		{"2025-04-1x", 0},
		{"2200-01", 0},
		{"20x5-01", 0},
		{"2025-04.14", 0},
		{"2000-02-29", 20000229}, /* a leap year, as every 400th */
		{"2025-02-29", 0},
		{"2100-02-29", 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		int32_t date = 0;
		assert_int_equal(hosted_parse_date(t[i].text, &date), t[i].date != 0);
		assert_int_equal(date, t[i].date);
	}
}

static void dates_are_written(void **state)
{
	(void)state;
	char text[11];

	assert_string_equal(hosted_date_text(20250414, text), "2025-04-14");
	assert_string_equal(hosted_date_text(0, text), "");
	assert_string_equal(hosted_date_text(-20250414, text), "");
	assert_string_equal(hosted_date_text(100000101, text), "");
}

static void the_last_day_is_excluded(void **state)
{
	(void)state;
	const struct hosted past = {.from = 20250401, .until = 20260801},
			    present = {.from = 20260801};

	assert_false(hosted_in_force(&past, 20250331));
	assert_true(hosted_in_force(&past, 20250401));
	assert_true(hosted_in_force(&past, 20260731));
	assert_false(hosted_in_force(&past, 20260801));
	assert_true(hosted_in_force(&present, 21991231));
}

static void levels_have_names(void **state)
{
	(void)state;
	assert_string_equal(detail_names[DETAIL_ORIGINAL], "original");
	assert_string_equal(media_names[MEDIA_ULTRA_HIGH], "ultra-high");
	assert_string_equal(evidence_names[EVIDENCE_N - 1], "assumed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_strict),
		cmocka_unit_test(dates_are_written),
		cmocka_unit_test(the_last_day_is_excluded),
		cmocka_unit_test(levels_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
