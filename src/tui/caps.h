/* What terminfo says of a terminal. The only file that knows curses, and of it nothing but
 * descriptions: what is on the screen is our own account (tui/painter.h). */
#ifndef VTOK_TUI_CAPS_H
#define VTOK_TUI_CAPS_H

#include <stdbool.h>

#include "base/error.h"
#include "tui/input.h"
#include "tui/moves.h"
#include "tui/pen.h"
#include "tui/switches.h"

enum { CAPS_TEXT = 64 };

/* Sequences are without padding marks; "" = the terminal has none. */
struct caps {
	char clear[CAPS_TEXT];     /* the screen, and the cursor goes home */
	char clear_end[CAPS_TEXT]; /* of a row */
	struct inks inks;
	struct moves moves;       /* the place in it is not known */
	struct switches switches; /* padded as they are; live until caps_close */
	/* The sequence that makes rows 0 to `last` those that scroll, until the next call; NULL =
	 * it has none. */
	const char *(*scroll_region)(int last);
	int width, height;    /* of its kind, 0 = as its window is */
	int colors;           /* 0 = none, or they cannot be taken back */
	bool says_rgb;        /* 24 bits: RGB of ncurses, Tc of tmux, setrgbf of others */
	bool numbers_colors;  /* those from 16 on are sent by their number alone */
	bool clears_in_color; /* what is cleared has the pen's ground */
	bool has_erase;       /* ESC [ n X: n cells are cleared, the cursor stays */
	bool moves_in_color;  /* the cursor may move whatever the pen is */
	bool scrolls_at_end;  /* a character in the last cell scrolls the screen */
	bool needs_xon;       /* Ctrl-S and Ctrl-Q are its own */
	bool answers;         /* status queries */
};

/* Reads the description of `type`, or of one that is like it; the terminal is not touched. False:
 * there is none, or nothing can be drawn on such a terminal; then nothing is to be closed. One at a
 * time. */
bool caps_open(struct caps *c, const char *type, int fd, struct vtok_error *err);
void caps_close(void);

/* Teaches the terminal's keys. */
void caps_learn_keys(struct input *in);

#endif
