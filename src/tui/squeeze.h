/* Fewer bytes for the same picture: colours are sent when something shows them, and the cursor goes
 * the shortest way. */
#ifndef VTOK_TUI_SQUEEZE_H
#define VTOK_TUI_SQUEEZE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/moves.h"
#include "tui/pen.h"

struct squeeze {
	struct pen pen;     /* the terminal's; unknown at first */
	struct moves moves; /* what the terminal has */
};

/* Rewrites terminal output in place and returns its new length, never more than n. Adjacent SGR
 * sequences are joined ("ESC[39m ESC[m ESC[1m" becomes "ESC[0;1m"); where the pen is known, only
 * what changes is sent, and not before a character that shows it. Moves of the cursor become
 * shorter ones. The designation of ASCII as G0, which curses repeats with every reset, is left out
 * but for the first, and for that too unless keep_charset. All else stays byte for byte. */
size_t squeeze(struct squeeze *q, char *bytes, size_t n, bool keep_charset);

#endif
