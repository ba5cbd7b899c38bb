/* Changing values in an INI text and nothing else: comments, order and unknown keys stay. */
#ifndef VTOK_CLI_SETTINGS_EDIT_H
#define VTOK_CLI_SETTINGS_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum { SETTINGS_PAIRS_MAX = 64 };

struct settings_pair {
	const char *key, *value;
};

/* Appends the text with the pairs set in its section: in place where the key is there, at the
 * section's end where it is not, in a new section at the text's end where there is none. At most
 * SETTINGS_PAIRS_MAX pairs. */
void settings_edit(const char *text, size_t len, const char *section,
		   const struct settings_pair *pairs, size_t n, struct strbuf *out);

#endif
