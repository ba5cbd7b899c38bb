/* One panel of the dashboard: a file panel_<name>.c that ends in one record, and a line in
 * panels.c. */
#ifndef VTOK_VIEW_PANEL_H
#define VTOK_VIEW_PANEL_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/cells.h"
#include "view/frame.h"

/* Rows of a panel's inside: the least it makes sense with, the usual, and what it uses when there
 * is plenty. When even the least do not fit, panels go in the order of `drop`, the chart first: 1
 * goes first; 0 never. */
struct panel_rows {
	int least, usual, roomy;
	int drop;
};

/* On a wide screen two columns stand over the rest. */
enum panel_column { COLUMN_LEFT, COLUMN_RIGHT, COLUMN_BELOW, COLUMN_N };

struct panel {
	struct panel_rows rows;
	/* The rows where they depend on the lens or the columns there are; NULL = they do not. */
	struct panel_rows (*rows_for)(enum lens lens, int width);
	bool is_beside;     /* in the band of the panel before it, side by side */
	bool is_beside_one; /* but not in one that has two already */
	bool takes_rest;    /* gets a fair half before the others grow further */
	bool makes_room;    /* is not shown while the table of the pinned state needs its place */
	/* Where the panels have so many rows; NULL = it always is. */
	bool (*is_shown)(const struct request *r, int rows);
	const char *group; /* of the quantities it is about: what the budget says of one of them
			      stands beside the title; NULL = of none */
	bool has_chart;    /* the mouse sets the width in it */
	struct {
		enum panel_column column;
		int rank; /* from the top of its column: the smaller first */
		int rows; /* 0 = what the others leave */
	} wide;
	/* The title in the frame, at most 64 bytes; returns out. */
	char *(*title)(const struct frame *f, char out[64]);
	void (*draw)(struct cells *c, struct rect r, const struct frame *f);
};

enum { PANELS_MOST = 16 };

/* Where a traffic is planned for and there is no room for a band more, cost stands in the place of
 * the cache. */
bool panel_cost_instead(const struct request *r, int rows);

extern const struct panel *const panels[]; /* in the order of the bands, from the top */
extern const size_t panels_n;              /* PANELS_MOST at most */

#endif
