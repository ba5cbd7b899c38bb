/* One published measurement, mapped through the registry onto a prefill job. */
#ifndef VTOK_BENCH_MEASURED_H
#define VTOK_BENCH_MEASURED_H

#include "bench/csv.h"
#include "core/prefill.h"
#include "registry/registry.h"

struct measured {
	char id[32], metric[24];
	bool mapped;
	char why[96]; /* set when not mapped */
	const struct hardware *hardware;
	const struct engine *engine;
	double measured, predicted, low,
		high; /* in the unit of the metric; predicted only when mapped */
};

/* Columns the file must have; NULL ends the list. */
extern const char *const measured_columns[];

void measured_read(const struct registry *reg, const struct csv *c, struct measured *out);

/* The entry that the longest run of words of a name for people names; NULL: none. */
const void *measured_named(const struct registry *reg, enum registry_kind kind, const char *name);

/* A number format as people write it; K-quants read as the nearest larger plain format. */
bool measured_precision(const char *text, enum dtype *out);

#endif
