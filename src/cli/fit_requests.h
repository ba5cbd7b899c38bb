/* `vtok fit --request`: the largest sizes of the pictures of each chat request, for budgets that
 * hold for the request as a whole. */
#ifndef VTOK_CLI_FIT_REQUESTS_H
#define VTOK_CLI_FIT_REQUESTS_H

#include "cli/options.h"
#include "registry/registry.h"

/* All of o->request, a row for each picture. Returns the exit code. */
int fit_requests(const struct options *o, struct registry *r);

#endif
