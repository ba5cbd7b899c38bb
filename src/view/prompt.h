/* The text one types, in whatever box is open. */
#ifndef VTOK_VIEW_PROMPT_H
#define VTOK_VIEW_PROMPT_H

#include "state/state.h"

/* Puts a text there, without an error. */
void prompt_set(struct state *st, const char *text);

/* Opens a box over the view, with that text to begin with. */
void prompt_open(struct state *st, enum overlay what, const char *text);

#endif
