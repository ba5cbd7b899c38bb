#include "view/export_svg.h"

#include "base/base.h"
#include "base/utf8.h"
#include "view/screen.h"

enum { CELL_W = 9, CELL_H = 18, BASE = 14, MARGIN = 10 };

/* A grid as one theme shows it. */
struct look {
	const struct cells *c;
	const struct theme *t;
};

enum { PAIRS = 96 };

/* A picture on its way: the look of its attributes, and another one for a dark ground, which a
 * style sheet has for each pair of colours that occurs. */
struct svg {
	struct look look, dark; /* dark.t NULL: there is one look alone */
	struct {
		uint32_t look, dark;
	} pairs[PAIRS];
	int n;
	struct strbuf *out;
};

static uint32_t ground(const struct theme *t, struct theme_role r)
{
	bool is_swapped = r.attrs & STYLE_REVERSE;
	int32_t c = is_swapped ? r.fg : r.bg;

	return (uint32_t)(c != THEME_KEEP ? c
			  : is_swapped    ? theme_foreground(t)
					  : theme_background(t));
}

static uint32_t ink(const struct theme *t, struct theme_role r)
{
	bool is_swapped = r.attrs & STYLE_REVERSE;
	int32_t c = is_swapped ? r.bg : r.fg;

	return (uint32_t)(c != THEME_KEEP ? c
			  : is_swapped    ? theme_background(t)
					  : theme_foreground(t));
}

static uint32_t ground_of(const struct look *l, size_t at)
{
	const struct cell *cell = &l->c->cell[at];

	return cell->paint ? paint_part(cell->paint >> 15)
			   : ground(l->t, theme_paint(l->t, cell->style));
}

static uint32_t ink_of(const struct look *l, size_t at)
{
	const struct cell *cell = &l->c->cell[at];

	return cell->paint ? paint_part(cell->paint) : ink(l->t, theme_paint(l->t, cell->style));
}

/* fill="#rrggbb", or stroke, and the class that has the other look's colour. */
static void put_color(struct svg *g, const char *attribute, uint32_t color, uint32_t dark)
{
	int at = 0;

	strbuf_printf(g->out, " %s=\"#%06x\"", attribute, color);
	if (!g->dark.t || color == dark)
		return;
	while (at < g->n && (g->pairs[at].look != color || g->pairs[at].dark != dark))
		at++;
	if (at == PAIRS)
		return;
	if (at == g->n) {
		g->pairs[g->n].look = color;
		g->pairs[g->n++].dark = dark;
	}
	strbuf_printf(g->out, " class=\"%c%d\"", attribute[0], at);
}

static void put_ink(struct svg *g, const char *attribute, size_t at)
{
	put_color(g, attribute, ink_of(&g->look, at), g->dark.t ? ink_of(&g->dark, at) : 0);
}

/* XML 1.0, 2.2: what can stand in a document at all, even as a reference. */
static bool is_xml(uint32_t cp)
{
	return cp >= 0x20 && (cp < 0xd800 || cp > 0xdfff) && cp != 0xfffe && cp != 0xffff;
}

static void put_cp(struct strbuf *out, uint32_t cp)
{
	char bytes[4];

	if (!is_xml(cp))
		cp = 0xfffd;
	switch (cp) {
	case '<':
		strbuf_puts(out, "&lt;");
		break;
	case '>':
		strbuf_puts(out, "&gt;");
		break;
	case '&':
		strbuf_puts(out, "&amp;");
		break;
	default:
		strbuf_add(out, bytes, utf8_put(cp, bytes));
	}
}

static bool is_same_ground(const struct svg *g, size_t a, size_t b)
{
	return ground_of(&g->look, a) == ground_of(&g->look, b) &&
	       (!g->dark.t || ground_of(&g->dark, a) == ground_of(&g->dark, b));
}

static void put_ground(struct svg *g, int y)
{
	int width = g->look.c->width;
	size_t row = (size_t)y * (size_t)width;

	for (int x = 0; x < width;) {
		size_t at = row + (size_t)x;
		uint32_t bg = ground_of(&g->look, at),
			 dark = g->dark.t ? ground_of(&g->dark, at) : 0;
		int end = x + 1;

		while (end < width && is_same_ground(g, at, row + (size_t)end))
			end++;
		if (bg != (uint32_t)theme_background(g->look.t) ||
		    (g->dark.t && dark != (uint32_t)theme_background(g->dark.t))) {
			strbuf_printf(g->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"",
				      MARGIN + x * CELL_W, MARGIN + y * CELL_H, (end - x) * CELL_W,
				      CELL_H);
			put_color(g, "fill", bg, dark);
			strbuf_puts(g->out, "/>\n");
		}
		x = end;
	}
}

