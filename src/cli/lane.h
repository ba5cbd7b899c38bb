/* The quick lane of `vtok count -`. Nearly every line of a large input is WxH to the letter and
 * asks for a row of CSV; the lane takes such lines, whole runs of them, in one loop: it reads eight
 * digits at a time, copies the text of a row from where it stands in the input, and the text of
 * small numbers from a table. Whatever else a line may be (another spelling, a file name, a
 * number too long, a bad or a cut line) it leaves to the careful lane, count_line of cmd_count.c,
 * and goes on behind it.
 *
 * The two agree because they share what could differ: the prepared rules (core/count.h), the
 * sentence of a refusal and how it is quoted, and which numbers a row leaves out (rows_counts).
 * What the lane writes by itself is csv_put's row, column by column; tests/cli/lanes.sh sends the
 * same sizes through both for every model. */
#ifndef VTOK_CLI_LANE_H
#define VTOK_CLI_LANE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/out.h"
#include "cli/stream.h"
#include "cli/target.h"
#include "core/count.h"

struct lane_model;
struct lane_number;

/* Read by all threads of the stream. */
struct lane {
	struct lane_model *models;
	size_t n;
	struct lane_number *small; /* the text of small numbers */
};

/* rules: one for each target, borrowed. False: memory is short. Free with lane_fini in both
 * cases. */
bool lane_init(struct lane *l, const struct targets *targets, const struct rule *rules);
void lane_fini(struct lane *l);

/* stream_run_of_lines, see there; arg is the lane. */
char *lane_run(const void *arg, struct out *o, char *p, const char *end,
	       struct stream_result *result);

#endif
