/* Size in, rectangles out. Nothing here looks at a number on the screen, so a layout never jumps
 * while a knob turns. */
#ifndef VTOK_VIEW_LAYOUT_H
#define VTOK_VIEW_LAYOUT_H

#include "draw/rect.h"
#include "state/state.h"
#include "view/panel.h"

enum { LEAST_WIDTH = 28, LEAST_HEIGHT = 7, FULL_WIDTH = 72, FULL_HEIGHT = 20 };

struct layout {
	bool is_too_small; /* nothing but one line */
	bool is_full;      /* panels in frames; else the numbers alone */
	struct rect knobs; /* rows of knobs, inside the frame */
	struct rect notes; /* under them: facts about model and device; may be empty */
	struct rect panels[PANELS_MOST]; /* as in panels[], inside the frames; empty = dropped */
	struct rect pinned;              /* pinned_layout() may take room for it; else empty */
	struct rect numbers;             /* where there is no room for panels */
	struct rect frame;               /* around all of them when is_full */
};

/* What header and footer leave of a screen: where views draw, and find the mouse. */
struct rect layout_body(int width, int height);

/* body is what header and footer leave. Of the request it matters which lens it has (formula lists
 * four strategies and wants a row more for that) and which panels it calls for. */
void layout_dashboard(struct layout *l, struct rect body, const struct request *r);

/* Which knob stands in row y of the knob rectangle, by group with gaps where there is room; KNOB_N
 * = a gap or heading. Where the rows are too few the list scrolls with the focus. */
enum knob layout_knob_at(const struct layout *l, enum knob focus, int y);
int layout_knob_row(const struct layout *l, enum knob focus,
		    enum knob k); /* screen row; -1 = not shown */
bool layout_has_headings(const struct layout *l);

#endif
