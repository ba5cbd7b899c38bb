/* The layers of a chart, from the back to the front; chart.c lays them over each other. Each draws
 * inside the plot or the legend alone. */
#ifndef VTOK_VIEW_CHART_PARTS_H
#define VTOK_VIEW_CHART_PARTS_H

#include "view/chart_plot.h"
#include "view/chart_stack.h"

/* Ticks of y with the grid that runs through them, in the metric's unit; the axis of widths. */
void chart_draw_y_axis(struct cells *c, const struct scales *s, const struct chart_places *p,
		       enum quantity_id metric);
void chart_draw_x_axis(struct cells *c, const struct scales *s, const struct chart_places *p);

/* Lines behind the curves. */
void chart_draw_limit(struct cells *c, const struct scales *s, const struct chart *ch);
void chart_draw_budget(struct cells *c, const struct scales *s, const struct chart *ch);

/* plain: without colours glyphs tell the curves apart. */
void chart_draw_curves(struct cells *c, const struct scales *s, const struct chart *ch, bool plain);

/* Below the selected curve, in a light shade; behind the curves. */
void chart_draw_fill(struct cells *c, const struct scales *s, const struct chart *ch);

/* The last size that keeps the budget: a mark on the selected curve. */
void chart_draw_last(struct cells *c, const struct scales *s, const struct chart *ch);

/* The words of those lines stand before everything. */
void chart_draw_limit_text(struct cells *c, const struct scales *s, const struct chart *ch,
			   enum quantity_id metric);
void chart_draw_budget_text(struct cells *c, const struct scales *s, const struct chart *ch,
			    enum quantity_id metric);

/* At the present width; crosshair: a line over the whole plot, and marks on all curves. */
void chart_draw_cursor(struct cells *c, const struct scales *s, const struct chart_places *p,
		       const struct chart *ch, const struct state *st, bool is_crosshair);

/* Of a curve at the present width itself, not between two points; has_unit: as the legend has it.
 * "-" where there is none. Returns out. */
char *chart_curve_value(const struct state *st, const struct curve *cv, bool has_unit,
			char out[UNIT_TEXT]);

/* A mark on the axis at the present width; and behind what is there a line over the whole plot,
 * where that is asked for. False: the width is off the axis, which an arrow says. *column is where
 * the width stands in the plot. */
bool chart_draw_cursor_line(struct cells *c, const struct scales *s, const struct chart_places *p,
			    const struct state *st, bool is_line, int *column);

/* A and B, where something is pinned: on the axis, and in the plot at the metric that each has. */
void chart_draw_pins(struct cells *c, const struct scales *s, const struct chart_places *p,
		     const struct frame *f);

/* Whether a letter of the words at a line stands there: a mark would cut a number. */
bool chart_is_word(const struct cells *c, int x, int y);

/* A value beside a mark where nothing is, at the left and above first; else nowhere. */
void chart_draw_cursor_value(struct cells *c, const struct rect *plot, int x, int row,
			     const char *text);

/* The parts filled over each other; paler where they are extrapolated, which a line says. theme:
 * whose colours meet in a cell; NULL = patterns tell the parts apart. */
void chart_draw_stack(struct cells *c, const struct scales *s, const struct stack *sk,
		      const struct theme *theme);
void chart_draw_stack_cursor(struct cells *c, const struct scales *s, const struct chart_places *p,
			     const struct stack *sk, const struct frame *f, bool is_crosshair);
/* The parts with their values and shares at the present width. */
void chart_draw_stack_legend(struct cells *c, const struct chart_places *p, const struct stack *sk,
			     const struct frame *f);

/* The curves' names beside their ends, with their values at the present width. */
void chart_draw_legend(struct cells *c, const struct scales *s, const struct chart_places *p,
		       const struct chart *ch, const struct state *st, bool has_values);

#endif
