#include "cli/chat.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/hash.h"
#include "base/str.h"
#include "cli/chat_keys.h"
#include "cli/chat_pictures.h"
#include "core/usual.h"

enum {
	KEY = 40, /* bytes of a key that are looked at */
	HEAD_CHARS = CHAT_HEAD_MOST / 3 * 4 + 128,
};

/* What one object says beside the pictures in it. */
struct scope {
	size_t first, first_key; /* of its pictures and keys */
	char type[KEY];
	struct chat_asks asks;
	int64_t width, height; /* of a part that says the size */
	uint64_t uuid;         /* 0 = none */
	bool has_null;         /* a picture that was sent before */
};

/* Where the reader is: the key of the value at hand, that of what holds it, and what the object
 * that it stands in says. */
struct where {
	char key[KEY]; /* "" = in an array */
	const struct where *up;
	struct scope *scope;
};

bool chat_init(struct chat_reader *r, int fd, int64_t line_most)
{
	*r = (struct chat_reader){.uuids = calloc(CHAT_UUIDS, sizeof(*r->uuids)),
				  .bytes = malloc(CHAT_HEAD_MOST)};
	return pull_init(&r->pull, fd, HEAD_CHARS, line_most) && r->uuids && r->bytes;
}

void chat_fini(struct chat_reader *r)
{
	pull_fini(&r->pull);
	free(r->chat.pictures);
	free(r->chat.keys.list);
	free(r->uuids);
	free(r->bytes);
	*r = (struct chat_reader){0};
}

/* ------------------------------------------------------------ words */

static bool is_one_of(const char *key, const char *words)
{
	return *key && str_has_word(words, key);
}

/* The key of the object or array that holds the value at hand. */
static const char *holder(const struct where *w)
{
	for (w = w->up; w; w = w->up)
		if (*w->key)
			return w->key;
	return "";
}

/* The key of the value, or of the array that it is an element of. */
static const char *name_of(const struct where *w)
{
	for (; w; w = w->up)
		if (*w->key)
			return w->key;
	return "";
}

static bool is_below(const struct where *w, const char *words)
{
	for (; w; w = w->up)
		if (is_one_of(w->key, words))
			return true;
	return false;
}

/* ------------------------------------------------------------ values */

static bool text(struct chat_reader *r, bool has_pictures)
{
	int64_t other = pull_other(&r->pull), taken = 0;

	if (has_pictures && !chat_markdown(r, &taken))
		return false;
	int64_t ascii = r->pull.bytes - other - taken;

	/* other writing inside an address was taken with it, and counts as text all the same */
	r->chat.text_ascii += ascii > 0 ? ascii : 0;
	r->chat.text_other += other;
	if (!taken)
		r->chat.text_base64 += chat_pasted(&r->pull);
	return true;
}

/* A number, a truth or a word, as a key that a server may read. */
static bool add_key(struct chat_reader *r, const struct where *w, const char *word)
{
	const char *path[CHAT_PATH_MOST];
	size_t n = 0;

	if (!*w->key || r->in_tools)
		return true;
	for (; w && n < CHAT_PATH_MOST; w = w->up)
		if (*w->key)
			path[n++] = w->key;
	for (size_t i = 0; i < n / 2; i++) {
		const char *other = path[i];

		path[i] = path[n - 1 - i];
		path[n - 1 - i] = other;
	}
	if (chat_keys_add(&r->chat.keys, path, n, word))
		return true;
	r->pull.fault = "out of memory";
	return false;
}

static void copy(char *out, size_t size, const struct pull *p)
{
	str_format(out, size, "%s", p->text);
}

/* Strings that are said of the request. */
static bool body_string(struct chat_reader *r, const struct where *w)
{
	const char *key = w->key, *in = holder(w);
	bool is_body = !*in || is_one_of(in, "body params request");
	struct chat *c = &r->chat;

	if (!*in && is_one_of(key, "custom_id key"))
		copy(c->id, sizeof(c->id), &r->pull);
	else if (is_body && strcmp(key, "model") == 0)
		copy(c->model, sizeof(c->model), &r->pull);
	else if (strcmp(key, "mediaResolution") == 0 || strcmp(key, "media_resolution") == 0)
		copy(c->asks.media, sizeof(c->asks.media), &r->pull);
	else
		return false;
	return true;
}

