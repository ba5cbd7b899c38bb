/* The screen as a grid of cells, and the only way to draw. Cells know roles, not colours; everything outside the clip
 * rectangle is dropped. Nothing here knows a terminal. */
#ifndef VTOK_VIEW_CELLS_H
#define VTOK_VIEW_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "view/rect.h"
#include "view/style.h"

struct cell {
	uint32_t cp;	/* code point; 0 = right half of a wide character */
	uint32_t paint; /* 0 = the role's colours; else PAINT(fg, bg) indices into cells.rgb, for pictures */
	uint16_t style; /* enum style role | STYLE_BOLD, ... */
};

struct cells {
	int width, height;
	bool ascii; /* draw with ASCII only: lines, blocks and braille have stand-ins */
	struct rect clip;
	struct cell *cell; /* width * height, row by row */
};

/* Sizes are at least 1 and at most CELLS_MAX; false when memory is short. */
enum { CELLS_MAX = 1000 };
bool cells_init(struct cells *c, int width, int height);
bool cells_resize(struct cells *c, int width, int height); /* clears */
void cells_fini(struct cells *c);
void cells_clear(struct cells *c);

/* Sets a smaller clip rectangle and returns the old one, to be put back by cells_unclip. */
struct rect cells_clip(struct cells *c, struct rect r);
void cells_unclip(struct cells *c, struct rect old);

void cells_put(struct cells *c, int x, int y, uint32_t cp, unsigned style);

/* UTF-8; returns the column behind the text, also when it was clipped. In ASCII mode known symbols get stand-ins. */
int cells_text(struct cells *c, int x, int y, unsigned style, const char *text);
int cells_printf(struct cells *c, int x, int y, unsigned style, const char *fmt, ...) PRINTF_LIKE(5, 6);

/* Text into [x, x + width): cut with an ellipsis when too long. */
void cells_text_fit(struct cells *c, int x, int y, int width, unsigned style, const char *text);
void cells_text_right(struct cells *c, int x, int y, int width, unsigned style, const char *text);

void cells_fill(struct cells *c, struct rect r, uint32_t cp, unsigned style);
void cells_hline(struct cells *c, int x, int y, int width, unsigned style);
void cells_vline(struct cells *c, int x, int y, int height, unsigned style);
void cells_box(struct cells *c, struct rect r, unsigned style, const char *title, unsigned title_style);

#endif
