#include "core/hosted.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/base.h"

const char *const detail_names[] = {"auto", "low", "high", "original", NULL};
const char *const media_names[] = {"default", "low", "medium", "high", "ultra-high", NULL};
const char *const evidence_names[] = {"documented", "measured", "read", "assumed", NULL};
static_assert(ARRAY_SIZE(detail_names) == DETAIL_N + 1, "a name for each level");
static_assert(ARRAY_SIZE(media_names) == MEDIA_N + 1, "a name for each level");
static_assert(ARRAY_SIZE(evidence_names) == EVIDENCE_N + 1, "a name for each kind");

/* Exactly n digits; -1 otherwise. */
static int32_t digits(const char *s, int n)
{
	int32_t v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

static int32_t days_of(int32_t year, int32_t month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap);
}

bool hosted_parse_date(const char *s, int32_t *out)
{
	size_t len = strlen(s);
	int32_t year, month, day = 1;

	if ((len != 7 && len != 10) || s[4] != '-' || (len == 10 && s[7] != '-'))
		return false;
	year = digits(s, 4);
	month = digits(s + 5, 2);
	if (len == 10)
		day = digits(s + 8, 2);
	if (year < 2000 || year > 2199 || month < 1 || month > 12 || day < 1 ||
	    day > days_of(year, month))
		return false;
	*out = year * 10000 + month * 100 + day;
	return true;
}

char *hosted_date_text(int32_t date, char out[11])
{
	out[0] = '\0';
	if (date <= 0 || date > 99991231)
		return out;
	for (int i = 9; i >= 0; i--) {
		if (i == 4 || i == 7) {
			out[i] = '-';
			continue;
		}
		out[i] = (char)('0' + date % 10);
		date /= 10;
	}
	out[10] = '\0';
	return out;
}

bool hosted_in_force(const struct hosted *h, int32_t date)
{
	return h->from <= date && (!h->until || date < h->until);
}
