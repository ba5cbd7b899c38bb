#include "cli/check_requests.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/chat_asks.h"
#include "cli/chat_batch.h"
#include "cli/chat_models.h"
#include "cli/check_rows.h"
#include "cli/checking.h"
#include "cli/cli.h"
#include "cli/flow.h"

enum {
	DERIVED_MOST = 8, /* keys that no client sends and rules read */
	SETTINGS_MOST = SERVER_WORDS_MOST + CHAT_KEYS_MOST + DERIVED_MOST,
};

struct work {
	const struct options *o;
	struct registry *r;
	struct chat_models models;
	struct flow flow;
	bool failed, has_said; /* the notes: once */

	/* of the request at hand */
	struct limit_image images[CHECK_IMAGES_MOST];
	struct limit_setting all[SETTINGS_MOST]; /* the server's, --client's, the body's; then a
						    picture's */
	struct limit_setting parts[CHAT_KEYS_MOST];
	char texts[DERIVED_MOST][STR_NUMBER];
};

/* ------------------------------------------------------------ models */

static bool make_checking(void *entry, const struct options *own, void *arg, struct vtok_error *err)
{
	struct work *w = arg;
	struct checking *c = entry;

	if (!checking_init(c, own, w->r, err))
		return false;
	if (!w->has_said)
		checking_notes(c);
	w->has_said = true;
	return true;
}

static void free_checking(void *entry)
{
	checking_fini(entry);
}

static const struct chat_model_kind kind = {sizeof(struct checking), make_checking, free_checking};

/* ------------------------------------------------------------ rows */

static const struct flow_column columns[] = {
	{"input", -12}, {"rule", -28}, {"verdict", -13}, {"value", 11},   {"limit", 11},
	{"unit", -7},   {"since", -7}, {"until", -7},    {"remedy", -40}, {"source", -40},
};

static void put_number(struct flow *f, double v)
{
	if (isnan(v))
		flow_text(f, NULL);
	else
		flow_number(f, v);
}

static void put_row(struct work *w, const struct check_row *r)
{
	struct flow *f = &w->flow;

	flow_text(f, r->input);
	flow_text(f, r->rule);
	flow_text(f, r->verdict);
	put_number(f, r->value);
	put_number(f, r->bound);
	flow_text(f, r->unit);
	flow_text(f, r->since);
	flow_text(f, r->until);
	flow_text(f, r->remedy);
	flow_text(f, r->source);
}

/* What could not be judged: the reason stands where a remedy would. */
static void put_error(struct work *w, const char *id, const char *why)
{
	struct check_row r = {
		.input = id,
		.rule = "-",
		.verdict = "error",
		.value = NAN,
		.bound = NAN,
		.remedy = why,
	};

	w->failed = true;
	put_row(w, &r);
}

/* ------------------------------------------------------------ settings */

static struct limit_setting setting_of(const struct chat_key *k)
{
	return (struct limit_setting){k->name, k->text, k->number};
}

static void add_word(struct work *w, size_t *n, const char *name, const char *word)
{
	w->all[(*n)++] = (struct limit_setting){name, word, NAN};
}

static void add_number(struct work *w, size_t *n, int which, const char *name, int64_t v)
{
	if (v > 0)
		w->all[(*n)++] =
			(struct limit_setting){name, str_decimal(w->texts[which], v), (double)v};
}

/* Pictures of the message that has the most. */
static int64_t most_of_message(const struct chat *c)
{
	int64_t most = 0, here = 0;

	for (size_t i = 0; i < c->n; i++) {
		here = i && c->pictures[i].message == c->pictures[i - 1].message ? here + 1 : 1;
		most = here > most ? here : most;
	}
	return most;
}

/* Who hosts Anthropic's models says so in the version of the API. */
static void add_host(struct work *w, size_t *n, const struct chat *c)
{
	static const char *const hosts[] = {"bedrock", "vertex"};

	for (size_t i = 0; i < c->keys.n; i++)
		for (size_t k = 0; k < ARRAY_SIZE(hosts); k++)
			if (strcmp(c->keys.list[i].name, "body:anthropic_version") == 0 &&
			    str_starts(c->keys.list[i].text, hosts[k])) {
				add_word(w, n, "body:host", hosts[k]);
				return; /* a key may come again and again */
			}
}

