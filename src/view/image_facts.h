/* The numbers beside the picture of view 4. */
#ifndef VTOK_VIEW_IMAGE_FACTS_H
#define VTOK_VIEW_IMAGE_FACTS_H

#include "draw/cells.h"
#include "state/state.h"
#include "view/fed.h"

/* What the processor does to the picture. Returns the rows taken. */
int image_facts(struct cells *c, struct rect r, const struct fed *s, const struct state *st);

/* The token (or tile) at col, row: its place, what it covers in the original, its patches, and
 * below them its pixels as far as there is room. */
void image_token(struct cells *c, struct rect r, const struct fed *s, const struct state *st,
		 int col, int row);

#endif
