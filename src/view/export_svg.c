#include "view/export_svg.h"

#include "base/base.h"
#include "base/utf8.h"
#include "view/screen.h"

enum { CELL_W = 9, CELL_H = 18, BASE = 14, MARGIN = 10 };

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

static void put_ground(const struct cells *c, const struct theme *t, int y, struct strbuf *out)
{
	const struct cell *row = &c->cell[(size_t)y * (size_t)c->width];

	for (int x = 0; x < c->width;) {
		uint32_t bg = row[x].paint ? paint_part(row[x].paint >> 15)
					   : ground(t, theme_paint(t, row[x].style));
		int end = x + 1;

		while (end < c->width &&
		       (row[end].paint ? paint_part(row[end].paint >> 15)
				       : ground(t, theme_paint(t, row[end].style))) == bg)
			end++;
		if (bg != (uint32_t)theme_background(t))
			strbuf_printf(out,
				      "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
				      "fill=\"#%06x\"/>\n",
				      MARGIN + x * CELL_W, MARGIN + y * CELL_H, (end - x) * CELL_W,
				      CELL_H, bg);
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
	return cp == 0x2580 || cp == 0x2584 || (cp >= 0x2588 && cp <= 0x258f) || cp == 0x25a0
		       ? SHAPE_BLOCK
		       : SHAPE_TEXT;
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

static void put_block(struct strbuf *out, int x, int y, uint32_t cp)
{
	double w = CELL_W, h = CELL_H, down = 0;

	if (cp >= 0x2589 && cp <= 0x258f)
		w = CELL_W * (0x2590 - (int)cp) / 8.0;
	if (cp == 0x2580 || cp == 0x2584)
		h = CELL_H / 2.0;
	if (cp == 0x2584)
		down = CELL_H / 2.0;
	if (cp == 0x25a0) {
		h = w = CELL_W;
		down = (CELL_H - CELL_W) / 2.0 + 1;
	}
	strbuf_printf(out, "M%d %gh%gv%gh%gz", x, y + down, w, h, -w);
}

/* A run of cells of one shape and look. */
static void put_shapes(const struct cell *row, int from, int end, int y, enum shape shape,
		       uint32_t color, struct strbuf *out)
{
	static const char *const opacity[] = {"", " fill-opacity=\".25\"", " fill-opacity=\".5\"",
					      " fill-opacity=\".75\""};

	if (shape == SHAPE_DOTS)
		strbuf_printf(
			out,
			"<path stroke=\"#%06x\" stroke-width=\"2.6\" stroke-linecap=\"round\" d=\"",
			color);
	else if (shape == SHAPE_LINE)
		strbuf_printf(out, "<path stroke=\"#%06x\" d=\"", color);
	else
		strbuf_printf(out, "<path fill=\"#%06x\"%s d=\"", color,
			      opacity[shape - SHAPE_BLOCK]);
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
static void put_words(const struct cell *row, int from, int end, int y, const struct theme_role *r,
		      uint32_t color, struct strbuf *out)
{
	strbuf_printf(out,
		      "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\" "
		      "fill=\"#%06x\"%s%s>",
		      MARGIN + from * CELL_W, MARGIN + y * CELL_H + BASE, (end - from) * CELL_W,
		      color, r->attrs & STYLE_BOLD ? " font-weight=\"bold\"" : "",
		      r->attrs & STYLE_UNDERLINE ? " text-decoration=\"underline\"" : "");
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
static void put_row(const struct cells *c, const struct theme *t, int y, struct strbuf *out)
{
	const struct cell *row = &c->cell[(size_t)y * (size_t)c->width];

	for (int x = 0; x < c->width;) {
		if (row[x].cp == ' ' || row[x].cp == 0) {
			x++;
			continue;
		}
		struct theme_role r = theme_paint(t, row[x].style);
		uint32_t color = row[x].paint ? paint_part(row[x].paint) : ink(t, r);
		enum shape shape = shape_of(row[x].cp);
		int end = x + 1;

		while (end < c->width && continues(&row[x], &row[end], shape) &&
		       (row[end].cp != ' ' ||
			(end + 1 < c->width && continues(&row[x], &row[end + 1], shape) &&
			 row[end + 1].cp != ' ')))
			end++;
		if (shape == SHAPE_TEXT)
			put_words(row, x, end, y, &r, color, out);
		else
			put_shapes(row, x, end, y, shape, color, out);
		x = end;
	}
}

void export_svg_cells(const struct cells *c, const struct theme *t, struct strbuf *out)
{
	int width = c->width * CELL_W + 2 * MARGIN, height = c->height * CELL_H + 2 * MARGIN;

	strbuf_printf(out,
		      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		      "viewBox=\"0 0 %d %d\" "
		      "font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" "
		      "font-size=\"15\" xml:space=\"preserve\">\n"
		      "<rect width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
		      width, height, width, height, width, height, (unsigned)theme_background(t));
	for (int y = 0; y < c->height; y++) {
		put_ground(c, t, y, out);
		put_row(c, t, y, out);
	}
	strbuf_puts(out, "</svg>\n");
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
