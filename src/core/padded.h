/* The resize of GLM-5-Next: sides are padded up to a factor, never stretched, between two areas
 * (strategy_padded.c; videos: video.c). */
#ifndef VTOK_CORE_PADDED_H
#define VTOK_CORE_PADDED_H

#include <stdbool.h>

#include "core/arith.h"

struct padded_limits {
	int64_t factor;       /* pixels */
	int64_t frames;       /* pictures that share the limits, as they came; 1 at least */
	int64_t whole_frames; /* the same in whole groups */
	int64_t min_pixels, max_pixels; /* area of all of them */
};

/* The grid of tokens of one picture; *is_raised: the least area enlarged it. */
struct extent padded_grid(const struct padded_limits *l, struct extent in, bool *is_raised);

#endif
