/* The only file that knows curses. ncurses opens the terminal, keeps its picture and sends the
 * shortest way from one frame to the next; keys are read and decoded here, in one read for all that
 * has come, because getch() reads byte by byte and turns the cursor keys on again too late after a
 * suspend.
 *
 * The terminal is left by bytes of ours and not by endwin(): the same bytes serve the end, a
 * suspend and a crash. So curses never knows that it was away, and is told to paint everything when
 * it is back. */
#include "config.h"

#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/charset.h"
#include "base/utf8.h"
#include "tui/color.h"
#include "tui/flight.h"
#include "tui/ground.h"
#include "tui/input.h"
#include "tui/outlet.h"
#include "tui/restore.h"
#include "tui/signals.h"

#include <curses.h> /* last: their macros are called lines, columns, ... */
#include <term.h>

enum {
	ESCAPE_MS = 25,  /* a lone ESC is the key when nothing follows for so long */
	PASTE_MS = 3000, /* a paste whose end is lost */
	PARTING_MS = 50, /* for an answer under way when the terminal is given back */
	FIRST_MS = 250, /* the same from when the first was asked for: how far away the terminal is,
			   nobody knows yet */
	RETRY_MS = 20,
	STYLES = STYLE_N * 8,
	GLYPHS = 128, /* code points of one frame beside ASCII: lines, blocks, dots */
};

static const char mouse_on[] = "\033[?1002h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1002l";
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

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

struct terminal {
	int in_fd, out_fd;
	bool owns_in;
	struct termios before; /* modes as found */
	struct termios ours;
	SCREEN *screen;
	int width, height;
	bool is_utf8, has_extras; /* extras: mouse reports and bracketed paste */
	bool mouse;
	int colors;
	const struct theme *theme;
	struct look looks[STYLES];
	struct glyph glyphs[GLYPHS];
	struct cells sent; /* what curses was told last */
	bool is_all_new;
	cchar_t *line;    /* one row for curses */
	struct cell *row; /* the same row, ours */

	struct input in;
	bool asks_ground; /* with the next frame */
	bool is_flushing; /* nothing follows what is half decoded */
	bool is_gone;

	struct outlet outlet;
	struct flight flight;
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* ------------------------------------------------------------------ open and close */

struct bytes {
	char text[RESTORE_MAX];
	size_t n;
};

/* A capability without its padding marks: $<5/> */
static void add_cap(struct bytes *b, const char *cap)
{
	for (; cap && *cap; cap++) {
		const char *end = cap[0] == '$' && cap[1] == '<' ? strchr(cap, '>') : NULL;

		if (end)
			cap = end;
		else if (b->n < sizeof(b->text))
			b->text[b->n++] = *cap;
	}
}

static void set_restore(const struct terminal *t)
{
	struct bytes b = {.n = 0};

	if (t->has_extras) {
		add_cap(&b, mouse_off);
		add_cap(&b, paste_off);
	}
	add_cap(&b, exit_attribute_mode);
	if (t->colors > 0)
		add_cap(&b, orig_pair);
	add_cap(&b, keypad_local);
	add_cap(&b, tiparm(cursor_address, t->height - 1, 0));
	if (exit_ca_mode)
		add_cap(&b, exit_ca_mode);
	else
		add_cap(&b, "\r\n");
	add_cap(&b, cursor_normal);
	restore_bytes(b.text, b.n);
}

/* The modes and switches that curses does not know of. */
static void enter_screen(const struct terminal *t, bool is_first)
{
	struct bytes b = {.n = 0};

	tcsetattr(t->out_fd, TCSANOW, &t->ours);
	if (!is_first) /* the first time curses does it */
		add_cap(&b, enter_ca_mode);
	add_cap(&b, keypad_xmit);
	add_cap(&b, cursor_invisible);
	if (t->has_extras) {
		add_cap(&b, paste_on);
		if (t->mouse)
			add_cap(&b, mouse_on);
	}
	outlet_write(&t->outlet, b.text, b.n);
}

static void set_modes(struct terminal *t)
{
	tcgetattr(t->out_fd, &t->ours); /* as newterm left them */
	t->ours.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
	t->ours.c_lflag |= ISIG;
	t->ours.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP);
	if (!xon_xoff)
		t->ours.c_iflag &= ~(tcflag_t)IXON; /* Ctrl-S must not freeze the screen */
	t->ours.c_oflag &= ~(tcflag_t)ONLCR;
	t->ours.c_cc[VMIN] = 1;
	t->ours.c_cc[VTIME] = 0;
}

