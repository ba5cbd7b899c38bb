#include "cli/chat_run.h"

#include "base/base.h"
#include "base/str.h"
#include "cli/chat.h"
#include "cli/chat_asks.h"
#include "cli/chat_batch.h"
#include "cli/chat_models.h"
#include "cli/cli.h"
#include "cli/flow.h"
#include "cli/setup.h"
#include "core/estimate.h"
#include "core/hosted.h"
#include "core/price.h"

/* A model that requests name. */
struct served {
	const struct registry *registry;
	struct targets targets;
	struct setup setup;
	struct model room;
};

struct run {
	const struct options *o;
	enum chat_rows rows;
	struct chat_models models;
	struct flow flow;
	bool has_failed;
};

/* ------------------------------------------------------------ models */

static bool make_served(void *entry, const struct options *own, void *arg, struct vtok_error *err)
{
	const struct registry *r = arg;
	struct served *s = entry;

	s->registry = r;
	if (!targets_init(&s->targets, own, r, err) || !setup_make(own, r, &s->setup, err))
		return false;
	s->setup.price_usd = own->price_usd;
	return setup_point(&s->setup, &s->targets.list[0], r, &s->room, err);
}

static void free_served(void *entry)
{
	targets_fini(&((struct served *)entry)->targets);
}

static const struct chat_model_kind served_kind = {sizeof(struct served), make_served, free_served};

/* ------------------------------------------------------------ what a request asks for */

static void ask(const struct served *s, const struct chat *c, struct chat_asked *out)
{
	chat_asked_init(out, s->registry, &s->setup, &s->targets.list[0], c);
}

/* The picture as it is asked for. *ignored: a key that nobody reads, or NULL. */
static void count_picture(const struct served *s, const struct chat *c, struct chat_asked *asked,
			  const struct chat_picture *p, struct input *seen, struct count *out,
			  const char **ignored)
{
	const struct target *t = &s->targets.list[0];
	struct knobs k = s->setup.knobs;
	struct processor own = *t->processor;

	*ignored = chat_asks_apply(asked, s->registry, &s->setup, t, c, p, &k, &own);
	*seen = input_seen(&p->in, t->turning.turns);
	count_image(&own, s->setup.lens, &k, seen->width, seen->height, out, NULL);
}

/* ------------------------------------------------------------ rows of pictures */

static const struct flow_column picture_columns[] = {
	{"request", -12},      {"message", 7},         {"part", 4},          {"source", -32},
	{"model", -20},        {"width", 6},           {"height", 6},        {"status", -6},
	{"visual_tokens", 13}, {"special_tokens", 14}, {"total_tokens", 12}, {"resized_w", 9},
	{"resized_h", 9},      {"tiles", 5},           {"error", -20},       {"input", -20},
};

static void int_or_none(struct flow *f, int64_t n, bool has)
{
	if (has)
		flow_int(f, n);
	else
		flow_text(f, NULL);
}

static void put_counts(struct flow *f, const struct count *c)
{
	bool fine = c && !c->refused;

	int_or_none(f, fine ? c->visual : 0, fine);
	int_or_none(f, fine ? c->special : 0, fine && c->has_special);
	int_or_none(f, fine ? c->total : 0, fine && c->has_special);
	int_or_none(f, fine ? c->resized_w : 0, fine && c->resized_w > 0);
	int_or_none(f, fine ? c->resized_h : 0, fine && c->resized_w > 0);
	int_or_none(f, fine ? c->tiles : 0, fine && c->tiles > 0);
}

static void put_picture(struct run *run, const char *id, const struct chat *c,
			struct chat_asked *asked, const struct chat_picture *p,
			const struct served *s, const char *why)
{
	struct flow *f = &run->flow;
	struct input seen = {0};
	struct count n = {0};
	const char *ignored = NULL, *fault = *p->why ? p->why : s ? NULL : why;
	char text[REFUSAL_TEXT];

	if (!fault)
		count_picture(s, c, asked, p, &seen, &n, &ignored);
	if (!fault && n.refused)
		fault = refusal_text(n.refused, &n.facts, text);
	run->has_failed |= fault != NULL;
	flow_text(f, id);
	int_or_none(f, p->message, p->message >= 0);
	int_or_none(f, p->part, p->part >= 0);
	flow_text(f, p->source);
	flow_text(f, s ? s->targets.list[0].name : c->model);
	int_or_none(f, seen.width, seen.width > 0);
	int_or_none(f, seen.height, seen.width > 0);
	flow_text(f, fault ? "error" : "ok");
	put_counts(f, fault ? NULL : &n);
	flow_text(f, fault ? fault : ignored);
	flow_text(f, p->source);
}

/* ------------------------------------------------------------ rows of requests */

static const struct flow_column request_columns[] = {
	{"request", -12},       {"model", -20},      {"images", 6},          {"visual_tokens", 13},
	{"special_tokens", 14}, {"text_tokens", 11}, {"text_estimated", 14}, {"total_tokens", 12},
	{"limit", 8},           {"used_share", 10},  {"price_usd", 10},      {"status", -6},
	{"error", -20},
};

