/* Versions of serving engines: "0.21", "0.19.1", "v0.20.0rc1". */
#ifndef VTOK_CORE_VERSION_H
#define VTOK_CORE_VERSION_H

#include <stdbool.h>
#include <stdint.h>

/* A number that orders versions: up to three parts of at most 999 each; what follows them ("rc1",
 * " nightly", "+cu128") is left out. False, with *out 0, where there is no number at the beginning
 * or a part is too large. */
bool version_number(const char *text, int32_t *out);

/* Whether a version (0 = the newest) has what came with `since`; an empty or absent `since` is of
 * all versions. */
bool version_has(int32_t version, const char *since);

enum { VERSION_TEXT = 16 };

/* "0.20.1", "0.21": without a last part of 0. Returns out. */
char *version_text(int32_t version, char out[VERSION_TEXT]);

#endif
