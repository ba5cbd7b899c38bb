#include "base/pull.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/fd.h"
#include "base/utf8.h"

enum { ROOM_FIRST = 4096, SLACK = 8, NUMBER = 63 };

bool pull_init(struct pull *p, int fd, size_t head, int64_t line_most)
{
	*p = (struct pull){.fd = fd,
			   .head = head,
			   .line_most = line_most,
			   .room = ROOM_FIRST,
			   .is_first = true,
			   .window = malloc(PULL_WINDOW),
			   .text = malloc(ROOM_FIRST)};
	return p->window && p->text;
}

void pull_fini(struct pull *p)
{
	free(p->window);
	free(p->text);
	*p = (struct pull){0};
}

/* ------------------------------------------------------------ bytes */

static bool fill(struct pull *p)
{
	if (p->ended)
		return false;
	p->read += (int64_t)p->len;
	p->at = p->len = 0;
	ssize_t n = fd_read(p->fd, p->window, PULL_WINDOW);

	if (n < 0)
		p->error = errno;
	p->ended = n <= 0;
	p->len = n > 0 ? (size_t)n : 0;
	return n > 0;
}

/* The byte at hand; -1 at the end. */
static inline int peek(struct pull *p)
{
	return p->at < p->len || fill(p) ? p->window[p->at] : -1;
}

static int64_t place(const struct pull *p)
{
	return p->read + (int64_t)p->at;
}

static enum pull_token bad(struct pull *p, const char *fault)
{
	p->fault = fault;
	return PULL_BAD;
}

/* Where each value has a line, its end is none of the blanks inside. */
static void pass_blanks(struct pull *p)
{
	bool by_lines = p->by_lines && p->depth > 0;

	for (int c; (c = peek(p)) == ' ' || c == '\t' || c == '\r' || (c == '\n' && !by_lines);)
		p->at++;
}

/* ------------------------------------------------------------ strings */

static bool fail(struct pull *p, const char *fault)
{
	p->fault = fault;
	return false;
}

/* Keeps what is within the head. False: memory is short. */
static bool keep(struct pull *p, const char *bytes, size_t n)
{
	if (p->text_len >= p->head)
		return true;
	n = n < p->head - p->text_len ? n : p->head - p->text_len;
	if (p->text_len + n + 1 > p->room) {
		size_t room = p->room;
		while (room < p->text_len + n + 1)
			room *= 2;
		char *more = realloc(p->text, room);
		if (!more)
			return fail(p, "out of memory");
		p->text = more;
		p->room = room;
	}
	memcpy(p->text + p->text_len, bytes, n);
	p->text_len += n;
	return true;
}

static inline bool is_blank(unsigned char c)
{
	return c == ' ' || c == '=' || (c >= '\t' && c <= '\r');
}

/* Four digits behind \u; -1: they are none. */
static int hex4(struct pull *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		int c = peek(p);
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : c >= 'A' && c <= 'F' ? c - 'A' + 10
						   : -1;
		if (digit < 0)
			return -1;
		v = v * 16 + digit;
		p->at++;
	}
	return v;
}

static bool put(struct pull *p, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_put(cp ? cp : '?', bytes);

	p->bytes += (int64_t)n;
	p->other += n > 1 && p->text_len >= p->head ? (int64_t)n : 0;
	p->blanks += n == 1 && is_blank((unsigned char)*bytes);
	return keep(p, bytes, n);
}

static const char wrong_escape[] = "a wrong escape in a string";

/* One that is no code: behind its backslash. */
static bool pass_letter(struct pull *p)
{
	static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	int c = peek(p);
	const char *at = c > 0 ? strchr(letters, c) : NULL;

	if (!at)
		return fail(p, wrong_escape);
	p->at++;
	return put(p, (uint32_t)values[at - letters]);
}

static bool is_half(int v, int first)
{
	return v >= first && v < first + 0x400;
}

/* Behind \u. A half of a pair that has lost the other becomes U+FFFD (utf8_put); what follows it
 * stays. */
