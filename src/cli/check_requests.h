/* `vtok check --request`: each chat request of a file judged as a whole, its pictures together. */
#ifndef VTOK_CLI_CHECK_REQUESTS_H
#define VTOK_CLI_CHECK_REQUESTS_H

#include "cli/options.h"
#include "registry/registry.h"

/* All of o->request, a row for each rule. Returns the exit code. */
int check_requests(const struct options *o, struct registry *r);

#endif
