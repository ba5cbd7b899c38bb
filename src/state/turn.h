/* Everything one can do to what is asked, with undo: the verbs behind keys, clicks, typed values
 * and scripts. */
#ifndef VTOK_STATE_TURN_H
#define VTOK_STATE_TURN_H

#include "state/state.h"

/* Remembers `before`, unless the same knob k was the last one turned: a run of steps is undone at
 * once. KNOB_N: always an entry of its own. */
void turn_note(struct state *st, const struct request *before, enum knob k);

/* The same as an entry of its own, if something changed: what is as it was is nothing to undo. */
void turn_note_changed(struct state *st, const struct request *before);

/* Nothing before this is undone: a picture was opened, and older sizes are those of another. */
void turn_forget(struct state *st);

/* False: nothing to undo or redo. */
bool turn_back(struct state *st);
bool turn_forth(struct state *st);

/* The line above the footer's hints, until the next key. The text is copied. */
void turn_say(struct state *st, bool is_bad, const char *text);

/* n steps of a knob; a fixed knob says why instead. */
void turn_knob(struct state *st, enum knob k, int n, bool big);

/* The focused knob to its least or most sensible value; a fixed one says why not. */
void turn_to_limit(struct state *st, bool most);

/* One knob, or all of them, back to what the start had. */
void turn_reset(struct state *st, enum knob k);
void turn_reset_all(struct state *st);

void turn_lens(struct state *st); /* the other lens */
void turn_lock(struct state *st); /* the aspect lock on or off; says which */
void turn_free(struct state *st); /* the focused knob, if the model fixes it, or back */
void turn_to_budget(struct state *st, const struct fit_budget *b);
void turn_fit(struct state *st);   /* the picture to the largest size that keeps the budget */
void turn_pin(struct state *st);   /* pins the present request as A, or drops A and B */
void turn_pin_b(struct state *st); /* beside A as B, or drops B */

/* One step of the resolution that plays by itself, turning round at its ends; no undo entry. */
void turn_play_step(struct state *st);

#endif
