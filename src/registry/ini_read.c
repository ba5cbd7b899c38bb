/* A strict line reader in front of inih.
 *
 *     text -> next_line (checks, announces sections) -> inih (splits key and value) -> take_pair
 *          -> sink
 *
 * inih 55 cuts a line at 197 bytes and a section name at 49 without a word (names are therefore
 * taken here), takes " ;" as a comment inside a value and an indented line as more of the value
 * above, passes over sections without keys, and gives no reason for an error. Every line is
 * therefore looked at before inih sees it, and the reason is ours. So is the line number: inih is
 * built with and without them. */
#include "registry/ini_read.h"

#include <ini.h>
#include <string.h>

#include "base/utf8.h"

struct reader {
	const char *name; /* of the file, for messages */
	const char *at, *end;
	int line; /* of the line handed out last, from 1 */
	bool in_section;
	bool failed;
	const struct ini_sink *sink;
	struct vtok_error *err;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The sink filled err: put the place before it. */
static bool fail_at_line(struct reader *r)
{
	r->failed = true;
	return error_at(r->err, r->name, r->line);
}

static bool fail(struct reader *r, const char *what)
{
	error_set(r->err, VTOK_E_CONFIG, "%s", what);
	return fail_at_line(r);
}

/* Tabs and printable UTF-8; says which byte is wrong, as binary files have
 * no line worth showing. */
static bool check_text(struct reader *r, const char *s)
{
	for (const char *p = s; *p;) {
		uint32_t cp;
		size_t n = utf8_decode(p, &cp);
		if (cp == UTF8_BAD || (cp != '\t' && utf8_is_unseen(cp))) {
			int column = (int)(p - s) + 1;
			if (cp == UTF8_BAD || cp < 0xa0)
				error_set(r->err, VTOK_E_CONFIG,
					  "byte 0x%02x in column %d: expected UTF-8 text",
					  (unsigned)(unsigned char)*p, column);
			else
				error_set(r->err, VTOK_E_CONFIG,
					  "U+%04X in column %d: expected text that can be seen",
					  (unsigned)cp, column);
			return fail_at_line(r);
		}
		p += n;
	}
	return true;
}

/* "[name]" and nothing else on the line. */
static bool open_section(struct reader *r, char *s, size_t len)
{
	char name[INI_SECTION_BYTES + 1];

	if (s[len - 1] != ']')
		return fail(
			r,
			"expected a section like [model NAME], the closing bracket ends the line");
	if (strpbrk(s + 1, "[]") != s + len - 1)
		return fail(r, "brackets inside a section name");
	if (len - 2 > INI_SECTION_BYTES)
		return fail(r, "section name too long (at most 64 bytes)");
	memcpy(name, s + 1, len - 2);
	name[len - 2] = '\0';
	r->in_section = true;
	return r->sink->section(r->sink->user, name, r->line, r->err) || fail_at_line(r);
}

static bool check_pair(struct reader *r, const char *s)
{
	size_t key = strcspn(s, "=");

	if (!s[key])
		return fail(r, "expected \"key = value\", a [section] or a comment");
	if (!r->in_section)
		return fail(r, "a key before the first [section]");
	if (key == 0 || memchr(s, ':', key))
		return fail(r, "expected \"key = value\"");
	for (const char *p = s + 1; *p; p++)
		if (*p == ';' && is_blank(p[-1]))
			return fail(r, "a \";\" after a blank: comments need a line of their own");
	return true;
}

/* Checks one line, its end and trailing blanks removed. */
static bool check_line(struct reader *r, char *s)
{
	size_t len = strlen(s);

	if (!check_text(r, s))
		return false;
	if (len == 0 || s[0] == '#' || s[0] == ';')
		return true;
	if (is_blank(s[0]))
		return fail(r, "an indented line: start every key, section and comment in the "
			       "first column");
	return s[0] == '[' ? open_section(r, s, len) : check_pair(r, s);
}

/* inih's reader, like fgets: the next line into str, NULL at the end or after a mistake. */
static char *next_line(char *str, int num, void *stream)
{
	struct reader *r = stream;

	if (r->failed || r->at == r->end)
		return NULL;
	const char *nl = memchr(r->at, '\n', (size_t)(r->end - r->at));
	size_t len = (size_t)((nl ? nl : r->end) - r->at);
	const char *s = r->at;
	r->at = nl ? nl + 1 : r->end;
	r->line++;
	if (r->line == 1 && len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3; /* a byte order mark, as some editors write it */
		len -= 3;
	}
	if (len > 0 && s[len - 1] == '\r')
		len--;
	if (memchr(s, '\0', len)) {
		fail(r, "a NUL byte: not a text file");
		return NULL;
	}
	if (len > INI_LINE_BYTES || len + 2 > (size_t)num) {
		fail(r, "line too long (at most 190 bytes)");
		return NULL;
	}
	memcpy(str, s, len);
	while (len > 0 && is_blank(str[len - 1]))
		len--;
	str[len] = '\0';
	if (!check_line(r, str))
		return NULL;
	str[len] = '\n';
	str[len + 1] = '\0';
	return str;
}

/* inih's handler; the section was announced by open_section. */
#if INI_HANDLER_LINENO
static int take_pair(void *user, const char *section, const char *key, const char *value, int line)
{
	(void)line;
#else
static int take_pair(void *user, const char *section, const char *key, const char *value)
{
#endif
	(void)section;
	struct reader *r = user;
	if (!r->failed && !r->sink->pair(r->sink->user, key, value, r->line, r->err))
		fail_at_line(r);
	return !r->failed;
}

bool ini_read(const char *name, const char *text, size_t len, const struct ini_sink *sink,
	      struct vtok_error *err)
{
	struct reader r = {
		.name = name,
		.at = text,
		.end = text + len,
		.sink = sink,
		.err = err,
	};
	int bad = ini_parse_stream(next_line, &r, take_pair, &r);

	if (bad != 0 &&
	    !r.failed) /* inih refused what the checks let through, or memory is short */
		fail(&r, "not understood");
	return !r.failed;
}