static bool pass_code(struct pull *p)
{
	int v = hex4(p);

	while (is_half(v, 0xd800) && peek(p) == '\\') {
		p->at++;
		if (peek(p) != 'u')
			return put(p, 0xfffd) && pass_letter(p);
		p->at++;
		int next = hex4(p);

		if (is_half(next, 0xdc00))
			return put(p, (uint32_t)(0x10000 + ((v - 0xd800) << 10) + (next - 0xdc00)));
		if (!put(p, 0xfffd))
			return false;
		v = next;
	}
	if (v < 0)
		return fail(p, wrong_escape);
	return put(p, (uint32_t)v);
}

static bool pass_escape(struct pull *p)
{
	if (peek(p) != 'u')
		return pass_letter(p);
	p->at++;
	return pass_code(p);
}

/* Sixteen bytes at once, whatever the machine has for it. */
typedef unsigned char sixteen __attribute__((vector_size(16)));

static bool is_plain(const unsigned char *s)
{
	sixteen v, stop;
	uint64_t halves[2];

	memcpy(&v, s, sizeof(v));
	stop = (sixteen)(v == '"') | (sixteen)(v == '\\') | (sixteen)(v < 0x20);
	memcpy(halves, &stop, sizeof(halves));
	return !(halves[0] | halves[1]);
}

/* The bytes of the window up to a quotation mark, a backslash or a control character. Long strings
 * are base64 nearly always. */
static size_t plain_run(const unsigned char *s, size_t n)
{
	size_t i = 0;

	while (i + sizeof(sixteen) <= n && is_plain(s + i))
		i += sizeof(sixteen);
	while (i < n && s[i] != '"' && s[i] != '\\' && s[i] >= 0x20)
		i++;
	return i;
}

/* How many bytes are beyond ASCII. */
static int64_t count_other(const unsigned char *s, size_t n)
{
	static const uint64_t tops = 0x8080808080808080;
	int64_t other = 0;
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		uint64_t w;

		memcpy(&w, s + i, 8);
		other += __builtin_popcountll(w & tops);
	}
	for (; i < n; i++)
		other += s[i] >= 0x80;
	return other;
}

/* Blanks and padding are few, and looked for at the ends of what is read. */
static void weigh(struct pull *p, const unsigned char *s, size_t n)
{
	for (size_t i = n > 4 ? n - 4 : 0; i < n; i++)
		p->blanks += is_blank(s[i]);
	p->bytes += (int64_t)n;
	/* what is kept is weighed when somebody asks */
	size_t kept = n < p->head - p->text_len ? n : p->head - p->text_len;

	p->other += count_other(s + kept, n - kept);
}

int64_t pull_other(const struct pull *p)
{
	return count_other((const unsigned char *)p->text, p->text_len) + p->other;
}

/* Behind the opening mark. */
static bool pass_string(struct pull *p)
{
	p->text_len = 0;
	p->bytes = p->other = p->blanks = 0;
	for (int c; (c = peek(p)) >= 0;) {
		size_t n = plain_run(p->window + p->at, p->len - p->at);

		if (place(p) - p->line_start > p->line_most)
			return fail(p, "the line is too long");
		if (n) {
			weigh(p, p->window + p->at, n);
			if (!keep(p, (const char *)p->window + p->at, n))
				return false;
			p->at += n;
			continue;
		}
		p->at++;
		if (c == '"') {
			p->text[p->text_len] = '\0';
			return true;
		}
		if (c != '\\')
			return fail(p, "a control character in a string");
		if (!pass_escape(p))
			return false;
	}
	return fail(p, "a string without an end");
}

/* ------------------------------------------------------------ numbers, words */

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static void take(struct pull *p)
{
	char c = (char)p->window[p->at++];

	if (p->text_len < NUMBER)
		p->text[p->text_len++] = c;
}

static bool digits(struct pull *p)
{
	if (!is_digit(peek(p)))
		return false;
	while (is_digit(peek(p)))
		take(p);
	return true;
}

static enum pull_token number(struct pull *p)
{
	p->text_len = 0;
	if (peek(p) == '-')
		take(p);
	bool is_zero = peek(p) == '0';

