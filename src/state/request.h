/* What is asked: everything that undo, reset and the pin bring back; and the names of its knobs. */
#ifndef VTOK_STATE_REQUEST_H
#define VTOK_STATE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/estimate.h"
#include "core/fit_budget.h"

/* The knobs; knobs.c has a row for each. Those of the panel come first, in its order. */
enum knob {
	KNOB_MODEL,
	KNOB_LENS,
	KNOB_WIDTH,
	KNOB_HEIGHT,
	KNOB_IMAGES,
	KNOB_GRID,
	KNOB_MERGE,
	KNOB_POOL,
	KNOB_PATCH,
	KNOB_CONTEXT,
	KNOB_TEXT,
	KNOB_RESERVE,
	KNOB_BUDGET,
	KNOB_TRAFFIC,
	KNOB_HARDWARE,
	KNOB_ENGINE,
	KNOB_TP,
	KNOB_WEIGHTS,
	KNOB_KV,
	KNOB_PREPROCESS,
	KNOB_RENT,
	KNOB_SHOWN_N, /* the others have no place on the screen: options and scripts set them */
	KNOB_MIN_PIXELS = KNOB_SHOWN_N,
	KNOB_MAX_PIXELS,
	KNOB_MAX_TOKENS,
	KNOB_ORIENTATION,
	KNOB_DETAIL,
	KNOB_MEDIA,
	KNOB_CPU_THREADS,
	KNOB_UTILISATION,
	KNOB_STEP,
	KNOB_SEQUENCES,
	KNOB_LIMIT,
	KNOB_N
};

struct request {
	struct setup setup;
	bool aspect_lock;
	int64_t aspect_w,
		aspect_h; /* the size whose aspect the lock keeps; the chart's aspect too */
	uint64_t freed;   /* bit per knob: fixed by the model, turned on purpose */
	bool is_upright;  /* an opened picture is seen turned by its EXIF orientation: state/seen.h
			   */
	struct fit_budget budget; /* what the picture may cost; {0} = nothing is asked */
};

/* There is something to compute with: a model that takes images, hardware and an engine. */
bool request_is_complete(const struct request *r);

/* Both sides at once, brought within 1..SIDE_MAX; the aspect becomes theirs. */
void request_size(struct request *r, int64_t width, int64_t height);

#endif
