/* The preview in cells. Its lines are too coarse for a grid of tokens, so every second one is a
 * little darker: a grid that hides nothing. */
#include "view/preview.h"

#include <math.h>

#include "draw/blocks.h"
#include "view/preview_color.h"
#include "view/preview_pixels.h"

enum {
	SAMPLES = 3,   /* per axis: enough against flicker of fine text */
	BOX_LEAST = 3, /* cells along each side of a mark that is a box */
};

static const double DARKER = 0.22;

/* A checkered grid, shares of the canvas; width 0 = none. */
struct fields {
	double width, height;
};

struct rect preview_fit(struct rect room, double w, double h, double aspect)
{
	if (rect_empty(room) || !(w > 0) || !(h > 0))
		return (struct rect){room.x, room.y, 0, 0};
	double scale = fmin(room.width / w, room.height * aspect / h);
	int width = (int)(w * scale + 0.5), height = (int)(h * scale / aspect + 0.5);

	width = width < 1 ? 1 : width > room.width ? room.width : width;
	height = height < 1 ? 1 : height > room.height ? room.height : height;
	return (struct rect){room.x + (room.width - width) / 2, room.y + (room.height - height) / 2,
			     width, height};
}

/* Shades need no colours, blocks a glyph each. */
static bool has_shades(const struct cells *c, const struct preview *p)
{
	return c->ascii || p->is_mono;
}

static struct blocks_shape shape_of(const struct cells *c, const struct preview *p)
{
	return has_shades(c, p) ? (struct blocks_shape){1, 1} : blocks_shape(p->ink);
}

/* Part of the window that one column, or row, of r has. */
static double part_of(double size, double window, int cells)
{
	return size / window * cells;
}

