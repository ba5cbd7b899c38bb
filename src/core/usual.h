/* What may be asked, and what is asked where nothing is said: the limits and the usual values of a
 * setup. They stand here and nowhere else, in the lowest room that needs them: the checks of the
 * cost model, the library, and above both the rows of the knobs, from which screen, options,
 * scripts, settings and the manual have them. */
#ifndef VTOK_CORE_USUAL_H
#define VTOK_CORE_USUAL_H

#include <stdint.h>

/* Inclusive. Numbers that a text names are macros, so that the text can be made of them. */
#define SIDE_MAX 1000000000    /* pixels; both sides at it still multiply without overflow */
#define IMAGES_MOST 1000000    /* in one request */
#define TOKENS_MOST 1000000000 /* positions: text, answer, context */
#define PRICE_MOST 1000000     /* USD, of a million input tokens; of a device and hour */
#define RANKS_MOST 1024        /* accelerators that share one model */
#define THREADS_MOST 1024      /* CPU threads that prepare a picture */
#define STEP_MOST 1000000      /* tokens of one step of an engine */
#define SEQUENCES_MOST 1000000 /* requests of one step */
#define RATE_MOST 1000000      /* requests a second */
#define ITL_MOST 1000          /* seconds between tokens */
#define TTFT_MOST 1000000      /* seconds to the first token, as a limit */
#define QUANTILE_LEAST 0.5     /* of the times to the first token */
#define QUANTILE_MOST 0.9999
#define PATCH_MOST 4096 /* pixels */
#define MERGE_MOST 64   /* patches on a side */
#define POOL_MOST 64
#define GRID_MOST 9 /* tiles on a side */
/* No count of one picture exceeds this, whatever the parameters. Those of many may outgrow 64 bits:
 * tokens_product and wide.h. */
#define COUNT_MAX INT64_C(1000000000000000) /* tokens */
#define AREA_MOST INT64_C(1000000000000)    /* pixels: limits of area, as the registry allows */

#define USUAL_MODEL "qwen3-vl-8b"
#define USUAL_HARDWARE "h100-sxm"
#define USUAL_ENGINE "vllm"
#define USUAL_WEIGHTS DTYPE_STORED
#define USUAL_KV DTYPE_BF16
#define USUAL_SIDE 1024 /* pixels, both sides */
#define USUAL_ITL_MS 50 /* longest time between tokens */
#define USUAL_QUANTILE 0.95
enum {
	USUAL_IMAGES = 1,
	USUAL_TEXT = 512,     /* tokens */
	USUAL_RESERVE = 1024, /* tokens */
	USUAL_RANKS = 1,
};

/* The number that a macro above stands for, as a text between other texts. */
#define USUAL_WORDS_(number) #number
#define USUAL_WORDS(number) USUAL_WORDS_(number)

#endif
