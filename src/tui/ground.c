#include "tui/ground.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { ESC = 0x1b, BEL = 0x07 };

enum ground ground_of_colorfgbg(const char *value)
{
	const char *last = value ? strrchr(value, ';') : NULL;
	char *end;

	if (!last || last[1] < '0' || last[1] > '9')
		return GROUND_UNKNOWN;
	long n = strtol(last + 1, &end, 10);

	if (*end || n > 15)
		return GROUND_UNKNOWN;
	return n == 7 || n > 8 ? GROUND_LIGHT : GROUND_DARK;
}

static int digit(unsigned char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* The eye's weights; the middle of the scale parts light from dark. channel: 0 to 1. */
static enum ground judge(const double channel[3])
{
	return 0.299 * channel[0] + 0.587 * channel[1] + 0.114 * channel[2] > 0.5 ? GROUND_LIGHT
										  : GROUND_DARK;
}

/* One to four hexadecimal digits are a share of their largest number.
 * Returns how many there are. */
static size_t read_channel(const unsigned char *s, size_t n, double *out)
{
	unsigned value = 0, most = 0;
	size_t i = 0;

	for (; i < n && i < 4 && digit(s[i]) >= 0; i++) {
		value = value * 16 + (unsigned)digit(s[i]);
		most = most * 16 + 15;
	}
	*out = most ? (double)value / most : 0;
	return i;
}

/* [ESC] ]11;rgb:RRRR/GGGG/BBBB and BEL or ESC \; some send rgba: and a fourth number. */
enum ground_answer ground_answer(const unsigned char *s, size_t n, size_t *used,
				 enum ground *ground)
{
	static const char head[] = "]11;rgb";
	size_t i = n && s[0] == ESC ? 1 : 0;
	double channel[4] = {0};
	int channels = 3;

	for (size_t k = 0; head[k]; k++, i++) {
		if (i == n)
			return GROUND_PART;
		if (s[i] != (unsigned char)head[k])
			return GROUND_OTHER;
	}
	if (i < n && s[i] == 'a') {
		channels = 4;
		i++;
	}
	for (int k = 0; k < channels; k++) {
		if (i == n)
			return GROUND_PART;
		if (s[i++] != (k ? '/' : ':'))
			return GROUND_OTHER;
		size_t digits = read_channel(s + i, n - i, &channel[k]);

		i += digits;
		if (i == n)
			return GROUND_PART;
		if (!digits)
			return GROUND_OTHER;
	}
	*ground = judge(channel);
	*used = i + 1;
	if (s[i] == BEL)
		return GROUND_WHOLE;
	if (s[i] != ESC)
		return GROUND_OTHER;
	if (i + 1 == n)
		return GROUND_PART;
	*used = i + 2;
	return s[i + 1] == '\\' ? GROUND_WHOLE : GROUND_OTHER;
}
