/* A talk in front of people: the steps of a script, played one at a time. */
#ifndef VTOK_VIEW_TALK_H
#define VTOK_VIEW_TALK_H

#include "state/script.h"
#include "state/state.h"

struct wishes;

/* Begins a talk in this state: no step is done yet. The script is borrowed. */
void talk_begin(struct state *st, const struct script *s);

/* Goes to a step, 0 = the beginning; a step back plays the steps before it anew. A picture is
 * opened by a wish: the rest follows with its answer (talk_go_on). What cannot be done is left out,
 * and told in st->talk.error. */
void talk_go(struct state *st, int step, struct wishes *w);
void talk_go_on(struct state *st, struct wishes *w);

#endif