struct sums {
	int64_t visual, special;
	const char *fault; /* of the first picture that has one */
	char room[REFUSAL_TEXT];
};

static void add_pictures(const struct served *s, const struct chat *c, struct sums *sums)
{
	struct chat_asked asked;

	ask(s, c, &asked);
	for (size_t i = 0; i < c->n; i++) {
		const char *ignored;
		struct input seen;
		struct count n;

		if (*c->pictures[i].why) {
			sums->fault = sums->fault ? sums->fault : c->pictures[i].why;
			continue;
		}
		count_picture(s, c, &asked, &c->pictures[i], &seen, &n, &ignored);
		if (n.refused) {
			if (!sums->fault)
				sums->fault = refusal_text(n.refused, &n.facts, sums->room);
			continue;
		}
		sums->visual += n.visual;
		sums->special += n.special;
	}
}

static int64_t limit_of(const struct served *s)
{
	struct setup setup = s->setup;
	struct estimate e;

	setup.width = setup.height = 64;
	estimate_steps(&setup, 0, &e);
	return e.context.limit;
}

/* USD of the prompt; negative: no price is known. */
static double price_of(const struct served *s, int64_t images, int64_t text)
{
	const struct setup *setup = &s->setup;
	struct price own = {.input = setup->price_usd};
	const struct price *p = setup->price_usd > 0 ? &own
				: setup->model       ? setup->model->price
						     : NULL;
	struct price_rates rates = price_rates(p, images + text);
	double image = rates.image > 0 ? rates.image : rates.input;

	return rates.input > 0 ? ((double)images * image + (double)text * rates.input) / 1e6 : -1;
}

static void put_request(struct run *run, const char *id, const struct chat *c,
			const struct served *s, const char *why)
{
	struct flow *f = &run->flow;
	struct sums sums = {.fault = s ? NULL : why};
	bool is_estimated;
	int64_t text = chat_text_tokens(run->o, c, &is_estimated);

	if (s)
		add_pictures(s, c, &sums);
	int64_t images = sums.visual + sums.special, total = images + text;
	int64_t limit = s ? limit_of(s) : 0;
	int64_t output = chat_output_tokens(run->o, c);
	double usd = s ? price_of(s, images, text) : -1;

	run->has_failed |= sums.fault != NULL;
	flow_text(f, id);
	flow_text(f, s ? s->targets.list[0].name : c->model);
	flow_int(f, (int64_t)c->n);
	int_or_none(f, sums.visual, !sums.fault);
	int_or_none(f, sums.special, !sums.fault);
	flow_int(f, text);
	flow_int(f, is_estimated);
	int_or_none(f, total, !sums.fault);
	int_or_none(f, limit, limit > 0);
	if (limit > 0 && !sums.fault)
		flow_number(f, (double)(total + output) / (double)limit);
	else
		flow_text(f, NULL);
	if (usd >= 0 && !sums.fault)
		flow_number(f, usd);
	else
		flow_text(f, NULL);
	flow_text(f, sums.fault ? "error" : "ok");
	flow_text(f, sums.fault);
}

/* ------------------------------------------------------------ all */

/* A line that could not be read is a row as well. */
static void put_broken(void *arg, const char *id, const char *why)
{
	struct run *run = arg;
	bool is_picture = run->rows == CHAT_PICTURES;
	size_t n = is_picture ? ARRAY_SIZE(picture_columns) : ARRAY_SIZE(request_columns);
	size_t status = is_picture ? 7 : 11, error = is_picture ? 14 : 12;

	run->has_failed = true;
	for (size_t i = 0; i < n; i++)
		flow_text(&run->flow, i == 0        ? id
				      : i == status ? "error"
				      : i == error  ? why
						    : NULL);
}

static void put_one(void *arg, const char *id, const struct chat *c)
{
	struct run *run = arg;
	struct vtok_error err = {0};
	const struct served *s = chat_models_find(&run->models, c->model, &err);

	if (run->rows == CHAT_REQUESTS) {
		put_request(run, id, c, s, err.text);
		return;
	}
	struct chat_asked asked = {0};

	if (s)
		ask(s, c, &asked);
	for (size_t i = 0; i < c->n; i++)
		put_picture(run, id, c, &asked, &c->pictures[i], s, err.text);
}

int chat_run(const struct options *o, struct registry *r, enum chat_rows rows)
{
	bool is_picture = rows == CHAT_PICTURES;
	struct vtok_error err = {0};
	struct run run = {.o = o, .rows = rows};
	int fd = -1, code;

	if (chat_models_init(&run.models, o, &served_kind, r, &err))
		fd = chat_batch_open(o, &err);
	if (fd < 0)
		code = cli_fail(&err);
	else
		code = chat_batch(
			o, fd,
			&(struct chat_work){&run, put_one, put_broken, &run.has_failed, &run.flow,
					    is_picture ? picture_columns : request_columns,
					    is_picture ? ARRAY_SIZE(picture_columns)
						       : ARRAY_SIZE(request_columns)});
	chat_models_fini(&run.models);
	return code;
}
