#include "view/widget.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "draw/digits.h"

enum { FACTOR_WIDTH = 6, BEFORE_WIDTH = 11 };

/* A role along a bar, in half of the steps that there are: each is a colour code more. */
static unsigned shaded(unsigned style, int at, int width)
{
	return style +
	       (unsigned)(width > 1 ? at * (STYLE_STEPS / 2) / (width - 1) * 2 : 0) * STYLE_STEP;
}

void widget_gauge(struct cells *c, int x, int y, int width, double share, unsigned style)
{
	if (width <= 0)
		return;
	if (!(share > 0))
		share = 0;
	int eighths = (int)(fmin(share, 1) * width * 8 + 0.5);

	if (eighths == 0 && share > 0)
		eighths = 1;
	for (int i = 0; i < width; i++) {
		int part = eighths - i * 8;

		if (part >= 8)
			cells_put(c, x + i, y, 0x2588, shaded(style, i, width));
		else if (part > 0)
			cells_put(c, x + i, y, cells_only_ascii(c) ? '#' : 0x2590u - (uint32_t)part,
				  shaded(style, i, width));
		else
			cells_put(c, x + i, y, 0x2591, STYLE_BORDER);
	}
}

void widget_ghost(struct cells *c, int x, int y, int width, double share, double was,
		  unsigned style)
{
	if (!(was >= 0) || !(share >= 0))
		return;
	double now = fmin(share, 1) * width, then = fmin(was, 1) * width;
	int from = (int)ceil(fmin(now, then) - 0.06), to = (int)(fmax(now, then) + 0.06);

	for (int i = from; i < to; i++)
		cells_put(c, x + i, y, now > then ? 0x2593 : 0x2592, style);
}

uint32_t widget_part_glyph(int part, bool plain, bool ascii)
{
	static const uint32_t patterns[] = {0x2591, 0x2592, 0x2593, 0x2591, 0x2588};
	static const char letters[] = "fpVjL";

	part %= 5;
	return ascii ? (uint32_t)letters[part] : plain ? patterns[part] : 0x2588;
}

void widget_stack(struct cells *c, int x, int y, int width, const double *parts, int n, bool plain)
{
	double total = 0, before = 0;

	for (int i = 0; i < n; i++)
		total += parts[i] > 0 ? parts[i] : 0;
	if (!(total > 0) || width <= 0)
		return;
	int at = 0;

	for (int i = 0; i < n; i++) {
		if (!(parts[i] > 0))
			continue;
		before += parts[i];
		int end = (int)(before / total * width + 0.5);

		if (end <= at && width >= n * 2)
			end = at + 1;
		for (; at < end && at < width; at++)
			cells_put(c, x + at, y, widget_part_glyph(i, plain, cells_only_ascii(c)),
				  shaded((unsigned)(STYLE_PART1 + i), at, width));
	}
}

char *widget_factor(char out[UNIT_TEXT], double now, double pinned)
{
	out[0] = '\0';
	if (!(pinned > 0) || !(now >= 0))
		return out;
	if (fabs(now / pinned - 1) < 1e-12)
		return str_format(out, UNIT_TEXT, "=");
	return unit_factor(out, now / pinned);
}

char *widget_factor_of(char out[UNIT_TEXT], enum quantity_id id, const struct value *now,
		       const struct value *pinned, unsigned *style)
{
	char a[UNIT_TEXT], b[UNIT_TEXT];

	out[0] = '\0';
	*style = STYLE_MARK;
	if (now->reason || now->text || pinned->reason || pinned->text)
		return out;
	widget_factor(out, now->number, pinned->number);
	if (*out && strcmp(quantity_text(id, now, a), quantity_text(id, pinned, b)) == 0)
		str_format(out, UNIT_TEXT, "="); /* as far as one sees */
	if (*out && *out != '=')
		*style = (now->number < pinned->number) == quantities[id].is_cost ? STYLE_GOOD
										  : STYLE_WARN;
	return out;
}