static void learn_keys(struct input *in)
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

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		input_learn(in, keys[i].seq, keys[i].key);
}

static bool is_cap(const char *cap, const char *usual)
{
	return cap && strcmp(cap, usual) == 0;
}

static int count_colors(enum term_color wish)
{
	const char *no = getenv("NO_COLOR");

	if (wish == TERM_COLOR_NEVER || (wish == TERM_COLOR_AUTO && no && *no))
		return 0;
	if (!set_a_foreground || !orig_pair || max_colors < 8 || start_color() == ERR)
		return 0;
	use_default_colors();
	return COLORS > 1 << 24 ? 1 << 24 : COLORS;
}

static bool open_keys(struct terminal *t, struct vtok_error *err)
{
	t->in_fd = STDIN_FILENO;
	if (isatty(STDIN_FILENO))
		return true;
	t->in_fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (t->in_fd < 0)
		return error_set(err, VTOK_E_USAGE,
				 "the dashboard needs a terminal for its keys; without one use "
				 "'vtok estimate' or 'vtok render'");
	t->owns_in = true;
	return true;
}

/* curses prints nothing before the first frame, so a terminal that turns out
 * unfit was not touched. */
static bool open_screen(struct terminal *t, struct vtok_error *err)
{
	const char *name = getenv("TERM");

	if (!name || !*name)
		return error_set(err, VTOK_E_USAGE,
				 "TERM is not set: what kind of terminal is this? ('vtok render' "
				 "needs none)");
	if (!outlet_init(&t->outlet, t->out_fd))
		return error_set(err, VTOK_E_INPUT, "out of memory or file descriptors");
	t->screen = newterm(NULL, t->outlet.file, stdin);
	if (!t->screen)
		return error_set(err, VTOK_E_USAGE,
				 "the terminal type \"%.40s\" (TERM) is not known here; 'vtok "
				 "render' needs none",
				 name);
	if (!cursor_address || !clear_screen || generic_type || hard_copy)
		return error_set(err, VTOK_E_USAGE,
				 "a terminal of type \"%.40s\" (TERM) cannot show the dashboard; "
				 "'vtok render' needs none",
				 name);
	return true;
}

struct terminal *term_open(const struct term_options *opt, struct vtok_error *err)
{
	struct terminal *t = calloc(1, sizeof(*t));

	if (!t) {
		error_memory(err);
		return NULL;
	}
	input_init(&t->in);
	t->out_fd = STDOUT_FILENO;
	t->in_fd = -1;
	if (!isatty(t->out_fd) || tcgetattr(t->out_fd, &t->before) != 0) {
		error_set(err, VTOK_E_USAGE,
			  "the dashboard needs a terminal on standard output; in a pipe use "
			  "'vtok estimate' or 'vtok render'");
		goto fail;
	}
	if (!open_keys(t, err))
		goto fail;
	t->is_utf8 = charset_is_utf8();
	restore_arm(t->out_fd, &t->before);
	signals_open(restore_run);
	if (!open_screen(t, err))
		goto fail;
	signals_open(restore_run); /* curses has put its own in */
	outlet_gather(&t->outlet);
	set_modes(t);
	typeahead(-1); /* a frame is sent whole: the loop decides when there is one */
	leaveok(stdscr, TRUE);
	t->has_extras = key_mouse != NULL;
	t->mouse = !opt->no_mouse;
	t->colors = count_colors(opt->color);
	t->outlet.squeeze.moves.has_column = is_cap(column_address, "\033[%i%p1%dG");
	t->outlet.squeeze.moves.has_right = is_cap(parm_right_cursor, "\033[%p1%dC");
	t->flight.can = is_cap(user7, "\033[6n");
	learn_keys(&t->in);
	t->width = COLS;
	t->height = LINES;
	t->is_all_new = true;
	set_restore(t);
	enter_screen(t, true);
	return t;
fail:
	term_close(t);
	return NULL;
}

