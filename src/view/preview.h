/* Pixels to cells: what a model sees, with the borders of its tiles and the grid of its tokens. Two
 * pixels a cell in half-blocks where there are colours; shades or an ASCII ramp where there are
 * none. */
#ifndef VTOK_VIEW_PREVIEW_H
#define VTOK_VIEW_PREVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/picture.h"
#include "draw/cells.h"

/* A canvas and the picture on it. Places are shares of the canvas, 0..1 from left and top. */
struct preview {
	const struct raster *picture; /* NULL: not decoded, a plain field stands in */
	double x, y, width, height;   /* where the picture lies; the rest is padding */
	int cols, rows;               /* tiles; 1 x 1 = no borders */
	double token_w, token_h;      /* what one token covers; 0 = no grid */
	bool is_mono;                 /* no colours: draw with shades */
	bool is_light;                /* ... on a light background: more ink is darker */
	int orientation; /* EXIF: the upright picture is shown as it is stored; 0, 1 = as it is */
};

/* The largest rectangle in the middle of room that shows w x h without distortion, a cell being
 * twice as high as it is wide; at least one cell where room has one. */
struct rect preview_fit(struct rect room, double w, double h);

void preview_draw(struct cells *c, struct rect r, const struct preview *p);

/* True if the token grid is coarse enough for r to show it. */
bool preview_shows_tokens(const struct cells *c, struct rect r, const struct preview *p);

#endif
