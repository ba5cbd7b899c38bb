/* Rectangles of the screen in cells. */
#ifndef VTOK_DRAW_RECT_H
#define VTOK_DRAW_RECT_H

#include <stdbool.h>

struct rect {
	int x, y, width, height; /* width or height 0: nothing */
};

static inline bool rect_empty(struct rect r)
{
	return r.width <= 0 || r.height <= 0;
}

static inline bool rect_has(struct rect r, int x, int y)
{
	return x >= r.x && y >= r.y && x - r.x < r.width && y - r.y < r.height;
}

static inline struct rect rect_cut(struct rect a, struct rect b)
{
	int x0 = a.x > b.x ? a.x : b.x, y0 = a.y > b.y ? a.y : b.y;
	int x1 = a.x + a.width < b.x + b.width ? a.x + a.width : b.x + b.width;
	int y1 = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;

	return (struct rect){x0, y0, x1 > x0 ? x1 - x0 : 0, y1 > y0 ? y1 - y0 : 0};
}

static inline struct rect rect_inset(struct rect r, int dx, int dy)
{
	return (struct rect){r.x + dx, r.y + dy, r.width - 2 * dx, r.height - 2 * dy};
}

#endif
