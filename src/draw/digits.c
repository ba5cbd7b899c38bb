#include "draw/digits.h"

#include <string.h>

#include "base/base.h"

enum { POINTS_W = 5, POINTS_H = 7 };

/* One byte a row, the highest of five bits at the left. */
static const struct {
	char ch;
	unsigned char width; /* points used */
	unsigned char row[POINTS_H];
} font[] = {
	{'0', 5, {0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e}},
	{'1', 5, {0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e}},
	{'2', 5, {0x0e, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1f}},
	{'3', 5, {0x0e, 0x11, 0x01, 0x06, 0x01, 0x11, 0x0e}},
	{'4', 5, {0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02}},
	{'5', 5, {0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e}},
	{'6', 5, {0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e}},
	{'7', 5, {0x1f, 0x01, 0x02, 0x02, 0x04, 0x04, 0x04}},
	{'8', 5, {0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e}},
	{'9', 5, {0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c}},
	{',', 2, {0x00, 0x00, 0x00, 0x00, 0x08, 0x08, 0x10}},
	{'.', 2, {0x00, 0x00, 0x00, 0x00, 0x00, 0x10, 0x10}},
	{'%', 5, {0x19, 0x19, 0x02, 0x04, 0x08, 0x13, 0x13}},
	{'x', 4, {0x00, 0x00, 0x12, 0x0c, 0x0c, 0x12, 0x00}},
	{'-', 4, {0x00, 0x00, 0x00, 0x1e, 0x00, 0x00, 0x00}},
	{'/', 4, {0x02, 0x02, 0x04, 0x04, 0x08, 0x10, 0x10}},
	{'m', 5, {0x00, 0x00, 0x1a, 0x15, 0x15, 0x15, 0x15}},
	{'s', 4, {0x00, 0x00, 0x0e, 0x10, 0x0c, 0x02, 0x1c}},
	{'u', 4, {0x00, 0x00, 0x12, 0x12, 0x12, 0x12, 0x0e}},
	{'k', 4, {0x10, 0x10, 0x12, 0x14, 0x18, 0x14, 0x12}},
	{'M', 5, {0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11}},
	{'G', 5, {0x0e, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0e}},
	{'T', 5, {0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04}},
	{'K', 5, {0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11}},
	{'B', 5, {0x1e, 0x11, 0x11, 0x1e, 0x11, 0x11, 0x1e}},
	{'i', 2, {0x10, 0x00, 0x10, 0x10, 0x10, 0x10, 0x10}},
	{' ', 2, {0}},
};

static size_t glyph(char ch)
{
	for (size_t i = 0; i < ARRAY_SIZE(font); i++)
		if (font[i].ch == ch)
			return i;
	return ARRAY_SIZE(font) - 1;
}

int digits_width(const char *text, int scale)
{
	int points = 0;

	for (; *text; text++)
		points += font[glyph(*text)].width + 1;
	return points ? (points - 1) * scale : 0;
}

int digits_height(int scale, bool ascii)
{
	if (ascii)
		return scale == 1 ? POINTS_H : POINTS_H * scale / 2;
	return (POINTS_H * scale + 1) / 2;
}

int digits_scale(const char *text, int width, int height, bool ascii)
{
	for (int scale = 6; scale >= 1; scale = scale > 2 ? scale - 2 : scale - 1)
		if (digits_width(text, scale) <= width && digits_height(scale, ascii) <= height)
			return scale;
	return 0;
}

static bool point(size_t g, int px, int py)
{
	return py >= 0 && py < POINTS_H && (font[g].row[py] >> (POINTS_W - 1 - px) & 1);
}

/* Two points share a cell at scale 1: upper half, lower half or both. */
static void draw_half(struct cells *c, int x, int y, unsigned style, size_t g)
{
	for (int row = 0; row < (POINTS_H + 1) / 2; row++)
		for (int px = 0; px < font[g].width; px++) {
			bool up = point(g, px, row * 2), down = point(g, px, row * 2 + 1);

			if (up || down)
				cells_put(c, x + px, y + row,
					  up && down ? 0x2588
					  : up       ? 0x2580
						     : 0x2584,
					  style);
		}
}

static void draw_full(struct cells *c, int x, int y, unsigned style, size_t g, int wide, int high)
{
	for (int py = 0; py < POINTS_H; py++)
		for (int px = 0; px < font[g].width; px++)
			if (point(g, px, py))
				cells_fill(c,
					   (struct rect){x + px * wide, y + py * high, wide, high},
					   0x2588, style);
}

int digits_draw(struct cells *c, int x, int y, unsigned style, const char *text, int scale)
{
	int start = x;

	for (; *text; text++) {
		size_t g = glyph(*text);

		if (scale == 1 && !c->ascii)
			draw_half(c, x, y, style, g);
		else
			draw_full(c, x, y, style, g, scale, scale == 1 ? 1 : scale / 2);
		x += (font[g].width + 1) * scale;
	}
	return x - start - scale;
}
