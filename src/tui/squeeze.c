/* ECMA-48: the parameters of SGR act one after the other, so what stands before a character is one
 * pen, however many sequences made it. It goes out as what differs from the terminal's, and only
 * before a character that shows the difference. */
#include "tui/squeeze.h"

#include <string.h>

/* A change of colours alone is 10 bytes from curses at least, "ESC [ 3 8 ; 5 ; 1 6 m", and with rgb
 * 37 at most; a pen that is not known, or waits from the frame before, is set anew once. */
enum { GROWTH = 4, ANEW = 64, PARAMS_MAX = 64 };

size_t squeeze_most(size_t n)
{
	return GROWTH * n + ANEW;
}

/* Length of an SGR sequence at s, or 0: ESC [ digits ; and : m. */
static size_t sgr_length(const char *s, size_t n)
{
	if (n < 3 || s[0] != '\033' || s[1] != '[')
		return 0;
	for (size_t i = 2; i < n; i++) {
		if (s[i] == 'm')
			return i + 1;
		if ((s[i] < '0' || s[i] > '9') && s[i] != ';' && s[i] != ':')
			return 0;
	}
	return 0;
}

/* Length of a control sequence at s, ESC [ parameters letter, or 0. */
static size_t sequence_length(const char *s, size_t n)
{
	if (s[0] != '\033' || n < 3 || s[1] != '[')
		return 0;
	for (size_t i = 2; i < n; i++)
		if (s[i] >= 0x40 && s[i] < 0x7f)
			return i + 1;
	return 0;
}

/* Parameters with semicolons alone: "38:5:n" and "38:2::r:g:b", as some entries have it (ITU T.416:
 * an empty field for the colour space), are "38;5;n" and "38;2;r;g;b". Returns their length, 0
 * where a colon is part of something else. */
static size_t without_colons(const char *params, size_t n, char out[PARAMS_MAX])
{
	size_t to = 0, start = 0;

	if (n > PARAMS_MAX)
		return 0;
	for (size_t i = 0; i < n; i++) {
		bool is_colon = params[i] == ':';

		if (params[i] == ';')
			start = i + 1;
		if (is_colon && (i < start + 2 || params[start + 1] != '8' ||
				 (params[start] != '3' && params[start] != '4')))
			return 0;
		if (!is_colon || params[i - 1] != ':')
			out[to++] = (char)(is_colon ? ';' : params[i]);
	}
	return to;
}

/* Takes an SGR sequence of len bytes in. False: it is not understood. */
static bool take_in(struct squeeze *q, const char *s, size_t len)
{
	char plain[PARAMS_MAX];
	const char *params = s + 2;
	size_t n = len - 3;
	struct pen said = q->said;

	if (memchr(params, ':', n)) {
		n = without_colons(params, n, plain);
		params = plain;
		if (n == 0)
			return false;
	}
	if (!pen_apply(&said, params, n))
		return false;
	q->said = said;
	q->want = q->rgb ? rgb_pen(q->rgb, &said) : said;
	q->is_behind = true;
	return true;
}

/* The terminal's pen becomes the one that is wanted; returns the bytes that takes. A blank gets the
 * same pen as ever, though it shows no ink: what a cell holds must not depend on the way there. */
static size_t catch_up(struct squeeze *q, char *out)
{
	char change[PEN_CHANGE];
	size_t n = pen_change(&q->pen, &q->want, q->can_undo, change);

	q->pen = q->want;
	q->is_behind = false;
	if (n == 0)
		return 0;
	bool is_reset = change[0] == '0'; /* its 0 is what a parameter is where there is none */
	n -= is_reset;
	memcpy(out, "\033[", 2);
	memcpy(out + 2, change + is_reset, n);
	out[2 + n] = 'm';
	return n + 3;
}

/* True for what may go out before a change of the pen, because nobody sees a difference: a move, or
 * a blank that looks the same. len: of a sequence, 0 for a byte of text. */
static bool is_early(const struct squeeze *q, const char *s, size_t len)
{
	if (len)
		return memchr("ABCDGHd", s[len - 1], 7) != NULL;
	return *s == '\b' || (*s == ' ' && pen_same_blank(&q->pen, &q->want));
}

/* One byte of text or one sequence, to out; returns the bytes written, and in *taken those read. */
static size_t pass_on(struct moves *m, const char *s, size_t n, char *out, size_t *taken)
{
	size_t len = sequence_length(s, n);

	*taken = len ? len : 1;
	if (len)
		return moves_sequence(m, s, len, out);
	moves_text(m, (unsigned char)*s);
	*out = *s;
	return 1;
}

/* All text up to the next sequence; returns its length. */
static size_t pass_text(struct moves *m, const char *s, size_t n, char *out)
{
	const char *end = memchr(s, '\033', n);
	size_t len = end ? (size_t)(end - s) : n;

	for (size_t i = 0; i < len; i++)
		moves_text(m, (unsigned char)s[i]);
	memcpy(out, s, len);
	return len;
}

/* A sequence that sets the pen in a way that is not understood: after it all is set anew. */
static size_t pass_strange(struct squeeze *q, const char *s, size_t len, char *out)
{
	size_t n = q->is_behind ? catch_up(q, out) : 0;

	memcpy(out + n, s, len);
	q->pen.is_known = false;
	q->is_behind = true;
	return n + len;
}

void squeeze_forget(struct squeeze *q)
{
	q->pen.is_known = false;
	q->is_behind = true;
	moves_forget(&q->moves);
}

size_t squeeze(struct squeeze *q, const char *bytes, size_t n, char *to, bool keep_charset)
{
	size_t out = 0, taken;

	if (!q->said.is_known) /* where curses begins */
		q->said = q->want = (struct pen){.is_known = true};
	for (size_t i = 0; i < n; i += taken) {
		const char *s = bytes + i;

		if (*s != '\033' && !q->is_behind) {
			taken = pass_text(&q->moves, s, n - i, to + out);
			out += taken;
			continue;
		}
		if (n - i >= 3 && memcmp(s, "\033(B", 3) == 0) {
			taken = 3;
			memcpy(to + out, s, 3);
			out += keep_charset ? 3 : 0;
			keep_charset = false;
			continue;
		}
		taken = sgr_length(s, n - i);
		if (taken) {
			if (!take_in(q, s, taken))
				out += pass_strange(q, s, taken, to + out);
			continue;
		}
		if (q->is_behind && !is_early(q, s, sequence_length(s, n - i)))
			out += catch_up(q, to + out);
		out += pass_on(&q->moves, s, n - i, to + out, &taken);
	}
	return out;
}
