/* The smart resize of Qwen2-VL and those after it: multiples of a factor, within limits
 * on the area. */
#ifndef VTOK_CORE_SMART_RESIZE_H
#define VTOK_CORE_SMART_RESIZE_H

#include "core/arith.h"

enum smart_limit { SMART_FREE, SMART_CAPPED, SMART_RAISED };

struct smart_limits {
	int64_t factor;         /* pixels */
	int64_t least;          /* factors; a capped side is not shorter: 1, or 0 where the code
				   forgets it */
	int64_t frames;         /* pictures that share the limits */
	int64_t counted_frames; /* the same, rounded to whole groups, for the comparison
				   alone */
	int64_t min_pixels, max_pixels; /* area of all frames; max 0 = no cap */
};

/* Divided by the factor after x was computed, as the real code does: the order decides. */
static inline int64_t smart_down(double x, double f, int64_t least)
{
	return max_i64(least, floor_int(x / f));
}

static inline int64_t smart_up(double x, double f)
{
	return ceil_int(x / f);
}

/* Each side in factors, as near as it comes. */
static inline struct extent smart_rounded(struct extent in, int64_t factor)
{
	double f = (double)factor;

	return (struct extent){round_even((double)in.w / f), round_even((double)in.h / f)};
}

/* The limit that such a size exceeds. */
static inline enum smart_limit smart_limit_of(const struct smart_limits *l, struct extent rounded)
{
	int64_t area = l->counted_frames * (rounded.w * l->factor) * (rounded.h * l->factor);

	if (l->max_pixels > 0 && area > l->max_pixels)
		return SMART_CAPPED;
	return area < l->min_pixels ? SMART_RAISED : SMART_FREE;
}

/* The size in factors where a limit binds. */
static inline struct extent smart_limited(const struct smart_limits *l, struct extent in,
					  enum smart_limit limit)
{
	double w = (double)in.w, h = (double)in.h, f = (double)l->factor;
	int64_t area = l->frames * in.w * in.h;

	if (limit == SMART_CAPPED) {
		double b = sqrt(int_quotient(area, l->max_pixels));
		return (struct extent){smart_down(w / b, f, l->least),
				       smart_down(h / b, f, l->least)};
	}
	double b = sqrt(int_quotient(l->min_pixels, area));
	return (struct extent){smart_up(w * b, f), smart_up(h * b, f)};
}

/* The size after the resize in factors, so that callers need not divide again, and which
 * limit bound it. A side may be 0 when nothing raises it. */
static inline struct extent smart_resize(const struct smart_limits *l, struct extent in,
					 enum smart_limit *limit)
{
	struct extent rounded = smart_rounded(in, l->factor);

	*limit = smart_limit_of(l, rounded);
	return *limit == SMART_FREE ? rounded : smart_limited(l, in, *limit);
}

/* The same as llama.cpp computes it: in single precision, halves away from zero, no side
 * shorter than a factor. */
struct extent smart_resize_f32(const struct smart_limits *l, struct extent in,
			       enum smart_limit *limit);

#endif
