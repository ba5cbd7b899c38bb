/* A file at once. */
#ifndef VTOK_CLI_SLURP_H
#define VTOK_CLI_SLURP_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
	SLURP_TEXT = 1 << 20, /* bytes of a small text, at most */
	SLURP_PICTURE = INT32_MAX,
};

/* The file's bytes, `most` at most, and a NUL behind them, which the caller frees; NULL with err
 * filled ("path: cannot read: why"), and errno told in *why (may be NULL). Regular files only. */
char *slurp(const char *path, size_t most, size_t *len, int *why, struct vtok_error *err);

#endif
