/* One published speed of output tokens, mapped through the registry onto a step of decoding or a
 * server. */
#ifndef VTOK_BENCH_SERVED_H
#define VTOK_BENCH_SERVED_H

#include "bench/csv.h"
#include "core/server.h"
#include "registry/registry.h"

/* Which figures a row is judged in. */
enum served_set {
	SERVED_ONE,    /* one request at a time */
	SERVED_LOADED, /* several: static batches, closed loops, everything queued at once */
	SERVED_H20,    /* one device whose page is known to be slow, reported apart */
	SERVED_LOW,    /* confidence "low", reported apart */
	SERVED_N
};

struct served {
	char id[32], metric[32];
	enum served_set set;
	bool mapped;
	char why[96]; /* set when not mapped */
	const struct model *model;
	const struct hardware *hardware;
	const struct engine *engine;
	double measured, predicted, low, high; /* in the unit of the metric */
	bool is_time;                          /* of the metric: else it is a rate */
};

/* Columns the file must have; NULL ends the list. */
extern const char *const served_columns[];

/* "batch 1", "loaded", "H20", "low confidence". */
const char *served_set_name(enum served_set s);

void served_read(const struct registry *reg, const struct csv *c, struct served *out);

/* Predicted over measured, as a time: above 1 = slower than it was. */
double served_ratio(const struct served *s);

#endif
