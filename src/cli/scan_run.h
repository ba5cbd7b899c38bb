/* Runs a scan: threads that each tally their share, a line of progress on a terminal, an interrupt
 * that ends it with what is done, and a file that an interrupted scan goes on from. */
#ifndef VTOK_CLI_SCAN_RUN_H
#define VTOK_CLI_SCAN_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/partial.h"
#include "cli/scan_row.h"

struct scan_order {
	const struct scan_job *job;
	const char *const *inputs;
	size_t n;
	bool is_null;
	int jobs;
	const char *resume;          /* the file; NULL = none */
	const struct partial *heads; /* of the partials, one for each target */
};

struct scan_done {
	struct scan_tallies all;
	bool is_interrupted;
};

/* False: err says what failed; what was tallied by then is lost, unless it is in the file. Free
 * with scan_done_fini when true. */
bool scan_run(const struct scan_order *order, struct scan_done *out, struct vtok_error *err);
void scan_done_fini(struct scan_done *d);

#endif
