/* The tally of one model over a data set (core/tally.h) with the memory it needs: histogram, the
 * worst, the reasons of what could not be counted. */
#ifndef VTOK_CLI_DATASET_H
#define VTOK_CLI_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/tally.h"

enum {
	DATASET_CAPS = 8, /* --cap, at most */
	DATASET_TOP_USUAL = 10,
	DATASET_TOP = 10000,  /* --top, at most */
	DATASET_REASON = 256, /* bytes of a reason */
};

/* What was asked for; the same for all that are merged. */
struct dataset_shape {
	size_t top, caps;
	bool has_costs;
};

struct dataset_reason {
	char *text;
	uint64_t n;
};

struct dataset {
	struct dataset_shape shape;
	struct tally sum;
	struct histogram hist;
	struct wide capped[DATASET_CAPS]; /* all tokens if the cap held */
	struct tally_worst *worst;        /* at most shape.top, sorted; their names are ours */
	size_t worst_n;
	struct dataset_reason *reasons; /* by bytes, ascending */
	size_t reasons_n, reasons_room;
	bool no_memory; /* the result is void */
};

/* Takes no memory yet. */
void dataset_init(struct dataset *d, const struct dataset_shape *shape);
void dataset_fini(struct dataset *d);

/* So many images of so many tokens. Not counted in the sums, which tally_add does. */
void dataset_count(struct dataset *d, int64_t tokens, uint64_t weight);

/* One of the worst, perhaps: its name has len bytes, of which those that are not UTF-8, and NULs,
 * become U+FFFD, so that it is the same behind JSON. */
void dataset_name(struct dataset *d, int64_t tokens, const char *name, size_t len);

/* What one more cap makes of the tokens. */
void dataset_cap(struct dataset *d, size_t cap, int64_t tokens, uint64_t weight);

/* n rows have no tokens for that reason; as it stands, and with "#" for its numbers. */
void dataset_reason_is(struct dataset *d, const char *text, uint64_t n);
void dataset_reason(struct dataset *d, const char *text);

/* Both of one shape. Whatever is merged with whatever, in whatever order, gives the same. */
void dataset_merge(struct dataset *into, const struct dataset *from);

/* The bins by tokens, n = d->hist.n of them; the caller frees them. NULL: memory is short. */
struct tally_bin *dataset_bins(const struct dataset *d);

/* All numbers are there and sound. */
bool dataset_is_good(const struct dataset *d);

#endif
