/* The colour of a place of a preview's canvas. Every place asks what lies behind it: no picture is
 * scaled as a whole, so the work follows the size of the screen and not of the picture. */
#ifndef VTOK_VIEW_PREVIEW_COLOR_H
#define VTOK_VIEW_PREVIEW_COLOR_H

#include <stdint.h>

#include "view/preview_spec.h"

/* Colours of lines: borders of tiles, and of what is marked. */
enum { PREVIEW_TILE = 0xffb000, PREVIEW_CURSOR = 0xff2d78 };

/* Which of n equal parts a share lies in; what is outside counts as in the outermost. */
int preview_index(double share, int n);

/* The part of the canvas that is shown. */
struct preview_area preview_window(const struct preview *p);

/* Of the canvas around u, v; du, dv is what one sample stands for, samples how many pixels along
 * each of its axes are looked at. is_stripe: a hatch is dark there. 0xRRGGBB. */
uint32_t preview_color(const struct preview *p, double u, double v, double du, double dv,
		       int samples, bool is_stripe);

/* share (0..1) of the way from one colour to another. */
uint32_t preview_mix(uint32_t from, uint32_t to, double share);

#endif