/* An answer that arrives after us would be taken for a key by the shell. */
static void part(struct terminal *t)
{
	int64_t end = now_ms() + PARTING_MS, first = t->flight.since_ms + FIRST_MS;

	if (t->in.expects_ground && first > end)
		end = first;
	while (t->flight.is_waiting && !t->is_gone) {
		struct pollfd fd = {.fd = t->in_fd, .events = POLLIN};
		struct event ev;
		int64_t left = end - now_ms();

		if (left <= 0 || poll(&fd, 1, (int)left) <= 0)
			break;
		term_wait(t, 0, false);
		while (term_event(t, &ev))
			;
	}
	t->flight.is_waiting = false;
	t->flight.bytes = 0;
}

void term_close(struct terminal *t)
{
	if (!t)
		return;
	part(t);
	restore_run();
	input_fini(&t->in);
	cells_fini(&t->sent);
	free(t->line);
	free(t->row);
	if (t->screen)
		delscreen(t->screen);
	outlet_fini(&t->outlet);
	if (t->owns_in)
		close(t->in_fd);
	free(t);
}

void term_suspend(struct terminal *t)
{
	part(t);
	restore_run();
	signals_stop_self();
	term_resume(t);
}

void term_resume(struct terminal *t)
{
	restore_arm(t->out_fd, &t->before);
	enter_screen(t, false);
	term_redraw(t);
}

/* ------------------------------------------------------------------ size, colours, switches */

static int clamp(int v)
{
	return v < 1 ? 1 : v > CELLS_MAX ? CELLS_MAX : v;
}

static bool make_room(struct terminal *t, int w, int h)
{
	cchar_t *line = realloc(t->line, (size_t)w * sizeof(*line));

	if (line)
		t->line = line;
	struct cell *row = realloc(t->row, (size_t)w * sizeof(*row));
	if (row)
		t->row = row;
	return line && row &&
	       (t->sent.cell ? cells_resize(&t->sent, w, h) : cells_init(&t->sent, w, h));
}

