/* What the painter writes, obeyed by a terminal: random pictures, one after the other, must stand
 * there cell by cell as if each had been painted alone, whatever the terminal has. prop_paint
 * [CASES [SEED]]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "base/base.h"
#include "draw/style.h"
#include "tests/random.h"
#include "tests/xterm.h"
#include "tui/painter.h"

enum { W = 23, H = 6, FRAMES = 12, KINDS = 8192 };

static int checked, bad;

static const char *address(int row, int column)
{
	static char text[32];

	snprintf(text, sizeof(text), "\033[%d;%dH", row + 1, column + 1);
	return text;
}

/* A terminal that has this and lacks that. */
static struct caps some_caps(unsigned bits)
{
	struct caps c = {
		.clear = "\033[H\033[2J",
		.clear_end = "\033[K",
		.inks = xterm_inks(bits & 1 && !(bits & 1024)),
		.moves = {.has_address = bits & 2,
			  .has_column = bits & 4,
			  .has_right = bits & 8,
			  .has_left = bits & 16,
			  .has_down = bits & 32,
			  .address = address},
		.clears_in_color = bits & 64,
		.has_erase = bits & 128,
		.moves_in_color = bits & 256,
		.scrolls_at_end = bits & 4096,
	};

	if (bits & 512)
		c.clear_end[0] = '\0';
	if (bits & 1024) /* sequences of its own kind */
		snprintf(c.inks.bold, sizeof(c.inks.bold), "\033[0;1m");
	inks_settle(&c.inks, bits & 2048 ? "\033[24m" : "\033[m");
	return c;
}

static struct dab some_dab(const struct caps *c)
{
	static const uint32_t cps[] = {' ', ' ', ' ', ' ', 'a', 'b', '.', 0x2502, 0x2588, 0x28ff};
	static const int32_t inks[] = {PEN_KEEP, 1, 7, 100, 231};
	static const uint16_t attrs[] = {
		0, 0, 0, STYLE_BOLD, STYLE_UNDERLINE, STYLE_REVERSE | STYLE_BOLD};
	struct dab d = {.cp = cps[next() % ARRAY_SIZE(cps)],
			.attrs = attrs[next() % ARRAY_SIZE(attrs)],
			.fg = inks[next() % ARRAY_SIZE(inks)],
			.bg = inks[next() % ARRAY_SIZE(inks)]};

	if (c->inks.has_rgb && d.fg != PEN_KEEP)
		d.fg = d.fg * 0x10203 & 0xffffff;
	if (c->inks.has_rgb && d.bg != PEN_KEEP)
		d.bg = d.bg * 0x10203 & 0xffffff;
	return d;
}

/* Runs of the same, of blanks, and wide characters, which take two cells. */
static void change_row(struct dab *row, const struct caps *c)
{
	int x = (int)(next() % W), end = x + 1 + (int)(next() % W);
	bool is_run = next() % 2;
	struct dab d = some_dab(c);

	for (end = end < W ? end : W; x < end; x++) {
		if (!is_run)
			d = some_dab(c);
		row[x] = d;
		if (next() % 8 == 0 && x + 1 < W) {
			row[x].cp = 0x4e2d;
			row[x + 1] = row[x];
			row[++x].cp = 0;
		}
	}
	for (x = 0; x < W; x++) { /* halves that lost the other one */
		bool is_wide = row[x].cp == 0x4e2d;

		if (is_wide && (x + 1 == W || row[x + 1].cp))
			row[x].cp = ' ';
		else if (is_wide)
			row[x + 1] = (struct dab){0, row[x].attrs, row[x].fg, row[x].bg};
		else if (row[x].cp == 0 && (x == 0 || row[x - 1].cp != 0x4e2d))
			row[x].cp = ' ';
	}
}

/* ------------------------------------------------------------------ what is there */