/* Dots, blocks and lines are drawn, so that a curve or a frame is whole in any font. */
enum shape {
	SHAPE_TEXT,
	SHAPE_DOTS,
	SHAPE_LINE,
	SHAPE_BLOCK,
	SHAPE_SHADE1,
	SHAPE_SHADE2,
	SHAPE_SHADE3
};

static enum shape shape_of(uint32_t cp)
{
	if (cp > 0x2800 && cp < 0x2900)
		return SHAPE_DOTS;
	if (cells_arms(cp))
		return SHAPE_LINE;
	if (cp >= 0x2591 && cp <= 0x2593)
		return SHAPE_SHADE1 + (enum shape)(cp - 0x2591);
	bool is_block = (cp >= 0x2580 && cp <= 0x2590) || (cp >= 0x2596 && cp <= 0x259f);

	return is_block || cp == 0x25a0 ? SHAPE_BLOCK : SHAPE_TEXT;
}

/* The dots of a braille cell: its bits run down the left column, then the right one, then along the
 * lowest row. */
static void put_dots(struct strbuf *out, int x, int y, uint32_t bits)
{
	/* clang-format off */
	static const struct {
		uint8_t column, row;
	} dots[] = {
		{0, 0},
		{0, 1},
		{0, 2},
		{1, 0},
		{1, 1},
		{1, 2},
		{0, 3},
		{1, 3}
	};
	/* clang-format on */

	for (unsigned i = 0; i < ARRAY_SIZE(dots); i++)
		if (bits >> i & 1)
			strbuf_printf(out, "M%g %gh0",
				      x + (2 * dots[i].column + 1) * (CELL_W / 4.0),
				      y + (2 * dots[i].row + 1) * (CELL_H / 8.0));
}

static void put_arms(struct strbuf *out, int x, int y, unsigned arms)
{
	double left = arms & ARM_LEFT ? x : x + CELL_W / 2.0,
	       right = arms & ARM_RIGHT ? x + CELL_W : x + CELL_W / 2.0;
	double top = arms & ARM_UP ? y : y + CELL_H / 2.0,
	       bottom = arms & ARM_DOWN ? y + CELL_H : y + CELL_H / 2.0;

	if (right > left)
		strbuf_printf(out, "M%g %gH%g", left, y + CELL_H / 2.0, right);
	if (bottom > top)
		strbuf_printf(out, "M%g %gV%g", x + CELL_W / 2.0, top, bottom);
}

static void put_rect(struct strbuf *out, double x, double y, double w, double h)
{
	strbuf_printf(out, "M%g %gh%gv%gh%gz", x, y, w, h, -w);
}

/* Bits: upper left, upper right, lower left, lower right. */
static void put_quadrants(struct strbuf *out, int x, int y, uint32_t cp)
{
	static const uint8_t bits[] = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};

	for (int i = 0; i < 4; i++)
		if (bits[cp - 0x2596] >> i & 1)
			put_rect(out, x + i % 2 * (CELL_W / 2.0), y + i / 2 * (CELL_H / 2.0),
				 CELL_W / 2.0, CELL_H / 2.0);
}

static void put_block(struct strbuf *out, int x, int y, uint32_t cp)
{
	double w = CELL_W, h = CELL_H, right = 0, down = 0;

	if (cp >= 0x2596 && cp <= 0x259f) {
		put_quadrants(out, x, y, cp);
		return;
	}
	if (cp == 0x2590)
		right = w = CELL_W / 2.0;
	if (cp >= 0x2589 && cp <= 0x258f)
		w = CELL_W * (0x2590 - (int)cp) / 8.0;
	if (cp == 0x2580)
		h = CELL_H / 2.0;
	if (cp >= 0x2581 && cp <= 0x2587) {
		h = CELL_H * (int)(cp - 0x2580) / 8.0;
		down = CELL_H - h;
	}
	if (cp == 0x25a0) {
		h = w = CELL_W;
		down = (CELL_H - CELL_W) / 2.0 + 1;
	}
	put_rect(out, x + right, y + down, w, h);
}

/* A run of cells of one shape and look. */
static void put_shapes(struct svg *g, int from, int end, int y, enum shape shape)
{
	static const char *const opacity[] = {"", " fill-opacity=\".25\"", " fill-opacity=\".5\"",
					      " fill-opacity=\".75\""};
	const struct cell *row = &g->look.c->cell[(size_t)y * (size_t)g->look.c->width];
	size_t at = (size_t)y * (size_t)g->look.c->width + (size_t)from;
	struct strbuf *out = g->out;

	strbuf_puts(out, "<path");
	put_ink(g, shape == SHAPE_DOTS || shape == SHAPE_LINE ? "stroke" : "fill", at);
	strbuf_puts(out, shape == SHAPE_DOTS   ? " stroke-width=\"2.6\" stroke-linecap=\"round\""
			 : shape == SHAPE_LINE ? ""
					       : opacity[shape - SHAPE_BLOCK]);
	strbuf_puts(out, " d=\"");
	for (int x = from; x < end; x++) {
		int left = MARGIN + x * CELL_W, top = MARGIN + y * CELL_H;

		if (shape == SHAPE_DOTS)
			put_dots(out, left, top, row[x].cp & 0xff);
		else if (shape == SHAPE_LINE)
			put_arms(out, left, top, cells_arms(row[x].cp));
		else
			put_block(out, left, top, row[x].cp);
	}
	strbuf_puts(out, "\"/>\n");
}