/* Gemini's {"mediaResolution":{"level":...}} is of the part around it, where the picture is. */
static void copy_level(const struct where *w, const struct pull *p)
{
	struct chat_asks *asks = &w->up->scope->asks;

	copy(asks->media, sizeof(asks->media), p);
}

static const char no_pixels[] = "embeddings or an object of a program: no picture, no size";

static bool on_string(struct chat_reader *r, const struct where *w, struct scope *s)
{
	static const char remote_file[] = "a file at the vendor: its size is not known here";
	const char *key = w->key, *in = holder(w), *name = name_of(w);

	if (r->pull.text_len < CHAT_WORD && !add_key(r, w, r->pull.text))
		return false;
	if (body_string(r, w))
		return true;
	if (strcmp(key, "type") == 0)
		copy(s->type, sizeof(s->type), &r->pull);
	else if (strcmp(key, "detail") == 0)
		copy(s->asks.detail, sizeof(s->asks.detail), &r->pull);
	else if (strcmp(key, "level") == 0 && is_one_of(in, "mediaResolution media_resolution"))
		copy_level(w, &r->pull);
	else if (strcmp(key, "uuid") == 0)
		s->uuid = hash_bytes(HASH_START, r->pull.text, r->pull.text_len) | 1;
	else if (is_one_of(key, "file_id") || is_one_of(key, "fileUri file_uri"))
		return chat_not_fetched(r, r->pull.text, remote_file);
	else if (strcmp(key, "uri") == 0 && is_one_of(in, "s3Location"))
		return chat_not_fetched(r, r->pull.text, "remote picture: not fetched");
	else if (is_one_of(key, "video_url video"))
		return chat_no_size(r, "", "a video: vtok count --video counts its tokens");
	else if ((is_one_of(key, "url") && is_one_of(in, "image_url source")) ||
		 is_one_of(name, "image_url image images image_data"))
		return chat_picture_value(r, false);
	else if (is_one_of(key, "data") && is_one_of(in, "source inlineData inline_data"))
		return chat_picture_value(r, true);
	else if ((is_one_of(key, "bytes") && is_one_of(in, "source")) ||
		 is_one_of(name, "multimodal_data"))
		return chat_picture_value(r, true);
	else if (is_one_of(key, "image_embeds image_pil"))
		return chat_no_size(r, "", no_pixels);
	else if (r->in_tools || is_one_of(name, "text content system prompt input inputs value "
						"instructions prompt_string"))
		return text(r, strcmp(name, "inputs") == 0);
	return true;
}

static void on_number(struct chat_reader *r, const struct where *w, struct scope *s)
{
	const char *key = w->key;
	bool is_body = is_below(w, "mm_processor_kwargs");
	struct chat_asks *asks = is_body ? &r->chat.asks : &s->asks;
	double v;

	if (!str_num(r->pull.text, &v) || !(v >= 0) || v > 1e15)
		return;
	int64_t n = (int64_t)v;

	if (is_one_of(key, "max_pixels") || (is_body && is_one_of(key, "longest_edge")))
		asks->max_pixels = n;
	else if (is_one_of(key, "min_pixels") || (is_body && is_one_of(key, "shortest_edge")))
		asks->min_pixels = n;
	else if (is_one_of(key, "max_dynamic_patch"))
		asks->max_patch = n > 1000 ? 1000 : (int32_t)n;
	else if (is_one_of(key, "resized_width width") && n >= 1 && n <= SIDE_MAX)
		s->width = n;
	else if (is_one_of(key, "resized_height height") && n >= 1 && n <= SIDE_MAX)
		s->height = n;
	else if (is_one_of(key,
			   "max_tokens max_completion_tokens max_output_tokens maxOutputTokens "
			   "maxTokens num_predict max_new_tokens"))
		r->chat.output = n;
}

