#include "cli/fit_requests.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/budget.h"
#include "cli/chat_asks.h"
#include "cli/chat_batch.h"
#include "cli/chat_models.h"
#include "cli/cli.h"
#include "cli/fitting.h"
#include "cli/flow.h"
#include "core/fit_group.h"

enum { MEMBERS_MOST = 4096 };

/* What a picture is counted by: its setup, the model with its own rule where it asks for one. */
struct place {
	struct setup setup;
	struct model model;
	struct processor processor;
	int64_t whole; /* the most E of the original at any level of detail */
};

struct work {
	const struct options *o;
	struct registry *r;
	struct chat_models models;
	struct flow flow;
	bool failed;

	/* of the request at hand: those that are alike are one */
	struct fit_member *members; /* MEMBERS_MOST of both */
	struct place *places;
	size_t n;
	size_t *member_of; /* of each picture */
	size_t room;       /* of member_of */
};

static bool make_fitting(void *entry, const struct options *own, void *arg, struct vtok_error *err)
{
	return fitting_init(entry, own, ((struct work *)arg)->r, err);
}

static void free_fitting(void *entry)
{
	fitting_fini(entry);
}

static const struct chat_model_kind kind = {sizeof(struct fitting), make_fitting, free_fitting};

/* ---------------------------------------------------------------- rows */

static const struct flow_column columns[] = {
	{"request", -12},         {"message", 7},      {"part", 4},       {"source", -32},
	{"model", -20},           {"input", -20},      {"width", 6},      {"height", 6},
	{"fit_width", 9},         {"fit_height", 10},  {"tokens", 8},     {"detail", -8},
	{"effective_pixels", 16}, {"kept_share", 10},  {"bound_by", -20}, {"next_width", 10},
	{"next_height", 11},      {"next_tokens", 11}, {"status", -9},    {"reason", -40},
};

/* One picture, its answer and what is said of it. */
struct answer {
	const struct chat_picture *picture;
	const char *model, *detail, *bound_by, *status, *reason;
	int64_t width, height;           /* 0 = not known */
	const struct fit_member *member; /* NULL: no size was looked for */
};

static void put_int(struct flow *f, int64_t n, bool has)
{
	if (has)
		flow_int(f, n);
	else
		flow_text(f, NULL);
}

static void put_sizes(struct flow *f, const struct answer *a)
{
	const struct fit_size none = {0};
	const struct fit_size *best = a->member ? &a->member->best : &none;
	const struct fit_size *next = a->member ? &a->member->next : &none;
	int64_t whole = a->member ? a->member->whole : 0;

	put_int(f, best->width, best->width > 0);
	put_int(f, best->height, best->width > 0);
	put_int(f, best->tokens, best->width > 0);
	flow_text(f, a->detail);
	put_int(f, best->effective, best->width > 0);
	if (best->width > 0 && whole > 0)
		flow_number(f, (double)best->effective / (double)whole);
	else
		flow_text(f, NULL);
	flow_text(f, a->bound_by);
	put_int(f, next->width, next->width > 0);
	put_int(f, next->height, next->width > 0);
	put_int(f, next->tokens, next->width > 0);
}

static void put_row(struct work *w, const char *id, const struct answer *a)
{
	const struct chat_picture *p = a->picture;
	struct flow *f = &w->flow;

	flow_text(f, id);
	put_int(f, p ? p->message : 0, p && p->message >= 0);
	put_int(f, p ? p->part : 0, p && p->part >= 0);
	flow_text(f, p ? p->source : NULL);
	flow_text(f, a->model);
	flow_text(f, p ? p->source : NULL);
	put_int(f, a->width, a->width > 0);
	put_int(f, a->height, a->width > 0);
	put_sizes(f, a);
	flow_text(f, a->status);
	flow_text(f, a->reason);
}

/* Every picture of a request of which nothing can be told, or the request itself where it has none
 * that could be read. */
