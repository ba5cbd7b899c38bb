/* Every cell asks what lies behind its middle: no picture is scaled as a whole, so the work follows
 * the size of the screen and not of the picture. */
#include "view/preview.h"

#include <math.h>

enum {
	SAMPLES = 3,        /* per axis and half cell: enough against flicker of fine text */
	PADDING = 0x303030, /* no picture has a frame this even */
	FIELD = 0x5f6f80,   /* stands for a picture that is not there */
};

struct colour {
	double r, g, b; /* 0..255 */
};

/* A checkered grid, shares of the canvas; width 0 = none. */
struct fields {
	double width, height;
};

static struct colour from_rgb(uint32_t rgb)
{
	return (struct colour){rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
}

static uint32_t to_rgb(struct colour k)
{
	return (uint32_t)(k.r + 0.5) << 16 | (uint32_t)(k.g + 0.5) << 8 | (uint32_t)(k.b + 0.5);
}

/* Rec. 709 weights on the stored values: exact enough for ten shades. */
static double luminance(struct colour k)
{
	return 0.2126 * k.r + 0.7152 * k.g + 0.0722 * k.b;
}

struct rect preview_fit(struct rect room, double w, double h)
{
	if (rect_empty(room) || !(w > 0) || !(h > 0))
		return (struct rect){room.x, room.y, 0, 0};
	double scale = fmin(room.width / w, room.height * 2 / h);
	int width = (int)(w * scale + 0.5), height = (int)(h * scale / 2 + 0.5);

