#include "view/preview_pixels.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/hash.h"
#include "draw/blocks.h"
#include "view/preview_color.h"

enum {
	EDGE = 2,        /* pixels: of a tile's border, and of the mark */
	TOKEN_LEAST = 6, /* pixels of a token whose borders are drawn, and of a patch */
	PATCH_LEAST = 9,
	TOKEN_CLEAR = 16, /* of one whose borders are clear */
	DARK = 72,        /* a line on what is darker is light */
	HATCH = 10,       /* from stripe to stripe */
	STRIPE = 3,
};

/* The line of the finest grid that lies at a pixel. */
enum line { LINE_NONE, LINE_PATCH, LINE_TOKEN, LINE_TILE };

/* One axis of one picture: what its pixels are. */
struct axis {
	double from, step; /* of the canvas: at the first pixel's left, and from pixel to pixel */
	int tiles;
	double token;
	int patches;
	bool has_tokens, has_patches;
	double line;            /* how clear those of tokens are, 0..1 */
	int mark_from, mark_to; /* pixels inside the mark */
};

static struct axis make_axis(double from, double extent, int pixels, int tiles, double token,
			     int patches, double mark, double mark_extent)
{
	struct axis a = {.from = from,
			 .step = extent / pixels,
			 .tiles = tiles,
			 .token = token,
			 .patches = patches};

	a.has_tokens = token > 0 && token >= TOKEN_LEAST * a.step;
	a.has_patches = a.has_tokens && patches > 1 && token / patches >= PATCH_LEAST * a.step;
	a.line = 0.4 * fmin(1, token / a.step / TOKEN_CLEAR);
	a.mark_from = (int)floor((mark - from) / a.step + 0.5);
	a.mark_to = (int)floor((mark + mark_extent - from) / a.step + 0.5);
	return a;
}

/* A border lies between the pixel n before and this one. A place that is on the border but for
 * rounding counts as behind it. */
static bool crosses(const struct axis *a, int at, int n, double size)
{
	const double hair = 1e-9;
	double here = a->from + a->step * (at + 0.5), before = here - a->step * n;

	return floor(here / size + hair) > floor(before / size + hair);
}

static enum line line_at(const struct axis *a, int at)
{
	double here = a->from + a->step * (at + 0.5);

	if (here <= 0 || here >= 1)
		return LINE_NONE;
	if (a->tiles > 1 && here > 0.5 / a->tiles && here < 1 - 0.5 / a->tiles + a->step &&
	    crosses(a, at, EDGE, 1.0 / a->tiles))
		return LINE_TILE;
	if (a->has_tokens && crosses(a, at, 1, a->token))
		return LINE_TOKEN;
	if (a->has_patches && crosses(a, at, 1, a->token / a->patches))
		return LINE_PATCH;
	return LINE_NONE;
}

/* Lines darken all but what is dark itself. */
static uint32_t with_line(uint32_t rgb, enum line line, double clear)
{
	uint32_t other = blocks_bright(rgb) < DARK ? 0xffffff : 0x000000;

	switch (line) {
	case LINE_NONE:
		break;
	case LINE_PATCH:
		return preview_mix(rgb, other, 0.16);
	case LINE_TOKEN:
		return preview_mix(rgb, other, clear);
	case LINE_TILE:
		return PREVIEW_TILE;
	}
	return rgb;
}

/* The edge around the marked pixels: coloured outside, dark within, so that it shows on anything.
 */
static uint32_t with_mark(uint32_t rgb, const struct axis *x, const struct axis *y, int px, int py)
{
	int dx = px < x->mark_from ? x->mark_from - px : px >= x->mark_to ? px - x->mark_to + 1 : 0;
	int dy = py < y->mark_from ? y->mark_from - py : py >= y->mark_to ? py - y->mark_to + 1 : 0;
	int off = dx > dy ? dx : dy;

	return off == 0 ? rgb : off <= EDGE ? PREVIEW_CURSOR : off == EDGE + 1 ? 0x000000 : rgb;
}

static void put(uint8_t *rgb, uint32_t value)
{
	rgb[0] = (uint8_t)(value >> 16);
	rgb[1] = (uint8_t)(value >> 8);
	rgb[2] = (uint8_t)value;
}

