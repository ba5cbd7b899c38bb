/* Does a request fit, and if not, what would make it. */
#ifndef VTOK_CORE_FITS_H
#define VTOK_CORE_FITS_H

#include "core/estimate.h"

enum fits_answer {
	FITS_UNKNOWN, /* reason says why */
	FITS_YES,     /* also with every part of the reserve at its most */
	FITS_ONLY,    /* as usual; not with every part at its most */
	FITS_NO,
};

/* In the order they are tried in. */
enum fits_way_kind {
	WAY_PICTURE,   /* width x height, of the same aspect */
	WAY_KV,        /* keys and values in a smaller format */
	WAY_GPUS,      /* so many of them in all */
	WAY_SEQUENCES, /* so many requests of a step at most */
	WAY_WEIGHTS,   /* weights in a smaller format */
	WAY_N
};

struct fits_way {
	enum fits_way_kind kind;
	int64_t width, height;
	enum dtype type;
	int32_t number;
};

enum { FITS_WAYS = 3 };

struct fits {
	enum fits_answer answer;
	const char *reason;   /* FITS_UNKNOWN */
	double requests;      /* at once, from the low end of the pool; 0 unless it fits */
	double reserve_bytes; /* FITS_ONLY: what may be set aside beside the weights, at most */
	double missing_bytes; /* FITS_NO: from the low end, for one request */
	struct fits_way ways[FITS_WAYS];
	int n; /* of ways: each alone is enough, from the low end */
};

/* The answer alone, from an estimate whose memory was worked out. */
enum fits_answer fits_of_estimate(const struct estimate *e);

/* Why, in static words; NULL for FITS_UNKNOWN. */
const char *fits_reason(const struct estimate *e);

/* e: the estimate of s. Up to some fifty estimates where it does not fit. */
void fits_of(const struct setup *s, const struct estimate *e, struct fits *out);

/* "yes", "only", "no"; NULL for FITS_UNKNOWN. */
const char *fits_word(enum fits_answer a);

enum { FITS_TEXT = 200 };

/* A sentence without full stop: "fits: 142 requests at once at least"; "does not fit: 3.2 GiB are
 * missing". Returns out. */
char *fits_text(const struct fits *f, char *out, size_t size);

/* One way: "a picture of 812 x 609", "fp8 keys and values", "2 GPUs". Returns out. */
char *fits_way_text(const struct fits_way *w, char *out, size_t size);

/* All ways, joined: "a picture of 812 x 609, fp8 keys and values or 2 GPUs"; "" where there are
 * none. */
char *fits_ways_text(const struct fits *f, char *out, size_t size);

#endif
