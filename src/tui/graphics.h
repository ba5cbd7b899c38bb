/* Which way pictures are drawn on a terminal: by what the environment and its answers say. Sources:
 * answers of eleven terminals, of tmux and of GNU screen. */
#ifndef VTOK_TUI_GRAPHICS_H
#define VTOK_TUI_GRAPHICS_H

#include <stdbool.h>

#include "base/picture.h"
#include "tui/answers.h"

/* What is known without asking. */
struct graphics_env {
	const char *term, *vte, *window; /* TERM, VTE_VERSION, KITTY_WINDOW_ID; NULL = not set */
	bool in_tmux, in_screen;
	bool has_rgb; /* 24 bit colours */
};

enum graphics_kind { GRAPHICS_NONE, GRAPHICS_KITTY, GRAPHICS_SIXEL };

/* The glyphs that its cells draw pictures with. */
enum picture_ink graphics_blocks(const struct graphics_env *env, const struct answers *a);

/* The terminal may be asked for kitty's protocol: it is of those that do not print the request. */
bool graphics_may_be_kitty(const struct graphics_env *env, const struct answers *a);

/* What draws its pixels. is_asked: the answers are there. Never inside tmux, which has no place for
 * pictures in its panes, nor in GNU screen, which knows nothing of them. */
enum graphics_kind graphics_choose(enum picture_way way, const struct graphics_env *env,
				   const struct answers *a, bool is_asked);

/* The size of a cell in pixels: of the window (0 x 0: the system does not know), as the terminal
 * said, or for kitty, which scales, any of 1 to 2. False: nobody knows. */
bool graphics_cell(enum graphics_kind kind, const struct answers *a, int window_w, int window_h,
		   int cols, int rows, int *w, int *h);

/* The colours that sixels have: as said, else those of a VT340. */
int graphics_registers(const struct answers *a);

#endif