static void put_fault(struct work *w, const char *id, const struct chat *c, const char *model,
		      const char *why)
{
	struct answer a = {.model = model, .status = fit_status_word(FIT_ERROR), .reason = why};

	w->failed = true;
	if (!c || c->n == 0)
		put_row(w, id, &a);
	for (size_t i = 0; c && i < c->n; i++) {
		a.picture = &c->pictures[i];
		a.reason = *a.picture->why ? a.picture->why : why;
		a.width = *a.picture->why ? 0 : a.picture->in.width;
		a.height = a.picture->in.height;
		put_row(w, id, &a);
	}
}

/* ---------------------------------------------------------------- pictures */

static bool has_room(struct work *w, size_t pictures, struct vtok_error *err)
{
	if (pictures <= w->room)
		return true;
	size_t *list = realloc(w->member_of, pictures * sizeof(*list));

	if (!list)
		return error_memory(err);
	w->member_of = list;
	w->room = pictures;
	return true;
}

static bool is_alike(const struct chat_picture *a, const struct chat_picture *b)
{
	const struct chat_asks *p = &a->asks, *q = &b->asks;

	return a->in.width == b->in.width && a->in.height == b->in.height &&
	       a->in.orientation == b->in.orientation && a->in.format == b->in.format &&
	       a->in.file_bytes == b->in.file_bytes && p->min_pixels == q->min_pixels &&
	       p->max_pixels == q->max_pixels && p->max_patch == q->max_patch &&
	       strcmp(p->detail, q->detail) == 0 && strcmp(p->media, q->media) == 0;
}

/* As it is counted in this request, by a rule of its own where it asks for one. */
static void set_place(const struct work *w, const struct fitting *f, const struct chat *c,
		      struct chat_asked *asked, const struct chat_picture *p, struct place *out)
{
	const struct target *t = &f->targets.list[0];
	struct input seen = input_seen(&p->in, t->turning.turns);
	bool is_estimated;

	out->whole = 0;
	out->setup = f->setups[0];
	out->model = *out->setup.model;
	out->processor = *out->model.processor;
	chat_asks_apply(asked, w->r, &out->setup, t, c, p, &out->setup.knobs, &out->processor);
	if (out->processor.max_tiles != out->model.processor->max_tiles) {
		out->model.processor = &out->processor;
		out->setup.model = &out->model;
	}
	fitting_input(&out->setup, &seen);
	out->setup.images = (int64_t)c->n;
	out->setup.text_tokens = chat_text_tokens(w->o, c, &is_estimated);
	out->setup.reserve_tokens = chat_output_tokens(w->o, c);
}

/* The same limits are asked for in places of which one may be read and the other not. */
static bool is_asked_alike(const struct work *w, const struct fitting *f, const struct chat *c,
			   struct chat_asked *asked, const struct chat_picture *p,
			   const struct place *before)
{
	struct place own;

	if (!p->asks.max_pixels && !p->asks.min_pixels && !p->asks.max_patch)
		return true;
	set_place(w, f, c, asked, p, &own);
	return own.setup.knobs.max_pixels == before->setup.knobs.max_pixels &&
	       own.setup.knobs.min_pixels == before->setup.knobs.min_pixels &&
	       own.processor.max_tiles == before->processor.max_tiles;
}

static bool set_members(struct work *w, const struct fitting *f, const struct chat *c,
			struct vtok_error *err)
{
	struct chat_asked asked;

	w->n = 0;
	if (!has_room(w, c->n, err))
		return false;
	chat_asked_init(&asked, w->r, &f->setups[0], &f->targets.list[0], c);
	for (size_t i = 0; i < c->n; i++) {
		if (i == 0 || !is_alike(&c->pictures[i - 1], &c->pictures[i]) ||
		    !is_asked_alike(w, f, c, &asked, &c->pictures[i], &w->places[w->n - 1])) {
			if (w->n == MEMBERS_MOST)
				return error_set(err, VTOK_E_INPUT,
						 "pictures that change more than %d times",
						 MEMBERS_MOST - 1);
			struct place *p = &w->places[w->n];

			set_place(w, f, c, &asked, &c->pictures[i], p);
			w->members[w->n++] = (struct fit_member){
				.setup = &p->setup,
				.multiple =
					f->snaps ? fitting_multiple(p->setup.model->processor) : 1,
			};
		}
		w->members[w->n - 1].many++;
		w->member_of[i] = w->n - 1;
	}
	return true;
}

