/* A small text file at once. */
#ifndef VTOK_CLI_SLURP_H
#define VTOK_CLI_SLURP_H

#include <stddef.h>

#include "base/error.h"

enum { SLURP_MAX = 1024 * 1024 }; /* bytes */

/* The file's bytes and a NUL behind them, which the caller frees; NULL with err filled ("path:
 * cannot read: why"), and errno told in *why (may be NULL). Regular files only. */
char *slurp(const char *path, size_t *len, int *why, struct vtok_error *err);

#endif
