#include "config.h"

#include "cli/chat_pictures.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/base64.h"
#include "base/str.h"
#include "image/animated.h"
#include "image/image.h"

enum {
	HEAD_BYTES = 4 * 1024, /* of a picture, at first */
	PASTED_LEAST = 1000,   /* characters of base64 in a text that are meant as a picture */
	PASTED_HEAD = 65536,   /* of a text, where such a picture is looked for */
};

static struct chat_picture *new_picture(struct chat_reader *r)
{
	struct chat *c = &r->chat;

	if (c->n == CHAT_PICTURES_MOST) {
		r->pull.fault = "more pictures than any server takes";
		return NULL;
	}
	if (c->n == c->room) {
		size_t room = c->room ? 2 * c->room : 16;
		struct chat_picture *more = realloc(c->pictures, room * sizeof(*more));

		if (!more) {
			r->pull.fault = "out of memory";
			return NULL;
		}
		c->pictures = more;
		c->room = room;
	}
	struct chat_picture *p = &c->pictures[c->n++];

	*p = (struct chat_picture){.message = r->message, .part = r->part};
	return p;
}

bool chat_no_size(struct chat_reader *r, const char *source, const char *why)
{
	struct chat_picture *p = new_picture(r);

	if (!p)
		return false;
	str_format(p->source, CHAT_SOURCE, "%s", source);
	str_format(p->why, CHAT_WHY, "%s", why);
	return true;
}

bool chat_not_fetched(struct chat_reader *r, const char *source, const char *why)
{
	if (!chat_no_size(r, source, why))
		return false;
	r->chat.pictures[r->chat.n - 1].is_remote = true;
	return true;
}

/* Without what signs it: a query string holds keys. */
static bool remote(struct chat_reader *r, const char *url)
{
	char source[CHAT_SOURCE];

	str_format(source, sizeof(source), "%.*s", (int)strcspn(url, "?#"), url);
	return chat_not_fetched(r, source, "remote picture: not fetched");
}

static void take_info(struct chat_picture *p, const struct image_info *info)
{
	p->in = (struct input){.width = info->width,
			       .height = info->height,
			       .stored_w = info->stored_w,
			       .stored_h = info->stored_h,
			       .orientation = info->orientation,
			       .format = info->format};
}

/* The head of a picture in base64; all: characters of the whole. */
static bool encoded(struct chat_reader *r, const char *text, size_t n, int64_t all,
		    const char *mime)
{
	struct chat_picture *p = new_picture(r);
	struct image_info info;
	struct vtok_error err = {0};
	bool fine = false;

	if (!p)
		return false;
	for (size_t most = HEAD_BYTES; !fine && most <= CHAT_HEAD_MOST; most *= 16) {
		size_t got = base64_decode(text, n, r->bytes, most);

		err.code = VTOK_OK;
		fine = image_probe_bytes(r->bytes, got, &info, &err);
		if (got < most)
			break;
	}
	str_format(p->source, CHAT_SOURCE, "data:%.40s (%lld bytes)", mime,
		   (long long)(all * 3 / 4));
	p->is_encoded = true;
	if (!fine) {
		str_format(p->why, CHAT_WHY, "%s", err.text);
		return true;
	}
	take_info(p, &info);
	p->in.file_bytes = all * 3 / 4;
	if (info.format == IMAGE_GIF)
		p->is_animated = image_is_animated_bytes(
			r->bytes, base64_decode(text, n, r->bytes, CHAT_HEAD_MOST));
	return true;
}

static bool data_url(struct chat_reader *r, const char *text, size_t n, int64_t all)
{
	const char *comma = memchr(text, ',', n < 256 ? n : 256);
	size_t head = comma ? (size_t)(comma - text) : 0;
	char mime[48];

	str_format(mime, sizeof(mime), "%.*s", (int)strcspn(text + 5, ";,"), text + 5);
	if (!comma || head < 7 || memcmp(comma - 7, ";base64", 7) != 0)
		return chat_no_size(r, "data:", "a data URL without base64");
	return encoded(r, comma + 1, n - head - 1, all - (int64_t)head - 1, mime);
}

static bool file(struct chat_reader *r, const char *path)
{
	struct chat_picture *p = new_picture(r);
	struct vtok_error err = {0};

	if (!p)
		return false;
	struct stat st;

	str_format(p->source, CHAT_SOURCE, "%s", path);
	if (!input_read_file(path, &p->in, &err)) {
		str_format(p->why, CHAT_WHY, "%s", err.text);
		return true;
	}
	p->in.file_bytes = stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
	p->is_animated = p->in.format == IMAGE_GIF && image_is_animated(path);
	return true;
}

