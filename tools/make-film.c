/* Draws docs/dashboard.svg: the program in a pseudo terminal, keys typed at it, its bytes read by
 * libvterm, and each screen that they left as a frame of a picture that moves.
 *     cd samples; VTOK=/PROGRAM make-film FILE.svg
 * A row that stays the same over some frames is drawn once, and shown in them by the style sheet:
 * the whole is a quarter of its frames. Viewers that play no style sheets show the first frame.
 * Nothing in it depends on the clock: frames are taken when the screen is quiet, so that two runs
 * give the same bytes (tests/film.sh). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/strbuf.h"
#include "draw/cells.h"
#include "draw/theme.h"
#include "tests/pty.h"
#include "view/export_svg.h"

enum {
	WIDTH = 100,
	HEIGHT = 32,
	CELL_W = 9, /* as view/export_svg.c draws cells */
	CELL_H = 18,
	MARGIN = 10,
	GROUND = 0x121212, /* of a terminal that keeps its own */
	INK = 0xd0d0d0,
};

/* What is typed, and how long its frame stands. */
/* clang-format off */
static const struct shot {
	const char *keys;
	int ms;
} shots[] = {
	{"", 2200}, /* a photo of 12 megapixels */
	{"\033[6~", 700}, /* its width, turned down in big steps */
	{"\033[6~", 700},
	{"\033[6~", 1800},
	{"2", 1700}, /* the chart */
	{"d", 2600}, /* what the time to the first token consists of */
	{"d", 300},
	{"3", 2600}, /* every model beside the others */
	{"4", 2600}, /* what the model sees of it */
	{"5", 2800}, /* the budget, turned around */
	{"1", 700},
};
/* clang-format on */

enum { FRAMES = ARRAY_SIZE(shots) };

struct dot {
	uint32_t cp, ink, ground;
	uint16_t attrs;
};

static struct dot film[FRAMES][HEIGHT][WIDTH];

/* ------------------------------------------------------------ taking frames */

static uint32_t rgb(VTermScreen *screen, VTermColor c, uint32_t own)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&c) || VTERM_COLOR_IS_DEFAULT_BG(&c))
		return own;
	vterm_screen_convert_color_to_rgb(screen, &c);
	return (uint32_t)c.rgb.red << 16 | (uint32_t)c.rgb.green << 8 | c.rgb.blue;
}

static struct dot dot_at(VTermScreen *screen, int x, int y)
{
	VTermScreenCell cell;

	vterm_screen_get_cell(screen, (VTermPos){.row = y, .col = x}, &cell);
	struct dot d = {
		.cp = cell.chars[0] ? cell.chars[0] : ' ',
		.ink = rgb(screen, cell.fg, INK),
		.ground = rgb(screen, cell.bg, GROUND),
		.attrs = (uint16_t)((cell.attrs.bold ? STYLE_BOLD : 0) |
				    (cell.attrs.underline ? STYLE_UNDERLINE : 0)),
	};

	if (d.cp == (uint32_t)-1) /* the right half of a wide character */
		d.cp = 0;
	if (cell.attrs.reverse) {
		uint32_t ink = d.ink;
		d.ink = d.ground;
		d.ground = ink;
	}
	if (d.cp == ' ') /* its ink is not seen: runs are longer without it */
		d.ink = INK, d.attrs = 0;
	return d;
}

static bool take_frames(void)
{
	struct session t;
	bool fine = true;

	begin(&t, &(struct start){
			  .args = {"--no-config", "photo.jpg"},
			  .env = {"COLORTERM=truecolor"},
			  .width = WIDTH,
			  .height = HEIGHT,
		  });
	settle(&t);
	for (int i = 0; i < FRAMES && fine; i++) {
		fine = !shots[i].keys[0] || press(&t, shots[i].keys);
		do
			settle(&t);
		while (shows(&t, "being read") && !t.is_over);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				film[i][y][x] = dot_at(t.screen, x, y);
	}
	fine = fine && shows(&t, "photo.jpg");
	type(&t, "q");
	wait_over(&t);
	finish(&t);
	return fine;
}

/* ------------------------------------------------------------ drawing them */

/* Cells of a picture have more colours in a row than there are roles: they are painted, which
 * rounds them a little; all others have a role in a theme of the row's own. */
static struct cell cell_of(struct theme *t, unsigned *n, const struct dot *d)
{
	struct cell c = {.cp = d->cp, .style = d->attrs};
	bool is_picture = d->ground != GROUND && d->cp >= 0x2580 && d->cp < 0x25a0;
	unsigned i = 0;

	while (i < *n &&
	       (t->roles[i].fg != (int32_t)d->ink || t->roles[i].bg != (int32_t)d->ground))
		i++;
	if (is_picture || i == STYLE_N) {
		c.paint = paint_rgb(d->ink, d->ground);
		return c;
	}
	if (i == *n)
		t->roles[(*n)++] = (struct theme_role){
			.fg = (int32_t)d->ink, .bg = (int32_t)d->ground, .to = THEME_KEEP};
	c.style |= (uint16_t)i;
	return c;
}

