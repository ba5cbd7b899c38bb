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

/* The size after the resize in factors, so that callers need not divide again, and which
 * limit bound it. A side may be 0 when nothing raises it. */
struct extent smart_resize(const struct smart_limits *l, struct extent in, enum smart_limit *limit);

/* The same as llama.cpp computes it: in single precision, halves away from zero, no side
 * shorter than a factor. */
struct extent smart_resize_f32(const struct smart_limits *l, struct extent in,
			       enum smart_limit *limit);

#endif
