/* The preview as the pixels of a terminal: lines of one pixel where cells have alternating fields.
 */
#ifndef VTOK_VIEW_PREVIEW_PIXELS_H
#define VTOK_VIEW_PREVIEW_PIXELS_H

#include "draw/cells.h"
#include "view/preview_spec.h"

/* Leaves word in c to paint it over the cells r. */
void preview_place(struct cells *c, struct rect r, const struct preview *p);

#endif
