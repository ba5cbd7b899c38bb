/* What the mouse means where: from what is drawn under it to what a key or a turn would do. */
#ifndef VTOK_VIEW_HIT_H
#define VTOK_VIEW_HIT_H

#include <stdbool.h>
#include <stdint.h>

#include "state/event.h"
#include "state/keymap.h"
#include "state/state.h"

enum hit_kind {
	HIT_NONE,
	HIT_KEY,   /* the same as that key, n times */
	HIT_VIEW,  /* the tab of the n-th view */
	HIT_ROW,   /* the n-th entry of the open list is chosen */
	HIT_KNOB,  /* the focus goes there; then the action */
	HIT_TURN,  /* n steps of a knob */
	HIT_WIDTH, /* a place on the chart: its width; 0 = none */
};

struct hit {
	enum hit_kind kind;
	uint32_t key;
	enum action action;
	enum knob knob;
	int n;
	int columns;      /* of a drag that n used up */
	bool takes_focus; /* of a turn */
	int64_t width;    /* pixels */
	int drag;         /* what a drag from here on moves, as in struct state */
};

/* Nothing is done here: update carries it out, so that a click and the key that means the same are
 * one. */
struct hit hit_find(const struct state *st, const struct event *ev);

#endif