char *widget_change(char out[UNIT_TEXT], const struct frame *f, enum quantity_id id)
{
	struct value now = frame_value(f, id), before = frame_before(f, id);
	char a[UNIT_TEXT], b[UNIT_TEXT];

	out[0] = '\0';
	if (now.reason || now.text || before.reason || before.text ||
	    strcmp(quantity_text(id, &now, a), quantity_text(id, &before, b)) == 0)
		return out;
	double change = now.number - before.number;
	char *unit;

	unit_text(a, quantities[id].unit, fabs(change));
	if (quantities[id].unit == UNIT_SHARE && (unit = strchr(a, ' ')) != NULL)
		*unit = '\0';                   /* points, not a share of what it was */
	if (quantities[id].unit == UNIT_FACTOR) /* whose sign is no number */
		str_format(a, sizeof a, "%.2f", fabs(change));
	return str_format(out, UNIT_TEXT, "%s%s", change < 0 ? "-" : "+", a);
}

void widget_field(struct cells *c, int x, int y, int width, const char *text)
{
	int columns = (int)utf8_columns(text);

	cells_fill(c, (struct rect){x, y, width, 1}, ' ', STYLE_INPUT);
	while (*text && columns >= width) { /* the end matters: that is where one types */
		uint32_t cp;
		size_t n = utf8_decode(text, &cp);

		columns -= utf8_width(cp);
		text += n;
	}
	x = cells_text(c, x, y, STYLE_INPUT, text);
	cells_put(c, x, y, c->ascii ? '_' : 0x2588, STYLE_INPUT);
	cells_point(c, x, y, true);
}

void widget_row(struct cells *c, struct rect r, int row, const char *label, const char *value,
		unsigned style)
{
	if (row >= r.height)
		return;
	/* the value matters more than its label: the label is cut first */
	int y = r.y + row, wanted = (int)utf8_columns(value), used = (int)utf8_columns(label) + 1;

	if (used > r.width - wanted)
		used = r.width - wanted;
	if (used < 3)
		used = r.width > 3 ? 3 : 0;
	cells_text_fit(c, r.x, y, used - 1, STYLE_DIM, label);
	cells_text_right(c, r.x + used, y, r.width - used, style, value);
}

/* Of a label and a value with a blank between. */
static int columns_of(const char *label, const char *text)
{
	return (int)(utf8_columns(label) + 1 + utf8_columns(text));
}

char *widget_change_of_tokens(char out[WIDGET_CHANGE], const struct frame *f)
{
	struct value now = frame_value(f, Q_VISUAL), before = frame_before(f, Q_VISUAL);
	char change[UNIT_TEXT];

	out[0] = '\0';
	if (!*widget_change(change, f, Q_VISUAL))
		return out;
	str_format(out, WIDGET_CHANGE, "%s", change);
	if (before.number > 0)
		str_append(out, WIDGET_CHANGE, " (%+.*f %%)",
			   fabs(now.number / before.number - 1) < 0.0095 ? 1 : 0,
			   (now.number / before.number - 1) * 100);
	return out;
}

/* Before the value, where digits of other rows stand under it as far as there is room; not where it
 * would touch something. */
static void draw_change(struct cells *c, struct rect row, int label, int value,
			const struct frame *f, enum quantity_id id)
{
	enum { VALUE = 11 };
	char change[UNIT_TEXT];
	int columns = (int)utf8_columns(widget_change(change, f, id));
	int end = value < VALUE ? row.width - VALUE : row.width - value - 1;

	if (label + 1 + columns > end)
		end = row.width - value - 1;
	if (columns && label + 1 + columns <= end)
		cells_text_right(c, row.x, row.y, end, STYLE_VALUE, change);
}

void widget_quantity_as(struct cells *c, struct rect r, int row, const char *label,
			const struct frame *f, enum quantity_id id, const char *text,
			unsigned style)
{
	struct value now = frame_value(f, id), pinned = frame_pinned(f, id);
	char factor[UNIT_TEXT], before[UNIT_TEXT];
	unsigned mark;
	int y = r.y + row;

	if (row >= r.height)
		return;
	if (!label)
		label = quantity_label(id);
	widget_factor_of(factor, id, &now, &pinned, &mark);
	bool has_pin = *factor != '\0', is_wide = r.width >= WIDGET_PINNED_WIDTH;
	int tight = has_pin ? (int)utf8_columns(factor) + 1 : 0;

	/* a short name rather than half of one, or none of the factor */
	if (columns_of(label, text) + tight > r.width)
		label = quantity_head(id);
	int left = r.width - columns_of(label, text);
	int room = left >= FACTOR_WIDTH ? FACTOR_WIDTH : left >= tight ? tight : 0;

	if (has_pin && room > 0) {
		cells_text_right(c, r.x + r.width - room, y, room, mark, factor);
		r.width -= room;
	}
	if (has_pin && is_wide) {
		cells_text_right(c, r.x + r.width - BEFORE_WIDTH, y, BEFORE_WIDTH, STYLE_DIM,
				 quantity_text(id, &pinned, before));
		r.width -= BEFORE_WIDTH;
	}
	widget_row(c, r, row, label, text, style);
	if (!has_pin)
		draw_change(c, (struct rect){r.x, y, r.width, 1}, (int)utf8_columns(label),
			    (int)utf8_columns(text), f, id);
}

