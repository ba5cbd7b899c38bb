#include "view/drop.h"

#include <string.h>

#include "base/base.h"
#include "base/picture.h"
#include "base/str.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "file://host/a%20b" to "/a b", in place. An escape that is none stays as it
 * is, and so does %00. */
static void decode_url(char *s)
{
	const char *from = s + strlen("file://");
	char *to = s;

	from += strcspn(from, "/"); /* the host: this one */
	for (; *from; from++) {
		int high = *from == '%' ? hex(from[1]) : -1, low = high >= 0 ? hex(from[2]) : -1;

		if (low >= 0 && (high || low)) {
			*to++ = (char)(high * 16 + low);
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
}

/* Blanks inside a bare path belong to it, unless what follows begins like a path of its own:
 * several files were dropped, and the first is meant. */
static bool is_next_file(const char *s, bool was_quoted)
{
	s += strspn(s, " ");
	return !*s || *s == '/' || *s == '\'' || str_starts(s, "file://") || was_quoted;
}

char *drop_path(const char *text, char *out, size_t size)
{
	char quote = '\0';
	size_t n = 0;
	bool was_quoted = false;

	text += strspn(text, " ");
	bool is_url = str_starts(text, "file://");

	for (; *text && n + 1 < size; text++) {
		if (quote) {
			if (*text == quote)
				quote = '\0';
			else if (quote == '"' && *text == '\\' && text[1] &&
				 strchr("\"\\$`", text[1]))
				out[n++] = *++text;
			else
				out[n++] = *text;
		} else if (*text == '\'' || *text == '"') {
			/* a quote in the middle of a bare word is an apostrophe: Anna's.jpg */
			if (n && !was_quoted) {
				out[n++] = *text;
				continue;
			}
			quote = *text;
			was_quoted = true;
		} else if (*text == '\\' && text[1] && !is_url) {
			out[n++] = *++text;
		} else if (*text == ' ' && is_next_file(text, was_quoted)) {
			break;
		} else {
			out[n++] = *text;
		}
	}
	out[n] = '\0';
	if (str_starts(out, "file://"))
		decode_url(out);
	return out;
}

bool drop_is_path(const char *path)
{
	static const char *const begins[] = {"/", "~/", "./", "../"};

	for (size_t i = 0; i < ARRAY_SIZE(begins); i++)
		if (str_starts(path, begins[i]))
			return true;
	return picture_has_ending(path);
}
