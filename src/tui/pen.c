#include "tui/pen.h"

#include <assert.h>
#include <string.h>

enum { BOLD = 1, DIM = 2, UNDERLINE = 4, REVERSE = 7, ATTR_MOST = 9 };

/* Length of the parameter at p, up to ';' or the end, and its number. */
static size_t parameter(const char *p, size_t n, unsigned *value)
{
	size_t len = 0;

	for (*value = 0; len < n && p[len] != ';'; len++)
		*value = *value * 10 + (unsigned)(p[len] - '0');
	return len;
}

/* Length of the colour at p, with the parameters that 38 and 48 take; 0 if it is not whole. */
static size_t color_length(const char *p, size_t n, unsigned value, size_t len)
{
	unsigned kind;

	if (value != 38 && value != 48)
		return len;
	if (len + 1 >= n)
		return 0;
	size_t end = len + 1 + parameter(p + len + 1, n - len - 1, &kind);
	for (int more = kind == 5 ? 1 : kind == 2 ? 3 : 0; more > 0; more--) {
		if (end >= n)
			return 0;
		end += 1 + parameter(p + end + 1, n - end - 1, &value);
	}
	return end < PEN_COLOR && (kind == 5 || kind == 2) ? end : 0;
}

static bool is_fg(unsigned v)
{
	return (v >= 30 && v <= 39) || (v >= 90 && v <= 97);
}

static bool is_bg(unsigned v)
{
	return (v >= 40 && v <= 49) || (v >= 100 && v <= 107);
}

bool pen_apply(struct pen *p, const char *params, size_t n)
{
	for (size_t at = 0; at <= n;) {
		unsigned value;
		size_t len = parameter(params + at, n - at, &value);

		if (value == 0) {
			*p = (struct pen){.is_known = true};
		} else if (value <= ATTR_MOST) {
			p->attrs |= 1u << value;
		} else if (is_fg(value) || is_bg(value)) {
			char *color = is_fg(value) ? p->fg : p->bg;

			len = color_length(params + at, n - at, value, len);
			if (!len) {
				p->is_known = false;
				return false;
			}
			memcpy(color, params + at, len);
			color[len] = '\0';
		} else {
			p->is_known = false;
			return false;
		}
		at += len + 1;
	}
	return true;
}

static bool is_default(const char *color)
{
	return !*color || strcmp(color + 1, "9") == 0;
}

static bool same_color(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || (is_default(a) && is_default(b));
}

/* What sets the color where it is not the one before; `usual` for one that nobody asked for. */
static const char *color_param(const char *color, const char *usual)
{
	return *color ? color : usual;
}

/* Parameters that are written one after the other. All together are shorter than PEN_CHANGE: a
 * reset, nine attributes and two colours. */
struct change {
	char text[PEN_CHANGE];
	size_t n;
};
static_assert(1 + 2 * 9 + 2 * PEN_COLOR < PEN_CHANGE, "room for everything anew");

static void add(struct change *c, const char *param, size_t n)
{
	if (c->n)
		c->text[c->n++] = ';';
	memcpy(c->text + c->n, param, n);
	c->n += n;
}

static void add_attrs(struct change *c, unsigned attrs)
{
	for (unsigned i = 1; attrs >> i && i <= ATTR_MOST; i++)
		if (attrs & 1u << i)
			add(c, (char[]){(char)('0' + i)}, 1);
}

/* Everything anew. */
static void change_by_reset(const struct pen *want, struct change *c)
{
	add(c, "0", 1);
	add_attrs(c, want->attrs);
	if (!is_default(want->fg))
		add(c, want->fg, strlen(want->fg));
	if (!is_default(want->bg))
		add(c, want->bg, strlen(want->bg));
}

/* Switches attributes off, one by one. False: there is one that has no parameter for it here. */
static bool undo_attrs(struct change *c, unsigned attrs)
{
	if (attrs & ~(1u << BOLD | 1u << UNDERLINE | 1u << REVERSE))
		return false;
	if (attrs & 1u << BOLD)
		add(c, "22", 2);
	if (attrs & 1u << UNDERLINE)
		add(c, "24", 2);
	if (attrs & 1u << REVERSE)
		add(c, "27", 2);
	return true;
}

/* Only what differs. False: something has to be switched off that a reset alone switches off. */
static bool change_by_steps(const struct pen *have, const struct pen *want, bool can_undo,
			    struct change *c)
{
	bool has_fg = same_color(have->fg, want->fg), has_bg = same_color(have->bg, want->bg);
	unsigned off = have->attrs & ~want->attrs;

	if (!have->is_known ||
	    (!can_undo && (off || (!has_fg && !*want->fg) || (!has_bg && !*want->bg))))
		return false;
	/* 22 ends faint as well as bold */
	if (off && ((have->attrs & 1u << DIM) || !undo_attrs(c, off)))
		return false;
	add_attrs(c, want->attrs & ~have->attrs);
	if (!has_fg) {
		const char *fg = color_param(want->fg, "39");
		add(c, fg, strlen(fg));
	}
	if (!has_bg) {
		const char *bg = color_param(want->bg, "49");
		add(c, bg, strlen(bg));
	}
	return true;
}

size_t pen_change(const struct pen *have, const struct pen *want, bool can_undo,
		  char out[PEN_CHANGE])
{
	struct change anew = {.n = 0}, steps = {.n = 0}, *best = &anew;

	change_by_reset(want, &anew);
	if (change_by_steps(have, want, can_undo, &steps) && steps.n <= anew.n)
		best = &steps;
	memcpy(out, best->text, best->n);
	return best->n;
}

bool pen_same_blank(const struct pen *a, const struct pen *b)
{
	const unsigned unseen = 1u << BOLD | 1u << DIM;

	return a->is_known && b->is_known && !((a->attrs | b->attrs) & ~unseen) &&
	       same_color(a->bg, b->bg);
}
