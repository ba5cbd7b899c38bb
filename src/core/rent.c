#include "core/rent.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "core/price.h"

const struct rent *rent_on(const struct rent *first, int32_t day)
{
	const struct rent *best = NULL;

	for (const struct rent *r = first; r; r = r->next)
		if ((day == 0 || r->from <= day) && (!best || r->from > best->from))
			best = r;
	return best;
}

const char *rent_mark(const struct rent *r, int32_t day)
{
	bool is_old = day > 0 && day_number(day) - day_number(r->from) > PRICE_DAYS;
	bool is_one = r->offers == 1;

	if (is_one)
		return is_old ? "one offer, older than 90 days" : "one offer";
	return is_old ? "older than 90 days" : NULL;
}
