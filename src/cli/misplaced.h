/* What stands in the place of a picture and is something else. */
#ifndef VTOK_CLI_MISPLACED_H
#define VTOK_CLI_MISPLACED_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/options.h"

struct registry;

/* False where the first input that is no file and no size is the name of a model: err says where it
 * belongs. */
bool misplaced_check(const struct options *o, const struct registry *r, struct vtok_error *err);

#endif
