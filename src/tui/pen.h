/* How a terminal draws the next character: what SGR sequences have set so far (ECMA-48, 8.3.117).
 * Knows attributes that are switched on, resets and colours, which is all that curses sends. */
#ifndef VTOK_TUI_PEN_H
#define VTOK_TUI_PEN_H

#include <stdbool.h>
#include <stddef.h>

enum { PEN_COLOR = 20, PEN_CHANGE = 64 };

struct pen {
	bool is_known;                     /* false until a reset was seen */
	unsigned attrs;                    /* bit n: parameter n, 1 to 9, is on */
	char fg[PEN_COLOR], bg[PEN_COLOR]; /* parameters: "38;5;116", "31"; "39" and "49" for the
						default where it was asked for, "" after a reset */
};

/* Applies the parameters between "ESC [" and "m". False: there is one that is not understood; the
 * pen is unknown then. */
bool pen_apply(struct pen *p, const char *params, size_t n);

/* The shortest parameters that make `want`, which is known, of `have`: their length, 0 when there
 * is nothing to change; a bare reset is "0". can_undo: the terminal knows the parameters that
 * switch single attributes off (22, 24, 27); else a reset does it, on every terminal. */
size_t pen_change(const struct pen *have, const struct pen *want, bool can_undo,
		  char out[PEN_CHANGE]);

/* True if a blank looks the same with both. */
bool pen_same_blank(const struct pen *a, const struct pen *b);

#endif
