#include "cli/chat_run.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/chat.h"
#include "cli/cli.h"
#include "cli/flow.h"
#include "cli/setup.h"
#include "core/estimate.h"
#include "core/hosted.h"
#include "core/price.h"

enum { MODELS = 64 };

/* A model that requests name, looked up once. */
struct served {
	char name[CHAT_NAME];
	bool is_known; /* the registry has it, or it is that of -m */
	struct targets targets;
	struct setup setup;
	struct model room;
};

struct run {
	const struct options *o;
	const struct registry *r;
	struct served *models; /* MODELS of them, the oldest is dropped */
	size_t n, oldest;
	struct flow flow;
	bool has_failed;
};

/* ------------------------------------------------------------ models */

/* What --map NAME=ID makes of it. */
static const char *mapped(const struct options *o, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < o->maps.n; i++)
		if (strncmp(o->maps.items[i], name, n) == 0 && o->maps.items[i][n] == '=')
			return o->maps.items[i] + n + 1;
	return name;
}

static bool look_up(struct run *run, const char *name, struct served *s, struct vtok_error *err)
{
	struct options own = *run->o;
	const char *id = mapped(run->o, name);

	*s = (struct served){.is_known = false};
	str_format(s->name, sizeof(s->name), "%s", name);
	if (*name) {
		own.models = (struct text_list){.items = &id, .n = 1};
		own.all = false;
	}
	if (!targets_init(&s->targets, &own, run->r, err) ||
	    !setup_make(&own, run->r, &s->setup, err))
		return false;
	s->setup.price_usd = own.price_usd;
	setup_point(&s->setup, &s->targets.list[0], run->r, &s->room);
	s->is_known = true;
	return true;
}

static struct served *place_for(struct run *run)
{
	if (run->n < MODELS)
		return &run->models[run->n++];
	struct served *s = &run->models[run->oldest];

	run->oldest = (run->oldest + 1) % MODELS;
	targets_fini(&s->targets);
	return s;
}

static struct served *met(struct run *run, const char *name)
{
	for (size_t i = 0; i < run->n; i++)
		if (strcmp(run->models[i].name, name) == 0)
			return &run->models[i];
	return NULL;
}

/* The model that the body names where the registry knows it, else that of -m. NULL: neither is
 * there, err says why. */
static const struct served *served_by(struct run *run, const char *name, struct vtok_error *err)
{
	struct served *s = met(run, name);
	bool has_other = *name && run->o->models.n;

	if (s && (s->is_known || has_other))
		return s->is_known ? s : served_by(run, "", err);
	if (s)
		targets_fini(&s->targets);
	else
		s = place_for(run);
	if (look_up(run, name, s, err))
		return s;
	if (!has_other)
		return NULL;
	err->code = VTOK_OK;
	return served_by(run, "", err);
}

/* ------------------------------------------------------------ what a request asks for */

static int place_in(const char *const *names, const char *word)
{
	for (int i = 0; names[i]; i++)
		if (str_casecmp(names[i], word) == 0)
			return i;
	return -1;
}

/* "MEDIA_RESOLUTION_HIGH" */
static void apply_media(const char *word, struct knobs *k)
{
	static const char prefix[] = "MEDIA_RESOLUTION_";
	const char *own = str_starts(word, prefix) ? word + sizeof(prefix) - 1 : word;
	int at = *word ? place_in(media_names, own) : -1;

	if (at >= 0)
		k->media = (enum media_resolution)at;
}

static void apply_detail(const char *word, struct knobs *k)
{
	int at = *word ? place_in(detail_names, word) : -1;

	if (at >= 0)
		k->detail = (enum detail)at;
}

/* Who reads pixel limits in a part: LMDeploy, and transformers through qwen_vl_utils. vLLM, SGLang
 * and llama.cpp pass over them. */
static bool reads_parts(const struct setup *s)
{
	return s->engine && (strcmp(s->engine->id, "lmdeploy") == 0 ||
			     strcmp(s->engine->id, "transformers") == 0);
}

static void apply_pixels(const struct chat_asks *a, struct knobs *k)
{
	if (a->max_pixels)
		k->max_pixels = a->max_pixels;
	if (a->min_pixels)
		k->min_pixels = a->min_pixels;
}