/* The cells are pinned: a browser's font need not have the terminal's widths. */
static void put_words(struct svg *g, int from, int end, int y)
{
	const struct cell *row = &g->look.c->cell[(size_t)y * (size_t)g->look.c->width];
	struct theme_role r = theme_paint(g->look.t, row[from].style);
	struct strbuf *out = g->out;

	strbuf_printf(out,
		      "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"",
		      MARGIN + from * CELL_W, MARGIN + y * CELL_H + BASE, (end - from) * CELL_W);
	put_ink(g, "fill", (size_t)y * (size_t)g->look.c->width + (size_t)from);
	strbuf_printf(out, "%s%s>", r.attrs & STYLE_BOLD ? " font-weight=\"bold\"" : "",
		      r.attrs & STYLE_UNDERLINE ? " text-decoration=\"underline\"" : "");
	for (int x = from; x < end; x++)
		if (row[x].cp) /* 0: the right half of what stands before it */
			put_cp(out, row[x].cp);
	strbuf_puts(out, "</text>\n");
}

static bool continues(const struct cell *a, const struct cell *b, enum shape shape)
{
	bool is_words = b->cp == ' ' || b->cp == 0;

	return b->style == a->style && b->paint == a->paint &&
	       (is_words ? shape == SHAPE_TEXT : shape_of(b->cp) == shape);
}

/* Every run of one look is one element. */
static void put_row(struct svg *g, int y)
{
	int width = g->look.c->width;
	const struct cell *row = &g->look.c->cell[(size_t)y * (size_t)width];

	for (int x = 0; x < width;) {
		if (row[x].cp == ' ' || row[x].cp == 0) {
			x++;
			continue;
		}
		enum shape shape = shape_of(row[x].cp);
		int end = x + 1;

		while (end < width && continues(&row[x], &row[end], shape) &&
		       (row[end].cp != ' ' ||
			(end + 1 < width && continues(&row[x], &row[end + 1], shape) &&
			 row[end + 1].cp != ' ')))
			end++;
		if (shape == SHAPE_TEXT)
			put_words(g, x, end, y);
		else
			put_shapes(g, x, end, y, shape);
		x = end;
	}
}

/* What a dark ground changes; nothing but attributes is needed without it. */
static void put_style(const struct svg *g)
{
	strbuf_puts(g->out, "<style>@media (prefers-color-scheme: dark) {\n");
	for (int i = 0; i < g->n; i++)
		strbuf_printf(g->out, ".f%d { fill: #%06x } .s%d { stroke: #%06x }\n", i,
			      g->pairs[i].dark, i, g->pairs[i].dark);
	strbuf_puts(g->out, "}</style>\n");
}

static void put_picture(struct svg *g)
{
	const struct cells *c = g->look.c;
	int width = c->width * CELL_W + 2 * MARGIN, height = c->height * CELL_H + 2 * MARGIN;

	strbuf_printf(g->out,
		      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		      "viewBox=\"0 0 %d %d\" "
		      "font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" "
		      "font-size=\"15\" xml:space=\"preserve\">\n"
		      "<rect width=\"%d\" height=\"%d\"",
		      width, height, width, height, width, height);
	put_color(g, "fill", (uint32_t)theme_background(g->look.t),
		  g->dark.t ? (uint32_t)theme_background(g->dark.t) : 0);
	strbuf_puts(g->out, "/>\n");
	for (int y = 0; y < c->height; y++) {
		put_ground(g, y);
		put_row(g, y);
	}
	if (g->dark.t)
		put_style(g);
	strbuf_puts(g->out, "</svg>\n");
}

void export_svg_cells(const struct cells *c, const struct theme *t, struct strbuf *out)
{
	struct svg g = {.look = {c, t}, .out = out};

	put_picture(&g);
}

void export_svg_looks(const struct cells *light, const struct theme *of_light,
		      const struct cells *dark, const struct theme *of_dark, struct strbuf *out)
{
	struct svg g = {.look = {light, of_light}, .dark = {dark, of_dark}, .out = out};

	put_picture(&g);
}

void export_svg(const struct state *st, struct strbuf *out)
{
	struct state plain = *st;
	struct cells c;

	plain.overlay = OVERLAY_NONE;
	plain.message[0] = '\0';
	if (!cells_init(&c, st->width, st->height)) {
		out->failed = true;
		return;
	}
	screen_draw(&c, &plain);
	export_svg_cells(&c, st->theme, out);
	cells_fini(&c);
}
