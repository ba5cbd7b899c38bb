/* The only place that changes state: one event in, wishes for the outside out. */
#ifndef VTOK_VIEW_UPDATE_H
#define VTOK_VIEW_UPDATE_H

#include <stdbool.h>

#include "state/event.h"
#include "state/state.h"
#include "view/wishes.h"

/* Zeroes *w first. Returns true when the screen may look different afterwards. */
bool update(struct state *st, const struct event *ev, struct wishes *w);

/* Goes to a step of the talk, 0 = the beginning; a step back plays the steps before it anew. A
 * picture is opened by a wish: the rest follows with its answer. Wishes are added to those that are
 * there. */
void update_talk(struct state *st, int step, struct wishes *w);

#endif
