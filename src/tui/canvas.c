/* The only file that knows curses.
 *
 * The terminal is left by bytes of ours and not by endwin(): the same bytes serve the end, a
 * suspend and a crash. So curses never knows that it was away, and is told to paint everything when
 * it is back. */
#include "config.h"

#include "tui/canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

#include "base/charset.h"
#include "base/utf8.h"
#include "draw/stand_in.h"
#include "tui/color.h"
#include "tui/entries.h"
#include "tui/kinds.h"
#include "tui/rgb.h"

#include <curses.h> /* last: their macros are called lines, columns, ... */
#include <term.h>

enum {
	STYLES = STYLE_N * 8,
	GLYPHS = 128, /* code points of one frame beside ASCII: lines, blocks, dots */
};

/* How curses shows a style. */
struct look {
	bool is_known;
	bool is_filled; /* shows on blanks too */
	cchar_t cell; /* a blank that looks so; its first wide character is exchanged for another */
};

/* What a code point becomes on this terminal: asking the C library takes longer than the rest. */
struct glyph {
	uint32_t cp; /* 0 = none yet */
	wchar_t sent;
};

struct canvas {
	struct outlet outlet;
	SCREEN *screen;
	int width, height;
	bool is_utf8;
	int colors;
	struct rgb rgb;
	bool has_rgb; /* colours go through it */
	enum ground ground;
	const struct theme *theme;
	bool is_chosen, keeps_ground; /* see canvas_theme */
	int32_t paper; /* what blanks stand on: colour as in looks, -1 = the terminal's own */
	struct look looks[STYLES];
	struct glyph glyphs[GLYPHS];
	struct cells drawn; /* the last picture */
	struct cells sent;  /* what curses was told of it, row by row as they change */
	bool *is_kept;      /* that it is there, by row */
	bool is_all_new;
	cchar_t *line;    /* one row for curses */
	struct cell *row; /* the same row, ours */
};

/* ------------------------------------------------------------------ open */

static bool is_cap(const char *cap, const char *usual)
{
	return cap && strcmp(cap, usual) == 0;
}

/* Which size curses takes before it is told; a terminal's own goes before that of LINES and COLUMNS
 * also when curses asks again, with the first frame. */
static void choose_size(int fd)
{
	struct winsize ws;

	if (ioctl(fd, TIOCGWINSZ, &ws) != 0 || ws.ws_col == 0 || ws.ws_row == 0)
		return;
	use_env(FALSE);
	use_tioctl(TRUE);
}

#ifdef STATIC_BINARY
/* What ncurses finds nowhere: the program has descriptions of its own, which go the way of a
 * user's. */
static SCREEN *open_own(struct canvas *v, const char *type)
{
	const char *description = entries_find(type), *former = getenv("TERMINFO");
	char *kept = former ? strdup(former) : NULL;
	SCREEN *screen = NULL;

	if (description && (kept || !former) && setenv("TERMINFO", description, 1) == 0)
		screen = newterm(type, v->outlet.file, stdin);
	if (!kept)
		unsetenv("TERMINFO");
	else
		setenv("TERMINFO", kept, 1);
	free(kept);
	return screen;
}
#else
static SCREEN *open_own(struct canvas *v, const char *type)
{
	(void)v, (void)type;
	return NULL;
}
#endif

static SCREEN *open_type(struct canvas *v, const char *type)
{
	SCREEN *screen = newterm(type, v->outlet.file, stdin);

	return screen ? screen : open_own(v, type);
}

static SCREEN *open_as(struct canvas *v, const char *type)
{
	const char *like = kinds_like(type);
	SCREEN *screen = open_type(v, type);

	return screen || !like ? screen : open_type(v, like);
}

