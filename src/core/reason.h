/* Why a number is not there: every phrase once, so that table, panel and JSON say the same words.
 */
#ifndef VTOK_CORE_REASON_H
#define VTOK_CORE_REASON_H

enum reason {
	REASON_NONE,
	REASON_NO_MODEL,
	REASON_HOSTED,
	REASON_NO_CHECKPOINT,
	REASON_NO_DIMENSIONS,
	REASON_NO_HARDWARE,
	REASON_NO_ENGINE,
	REASON_BAD_SIZE,
	REASON_BAD_COUNT,
	REASON_BAD_PARALLEL,
	REASON_NOT_DIVISIBLE,
	REASON_REFUSED,
	REASON_NO_VISION,
	REASON_NO_TOWER,
	REASON_NO_TOWER_WORK,
	REASON_TEXT_TOO_LONG,
	REASON_TOO_MANY_IMAGES,
	REASON_NO_LIMIT,
	REASON_NO_MEMORY,
	REASON_WEIGHTS_TOO_BIG,
	REASON_NO_POOL,
	REASON_REQUEST_TOO_BIG,
	REASON_NO_KV,
	REASON_NO_GENERATION,
	REASON_NO_BF16,
	REASON_NO_FP16,
	REASON_NO_FP8,
	REASON_NO_INT8,
	REASON_NO_FP4,
	REASON_NO_RATE,
	REASON_NO_LINK,
	REASON_NO_PROFILE,
	REASON_ABSURD,
	REASON_N
};

/* A number, or the reason why there is none. */
struct quantity {
	double value;
	const char *reason; /* NULL: value holds. Static text, one of core/reason.c */
};

/* NULL for REASON_NONE; static text otherwise. */
const char *reason_text(enum reason r);

#endif
