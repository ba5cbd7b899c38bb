#include "base/quote.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* A character is at most two escapes of JSON: a surrogate pair. */
enum { CHAR_BYTES = 16 };

/* True for a byte that one of the formats may have to look at. By a table and not by ranges of
 * letters: the stream asks for every byte of a sentence, whose blanks would be guessed wrong word
 * by word. */
static bool is_special(unsigned char c)
{
	static const bool marks[0x7f] = {
		['"'] = true, ['&'] = true,  ['*'] = true, [','] = true, ['<'] = true,
		['['] = true, ['\\'] = true, ['`'] = true, ['|'] = true,
	};

	return c < 0x20 || c >= 0x7f || marks[c];
}

static bool has_edge_blank(const char *text, size_t n)
{
	return n && (text[0] == ' ' || text[n - 1] == ' ');
}

bool quote_is_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_special((unsigned char)text[i]))
			return false;
	return !has_edge_blank(text, n);
}

/* One character of n bytes that are left; the text need not end in a NUL. */
static size_t decode(const char *text, size_t n, uint32_t *cp)
{
	char copy[5] = "";

	if (!*text) {
		*cp = 0;
		return 1;
	}
	memcpy(copy, text, n < 4 ? n : 4);
	return utf8_decode(copy, cp);
}

/* \t, \u202e, or the two halves of what lies beyond U+FFFF. */
static void json_escape(uint32_t cp, char out[CHAR_BYTES])
{
	static const char letters[] = "btn\0fr"; /* U+0008 to U+000D */

	if (cp >= 8 && cp <= 13 && letters[cp - 8])
		str_format(out, CHAR_BYTES, "\\%c", letters[cp - 8]);
	else if (cp > 0xffff)
		str_format(out, CHAR_BYTES, "\\u%04x\\u%04x",
			   (unsigned)(0xd800 + ((cp - 0x10000) >> 10)),
			   (unsigned)(0xdc00 + ((cp - 0x10000) & 0x3ff)));
	else
		str_format(out, CHAR_BYTES, "\\u%04x", (unsigned)cp);
}

/* What stands for an ASCII character that means something in the format; NULL: itself. `next` is
 * the character behind it. */
static const char *ascii_mark(enum quote q, char c, char next)
{
	switch (q) {
	case QUOTE_CSV:
		return c == '"' ? "\"\"" : NULL;
	case QUOTE_JSON:
		return c == '"' ? "\\\"" : c == '\\' ? "\\\\" : NULL;
	case QUOTE_MD:
		if (c == '&')
			return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
					       next == '#'
				       ? "\\&"
				       : NULL;
		return c == '\\'  ? "\\\\"
		       : c == '|' ? "\\|"
		       : c == '[' ? "\\["
		       : c == '`' ? "\\`"
		       : c == '*' ? "\\*"
		       : c == '<' ? "&lt;"
				  : NULL;
	case QUOTE_TEXT:
	case QUOTE_N:
		break;
	}
	return NULL;
}

/* The same for any character; NULL: itself. */
static const char *mark(enum quote q, uint32_t cp, char next, char room[CHAR_BYTES])
{
	if (cp == UTF8_BAD)
		return q == QUOTE_JSON ? "\xef\xbf\xbd" : "?";
	if (!utf8_is_unseen(cp))
		return cp < 0x80 ? ascii_mark(q, (char)cp, next) : NULL;
	if (q != QUOTE_JSON)
		return "?";
	json_escape(cp, room);
	return room;
}

/* How a text stands in CSV if nothing of it changes. */
enum csv_look { CSV_BARE, CSV_QUOTED, CSV_MARKED };

static const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;

/* Top bits where a byte of w is c. */
static uint64_t bytes_of(uint64_t w, char c)
{
	uint64_t other = w ^ ones * (unsigned char)c;

	return (other - ones) & ~other & tops;
}

/* CSV_MARKED for what has to be looked at letter by letter: quotes, control characters, all beyond
 * ASCII. Eight bytes at a time, since the stream asks for sentences by the million: what is below
 * 0x20 borrows from its top bit, 0x7f and more has it or gets it from 1. A borrow or a carry can
 * only make it say marked. */
static enum csv_look csv_look(const char *text, size_t n)
{
	uint64_t commas = has_edge_blank(text, n), odd = 0;
	size_t i = 0;

	for (; i + sizeof(uint64_t) <= n; i += sizeof(uint64_t)) {
		uint64_t w;
		memcpy(&w, text + i, sizeof(w));
		odd |= w | (w + ones) | (w - ones * 0x20) | bytes_of(w, '"');
		commas |= bytes_of(w, ',');
	}
	odd &= tops;
	for (; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		odd |= c < 0x20 || c >= 0x7f || c == '"';
		commas |= c == ',';
	}
	return odd ? CSV_MARKED : commas ? CSV_QUOTED : CSV_BARE;
}

static void write_marked(enum quote q, const char *text, size_t n,
			 void (*put)(void *arg, const char *bytes, size_t n), void *arg)
{
	size_t start = 0;

	for (size_t i = 0;;) {
		char room[CHAR_BYTES];
		uint32_t cp;

		while (i < n && !is_special((unsigned char)text[i]))
			i++;
		if (i == n)
			break;
		size_t taken = decode(text + i, n - i, &cp);
		const char *instead = mark(q, cp, i + taken < n ? text[i + taken] : '\0', room);

		if (instead) {
			put(arg, text + start, i - start);
			put(arg, instead, strlen(instead));
			start = i + taken;
		}
		i += taken;
	}
	put(arg, text + start, n - start);
}

void quote_write(enum quote q, const char *text, size_t n,
		 void (*put)(void *arg, const char *bytes, size_t n), void *arg)
{
	enum csv_look look = q == QUOTE_CSV ? csv_look(text, n) : CSV_MARKED;
	bool is_quoted =
		q == QUOTE_JSON || look == CSV_QUOTED ||
		(q == QUOTE_CSV && look == CSV_MARKED &&
		 (has_edge_blank(text, n) || memchr(text, ',', n) || memchr(text, '"', n)));

	if (is_quoted)
		put(arg, "\"", 1);
	if (look == CSV_MARKED)
		write_marked(q, text, n, put, arg);
	else
		put(arg, text, n);
	if (is_quoted)
		put(arg, "\"", 1);
}

static void put_strbuf(void *arg, const char *bytes, size_t n)
{
	strbuf_add(arg, bytes, n);
}

void quote_add(struct strbuf *out, enum quote q, const char *text)
{
	quote_write(q, text, strlen(text), put_strbuf, out);
}
