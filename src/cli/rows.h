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
	bool is_oriented;  /* csv and md say of every input how it was turned */
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

/* The numbers of a count in the order of their columns; ROWS_EMPTY: the cell is empty. */
enum {
	ROWS_VISUAL,
	ROWS_SPECIAL,
	ROWS_TOTAL,
	ROWS_RESIZED_W,
	ROWS_RESIZED_H,
	ROWS_TILES,
	ROWS_COUNTS
};
enum { ROWS_EMPTY = -1 };

static inline void rows_counts(const struct count *c, int64_t out[ROWS_COUNTS])
{
	bool has_size = c->resized_w > 0;

	out[ROWS_VISUAL] = c->visual;
	out[ROWS_SPECIAL] = c->has_special ? c->special : ROWS_EMPTY;
	out[ROWS_TOTAL] = c->has_special ? c->total : ROWS_EMPTY;
	out[ROWS_RESIZED_W] = has_size ? c->resized_w : ROWS_EMPTY;
	out[ROWS_RESIZED_H] = has_size ? c->resized_h : ROWS_EMPTY;
	out[ROWS_TILES] = c->tiles > 0 ? c->tiles : ROWS_EMPTY;
}

/* A number and a comma at p, where there is room; returns their end. */
static inline char *rows_csv_number(char *p, int64_t n)
{
	if (n != ROWS_EMPTY)
		p = out_digits(p, n);
	*p = ',';
	return p + 1;
}

/* targets: what the rows will be about; the width of the first column follows. */
struct rows rows_make(const struct options *o, const struct targets *targets);

/* What stands before the first row: a line of names, an opening bracket. */
void rows_begin(const struct rows *r, struct out *o);
/* first: no row was written yet. */
void rows_put(const struct rows *r, struct out *o, const struct row *row, bool first);
/* any: a row was written. */
void rows_end(const struct rows *r, struct out *o, bool any);

#endif
