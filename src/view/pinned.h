/* The pinned state beside the present one, number by number, where panels are
 * too narrow for both. */
#ifndef VTOK_VIEW_PINNED_H
#define VTOK_VIEW_PINNED_H

#include "draw/cells.h"
#include "view/frame.h"
#include "view/layout.h"

/* Sets l->pinned, the table's room, taken from the panels that make room, which are then empty;
 * leaves it empty where nothing is pinned, or the panels have room for both values themselves. */
void pinned_layout(struct layout *l, const struct state *st);

/* Columns: name, pinned, now, factor; with two pinned states A, B, how they differ and, where there
 * is room, now. */
void pinned_draw(struct cells *c, struct rect r, const struct frame *f);

#endif
