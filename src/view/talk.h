/* A talk in front of people: the steps of a script, played one at a time. */
#ifndef VTOK_VIEW_TALK_H
#define VTOK_VIEW_TALK_H

#include <stdbool.h>

#include "state/event.h"
#include "state/script.h"
#include "state/state.h"

struct wishes;

/* Begins a talk in this state: no step is done yet. The script is borrowed. */
void talk_begin(struct state *st, const struct script *s);

/* Takes a step as the one to reach, 0 = the beginning; to one behind, the steps are played anew
 * from the beginning. False: there is no talk. */
bool talk_aim(struct state *st, int step);

/* Goes on to that step up to the next key, which *ev then holds: whoever feeds events feeds it. A
 * picture is opened by a wish, and the rest follows with its answer. What cannot be done is left
 * out, and told in st->talk.error. False: nothing is left to do now. */
bool talk_next(struct state *st, struct event *ev, struct wishes *w);

#endif
