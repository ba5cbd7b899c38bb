#include "core/smart_resize.h"

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
