#include "cli/fitting.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/budget.h"
#include "cli/setup.h"

/* Below this share of the original's effective pixels an answer is right and useless. */
static const double useless_share = 0.01;

/* ---------------------------------------------------------------- what is asked */

static bool make_setups(struct fitting *f, const struct options *o, const struct registry *r,
			struct vtok_error *err)
{
	struct setup s;

	f->setups = calloc(f->targets.n + 1, sizeof(*f->setups));
	f->rooms = calloc(f->targets.n + 1, sizeof(*f->rooms));
	if (!f->setups || !f->rooms)
		return error_memory(err);
	if (!setup_make(o, r, &s, err))
		return false;
	s.price_usd = o->price_usd;
	for (size_t i = 0; i < f->targets.n; i++) {
		f->setups[i] = s;
		if (!setup_point(&f->setups[i], &f->targets.list[i], r, &f->rooms[i], err))
			return false;
	}
	return true;
}

bool fitting_init(struct fitting *f, const struct options *o, const struct registry *r,
		  struct vtok_error *err)
{
	*f = (struct fitting){
		.snaps = o->snap,
		.upscales = o->upscale,
		.explains = o->why,
		.rewrites = o->write || o->write_dir,
		.tries_levels = !options_given(o, "detail"),
	};
	if (!budgets_given(o, f->budgets, &f->budgets_n, err))
		return false;
	if (o->knobs[KNOB_IMAGES].number < 1)
		return error_set(err, VTOK_E_USAGE, "fit: a request without an image has no size");
	return targets_init(&f->targets, o, r, err) && make_setups(f, o, r, err);
}

void fitting_fini(struct fitting *f)
{
	free(f->setups);
	free(f->rooms);
	targets_fini(&f->targets);
}

void fitting_input(struct setup *s, const struct input *in)
{
	s->width = in->width;
	s->height = in->height;
	s->file_bytes = in->file_bytes;
	s->file_format = in->format;
	s->file_pixels = in->width * in->height;
}

static struct fit_ask ask_of(const struct fitting *f, const struct setup *s)
{
	int64_t longer = s->width > s->height ? s->width : s->height;

	return (struct fit_ask){
		.setup = s,
		.budgets = f->budgets,
		.budgets_n = f->budgets_n,
		.longest = f->upscales && longer < FITTING_UPSCALE ? FITTING_UPSCALE : 0,
	};
}

/* ---------------------------------------------------------------- levels of detail */

bool fitting_has_levels(const struct setup *s)
{
	const struct hosted *h = &s->model->processor->hosted;

	for (int d = DETAIL_AUTO + 1; h->vendor && d < DETAIL_N; d++)
		if (h->detail[d].side > 0)
			return true;
	return false;
}

static bool is_larger(const struct fit_size *a, const struct fit_size *b)
{
	return a->effective != b->effective ? a->effective > b->effective : a->tokens < b->tokens;
}

/* The level that lets through the most; what the API does by itself where none does better. */
static enum detail best_level(const struct fitting *f, struct setup *s, struct fit *out)
{
	const struct hosted *h = &s->model->processor->hosted;
	enum detail best = h->auto_detail;
	int64_t whole = out->whole;

	for (int d = DETAIL_AUTO + 1; d < DETAIL_N; d++) {
		struct setup at = *s;
		struct fit_ask ask = ask_of(f, &at);
		struct fit found;

		if (h->detail[d].side <= 0)
			continue;
		at.knobs.detail = (enum detail)d;
		fit(&ask, &found);
		/* what is left is of what the picture could be at its best */
		whole = found.whole > whole ? found.whole : whole;
		if (found.best.width > 0 && is_larger(&found.best, &out->best)) {
			*out = found;
			best = (enum detail)d;
		}
	}
	s->knobs.detail = best;
	out->whole = whole;
	return best;
}

/* ---------------------------------------------------------------- down to a multiple */

int64_t fitting_multiple(const struct processor *p)
{
	int64_t n = (int64_t)p->patch * (p->merge > 0 ? p->merge : 1) * (p->pool > 0 ? p->pool : 1);

	n = p->align > n ? p->align : n;
	return n > 0 ? n : 1;
}

/* Both sides down to the multiple, and on down the shape until that holds. A side that is smaller
 * than the multiple stays. */
static void snap(const struct fit_ask *ask, struct fit *out)
{
	const struct setup *s = ask->setup;
	int64_t m = fitting_multiple(s->model->processor);
	int64_t k = out->best.width > out->best.height ? out->best.width : out->best.height;

	for (; k > 0; k--) {
		int64_t w, h;

		fit_scale(s->width, s->height, k, &w, &h);
		w = w < m ? w : w / m * m;
		h = h < m ? h : h / m * m;
		if (!fit_holds(ask, w, h, NULL))
			continue;
		fit_measure(ask, w, h, &out->best);
		return;
	}
}