	width = width < 1 ? 1 : width > room.width ? room.width : width;
	height = height < 1 ? 1 : height > room.height ? room.height : height;
	return (struct rect){room.x + (room.width - width) / 2, room.y + (room.height - height) / 2,
			     width, height};
}

struct place {
	double u, v;
};

/* Where a place of the stored picture lies in the upright one. */
static struct place upright(double u, double v, int orientation)
{
	switch (orientation) {
	case 2:
		return (struct place){1 - u, v};
	case 3:
		return (struct place){1 - u, 1 - v};
	case 4:
		return (struct place){u, 1 - v};
	case 5:
		return (struct place){v, u};
	case 6:
		return (struct place){1 - v, u};
	case 7:
		return (struct place){1 - v, 1 - u};
	case 8:
		return (struct place){v, 1 - u};
	}
	return (struct place){u, v};
}

/* The mean of a few pixels around u, v, shares of the picture as it is shown; du, dv is the part of
 * it that one sample stands for. */
static struct colour pixel(const struct raster *p, int orientation, double u, double v, double du,
			   double dv)
{
	struct colour sum = {0, 0, 0};

	for (int j = 0; j < SAMPLES; j++)
		for (int i = 0; i < SAMPLES; i++) {
			struct place at =
				upright(u + du * ((i + 0.5) / SAMPLES - 0.5),
					v + dv * ((j + 0.5) / SAMPLES - 0.5), orientation);
			int x = (int)floor(at.u * p->width), y = (int)floor(at.v * p->height);
			x = x < 0 ? 0 : x >= p->width ? p->width - 1 : x;
			y = y < 0 ? 0 : y >= p->height ? p->height - 1 : y;
			const uint8_t *rgb =
				p->rgb + ((size_t)y * (size_t)p->width + (size_t)x) * 3;
			sum.r += rgb[0];
			sum.g += rgb[1];
			sum.b += rgb[2];
		}
	const double n = SAMPLES * SAMPLES;
	return (struct colour){sum.r / n, sum.g / n, sum.b / n};
}

/* The canvas at u, v. Every second field (token or tile) is a little darker: a grid that hides
 * nothing. */
static struct colour canvas(const struct preview *p, double u, double v, double du, double dv,
			    const struct fields *grid)
{
	double px = (u - p->x) / p->width, py = (v - p->y) / p->height;
	struct colour k = from_rgb(PADDING);

	if (px >= 0 && px < 1 && py >= 0 && py < 1)
		k = p->picture ? pixel(p->picture, p->orientation, px, py, du / p->width,
				       dv / p->height)
			       : from_rgb(FIELD);
	if (grid->width > 0 && ((int)(u / grid->width) + (int)(v / grid->height)) % 2) {
		k.r *= 0.78;
		k.g *= 0.78;
		k.b *= 0.78;
	}
	return k;
}

bool preview_shows_tokens(const struct cells *c, struct rect r, const struct preview *p)
{
	int rows = c->ascii || p->is_mono ? r.height : r.height * 2;

	return p->token_w > 0 && p->token_h > 0 && p->token_w * r.width >= 2 &&
	       p->token_h * rows >= 2;
}

/* Eight shades by the share of a cell that is inked: blocks have a quarter and more, marks that
 * every font of a console has stand below. */
static uint32_t shade(double ink)
{
	/* clang-format off */
	static const struct {
		uint32_t cp;
		double ink;
	} shades[] = {
		{' ', 0}, {0xb7, 0.03}, {':', 0.08}, {'o', 0.16},
		{0x2591, 0.25}, {0x2592, 0.5}, {0x2593, 0.75}, {0x2588, 1},
	};
	/* clang-format on */
	size_t at = 0;

	while (at + 1 < ARRAY_SIZE(shades) && ink > (shades[at].ink + shades[at + 1].ink) / 2)
		at++;
	return shades[at].cp;
}

static void put_shade(struct cells *c, int x, int y, struct colour k, bool is_light)
{
	/* without the characters that lines are made of: borders join with lines only */
	static const char ramp[] = " .,:;ox%#@";
	double ink = luminance(k) / 255;
	const int most = (int)sizeof(ramp) - 2;

	ink = is_light ? 1 - ink : ink;
	cells_put(c, x, y, c->ascii ? (uint32_t)ramp[(int)(ink * most + 0.5)] : shade(ink),
		  STYLE_TEXT);
}

/* The brighter half is the inked one and even cells are full or blank: the same on a screen, and as
 * plain text still a picture. */
static void put_halves(struct cells *c, int x, int y, struct colour top, struct colour low)
{
	uint32_t up = to_rgb(top), down = to_rgb(low);
	bool is_even = paint_rgb(up, 0) == paint_rgb(down, 0);
	bool is_up = luminance(top) >= luminance(low);

	cells_put(c, x, y,
		  is_even ? (luminance(top) < 128 ? ' ' : 0x2588)
		  : is_up ? 0x2580
			  : 0x2584,
		  STYLE_TEXT);
	cells_paint(c, x, y, is_up ? up : down, is_up ? down : up);
}

/* Borders take a column or row each: only where a tile keeps at least twice that. */
static bool has_borders(struct rect r, const struct preview *p)
{
	return p->cols * 3 <= r.width && p->rows * 3 <= r.height;
}

static void draw_borders(struct cells *c, struct rect r, const struct preview *p)
{
	for (int i = 1; i < p->cols; i++)
		cells_vline(c, r.x + r.width * i / p->cols, r.y, r.height, STYLE_LIMIT);
	for (int i = 1; i < p->rows; i++)
		cells_hline(c, r.x, r.y + r.height * i / p->rows, r.width, STYLE_LIMIT);
}

static struct fields choose_fields(const struct cells *c, struct rect r, const struct preview *p)
{
	bool is_tiled = p->cols > 1 || p->rows > 1;

	if (is_tiled && !has_borders(r, p) && p->cols <= r.width && p->rows <= r.height * 2)
		return (struct fields){1.0 / p->cols, 1.0 / p->rows};
	if (preview_shows_tokens(c, r, p))
		return (struct fields){p->token_w, p->token_h};
	return (struct fields){0, 0};
}

void preview_draw(struct cells *c, struct rect r, const struct preview *p)
{
	if (rect_empty(r) || !(p->width > 0) || !(p->height > 0))
		return;
	const struct fields grid = choose_fields(c, r, p);
	double du = 1.0 / r.width, dv = 0.5 / r.height;

	for (int y = 0; y < r.height; y++)
		for (int x = 0; x < r.width; x++) {
			double u = (x + 0.5) * du, v = (2 * y + 0.5) * dv;
			if (c->ascii || p->is_mono)
				put_shade(c, r.x + x, r.y + y,
					  canvas(p, u, v + dv / 2, du, 2 * dv, &grid), p->is_light);
			else
				put_halves(c, r.x + x, r.y + y, canvas(p, u, v, du, dv, &grid),
					   canvas(p, u, v + dv, du, dv, &grid));
		}
	if (has_borders(r, p))
		draw_borders(c, r, p);
}
