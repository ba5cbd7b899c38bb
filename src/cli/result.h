/* What `vtok estimate` says, as one table of members: JSON, CSV and Markdown follow from it, so
 * that a member has one name, one unit and one reason everywhere. */
#ifndef VTOK_CLI_RESULT_H
#define VTOK_CLI_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/target.h"
#include "core/estimate.h"

struct result {
	const struct target *target;
	struct setup setup;
	struct estimate e;
	double price_usd; /* per million input tokens; 0 = not given */
};

struct member {
	const char *group, *name; /* "tokens", "visual"; group NULL = beside the groups */
};

/* One value: a number, a text, or the reason why there is none. */
struct value {
	double number;
	const char *text;   /* NULL: number holds */
	const char *reason; /* not NULL: neither holds */
	bool is_flag;       /* number is 0 or 1: no or yes */
};

extern const struct member result_members[];
extern const size_t result_members_n;

/* The value of a row of result_members. Its texts live as long as r and what r points to. */
struct value result_value(const struct result *r, size_t member);

/* True for a member that is a column: prices only where one was given. */
bool result_is_column(const struct result *r, size_t member);

/* True for a member that is shown for this result: remarks only where there is one. */
bool result_has(const struct result *r, size_t member);

#endif
