/* The pinned state beside the present one, number by number, where panels are too narrow for both.
 */
#ifndef VTOK_VIEW_PINNED_H
#define VTOK_VIEW_PINNED_H

#include "draw/cells.h"
#include "view/frame.h"
#include "view/layout.h"

/* The table's room, taken from the panels under the context, which are then empty; empty rectangle:
 * nothing is pinned, or the panels have room for both values themselves. */
struct rect pinned_layout(struct layout *l, const struct state *st);

/* Columns: name, pinned, now, factor. */
void pinned_draw(struct cells *c, struct rect r, const struct frame *f);

#endif
