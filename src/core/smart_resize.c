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
