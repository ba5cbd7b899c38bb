/* Facts about what is chosen, under the knobs: checkpoint, device, processor, tower, engine. */
#ifndef VTOK_VIEW_NOTES_H
#define VTOK_VIEW_NOTES_H

#include "draw/cells.h"
#include "view/frame.h"

/* As many of the blocks as fit whole into r, a gap between two where there are rows for it. */
void notes_draw(struct cells *c, struct rect r, const struct frame *f);

#endif
