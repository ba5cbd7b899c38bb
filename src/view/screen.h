/* One whole frame: header, panels, footer, overlays. */
#ifndef VTOK_VIEW_SCREEN_H
#define VTOK_VIEW_SCREEN_H

#include "draw/cells.h"
#include "state/state.h"

/* Fills the grid afresh; its size counts, not st->width and st->height. st is not changed; nothing
 * is kept. */
void screen_draw(struct cells *c, const struct state *st);

#endif
