/* The comparison on the screen: where its parts are, for drawing and for the mouse. */
#ifndef VTOK_VIEW_COMPARE_TABLE_H
#define VTOK_VIEW_COMPARE_TABLE_H

#include "draw/cells.h"
#include "view/compare.h"
#include "view/frame.h"

struct compare_place {
	struct rect big, head, rows, details, prompt; /* big and details may be empty */
	bool has_frame;
	int x[COMPARE_COLUMNS], width[COMPARE_COLUMNS]; /* width 0 = dropped */
};
void compare_place(struct compare_place *p, struct rect body, const struct state *st);

/* The first row shown: where it was left, moved as far as the chosen row asks for. Until one is
 * chosen the present model stands in the middle. */
int compare_first(const struct state *st, const struct compare_list *list, int rows);

void compare_draw(struct cells *c, struct rect body, const struct frame *f);

/* What a click on the head at x sorts by; Q_N = nothing. */
enum quantity_id compare_order_at(const struct compare_place *p, int x);

/* What the order after this one sorts by, in the order of the columns that have room; step -1: the
 * one before. */
enum quantity_id compare_next_order(const struct compare_place *p, enum quantity_id order,
				    int step);

#endif
