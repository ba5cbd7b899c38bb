/* The numbers that every case has, by the names that conditions have for them: of a picture ("V",
 * "long_side"), of the request, the server, the device, the processor ("context", "v_max"). */
#ifndef VTOK_CORE_LIMIT_NUMBERS_H
#define VTOK_CORE_LIMIT_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/limit_case.h"

/* What a name stands for, of one picture where it is about a picture; NAN: it has no value. False:
 * there is no such number. */
bool limit_number(const struct limit_case *c, size_t picture, const char *name, double *out);

/* Whether there is one of this name. */
bool limit_number_knows(const char *name);

/* A hundred names are passed over for one that is found: their first letters part most of them. */
static inline bool limit_is_name(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

#endif