bool preview_shows_tokens(const struct cells *c, struct rect r, const struct preview *p)
{
	const struct preview_area w = preview_window(p);
	int rows = has_shades(c, p) ? r.height : r.height * 2;

	return p->token_w > 0 && p->token_h > 0 && part_of(p->token_w, w.width, r.width) >= 2 &&
	       part_of(p->token_h, w.height, rows) >= 2;
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

static void put_shade(struct cells *c, int x, int y, uint32_t rgb, bool is_light)
{
	/* without the characters that lines are made of: borders join with lines only */
	static const char ramp[] = " .,:;ox%#@";
	double ink = blocks_bright(rgb) / 255;
	const int most = (int)sizeof(ramp) - 2;

	ink = is_light ? 1 - ink : ink;
	cells_put(c, x, y, c->ascii ? (uint32_t)ramp[(int)(ink * most + 0.5)] : shade(ink),
		  STYLE_TEXT);
}

/* ------------------------------------------------------------ borders and the mark */

/* Borders take a column or row each: only where a tile keeps at least twice that. */
static bool has_borders(struct rect r, const struct preview *p)
{
	const struct preview_area w = preview_window(p);

	return part_of(1.0 / p->cols, w.width, r.width) >= 3 &&
	       part_of(1.0 / p->rows, w.height, r.height) >= 3;
}

/* A cell of a line keeps the ground it had. */
static void color_line(struct cells *c, int x, int y, uint32_t was, uint32_t rgb)
{
	if (was)
		cells_paint(c, x, y, rgb, preview_mix(paint_part(was), paint_part(was >> 15), 0.5));
}

static uint32_t paint_at(const struct cells *c, int x, int y)
{
	return x >= 0 && y >= 0 && x < c->width && y < c->height
		       ? c->cell[(size_t)y * (size_t)c->width + (size_t)x].paint
		       : 0;
}

static void draw_column(struct cells *c, int x, int y, int height, unsigned style, uint32_t rgb)
{
	uint32_t was[CELLS_MAX];

	height = height > CELLS_MAX ? CELLS_MAX : height;
	for (int i = 0; i < height; i++)
		was[i] = paint_at(c, x, y + i);
	cells_vline(c, x, y, height, style);
	for (int i = 0; i < height; i++)
		color_line(c, x, y + i, was[i], rgb);
}

static void draw_row(struct cells *c, int x, int y, int width, unsigned style, uint32_t rgb)
{
	uint32_t was[CELLS_MAX];

	width = width > CELLS_MAX ? CELLS_MAX : width;
	for (int i = 0; i < width; i++)
		was[i] = paint_at(c, x + i, y);
	cells_hline(c, x, y, width, style);
	for (int i = 0; i < width; i++)
		color_line(c, x + i, y, was[i], rgb);
}

static void draw_borders(struct cells *c, struct rect r, const struct preview *p)
{
	const struct preview_area w = preview_window(p);

	for (int i = 1; i < p->cols; i++) {
		int x = (int)floor(part_of((double)i / p->cols - w.x, w.width, r.width));

		if (x > 0 && x < r.width)
			draw_column(c, r.x + x, r.y, r.height, STYLE_LIMIT, PREVIEW_TILE);
	}
	for (int i = 1; i < p->rows; i++) {
		int y = (int)floor(part_of((double)i / p->rows - w.y, w.height, r.height));

		if (y > 0 && y < r.height)
			draw_row(c, r.x, r.y + y, r.width, STYLE_LIMIT, PREVIEW_TILE);
	}
}

static void draw_box(struct cells *c, struct rect m)
{
	draw_row(c, m.x, m.y, m.width, STYLE_CURSOR, PREVIEW_CURSOR);
	draw_row(c, m.x, m.y + m.height - 1, m.width, STYLE_CURSOR, PREVIEW_CURSOR);
	draw_column(c, m.x, m.y, m.height, STYLE_CURSOR, PREVIEW_CURSOR);
	draw_column(c, m.x + m.width - 1, m.y, m.height, STYLE_CURSOR, PREVIEW_CURSOR);
}

/* Small ones are coloured as a whole. */
static void fill_mark(struct cells *c, struct rect m)
{
	for (int y = m.y; y < m.y + m.height; y++)
		for (int x = m.x; x < m.x + m.width; x++) {
			uint32_t was = paint_at(c, x, y);

			if (was)
				cells_paint(
					c, x, y, preview_mix(paint_part(was), PREVIEW_CURSOR, 0.7),
					preview_mix(paint_part(was >> 15), PREVIEW_CURSOR, 0.7));
			else
				cells_restyle(c, (struct rect){x, y, 1, 1},
					      STYLE_CURSOR | STYLE_REVERSE);
		}
}

static void draw_mark(struct cells *c, struct rect r, const struct preview *p)
{
	const struct preview_area w = preview_window(p), k = p->cursor;

	if (!(k.width > 0))
		return;
	double x = part_of(k.x - w.x, w.width, r.width), y = part_of(k.y - w.y, w.height, r.height);
	int x0 = (int)floor(x + 0.25), y0 = (int)floor(y + 0.25);
	int x1 = (int)ceil(x + part_of(k.width, w.width, r.width) - 0.25);
	int y1 = (int)ceil(y + part_of(k.height, w.height, r.height) - 0.25);
	struct rect m = {r.x + x0, r.y + y0, x1 > x0 ? x1 - x0 : 1, y1 > y0 ? y1 - y0 : 1};

	m = rect_cut(m, r);
	if (rect_empty(m))
		return;
	if (m.width >= BOX_LEAST && m.height >= BOX_LEAST)
		draw_box(c, m);
	else
		fill_mark(c, m);
	cells_point(c, m.x + m.width / 2, m.y + m.height / 2, false);
}

/* ------------------------------------------------------------ the picture */

static struct fields choose_fields(const struct cells *c, struct rect r, const struct preview *p)
{
	bool is_tiled = p->cols > 1 || p->rows > 1;

	if (is_tiled && !has_borders(r, p) && p->cols <= r.width && p->rows <= r.height * 2)
		return (struct fields){1.0 / p->cols, 1.0 / p->rows};
	if (preview_shows_tokens(c, r, p))
		return (struct fields){p->token_w, p->token_h};
	return (struct fields){0, 0};
}

static bool is_dark(const struct fields *f, double u, double v)
{
	return f->width > 0 && u >= 0 && u < 1 && v >= 0 && v < 1 &&
	       ((int)(u / f->width) + (int)(v / f->height)) % 2;
}

/* The samples of one cell, at column x and row y of r. */
static void sample(const struct preview *p, struct rect r, int x, int y, struct blocks_shape s,
		   const struct fields *grid, uint32_t out[BLOCKS_MOST])
{
	const struct preview_area w = preview_window(p);
	double du = w.width / (r.width * s.cols), dv = w.height / (r.height * s.rows);

	for (int j = 0; j < s.rows; j++)
		for (int i = 0; i < s.cols; i++) {
			double u = w.x + (x * s.cols + i + 0.5) * du;
			double v = w.y + (y * s.rows + j + 0.5) * dv;
			uint32_t k = preview_color(p, u, v, du, dv, SAMPLES, (x + 2 * y) % 4 == 0);

			out[j * s.cols + i] = is_dark(grid, u, v) ? preview_mix(k, 0, DARKER) : k;
		}
}

void preview_draw(struct cells *c, struct rect r, const struct preview *p)
{
	if (p->ink == INK_PIXELS) {
		preview_place(c, r, p);
		return;
	}
	if (rect_empty(r) || !(p->width > 0) || !(p->height > 0))
		return;
	const struct fields grid = choose_fields(c, r, p);
	const struct blocks_shape s = shape_of(c, p);
	const struct rect seen = rect_cut(r, c->clip);

	for (int y = seen.y - r.y; y < seen.y - r.y + seen.height; y++)
		for (int x = seen.x - r.x; x < seen.x - r.x + seen.width; x++) {
			uint32_t samples[BLOCKS_MOST];

			sample(p, r, x, y, s, &grid, samples);
			if (has_shades(c, p))
				put_shade(c, r.x + x, r.y + y, samples[0], p->is_light);
			else
				blocks_put(c, r.x + x, r.y + y, p->ink, samples);
		}
	if (has_borders(r, p))
		draw_borders(c, r, p);
	draw_mark(c, r, p);
}
