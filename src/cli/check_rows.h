/* The rows of `vtok check`: what one rule says of one input. */
#ifndef VTOK_CLI_CHECK_ROWS_H
#define VTOK_CLI_CHECK_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/sheet.h"
#include "core/limit.h"

extern const struct sheet_column check_columns[];
extern const size_t check_columns_n;

enum { CHECK_SOURCE = 1024 };

struct check_row {
	const char *input, *rule, *verdict;
	double value, bound;                                /* NAN: there is none */
	const char *unit, *since, *until, *remedy, *source; /* NULL: there is none */
	char remedy_room[LIMIT_REMEDY], source_room[CHECK_SOURCE];
};

/* Texts live as long as out, which must not be copied, and as the arguments. row NULL: no rule is
 * about the input. */
void check_row_make(const char *input, const struct limit_row *row, const struct limit_case *c,
		    struct check_row *out);

/* Whether the exit code tells it. */
bool check_row_fails(enum verdict v, bool is_strict);

#endif
