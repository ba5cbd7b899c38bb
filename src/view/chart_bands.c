/* The parts of a quantity filled over each other: eighths of a cell where parts meet, in their two
 * colours; a pattern for each where there are none. */
#include "view/chart_parts.h"

#include <math.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "view/chart_words.h"
#include "view/widget.h"

enum { EIGHTHS = 8, FULL = 0x2588, PALE = 0x2592 };

/* The point that stands in the middle of a column. */
static const struct stack_point *point_of(const struct scales *s, const struct stack *sk,
					  int column)
{
	int at = (int)lround((column + 0.5) / s->plot.width * (sk->n - 1));

	return &sk->points[at < sk->n ? at : sk->n - 1];
}

/* Where each part ends, in eighths of a cell from the bottom. */
static void edges(const struct scales *s, const struct stack *sk, const struct stack_point *p,
		  int out[STACK_PARTS])
{
	double sum = 0;

	for (int i = 0; i < sk->spec->n; i++) {
		sum += p->part[i];
		out[i] = (int)lround(axis_share(&s->y, sum) * s->plot.height * EIGHTHS);
	}
}

/* The part in which an eighth lies; -1 = it is above all of them. */
static int part_at(const int ends[STACK_PARTS], int n, int eighth)
{
	for (int i = 0; i < n; i++)
		if (eighth < ends[i])
			return i;
	return -1;
}

/* What a cell holds: the part at its bottom up to `eighths`, another one above it. */
struct band {
	int low, high; /* parts; -1 = nothing is there */
	int eighths;   /* 1 to 8 */
};

static struct band band_at(const int ends[STACK_PARTS], int n, int from)
{
	struct band b = {.low = part_at(ends, n, from),
			 .high = part_at(ends, n, from + EIGHTHS - 1)};

	if (b.low < 0)
		return b;
	b.eighths = b.high < 0 ? ends[n - 1] - from : ends[b.low] - from;
	if (b.eighths > EIGHTHS)
		b.eighths = EIGHTHS;
	if (b.high < 0) /* several may end here: that of the middle stands for all */
		b.low = part_at(ends, n, from + b.eighths / 2);
	return b;
}

static void put_pattern(struct cells *c, int x, int y, const struct stack_part *low,
			const struct stack_part *high, int eighths)
{
	const struct stack_part *part = eighths >= EIGHTHS / 2 ? low : high;

	if (part)
		cells_put(c, x, y, cells_only_ascii(c) ? (uint32_t)part->letter : part->pattern,
			  part->style);
}

static void put_band(struct cells *c, int x, int y, const struct stack *sk, const struct band *b,
		     const struct theme *theme, bool is_pale)
{
	const struct stack_part *low = &sk->spec->parts[b->low],
				*high = b->high >= 0 ? &sk->spec->parts[b->high] : NULL;

	if (cells_only_ascii(c) || !theme) {
		put_pattern(c, x, y, low, high, b->eighths);
		return;
	}
	if (b->eighths == EIGHTHS || is_pale || (high && c->ascii)) {
		low = b->eighths < EIGHTHS / 2 ? high : low;
		if (low)
			cells_put(c, x, y, is_pale ? PALE : FULL, low->style);
		return;
	}
	cells_put(c, x, y, 0x2580 + (uint32_t)b->eighths, low->style);
	struct theme_role front = theme_paint(theme, low->style);
	struct theme_role back = high ? theme_paint(theme, high->style) : front;

	if (high && front.fg != THEME_KEEP && back.fg != THEME_KEEP)
		cells_paint(c, x, y, (uint32_t)front.fg, (uint32_t)back.fg);
}

static int column_of(const struct scales *s, int64_t width)
{
	return (int)(axis_share(&s->x, (double)width) * s->plot.width);
}

/* Where measurements end: a line, and beside it what it says. Without colours a mark is underlined,
 * which a line must not be. */
static void draw_beyond(struct cells *c, const struct scales *s, const struct stack *sk, bool plain)
{
	static const char *const texts[] = {"extrapolated \xe2\x86\x92", "extrap. \xe2\x86\x92"};
	int x = s->plot.x + column_of(s, sk->beyond), end = s->plot.x + s->plot.width;

	if (!sk->beyond || x < s->plot.x || x >= end)
		return;
	for (int y = 0; y < s->plot.height; y++)
		cells_put(c, x, s->plot.y + y, 0x2502, plain ? STYLE_AXIS : STYLE_MARK);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		int width = (int)utf8_columns(texts[i]);

		if (x + 2 + width > end)
			continue;
		cells_fill(c, (struct rect){x + 1, s->plot.y, width + 2, 1}, ' ', STYLE_MARK);
		cells_text(c, x + 2, s->plot.y, STYLE_MARK, texts[i]);
		return;
	}
}

/* A line across the whole plot with its words at the left. */
static void draw_level(struct cells *c, const struct scales *s, double value, const char *words,
		       enum unit unit)
{
	char text[64], number[UNIT_TEXT];
	int row;

	if (!(value > 0) || !scales_row(s, value, &row))
		return;
	for (int x = 0; x < s->plot.width; x++)
		cells_put(c, s->plot.x + x, s->plot.y + row, c->ascii ? '=' : 0x2500, STYLE_LIMIT);
	str_format(text, sizeof text, " %s %s ", words, unit_text(number, unit, value));
	if ((int)utf8_columns(text) + 2 < s->plot.width)
		cells_text(c, s->plot.x + 1, s->plot.y + row, STYLE_LIMIT, text);
}