/* ------------------------------------------------------------ objects */

static void merge_asks(struct chat_asks *into, const struct chat_asks *from)
{
	if (!into->max_pixels)
		into->max_pixels = from->max_pixels;
	if (!into->min_pixels)
		into->min_pixels = from->min_pixels;
	if (!into->max_patch)
		into->max_patch = from->max_patch;
	if (!*into->detail)
		memcpy(into->detail, from->detail, sizeof(into->detail));
	if (!*into->media)
		memcpy(into->media, from->media, sizeof(into->media));
}

static void set_size(struct chat_picture *p, int64_t width, int64_t height)
{
	p->in = (struct input){.width = width,
			       .height = height,
			       .stored_w = width,
			       .stored_h = height,
			       .orientation = 1};
	*p->why = '\0';
}

/* A document in place of a picture: what one of Anthropic's says itself, not where its bytes are.
 */
static bool is_document(const struct scope *s, const struct where *of)
{
	return is_one_of(s->type, "document input_file file") && strcmp(of->key, "source") != 0;
}

/* What the object says goes to the pictures in it. of: the key of the object itself. */
static bool end_object(struct chat_reader *r, const struct where *of, const struct scope *s)
{
	static const char document[] = "a document: its pages are not counted in a request";
	struct chat *c = &r->chat;

	if (s->has_null && s->uuid && c->n == s->first && !chat_recall(r, s->uuid))
		return false;
	if (is_document(s, of) && c->n == s->first && !chat_no_size(r, "", document))
		return false;
	chat_keys_end(&c->keys, s->first_key, s->first, c->n);
	for (size_t i = s->first; i < c->n; i++) {
		struct chat_picture *p = &c->pictures[i];

		merge_asks(&p->asks, &s->asks);
		if (s->width && s->height)
			set_size(p, s->width, s->height);
		if (is_document(s, of))
			str_format(p->why, CHAT_WHY, "%s", document);
	}
	if (s->uuid && c->n == s->first + 1 && !*c->pictures[s->first].why)
		chat_remember(r, s->uuid, &c->pictures[s->first].in);
	return true;
}

static bool on_value(struct chat_reader *r, enum pull_token token, const struct where *w,
		     struct scope *s);

static bool walk_object(struct chat_reader *r, const struct where *up)
{
	struct scope s = {.first = r->chat.n, .first_key = r->chat.keys.n};
	struct where w = {.up = up, .scope = &s};

	for (;;) {
		enum pull_token token = pull_next(&r->pull);

		if (token == PULL_OBJECT_END)
			return end_object(r, up, &s);
		if (token != PULL_KEY)
			return false;
		str_format(w.key, sizeof(w.key), "%s", r->pull.text);
		if (!on_value(r, pull_next(&r->pull), &w, &s))
			return false;
	}
}

static bool is_messages(const struct where *w)
{
	return is_one_of(w->key, "messages contents input conversations");
}

static bool is_parts(const struct where *w)
{
	return is_one_of(w->key, "content parts");
}

static bool walk_array(struct chat_reader *r, const struct where *up)
{
	struct scope s = {.first = r->chat.n, .first_key = r->chat.keys.n};
	struct where w = {.up = up, .scope = &s};
	bool has_messages = is_messages(up) && r->message_depth == 0,
	     has_parts = is_parts(up) && r->part_depth == 0;
	int *count = has_messages ? &r->message : has_parts ? &r->part : NULL;

	r->message_depth += has_messages;
	r->part_depth += has_parts;
	if (count)
		*count = -1;
	for (;;) {
		enum pull_token token = pull_next(&r->pull);

		if (token == PULL_ARRAY_END)
			break;
		if (count)
			++*count;
		if (!on_value(r, token, &w, &s))
			return false;
	}
	if (has_messages)
		r->chat.messages = r->message + 1;
	if (is_parts(up))
		chat_keys_drop(&r->chat.keys, s.first_key);
	if (count)
		*count = -1;
	r->message_depth -= has_messages;
	r->part_depth -= has_parts;
	return end_object(r, up, &s);
}

