/* models --check: what the names of a list mean, and which mean nothing. */
#ifndef VTOK_CLI_CHECK_NAMES_H
#define VTOK_CLI_CHECK_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/sheet.h"
#include "registry/registry.h"

/* Reads a name a line; "-" is standard input. Blanks around a name, empty lines and those that
 * begin with # say nothing. Fills a sheet that the caller frees with a row for each name: what it
 * means and how (id: to the letter; known: another spelling; new: a model that cannot be counted;
 * missing), and *unknown with the number of those that are missing. False: the file cannot be read,
 * or memory is short. */
bool check_names(const char *path, const struct registry *r, struct sheet *s, size_t *unknown,
		 struct vtok_error *err);

#endif
