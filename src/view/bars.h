/* Header and footer, drawn and hit by the mouse through the same walk. */
#ifndef VTOK_VIEW_BARS_H
#define VTOK_VIEW_BARS_H

#include "draw/cells.h"
#include "state/keymap.h"
#include "view/frame.h"

void header_draw(struct cells *c, int y, int width, const struct frame *f);
void footer_draw(struct cells *c, int y, int width, const struct frame *f);

/* Whose tab column x of the header is, as a place in views[]; -1 = none. */
int header_hit(int width, int x);

/* What a click at column x of the footer means; ACTION_NONE = nothing. */
enum action footer_hit(const struct state *st, int width, int x);

#endif
