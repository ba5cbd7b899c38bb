/* What every panel of one frame shows, computed once. */
#ifndef VTOK_VIEW_FRAME_H
#define VTOK_VIEW_FRAME_H

#include "state/state.h"

struct frame {
	const struct state *st;
	struct estimate est;
	struct estimate pin;             /* holds when st->pin.is_set */
	struct estimate pin_b;           /* and of st->pin_b */
	struct estimate before;          /* holds when st->before.is_set */
	struct trace trace;              /* lens exact; n = 0 else */
	const struct budgeted *budgeted; /* what the budget makes of it; NULL = there is none */
	struct budgeted own;             /* that, where the state has it not */
	const struct judged *judged; /* what its server does to it; NULL = no rule is about it */
	struct judged own_judged;
	bool is_valid; /* false: no model, hardware or engine to compute with */
};

/* Borrows st; must not be copied. Without a model that takes images, hardware or an engine is_valid
 * is false, and no estimate is set. */
void frame_init(struct frame *f, const struct state *st);

/* A quantity of what is on the screen, and of what is pinned; the reason where nothing is. */
struct value frame_value(const struct frame *f, enum quantity_id id);
struct value frame_pinned(const struct frame *f, enum quantity_id id);
struct value frame_pinned_b(const struct frame *f, enum quantity_id id);
/* The same as it was before the last turn. */
struct value frame_before(const struct frame *f, enum quantity_id id);

#endif
