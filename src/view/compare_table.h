/* The comparison on the screen: where its parts are, for drawing and for the mouse. */
#ifndef VTOK_VIEW_COMPARE_TABLE_H
#define VTOK_VIEW_COMPARE_TABLE_H

#include "draw/cells.h"
#include "view/compare.h"
#include "view/frame.h"

enum compare_place_column {
	COL_ID,
	COL_TOKENS,
	COL_SPECIAL,
	COL_SHARE,
	COL_GAUGE,
	COL_KV,
	COL_TTFT,
	COL_RANGE,
	COL_AT_ONCE,
	COL_TILES,
	COL_RESIZED,
	COL_FAMILY,
	COL_NAME,
	COL_MARK,
	COL_N
};

struct compare_place {
	struct rect big, head, rows, details, prompt; /* big and details may be empty */
	bool has_frame;
	int x[COL_N], width[COL_N]; /* width 0 = dropped */
};
void compare_place(struct compare_place *p, struct rect body, const struct state *st);

/* The first row shown: where it was left, moved as far as the chosen row asks for. Until one is
 * chosen the present model stands in the middle. */
int compare_first(const struct state *st, const struct compare_list *list, int rows);

void compare_draw(struct cells *c, struct rect body, const struct frame *f);

/* What a click on the head at x sorts by; COMPARE_N = nothing. */
enum compare_column compare_column_at(const struct compare_place *p, int x);

/* Whether a column that sorts by this has room. */
bool compare_has_column(const struct compare_place *p, enum compare_column column);

#endif