/* ---------------------------------------------------------------- levels of detail */

static bool asks_level(const struct chat *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (*c->pictures[i].asks.detail)
			return true;
	return false;
}

static void set_level(struct work *w, enum detail d)
{
	for (size_t i = 0; i < w->n; i++)
		w->places[i].setup.knobs.detail = d;
}

/* What is left is of what the picture could be at its best. */
static void keep_whole(struct work *w)
{
	for (size_t i = 0; i < w->n; i++) {
		struct place *p = &w->places[i];

		p->whole = w->members[i].whole > p->whole ? w->members[i].whole : p->whole;
		w->members[i].whole = p->whole;
	}
}

static int64_t effective(const struct work *w)
{
	int64_t sum = 0;

	for (size_t i = 0; i < w->n; i++)
		sum += w->members[i].best.effective * w->members[i].many;
	return sum;
}

/* With the level that lets through the most of the whole request; where the request or the command
 * line names one, with that. */
static void search(struct work *w, const struct fitting *f, const struct chat *c,
		   struct fit_group *out)
{
	const struct setup *s = &w->places[0].setup;
	const struct hosted *h = &s->model->processor->hosted;
	enum detail best = h->auto_detail;
	int64_t most, tokens;

	fit_group(w->members, w->n, f->budgets, f->budgets_n, out);
	if (!fitting_has_levels(s) || out->status == FIT_ERROR || !f->tries_levels || asks_level(c))
		return;
	keep_whole(w);
	most = effective(w);
	tokens = out->tokens;
	for (int d = DETAIL_AUTO + 1; d < DETAIL_N; d++) {
		if (h->detail[d].side <= 0)
			continue;
		set_level(w, (enum detail)d);
		fit_group(w->members, w->n, f->budgets, f->budgets_n, out);
		keep_whole(w);
		if (out->longest &&
		    (effective(w) > most || (effective(w) == most && out->tokens < tokens))) {
			best = (enum detail)d;
			most = effective(w);
			tokens = out->tokens;
		}
	}
	set_level(w, best); /* once more: the sizes of all pictures stand in w */
	fit_group(w->members, w->n, f->budgets, f->budgets_n, out);
	keep_whole(w);
}

/* ---------------------------------------------------------------- in words */

static void say_none(const struct fit_group *g, char out[FITTING_REASON])
{
	char tokens[UNIT_TEXT];

	unit_grouped(tokens, g->least_tokens);
	if (!g->least)
		str_format(out, FITTING_REASON, "every size is refused");
	else if (g->status == FIT_NO_CHOICE)
		str_format(
			out, FITTING_REASON,
			"every size takes %s tokens in all: cut parts out, or take another model",
			tokens);
	else
		str_format(
			out, FITTING_REASON,
			"no size holds: the least is %s tokens in all, with longer sides of %lld",
			tokens, (long long)g->least);
}

static void say_all(const struct fit_group *g, char out[FITTING_REASON])
{
	char tokens[UNIT_TEXT];

	str_append(out, FITTING_REASON, "%slonger sides to %lld at most: %s tokens in all",
		   *out ? "; " : "", (long long)g->longest, unit_grouped(tokens, g->tokens));
	if (g->next)
		str_append(out, FITTING_REASON, "; the next step, %lld, takes %s",
			   (long long)g->next, unit_grouped(tokens, g->next_tokens));
}

static void say_useless(const struct fit_member *m, struct fitted *a)
{
	a->reason[0] = '\0';
	a->row.fit.best = m->best;
	a->row.fit.whole = m->whole;
	if (m->best.width > 0)
		fitting_say_useless(a);
}

/* ---------------------------------------------------------------- requests */

