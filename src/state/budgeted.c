#include "state/budgeted.h"

#include <string.h>

#include "core/budget.h"

enum {
	WIDEST = 4096,     /* pixels: where the chart ends unless told otherwise */
	STEPS_END = 16384, /* where the steps of a side end */
	SEARCHED = 32768,  /* sides that are looked through: beyond, a key would take seconds */
};

static int64_t longer(int64_t w, int64_t h)
{
	return w > h ? w : h;
}

int64_t budgeted_longest(const struct request *r)
{
	int64_t own = longer(r->aspect_w, r->aspect_h);
	int64_t now = longer(r->setup.width, r->setup.height);

	return own > now ? own : now;
}

/* Of a picture that is larger than what is looked through: itself, or the largest of those. */
static void find_in_part(const struct setup *s, const struct fit_budget *b, int64_t longest,
			 struct fit *out)
{
	struct fit_ask ask = {s, b, 1, SEARCHED};
	struct fit_size whole;
	int64_t w, h;

	fit(&ask, out);
	fit_scale(s->width, s->height, longest, &w, &h);
	out->whole = fit_measure(&ask, w, h, &whole) ? whole.effective : 0;
	if (out->status != FIT_FITS || fit_holds(&ask, w, h, NULL))
		return;
	out->status = FIT_OK;
	out->bound_by = 0;
}

static void find_to(const struct request *r, const struct fit_budget *b, int64_t longest,
		    struct fit *out)
{
	struct setup s = r->setup;

	s.width = r->aspect_w;
	s.height = r->aspect_h;
	if (s.images < 1) {
		*out = (struct fit){.status = FIT_ERROR,
				    .reason = "a request without an image has no size",
				    .bound_by = -1};
		return;
	}
	if (longest > SEARCHED) {
		find_in_part(&s, b, longest, out);
		return;
	}
	if (longest == longer(s.width, s.height)) /* of the picture itself, to the pixel */
		longest = 0;
	fit(&(struct fit_ask){&s, b, 1, longest}, out);
}

void budgeted_find(const struct request *r, const struct fit_budget *b, struct fit *out)
{
	find_to(r, b, budgeted_longest(r), out);
}

struct value budgeted_value(const struct request *r, enum quantity_id id, int64_t width,
			    int64_t height)
{
	struct setup s = r->setup;
	struct estimate e;

	s.width = width;
	s.height = height;
	estimate_steps(&s, quantities[id].needs, &e);
	struct value v = quantity_read(id, &s, &e);

	if (v.reason && e.count.refused)
		v.reason = e.count.refused == REFUSED_NO_FORMULA
				   ? REFUSAL_NO_FORMULA
				   : "the size is refused"; /* the whole sentence lives in e */
	return v;
}

static void find_step(struct budgeted *f)
{
	const struct request *r = &f->of;
	struct setup s = r->setup;
	struct cliff cl;
	struct setup at;

	sweep_cliff(&s, 1, STEPS_END, &cl);
	int64_t width = f->holds ? cl.dearer_width : cl.cheaper_width;

	if (!width)
		return;
	sweep_size(&s, (double)width, &at);
	f->step = (struct fit_size){at.width, at.height,
				    f->holds ? cl.dearer_tokens : cl.cheaper_tokens, 0};
	f->at_step = budgeted_value(r, r->budget.quantity, at.width, at.height);
}

/* Padding counts as a difference, which costs nothing but the same work again. */
bool budgeted_is_of(const struct budgeted *f, const struct request *r)
{
	return f->is_there && memcmp(&f->of, r, sizeof *r) == 0;
}

/* The longer side of the widest picture in the chart, or of the picture where that is larger. */
static int64_t longest_charted(const struct request *r, int64_t most)
{
	struct setup s = r->setup, widest;

	s.width = r->aspect_w;
	s.height = r->aspect_h;
	sweep_size(&s, (double)(most ? most : WIDEST), &widest);
	int64_t side = longer(widest.width, widest.height), own = budgeted_longest(r);

	side = side < STEPS_END ? side : STEPS_END;
	return side > own ? side : own;
}

/* The largest size, unless it is known: turning the size itself changes nothing about it. */
static void find_largest(struct budgeted *f, bool is_known)
{
	const struct request *r = &f->of;
	int64_t longest = longest_charted(r, f->charted);
	struct request shape = *r;

	shape.setup.width = r->aspect_w;
	shape.setup.height = r->aspect_h;
	if (is_known && f->longest == longest && memcmp(&f->shape, &shape, sizeof shape) == 0)
		return;
	memcpy(&f->shape, &shape, sizeof shape);
	f->longest = longest;
	find_to(r, &r->budget, longest, &f->fit);
	f->at_best = (struct value){.reason = "there is none"};
	const struct fit_size *at = f->fit.best.width > 0 ? &f->fit.best : &f->fit.least;

	if (at->width > 0)
		f->at_best = budgeted_value(r, r->budget.quantity, at->width, at->height);
}

void budgeted_keep(struct budgeted *f, const struct request *r, int64_t charted)
{
	const struct fit_budget *b = &r->budget;
	bool was_there = f->is_there;

	if (budgeted_is_of(f, r) && f->charted == charted)
		return;
	f->charted = charted;
	f->is_there = budget_is_set(b) && request_is_complete(r);
	if (!f->is_there)
		return;
	memcpy(&f->of, r, sizeof *r);
	f->now = budgeted_value(r, b->quantity, r->setup.width, r->setup.height);
	f->holds = budget_holds(b, &f->now);
	find_largest(f, was_there);
	f->step = (struct fit_size){0};
	f->at_step = (struct value){.reason = "there is none"};
	find_step(f);
}
