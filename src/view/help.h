/* The overlay of keys and words, whole or what a search finds of it. */
#ifndef VTOK_VIEW_HELP_H
#define VTOK_VIEW_HELP_H

#include "draw/cells.h"
#include "view/frame.h"

/* Rows that all of it takes in so many columns. */
int help_rows(int width);

/* Those of what is shown now, the lines that a search found or everything. */
int help_rows_of(const struct state *st, int width);

/* From the state's scroll on, as far as there is room. */
void help_draw(struct cells *c, struct rect in, const struct frame *f);

#endif