/* ---------------------------------------------------------------- in words */

static void say_least(const struct setup *s, struct fitted *a)
{
	const struct fit *f = &a->row.fit;
	char tokens[UNIT_TEXT];

	unit_grouped(tokens, f->least.tokens);
	if (f->least.width <= 0)
		str_format(a->reason, sizeof(a->reason), "every size of this shape is refused");
	else if (f->status == FIT_NO_CHOICE)
		str_format(a->reason, sizeof(a->reason),
			   "every size takes %s tokens: cut a part out, or take another model",
			   tokens);
	else
		str_format(a->reason, sizeof(a->reason),
			   "no size holds: the least is %s tokens, at %lldx%lld", tokens,
			   (long long)f->least.width, (long long)f->least.height);
	if (s->images > 1 && f->least.width > 0)
		str_append(a->reason, sizeof(a->reason), ", in each of %lld images",
			   (long long)s->images);
}

/* What the budget that cannot be kept takes at the least size. */
static void say_cost(const struct fitting *f, const struct setup *s, struct fitted *a)
{
	const struct fit *fit = &a->row.fit;
	struct setup at = *s;
	struct estimate e;
	char text[UNIT_TEXT];

	if (fit->bound_by < 0 || fit->least.width <= 0)
		return;
	enum quantity_id id = f->budgets[fit->bound_by].quantity;
	if (quantities[id].course == COURSE_COUNT)
		return;
	at.width = fit->least.width;
	at.height = fit->least.height;
	estimate(&at, &e);
	struct value v = quantity_read(id, &at, &e);
	if (v.reason)
		str_append(a->reason, sizeof(a->reason), " (%s)", v.reason);
	else
		str_append(a->reason, sizeof(a->reason), " (%s: %s)", quantity_title(id),
			   quantity_text(id, &v, text));
}

static void say_next(struct fitted *a)
{
	const struct fit *f = &a->row.fit;
	char tokens[UNIT_TEXT], title[64] = "nothing larger counts otherwise";

	if (f->next.width > 0)
		str_format(title, sizeof(title), "the next step, %lldx%lld, takes %s tokens",
			   (long long)f->next.width, (long long)f->next.height,
			   unit_grouped(tokens, f->next.tokens));
	str_append(a->reason, sizeof(a->reason), "%s%s", a->reason[0] ? "; " : "", title);
}

void fitting_say_useless(struct fitted *a)
{
	double kept = fit_row_kept(&a->row.fit);
	char text[UNIT_TEXT];

	if (kept < 0 || kept >= useless_share)
		return;
	str_append(a->reason, sizeof(a->reason), "right but useless: %s of the picture is left",
		   unit_text(text, UNIT_SHARE, kept));
}

static void explain(const struct fitting *f, const struct setup *s, struct fitted *a)
{
	const struct fit *fit = &a->row.fit;

	a->reason[0] = '\0';
	switch (fit->status) {
	case FIT_OK:
	case FIT_FITS:
		fitting_say_useless(a);
		if (f->explains)
			say_next(a);
		break;
	case FIT_NONE:
	case FIT_NO_CHOICE:
		say_least(s, a);
		say_cost(f, s, a);
		break;
	case FIT_ERROR:
		str_format(a->reason, sizeof(a->reason), "%s", fit->reason);
		break;
	}
	a->row.reason = a->reason[0] ? a->reason : NULL;
	if (fit->bound_by >= 0)
		a->row.bound_by = quantity_name(f->budgets[fit->bound_by].quantity, a->bound);
}

/* ---------------------------------------------------------------- rows */

static void begin(const struct fitting *f, size_t i, const char *text, size_t len,
		  struct fitted *out)
{
	out->row = (struct fit_row){
		.target = &f->targets.list[i],
		.text = text,
		.text_len = len,
		.fit = {.status = FIT_ERROR, .bound_by = -1},
	};
}

void fitting_fault(const struct fitting *f, size_t i, const char *text, size_t len, const char *why,
		   struct fitted *out)
{
	begin(f, i, text, len, out);
	str_format(out->reason, sizeof(out->reason), "%s", why);
	out->row.reason = out->reason;
}

/* The input as target i takes it, or as it will lie when it is written. */
static struct input seen(const struct fitting *f, size_t i, const struct input *in)
{
	return input_seen(in, f->rewrites || f->targets.list[i].turning.turns);
}

