#include "state/turn.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/budget.h"
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
	const struct model *counted = subject_by_engine(st->reg, now->model, now->engine);

	now->model = counted ? counted : now->model; /* without memory as before */
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

void turn_forget(struct state *st)
{
	st->undo_n = st->redo_n = 0;
	st->last_turned = KNOB_N;
}

/* The lock has no place of its own on the screen. */
static void say_lock(struct state *st)
{
	turn_say(st, false,
		 st->req.aspect_lock ? "aspect locked: width and height turn together"
				     : "aspect free: width and height turn alone");
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
	if (st->req.aspect_lock != now.aspect_lock)
		say_lock(st);
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
	if (st->req.aspect_lock != now.aspect_lock)
		say_lock(st);
	return true;
}

void turn_say(struct state *st, bool is_bad, const char *text)
{
	str_format(st->message, sizeof st->message, "%s", text);
	st->message_bad = is_bad;
}

/* True if the knob is fixed; then it is said why. */
static bool say_fixed(struct state *st, enum knob k)
{
	const char *fixed = knob_fixed(&st->req, k);
	char said[ERROR_TEXT];

	if (!fixed)
		return false;
	str_format(said, sizeof said, "%s is fixed: %s (F frees it)", knob_specs[k].label, fixed);
	turn_say(st, false, said);
	return true;
}

void turn_knob(struct state *st, enum knob k, int n, bool big)
{
	struct request before = st->req;

	if (!say_fixed(st, k) && knob_step(&st->req, st->reg, k, n, big))
		turn_note(st, &before, k);
}

void turn_to_limit(struct state *st, bool most)
{
	struct request before = st->req;

	if (!say_fixed(st, st->focus) && knob_limit(&st->req, st->reg, st->focus, most))
		turn_note(st, &before, st->focus);
}

void turn_note_changed(struct state *st, const struct request *before)
{
	struct request was = *before;

	/* the start may be of another reader, or not have followed anything yet */
	request_follow(&was, st->reg, &st->picture);
	request_follow(&st->req, st->reg, &st->picture);
	if (memcmp(&was, &st->req, sizeof was) != 0)
		turn_note(st, before, KNOB_N);
}

void turn_reset(struct state *st, enum knob k)
{
	struct request before = st->req;

	knob_reset(&st->req, &st->start, k);
	turn_note_changed(st, &before);
}

void turn_reset_all(struct state *st)
{
	struct request before = st->req;

	st->req = st->start;
	turn_note_changed(st, &before);
}

void turn_lens(struct state *st)
{
	struct request before = st->req;

	st->req.setup.lens = st->req.setup.lens == LENS_EXACT ? LENS_FORMULA : LENS_EXACT;
	turn_note(st, &before, KNOB_N);
}

void turn_lock(struct state *st)
{
	struct request before = st->req;

	st->req.aspect_lock = !st->req.aspect_lock;
	st->req.aspect_w = st->req.setup.width;
	st->req.aspect_h = st->req.setup.height;
	turn_note(st, &before, KNOB_N);
	say_lock(st);
}

void turn_free(struct state *st)
{
	struct request before = st->req;

	if (knob_is_freed(&st->req, st->focus)) {
		knob_own(&st->req, st->focus);
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

/* ------------------------------------------------------------ to the budget */

static char *size_text(int64_t w, int64_t h, char out[2 * UNIT_TEXT])
{
	char a[UNIT_TEXT], b[UNIT_TEXT];

	return str_format(out, 2 * UNIT_TEXT, "%s \xc3\x97 %s", unit_grouped(a, w),
			  unit_grouped(b, h));
}

/* Why there is no size to turn to. */
static void say_no_size(struct state *st, const struct fit_budget *b, const struct fit *f)
{
	char text[ERROR_TEXT], size[2 * UNIT_TEXT], cost[BUDGET_TEXT], tokens[UNIT_TEXT],
		asked[BUDGET_TEXT];
	struct value v;

	budget_text(b, true, asked);
	unit_grouped(tokens, f->least.tokens);
	if (f->status == FIT_ERROR)
		str_format(text, sizeof text, "%s: %s", asked, f->reason);
	else if (f->least.width <= 0)
		str_format(text, sizeof text, "every size of this shape is refused");
	else if (f->status == FIT_NO_CHOICE)
		str_format(text, sizeof text,
			   "no choice: every size takes %s tokens; crop, or take another model",
			   tokens);
	else {
		v = budgeted_value(&st->req, b->quantity, f->least.width, f->least.height);
		str_format(text, sizeof text, "no size keeps %s: the least, %s, %s%s", asked,
			   size_text(f->least.width, f->least.height, size),
			   v.reason ? "has none: " : "",
			   v.reason ? v.reason : budget_taken(b->quantity, v.number, cost));
	}
	turn_say(st, true, text);
}

static void say_turned(struct state *st, const struct fit_budget *b, const struct request *before)
{
	const struct setup *s = &st->req.setup, *old = &before->setup;
	char text[ERROR_TEXT], from[2 * UNIT_TEXT], to[2 * UNIT_TEXT], cost[BUDGET_TEXT],
		asked[BUDGET_TEXT];
	struct value v = budgeted_value(&st->req, b->quantity, s->width, s->height);

	size_text(s->width, s->height, to);
	budget_text(b, true, asked);
	budget_amount(b->quantity, v.number, cost);
	if (s->width == old->width && s->height == old->height)
		str_format(text, sizeof text, "%s fits already: %s, %s", to, cost, asked);
	else
		str_format(text, sizeof text, "%s \xe2\x86\x92 %s: %s, %s",
			   size_text(old->width, old->height, from), to, cost, asked);
	turn_say(st, false, text);
}

void turn_to_budget(struct state *st, const struct fit_budget *b)
{
	struct request before = st->req;
	struct setup *s = &st->req.setup;
	struct fit f;

	budgeted_find(&st->req, b, &f);
	if (f.best.width <= 0) {
		say_no_size(st, b, &f);
		return;
	}
	int64_t longest = budgeted_longest(&st->req);
	bool is_whole = f.status == FIT_FITS; /* the picture itself, or what it was enlarged to */
	bool is_now = is_whole && longest == (s->width > s->height ? s->width : s->height);

	if (!is_now) {
		s->width = is_whole ? st->req.aspect_w : f.best.width;
		s->height = is_whole ? st->req.aspect_h : f.best.height;
	}
	say_turned(st, b, &before);
	if (s->width == before.setup.width && s->height == before.setup.height)
		return;
	if (!st->req.aspect_lock)
		request_size(&st->req, s->width, s->height);
	turn_note(st, &before, KNOB_N);
}

void turn_fit(struct state *st)
{
	if (budget_is_set(&st->req.budget))
		turn_to_budget(st, &st->req.budget);
	else
		turn_say(st, false,
			 "no budget is set: v takes one, like ttft 300ms or tokens 1280");
}

void turn_pin(struct state *st)
{
	st->pin.is_set = !st->pin.is_set;
	st->pin.req = st->req;
	st->pin_b.is_set = false;
	turn_say(st, false,
		 st->pin.is_set ? "pinned as A: numbers show their factor to it; A pins B, a unpins"
				: "unpinned");
}

void turn_pin_b(struct state *st)
{
	if (!st->pin.is_set) {
		turn_say(st, false, "a pins a state as A; then A pins another one as B");
		return;
	}
	st->pin_b.is_set = !st->pin_b.is_set;
	st->pin_b.req = st->req;
	turn_say(st, false,
		 st->pin_b.is_set
			 ? "pinned as B: A and B stand beside each other; A drops B, a both"
			 : "B is unpinned");
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
