/* Small things panels are made of. */
#ifndef VTOK_VIEW_WIDGET_H
#define VTOK_VIEW_WIDGET_H

#include "draw/cells.h"
#include "view/frame.h"

/* The columns a panel needs to show a value, the pinned one and their factor in one row. */
enum { WIDGET_PINNED_WIDTH = 38 };

/* A bar of width cells filled to share (0..1, cut to it), in eighths of a cell. */
void widget_gauge(struct cells *c, int x, int y, int width, double share, unsigned style);

/* Over such a bar: how far it was filled before. What it lost is paler, what it gained is denser;
 * whole cells alone. was below 0: nothing is known. */
void widget_ghost(struct cells *c, int x, int y, int width, double share, double was,
		  unsigned style);

/* Parts side by side, width cells together; every part that is not zero and would round to nothing
 * gets a cell while there are enough. Styles from STYLE_PART1 on; `plain` draws a pattern per part
 * in place of colour. */
void widget_stack(struct cells *c, int x, int y, int width, const double *parts, int n, bool plain);

/* The fill of one part, for a legend. */
uint32_t widget_part_glyph(int part, bool plain, bool ascii);

/* Label at the left, value at the right end of r's row `row`. Rows outside r are not drawn. */
void widget_row(struct cells *c, struct rect r, int row, const char *label, const char *value,
		unsigned style);

/* The same for a quantity of the frame: when something is pinned, the factor to it at the right, in
 * wide rows the pinned value too. A reason stands in place of a number, or a dash where that is too
 * long. label NULL: the quantity's own. */
void widget_quantity(struct cells *c, struct rect r, int row, const char *label,
		     const struct frame *f, enum quantity_id id);
/* The same with a text and a style of one's own for the value. */
void widget_quantity_as(struct cells *c, struct rect r, int row, const char *label,
			const struct frame *f, enum quantity_id id, const char *text,
			unsigned style);

/* From when to when the first token comes, which a time never stands without: "78.8 ms to 1.02 s",
 * "78.8 to 242 ms" where one unit serves both; a dash where there is none. Returns out. */
enum { WIDGET_RANGE = 2 * UNIT_TEXT + 8 };
char *widget_range(char out[WIDGET_RANGE], const struct estimate *e);

/* A text in lines broken at blanks, at most r.height of them; the last is cut with an ellipsis when
 * more is left. Returns how many rows it took; with c NULL nothing is drawn. */
int widget_wrap(struct cells *c, struct rect r, unsigned style, const char *text);

/* "×1.78" of two numbers, "=" when equal, "" when there is none. */
char *widget_factor(char out[UNIT_TEXT], double now, double pinned);
/* The same of two values, "" where one is no number; *style says whether it is better or worse. */
char *widget_factor_of(char out[UNIT_TEXT], enum quantity_id id, const struct value *now,
		       const struct value *pinned, unsigned *style);

/* Where one types: the text's end, with the cursor behind it. */
void widget_field(struct cells *c, int x, int y, int width, const char *text);

/* What the last turn did to a quantity: "+67", "-9.4 MiB"; "" where nothing that is seen
 * changed. Returns out. */
char *widget_change(char out[UNIT_TEXT], const struct frame *f, enum quantity_id id);

/* The same of the visual tokens, with the share of what they were: "+67 (+7 %)". */
enum { WIDGET_CHANGE = UNIT_TEXT + 16 };
char *widget_change_of_tokens(char out[WIDGET_CHANGE], const struct frame *f);

/* For big digits (key b) over a table: the number, and at its right two lines of words. Returns the
 * rows taken, an empty one below included; 0 = there is not the room for it
 * and ten rows of table. */
int widget_headline(struct cells *c, struct rect r, const char *number, const char *above,
		    const char *below);
int widget_headline_rows(struct rect r, const char *number,
			 bool ascii); /* the same without drawing */

/* On a frame's side, rows cells from y down: which part of `lines` lines, the first of them
 * `first`, they show. Nothing when that is all of them. */
void widget_thumb(struct cells *c, int x, int y, int rows, int first, int lines);

/* True when patterns must say what colours cannot: a theme or a terminal without them. */
bool widget_is_plain(const struct frame *f);

#endif