/* Pixels of the raster along a pixel of the screen. */
static int samples_of(const struct preview *p, const struct axis *x)
{
	int along = p->orientation >= 5 && p->picture ? p->picture->height
		    : p->picture                      ? p->picture->width
						      : 1;

	return (int)ceil(x->step / p->width * along - 0.25);
}

static void paint(const void *what, int width, int height, struct rect part, bool marks,
		  uint8_t *rgb)
{
	struct preview p;

	memcpy(&p, what, sizeof p);
	const struct preview_area w = preview_window(&p);
	const struct axis x = make_axis(w.x, w.width, width, p.cols, p.token_w, p.patches,
					p.cursor.x, p.cursor.width);
	const struct axis y = make_axis(w.y, w.height, height, p.rows, p.token_h, p.patches,
					p.cursor.y, p.cursor.height);
	const int samples = samples_of(&p, &x);

	for (int py = part.y; py < part.y + part.height; py++) {
		enum line row = line_at(&y, py);

		for (int px = part.x; px < part.x + part.width; px++, rgb += 3) {
			enum line column = line_at(&x, px);
			uint32_t k = preview_color(&p, x.from + x.step * (px + 0.5),
						   y.from + y.step * (py + 0.5), x.step, y.step,
						   samples, (px + py) % HATCH < STRIPE);

			k = with_line(k, row > column ? row : column, x.line);
			put(rgb, marks ? with_mark(k, &x, &y, px, py) : k);
		}
	}
}

/* The cells that the mark and its edge touch. */
static struct rect mark_cells(struct rect r, const struct preview *p)
{
	const struct preview_area w = preview_window(p), m = p->cursor;
	double x = (m.x - w.x) / w.width * r.width, y = (m.y - w.y) / w.height * r.height;
	double right = x + m.width / w.width * r.width, low = y + m.height / w.height * r.height;
	double ex = (EDGE + 2.0) / p->cell_w, ey = (EDGE + 2.0) / p->cell_h;

	if (!(m.width > 0) || right < 0 || low < 0 || x > r.width || y > r.height)
		return (struct rect){0, 0, 0, 0};
	int x0 = (int)floor(fmax(0, x - ex)), x1 = (int)ceil(fmin(r.width, right + ex));
	int y0 = (int)floor(fmax(0, y - ey)), y1 = (int)ceil(fmin(r.height, low + ey));

	return (struct rect){r.x + x0, r.y + y0, x1 - x0, y1 - y0};
}

static uint64_t add_area(uint64_t hash, const struct preview_area *a)
{
	const double all[] = {a->x, a->y, a->width, a->height};

	return hash_bytes(hash, all, sizeof all);
}

/* By member: what lies between them is nobody's. */
static uint64_t key_of(const struct preview *p)
{
	const double shares[] = {p->x, p->y, p->width, p->height, p->token_w, p->token_h};
	const int64_t counts[] = {p->cols,
				  p->rows,
				  p->orientation,
				  p->patches,
				  p->picture ? p->picture->width : 0,
				  p->picture ? p->picture->height : 0};
	const void *pixels = p->picture ? p->picture->rgb : NULL;
	uint64_t hash = hash_bytes(HASH_START, shares, sizeof shares);

	hash = hash_bytes(hash, counts, sizeof counts);
	hash = hash_bytes(hash, &pixels, sizeof pixels);
	return add_area(hash, &p->window);
}

void preview_place(struct cells *c, struct rect r, const struct preview *p)
{
	struct cells_picture *to = &c->picture[c->pictures];

	static_assert(sizeof *p <= CELLS_WHAT, "what paint needs");
	if (rect_empty(r) || !(p->width > 0) || !(p->height > 0) || c->pictures == CELLS_PICTURES)
		return;
	c->pictures++;
	to->at = r;
	to->mark = mark_cells(r, p);
	to->key = key_of(p);
	to->mark_key = add_area(HASH_START, &p->cursor);
	to->paint = paint;
	memcpy(to->what, p, sizeof *p);
	if (!rect_empty(to->mark))
		cells_point(c, to->mark.x + to->mark.width / 2, to->mark.y + to->mark.height / 2,
			    false);
}