	if (is_zero)
		take(p);
	else if (!digits(p))
		return bad(p, "no value of JSON");
	if (is_zero && is_digit(peek(p)))
		return bad(p, "a number that begins with 0");
	if (peek(p) == '.') {
		take(p);
		if (!digits(p))
			return bad(p, "a number without digits behind its point");
	}
	if (peek(p) == 'e' || peek(p) == 'E') {
		take(p);
		if (peek(p) == '+' || peek(p) == '-')
			take(p);
		if (!digits(p))
			return bad(p, "an exponent without digits");
	}
	p->text[p->text_len] = '\0';
	return PULL_NUMBER;
}

static enum pull_token word(struct pull *p, const char *letters, enum pull_token token)
{
	for (; *letters; letters++, p->at++)
		if (peek(p) != *letters)
			return bad(p, "no value of JSON");
	return token;
}

/* ------------------------------------------------------------ structure */

static enum pull_token open_one(struct pull *p, bool is_object)
{
	if (p->depth == PULL_DEPTH)
		return bad(p, "more than 64 levels");
	p->at++;
	p->in_object[p->depth++] = is_object;
	p->is_first = true;
	return is_object ? PULL_OBJECT : PULL_ARRAY;
}

static enum pull_token close_one(struct pull *p)
{
	bool is_object = p->in_object[--p->depth];

	p->at++;
	p->is_first = false;
	return is_object ? PULL_OBJECT_END : PULL_ARRAY_END;
}

static enum pull_token value(struct pull *p)
{
	int c = peek(p);

	p->start = place(p);
	p->is_first = p->wants_value = false;
	switch (c) {
	case '{':
	case '[':
		return open_one(p, c == '{');
	case '"':
		p->at++;
		return pass_string(p) ? PULL_STRING : PULL_BAD;
	case 't':
		return word(p, "true", PULL_TRUE);
	case 'f':
		return word(p, "false", PULL_FALSE);
	case 'n':
		return word(p, "null", PULL_NULL);
	default:
		return number(p);
	}
}

static enum pull_token key(struct pull *p)
{
	if (peek(p) != '"')
		return bad(p, "a key without quotation marks");
	p->at++;
	if (!pass_string(p))
		return PULL_BAD;
	pass_blanks(p);
	if (peek(p) != ':')
		return bad(p, "a key without a colon");
	p->at++;
	p->wants_value = true;
	return PULL_KEY;
}

/* A byte order mark, as some programs write it. */
static void pass_mark(struct pull *p)
{
	if (place(p) == 0 && peek(p) == 0xef && p->len >= 3 &&
	    memcmp(p->window, "\xef\xbb\xbf", 3) == 0)
		p->at = 3;
}

static const char too_early[] = "it ends too early";

static bool is_end(int c)
{
	return c < 0 || c == '\n';
}

enum pull_token pull_next(struct pull *p)
{
	pass_mark(p);
	pass_blanks(p);
	if (p->depth == 0) {
		p->line_start = place(p);
		return peek(p) < 0 ? PULL_END : value(p);
	}
	bool is_object = p->in_object[p->depth - 1];
	int c = peek(p);

	if (place(p) - p->line_start > p->line_most)
		return bad(p, "the line is too long");
	if (p->wants_value)
		return is_end(c) ? bad(p, too_early) : value(p);
	if (c == (is_object ? '}' : ']'))
		return close_one(p);
	if (!p->is_first) {
		if (c != ',')
			return bad(p, is_end(c) ? too_early : "a comma is missing");
		p->at++;
		pass_blanks(p);
	}
	if (is_end(peek(p)))
		return bad(p, too_early);
	p->is_first = false;
	return is_object ? key(p) : value(p);
}

bool pull_skip(struct pull *p)
{
	int depth = p->depth;

	while (p->depth >= depth)
		if (pull_next(p) == PULL_BAD)
			return false;
	return true;
}

void pull_next_line(struct pull *p)
{
	for (int c; (c = peek(p)) >= 0 && c != '\n';) {
		const unsigned char *end = memchr(p->window + p->at, '\n', p->len - p->at);

		p->at = end ? (size_t)(end - p->window) : p->len;
	}
	p->depth = 0;
	p->wants_value = false;
	p->is_first = true;
}
