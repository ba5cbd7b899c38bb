/* What was set, on the processor it is meant for: where an engine takes a family's cap ([setting]
 * with a path, [cap]), the numbers that were given there. */
#ifndef VTOK_CORE_LIMIT_APPLY_H
#define VTOK_CORE_LIMIT_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/limit_case.h"
#include "core/setting.h"

struct limit_caps {
	const struct cap *const *caps;
	size_t caps_n;
	const struct cap_place *const *places;
	size_t places_n;
};

/* Sets in p what the case's settings say of it: of the server alone, or also what the request has
 * on top of it. Numbers that make no rule leave p as it is. True if anything was set. */
bool limit_apply(const struct limit_caps *known, const struct limit_case *c, bool with_request,
		 struct processor *p);

#endif