static bool open_screen(struct canvas *v, int fd, const char *type, struct vtok_error *err)
{
	choose_size(fd);
	if (!outlet_init(&v->outlet, fd))
		return error_set(err, VTOK_E_INPUT, "out of memory or file descriptors");
	v->screen = open_as(v, type);
	if (!v->screen)
		return error_set(err, VTOK_E_USAGE,
				 "the terminal type \"%.40s\" (TERM) is not known here: try "
				 "'TERM=xterm-256color vtok'; 'vtok render' needs none",
				 type);
	if (!cursor_address || !clear_screen || generic_type || hard_copy)
		return error_set(err, VTOK_E_USAGE,
				 "a terminal of type \"%.40s\" (TERM) cannot show the dashboard; "
				 "'vtok render' needs none",
				 type);
	return true;
}

/* curses writes out each move of the cursor by itself until it has been away once (a hundred calls
 * a frame), so it is sent away before anything is seen. What it says to that is for nobody; with
 * the first frame it is back. Then it would also reset the terminal's palette, which is the user's.
 */
static void settle(struct canvas *v)
{
	if (!v->outlet.is_gathering)
		return;
	endwin();
	outlet_drop(&v->outlet);
	v->outlet.unsaid = orig_colors;
}

struct canvas *canvas_open(int fd, const char *type, struct vtok_error *err)
{
	struct canvas *v = calloc(1, sizeof(*v));

	if (!v) {
		error_memory(err);
		return NULL;
	}
	v->is_utf8 = charset_is_utf8();
	if (!open_screen(v, fd, type, err)) {
		canvas_free(v);
		return NULL;
	}
	outlet_gather(&v->outlet);
	settle(v);
	typeahead(-1); /* a frame is sent whole: the loop decides when there is one */
	v->outlet.squeeze.moves.has_column = is_cap(column_address, "\033[%i%p1%dG");
	v->outlet.squeeze.can_undo = is_cap(exit_underline_mode, "\033[24m");
	v->outlet.squeeze.moves.has_right = is_cap(parm_right_cursor, "\033[%p1%dC");
	v->width = COLS;
	v->height = LINES;
	v->is_all_new = true;
	return v;
}

void canvas_free(struct canvas *v)
{
	if (!v)
		return;
	cells_fini(&v->drawn);
	rgb_fini(&v->rgb);
	free(v->line);
	cells_fini(&v->sent);
	free(v->is_kept);
	free(v->row);
	if (v->screen)
		delscreen(v->screen);
	if (v->outlet.file)
		outlet_fini(&v->outlet);
	free(v);
}

/* Colours from 16 on are sent by their number alone. */
static bool has_numbers(void)
{
	return strstr(set_a_foreground, "38;5;%p1%d") || strstr(set_a_foreground, "38:5:%p1%d");
}

/* What terminfo says: RGB of ncurses, Tc of tmux, setrgbf of others. */
static bool says_rgb(void)
{
	const char *rgb = tigetstr("RGB"), *set = tigetstr("setrgbf");

	return tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || tigetflag("Tc") > 0 ||
	       (rgb && rgb != (char *)-1) || (set && set != (char *)-1);
}

