/* The grid of cells becomes what a terminal of this kind and these colours shows. */
#include "config.h"

#include "tui/canvas.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/charset.h"
#include "base/error.h"
#include "base/utf8.h"
#include "draw/stand_in.h"
#include "tui/caps.h"
#include "tui/color.h"
#include "tui/painter.h"

enum {
	LOOKS = STYLE_N * 8,
	GLYPHS = 128, /* code points of one frame beside ASCII: lines, blocks, dots */
	USUAL_WIDTH = 80,
	USUAL_HEIGHT = 24,
};

/* What a code point becomes on this terminal: asking the C library takes longer than the rest. */
struct glyph {
	uint32_t cp; /* 0 = none yet */
	uint32_t sent;
};

struct canvas {
	struct caps caps;
	bool is_open; /* caps are there */
	struct outlet outlet;
	struct painter painter;
	int width, height;
	bool is_utf8;
	int colors;
	enum ground ground;
	const struct theme *theme;
	bool is_chosen, keeps_ground; /* see canvas_theme */
	struct pen looks[LOOKS];      /* of styles without shades; not known at first */
	struct glyph glyphs[GLYPHS];
	struct cells drawn; /* the last picture */
	bool is_all_new;
	struct dab *old, *row; /* of one row */
};

/* ------------------------------------------------------------------ open */

static int size_of_environment(const char *name)
{
	const char *text = getenv(name);
	long n = text ? strtol(text, NULL, 10) : 0;

	return n > 0 && n <= CELLS_MAX ? (int)n : 0;
}

/* Until the terminal's own size is known, and where it has none. */
static void guess_size(struct canvas *v)
{
	int w = size_of_environment("COLUMNS"), h = size_of_environment("LINES");

	w = w ? w : v->caps.width;
	h = h ? h : v->caps.height;
	v->width = w ? w : USUAL_WIDTH;
	v->height = h ? h : USUAL_HEIGHT;
}

struct canvas *canvas_open(int fd, const char *type, struct vtok_error *err)
{
	struct canvas *v = calloc(1, sizeof(*v));

	if (!v) {
		error_memory(err);
		return NULL;
	}
	v->is_utf8 = charset_is_utf8();
	v->is_open = caps_open(&v->caps, type, fd, err);
	if (!v->is_open) {
		canvas_free(v);
		return NULL;
	}
	outlet_init(&v->outlet, fd);
	painter_init(&v->painter, &v->caps, &v->outlet);
	guess_size(v);
	v->is_all_new = true;
	return v;
}

void canvas_free(struct canvas *v)
{
	if (!v)
		return;
	cells_fini(&v->drawn);
	free(v->old);
	free(v->row);
	if (v->is_open) {
		outlet_fini(&v->outlet);
		caps_close();
	}
	free(v);
}

int canvas_use_colors(struct canvas *v, bool wanted, bool has_rgb)
{
	int n = wanted && v->caps.colors >= 8 ? v->caps.colors : 0;
	bool has_more = n == 256 && v->caps.inks.is_sgr && v->caps.numbers_colors &&
			(has_rgb || v->caps.says_rgb);

	/* sent as everybody understands them, also where terminfo has colons for it */
	v->caps.inks.has_rgb = has_more || n >= COLOR_DIRECT;
	v->colors = v->caps.inks.has_rgb ? COLOR_DIRECT : n;
	if (!n) {
		v->caps.inks.no_color[0] = '\0';
		v->caps.switches.colors_off = NULL;
	}
	return v->colors;
}

bool canvas_has_rgb(const struct canvas *v)
{
	return v->colors == COLOR_DIRECT;
}

/* ------------------------------------------------------------------ what the terminal has */

struct switches canvas_switches(const struct canvas *v)
{
	return v->caps.switches;
}

const char *canvas_last_row(const struct canvas *v)
{
	return v->caps.moves.address(v->height - 1, 0);
}

bool canvas_answers(const struct canvas *v)
{
	return v->caps.answers;
}

bool canvas_needs_xon(const struct canvas *v)
{
	return v->caps.needs_xon;
}

bool canvas_utf8(const struct canvas *v)
{
	return v->is_utf8;
}

struct outlet *canvas_outlet(struct canvas *v)
{
	return &v->outlet;
}

/* ------------------------------------------------------------------ size and colours */

int canvas_width(const struct canvas *v)
{
	return v->width;
}

int canvas_height(const struct canvas *v)
{
	return v->height;
}

static bool make_room(struct canvas *v, int w, int h)
{
	struct dab *old = realloc(v->old, (size_t)w * sizeof(*old));

	if (old)
		v->old = old;
	struct dab *row = realloc(v->row, (size_t)w * sizeof(*row));
	if (row)
		v->row = row;
	return old && row && cells_make_room(&v->drawn, w, h);
}

bool canvas_resize(struct canvas *v, int width, int height)
{
	bool is_done = (width == v->drawn.width && height == v->drawn.height) ||
		       make_room(v, width, height);

	if (is_done) {
		v->width = width;
		v->height = height;
		painter_resize(&v->painter, width, height);
	}
	v->is_all_new = true;
	return is_done;
}

void canvas_redraw(struct canvas *v)
{
	v->is_all_new = true;
}

bool canvas_is_all_new(const struct canvas *v)
{
	return v->is_all_new;
}

static struct color_pair role_color(const struct canvas *v, unsigned style)
{
	return color_role(v->theme, theme_paint(v->theme, style), v->colors, v->keeps_ground);
}

