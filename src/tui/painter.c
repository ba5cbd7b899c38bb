/* Bytes are few when the pen changes seldom, so a blank is written with any pen that shows it the
 * same, and a short gap between two changes is written again where a move would take as much. */
#include "tui/painter.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "draw/style.h"

enum {
	DAB_MOST = PEN_CHANGE + MOVES_LONGEST + 4, /* bytes of a cell, with all that goes before */
	GAP_BYTES = 4,                             /* as long as a short move within a row */
	ERASE_LEAST = 12, /* blanks: as long as erasing them and a move behind */
};

void painter_init(struct painter *p, struct caps *caps, struct outlet *out)
{
	*p = (struct painter){.caps = caps, .out = out};
}

void painter_resize(struct painter *p, int width, int height)
{
	p->width = width;
	p->height = height;
	p->caps->moves.width = width;
	moves_forget(&p->caps->moves);
}

static struct pen pen_of(const struct dab *d)
{
	return (struct pen){.is_known = true, .attrs = d->attrs, .fg = d->fg, .bg = d->bg};
}

/* ------------------------------------------------------------------ what is sent */

static void put(struct painter *p, const char *bytes)
{
	outlet_add(p->out, bytes, strlen(bytes));
}

static void set_pen(struct painter *p, const struct pen *want)
{
	char bytes[PEN_CHANGE];

	outlet_add(p->out, bytes, pen_change(&p->caps->inks, &p->pen, want, bytes));
	p->pen = *want;
}

static void go_to(struct painter *p, int x, int y)
{
	static const struct pen plain = {true, 0, PEN_KEEP, PEN_KEEP};
	char bytes[MOVES_LONGEST];
	size_t n = moves_to(&p->caps->moves, y, x, bytes);

	if (n && !p->caps->moves_in_color && !pen_same(&p->pen, &plain))
		set_pen(p, &plain);
	outlet_add(p->out, bytes, n);
}

/* True for what can be drawn with this pen as it is. */
static bool suits(const struct pen *pen, const struct dab *d)
{
	struct pen own = pen_of(d);

	return d->cp == ' ' ? pen_same_blank(pen, &own) : pen_same(pen, &own);
}

static void put_dab(struct painter *p, const struct dab *d)
{
	struct pen want = pen_of(d);
	char bytes[4];

	if (!suits(&p->pen, d))
		set_pen(p, &want);
	outlet_add(p->out, bytes, utf8_put(d->cp, bytes));
	moves_drawn(&p->caps->moves, d->cp);
}

struct dab painter_clear(struct painter *p, const struct pen *paper)
{
	const char *region = p->caps->scroll_region ? p->caps->scroll_region(p->height - 1) : NULL;
	struct pen plain = {true, 0, PEN_KEEP, PEN_KEEP};

	if (region) /* a line feed is a way down on all rows but the last, whatever was set before
		     */
		put(p, region);
	put(p, p->caps->inks.reset); /* and its set of characters, once */
	p->pen.is_known = false;
	if (p->caps->clears_in_color)
		plain = *paper;
	set_pen(p, &plain);
	put(p, p->caps->clear);
	moves_are_at(&p->caps->moves, 0, 0);
	return (struct dab){.cp = ' ', .attrs = plain.attrs, .fg = plain.fg, .bg = plain.bg};
}

void painter_point(struct painter *p, int x, int y)
{
	go_to(p, x, y);
}

/* ------------------------------------------------------------------ rows */

static bool same(const struct dab *a, const struct dab *b)
{
	struct pen own = pen_of(a);

	return a->cp == b->cp && suits(&own, b);
}

/* True if clearing leaves such a cell. */
static bool is_clear(const struct painter *p, const struct dab *d)
{
	return d->cp == ' ' && !(d->attrs & (STYLE_UNDERLINE | STYLE_REVERSE)) &&
	       (p->caps->clears_in_color || d->bg == PEN_KEEP);
}

/* From where on a row is clear to its end, all in one colour. */
static int clear_from(const struct painter *p, const struct dab *row, int width)
{
	int x = width;

	while (x > 0 && is_clear(p, &row[x - 1]) && same(&row[x - 1], &row[width - 1]))
		x--;
	return x;
}

/* The cell behind the last one that differs; 0 = none does. */
static int changed_to(const struct dab *old, const struct dab *row, int width)
{
	int x = width;

	while (x > 0 && same(&old[x - 1], &row[x - 1]))
		x--;
	return x;
}

/* The first cell from x on that differs, `to` if none does before it. */
static int next_change(const struct dab *old, const struct dab *row, int x, int to)
{
	while (x < to && same(&old[x], &row[x]))
		x++;
	return x;
}

/* True if the unchanged cells from `from` to `to` are written as cheaply as passed over. */
static bool is_short_gap(const struct painter *p, const struct dab *row, int from, int to)
{
	char bytes[4];
	size_t n = 0;

	for (int x = from; x < to && n <= GAP_BYTES; x++) {
		if (row[x].cp == 0 || !suits(&p->pen, &row[x]))
			return false;
		n += utf8_put(row[x].cp, bytes);
	}
	return n <= GAP_BYTES;
}

/* A pen that shows blanks as this one. */
static void suit_blank(struct painter *p, const struct dab *d)
{
	struct pen blank = pen_of(d);

	if (!suits(&p->pen, d))
		set_pen(p, &blank);
}

/* Blanks from x on that are erased with fewer bytes than written; 0 = there are not so many. */
static int erasable(const struct painter *p, const struct dab *row, int x, int to)
{
	int end = x;

	while (p->caps->has_erase && end < to && is_clear(p, &row[end]) && same(&row[x], &row[end]))
		end++;
	return end - x >= ERASE_LEAST ? end - x : 0;
}

static void erase(struct painter *p, const struct dab *first, int n)
{
	char bytes[16] = "\033[";
	char *end = str_put_decimal(bytes + 2, n);

	suit_blank(p, first);
	*end++ = 'X';
	outlet_add(p->out, bytes, (size_t)(end - bytes));
}

/* Writes cells from x on up to one that need not be written, which is returned. */
static int put_run(struct painter *p, const struct dab *old, const struct dab *row, int x, int to)
{
	while (x < to) {
		int next = next_change(old, row, x, to);
		int blanks = erasable(p, row, x, to);

		if (next == to || (next > x && !is_short_gap(p, row, x, next)))
			return next;
		if (blanks) {
			erase(p, &row[x], blanks);
			return x + blanks;
		}
		do {
			if (row[x].cp) /* the right half comes with its left one */
				put_dab(p, &row[x]);
		} while (++x < next);
	}
	return x;
}

static void put_changes(struct painter *p, int y, const struct dab *old, const struct dab *row,
			int to)
{
	for (int x = next_change(old, row, 0, to); x < to; x = next_change(old, row, x, to)) {
		go_to(p, x, y);
		x = put_run(p, old, row, x, to);
	}
}

bool painter_row(struct painter *p, int y, const struct dab *old, const struct dab *row)
{
	bool is_last = p->caps->scrolls_at_end && y == p->height - 1;
	int width = p->width - is_last, to = changed_to(old, row, width);

	if (to == 0)
		return true;
	if (!outlet_make_room(p->out, (size_t)width * DAB_MOST))
		return false;
	int end = clear_from(p, row, p->width), first = next_change(old, row, end, to);
	int least = (int)strlen(p->caps->clear_end);
	bool clears = least && to - first > least;
	put_changes(p, y, old, row, clears ? end : to);
	if (clears) {
		go_to(p, first, y);
		suit_blank(p, &row[first]);
		put(p, p->caps->clear_end);
	}
	return true;
}