void term_resize(struct terminal *t, int *width, int *height)
{
	struct winsize ws;
	int w = t->width, h = t->height;

	if (ioctl(t->out_fd, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0 && ws.ws_row > 0) {
		w = ws.ws_col;
		h = ws.ws_row;
	}
	w = clamp(w);
	h = clamp(h);
	if (w != COLS || h != LINES)
		resize_term(h, w);
	if (t->line) /* not at the start: whatever the size is now, the terminal has moved its text
			about */
		term_redraw(t);
	if ((w != t->sent.width || h != t->sent.height) && !make_room(t, w, h)) {
		w = t->sent.width; /* no memory for more: stay at the old size */
		h = t->sent.height;
	}
	t->is_all_new = true;
	t->outlet.squeeze.moves.width = w;
	t->width = *width = w;
	t->height = *height = h;
	set_restore(t);
}

bool term_utf8(const struct terminal *t)
{
	return t->is_utf8;
}

int term_colors(const struct terminal *t)
{
	return t->colors;
}

struct event term_ground(void)
{
	enum ground g = ground_of_colorfgbg(getenv("COLORFGBG"));

	return (struct event){.kind = g == GROUND_UNKNOWN ? EVENT_NONE : EVENT_GROUND,
			      .good = g == GROUND_LIGHT};
}

/* Only where status queries work too: the answer to one, sent behind the request, says when this
 * one is over. */
void term_ask_ground(struct terminal *t)
{
	t->asks_ground = t->colors >= 8 && t->flight.can &&
			 ground_can_ask(getenv("TERM"), getenv("TMUX") != NULL);
}

void term_redraw(struct terminal *t)
{
	t->is_all_new = true;
	clearok(curscr, TRUE);
}

void term_theme(struct terminal *t, const struct theme *theme)
{
	if (t->theme == theme)
		return;
	t->theme = theme;
	memset(t->looks, 0, sizeof(t->looks));
	t->is_all_new = true;
}

void term_mouse(struct terminal *t, bool on)
{
	if (t->mouse == on)
		return;
	t->mouse = on;
	if (!t->has_extras)
		return;
	if (on)
		outlet_write(&t->outlet, mouse_on, sizeof(mouse_on) - 1);
	else
		outlet_write(&t->outlet, mouse_off, sizeof(mouse_off) - 1);
}

/* ------------------------------------------------------------------ frames */

static struct look make_look(struct color_pair p)
{
	struct look look = {.is_known = true};
	attr_t attrs = 0;
	int pair = 0;

	look.is_filled = p.bg >= 0 || (p.attrs & (STYLE_UNDERLINE | STYLE_REVERSE));
	if (p.attrs & STYLE_BOLD)
		attrs |= WA_BOLD;
	if (p.attrs & STYLE_UNDERLINE)
		attrs |= WA_UNDERLINE;
	if (p.attrs & STYLE_REVERSE)
		attrs |= WA_REVERSE;
	if (p.fg >= 0 || p.bg >= 0)
		pair = alloc_pair(p.fg, p.bg);
	if (pair < 0)
		pair = 0; /* more colours than the terminal has pairs */
	setcchar(&look.cell, L" ", attrs, 0, &pair);
	return look;
}

static struct look style_look(struct terminal *t, unsigned style)
{
	size_t i = (style & STYLE_ROLE) % STYLE_N * 8 + (style >> 8 & 7);

	if (!t->looks[i].is_known)
		t->looks[i] =
			make_look(color_role(t->theme, theme_paint(t->theme, style), t->colors));
	return t->looks[i];
}

static struct look cell_look(struct terminal *t, const struct cell *c)
{
	if (!c->paint || t->colors < 8)
		return style_look(t, c->style);
	return make_look(color_paint(paint_part(c->paint), paint_part(c->paint >> 15), t->colors));
}

static bool same(const struct cell *a, const struct cell *b)
{
	return a->cp == b->cp && a->style == b->style && a->paint == b->paint;
}

/* What may be sent for a code point: our idea of its width and the C library's must agree, or
 * columns shift. */
static wchar_t find_glyph(const struct terminal *t, uint32_t cp)
{
	if (!t->is_utf8)
		cp = cells_ascii(cp);
	else if (cp >= 0xa0 && wcwidth((wchar_t)cp) == utf8_width(cp))
		return (wchar_t)cp;
	return cp >= 0x20 && cp < 0x7f ? (wchar_t)cp : L'?';
}

static wchar_t glyph(struct terminal *t, uint32_t cp)
{
	struct glyph *g = &t->glyphs[cp % GLYPHS];

	if (cp >= 0x20 && cp < 0x7f)
		return (wchar_t)cp;
	if (g->cp != cp || !cp)
		*g = (struct glyph){cp, find_glyph(t, cp)};
	return g->sent;
}

/* Copies a row. A blank between two words looks the same in any colour of the text, so it takes the
 * style before it: every change of style costs bytes. Not at the end of a row, which curses clears
 * with less. What is sent depends on the row alone, never on how the picture came to be. */
static void copy_row(struct terminal *t, const struct cell *from, int width)
{
	struct cell *row = t->row;
	int end = width;

	memcpy(row, from, (size_t)width * sizeof(*row));
	while (end > 0 && row[end - 1].cp == ' ')
		end--;
	for (int x = 1; x < end; x++) {
		if (row[x].cp != ' ' || row[x].paint || row[x - 1].paint ||
		    row[x].style == row[x - 1].style)
			continue;
		if (!style_look(t, row[x].style).is_filled &&
		    !style_look(t, row[x - 1].style).is_filled)
			row[x].style = row[x - 1].style;
	}
}

/* Hands one run of a row to curses. */
static void put_run(struct terminal *t, int y, int from, int to)
{
	const struct cell *row = t->row, *last = NULL;
	struct look look = {0};
	int n = 0;

	for (int x = from; x < to; x++) {
		if (row[x].cp == 0)
			continue; /* the right half comes with its left one */
		if (!last || row[x].style != last->style || row[x].paint != last->paint)
			look = cell_look(t, &row[x]);
		last = &row[x];
		t->line[n] = look.cell;
		t->line[n++].chars[0] = glyph(t, row[x].cp);
	}
	mvwadd_wchnstr(stdscr, y, from, t->line, n);
}

static void put_row(struct terminal *t, const struct cells *c, int y)
{
	struct cell *sent = t->sent.cell + (ptrdiff_t)y * c->width;
	const struct cell *row = t->row;

	copy_row(t, c->cell + (ptrdiff_t)y * c->width, c->width);
	for (int x = 0; x < c->width; x++) {
		if (!t->is_all_new && same(&row[x], &sent[x]))
			continue;
		int from = x, to = x + 1;
		while (to < c->width && (t->is_all_new || !same(&row[to], &sent[to])))
			to++;
		while (from > 0 && row[from].cp == 0)
			from--;
		while (to < c->width && row[to].cp == 0)
			to++;
		put_run(t, y, from, to);
		x = to - 1;
	}
	memcpy(sent, row, (size_t)c->width * sizeof(*row));
}

void term_present(struct terminal *t, const struct cells *c)
{
	if (c->width != t->sent.width || c->height != t->sent.height)
		return; /* a resize is on its way */
	for (int y = 0; y < c->height; y++)
		put_row(t, c, y);
	wnoutrefresh(stdscr);
	doupdate();
	size_t bytes = outlet_send(&t->outlet, t->is_all_new);
	t->is_all_new = false;
	if (t->asks_ground) {
		outlet_write(&t->outlet, GROUND_REQUEST, sizeof(GROUND_REQUEST) - 1);
		t->asks_ground = false;
		t->in.expects_ground = true;
		bytes += FLIGHT_MAX; /* a status query follows whatever the frame's size */
	}
	if (flight_sent(&t->flight, bytes, now_ms()))
		outlet_write(&t->outlet, FLIGHT_REQUEST, sizeof(FLIGHT_REQUEST) - 1);
}

bool term_ready(struct terminal *t)
{
	struct pollfd out = {.fd = t->out_fd, .events = POLLOUT};
	int queued = 0;

	if (!flight_ready(&t->flight, now_ms()))
		return false;
	if (poll(&out, 1, 0) == 1 && !(out.revents & POLLOUT))
		return false;
	/* a serial line: its queue is real and short */
	return ioctl(t->out_fd, TIOCOUTQ, &queued) != 0 || queued < FLIGHT_MAX;
}

/* ------------------------------------------------------------------ keys */

static void read_keys(struct terminal *t)
{
	size_t room;
	unsigned char *at = input_space(&t->in, &room);
	ssize_t n = room ? read(t->in_fd, at, room) : 0;

	if (n > 0)
		input_added(&t->in, (size_t)n);
	else if (room && (n == 0 || (errno != EINTR && errno != EAGAIN)))
		t->is_gone = true;
}

enum term_wake term_wait(struct terminal *t, int timeout_ms, bool is_held)
{
	/* clang-format off */
	struct pollfd fds[2] = {
		{.fd = t->in_fd, .events = POLLIN},
		{.fd = t->out_fd},
	};
	/* clang-format on */
	bool is_half = input_pending(&t->in);
	int limit = timeout_ms;

	if (t->is_gone)
		return TERM_GONE;
	if (is_half) {
		int half = t->in.is_pasting ? PASTE_MS : ESCAPE_MS;

		if (limit < 0 || half < limit)
			limit = half;
	}
	if (is_held && (limit < 0 || RETRY_MS < limit))
		limit = RETRY_MS;
	int n = signals_poll(fds, is_held ? 1 : 2, limit);
	if (n < 0)
		return TERM_SIGNAL;
	if (fds[0].revents & POLLIN)
		read_keys(t);
	else if ((fds[0].revents | fds[1].revents) & (POLLHUP | POLLERR | POLLNVAL))
		t->is_gone = true;
	else if (n == 0 && is_half)
		t->is_flushing = true;
	if (t->is_gone)
		return TERM_GONE;
	return n > 0 || t->is_flushing ? TERM_WOKE : TERM_TIME;
}

bool term_event(struct terminal *t, struct event *ev)
{
	bool got = input_next(&t->in, t->is_flushing, ev);

	if (!got)
		t->is_flushing = false;
	if (t->in.has_answer) {
		t->in.has_answer = false;
		flight_answered(&t->flight);
	}
	return got;
}
