#include "core/smart_resize.h"

/* Divided by the factor after x was computed, as the real code does: the order decides.
 */
static int64_t down(double x, double f, int64_t least)
{
	return max_i64(least, floor_int(x / f));
}

static int64_t up(double x, double f)
{
	return ceil_int(x / f);
}

struct extent smart_resize(const struct smart_limits *l, struct extent in, enum smart_limit *limit)
{
	double w = (double)in.w, h = (double)in.h, f = (double)l->factor;
	struct extent out = {round_even(w / f), round_even(h / f)};
	int64_t area = l->counted_frames * (out.w * l->factor) * (out.h * l->factor);

	*limit = SMART_FREE;
	if (l->max_pixels > 0 && area > l->max_pixels) {
		double b = sqrt(int_quotient(l->frames * in.w * in.h, l->max_pixels));
		*limit = SMART_CAPPED;
		out = (struct extent){down(w / b, f, l->least), down(h / b, f, l->least)};
	} else if (area < l->min_pixels) {
		double b = sqrt(int_quotient(l->min_pixels, l->frames * in.w * in.h));
		*limit = SMART_RAISED;
		out = (struct extent){up(w * b, f), up(h * b, f)};
	}
	return out;
}

static int64_t down_f32(float x, float f)
{
	return max_i64(1, (int64_t)floorf(x / f));
}

struct extent smart_resize_f32(const struct smart_limits *l, struct extent in,
			       enum smart_limit *limit)
{
	float w = (float)in.w, h = (float)in.h, f = (float)l->factor, pixels = (float)(in.w * in.h);
	struct extent out = {max_i64(1, (int64_t)roundf(w / f)),
			     max_i64(1, (int64_t)roundf(h / f))};
	int64_t area = (out.w * l->factor) * (out.h * l->factor);

	*limit = SMART_FREE;
	if (l->max_pixels > 0 && area > l->max_pixels) {
		float b = sqrtf(pixels / (float)l->max_pixels);
		*limit = SMART_CAPPED;
		out = (struct extent){down_f32(w / b, f), down_f32(h / b, f)};
	} else if (area < l->min_pixels) {
		float b = sqrtf((float)l->min_pixels / pixels);
		*limit = SMART_RAISED;
		out = (struct extent){(int64_t)ceilf(w * b / f), (int64_t)ceilf(h * b / f)};
	}
	return out;
}