/* What holds for all pictures. What the request is made of comes first: a word of --client holds
 * before it; what the body sets itself comes last. */
static size_t set_settings(struct work *w, const struct checking *c, const struct chat *chat)
{
	size_t n = 0;
	bool is_remote = false;

	for (size_t i = 0; i < chat->n; i++)
		is_remote |= chat->pictures[i].is_remote;
	add_number(w, &n, 0, "body:messages", chat->messages);
	add_number(w, &n, 1, "body:images_per_message", most_of_message(chat));
	add_number(w, &n, 2, "body:base64_text_bytes", chat->text_base64 * 3 / 4);
	add_host(w, &n, chat);
	if (is_remote)
		add_word(w, &n, "body:source", "url");
	for (size_t i = 0; i < c->line.settings_n; i++)
		w->all[n++] = c->line.settings[i];
	for (size_t i = 0; i < chat->keys.n; i++)
		if (chat->keys.list[i].to == SIZE_MAX)
			w->all[n++] = setting_of(&chat->keys.list[i]);
	return n;
}

/* ------------------------------------------------------------ pictures */

static bool is_alike(const struct limit_image *a, const struct limit_image *b)
{
	return a->width == b->width && a->height == b->height && a->format == b->format &&
	       a->has_file == b->has_file && a->file_bytes == b->file_bytes &&
	       a->is_animated == b->is_animated && a->settings_n == 0 && b->settings_n == 0;
}

/* The keys of one picture's part, at the end of w->all too, where they hold before all others.
 * *at: those of pictures before it are passed over; parts: so many of w->parts are taken, and no
 * more than there is room for are added. */
static size_t set_part(struct work *w, const struct chat *chat, size_t picture, size_t all_n,
		       size_t *at, size_t parts)
{
	size_t n = 0;

	while (*at < chat->keys.n &&
	       (chat->keys.list[*at].to == SIZE_MAX || chat->keys.list[*at].to <= picture))
		(*at)++;
	for (size_t i = *at; i < chat->keys.n && chat->keys.list[i].from <= picture; i++) {
		const struct chat_key *k = &chat->keys.list[i];

		if (k->to == SIZE_MAX || k->to <= picture || parts + n == CHAT_KEYS_MOST ||
		    all_n + n >= SETTINGS_MOST)
			continue;
		w->all[all_n + n] = w->parts[parts + n] = setting_of(k);
		n++;
	}
	return n;
}

/* One picture, counted as its part asks for. False: it asks for a level that there is not. */
static bool set_image(struct work *w, const struct checking *c, const struct check_request *q,
		      const struct chat *chat, size_t i, size_t all_n, struct limit_image *out,
		      struct vtok_error *err)
{
	const struct chat_picture *p = &chat->pictures[i];
	struct input seen = input_seen(&p->in, c->targets.list[0].turning.turns);
	struct knobs k = q->setup.knobs;
	struct processor own;

	out->many = 1;
	out->visual = out->reference = -1;
	if (*p->why)
		return true;
	if (c->judged.vendor && !checking_level(out->settings, out->settings_n, &k, err))
		return false;
	out->width = seen.width;
	out->height = seen.height;
	out->has_file = p->in.file_bytes > 0;
	out->is_animated = p->is_animated;
	out->format = p->in.format;
	out->file_bytes = p->in.file_bytes;
	out->detail = detail_names[k.detail];
	out->media = media_names[k.media];
	if (out->settings_n)
		checking_part(c, q, w->all, all_n + out->settings_n, &own);
	limit_image_count(&q->judged, out->settings_n ? &own : q->judged.request, &k,
			  (int64_t)chat->n, out);
	return true;
}