int canvas_use_colors(struct canvas *v, bool wanted, bool has_rgb)
{
	if (!wanted || !set_a_foreground || !orig_pair || max_colors < 8 || start_color() == ERR)
		return 0;
	use_default_colors();
	v->colors = COLORS > COLOR_DIRECT ? COLOR_DIRECT : COLORS;
	if (COLORS == 256 && has_numbers() && (has_rgb || says_rgb())) {
		v->has_rgb = true;
		v->outlet.squeeze.rgb = &v->rgb;
		v->colors = COLOR_DIRECT;
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
	return (struct switches){
		.screen_on = enter_ca_mode,
		.screen_off = exit_ca_mode,
		.keys_on = keypad_xmit,
		.keys_off = keypad_local,
		.cursor_off = cursor_invisible,
		.cursor_on = cursor_normal,
		.attrs_off = exit_attribute_mode,
		.colors_off = v->colors > 0 ? orig_pair : NULL,
		.line_off = clr_eol,
		.has_extras = key_mouse != NULL,
	};
}

const char *canvas_last_row(const struct canvas *v)
{
	return tiparm(cursor_address, v->height - 1, 0);
}

bool canvas_answers(const struct canvas *v)
{
	(void)v;
	return is_cap(user7, "\033[6n");
}

bool canvas_needs_xon(const struct canvas *v)
{
	(void)v;
	return xon_xoff;
}

bool canvas_utf8(const struct canvas *v)
{
	return v->is_utf8;
}

void canvas_learn_keys(const struct canvas *v, struct input *in)
{
	const struct {
		const char *seq;
		uint32_t key;
	} keys[] = {
		{key_up, VKEY_UP},
		{key_down, VKEY_DOWN},
		{key_left, VKEY_LEFT},
		{key_right, VKEY_RIGHT},
		{key_ppage, VKEY_PGUP},
		{key_npage, VKEY_PGDN},
		{key_home, VKEY_HOME},
		{key_end, VKEY_END},
		{key_ic, VKEY_INSERT},
		{key_dc, VKEY_DELETE},
		{key_backspace, VKEY_BACKSPACE},
		{key_btab, VKEY_BACKTAB},
		{key_enter, VKEY_ENTER},
		{key_f1, VKEY_F1},
		{key_f2, VKEY_F2},
		{key_f3, VKEY_F3},
		{key_f4, VKEY_F4},
		{key_f5, VKEY_F5},
		{key_f6, VKEY_F6},
		{key_f7, VKEY_F7},
		{key_f8, VKEY_F8},
		{key_f9, VKEY_F9},
		{key_f10, VKEY_F10},
		{key_f11, VKEY_F11},
		{key_f12, VKEY_F12},
	};

	(void)v;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		input_learn(in, keys[i].seq, keys[i].key);
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
	cchar_t *line = realloc(v->line, (size_t)w * sizeof(*line));

	if (line)
		v->line = line;
	struct cell *row = realloc(v->row, (size_t)w * sizeof(*row));
	if (row)
		v->row = row;
	bool *is_kept = realloc(v->is_kept, (size_t)h);
	if (is_kept)
		v->is_kept = is_kept;
	return line && row && is_kept && cells_make_room(&v->drawn, w, h) &&
	       cells_make_room(&v->sent, w, h);
}

bool canvas_resize(struct canvas *v, int width, int height)
{
	if (width != COLS || height != LINES)
		resize_term(height, width);
	if (v->line) /* not at the start: whatever the size is now, the terminal has moved its text
			about */
		canvas_redraw(v);
	bool is_done = (width == v->drawn.width && height == v->drawn.height) ||
		       make_room(v, width, height);

	if (is_done) {
		v->width = width;
		v->height = height;
		v->outlet.squeeze.moves.width = width;
	}
	v->is_all_new = true;
	return is_done;
}

/* The lines that scroll: all of them. curses sets them at the start alone, and a line feed at the
 * last is the shortest way down for none but the last row of the screen. */
static void scroll_all(const struct canvas *v)
{
	if (!change_scroll_region)
		return;
	fputs(tparm(change_scroll_region, 0, LINES - 1, 0, 0, 0, 0, 0, 0, 0), v->outlet.file);
	fflush(v->outlet.file); /* curses, which has nothing under way, writes to its descriptor */
}

void canvas_redraw(struct canvas *v)
{
	v->is_all_new = true;
	scroll_all(v);
	clearok(curscr, TRUE);
}

bool canvas_is_all_new(const struct canvas *v)
{
	return v->is_all_new;
}

/* ------------------------------------------------------------------ frames */

static struct look make_look(struct canvas *v, struct color_pair p)
{
	struct look look = {.is_known = true};
	attr_t attrs = 0;
	int pair = 0;

	look.is_filled = p.bg != v->paper || (p.attrs & (STYLE_UNDERLINE | STYLE_REVERSE));
	if (p.attrs & STYLE_BOLD)
		attrs |= WA_BOLD;
	if (p.attrs & STYLE_UNDERLINE)
		attrs |= WA_UNDERLINE;
	if (p.attrs & STYLE_REVERSE)
		attrs |= WA_REVERSE;
	if (v->has_rgb) {
		struct rgb_pair numbers = rgb_numbers(&v->rgb, p.fg, p.bg);

		p.fg = numbers.ink;
		p.bg = numbers.ground;
	}
	if (p.fg >= 0 || p.bg >= 0)
		pair = alloc_pair(p.fg, p.bg);
	if (pair < 0)
		pair = 0; /* more colours than the terminal has pairs */
	setcchar(&look.cell, L" ", attrs, 0, &pair);
	return look;
}

static struct color_pair role_color(const struct canvas *v, unsigned style)
{
	return color_role(v->theme, theme_paint(v->theme, style), v->colors, v->keeps_ground);
}

/* Of a style without shades. Stays until looks are changed. */
static const struct look *flat_look(struct canvas *v, unsigned style)
{
	struct look *look = &v->looks[(style & STYLE_ROLE) % STYLE_N * 8 + (style >> 8 & 7)];

	if (!look->is_known)
		*look = make_look(v, role_color(v, style));
	return look;
}

static struct look style_look(struct canvas *v, unsigned style)
{
	if (style & ~(unsigned)STYLE_FLAT)
		return make_look(v, role_color(v, style));
	return *flat_look(v, style);
}

static bool is_filled(struct canvas *v, unsigned style)
{
	if (style & ~(unsigned)STYLE_FLAT)
		return style_look(v, style).is_filled;
	return flat_look(v, style)->is_filled;
}

static bool keeps_ground(const struct canvas *v)
{
	return v->theme && v->ground == (v->theme->is_light ? GROUND_LIGHT : GROUND_DARK) &&
	       (!v->is_chosen || v->colors < 256);
}

/* All looks are made again. */
static void change_looks(struct canvas *v)
{
	cchar_t blank;

	memset(v->looks, 0, sizeof(v->looks));
	v->is_all_new = true;
	v->keeps_ground = keeps_ground(v);
	if (!v->theme)
		return;
	v->paper = role_color(v, STYLE_TEXT).bg;
	blank = style_look(v, STYLE_TEXT).cell;
	wbkgrndset(stdscr, &blank); /* what the whole screen is cleared with */
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

static struct look cell_look(struct canvas *v, const struct cell *c)
{
	if (!c->paint || v->colors < 8)
		return style_look(v, c->style);
	return make_look(v,
			 color_paint(paint_part(c->paint), paint_part(c->paint >> 15), v->colors));
}

static bool same(const struct cell *a, const struct cell *b)
{
	return a->cp == b->cp && a->style == b->style && a->paint == b->paint;
}

/* What may be sent for a code point: our idea of its width and the C library's must agree, or
 * columns shift. */
static wchar_t find_glyph(const struct canvas *v, uint32_t cp)
{
	if (!v->is_utf8)
		cp = stand_in_ascii(cp);
	else if (cp >= 0xa0 && wcwidth((wchar_t)cp) == utf8_width(cp))
		return (wchar_t)cp;
	return cp >= 0x20 && cp < 0x7f ? (wchar_t)cp : L'?';
}

static wchar_t glyph(struct canvas *v, uint32_t cp)
{
	struct glyph *g = &v->glyphs[cp % GLYPHS];

	if (cp >= 0x20 && cp < 0x7f)
		return (wchar_t)cp;
	if (g->cp != cp || !cp)
		*g = (struct glyph){cp, find_glyph(v, cp)};
	return g->sent;
}

/* A row as it is sent. A blank between two words looks the same in any colour of the text, so it
 * takes the style before it: every change of style costs bytes. Not at the end of a row, which
 * curses clears with less. What is sent depends on the row alone, never on how the picture came to
 * be. */
static void copy_row(struct canvas *v, const struct cell *from, int width, struct cell *row)
{
	int end = width;

	memcpy(row, from, (size_t)width * sizeof(*row));
	while (end > 0 && row[end - 1].cp == ' ')
		end--;
	for (int x = 0; v->colors < COLOR_DIRECT && x < end; x++)
		row[x].style &= STYLE_FLAT; /* shades that nobody sees */
	for (int x = 1; x < end; x++) {
		if (row[x].cp != ' ' || row[x].paint || row[x - 1].paint ||
		    row[x].style == row[x - 1].style)
			continue;
		if (!is_filled(v, row[x].style) && !is_filled(v, row[x - 1].style))
			row[x].style = row[x - 1].style;
	}
}

/* Hands one run of a row to curses. */
static void put_run(struct canvas *v, int y, int from, int to)
{
	const struct cell *row = v->row, *last = NULL;
	struct look look = {0};
	int n = 0;

	for (int x = from; x < to; x++) {
		if (row[x].cp == 0)
			continue; /* the right half comes with its left one */
		if (!last || row[x].style != last->style || row[x].paint != last->paint)
			look = cell_look(v, &row[x]);
		last = &row[x];
		v->line[n] = look.cell;
		v->line[n++].chars[0] = glyph(v, row[x].cp);
	}
	mvwadd_wchnstr(stdscr, y, from, v->line, n);
}

/* Bytes between the members count as a difference at first. */
static bool same_row(const struct cell *a, const struct cell *b, int width)
{
	if (memcmp(a, b, (size_t)width * sizeof(*a)) == 0)
		return true;
	for (int x = 0; x < width; x++)
		if (!same(&a[x], &b[x]))
			return false;
	return true;
}

/* A row that stands in place of one that was sent. */
static void put_changed(struct canvas *v, const struct cell *from, int y)
{
	int width = v->drawn.width;
	ptrdiff_t at = (ptrdiff_t)y * width;
	struct cell *sent = v->sent.cell + at;
	const struct cell *row = v->row;

	if (!v->is_kept[y])
		copy_row(v, v->drawn.cell + at, width, sent);
	copy_row(v, from, width, v->row);
	for (int x = 0; x < width; x++) {
		if (same(&row[x], &sent[x]))
			continue;
		int from_x = x, to = x + 1;
		while (to < width && !same(&row[to], &sent[to]))
			to++;
		while (from_x > 0 && row[from_x].cp == 0)
			from_x--;
		while (to < width && row[to].cp == 0)
			to++;
		put_run(v, y, from_x, to);
		x = to - 1;
	}
	memcpy(sent, row, (size_t)width * sizeof(*row));
	v->is_kept[y] = true;
}

/* Most rows are as they were: only the others are looked at more closely. */
static void put_row(struct canvas *v, const struct cells *c, int y)
{
	ptrdiff_t at = (ptrdiff_t)y * c->width;

	if (v->is_all_new) {
		copy_row(v, c->cell + at, c->width, v->row);
		put_run(v, y, 0, c->width);
		v->is_kept[y] = false;
	} else if (!same_row(c->cell + at, v->drawn.cell + at, c->width)) {
		put_changed(v, c->cell + at, y);
	}
}

bool canvas_draw(struct canvas *v, struct cells *c)
{
	if (c->width != v->drawn.width || c->height != v->drawn.height)
		return false;
	if (v->has_rgb && rgb_is_nearly_full(&v->rgb)) {
		rgb_clear(&v->rgb);
		change_looks(v);
		canvas_redraw(v);
	}
	for (int y = 0; y < c->height; y++)
		put_row(v, c, y);
	wmove(stdscr, c->point.y, c->point.x);
	wnoutrefresh(stdscr);
	doupdate();
	outlet_take(&v->outlet, v->is_all_new);

	struct cell *taken = c->cell;

	c->cell = v->drawn.cell;
	v->drawn.cell = taken;
	v->is_all_new = false;
	return true;
}
