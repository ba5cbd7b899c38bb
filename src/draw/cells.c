#include "draw/cells.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "draw/compose.h"
#include "draw/stand_in.h"

/* ------------------------------------------------------------ the grid */

static int side(int n)
{
	return n < 1 ? 1 : n > CELLS_MAX ? CELLS_MAX : n;
}

bool cells_init(struct cells *c, int width, int height)
{
	*c = (struct cells){0};
	return cells_resize(c, width, height);
}

bool cells_make_room(struct cells *c, int width, int height)
{
	width = side(width);
	height = side(height);
	if (!c->cell || width != c->width || height != c->height) {
		struct cell *cell = realloc(c->cell, (size_t)width * (size_t)height * sizeof *cell);

		if (!cell)
			return false;
		c->cell = cell;
		c->width = width;
		c->height = height;
	}
	return true;
}

bool cells_resize(struct cells *c, int width, int height)
{
	if (!cells_make_room(c, width, height))
		return false;
	cells_clear(c);
	return true;
}

void cells_fini(struct cells *c)
{
	free(c->cell);
	*c = (struct cells){0};
}

void cells_clear(struct cells *c)
{
	size_t n = (size_t)c->width * (size_t)c->height;

	c->clip = (struct rect){0, 0, c->width, c->height};
	c->point = (struct cells_point){.x = 0};
	c->pictures = 0;
	for (size_t i = 0; i < n; i++)
		c->cell[i] = (struct cell){.cp = ' ', .style = STYLE_TEXT};
}

struct rect cells_clip(struct cells *c, struct rect r)
{
	struct rect old = c->clip;

	c->clip = rect_cut(old, r);
	return old;
}

void cells_unclip(struct cells *c, struct rect old)
{
	c->clip = old;
}

/* A wide character loses its other half when one half is overwritten. */
static inline void break_wide(const struct cells *c, int x, struct cell *cell)
{
	if (cell->cp == 0 && x > 0)
		cell[-1].cp = ' ';
	if (x + 1 < c->width && cell[1].cp == 0)
		cell[1].cp = ' ';
}

void cells_put(struct cells *c, int x, int y, uint32_t cp, unsigned style)
{
	if (!rect_has(c->clip, x, y))
		return;
	if (c->ascii)
		cp = c->has_lines ? stand_in_console(cp) : stand_in_ascii(cp);
	struct cell *cell = &c->cell[(size_t)y * (size_t)c->width + (size_t)x];
	int width = cp < 0x300 ? 1 : utf8_width(cp);

	if (width == 0)
		return; /* a combining mark: cells hold one code point */
	break_wide(c, x, cell);
	if (width == 2 && !rect_has(c->clip, x + 1, y))
		cp = ' ';
	else if (width == 2) {
		break_wide(c, x + 1, cell + 1);
		cell[1] = (struct cell){.cp = 0, .style = (uint16_t)style};
	}
	*cell = (struct cell){.cp = cp, .style = (uint16_t)style};
}

/* ------------------------------------------------------------ text */

/* The letter with the mark that follows it at *text, which moves behind it. U+0300 to U+036F begin
 * with the bytes cc and cd. In ASCII a letter loses its mark. */
static uint32_t with_mark(const struct cells *c, uint32_t letter, const char **text)
{
	unsigned char next = (unsigned char)**text;
	uint32_t mark;

	if ((next != 0xcc && next != 0xcd) || c->ascii)
		return letter;
	size_t n = utf8_decode(*text, &mark);
	uint32_t composed = compose(letter, mark);

	*text += composed ? n : 0;
	return composed ? composed : letter;
}

int cells_text(struct cells *c, int x, int y, unsigned style, const char *text)
{
	while (*text) {
		uint32_t cp = (unsigned char)*text;

		if (cp >= 0x20 && cp < 0x7f)
			text++;
		else
			text += utf8_decode(text, &cp);
		if (cp == UTF8_BAD || cp < 0x20 || cp == 0x7f)
			cp = '?';
		cp = with_mark(c, cp, &text);
		int width = cp < 0x7f ? 1 : utf8_width(cp);

		if (width > 0)
			cells_put(c, x, y, cp, style);
		if (width == 2 && c->ascii)
			cells_put(c, x + 1, y, '.', style);
		x += width;
	}
	return x;
}

int cells_printf(struct cells *c, int x, int y, unsigned style, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	str_vformat(text, sizeof text, fmt, ap);
	va_end(ap);
	return cells_text(c, x, y, style, text);
}

void cells_text_fit(struct cells *c, int x, int y, int width, unsigned style, const char *text)
{
	if (width <= 0)
		return;
	struct rect old = cells_clip(c, (struct rect){x, y, width, 1});
	size_t columns = utf8_columns(text);

	cells_text(c, x, y, style, text);
	if (columns > (size_t)width)
		cells_put(c, x + width - 1, y, 0x2026, style);
	cells_unclip(c, old);
}

