/* Fewer bytes for the same picture: colours are sent when something shows them, and the cursor goes
 * the shortest way. */
#ifndef VTOK_TUI_SQUEEZE_H
#define VTOK_TUI_SQUEEZE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/moves.h"
#include "tui/pen.h"
#include "tui/rgb.h"

struct squeeze {
	struct pen pen;        /* the terminal's; unknown at first */
	struct pen said, want; /* as it would be by all that came: in numbers, and in colours */
	bool is_behind;        /* want may differ from pen */
	bool can_undo;         /* see pen_change */
	const struct rgb *rgb; /* colours are numbers of this; NULL: they are what they are */
	struct moves moves;    /* what the terminal has */
};

/* Nothing is known of the terminal's pen and cursor any more. */
void squeeze_forget(struct squeeze *q);

/* How many bytes n bytes become at most. */
size_t squeeze_most(size_t n);

/* Rewrites n bytes of what curses sends to `to`, which has room for squeeze_most(n), and returns
 * their new length. SGR sequences are joined ("ESC[39m ESC[m ESC[1m" becomes "ESC[0;1m"); only what
 * changes is sent, and not before a character that shows it, even if that comes with a later call.
 * Moves of the cursor become shorter ones. The designation of ASCII as G0, which curses repeats
 * with every reset, is left out but for the first, and for that too unless keep_charset. All else
 * stays byte for byte. */
size_t squeeze(struct squeeze *q, const char *bytes, size_t n, char *to, bool keep_charset);

#endif
