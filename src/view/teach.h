/* One sentence for each knob: what it is and what it does, with the numbers of the screen. */
#ifndef VTOK_VIEW_TEACH_H
#define VTOK_VIEW_TEACH_H

#include <stddef.h>

#include "view/frame.h"

enum { TEACH_TEXT = 640 };

/* "Tokens of a prompt beside the images ...". A knob without a sentence of its own has its line of
 * help. Returns out. */
char *teach_knob(const struct frame *f, enum knob k, char out[TEACH_TEXT]);

#endif
