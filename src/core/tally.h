/* What a data set costs, added up row by row: integers alone, so that any split of the rows in any
 * order, merged in any order, gives the same. Core takes no memory: whoever tallies hands in the
 * room and makes more of it when told so. */
#ifndef VTOK_CORE_TALLY_H
#define VTOK_CORE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"

/* ------------------------------------------------------------ how many have how many tokens */

/* A place of a histogram; weight 0: it is free. */
struct tally_bin {
	int64_t tokens; /* of one image */
	uint64_t weight;
};

/* Open addressing: room is a power of two, and a quarter of it stays free. */
struct histogram {
	struct tally_bin *bins;
	size_t room, n; /* bins; those in use */
};

enum tally_added {
	TALLY_ADDED,
	TALLY_NO_ROOM,  /* nothing was done: move to a larger one and add again */
	TALLY_OVERFLOW, /* nothing was done: more than 2^63 - 1 */
};

/* weight may be 0, which changes nothing. */
enum tally_added histogram_add(struct histogram *h, int64_t tokens, uint64_t weight);

/* Into an empty one (zeroed bins) of more room. */
void histogram_move(struct histogram *into, const struct histogram *from);

/* The bins in use, by tokens ascending, into out, which has room for n of them. */
void histogram_sorted(const struct histogram *h, struct tally_bin *out);

/* Of bins that are sorted: all weights together; the least number of tokens that percent of the
 * weight do not exceed, by whole numbers (0 where there is none); weight of more than `limit`
 * tokens; tokens times weight. */
struct wide tally_weight(const struct tally_bin *sorted, size_t n);
int64_t tally_percentile(const struct tally_bin *sorted, size_t n, unsigned percent);
struct wide tally_above(const struct tally_bin *sorted, size_t n, int64_t limit);
struct wide tally_tokens(const struct tally_bin *sorted, size_t n);

/* ------------------------------------------------------------ the worst */

struct tally_worst {
	int64_t tokens;
	const char *name; /* NUL-terminated; whose it is the caller knows */
};

/* The place of a new one among n that are sorted (tokens descending, then names by bytes ascending)
 * of which at most `most` are kept; `most` = it is not among them. Equal ones stay twice. */
size_t tally_place(const struct tally_worst *sorted, size_t n, size_t most,
		   const struct tally_worst *new);

/* ------------------------------------------------------------ sums */

enum tally_sum {
	TALLY_WEIGHT,
	TALLY_TOKENS,
	TALLY_PIXELS,
	TALLY_KV,     /* bytes of the images' KV cache; with --estimate */
	TALLY_MICROS, /* microseconds to the first token; the same */
	TALLY_SUMS
};

struct tally {
	uint64_t rows, ok, refused, failed; /* inputs, whatever their weight */
	uint64_t turned;                    /* files whose tag lays the picture on its side */
	struct wide sums[TALLY_SUMS];       /* of those that are ok, times their weights */
	bool is_over;                       /* a sum has left 128 bits: the result is void */
};

/* One counted image that stands for `weight` of them. kv: bytes; seconds of one. */
void tally_add(struct tally *t, int64_t tokens, int64_t width, int64_t height, uint64_t weight);
/* The same for n images that stand for themselves, already added up. */
void tally_add_many(struct tally *t, uint64_t n, uint64_t tokens, uint64_t pixels);
void tally_add_costs(struct tally *t, int64_t kv_bytes, int64_t micros, uint64_t weight);

/* Adds all of from: in any order and grouping the sums are the same. */
void tally_merge(struct tally *into, const struct tally *from);

/* Why a row has no tokens, with runs of digits as "#", so that there are few of them. Writes at
 * most size bytes with the NUL; returns out. */
char *tally_reason(char *out, size_t size, const char *text);

#endif