void chart_draw_stack(struct cells *c, const struct scales *s, const struct stack *sk,
		      const struct theme *theme)
{
	enum unit unit = quantities[sk->spec->whole].unit;

	for (int x = 0; x < s->plot.width; x++) {
		const struct stack_point *p = point_of(s, sk, x);
		int ends[STACK_PARTS];

		if (!p->has)
			continue;
		edges(s, sk, p, ends);
		for (int row = 0; row < s->plot.height; row++) {
			struct band b = band_at(ends, sk->spec->n, row * EIGHTHS);

			if (b.low >= 0)
				put_band(c, s->plot.x + x, s->plot.y + s->plot.height - 1 - row, sk,
					 &b, theme, p->is_beyond);
		}
	}
	draw_beyond(c, s, sk, !theme);
	draw_level(c, s, sk->limit, "the device is full:", unit);
	draw_level(c, s, sk->budget, "budget", unit);
}

/* ------------------------------------------------------------ at the present width */

/* False: there is no such request. */
static bool present(const struct stack *sk, const struct frame *f, struct stack_point *out)
{
	stack_at(sk->spec, &f->st->req.setup, (double)f->st->req.setup.width, out);
	return out->has && out->sum > 0;
}

/* Over the parts as well, in their colours. */
static void draw_line(struct cells *c, const struct scales *s, int x)
{
	for (int y = s->plot.y; y < s->plot.y + s->plot.height; y++) {
		const struct cell *there = &c->cell[(size_t)y * (size_t)c->width + (size_t)x];
		unsigned role = there->style & STYLE_ROLE;

		if (role >= STYLE_PART1 && role <= STYLE_PART5)
			cells_put(c, x, y, 0x2506, STYLE_CURSOR);
	}
}

void chart_draw_stack_cursor(struct cells *c, const struct scales *s, const struct chart_places *p,
			     const struct stack *sk, const struct frame *f, bool is_crosshair)
{
	struct stack_point now;
	char text[UNIT_TEXT];
	int x, row;

	if (!chart_draw_cursor_line(c, s, p, f->st, is_crosshair, &x) || !present(sk, f, &now))
		return;
	if (is_crosshair)
		draw_line(c, s, x);
	if (sk->limit > 0 || !scales_row(s, now.sum, &row) || chart_is_word(c, x, s->plot.y + row))
		return; /* what is always full needs no mark */
	cells_put(c, x, s->plot.y + row, 0x25cf, STYLE_CURSOR);
	if (s->plot.height >= 8)
		chart_draw_cursor_value(c, &s->plot, x, row,
					chart_value(sk->spec->whole, now.sum, text));
}

/* "■ vision     115 ms  22 %", as much of it as has room. */
static void draw_entry(struct cells *c, struct rect at, const struct stack *sk, int part,
		       const struct stack_point *now, bool plain)
{
	enum { NAME = 12, VALUE = 9, SHARE = 6 };
	const struct stack_part *of = &sk->spec->parts[part];
	char value[UNIT_TEXT], share[UNIT_TEXT];
	int x = at.x + at.width;

	cells_put(c, at.x, at.y,
		  cells_only_ascii(c) ? (uint32_t)of->letter
		  : plain             ? of->pattern
				      : 0x25a0,
		  of->style);
	if (now->has && at.width >= NAME + SHARE - 4) {
		str_format(share, sizeof share, "%.0f %%", now->part[part] / now->sum * 100);
		cells_text_right(c, x - SHARE, at.y, SHARE, STYLE_DIM, share);
		x -= SHARE;
	}
	if (now->has && at.width >= NAME + SHARE + VALUE) {
		chart_value(sk->spec->whole, now->part[part], value);
		cells_text_right(c, x - VALUE, at.y, VALUE, STYLE_VALUE, value);
		x -= VALUE;
	}
	cells_text_fit(c, at.x + 2, at.y, x - at.x - 2, STYLE_TEXT, of->name);
}

/* What the whole is, over its parts. */
static void draw_whole(struct cells *c, struct rect at, const struct stack *sk,
		       const struct stack_point *now)
{
	char value[UNIT_TEXT], width[UNIT_TEXT], text[UNIT_TEXT + 8];

	str_format(text, sizeof text, "at %s px", unit_grouped(width, (int64_t)now->x));
	chart_value(sk->spec->whole, now->sum, value);
	int columns = (int)utf8_columns(value);

	cells_text_right(c, at.x, at.y, at.width, STYLE_VALUE | STYLE_BOLD, value);
	if ((int)utf8_columns(text) + columns < at.width)
		cells_text(c, at.x, at.y, STYLE_DIM, text);
}

void chart_draw_stack_legend(struct cells *c, const struct chart_places *p, const struct stack *sk,
			     const struct frame *f)
{
	struct rect at = {p->legend.x, p->legend.y, p->legend.width, 1};
	struct stack_point now;
	bool has = present(sk, f, &now), plain = widget_is_plain(f);
	int end = p->legend.y + p->legend.height;

	if (p->legend.width < 6)
		return;
	if (has && p->legend.height > sk->spec->n)
		draw_whole(c, at, sk, &now), at.y++;
	for (int i = sk->spec->n - 1; i >= 0 && at.y < end; i--, at.y++)
		draw_entry(c, at, sk, i, &now, plain);
	if (has && now.is_beyond && at.y + 1 < end)
		widget_wrap(c, (struct rect){at.x, at.y + 1, at.width, end - at.y - 1}, STYLE_MARK,
			    "this width is extrapolated");
}
