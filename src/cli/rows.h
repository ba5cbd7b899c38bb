/* The rows of `vtok count`, one per input and model, in each format. Made for the stream: a row
 * needs nothing of the one before it, so the table's columns have fixed widths. */
#ifndef VTOK_CLI_ROWS_H
#define VTOK_CLI_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/input.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/target.h"
#include "core/count.h"

struct rows {
	enum format format;
	bool header, color;
	bool plain_names;  /* no model's name has to be quoted */
	int model_columns; /* width of the table's first column */
};

struct row {
	const struct target *target;
	const char *text; /* the argument or line as it came */
	size_t text_len;
	const struct input *input; /* NULL: it could not be read, error says why */
	const struct count *count; /* NULL without input; may be a refusal */
	const char *error;
};

/* targets: what the rows will be about; the width of the first column follows. */
struct rows rows_make(const struct options *o, const struct targets *targets);

/* What stands before the first row: a line of names, an opening bracket. */
void rows_begin(const struct rows *r, struct out *o);
/* first: no row was written yet. */
void rows_put(const struct rows *r, struct out *o, const struct row *row, bool first);
/* any: a row was written. */
void rows_end(const struct rows *r, struct out *o, bool any);

#endif
