/* What lies over a view: help, lists, prompts. */
#ifndef VTOK_VIEW_OVERLAY_H
#define VTOK_VIEW_OVERLAY_H

#include "draw/cells.h"
#include "view/frame.h"
#include "view/wishes.h"

void overlay_type(struct state *st);                 /* Enter on a knob: a prompt, or its list */
void overlay_type_of(struct state *st, enum knob k); /* takes the focus, which Esc gives back */
void overlay_pick(struct state *st, enum knob p);
void overlay_open(struct state *st);
void overlay_export(struct state *st);

/* True where there is something to read and nothing to choose: a click closes it. */
bool overlay_is_text(const struct state *st);

/* A key while an overlay is open. Returns a key to press then, where what was chosen stands for
 * one; 0 = none. */
uint32_t overlay_key(struct state *st, uint32_t key, struct wishes *w);

/* An entry of the open list becomes the chosen one; a theme is shown at once. */
void overlay_choose(struct state *st, int row);

/* The path of the prompt as far as names go, NULL: none does; which of them there are, "" = one. */
void overlay_completed(struct state *st, const char *path, const char *others);

/* Text at the prompt's end; control characters are dropped, what does not fit is cut. */
void overlay_insert(struct state *st, const char *text);

/* The room an overlay takes on a screen of this size, border included; empty = none is open. */
struct rect overlay_rect(const struct state *st, int width, int height);

void overlay_draw(struct cells *c, const struct frame *f);

/* How far the text of the open overlay scrolls on the state's screen, rows. */
int overlay_scroll_most(const struct state *st);

/* Rows of a list inside its overlay, and the list's first row on the screen. */
int overlay_list_rows(const struct state *st, int width, int height);

#endif
