/* Descriptions of common terminals inside the program, for a build that stands alone
 * (--enable-static-binary): a system without terminfo's files shows the dashboard too. */
#ifndef VTOK_TUI_ENTRIES_H
#define VTOK_TUI_ENTRIES_H

#include <stddef.h>

struct entry {
	const char *type;        /* a value of TERM */
	const char *description; /* as TERMINFO takes it in place of a folder: "b64:..." */
};

extern const struct entry entries[]; /* made by tools/gen-terminfo.sh */
extern const size_t entries_n;

/* NULL: none of that type. */
const char *entries_find(const char *type);

#endif
