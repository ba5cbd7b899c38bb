/* The pictures in pixels that a terminal shows, and the bytes from some to the next. Those of kitty
 * lie above the text, so they are deleted before anything else is drawn there; sixels are part of
 * the text, and go when the screen is painted anew. */
#ifndef VTOK_TUI_PICTURES_H
#define VTOK_TUI_PICTURES_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "draw/cells.h"
#include "tui/graphics.h"

struct pictures {
	enum graphics_kind kind;
	int cell_w, cell_h;                         /* pixels of a cell; kind GRAPHICS_NONE: 0 */
	int registers;                              /* of sixels */
	struct cells_picture shown[CELLS_PICTURES]; /* what is borrowed in them may be gone */
	int n;
};

/* Another way to draw them, or another size of a cell. Appends what deletes those that are
 * shown; true: the screen must be painted anew to be rid of it. */
bool pictures_set(struct pictures *p, const struct pictures *like, struct strbuf *out);

/* Before a frame. is_all_new: it paints the whole screen. The rest as pictures_set. */
bool pictures_before(struct pictures *p, const struct cells *c, bool is_all_new,
		     struct strbuf *out);

/* Behind a frame: appends what shows the pictures of c, and puts the cursor back. */
void pictures_behind(struct pictures *p, const struct cells *c, struct strbuf *out);

/* What takes pictures off for good, whatever was being sent: ends a sequence that was cut short. */
void pictures_leave(const struct pictures *p, struct strbuf *out);

#endif
