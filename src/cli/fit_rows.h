/* The rows of `vtok fit`, in each format, one after the other as they come. */
#ifndef VTOK_CLI_FIT_ROWS_H
#define VTOK_CLI_FIT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/input.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/target.h"
#include "core/fit.h"

struct fit_rows {
	enum format format;
	bool header, color;
	int model_columns; /* width of the table's first column */
};

struct fit_row {
	const struct target *target;
	const char *text; /* the argument or line as it came */
	size_t text_len;
	int64_t width, height; /* 0: the input could not be read */
	struct fit fit;        /* of it all but the reason */
	const char *detail;    /* NULL: the model has no levels */
	const char *bound_by;  /* NULL = nothing */
	const char *reason;    /* NULL = none; of an input that could not be read, why */
};

/* How the options want rows; begin, put each, end write them. first: of the list, any: there was
 * one. */
struct fit_rows fit_rows_make(const struct options *o, const struct targets *targets);
void fit_rows_begin(const struct fit_rows *r, struct out *o);
void fit_rows_put(const struct fit_rows *r, struct out *o, const struct fit_row *row, bool first);
void fit_rows_end(const struct fit_rows *r, struct out *o, bool any);

/* E of the best over E of the original; -1 = one of them is not there. */
double fit_row_kept(const struct fit *f);

#endif
