/* One figure of a server's log, mapped through the registry onto an account of memory. */
#ifndef VTOK_BENCH_LOGGED_H
#define VTOK_BENCH_LOGGED_H

#include "bench/csv.h"
#include "registry/registry.h"

enum logged_status {
	LOGGED_OK,       /* all that decides the quantity is stated */
	LOGGED_UNSTATED, /* predicted with the engine's own value for what is not */
	LOGGED_UNMAPPED, /* not predicted: why says what is not known */
};

struct logged {
	char id[32], quantity[24]; /* quantity: short name, for the summary */
	enum logged_status status;
	char why[96];       /* what is not stated, or not known */
	const char *caveat; /* what the account leaves out for this row; NULL = nothing */
	double measured, predicted, low, high; /* in the unit of the row */
};

/* Columns the file must have; NULL ends the list. */
extern const char *const logged_columns[];

void logged_read(const struct registry *reg, const struct csv *c, struct logged *out);

#endif