static struct pen pen_of(struct color_pair p)
{
	return (struct pen){.is_known = true, .attrs = p.attrs, .fg = p.fg, .bg = p.bg};
}

/* Of a style without shades. Stays until looks are changed. */
static const struct pen *flat_look(struct canvas *v, unsigned style)
{
	struct pen *look = &v->looks[(style & STYLE_ROLE) % STYLE_N * 8 + (style >> 8 & 7)];

	if (!look->is_known)
		*look = pen_of(role_color(v, style));
	return look;
}

/* Shades are for who sees them. */
static struct pen cell_look(struct canvas *v, const struct cell *c)
{
	if (c->paint && v->colors >= 8)
		return pen_of(
			color_paint(paint_part(c->paint), paint_part(c->paint >> 15), v->colors));
	if (c->style & ~(unsigned)STYLE_FLAT && v->colors == COLOR_DIRECT)
		return pen_of(role_color(v, c->style));
	return *flat_look(v, c->style);
}

static bool keeps_ground(const struct canvas *v)
{
	return v->theme && v->ground == (v->theme->is_light ? GROUND_LIGHT : GROUND_DARK) &&
	       (!v->is_chosen || v->colors < 256);
}

/* All looks are made again. */
static void change_looks(struct canvas *v)
{
	memset(v->looks, 0, sizeof(v->looks));
	v->is_all_new = true;
	v->keeps_ground = keeps_ground(v);
}

void canvas_theme(struct canvas *v, const struct theme *theme, bool is_chosen)
{
	if (v->theme == theme && v->is_chosen == is_chosen)
		return;
	v->theme = theme;
	v->is_chosen = is_chosen;
	change_looks(v);
}

bool canvas_ground(struct canvas *v, enum ground ground)
{
	v->ground = ground;
	if (keeps_ground(v) == v->keeps_ground)
		return false;
	change_looks(v);
	return true;
}

/* ------------------------------------------------------------------ frames */

/* What may be sent for a code point: our idea of its width and the C library's must agree, or
 * columns shift. */
static uint32_t find_glyph(const struct canvas *v, uint32_t cp)
{
	if (!v->is_utf8)
		cp = stand_in_ascii(cp);
	else if (cp >= 0xa0 && wcwidth((wchar_t)cp) == utf8_width(cp))
		return cp;
	return cp >= 0x20 && cp < 0x7f ? cp : '?';
}

static uint32_t glyph(struct canvas *v, uint32_t cp)
{
	struct glyph *g = &v->glyphs[cp % GLYPHS];

	if (cp >= 0x20 && cp < 0x7f)
		return cp;
	if (g->cp != cp || !cp)
		*g = (struct glyph){cp, find_glyph(v, cp)};
	return g->sent;
}

/* A row as the terminal shows it: it depends on its cells alone, never on how they came to be. */
static void look_at(struct canvas *v, const struct cell *from, int width, struct dab *row)
{
	const struct cell *last = NULL;
	struct pen look = {.is_known = false};

	for (int x = 0; x < width; x++) {
		const struct cell *c = &from[x];
		uint32_t cp = c->cp ? glyph(v, c->cp) : 0;

		if (!cp && (x == 0 || row[x - 1].cp < 0x80)) /* its left half has a stand-in */
			cp = ' ';
		if (!last || c->style != last->style || c->paint != last->paint)
			look = cell_look(v, c);
		last = c;
		row[x] = (struct dab){cp, look.attrs, look.fg, look.bg};
	}
}

/* Bytes between the members count as a difference at first. */
static bool same_row(const struct cell *a, const struct cell *b, int width)
{
	if (memcmp(a, b, (size_t)width * sizeof(*a)) == 0)
		return true;
	for (int x = 0; x < width; x++)
		if (a[x].cp != b[x].cp || a[x].style != b[x].style || a[x].paint != b[x].paint)
			return false;
	return true;
}

/* Everything: the rows come upon a screen of one colour. */
static bool draw_all(struct canvas *v, const struct cells *c)
{
	struct dab blank = painter_clear(&v->painter, flat_look(v, STYLE_TEXT));
	bool is_done = true;

	for (int x = 0; x < c->width; x++)
		v->old[x] = blank;
	for (int y = 0; y < c->height; y++) {
		look_at(v, c->cell + (ptrdiff_t)y * c->width, c->width, v->row);
		is_done &= painter_row(&v->painter, y, v->old, v->row);
	}
	return is_done;
}

/* Most rows are as they were: only the others are looked at more closely. */
static bool draw_changes(struct canvas *v, const struct cells *c)
{
	bool is_done = true;

	for (int y = 0; y < c->height; y++) {
		ptrdiff_t at = (ptrdiff_t)y * c->width;

		if (same_row(c->cell + at, v->drawn.cell + at, c->width))
			continue;
		look_at(v, v->drawn.cell + at, c->width, v->old);
		look_at(v, c->cell + at, c->width, v->row);
		is_done &= painter_row(&v->painter, y, v->old, v->row);
	}
	return is_done;
}

bool canvas_draw(struct canvas *v, struct cells *c)
{
	if (c->width != v->drawn.width || c->height != v->drawn.height)
		return false;
	/* where memory is short the next frame paints everything */
	v->is_all_new = !(v->is_all_new ? draw_all(v, c) : draw_changes(v, c));
	painter_point(&v->painter, c->point.x, c->point.y);

	struct cell *taken = c->cell;

	c->cell = v->drawn.cell;
	v->drawn.cell = taken;
	return true;
}
