#include "state/state.h"

#include "base/str.h"
#include "state/knobs.h"
#include "state/seen.h"

enum { PLAY_MS = 150 };

void state_init(struct state *st, const struct registry *reg)
{
	*st = (struct state){
		.reg = reg,
		.focus = KNOB_WIDTH,
		.last_turned = KNOB_N,
		.focus_before = KNOB_N,
		.log_axis = true,
		.theme = &shipped_themes[0],
		.play_step = 1,
		.play_ms = PLAY_MS,
		.drag = KNOB_N,
		.metric = Q_VISUAL,
		.image = {.u = 0.5, .v = 0.5},
		.compare = {.sort = Q_VISUAL, .at = -1},
		.width = 80,
		.height = 24,
	};
	request_init(&st->req, reg);
	state_settle(st);
}

void state_settle(struct state *st)
{
	st->start = st->req;
	st->undo_n = st->redo_n = 0;
	st->last_turned = KNOB_N;
}

void state_size(struct state *st, int64_t width, int64_t height)
{
	request_size(&st->req, width, height);
}

void state_picture(struct state *st, const struct picture_info *picture)
{
	if (picture->error[0]) {
		str_format(st->message, sizeof st->message, "%s", picture->error);
		st->message_bad = true;
		return;
	}
	st->picture = *picture;
	request_picture(&st->req, st->reg, picture);
	request_picture(&st->start, st->reg,
			picture); /* what reset returns to: the header names this one */
}

void state_each_request(struct state *st, void (*visit)(struct request *r, void *arg), void *arg)
{
	visit(&st->req, arg);
	visit(&st->start, arg);
	for (int i = 0; i < st->undo_n + st->redo_n; i++)
		visit(&st->undo[i], arg);
	if (st->pin.is_set)
		visit(&st->pin.req, arg);
	if (st->pin_b.is_set)
		visit(&st->pin_b.req, arg);
	if (st->before.is_set)
		visit(&st->before.req, arg);
	if (st->talk.script)
		visit(&st->talk.first, arg);
}
