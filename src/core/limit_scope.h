/* Whom a section about limits is about: engines and vendors, their versions, models and families.
 */
#ifndef VTOK_CORE_LIMIT_SCOPE_H
#define VTOK_CORE_LIMIT_SCOPE_H

#include <stdbool.h>

#include "core/limit_case.h"

/* Whether a section is about this case. */
bool limit_scope_fits(const struct limit_scope *s, const struct limit_case *c);

#endif