/* Those that are alike are judged as one. Returns how many; -1 with err set. */
static int64_t set_images(struct work *w, const struct checking *c, const struct check_request *q,
			  const struct chat *chat, size_t all_n, struct vtok_error *err)
{
	size_t n = 0, at = 0, parts = 0;

	for (size_t i = 0; i < chat->n; i++) {
		struct limit_image *out = &w->images[n];
		struct limit_image *before = n ? &w->images[n - 1] : NULL;

		*out = (struct limit_image){.settings = w->parts + parts};
		out->settings_n = set_part(w, chat, i, all_n, &at, parts);
		if (!set_image(w, c, q, chat, i, all_n, out, err))
			return -1;
		parts += out->settings_n;
		if (before && is_alike(before, out))
			before->many++;
		else if (++n == CHECK_IMAGES_MOST) {
			error_set(err, VTOK_E_INPUT, "pictures that change more than %d times",
				  CHECK_IMAGES_MOST - 2);
			return -1;
		}
	}
	return (int64_t)n;
}

/* ------------------------------------------------------------ a request */

/* Pictures whose size nobody knows: what follows from all of them cannot be told. */
static void put_unknown(struct work *w, const char *id, const struct chat *chat)
{
	const struct chat_picture *first = NULL;
	char text[CHAT_WHY + CHAT_SOURCE + 80];
	size_t unknown = 0;

	for (size_t i = 0; i < chat->n; i++) {
		if (!*chat->pictures[i].why)
			continue;
		first = first ? first : &chat->pictures[i];
		unknown++;
	}
	if (!first)
		return;
	str_format(text, sizeof(text), "%zu of %zu pictures without a size: %s%s%s", unknown,
		   chat->n, first->source, *first->source ? ": " : "", first->why);
	put_error(w, id, text);
}

static void judge(struct work *w, const char *id, const struct limit_case *c)
{
	struct limit_row rows[LIMIT_ROWS];
	struct check_row row;
	size_t found = limit_rows(w->r->limits, w->r->limits_n, c, rows);

	for (size_t i = 0; i < found; i++) {
		check_row_make(id, &rows[i], c, &row);
		put_row(w, &row);
		w->failed |= check_row_fails(rows[i].verdict, w->o->strict);
	}
	if (found == 0) {
		check_row_make(id, NULL, c, &row);
		put_row(w, &row);
	}
}

static bool check_one(struct work *w, const char *id, const struct chat *chat,
		      struct vtok_error *err)
{
	struct checking *c = chat_models_find(&w->models, chat->model, err);
	struct check_request q;
	bool is_estimated;

	if (!c)
		return false;
	if (chat->keys.has_more)
		return error_set(err, VTOK_E_INPUT, "it sets more than %d keys", CHAT_KEYS_MOST);
	size_t n = set_settings(w, c, chat);

	if (!checking_request(c, w->all, n, &q, err))
		return false;
	q.setup.images = (int64_t)chat->n;
	/* what is pasted in base64 has a rule of its own */
	struct chat text = *chat;

	text.text_ascii -= text.text_base64 < text.text_ascii ? text.text_base64 : text.text_ascii;
	q.setup.text_tokens = chat_text_tokens(w->o, &text, &is_estimated);
	q.setup.reserve_tokens = chat_output_tokens(w->o, chat);
	q.judged.request_bytes = chat->bytes;
	int64_t images = set_images(w, c, &q, chat, n, err);

	if (images < 0)
		return false;
	q.judged.images = w->images;
	q.judged.images_n = (size_t)images;
	put_unknown(w, id, chat);
	judge(w, id, &q.judged);
	return true;
}

static void take_request(void *arg, const char *id, const struct chat *chat)
{
	struct vtok_error err = {0};

	if (!check_one(arg, id, chat, &err))
		put_error(arg, id, err.text);
}

static void take_broken(void *arg, const char *id, const char *why)
{
	put_error(arg, id, why);
}

/* ------------------------------------------------------------ all */

int check_requests(const struct options *o, struct registry *r)
{
	struct vtok_error err = {0};
	struct work *w = calloc(1, sizeof(*w));
	int fd = -1, code;

	if (!w) {
		error_memory(&err);
		return cli_fail(&err);
	}
	w->o = o;
	w->r = r;
	fd = chat_batch_open(o, &err);
	if (fd < 0 || !chat_models_init(&w->models, o, &kind, w, &err))
		code = cli_fail(&err);
	else
		code = chat_batch(o, fd,
				  &(struct chat_work){w, take_request, take_broken, &w->failed,
						      &w->flow, columns, ARRAY_SIZE(columns)});
	chat_models_fini(&w->models);
	free(w);
	return code;
}