/* The picture as it is asked for. *ignored: a key that nobody reads, or NULL. */
static void count_picture(const struct served *s, const struct chat *c,
			  const struct chat_picture *p, struct input *seen, struct count *out,
			  const char **ignored)
{
	const struct target *t = &s->targets.list[0];
	struct knobs k = s->setup.knobs;
	struct processor own = *t->processor;
	bool reads = reads_parts(&s->setup), is_hosted = target_vendor(t) != NULL;
	int32_t most = reads && p->asks.max_patch ? p->asks.max_patch : c->asks.max_patch;

	*ignored = NULL;
	apply_detail(p->asks.detail, &k);
	apply_media(*p->asks.media ? p->asks.media : c->asks.media, &k);
	if (!is_hosted)
		apply_pixels(&c->asks, &k);
	if (reads && !is_hosted)
		apply_pixels(&p->asks, &k);
	else if (p->asks.max_pixels || p->asks.min_pixels)
		*ignored = "unenforced: pixel limits in a part are not read";
	if (most && own.max_tiles && !is_hosted)
		own.max_tiles = most;
	k.images = c->n < 1000 ? (int32_t)c->n : 1000;
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
			const struct chat_picture *p, const struct served *s, const char *why)
{
	struct flow *f = &run->flow;
	struct input seen = {0};
	struct count n = {0};
	const char *ignored = NULL, *fault = *p->why ? p->why : s ? NULL : why;
	char text[REFUSAL_TEXT];

	if (!fault)
		count_picture(s, c, p, &seen, &n, &ignored);
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

/* Without a tokenizer: four bytes of ASCII, three of other writing. */
static int64_t text_tokens(const struct run *run, const struct chat *c, bool *is_estimated)
{
	*is_estimated = !options_given(run->o, "text");
	if (!*is_estimated)
		return run->o->knobs[KNOB_TEXT].number;
	return (int64_t)ceil((double)c->text_ascii / 4 + (double)c->text_other / 3);
}

struct sums {
	int64_t visual, special;
	const char *fault; /* of the first picture that has one */
	char room[REFUSAL_TEXT];
};

static void add_pictures(const struct served *s, const struct chat *c, struct sums *sums)
{
	for (size_t i = 0; i < c->n; i++) {
		const char *ignored;
		struct input seen;
		struct count n;

		if (*c->pictures[i].why) {
			sums->fault = sums->fault ? sums->fault : c->pictures[i].why;
			continue;
		}
		count_picture(s, c, &c->pictures[i], &seen, &n, &ignored);
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
	int64_t text = text_tokens(run, c, &is_estimated);

	if (s)
		add_pictures(s, c, &sums);
	int64_t images = sums.visual + sums.special, total = images + text;
	int64_t limit = s ? limit_of(s) : 0;
	int64_t output = c->output >= 0 ? c->output : run->o->knobs[KNOB_RESERVE].number;
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
static void put_bad(struct run *run, const char *id, const char *why, enum chat_rows rows)
{
	bool is_picture = rows == CHAT_PICTURES;
	size_t n = is_picture ? ARRAY_SIZE(picture_columns) : ARRAY_SIZE(request_columns);
	size_t status = is_picture ? 7 : 11, error = is_picture ? 14 : 12;

	run->has_failed = true;
	for (size_t i = 0; i < n; i++)
		flow_text(&run->flow, i == 0        ? id
				      : i == status ? "error"
				      : i == error  ? why
						    : NULL);
}

static void put_one(struct run *run, const struct chat_reader *reader, enum chat_rows rows)
{
	const struct chat *c = &reader->chat;
	struct vtok_error err = {0};
	const struct served *s = served_by(run, c->model, &err);
	char number[STR_NUMBER];
	const char *id = *c->id ? c->id : str_decimal(number, reader->lines);

	if (rows == CHAT_REQUESTS) {
		put_request(run, id, c, s, err.text);
		return;
	}
	for (size_t i = 0; i < c->n; i++)
		put_picture(run, id, c, &c->pictures[i], s, err.text);
}

static bool run_all(struct run *run, int fd, enum chat_rows rows, struct vtok_error *err)
{
	struct chat_reader reader;
	struct vtok_error fault;
	enum chat_read read;
	char number[STR_NUMBER];

	if (!chat_init(&reader, fd, run->o->max_line)) {
		chat_fini(&reader);
		return error_memory(err);
	}
	fault.code = VTOK_OK;
	while (!run->flow.out->error && (read = chat_next(&reader, &fault)) != CHAT_END) {
		if (read == CHAT_READ)
			put_one(run, &reader, rows);
		else
			put_bad(run, str_decimal(number, reader.lines), fault.text, rows);
		fault.code = VTOK_OK;
	}
	if (reader.pull.error)
		error_path(err, VTOK_E_INPUT, run->o->request, "%s", strerror(reader.pull.error));
	else if (!reader.lines)
		error_path(err, VTOK_E_INPUT, run->o->request, "no request: it is empty");
	chat_fini(&reader);
	return !err->code;
}

static int write_all(struct run *run, int fd, enum chat_rows rows)
{
	struct vtok_error err = {0};
	struct out out;

	if (!out_init(&out, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	if (rows == CHAT_PICTURES)
		flow_begin(&run->flow, &out, options_format(run->o), !run->o->no_header,
			   picture_columns, ARRAY_SIZE(picture_columns));
	else
		flow_begin(&run->flow, &out, options_format(run->o), !run->o->no_header,
			   request_columns, ARRAY_SIZE(request_columns));
	bool fine = run_all(run, fd, rows, &err);

	flow_end(&run->flow);
	int code = out_finish(&out, run->has_failed ? VTOK_E_INPUT : VTOK_OK);
	out_fini(&out);
	return fine ? code : cli_fail(&err);
}

int chat_run(const struct options *o, const struct registry *r, enum chat_rows rows)
{
	struct vtok_error err = {0};
	struct run run = {.o = o, .r = r, .models = calloc(MODELS, sizeof(*run.models))};
	bool is_stdin = strcmp(o->request, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(o->request, O_RDONLY | O_CLOEXEC), code;

	if (o->inputs.n)
		error_set(&err, VTOK_E_USAGE, "--request has the pictures: no inputs beside it");
	else if (fd < 0)
		error_path(&err, VTOK_E_INPUT, o->request, "%s", strerror(errno));
	else if (!run.models)
		error_memory(&err);
	code = err.code ? cli_fail(&err) : write_all(&run, fd, rows);
	for (size_t i = 0; i < run.n; i++)
		targets_fini(&run.models[i].targets);
	free(run.models);
	if (fd > STDIN_FILENO)
		close(fd);
	return code;
}