/* A row as the exported picture of a screen of one row, without the picture around it. */
static void put_row(const struct dot *row, struct strbuf *out)
{
	struct theme t = {.background = GROUND, .foreground = INK};
	struct strbuf picture;
	unsigned n = 0;
	struct cells c;

	strbuf_init(&picture);
	if (!cells_init(&c, WIDTH, 1))
		exit(1);
	for (int x = 0; x < WIDTH; x++)
		c.cell[x] = cell_of(&t, &n, &row[x]);
	export_svg_cells(&c, &t, &picture);
	/* two lines before it, one behind */
	const char *from = strchr(strchr(strbuf_text(&picture), '\n') + 1, '\n') + 1;
	const char *end = strstr(from, "</svg>");
	/* glyphs keep their shapes: each would say so, a fifth of all */
	static const char drop[] = " lengthAdjust=\"spacingAndGlyphs\"";
	for (const char *at; (at = strstr(from, drop)); from = at + sizeof(drop) - 1)
		strbuf_add(out, from, (size_t)(at - from));
	strbuf_add(out, from, (size_t)(end - from));
	cells_fini(&c);
	strbuf_fini(&picture);
}

static int begins_at(int frame) /* ms */
{
	int ms = 0;

	for (int i = 0; i < frame; i++)
		ms += shots[i].ms;
	return ms;
}

/* Shown from one frame to before another: a class, whose rule is made once. */
static void put_rule(int from, int end, struct strbuf *out)
{
	double all = begins_at(FRAMES) / 100.0;

	strbuf_printf(out, "@keyframes k%d-%d{0%%{visibility:%s}", from, end,
		      from ? "hidden" : "visible");
	if (from)
		strbuf_printf(out, "%.2f%%{visibility:visible}", begins_at(from) / all);
	if (end < FRAMES)
		strbuf_printf(out, "%.2f%%{visibility:hidden}", begins_at(end) / all);
	strbuf_printf(out, "}\n.k%d-%d{%sanimation:k%d-%d %gs step-end infinite}\n", from, end,
		      from ? "visibility:hidden;" : "", from, end, begins_at(FRAMES) / 1000.0);
}

static bool same_row(int a, int b, int y)
{
	return memcmp(film[a][y], film[b][y], sizeof(film[a][y])) == 0;
}

static void put_film(struct strbuf *out)
{
	int width = WIDTH * CELL_W + 2 * MARGIN, height = HEIGHT * CELL_H + 2 * MARGIN;
	bool is_used[FRAMES][FRAMES + 1] = {{false}};

	strbuf_printf(out,
		      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		      "viewBox=\"0 0 %d %d\" "
		      "font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" "
		      "font-size=\"15\" xml:space=\"preserve\">\n"
		      "<!-- made by tools/make-film; make update-film -->\n<style>\n",
		      width, height, width, height);
	for (int y = 0; y < HEIGHT; y++)
		for (int from = 0, end; from < FRAMES; from = end) {
			for (end = from + 1; end < FRAMES && same_row(from, end, y); end++)
				continue;
			is_used[from][end] = true;
		}
	for (int from = 0; from < FRAMES; from++)
		for (int end = from + 1; end <= FRAMES; end++)
			if (is_used[from][end] && (from > 0 || end < FRAMES))
				put_rule(from, end, out);
	strbuf_puts(out, "@media (prefers-reduced-motion:reduce){g{animation:none!important}}\n"
			 "</style>\n");
	strbuf_printf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n", width, height,
		      GROUND);
	for (int y = 0; y < HEIGHT; y++)
		for (int from = 0, end; from < FRAMES; from = end) {
			for (end = from + 1; end < FRAMES && same_row(from, end, y); end++)
				continue;
			strbuf_printf(out, "<g transform=\"translate(0 %d)\"", y * CELL_H);
			if (from > 0 || end < FRAMES)
				strbuf_printf(out, " class=\"k%d-%d\"", from, end);
			strbuf_puts(out, ">\n");
			put_row(film[from][y], out);
			strbuf_puts(out, "</g>\n");
		}
	strbuf_puts(out, "</svg>\n");
}

int main(int argc, char **argv)
{
	struct strbuf out;
	FILE *f;

	if (argc != 2 || !getenv("VTOK") || *getenv("VTOK") != '/') {
		fputs("usage: cd samples; VTOK=/PROGRAM make-film FILE.svg\n", stderr);
		return 2;
	}
	if (!take_frames()) {
		fputs("make-film: the program does not answer\n", stderr);
		return 1;
	}
	strbuf_init(&out);
	put_film(&out);
	if (!strbuf_ok(&out) || !(f = fopen(argv[1], "wb")) ||
	    fwrite(strbuf_text(&out), 1, out.len, f) != out.len || fclose(f) != 0) {
		perror(argv[1]);
		return 1;
	}
	strbuf_fini(&out);
	return 0;
}
