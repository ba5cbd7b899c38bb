/* `--request`: the pictures of chat requests counted, one row each, or what each request costs. */
#ifndef VTOK_CLI_CHAT_RUN_H
#define VTOK_CLI_CHAT_RUN_H

#include "cli/options.h"
#include "registry/registry.h"

enum chat_rows { CHAT_PICTURES, CHAT_REQUESTS };

/* All of o->request. Returns the exit code. */
int chat_run(const struct options *o, struct registry *r, enum chat_rows rows);

#endif
