/* Pictures as sixels: pixels in, bytes for a terminal of the VT340's kind out. Source: DEC's VT330/
 * VT340 Programmer Reference Manual, chapter 14. */
#ifndef VTOK_DRAW_SIXEL_H
#define VTOK_DRAW_SIXEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

/* Appends the picture, to be drawn from the cursor on, every pixel of it and none beside it.
 * width, height: 1 and more; registers: colours that the terminal has, 2 and more; more than
 * PALETTE_MOST are not used. False: no memory, and nothing was appended. */
bool sixel_picture(struct strbuf *out, const uint8_t *rgb, int width, int height, int registers);

#endif
