/* What a model sees, drawn on the screen. */
#ifndef VTOK_VIEW_PREVIEW_H
#define VTOK_VIEW_PREVIEW_H

#include <stdbool.h>

#include "draw/cells.h"
#include "view/preview_spec.h"

/* The largest rectangle in the middle of room that shows w x h without distortion, a cell being
 * `aspect` times as high as it is wide; at least one cell where room has one. */
struct rect preview_fit(struct rect room, double w, double h, double aspect);

/* In cells; with INK_PIXELS in pixels, once the frame is sent: the cells of r stay blank, and what
 * p borrows lives until then. Puts the cursor's place on what is marked. */
void preview_draw(struct cells *c, struct rect r, const struct preview *p);

/* True if the token grid is coarse enough for r to show it. */
bool preview_shows_tokens(const struct cells *c, struct rect r, const struct preview *p);

#endif
