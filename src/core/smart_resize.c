#include "core/smart_resize.h"

/* The largest multiple of f that x reaches. Divided after x was computed, as the real code does: the order decides. */
static int64_t down(double x, int64_t f, int64_t least)
{
	return max_i64(least, floor_int(x / (double)f) * f);
}

static int64_t up(double x, int64_t f)
{
	return ceil_int(x / (double)f) * f;
}

struct extent smart_resize(const struct smart_limits *l, struct extent in, enum smart_limit *limit)
{
	int64_t f = l->factor;
	double w = (double)in.w, h = (double)in.h;
	struct extent out = {round_even(w / (double)f) * f, round_even(h / (double)f) * f};
	int64_t area = l->counted_frames * out.w * out.h;

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

static int64_t down_f32(float x, int64_t f)
{
	return max_i64(f, (int64_t)floorf(x / (float)f) * f);
}

struct extent smart_resize_f32(const struct smart_limits *l, struct extent in, enum smart_limit *limit)
{
	int64_t f = l->factor;
	float w = (float)in.w, h = (float)in.h, area = (float)(in.w * in.h);
	struct extent out = {max_i64(f, (int64_t)roundf(w / (float)f) * f),
			     max_i64(f, (int64_t)roundf(h / (float)f) * f)};

	*limit = SMART_FREE;
	if (l->max_pixels > 0 && out.w * out.h > l->max_pixels) {
		float b = sqrtf(area / (float)l->max_pixels);
		*limit = SMART_CAPPED;
		out = (struct extent){down_f32(w / b, f), down_f32(h / b, f)};
	} else if (out.w * out.h < l->min_pixels) {
		float b = sqrtf((float)l->min_pixels / area);
		*limit = SMART_RAISED;
		out = (struct extent){(int64_t)ceilf(w * b / (float)f) * f, (int64_t)ceilf(h * b / (float)f) * f};
	}
	return out;
}
