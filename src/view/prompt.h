/* The text one types, in whatever box is open. */
#ifndef VTOK_VIEW_PROMPT_H
#define VTOK_VIEW_PROMPT_H

#include "state/state.h"

/* Adds a text at the end, as far as there is room and without what cannot be shown: names of files
 * come from outside. No error is left. */
void prompt_add(struct state *st, const char *text);

/* The same in the place of what was there. */
void prompt_set(struct state *st, const char *text);

/* Opens a box over the view, with that text to begin with. */
void prompt_open(struct state *st, enum overlay what, const char *text);

#endif