static bool on_value(struct chat_reader *r, enum pull_token token, const struct where *w,
		     struct scope *s)
{
	bool had_tools = r->in_tools, fine = true;

	if (is_messages(w) || is_one_of(w->key, "prompt inputs text"))
		r->chat.has_shape = true;
	r->in_tools = had_tools || is_one_of(w->key, "tools functions");
	switch (token) {
	case PULL_STRING:
		fine = on_string(r, w, s);
		break;
	case PULL_NUMBER:
		on_number(r, w, s);
		fine = add_key(r, w, r->pull.text);
		break;
	case PULL_NULL:
		s->has_null = s->has_null || is_one_of(w->key, "image_url");
		break;
	case PULL_OBJECT:
		if (is_one_of(w->key, "video_url input_audio"))
			fine = chat_no_size(r, "", "a video or a sound: not a picture") &&
			       pull_skip(&r->pull);
		else if (is_one_of(w->key, "image_embeds image_pil"))
			fine = chat_no_size(r, "", no_pixels) && pull_skip(&r->pull);
		else
			fine = walk_object(r, w);
		break;
	case PULL_ARRAY:
		if (is_one_of(w->key, "video"))
			fine = chat_no_size(r, "",
					    "a video: vtok count --video counts its tokens") &&
			       pull_skip(&r->pull);
		else if (is_one_of(w->key, "image_embeds"))
			fine = chat_no_size(r, "", no_pixels) && pull_skip(&r->pull);
		else
			fine = walk_array(r, w);
		break;
	case PULL_TRUE:
	case PULL_FALSE:
		fine = add_key(r, w, token == PULL_TRUE ? "true" : "false");
		break;
	default:
		fine = false;
	}
	r->in_tools = had_tools;
	return fine;
}

/* ------------------------------------------------------------ public */

static void clear(struct chat_reader *r)
{
	struct chat *c = &r->chat;

	*c = (struct chat){
		.pictures = c->pictures,
		.room = c->room,
		.keys = {.list = c->keys.list, .room = c->keys.room},
		.output = -1,
	};
	r->message = r->part = -1;
	r->message_depth = r->part_depth = 0;
	r->in_tools = false;
}

static enum chat_read broken(struct chat_reader *r, const char *why, struct vtok_error *err)
{
	err->code = VTOK_OK;
	error_set(err, VTOK_E_INPUT, "%s", why);
	pull_next_line(&r->pull);
	return CHAT_BAD;
}

enum chat_read chat_next(struct chat_reader *r, struct vtok_error *err)
{
	const struct where top = {.up = NULL};

	clear(r);
	r->pull.by_lines = r->lines > 0; /* a second value: JSONL */
	enum pull_token token = pull_next(&r->pull);

	if (r->pull.error) {
		err->code = VTOK_OK;
		error_set(err, VTOK_E_INPUT, "%s", strerror(r->pull.error));
		return CHAT_END;
	}
	if (token == PULL_END)
		return CHAT_END;
	r->lines++;
	if (token == PULL_OBJECT) {
		if (!walk_object(r, &top))
			return broken(r, r->pull.fault, err);
		r->chat.bytes = r->pull.read + (int64_t)r->pull.at - r->pull.line_start;
		if (r->chat.has_shape || r->chat.n)
			return CHAT_READ;
		err->code = VTOK_OK;
		error_set(err, VTOK_E_INPUT,
			  "no chat request: no messages, contents, input or prompt");
		return CHAT_BAD;
	}
	if (token == PULL_BAD)
		return broken(r, r->pull.fault, err);
	if (token == PULL_ARRAY && !pull_skip(&r->pull))
		return broken(r, r->pull.fault, err);
	err->code = VTOK_OK;
	error_set(err, VTOK_E_INPUT, "a request is an object");
	return CHAT_BAD;
}