static bool same_color(VTerm *vt, const VTermColor *got, int32_t want, bool has_rgb, bool is_ground)
{
	VTermColor c = *got;
	bool is_own = is_ground ? VTERM_COLOR_IS_DEFAULT_BG(got) : VTERM_COLOR_IS_DEFAULT_FG(got);

	if (want == PEN_KEEP || is_own)
		return want == PEN_KEEP && is_own;
	if (!has_rgb)
		return VTERM_COLOR_IS_INDEXED(got) && got->indexed.idx == want;
	vterm_state_convert_color_to_rgb(vterm_obtain_state(vt), &c);
	return (c.rgb.red << 16 | c.rgb.green << 8 | c.rgb.blue) == want;
}

static bool shows(VTerm *vt, int x, int y, const struct dab *d, bool has_rgb)
{
	VTermScreenCell cell;
	bool is_blank = d->cp == ' ', underline = d->attrs & STYLE_UNDERLINE,
	     reverse = d->attrs & STYLE_REVERSE, ink = !is_blank || underline || reverse;

	if (d->cp == 0)
		return true; /* its left half is looked at */
	vterm_screen_get_cell(vterm_obtain_screen(vt), (VTermPos){y, x}, &cell);
	if (cell.chars[0] != d->cp && !(is_blank && cell.chars[0] == 0))
		return false;
	if (!is_blank && cell.attrs.bold != !!(d->attrs & STYLE_BOLD))
		return false;
	return !!cell.attrs.underline == underline && cell.attrs.reverse == reverse &&
	       same_color(vt, &cell.bg, d->bg, has_rgb, true) &&
	       (!ink || same_color(vt, &cell.fg, d->fg, has_rgb, false));
}

static void check(VTerm *vt, const struct painter *p, struct dab rows[H][W], unsigned bits,
		  int frame)
{
	VTermPos at;

	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++) {
			bool is_unused = p->caps->scrolls_at_end && y == H - 1 && x == W - 1;

			checked++;
			if (is_unused || shows(vt, x, y, &rows[y][x], p->caps->inks.has_rgb))
				continue;
			if (bad++ < 5)
				printf("# kind %u, frame %d: %d,%d is not as painted\n", bits,
				       frame, x, y);
		}
	vterm_state_get_cursorpos(vterm_obtain_state(vt), &at);
	if ((at.row != 2 || at.col != 3) && bad++ < 5)
		printf("# kind %u, frame %d: the cursor is at %d,%d\n", bits, frame, at.col,
		       at.row);
}

/* ------------------------------------------------------------------ frames */

static void show(VTerm *vt, struct outlet *o)
{
	vterm_input_write(vt, o->buf, o->n);
	vterm_screen_flush_damage(vterm_obtain_screen(vt));
	o->n = 0;
}

static void one_case(unsigned bits)
{
	static struct dab rows[H][W], old[W], row[W];
	static const struct pen papers[] = {{true, 0, PEN_KEEP, PEN_KEEP}, {true, 0, 7, 100}};
	VTerm *vt = vterm_new(H, W);
	struct caps caps = some_caps(bits);
	struct outlet o;
	struct painter p;

	if (!vt)
		exit(99);
	vterm_set_utf8(vt, 1);
	vterm_screen_reset(vterm_obtain_screen(vt), 1);
	outlet_init(&o, -1);
	painter_init(&p, &caps, &o);
	painter_resize(&p, W, H);
	struct dab blank = painter_clear(&p, &papers[next() % ARRAY_SIZE(papers)]);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			rows[y][x] = blank;
	for (int frame = 0; frame < FRAMES; frame++) {
		for (int y = 0; y < H; y++) {
			memcpy(old, rows[y], sizeof(old));
			for (unsigned n = next() % 4; n > 0; n--)
				change_row(rows[y], &caps);
			memcpy(row, rows[y], sizeof(row));
			if (!painter_row(&p, y, old, row))
				exit(99);
		}
		painter_point(&p, 3, 2);
		show(vt, &o);
		check(vt, &p, rows, bits, frame);
	}
	outlet_fini(&o);
	vterm_free(vt);
}

int main(int argc, char **argv)
{
	int cases = argc > 1 ? atoi(argv[1]) : 4096;

	random_begin(argc > 2 ? argv[2] : NULL);
	for (int i = 0; i < cases; i++)
		one_case((unsigned)next() % KINDS);
	printf("1..1\n%sok 1 - %d cells are as they were painted\n", bad ? "not " : "", checked);
	return bad != 0;
}
