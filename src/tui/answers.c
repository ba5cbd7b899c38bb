#include "tui/answers.h"

#include <string.h>

enum { ESC = 0x1b, PARAMS_MAX = 4, TEXT_MAX = 256, LONGEST = 64, PIXELS_MAX = 100000 };

/* The letters of `head` at s: how many of them are there, or -1 where another one is. */
static int begins(const unsigned char *s, size_t n, const char *head)
{
	size_t i = 0;

	for (; head[i] && i < n; i++)
		if (s[i] != (unsigned char)head[i])
			return -1;
	return (int)i;
}

/* Text up to ESC \ behind a head. */
static enum answers_step read_text(const unsigned char *s, size_t n, const char *head, char *out,
				   size_t size, size_t *used)
{
	size_t len = strlen(head), at = len;
	int have = begins(s, n, head);

	if (have < (int)len)
		return have < 0 ? ANSWERS_OTHER : ANSWERS_PART;
	for (; at < n && s[at] != ESC; at++)
		if (at - len >= TEXT_MAX || s[at] < 0x20 || s[at] > 0x7e)
			return ANSWERS_OTHER;
	if (at + 1 >= n)
		return ANSWERS_PART;
	if (s[at + 1] != '\\')
		return ANSWERS_OTHER;
	*used = at + 2;
	len = at - len < size - 1 ? at - len : size - 1;
	memcpy(out, s + strlen(head), len);
	out[len] = '\0';
	return ANSWERS_WHOLE;
}

struct csi {
	bool is_private; /* it began with '?' */
	int param[PARAMS_MAX];
	int params;
	bool has_four; /* among the later ones */
	unsigned char final;
};

/* CSI of numbers, with '?' or one that says what a terminal's size is: 4 or 6. */
static enum answers_step read_csi(const unsigned char *s, size_t n, struct csi *out, size_t *used)
{
	size_t at = 1;
	int value = 0;

	*out = (struct csi){.final = 0};
	if (n < 2)
		return ANSWERS_PART;
	if (s[1] == '?') {
		out->is_private = true;
		at = 2;
	} else if (s[1] != '4' && s[1] != '6') {
		return ANSWERS_OTHER;
	}
	for (; at < n && at < LONGEST; at++) {
		if (s[at] >= '0' && s[at] <= '9') {
			value = value < PIXELS_MAX ? value * 10 + (s[at] - '0') : value;
			continue;
		}
		if (out->params < PARAMS_MAX)
			out->param[out->params] = value;
		out->has_four |= out->params > 0 && value == 4;
		out->params++;
		value = 0;
		if (s[at] == ';')
			continue;
		out->final = s[at];
		*used = at + 1;
		return ANSWERS_WHOLE;
	}
	return at < LONGEST ? ANSWERS_PART : ANSWERS_OTHER;
}

static bool is_size(int w, int h)
{
	return w > 0 && h > 0 && w <= PIXELS_MAX && h <= PIXELS_MAX;
}

/* DA1 of a terminal of level 2 to 5 lists what it has: 4 is sixels. */
static void take_csi(struct answers *a, const struct csi *c)
{
	const int *p = c->param;

	if (c->final == 'c') {
		a->has_sixel = p[0] >= 62 && p[0] <= 65 && c->has_four;
	} else if (c->final == 'S' && c->params >= 3 && p[0] == 1 && p[1] == 0) {
		a->registers = p[2];
	} else if (c->final == 'S' && c->params >= 4 && p[0] == 2 && p[1] == 0 &&
		   is_size(p[2], p[3])) {
		a->most_w = p[2];
		a->most_h = p[3];
	} else if (c->final == 't' && c->params == 3 && is_size(p[2], p[1])) {
		*(p[0] == 6 ? &a->cell_w : &a->text_w) = p[2];
		*(p[0] == 6 ? &a->cell_h : &a->text_h) = p[1];
	}
}

enum answers_step answers_read(struct answers *a, const unsigned char *s, size_t n, size_t *used)
{
	size_t esc = n && s[0] == ESC ? 1 : 0;
	char said[8];
	struct csi c;
	enum answers_step step = ANSWERS_OTHER;

	s += esc;
	n -= esc;
	if (n == 0)
		return esc ? ANSWERS_PART : ANSWERS_OTHER;
	if (s[0] == 'P') {
		step = read_text(s, n, "P>|", a->name, sizeof a->name, used);
	} else if (s[0] == '_') {
		step = read_text(s, n, "_Gi=31;", said, sizeof said, used);
		a->has_kitty |= step == ANSWERS_WHOLE && strcmp(said, "OK") == 0;
	} else if (s[0] == '[') {
		step = read_csi(s, n, &c, used);
		if (step == ANSWERS_WHOLE && c.final != (c.is_private ? 'S' : 't') &&
		    !(c.is_private && c.final == 'c'))
			step = ANSWERS_OTHER;
		if (step == ANSWERS_WHOLE)
			take_csi(a, &c);
	}
	*used += step == ANSWERS_WHOLE ? esc : 0;
	return step;
}
