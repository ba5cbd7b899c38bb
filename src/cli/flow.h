/* Rows with named columns in any format, one after the other: for results without an end. A sheet
 * (cli/sheet.h) keeps all rows, to know how wide a table is; here a table's columns are as wide as
 * their names say. */
#ifndef VTOK_CLI_FLOW_H
#define VTOK_CLI_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/options.h"
#include "cli/out.h"

struct flow_column {
	const char *name;
	int width; /* of a table, in columns of the terminal; < 0: to the left */
};

struct flow {
	struct out *out;
	enum format format;
	const struct flow_column *columns;
	size_t n, at; /* the cell that comes next */
	bool any;     /* a row was begun */
};

/* The line of names, where the format has one and it is wanted. */
void flow_begin(struct flow *f, struct out *out, enum format format, bool has_header,
		const struct flow_column *columns, size_t n);

/* The next cell; the last of a row ends it. NULL or "" is an empty one. */
void flow_text(struct flow *f, const char *text);
void flow_int(struct flow *f, int64_t n);
void flow_number(struct flow *f, double v);

void flow_end(struct flow *f);

#endif
