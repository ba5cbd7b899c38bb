/* One published measurement, mapped through the registry onto a prefill job. */
#ifndef VTOK_BENCH_MEASURED_H
#define VTOK_BENCH_MEASURED_H

#include "bench/csv.h"
#include "core/prefill.h"
#include "core/preprocess.h"
#include "registry/registry.h"

struct measured {
	char id[32], metric[24], source[128];
	bool mapped;
	char why[96]; /* set when not mapped */
	const struct hardware *hardware;
	const struct engine *engine;
	/* in the unit of the metric; the rest only when mapped */
	double measured, predicted, low, high;
	double left_predicted, left_low, left_high; /* without its source: left_out() */

	/* what is predicted, when mapped; the device is sold with fewer
	 * cores than the registry's */
	struct prefill_job job;
	struct hardware device;
	struct preprocess_time before;
};

/* Columns the file must have; NULL ends the list. */
extern const char *const measured_columns[];

void measured_read(const struct registry *reg, const struct csv *c, struct measured *out);

/* The entry that the longest run of words of a name for people names; NULL: none. */
const void *measured_named(const struct registry *reg, enum registry_kind kind, const char *name);

/* A number format as people write it; K-quants read as the nearest larger plain format. */
bool measured_precision(const char *text, enum dtype *out);

/* The prediction of a mapped row as if `engine` ran it, in the unit of its metric; false: it has
 * none. */
bool measured_predict(const struct measured *m, const struct engine *engine, double *predicted,
		      double *low, double *high);

/* A rate is turned into a time: measured over predicted, above 1 = slower than predicted. */
double measured_ratio(const struct measured *m, double predicted);

#endif
