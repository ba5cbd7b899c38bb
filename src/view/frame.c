#include "view/frame.h"

static bool is_there(const struct kept_request *k)
{
	return k->is_set && request_is_complete(&k->req);
}

void frame_init(struct frame *f, const struct state *st)
{
	const struct setup *s = &st->req.setup;

	f->st = st;
	f->trace.n = 0;
	f->budgeted = NULL;
	f->own.is_there = false;
	f->judged = NULL;
	f->own_judged.is_known = f->own_judged.is_there = false;
	f->is_valid = request_is_complete(&st->req);
	if (!f->is_valid)
		return;
	estimate(s, &f->est);
	if (s->lens == LENS_EXACT) {
		struct count again;

		count_image(s->model->processor, s->lens, &s->knobs, s->width, s->height, &again,
			    &f->trace);
	}
	if (!budgeted_is_of(&st->budgeted, &st->req)) /* before the first event: see update.c */
		budgeted_keep(&f->own, &st->req, st->chart.most);
	f->budgeted = budgeted_is_of(&st->budgeted, &st->req) ? &st->budgeted
		      : f->own.is_there                       ? &f->own
							      : NULL;
	const struct judged *j = &st->judged;

	if (!judged_is_of(j, &st->req)) {
		j = &f->own_judged;
		judged_keep(&f->own_judged, &st->req, st->reg);
	}
	f->judged = j->is_there ? j : NULL;
	if (is_there(&st->pin))
		estimate(&st->pin.req.setup, &f->pin);
	if (is_there(&st->pin_b))
		estimate(&st->pin_b.req.setup, &f->pin_b);
	if (is_there(&st->before))
		estimate(&st->before.req.setup, &f->before);
}

struct value frame_value(const struct frame *f, enum quantity_id id)
{
	return quantity_read(id, &f->st->req.setup, &f->est);
}

struct value frame_pinned(const struct frame *f, enum quantity_id id)
{
	if (!is_there(&f->st->pin))
		return (struct value){.reason = "nothing is pinned"};
	return quantity_read(id, &f->st->pin.req.setup, &f->pin);
}

struct value frame_pinned_b(const struct frame *f, enum quantity_id id)
{
	if (!is_there(&f->st->pin_b))
		return (struct value){.reason = "nothing is pinned"};
	return quantity_read(id, &f->st->pin_b.req.setup, &f->pin_b);
}

struct value frame_before(const struct frame *f, enum quantity_id id)
{
	if (!is_there(&f->st->before))
		return (struct value){.reason = "nothing was turned"};
	return quantity_read(id, &f->st->before.req.setup, &f->before);
}
