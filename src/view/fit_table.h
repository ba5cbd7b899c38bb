/* View 5 as it is drawn: the budgets beside each other, and under them what is said of the chosen
 * one and the settings that hold its size. */
#ifndef VTOK_VIEW_FIT_TABLE_H
#define VTOK_VIEW_FIT_TABLE_H

#include "draw/cells.h"
#include "view/export_table.h"
#include "view/frame.h"

/* Where the rows stand, and which is the first. */
struct fit_place {
	struct rect head, rows, below; /* below may be empty */
	int first;
};

void fit_place(struct fit_place *p, struct rect body, const struct state *st);

void fit_draw(struct cells *c, struct rect body, const struct frame *f);

/* All of it, a row a budget. */
void fit_write(const struct frame *f, enum export_format format, struct strbuf *out);

#endif