static enum fit_status status_of(const struct fit_group *g, const struct fit_member *m)
{
	if (!g->longest || g->status == FIT_FITS)
		return g->status;
	return m->best.width == m->setup->width && m->best.height == m->setup->height ? FIT_FITS
										      : FIT_OK;
}

static void put_answers(struct work *w, const char *id, const struct chat *c,
			const struct fitting *f, const struct fit_group *g)
{
	char bound[QUANTITY_NAME];
	struct fitted said;

	for (size_t i = 0; i < c->n; i++) {
		const struct fit_member *m = &w->members[w->member_of[i]];
		enum fit_status status = status_of(g, m);
		struct answer a = {
			.picture = &c->pictures[i],
			.model = f->targets.list[0].name,
			.width = m->setup->width,
			.height = m->setup->height,
			.member = m,
			.detail = fitting_has_levels(m->setup) && g->status != FIT_ERROR
					  ? detail_names[m->setup->knobs.detail]
					  : NULL,
			.status = fit_status_word(status),
		};

		say_useless(m, &said);
		if (status == FIT_ERROR)
			str_format(said.reason, sizeof(said.reason), "%s", g->reason);
		else if (!g->longest)
			say_none(g, said.reason);
		else if (f->explains)
			say_all(g, said.reason);
		if (status != FIT_FITS && g->bound_by >= 0)
			a.bound_by = quantity_name(f->budgets[g->bound_by].quantity, bound);
		a.reason = said.reason;
		put_row(w, id, &a);
	}
}

/* NULL: all have one. */
static const char *without_size(const struct chat *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (*c->pictures[i].why)
			return "another picture of the request has no size, which the budget needs";
	return NULL;
}

static void take_request(void *arg, const char *id, const struct chat *c)
{
	struct work *w = arg;
	struct vtok_error err = {0};
	struct fitting *f = chat_models_find(&w->models, c->model, &err);
	struct fit_group found;
	const char *why = f ? without_size(c) : err.text;

	if (!why && c->n && !set_members(w, f, c, &err))
		why = err.text;
	if (why) {
		put_fault(w, id, c, f ? f->targets.list[0].name : c->model, why);
		return;
	}
	if (c->n == 0)
		return;
	search(w, f, c, &found);
	w->failed |= !found.longest;
	put_answers(w, id, c, f, &found);
}

static void take_broken(void *arg, const char *id, const char *why)
{
	put_fault(arg, id, NULL, NULL, why);
}

/* ---------------------------------------------------------------- run */

/* Options that are about one input at a time, or write files that a request does not have. */
static bool options_good(const struct options *o, struct vtok_error *err)
{
	static const char *const names[] = {"aspects", "common",    "upscale",
					    "write",   "write-dir", "settings"};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (options_given(o, names[i]))
			return error_set(err, VTOK_E_USAGE, "fit: --request takes no --%s",
					 names[i]);
	return true;
}

/* Budgets are read once before the first request, so that a bad one is told at once. */
static bool budgets_good(const struct options *o, struct vtok_error *err)
{
	struct fit_budget budgets[FIT_BUDGETS];
	int n;

	return budgets_given(o, budgets, &n, err);
}

int fit_requests(const struct options *o, struct registry *r)
{
	struct vtok_error err = {0};
	struct work w = {.o = o, .r = r};
	int fd = -1, code;

	w.members = calloc(MEMBERS_MOST, sizeof(*w.members));
	w.places = calloc(MEMBERS_MOST, sizeof(*w.places));
	if (!w.members || !w.places)
		error_memory(&err);
	else if (options_good(o, &err) && budgets_good(o, &err))
		fd = chat_batch_open(o, &err);
	if (fd < 0 || !chat_models_init(&w.models, o, &kind, &w, &err))
		code = cli_fail(&err);
	else
		code = chat_batch(o, fd,
				  &(struct chat_work){&w, take_request, take_broken, &w.failed,
						      &w.flow, columns, ARRAY_SIZE(columns)});
	chat_models_fini(&w.models);
	free(w.members);
	free(w.places);
	free(w.member_of);
	return code;
}
