/* models --check: which names of a list mean nothing. */
#ifndef VTOK_CLI_CHECK_NAMES_H
#define VTOK_CLI_CHECK_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/sheet.h"
#include "registry/registry.h"

/* Reads a name a line; "-" is standard input. Blanks around a name, empty lines and those that
 * begin with # say nothing. Fills a sheet that the caller frees with each name that is not known
 * and what is offered for it, and *unknown with their number. A language model alone and a model
 * that cannot be counted are known. False: the file cannot be read, or memory is short. */
bool check_names(const char *path, const struct registry *r, struct sheet *s, size_t *unknown,
		 struct vtok_error *err);

#endif
