/* An estimate for people: one in full, or several side by side. */
#ifndef VTOK_CLI_REPORT_H
#define VTOK_CLI_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "cli/out.h"
#include "cli/target.h"
#include "core/quantity.h"

struct result {
	const struct target *target;
	struct setup setup;
	struct estimate e;
};

/* As quantity_read; the model has the name that was asked for. */
struct value result_value(const struct result *r, enum quantity_id id);

/* One result for people: lines in groups, and why where a number is missing. */
void report_write(const struct result *r, bool color, struct out *o);

/* False when memory ran out. */
bool report_compare(const struct result *results, size_t n, enum format format, bool header,
		    bool color, struct out *o);

#endif
