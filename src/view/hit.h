/* What the mouse means where. */
#ifndef VTOK_VIEW_HIT_H
#define VTOK_VIEW_HIT_H

#include "state/event.h"
#include "state/keymap.h"
#include "state/state.h"

/* Does what a mouse event asks for on knobs, lists and the chart; tabs and hints come back as the
 * action they stand for. */
enum action hit_mouse(struct state *st, const struct event *ev);

#endif