/* Whether the text begins as a picture does in base64. */
static bool is_encoded(const char *text, size_t n)
{
	static const char *const heads[] = {"iVBORw0KGgo", "/9j/", "_9j_", "R0lGOD", "Qk", "UklGR"};
	unsigned char bytes[48];

	if (n < 40 || base64_decode(text, 64 < n ? 64 : n, bytes, sizeof(bytes)) < 24)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
		if (str_starts(text, heads[i]))
			return true;
	return false;
}

bool chat_picture_value(struct chat_reader *r, bool is_data)
{
	const struct pull *p = &r->pull;
	const char *text = p->text;
	int64_t all = p->bytes - p->blanks;

	if (str_starts(text, "data:"))
		return data_url(r, text, p->text_len, all);
	if (str_starts(text, "http:") || str_starts(text, "https:") || str_starts(text, "s3:") ||
	    str_starts(text, "gs:"))
		return remote(r, text);
	if (is_data || is_encoded(text, p->text_len))
		return encoded(r, text, p->text_len, all, "");
	if (p->text_len > 4096)
		return chat_no_size(r, "", "neither a URL, nor a path, nor a picture in base64");
	if (str_starts(text, "file://"))
		return file(r, text + (text[7] == '/' ? 7 : strcspn(text + 7, "/") + 7));
	return file(r, text);
}

/* ------------------------------------------------------------ pictures in texts */

/* One address of Markdown, of n characters. */
static bool linked(struct chat_reader *r, const char *url, size_t n, int64_t all)
{
	char short_url[CHAT_SOURCE];

	if (str_starts(url, "data:"))
		return data_url(r, url, n, all);
	str_format(short_url, sizeof(short_url), "%.*s", (int)(n < CHAT_SOURCE ? n : CHAT_SOURCE),
		   url);
	return remote(r, short_url);
}

bool chat_markdown(struct chat_reader *r, int64_t *taken)
{
	const struct pull *p = &r->pull;
	const char *end = p->text + p->text_len, *s = p->text;

	while ((s = memmem(s, (size_t)(end - s), "![](", 4)) != NULL) {
		const char *url = s + 4, *close = memchr(url, ')', (size_t)(end - url));
		bool is_cut = !close && p->bytes > (int64_t)p->text_len;
		size_t n = (size_t)((close ? close : end) - url);
		int64_t all = is_cut ? p->bytes - (url - p->text) : (int64_t)n;

		if (!close && !is_cut)
			break;
		if (!linked(r, url, n, all))
			return false;
		*taken += all + 5;
		s = close ? close + 1 : end;
	}
	return p->bytes <= (int64_t)p->text_len ||
	       chat_no_size(r, "", "a text so long that pictures at its end are not looked for");
}

/* Words of a text would be base64 too, but for the blanks between them. */
static bool is_base64(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("+/-_=\r\n", c));
}

int64_t chat_pasted(const struct pull *p)
{
	if (p->bytes < PASTED_LEAST)
		return 0;
	size_t n = p->text_len < PASTED_HEAD ? p->text_len : PASTED_HEAD;
	const char *mark = memmem(p->text, n, ";base64,", 8);
	const char *start = mark ? mark + 8 : p->text;
	size_t kept = p->text_len - (size_t)(start - p->text), i = 0;

	while (i < kept && is_base64(start[i]))
		i++;
	int64_t n64 = i < kept ? (int64_t)i : p->bytes - (start - p->text);

	return n64 >= PASTED_LEAST && is_encoded(start, kept) ? n64 : 0;
}

/* ------------------------------------------------------------ sent before */

bool chat_recall(struct chat_reader *r, uint64_t uuid)
{
	struct chat_picture *p = new_picture(r);

	if (!p)
		return false;
	str_format(p->source, CHAT_SOURCE, "uuid");
	for (size_t i = 0; i < r->uuids_n; i++)
		if (r->uuids[i].hash == uuid) {
			p->in = r->uuids[i].in;
			return true;
		}
	str_format(p->why, CHAT_WHY, "no picture with that uuid came before");
	return true;
}

void chat_remember(struct chat_reader *r, uint64_t uuid, const struct input *in)
{
	size_t at = r->uuids_n < CHAT_UUIDS ? r->uuids_n++ : uuid % CHAT_UUIDS;

	r->uuids[at] = (struct chat_uuid){uuid, *in};
}
