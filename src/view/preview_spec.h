/* What a preview shows, in cells or in pixels: a picture on the canvas that is fed, with the
 * borders of its tiles, the grid of its tokens and one of them marked. */
#ifndef VTOK_VIEW_PREVIEW_SPEC_H
#define VTOK_VIEW_PREVIEW_SPEC_H

#include <stdbool.h>

#include "base/picture.h"

struct preview_area {
	double x, y, width, height; /* width 0 = none */
};

/* A canvas and the picture on it. Places are shares of the canvas, 0..1 from left and top. */
struct preview {
	const struct raster *picture; /* NULL: not decoded, a plain field stands in */
	double x, y, width, height;   /* where the picture lies; the rest is padding */
	int cols, rows;               /* tiles; 1 x 1 = no borders */
	double token_w, token_h;      /* what one token covers; 0 = no grid */
	bool is_mono;                 /* no colours: draw with shades */
	bool is_light;                /* ... on a light background: more ink is darker */
	int orientation; /* EXIF: the upright picture is shown as it is stored; 0, 1 = as it is */
	enum picture_ink ink;
	struct preview_area window; /* what is shown, also beyond the canvas: what of the picture
				       is cut off is hatched; none = the canvas */
	struct preview_area cursor; /* what is marked */
	int cell_w, cell_h;         /* pixels of a cell, of INK_PIXELS */
	int patches;                /* along a side of a token; 0, 1 = not drawn */
};

#endif
