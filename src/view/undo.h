/* What was asked before, newest last. */
#ifndef VTOK_VIEW_UNDO_H
#define VTOK_VIEW_UNDO_H

#include "view/state.h"

/* Remembers `before`, unless the same knob k was the last one turned: a run of steps is undone at
 * once. KNOB_N: always an entry of its own. */
void undo_note(struct state *st, const struct request *before, enum knob k);

/* False: nothing to undo or redo. */
bool undo_back(struct state *st);
bool undo_forth(struct state *st);

#endif
