/* Header and footer, drawn and hit by the mouse through the same walk. */
#ifndef VTOK_VIEW_BARS_H
#define VTOK_VIEW_BARS_H

#include "draw/cells.h"
#include "state/keymap.h"
#include "view/frame.h"

void header_draw(struct cells *c, int y, int width, const struct frame *f);
void footer_draw(struct cells *c, int y, int width, const struct state *st);

/* What a click at column x of the bar means; ACTION_NONE = nothing. */
enum action header_hit(const struct state *st, int width, int x);
enum action footer_hit(const struct state *st, int width, int x);

#endif
