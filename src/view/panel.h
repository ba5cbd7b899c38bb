/* One panel of the dashboard: a file panel_<name>.c that ends in one record, and a line in
 * panels.c. */
#ifndef VTOK_VIEW_PANEL_H
#define VTOK_VIEW_PANEL_H

#include "draw/cells.h"
#include "view/frame.h"
#include "view/layout.h"

struct panel {
	enum panel_id id;
	/* The title in the frame, at most 64 bytes; returns out. */
	char *(*title)(const struct frame *f, char out[64]);
	void (*draw)(struct cells *c, struct rect r, const struct frame *f);
};

extern const struct panel *const panels[PANEL_N]; /* by id */

#endif
