/* Writing a file whole or not at all, and never over another. */
#ifndef VTOK_CLI_SAVE_H
#define VTOK_CLI_SAVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* False: nothing was left behind, and err says why, with the path. */
bool save_new(const char *path, const void *bytes, size_t n, struct vtok_error *err);

/* Puts a whole file in the place of the one at path: readers see the old bytes or the new ones. The
 * mode and, where the system lets it, the owner of the old file are kept, a link is followed, also
 * to a file that is not there yet, missing folders are made. False: the old file is untouched. */
bool save_over(const char *path, const void *bytes, size_t n, struct vtok_error *err);

#endif
