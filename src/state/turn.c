#include "state/turn.h"

#include <string.h>

#include "base/str.h"
#include "registry/subjects.h"
#include "state/knobs.h"
#include "state/seen.h"

enum { PLAY_LEAST = 224, PLAY_MOST = 4096 }; /* pixels, the chart's axis */

/* An engine that was turned to counts by its own rule, where it has one; so do models picked after
 * it, but for one that was asked for as another runtime counts it. */
static void follow_engine(struct state *st, const struct request *before)
{
	struct setup *now = &st->req.setup;
	const struct setup *old = &before->setup;
	bool is_variant = now->model && now->model->processor && now->model->processor->runtime;

	if (now->engine != old->engine)
		now->by_engine = true;
	else if (!now->by_engine || now->model == old->model || is_variant)
		return;
	now->model = subject_by_engine(st->reg, now->model, now->engine);
}

void turn_note(struct state *st, const struct request *before, enum knob k)
{
	follow_engine(st, before);
	request_follow(&st->req, st->reg, &st->picture);
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

bool turn_back(struct state *st)
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

bool turn_forth(struct state *st)
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

void turn_say(struct state *st, bool is_bad, const char *text)
{
	str_format(st->message, sizeof st->message, "%s", text);
	st->message_bad = is_bad;
}

void turn_knob(struct state *st, enum knob k, int n, bool big)
{
	struct request before = st->req;
	const char *fixed = knob_fixed(&st->req, k);

	if (fixed) {
		char said[ERROR_TEXT];

		str_format(said, sizeof said, "%s is fixed: %s (f frees it)", knob_specs[k].label,
			   fixed);
		turn_say(st, false, said);
		return;
	}
	if (knob_step(&st->req, st->reg, k, n, big))
		turn_note(st, &before, k);
}

void turn_to_limit(struct state *st, bool most)
{
	struct request before = st->req;

	if (knob_limit(&st->req, st->reg, st->focus, most))
		turn_note(st, &before, st->focus);
}

void turn_reset_one(struct state *st)
{
	struct request before = st->req;

	knob_reset(&st->req, &st->start, st->focus);
	turn_note(st, &before, KNOB_N);
}

void turn_reset_all(struct state *st)
{
	struct request before = st->req;

	st->req = st->start;
	turn_note(st, &before, KNOB_N);
}

void turn_lens(struct state *st)
{
	struct request before = st->req;

	st->req.setup.lens = st->req.setup.lens == LENS_EXACT ? LENS_FORMULA : LENS_EXACT;
	turn_note(st, &before, KNOB_N);
}

void turn_lock(struct state *st)
{
	st->req.aspect_lock = !st->req.aspect_lock;
	st->req.aspect_w = st->req.setup.width;
	st->req.aspect_h = st->req.setup.height;
	turn_say(st, false,
		 st->req.aspect_lock ? "aspect locked: width and height turn together"
				     : "aspect free: width and height turn alone");
}

void turn_free(struct state *st)
{
	struct request before = st->req;

	if (knob_is_freed(&st->req, st->focus)) {
		knob_reset(&st->req, &st->start, st->focus);
		turn_say(st, false, "back to the checkpoint's own value");
	} else if (knob_fixed(&st->req, st->focus)) {
		knob_free(&st->req, st->focus, true);
		turn_say(st, false, "freed: what follows is no longer the checkpoint's");
	} else {
		turn_say(st, false, "this knob is free already");
		return;
	}
	turn_note(st, &before, KNOB_N);
}

void turn_pin(struct state *st)
{
	st->pin.is_set = !st->pin.is_set;
	st->pin.req = st->req;
	turn_say(st, false,
		 st->pin.is_set
			 ? "pinned: every number now shows its factor to this state; a unpins"
			 : "unpinned");
}

void turn_play_step(struct state *st)
{
	struct request *r = &st->req;

	if (r->setup.width >= PLAY_MOST)
		st->play_step = -1;
	if (r->setup.width <= PLAY_LEAST)
		st->play_step = 1;
	knob_step(r, st->reg, KNOB_WIDTH, st->play_step, false);
}
