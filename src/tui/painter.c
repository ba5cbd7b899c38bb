/* Bytes are few when the pen changes seldom: a blank is written with the pen before it where that
 * shows it the same, long blanks are erased, and a short gap between two changes is written again
 * where a move would take as much. What a cell becomes depends on its row alone and never on the
 * way there, so that a picture is the same to the last attribute however it came to be. */
#include "tui/painter.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "draw/style.h"

enum {
	SEEN_ON_BLANKS = STYLE_UNDERLINE | STYLE_REVERSE,
	DAB_MOST = PEN_CHANGE + MOVES_LONGEST + 4, /* bytes of a cell, with all that goes before */
	GAP_BYTES = 4,                             /* as long as a short move within a row */
	ERASED = PEN_KEEP - 1, /* ink of a cell that was cleared: nobody knows it */
	CLEAR_LEAST = 3,       /* bytes of clearing to the end of a row, as a rule */
	ERASE_LEAST = 12,      /* blanks: as long as erasing them and a move behind */
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

static void put_dab(struct painter *p, const struct dab *d)
{
	struct pen want = pen_of(d);
	char bytes[4];

	if (!p->pen.is_known || !pen_same(&p->pen, &want))
		set_pen(p, &want);
	outlet_add(p->out, bytes, utf8_put(d->cp, bytes));
	moves_drawn(&p->caps->moves, d->cp);
}

/* What is cleared now has this ground; the rest of the pen is left as it is. */
static void set_ground(struct painter *p, int32_t bg)
{
	struct pen want = p->pen;

	want.attrs &= (uint16_t)~SEEN_ON_BLANKS;
	want.bg = bg;
	set_pen(p, &want);
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
	return (struct dab){.cp = ' ', .fg = ERASED, .bg = plain.bg};
}

void painter_point(struct painter *p, int x, int y)
{
	go_to(p, x, y);
}

/* ------------------------------------------------------------------ rows */

static bool same(const struct dab *a, const struct dab *b)
{
	return a->cp == b->cp && a->fg == b->fg && a->bg == b->bg && a->attrs == b->attrs;
}

/* True if clearing leaves such a cell. */
static bool is_clear(const struct painter *p, const struct dab *d)
{
	return d->cp == ' ' && !(d->attrs & SEEN_ON_BLANKS) &&
	       (p->caps->clears_in_color || d->bg == PEN_KEEP);
}

/* How many cells from x on clearing leaves, all of one ground. */
static int clear_run(const struct painter *p, const struct dab *row, int x)
{
	int end = x;

	while (end < p->width && is_clear(p, &row[end]) && row[end].bg == row[x].bg)
		end++;
	return end - x;
}

/* A run that is cleared rather than written. */
static bool is_erased(const struct painter *p, int x, int n)
{
	return (p->caps->clear_end[0] && x + n == p->width && n > CLEAR_LEAST) ||
	       (p->caps->has_erase && n >= ERASE_LEAST);
}

/* Of two blanks: an ink is seen on underlined and reversed ones alone. */
static bool same_blank(const struct dab *a, const struct dab *b)
{
	unsigned seen = a->attrs & SEEN_ON_BLANKS;

	return seen == (b->attrs & SEEN_ON_BLANKS) && a->bg == b->bg && (!seen || a->fg == b->fg);
}

/* A row as it will stand there: what is cleared, and which pens the other blanks have. */
static void settle(const struct painter *p, struct dab *row)
{
	const struct dab *last = NULL;

	for (int x = 0; x < p->width;) {
		int n = clear_run(p, row, x), end = x + (n ? n : 1);
		bool erases = is_erased(p, x, n);

		for (; x < end; x++) {
			struct dab *d = &row[x];

			if (erases)
				*d = (struct dab){' ', 0, ERASED, d->bg};
			if (d->fg == ERASED)
				continue;
			if (d->cp == ' ' && last && same_blank(d, last))
				*d = (struct dab){' ', last->attrs, last->fg, last->bg};
			last = d;
		}
	}
}

/* The first cell from x on that differs; the width if none does. */
static int next_change(const struct painter *p, const struct dab *old, const struct dab *row, int x)
{
	while (x < p->width && same(&old[x], &row[x]))
		x++;
	return x;
}

/* True if the unchanged cells from `from` to `to` are written as cheaply as passed over. */
static bool is_short_gap(const struct painter *p, const struct dab *row, int from, int to)
{
	char bytes[4];
	size_t n = 0;

	for (int x = from; x < to && n <= GAP_BYTES; x++) {
		struct pen own = pen_of(&row[x]);

		if (row[x].cp == 0 || !pen_same(&p->pen, &own))
			return false;
		n += utf8_put(row[x].cp, bytes);
	}
	return n <= GAP_BYTES;
}

/* Clears cells from x on as far as they differ; returns the cell behind them. */
static int erase(struct painter *p, const struct dab *old, const struct dab *row, int x)
{
	char bytes[16] = "\033[", *end;
	int stop = x, to = x;

	for (; stop < p->width && row[stop].fg == ERASED && row[stop].bg == row[x].bg; stop++)
		to = same(&old[stop], &row[stop]) ? to : stop + 1;
	set_ground(p, row[x].bg);
	if (stop == p->width && p->caps->clear_end[0]) {
		put(p, p->caps->clear_end);
		return stop;
	}
	end = str_put_decimal(bytes + 2, to - x);
	*end++ = 'X';
	outlet_add(p->out, bytes, (size_t)(end - bytes));
	return to;
}

/* Writes cells from x on up to one that need not be written, which is returned. */
static int write_run(struct painter *p, const struct dab *old, const struct dab *row, int x)
{
	while (x < p->width && row[x].fg != ERASED) {
		int next = next_change(p, old, row, x);

		if (next == p->width || (next > x && !is_short_gap(p, row, x, next)))
			return next;
		do {
			if (row[x].cp) /* the right half comes with its left one */
				put_dab(p, &row[x]);
		} while (++x < next);
	}
	return x;
}

bool painter_row(struct painter *p, int y, struct dab *old, struct dab *row)
{
	if (!outlet_make_room(p->out, (size_t)p->width * DAB_MOST))
		return false;
	settle(p, old);
	settle(p, row);
	if (p->caps->scrolls_at_end && y == p->height - 1 && row[p->width - 1].fg != ERASED)
		row[p->width - 1] = old[p->width - 1]; /* never written */
	for (int x = next_change(p, old, row, 0); x < p->width; x = next_change(p, old, row, x)) {
		go_to(p, x, y);
		x = row[x].fg == ERASED ? erase(p, old, row, x) : write_run(p, old, row, x);
	}
	return true;
}
