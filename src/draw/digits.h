/* Numbers that a room can read: a font of 5 x 7 points, a point being half a cell high. */
#ifndef VTOK_DRAW_DIGITS_H
#define VTOK_DRAW_DIGITS_H

#include "draw/cells.h"

/* Columns and rows of a text at a scale: 1 = half blocks, 4 rows; n = points of n columns by n/2
 * rows (n even). ASCII draws a point as a cell, scale 1 being 7 rows. */
int digits_width(const char *text, int scale);
int digits_height(int scale, bool ascii);

/* The largest scale at which the text fits; 0 = none. */
int digits_scale(const char *text, int width, int height, bool ascii);

/* Digits, letters of units, and . , % x / - and the blank; anything else is a blank. Returns the
 * columns used. */
int digits_draw(struct cells *c, int x, int y, unsigned style, const char *text, int scale);

#endif
