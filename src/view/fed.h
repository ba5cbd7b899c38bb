/* What a model is fed of the picture on the screen: where it lies on the canvas, and where each
 * token lies and stands. */
#ifndef VTOK_VIEW_FED_H
#define VTOK_VIEW_FED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/count.h"
#include "core/orientation.h"
#include "state/state.h"
#include "view/preview_spec.h"

/* How the tokens of the grid follow each other. */
enum fed_order {
	FED_UNKNOWN,
	FED_BY_ROW,       /* row by row over the canvas */
	FED_BY_ROW_ENDED, /* ... with one more token at the end of each row */
	FED_BY_TILE,      /* tile by tile, each row by row */
};

struct fed {
	const struct setup *setup;
	struct count count;
	struct turning turning; /* who turns the picture */
	int64_t file_w, file_h; /* of the picture as that one sees it */
	struct layout_px l;     /* canvas_w 0: the rule gives no layout */
	double dpi;             /* of the picture as asked for */
	bool dpi_is_stated;
	int cols, rows; /* of tokens on the canvas; of tiles where is_tiles; 0 = neither */
	int tile_cols, tile_rows; /* of tokens in a tile */
	bool is_tiles;            /* the rule gives no grid of tokens */
	int patches;              /* along a side of a token; 0 = not known */
	enum fed_order order;
};

/* Counts the state's request once; st is borrowed as long as s is used. */
void fed_look(struct fed *s, const struct state *st);

/* The rule gives a layout. */
bool fed_is_known(const struct fed *s);

/* The picture as it lies on the canvas, with tiles and tokens; a rule without a layout is fed the
 * picture itself. Nothing is marked, all of the canvas is shown. */
struct preview fed_preview(const struct fed *s, const struct state *st);

/* How many times as high as wide a cell is. */
double fed_cell_aspect(const struct state *st);

/* Where the picture lies, shares of the canvas. */
struct preview_area fed_content(const struct fed *s);

/* The token (or tile) at a place, shares of the canvas. False: there is no grid. */
bool fed_at(const struct fed *s, double u, double v, int *col, int *row);

/* What it covers. */
struct preview_area fed_token(const struct fed *s, int col, int row);

/* Its place among the tokens of the grid, from 1 on; 0: the rule's order is not known. */
int64_t fed_place(const struct fed *s, int col, int row);

#endif