static void answer(const struct fitting *f, size_t i, const struct input *in, const char *text,
		   size_t len, struct fitted *out)
{
	struct setup s = f->setups[i];
	struct fit_ask ask;

	begin(f, i, text, len, out);
	fitting_input(&s, in);
	ask = ask_of(f, &s);
	out->row.width = in->width;
	out->row.height = in->height;
	fit(&ask, &out->row.fit);
	if (fitting_has_levels(&s) && out->row.fit.status != FIT_ERROR) {
		enum detail d = f->tries_levels ? best_level(f, &s, &out->row.fit) : s.knobs.detail;
		out->row.detail = detail_names[d];
	}
	if (f->snaps && out->row.fit.best.width > 0)
		snap(&ask, &out->row.fit);
	explain(f, &s, out);
}

void fitting_answer(const struct fitting *f, size_t i, const struct input *in, const char *text,
		    size_t len, struct fitted *out)
{
	struct input own = seen(f, i, in);

	answer(f, i, &own, text, len, out);
}

enum detail fitting_level(const struct fitting *f, size_t i, const struct input *in)
{
	struct setup s = f->setups[i];
	struct input lies = seen(f, i, in);
	struct fit found;

	fitting_input(&s, &lies);
	if (!f->tries_levels || !fitting_has_levels(&s))
		return s.knobs.detail;
	struct fit_ask ask = ask_of(f, &s);
	fit(&ask, &found);
	return found.status == FIT_ERROR ? s.knobs.detail : best_level(f, &s, &found);
}

int64_t fitting_longest(const struct fitting *f, size_t i, const struct input *in,
			enum detail level, int64_t most)
{
	struct setup s = f->setups[i];
	struct input lies = seen(f, i, in);
	int64_t own = in->width > in->height ? in->width : in->height;

	fitting_input(&s, &lies);
	s.knobs.detail = level;
	struct fit_ask ask = ask_of(f, &s);
	return fit_longest(&ask, own < most ? own : most);
}

/* Of the levels at which that size holds, the one that lets through the most; it stays in s. */
static void level_at(const struct fitting *f, struct setup *s, int64_t w, int64_t h,
		     struct fit_size *out)
{
	const struct hosted *hosted = &s->model->processor->hosted;
	enum detail best = s->knobs.detail;

	for (int d = DETAIL_AUTO + 1; d < DETAIL_N; d++) {
		struct setup at = *s;
		struct fit_ask ask = ask_of(f, &at);
		struct fit_size size;

		if (hosted->detail[d].side <= 0)
			continue;
		at.knobs.detail = (enum detail)d;
		if (fit_holds(&ask, w, h, NULL) && fit_measure(&ask, w, h, &size) &&
		    is_larger(&size, out)) {
			*out = size;
			best = (enum detail)d;
		}
	}
	s->knobs.detail = best;
}

/* What decides and what comes next is another input's as often as not: neither is named. */
static void explain_cut(const struct fitting *f, int64_t longest, struct fitted *a)
{
	a->reason[0] = '\0';
	fitting_say_useless(a);
	if (f->explains && longest < SIDE_MAX)
		str_append(a->reason, sizeof(a->reason), "%slonger sides to %lld at most",
			   a->reason[0] ? "; " : "", (long long)longest);
	else if (f->explains)
		str_append(a->reason, sizeof(a->reason), "%sno longer side is cut",
			   a->reason[0] ? "; " : "");
	a->row.reason = a->reason[0] ? a->reason : NULL;
}

void fitting_cut(const struct fitting *f, size_t i, const struct input *in, const char *text,
		 size_t len, int64_t longest, struct fitted *out)
{
	struct setup s = f->setups[i];
	struct input lies = seen(f, i, in);
	int64_t own = in->width > in->height ? in->width : in->height;
	int64_t w, h;

	answer(f, i, &lies, text, len, out);
	if (longest <= 0 || out->row.fit.best.width <= 0)
		return;
	fitting_input(&s, &lies);
	struct fit_ask ask = ask_of(f, &s);
	fit_scale(lies.width, lies.height, own < longest ? own : longest, &w, &h);
	out->row.fit.next = (struct fit_size){0};
	out->row.fit.best = (struct fit_size){0};
	if (f->tries_levels && fitting_has_levels(&s)) {
		level_at(f, &s, w, h, &out->row.fit.best);
		out->row.detail = detail_names[s.knobs.detail];
	} else {
		fit_measure(&ask, w, h, &out->row.fit.best);
	}
	if (f->snaps)
		snap(&ask, &out->row.fit);
	out->row.fit.status = longest >= own ? FIT_FITS : FIT_OK;
	out->row.fit.bound_by = -1;
	out->row.bound_by = NULL;
	explain_cut(f, longest, out);
}

bool fitting_is_held(const struct fitted *a)
{
	return a->row.fit.best.width > 0;
}
