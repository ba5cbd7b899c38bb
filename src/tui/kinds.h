/* What the names in the environment tell of a terminal; nothing here asks one. */
#ifndef VTOK_TUI_KINDS_H
#define VTOK_TUI_KINDS_H

#include <stdbool.h>

/* A terminal of this TERM takes a request for its background, even if it does not answer. in_tmux:
 * TERM=screen is tmux then, which does. in_screen: GNU screen passes the request on, but its answer
 * may come after everything else. */
bool kinds_can_ask(const char *term, bool in_tmux, bool in_screen);

/* The terminal type to open it with where there is no entry for its own: those that follow xterm
 * are that, with 256 colours. NULL: nothing is known of it. */
const char *kinds_like(const char *term);

/* The type to try first: an "xterm" with 24 bit colours has more than the eight of its entry. */
const char *kinds_type(const char *term, bool has_rgb);

/* Alacritty 0.11 reports each notch of the wheel twice. window: ALACRITTY_WINDOW_ID. */
bool kinds_pairs_wheel(const char *term, const char *window);

/* The Linux console, whose fonts have few glyphs. */
bool kinds_is_console(const char *term);

/* What the environment says about 24 bit colours: COLORTERM, and tmux, which takes them and makes
 * of them what its own terminal has. GNU screen takes them for other things, whatever COLORTERM
 * says of the terminal it runs in. */
bool kinds_has_rgb(const char *term, const char *colorterm, bool in_tmux, bool in_screen);

#endif
