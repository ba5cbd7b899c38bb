/* Every number that vtok gives, one row each: its names, its unit, what must be computed for it,
 * and how it is read from an estimate. The command `estimate` in all its formats, exports, the
 * comparison, the chart, pinned values, the small screen, big digits and the library walk this
 * table or name its rows; none of them knows a quantity otherwise.
 *
 * To add one: a row in quantity.c with its id here, at the place where JSON shall have it. To show
 * it as well: its id in the list of that panel (view/pinned.c, view/compare.c, ...). */
#ifndef VTOK_CORE_QUANTITY_H
#define VTOK_CORE_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/unit.h"
#include "core/estimate.h"
#include "core/quantity_spec.h"
#include "core/value.h"

/* In the order of the members of JSON and the columns of CSV. */
enum quantity_id {
	Q_MODEL,
	Q_HARDWARE,
	Q_LENS,
	Q_IMAGE_WIDTH,
	Q_IMAGE_HEIGHT,
	Q_IMAGE_COUNT,
	Q_VISUAL, /* of one image, as the two after it */
	Q_SPECIAL,
	Q_PER_IMAGE,
	Q_IMAGES, /* positions of all images */
	Q_TEXT,
	Q_OUTPUT,
	Q_TOTAL,
	Q_LIMIT,
	Q_SHARE,
	Q_TEXT_LEFT,
	Q_IMAGES_FIT,
	Q_KV_DTYPE,
	Q_KV_TOKEN,
	Q_KV_WINDOW,
	Q_KV_STATE,
	Q_KV_IMAGE,
	Q_KV_REQUEST,
	Q_MEMORY,
	Q_BUDGET,
	Q_WEIGHTS,
	Q_RESERVE,
	Q_KV_POOL,
	Q_KV_POOL_LOW,
	Q_KV_POOL_HIGH,
	Q_ENCODER, /* what is set aside, part by part */
	Q_ACTIVATION,
	Q_SAMPLER,
	Q_ENCODER_CACHE,
	Q_PROJECTOR_FILE,
	Q_BUFFER,
	Q_SLOT_STATE,
	Q_GRAPHS,
	Q_FRAMEWORK,
	Q_MEMORY_CAVEAT,
	Q_CONCURRENCY,
	Q_CONCURRENCY_LOW,
	Q_TEXT_ONLY,
	Q_FULL,
	Q_IMAGE_FACTOR,
	Q_FITS,
	Q_FITS_REASON,
	Q_FIXED,
	Q_PREPROCESS,
	Q_VISION,
	Q_PROJECTOR,
	Q_LLM,
	Q_TTFT,
	Q_TTFT_LOW,
	Q_TTFT_HIGH,
	Q_DECODE, /* the two parts of Q_PREPROCESS */
	Q_PROCESSOR,
	Q_GPU, /* vision, projector and language model */
	Q_VISION_FLOP,
	Q_LLM_FLOP,
	Q_BOUND,
	Q_VISION_BOUND,
	Q_PROJECTOR_BOUND,
	Q_LLM_BOUND,
	Q_CALIBRATED,
	Q_CAVEAT,
	Q_PREPROCESS_CAVEAT,
	Q_STEP, /* of a server with as many requests as it takes, as the ones after it */
	Q_ITL,
	Q_OUTPUT_S,
	Q_REQUESTS_S,
	Q_IMAGES_S,
	Q_SERVER_BOUND,
	Q_REQUESTS_LOW,
	Q_REQUESTS_HIGH,
	Q_AT_ONCE,
	Q_STEP_LOW,
	Q_STEP_HIGH,
	Q_ITL_LOW,
	Q_ITL_HIGH,
	Q_IMAGES_LOW,
	Q_IMAGES_HIGH,
	Q_STEP_ONE, /* of one request alone */
	Q_SERVER_CALIBRATED,
	Q_SERVER_CAVEAT,
	Q_COST, /* of 1,000 images: on own devices, or what the vendor asks */
	Q_COST_LOW,
	Q_COST_HIGH,
	Q_HOSTED,
	Q_BREAKEVEN,
	Q_RENT,
	Q_RENT_DATE,
	Q_RENT_SOURCE,
	Q_COST_MARK,
	Q_GPUS, /* for the traffic that was asked for, as the ones after it */
	Q_TRAFFIC_TTFT,
	Q_TRAFFIC_ITL,
	Q_TRAFFIC_TTFT_LOW,
	Q_TRAFFIC_TTFT_HIGH,
	Q_TRAFFIC_ITL_LOW,
	Q_TRAFFIC_ITL_HIGH,
	Q_USED_SHARE,
	Q_TRAFFIC_HOUR,
	Q_TRAFFIC_COST,
	Q_TRAFFIC_LOW,
	Q_TRAFFIC_HIGH,
	Q_UNVERIFIED_PROCESSOR,
	Q_UNVERIFIED_MODEL,
	Q_UNVERIFIED_TOWER,
	Q_UNVERIFIED_HARDWARE,
	Q_UNVERIFIED_ENGINE,
	Q_PRICE_MILLION,
	Q_PRICE_IMAGES,
	Q_PRICE_IMAGE,
	Q_PRICE_BATCH, /* of 1,000 images, too */
	Q_PRICE_CACHED,
	Q_PRICE_OUTPUT,
	Q_PRICE_REQUEST,
	Q_PRICE_DATE,
	Q_PRICE_SOURCE,
	Q_PRICE_MARK,
	Q_MARKS,
	/* aside: columns of `count` and of the comparison, no members of an estimate */
	Q_TILES,
	Q_RESIZED_W,
	Q_RESIZED_H,
	Q_RESIZED, /* their product: what "resized" is sorted by */
	Q_STRATEGY,
	Q_NAME,
	Q_N
};

extern const struct quantity_spec quantities[Q_N];

/* The value of a row. e must have gone through the steps of its needs, for this very setup. */
struct value quantity_read(enum quantity_id id, const struct setup *s, const struct estimate *e);

const char *quantity_title(enum quantity_id id);
const char *quantity_label(enum quantity_id id);
const char *quantity_head(enum quantity_id id);

/* For programs: "kv_bytes_per_request". Returns out. */
enum { QUANTITY_NAME = 48 };
char *quantity_name(enum quantity_id id, char out[QUANTITY_NAME]);

/* By that name, or by the word for --metric, ASCII case ignored; false leaves *out alone. */
bool quantity_find(const char *name, enum quantity_id *out);

/* The number a program gets (times in ms), at most 12 significant digits unless it is whole; the
 * text; "yes" or "no"; "" where there is none. Returns out. */
enum { QUANTITY_FIGURE = 256 };
char *quantity_figure(enum quantity_id id, const struct value *v, char out[QUANTITY_FIGURE]);

/* A value as people read it; a dash where there is none. Returns out. */
char *quantity_text(enum quantity_id id, const struct value *v, char out[UNIT_TEXT]);

/* Between which two a quantity lies; false: it has no range, and both are left alone. */
bool quantity_range(enum quantity_id id, enum quantity_id *low, enum quantity_id *high);

/* ------------------------------------------------------------ what a chart can draw */

/* The i-th word for --metric, NULL after the last. */
const char *quantity_metric(size_t i);

/* By its word, ASCII case ignored; false leaves *out alone. */
bool quantity_find_metric(const char *word, enum quantity_id *out);

/* The metric n further on, round in a circle; n may be negative. */
enum quantity_id quantity_next_metric(enum quantity_id id, int n);

#endif
