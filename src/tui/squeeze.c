/* ECMA-48: the parameters of SGR act one after the other, so two sequences in a row mean the same
 * as one with the parameters of both, and whatever stands before a reset has no effect. 38 and 48
 * take the parameters that follow them (5;n or 2;r;g;b), so a 0 among those is no reset. */
#include "tui/squeeze.h"

#include <string.h>

enum { PENDING_MAX = 64 };

struct pending {
	char params[PENDING_MAX]; /* joined by ';' */
	size_t n;
	bool is_any;
};

/* Length of an SGR sequence at s, or 0: ESC [ digits and ; m. Colons (subparameters) are left
 * alone. */
static size_t sgr_length(const char *s, size_t n)
{
	if (n < 3 || s[0] != '\033' || s[1] != '[')
		return 0;
	for (size_t i = 2; i < n; i++) {
		if (s[i] == 'm')
			return i + 1;
		if ((s[i] < '0' || s[i] > '9') && s[i] != ';')
			return 0;
	}
	return 0;
}

/* Where the last reset starts among the parameters, or n when there is none. */
static size_t last_reset(const char *p, size_t n)
{
	size_t found = n, at = 0;
	int skip = 0, in_color = 0;

	while (at <= n) {
		size_t end = at;
		unsigned value = 0;

		for (; end < n && p[end] != ';'; end++)
			value = value * 10 + (unsigned)(p[end] - '0');
		if (in_color) {
			in_color = 0;
			skip = value == 5 ? 1 : value == 2 ? 3 : 0;
		} else if (skip > 0) {
			skip--;
		} else if (value == 38 || value == 48) {
			in_color = 1;
		} else if (value == 0) {
			found = at;
		}
		at = end + 1;
	}
	return found;
}

/* What the pen will be with the pending ones. */
static struct pen pen_with(const struct pen *have, const struct pending *p)
{
	struct pen want = *have;

	pen_apply(&want, p->params, p->n);
	return want;
}

static size_t put_pending(struct pending *p, struct pen *have, char *out)
{
	char change[PEN_CHANGE];
	const char *params = p->params;
	size_t n = p->n;

	if (!p->is_any)
		return 0;
	struct pen want = pen_with(have, p);
	if (want.is_known) {
		n = pen_change(have, &want, change);
		params = change;
	}
	if (n > p->n) { /* curses left out a 0, or so: there is no room for more than came */
		n = p->n;
		params = p->params;
	}
	*have = want;
	p->n = 0;
	p->is_any = false;
	if (n == 0)
		return 0;
	n = n == 1 && params[0] == '0' ? 0 : n; /* a bare reset needs no 0 */
	memcpy(out, "\033[", 2);
	memcpy(out + 2, params, n);
	out[2 + n] = 'm';
	return n + 3;
}

/* False: no room, the pending ones must be written first. */
static bool join(struct pending *p, const char *params, size_t n)
{
	size_t reset = last_reset(params, n);

	if (n == 0 || reset < n) { /* nothing before a reset counts */
		params += reset;
		n -= reset;
		if (n > sizeof(p->params))
			return false;
		memcpy(p->params, n ? params : "0", n ? n : 1);
		p->n = n ? n : 1;
		p->is_any = true;
		return true;
	}
	if (p->n + 1 + n > sizeof(p->params))
		return false;
	if (p->is_any)
		p->params[p->n++] = ';';
	memcpy(p->params + p->n, params, n);
	p->n += n;
	p->is_any = true;
	return true;
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

/* True for what may go out before the pending ones, because nobody sees a difference: a move, or a
 * blank that looks the same. len: of a sequence, 0 for a byte of text. */
static bool is_early(const struct pending *p, const struct pen *have, const char *s, size_t len)
{
	if (len)
		return memchr("ABCDGHd", s[len - 1], 7) != NULL;
	struct pen want = pen_with(have, p);
	return *s == '\b' || (*s == ' ' && pen_same_blank(have, &want));
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
	memmove(out, s, len);
	return len;
}

size_t squeeze(struct squeeze *q, char *bytes, size_t n, bool keep_charset)
{
	struct pending pending = {.n = 0};
	size_t out = 0, taken;

	moves_forget(&q->moves);
	for (size_t i = 0; i < n; i += taken) {
		const char *s = bytes + i;

		if (*s != '\033' && !pending.is_any) {
			taken = pass_text(&q->moves, s, n - i, bytes + out);
			out += taken;
			continue;
		}
		size_t len = sgr_length(s, n - i);

		taken = len;
		if (n - i >= 3 && memcmp(s, "\033(B", 3) == 0) {
			taken = 3;
			if (keep_charset) {
				out += put_pending(&pending, &q->pen, bytes + out);
				memmove(bytes + out, s, 3);
				out += 3;
				keep_charset = false;
			}
			continue;
		}
		if (len && join(&pending, s + 2, len - 3))
			continue;
		if (pending.is_any &&
		    (len || !is_early(&pending, &q->pen, s, sequence_length(s, n - i))))
			out += put_pending(&pending, &q->pen, bytes + out);
		if (len && join(&pending, s + 2, len - 3))
			continue;
		out += pass_on(&q->moves, s, n - i, bytes + out, &taken);
	}
	out += put_pending(&pending, &q->pen, bytes + out);
	return out;
}