void widget_quantity(struct cells *c, struct rect r, int row, const char *label,
		     const struct frame *f, enum quantity_id id)
{
	struct value v = frame_value(f, id);
	char text[UNIT_TEXT];

	if (!v.reason) {
		widget_quantity_as(c, r, row, label, f, id, quantity_text(id, &v, text),
				   STYLE_VALUE);
		return;
	}
	if (!label)
		label = quantity_label(id);
	bool fits = utf8_columns(label) + utf8_columns(v.reason) + 1 <=
		    (size_t)(r.width > 0 ? r.width : 0);

	widget_row(c, r, row, label, fits ? v.reason : quantity_text(id, &v, text), STYLE_DIM);
}

char *widget_range(char out[WIDGET_RANGE], const struct estimate *e)
{
	char low[UNIT_TEXT], high[UNIT_TEXT];

	if (e->prefill.reason)
		return str_format(out, WIDGET_RANGE, "\xe2\x80\x93");
	unit_time(low, e->prefill.low_s);
	unit_time(high, e->prefill.high_s);
	char *unit = strchr(low, ' ');

	if (unit && strchr(high, ' ') && strcmp(unit, strchr(high, ' ')) == 0)
		*unit = '\0';
	return str_format(out, WIDGET_RANGE, "%s to %s", low, high);
}

/* Where a word longer than a line is broken: behind a mark of the last part that fits, never within
 * a number; at the end of the line where there is none. */
static size_t break_word(const char *text, size_t take)
{
	for (size_t i = take; i > 1; i--)
		if (strchr(",:;{/", text[i - 1]) &&
		    !(text[i - 1] == ',' && text[i] >= '0' && text[i] <= '9'))
			return i;
	return take;
}

int widget_wrap(struct cells *c, struct rect r, unsigned style, const char *text)
{
	int row = 0;

	for (; row < r.height && *text; row++) {
		char line[256];
		size_t take = utf8_cut(text, (size_t)(r.width > 0 ? r.width : 0));
		size_t end = take;

		if (row == r.height - 1 || !text[take]) {
			if (c)
				cells_text_fit(c, r.x, r.y + row, r.width, style, text);
			return row + 1;
		}
		while (end > 0 && text[end] != ' ')
			end--;
		if (end == 0)
			end = break_word(text, take);
		str_format(line, sizeof line, "%.*s", (int)end, text);
		if (c)
			cells_text_fit(c, r.x, r.y + row, r.width, style, line);
		text += end;
		while (*text == ' ')
			text++;
	}
	return row;
}

int widget_headline_rows(struct rect r, const char *number, bool ascii)
{
	int rows = digits_height(1, ascii) + 1;

	return r.height >= rows + 10 && r.width >= digits_width(number, 1) ? rows : 0;
}

int widget_headline(struct cells *c, struct rect r, const char *number, const char *above,
		    const char *below)
{
	int rows = widget_headline_rows(r, number, c->ascii), x = r.x + digits_width(number, 1) + 3;

	if (!rows)
		return 0;
	digits_draw(c, r.x, r.y, STYLE_BIG, number, 1);
	cells_text_fit(c, x, r.y + rows - 4, r.x + r.width - x, STYLE_VALUE | STYLE_BOLD, above);
	cells_text_fit(c, x, r.y + rows - 3, r.x + r.width - x, STYLE_DIM, below);
	return rows;
}

void widget_thumb(struct cells *c, int x, int y, int rows, int first, int lines)
{
	if (lines <= rows || rows < 3)
		return;
	int size = rows * rows / lines > 1 ? rows * rows / lines : 1;
	int at = (int)((int64_t)first * (rows - size) / (lines - rows));

	for (int i = 0; i < size; i++)
		cells_put(c, x, y + at + i, cells_only_ascii(c) ? '#' : 0x2588, STYLE_BORDER);
}

bool widget_is_plain(const struct frame *f)
{
	return f->st->is_mono || (f->st->theme && f->st->theme->is_mono);
}
