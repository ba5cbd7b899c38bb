#include "cli/chat_keys.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"

/* Members that hold what the request says, or say what it is: nothing is set by them. */
static const char no_settings[] =
	"type role name text content data url uri uuid id file_id image images input prompt system "
	"instructions value inputs model custom_id key method media_type mimeType mime_type "
	"filename title from";
static const char contents[] =
	"messages contents input conversations prompt inputs system instructions tools functions";
static const char wrappers[] = "body params request";

/* ------------------------------------------------------------ places */

/* Joins the members with dots. False: there is none, or the name is too long to be one. */
static bool put_name(char out[CHAT_KEY], const char *place, const char *const *path, size_t n)
{
	size_t len = strlen(place);

	for (size_t i = 0; i < n; i++)
		len += strlen(path[i]) + 1;
	if (n == 0 || len >= CHAT_KEY)
		return false;
	str_format(out, CHAT_KEY, "%s", place);
	for (size_t i = 0; i < n; i++)
		str_append(out, CHAT_KEY, "%s%s", i ? "." : "", path[i]);
	return true;
}

/* Behind the last of some members; 0: none of them is there. */
static size_t behind(const char *const *path, size_t n, const char *words)
{
	for (; n > 0; n--)
		if (str_has_word(words, path[n - 1]))
			return n;
	return 0;
}

/* *is_part: it is said of pictures. */
static bool name_of(const char *const *path, size_t n, char out[CHAT_KEY], bool *is_part)
{
	*is_part = false;
	if (n > 1 && str_has_word(wrappers, path[0]))
		path++, n--;
	if (n > 1 && strcmp(path[0], "extra_body") == 0)
		path++, n--;
	if (n > 1 && strcmp(path[0], "mm_processor_kwargs") == 0)
		return put_name(out, "kwargs:", path + 1, n - 1);
	if (!str_has_word(contents, path[0]))
		return put_name(out, "body:", path, n);
	size_t in_url = behind(path, n, "image_url"), in_part = behind(path, n, "content parts");

	*is_part = true;
	if (in_url > in_part)
		return put_name(out, "url:", path + in_url, n - in_url);
	/* the parts of OpenAI's responses stand in the input itself */
	if (!in_part && n > 1 && strcmp(path[0], "input") == 0)
		in_part = 1;
	return in_part > 0 && put_name(out, "part:", path + in_part, n - in_part);
}

/* ------------------------------------------------------------ keys */

static struct chat_key *new_key(struct chat_keys *c)
{
	if (c->n == c->room) {
		size_t room = c->room ? 2 * c->room : 32;
		struct chat_key *more = realloc(c->list, room * sizeof(*more));

		if (!more)
			return NULL;
		c->list = more;
		c->room = room;
	}
	return &c->list[c->n++];
}

static double number_of(const char *text)
{
	double v;

	if (strcmp(text, "true") == 0)
		return 1;
	if (strcmp(text, "false") == 0)
		return 0;
	return str_num(text, &v) ? v : NAN;
}

static bool put(struct chat_keys *c, const char *name, const char *text, bool is_part)
{
	struct chat_key *k = c->n < CHAT_KEYS_MOST ? new_key(c) : NULL;

	if (!k) {
		c->has_more = c->n >= CHAT_KEYS_MOST;
		return c->has_more;
	}
	*k = (struct chat_key){.number = number_of(text), .to = is_part ? 0 : SIZE_MAX};
	str_format(k->name, CHAT_KEY, "%s", name);
	str_format(k->text, CHAT_WORD, "%s", text);
	return true;
}

bool chat_keys_add(struct chat_keys *c, const char *const *path, size_t n, const char *text)
{
	char name[CHAT_KEY];
	bool is_part;

	if (n == 0 || strlen(text) >= CHAT_WORD || str_has_word(no_settings, path[n - 1]) ||
	    !name_of(path, n, name, &is_part))
		return true;
	/* the object itself was given, whatever is in it */
	if (str_starts(name, "kwargs:") && !put(c, "kwargs", "true", false))
		return false;
	return put(c, name, text, is_part);
}

void chat_keys_end(struct chat_keys *c, size_t first_key, size_t first_picture, size_t end)
{
	for (size_t i = first_key; i < c->n; i++)
		if (c->list[i].to == 0 && end > first_picture) {
			c->list[i].from = first_picture;
			c->list[i].to = end;
		}
}

void chat_keys_drop(struct chat_keys *c, size_t first_key)
{
	size_t n = first_key;

	for (size_t i = first_key; i < c->n; i++)
		if (c->list[i].to != 0)
			c->list[n++] = c->list[i];
	if (first_key < c->n)
		c->n = n;
}