void cells_text_right(struct cells *c, int x, int y, int width, unsigned style, const char *text)
{
	size_t columns = utf8_columns(text);

	if (width > 0 && columns <= (size_t)width)
		cells_text(c, x + width - (int)columns, y, style, text);
	else
		cells_text_fit(c, x, y, width, style, text);
}

/* ------------------------------------------------------------ areas and lines */

void cells_fill(struct cells *c, struct rect r, uint32_t cp, unsigned style)
{
	r = rect_cut(r, c->clip);
	for (int y = r.y; y < r.y + r.height; y++)
		for (int x = r.x; x < r.x + r.width; x++)
			cells_put(c, x, y, cp, style);
}

void cells_point(struct cells *c, int x, int y, bool is_typed)
{
	if (rect_has(c->clip, x, y))
		c->point = (struct cells_point){x, y, is_typed};
}

void cells_paint(struct cells *c, int x, int y, uint32_t fg_rgb, uint32_t bg_rgb)
{
	if (rect_has(c->clip, x, y))
		c->cell[(size_t)y * (size_t)c->width + (size_t)x].paint = paint_rgb(fg_rgb, bg_rgb);
}

void cells_restyle(struct cells *c, struct rect r, unsigned style)
{
	r = rect_cut(r, c->clip);
	for (int y = r.y; y < r.y + r.height; y++)
		for (int x = r.x; x < r.x + r.width; x++)
			c->cell[(size_t)y * (size_t)c->width + (size_t)x].style = (uint16_t)style;
}

static const uint32_t arms_glyph[16] = {
	/* half lines: what an end is until another line meets it */
	[ARM_LEFT] = 0x2574,
	[ARM_UP] = 0x2575,
	[ARM_RIGHT] = 0x2576,
	[ARM_DOWN] = 0x2577,
	[ARM_LEFT | ARM_RIGHT] = 0x2500,
	[ARM_UP | ARM_DOWN] = 0x2502,
	[ARM_RIGHT | ARM_DOWN] = 0x250c,
	[ARM_LEFT | ARM_DOWN] = 0x2510,
	[ARM_RIGHT | ARM_UP] = 0x2514,
	[ARM_LEFT | ARM_UP] = 0x2518,
	[ARM_RIGHT | ARM_UP | ARM_DOWN] = 0x251c,
	[ARM_LEFT | ARM_UP | ARM_DOWN] = 0x2524,
	[ARM_LEFT | ARM_RIGHT | ARM_DOWN] = 0x252c,
	[ARM_LEFT | ARM_RIGHT | ARM_UP] = 0x2534,
	[ARM_LEFT | ARM_RIGHT | ARM_UP | ARM_DOWN] = 0x253c,
};

unsigned cells_arms(uint32_t cp)
{
	if (cp < 0x2500 || cp > 0x2577)
		return 0;
	for (unsigned i = 1; i < 16; i++)
		if (arms_glyph[i] == cp)
			return i;
	return 0;
}

/* In ASCII mode the joints are all '+', so lines there never need what was below. */
static void put_line(struct cells *c, int x, int y, unsigned arms, unsigned style)
{
	if (!rect_has(c->clip, x, y))
		return;
	struct cell *cell = &c->cell[(size_t)y * (size_t)c->width + (size_t)x];
	uint32_t there = cell->cp;

	if (cells_only_ascii(c)) {
		unsigned across = ARM_LEFT | ARM_RIGHT;
		bool is_joint = there == '+' || (there == '-' && (arms & ~across)) ||
				(there == '|' && (arms & across)) ||
				((arms & across) && (arms & ~across));

		cells_put(c, x, y, is_joint ? '+' : arms & across ? '-' : '|', style);
		return;
	}
	cells_put(c, x, y, arms_glyph[cells_arms(there) | arms], style);
}

void cells_hline(struct cells *c, int x, int y, int width, unsigned style)
{
	for (int i = 0; i < width; i++)
		put_line(c, x + i, y, (i > 0 ? ARM_LEFT : 0u) | (i + 1 < width ? ARM_RIGHT : 0u),
			 style);
}

void cells_vline(struct cells *c, int x, int y, int height, unsigned style)
{
	for (int i = 0; i < height; i++)
		put_line(c, x, y + i, (i > 0 ? ARM_UP : 0u) | (i + 1 < height ? ARM_DOWN : 0u),
			 style);
}

void cells_box(struct cells *c, struct rect r, unsigned style, const char *title,
	       unsigned title_style)
{
	if (r.width < 2 || r.height < 2)
		return;
	cells_hline(c, r.x, r.y, r.width, style);
	cells_hline(c, r.x, r.y + r.height - 1, r.width, style);
	cells_vline(c, r.x, r.y, r.height, style);
	cells_vline(c, r.x + r.width - 1, r.y, r.height, style);
	if (title && *title && r.width >= 8) { /* the line goes on before and after it */
		int room = r.width - 6;
		int columns = (int)utf8_columns(title);

		cells_put(c, r.x + 2, r.y, ' ', title_style);
		cells_text_fit(c, r.x + 3, r.y, room, title_style, title);
		cells_put(c, r.x + 3 + (columns < room ? columns : room), r.y, ' ', title_style);
	}
}
