#include "view/undo.h"

#include <string.h>

/* undo[0 .. undo_n) are older requests, undo[undo_n .. undo_n + redo_n) those that redo brings
 * back, next one first. */

void undo_note(struct state *st, const struct request *before, enum knob k)
{
	bool is_run = k != KNOB_N && k == st->last_turned;

	st->redo_n = 0;
	st->last_turned = k;
	if (is_run)
		return;
	if (st->undo_n == UNDO_MAX) {
		memmove(&st->undo[0], &st->undo[1], (UNDO_MAX - 1) * sizeof st->undo[0]);
		st->undo_n--;
	}
	st->undo[st->undo_n++] = *before;
}

bool undo_back(struct state *st)
{
	if (!st->undo_n)
		return false;
	struct request now = st->req;

	st->undo_n--;
	st->req = st->undo[st->undo_n];
	st->undo[st->undo_n] = now;
	st->redo_n++;
	st->last_turned = KNOB_N;
	return true;
}

bool undo_forth(struct state *st)
{
	if (!st->redo_n)
		return false;
	struct request now = st->req;

	st->req = st->undo[st->undo_n];
	st->undo[st->undo_n] = now;
	st->undo_n++;
	st->redo_n--;
	st->last_turned = KNOB_N;
	return true;
}
