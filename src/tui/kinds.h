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

#endif
