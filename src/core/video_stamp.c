/* Tokens of the texts that tell the time of a group.
 *
 *     seconds  "<9.5 seconds>": four signs, the words and one token a digit: 6 below 9.95 s, 7 from
 *              there, 8 from 99.95 s (Qwen splits numbers into digits)
 *     whole    "9": three digits a token (GLM)
 *     tenths   "9.5 seconds": as whole, and point, digit, word
 *     point    "9.5 " and a blank between frames: one token a digit, point, digit, blank (Molmo2)
 *     clock    "00:09 " and a blank between frames: a token a sign (Gemma)
 *
 * Source: the models' processors in huggingface/transformers; 14 published counts of Qwen3-VL
 * (tests/data/video-cases.csv); llama.cpp's table of how vocabularies split numbers. */
#include "core/video.h"

#include <string.h>

#include "base/str.h"

static int64_t digits_of(int64_t n)
{
	int64_t digits = 1;

	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}

/* Digits before the point of "%.1f": 9.95 is "9.9" or "10.0" by its last bit, which the C library
 * knows. Elsewhere the whole part tells. */
static int64_t digits_of_tenths(double s)
{
	char text[STR_NUMBER];
	int64_t low = (int64_t)s;

	if (digits_of(low) == digits_of(low + 1) || s < (double)low + 0.9)
		return digits_of(low);
	str_format(text, sizeof(text), "%.1f", s);
	return (int64_t)strlen(text) - 2;
}

static int64_t stamp(enum video_stamp kind, const struct frames *f, int64_t first, int64_t last)
{
	double begin = video_time(f, first);

	switch (kind) {
	case STAMP_SECONDS:
		return 5 + digits_of_tenths((begin + video_time(f, last)) / 2);
	case STAMP_WHOLE:
		return ceil_div(digits_of((int64_t)begin), 3);
	case STAMP_TENTHS:
		return 3 + ceil_div(digits_of_tenths(begin), 3);
	case STAMP_POINT:
		return 3 + digits_of_tenths(begin) + (first > 0);
	case STAMP_CLOCK:
		return 4 + max_i64(2, digits_of((int64_t)begin / 60)) + (first > 0);
	case STAMP_NONE:
	case VIDEO_STAMP_N:
		break;
	}
	return 0;
}

int64_t video_stamps(enum video_stamp kind, const struct frames *f, int32_t group)
{
	int64_t sum = 0;

	for (int64_t at = 0; kind != STAMP_NONE && at < f->n; at += group)
		sum += stamp(kind, f, at, at + group - 1);
	return sum;
}
