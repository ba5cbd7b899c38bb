#include "view/export_svg.h"

#include "base/utf8.h"
#include "view/screen.h"

enum { CELL_W = 9, CELL_H = 18, BASE = 14, MARGIN = 10 };

static uint32_t ground(const struct theme *t, struct theme_role r)
{
	bool is_swapped = r.attrs & STYLE_REVERSE;
	int32_t c = is_swapped ? r.fg : r.bg;

	return (uint32_t)(c != THEME_KEEP ? c : is_swapped ? t->foreground : t->background);
}

static uint32_t ink(const struct theme *t, struct theme_role r)
{
	bool is_swapped = r.attrs & STYLE_REVERSE;
	int32_t c = is_swapped ? r.bg : r.fg;

	return (uint32_t)(c != THEME_KEEP ? c : is_swapped ? t->background : t->foreground);
}

static void put_cp(struct strbuf *out, uint32_t cp)
{
	char bytes[4];

	switch (cp) {
	case '<': strbuf_puts(out, "&lt;"); break;
	case '>': strbuf_puts(out, "&gt;"); break;
	case '&': strbuf_puts(out, "&amp;"); break;
	default: strbuf_add(out, bytes, utf8_put(cp, bytes));
	}
}

static void put_ground(const struct cells *c, const struct theme *t, int y, struct strbuf *out)
{
	const struct cell *row = &c->cell[(size_t)y * (size_t)c->width];

	for (int x = 0; x < c->width;) {
		uint32_t bg = row[x].paint ? paint_part(row[x].paint >> 15) : ground(t, theme_paint(t, row[x].style));
		int end = x + 1;

		while (end < c->width && (row[end].paint ? paint_part(row[end].paint >> 15)
							 : ground(t, theme_paint(t, row[end].style))) == bg)
			end++;
		if (bg != (uint32_t)t->background)
			strbuf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
				      MARGIN + x * CELL_W, MARGIN + y * CELL_H, (end - x) * CELL_W, CELL_H, bg);
		x = end;
	}
}

/* Every run of one look is one text whose cells are pinned: a browser's font need not have the terminal's widths. */
static void put_text(const struct cells *c, const struct theme *t, int y, struct strbuf *out)
{
	const struct cell *row = &c->cell[(size_t)y * (size_t)c->width];

	for (int x = 0; x < c->width;) {
		if (row[x].cp == ' ' || row[x].cp == 0) {
			x++;
			continue;
		}
		struct theme_role r = theme_paint(t, row[x].style);
		int end = x + 1;

		while (end < c->width && row[end].cp && row[end].style == row[x].style && row[end].paint == row[x].paint &&
		       (row[end].cp != ' ' || (end + 1 < c->width && row[end + 1].cp != ' ')))
			end++;
		strbuf_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#%06x\"%s%s>",
			      MARGIN + x * CELL_W, MARGIN + y * CELL_H + BASE, (end - x) * CELL_W,
			      row[x].paint ? paint_part(row[x].paint) : ink(t, r),
			      r.attrs & STYLE_BOLD ? " font-weight=\"bold\"" : "",
			      r.attrs & STYLE_UNDERLINE ? " text-decoration=\"underline\"" : "");
		for (; x < end; x++)
			put_cp(out, row[x].cp);
		strbuf_puts(out, "</text>\n");
	}
}

void export_svg_cells(const struct cells *c, const struct theme *t, struct strbuf *out)
{
	int width = c->width * CELL_W + 2 * MARGIN, height = c->height * CELL_H + 2 * MARGIN;

	strbuf_printf(out,
		      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
		      "font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n"
		      "<rect width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
		      width, height, width, height, width, height, (unsigned)t->background);
	for (int y = 0; y < c->height; y++) {
		put_ground(c, t, y, out);
		put_text(c, t, y, out);
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
