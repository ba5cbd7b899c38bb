/* The lists one picks from: models, hardware, engines, themes, commands, strategies; narrowed by a
 * typed filter. */
#ifndef VTOK_VIEW_PICK_H
#define VTOK_VIEW_PICK_H

#include "state/state.h"
#include "view/pick_item.h"

const char *pick_title(enum knob p);

/* What stands over the three columns; text and note may be "". */
struct pick_item pick_heads(enum knob p);

/* How many entries there are, and how many pass the filter. */
size_t pick_total(const struct state *st);
int pick_count(const struct state *st);

/* The n-th of them. False: there is none. Texts live as long as the registry. */
bool pick_item(const struct state *st, int n, struct pick_item *out);

/* Where the present choice stands in the unfiltered list. */
int pick_present(const struct state *st, enum knob p);

/* The place of the n-th in the list without a filter. */
size_t pick_place(const struct state *st, int n);

/* The key that the n-th stands for; 0: it is taken by pick_take. */
uint32_t pick_key(const struct state *st, int n);

/* Takes the n-th entry into the state. False: there is none. */
bool pick_take(struct state *st, int n);

#endif
