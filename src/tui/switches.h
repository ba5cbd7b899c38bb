/* The bytes that take a terminal over and give it back, made of its capabilities, which are not
 * enough and in a few places wrong: see switches.c. */
#ifndef VTOK_TUI_SWITCHES_H
#define VTOK_TUI_SWITCHES_H

#include <stdbool.h>
#include <stddef.h>

enum { SWITCHES_MAX = 512 }; /* what has no room is left out */

/* Capabilities; NULL where the terminal has none. */
struct switches {
	const char *screen_on, *screen_off; /* smcup, rmcup: the alternate screen */
	const char *keys_on, *keys_off;     /* smkx, rmkx: cursor keys as terminfo says */
	const char *cursor_on, *cursor_off; /* cnorm, civis */
	const char *attrs_off;              /* sgr0 */
	const char *colors_off;             /* op; NULL also where no colours are used */
	const char *line_off;               /* el: clears to the end of the line */
	bool has_extras;                    /* mouse reports and bracketed paste */
};

struct switches_bytes {
	char text[SWITCHES_MAX];
	size_t n;
};

/* The alternate screen, keys and, if wanted, the mouse. */
struct switches_bytes switches_enter(const struct switches *s, bool mouse);

/* Everything off again. last_row: what moves the cursor to the start of the last row. */
struct switches_bytes switches_leave(const struct switches *s, const char *last_row);

struct switches_bytes switches_mouse(const struct switches *s, bool on);

struct switches_bytes switches_cursor(const struct switches *s, bool is_shown);

#endif
