/* Charts that are one key away: what a quantity consists of, and the figure that the project began
 * with. */
#ifndef VTOK_VIEW_FIGURE_H
#define VTOK_VIEW_FIGURE_H

#include "state/state.h"

/* Parts in place of curves, or back; of the time to the first token where the quantity has none. */
void figure_parts(struct state *st);

/* The time to the first token of FastVLM 1.5B on an Apple M1 Max, part by part from 256 to 1,536
 * pixels, in lens formula (DESIGN.md: the third figure). One entry of undo; says why not where the
 * registry lacks one of them. */
void figure_show(struct state *st);

/* "256:1536", widths in pixels of which the first is the smaller one. False leaves the state alone.
 */
bool figure_widths(struct state *st, const char *text);

#endif
