/* The terminal's owner: modes of the line, what comes in, who is asked what, and the way out. Keys
 * are read and decoded here, in one read for all that has come, because getch() reads byte by byte
 * and turns the cursor keys on again too late after a suspend. */
#include "config.h"

#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "tui/canvas.h"
#include "tui/caps.h"
#include "tui/clipboard.h"
#include "tui/flight.h"
#include "tui/ground.h"
#include "tui/input.h"
#include "tui/kinds.h"
#include "tui/outlet.h"
#include "tui/restore.h"
#include "tui/sight.h"
#include "tui/signals.h"
#include "tui/switches.h"

enum {
	ESCAPE_MS = 25,  /* a lone ESC is the key when nothing follows for so long */
	PASTE_MS = 3000, /* a paste whose end is lost */
	RETRY_MS = 20,
};

struct terminal {
	int in_fd, out_fd;
	bool owns_in;
	struct termios before; /* modes as found */
	struct termios ours;
	struct canvas *canvas;
	struct switches switches;
	int colors;
	bool mouse;
	bool is_cursor_known, is_cursor_shown;

	struct input in;
	bool asks_ground; /* with the next frame */
	bool is_stale;    /* see term_is_stale */
	bool is_flushing; /* nothing follows what is half decoded */
	bool is_gone;

	struct flight flight;

	struct sight sight; /* pictures */
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void send(struct terminal *t, struct switches_bytes b)
{
	outlet_write(canvas_outlet(t->canvas), b.text, b.n);
}

/* ------------------------------------------------------------------ open and close */

/* Pictures go before the alternate screen does, and first of all a sequence ends that may have been
 * cut short. */
static void set_restore(const struct terminal *t)
{
	struct switches_bytes b = switches_leave(&t->switches, canvas_last_row(t->canvas));
	struct strbuf all;

	strbuf_init(&all);
	pictures_leave(&t->sight.pictures, &all);
	strbuf_add(&all, b.text, b.n);
	if (strbuf_ok(&all))
		restore_bytes(strbuf_text(&all), all.len);
	strbuf_fini(&all);
}

/* With the next frame, which is not far. */
static void enter_screen(struct terminal *t)
{
	struct switches_bytes b = switches_enter(&t->switches, t->mouse);

	tcsetattr(t->out_fd, TCSANOW, &t->ours);
	outlet_add(canvas_outlet(t->canvas), b.text, b.n);
	t->is_cursor_known = false;
}

static void set_modes(struct terminal *t)
{
	t->ours = t->before;
	t->ours.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
	t->ours.c_lflag |= ISIG;
	t->ours.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP);
	if (!canvas_needs_xon(t->canvas))
		t->ours.c_iflag &= ~(tcflag_t)IXON; /* Ctrl-S must not freeze the screen */
	/* the cursor's moves are ours */
	t->ours.c_oflag &= ~(tcflag_t)(ONLCR | OCRNL | ONOCR | ONLRET);
	t->ours.c_cc[VMIN] = 1;
	t->ours.c_cc[VTIME] = 0;
}

static bool wants_colors(enum term_color wish)
{
	const char *no = getenv("NO_COLOR");

	return wish == TERM_COLOR_ALWAYS || (wish == TERM_COLOR_AUTO && !(no && *no));
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

static bool has_rgb(void)
{
	return kinds_has_rgb(getenv("TERM"), getenv("COLORTERM"), getenv("TMUX") != NULL,
			     getenv("STY") != NULL);
}

static bool open_canvas(struct terminal *t, struct vtok_error *err)
{
	const char *type = getenv("TERM");

	if (!type || !*type)
		return error_set(err, VTOK_E_USAGE,
				 "TERM is not set: what kind of terminal is this? ('vtok render' "
				 "needs none)");
	t->canvas = canvas_open(t->out_fd, kinds_type(type, has_rgb()), err);
	return t->canvas != NULL;
}

struct terminal *term_open(const struct term_options *opt, struct vtok_error *err)
{
	struct terminal *t = calloc(1, sizeof(*t));
	int width, height;

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
	restore_arm(t->out_fd, &t->before);
	signals_open(restore_run);
	if (!open_canvas(t, err))
		goto fail;
	set_modes(t);
	t->mouse = !opt->no_mouse;
	t->colors = canvas_use_colors(t->canvas, wants_colors(opt->color), has_rgb());
	canvas_ground(t->canvas, ground_of_colorfgbg(getenv("COLORFGBG")));
	t->switches = canvas_switches(t->canvas);
	t->flight.can = canvas_answers(t->canvas);
	caps_learn_keys(&t->in);
	t->in.has_no_paste = !t->switches.has_extras;
	t->in.pairs_wheel = kinds_pairs_wheel(getenv("TERM"), getenv("ALACRITTY_WINDOW_ID"));
	sight_init(&t->sight, t->canvas, &t->in, &t->flight, opt->pictures);
	term_resize(t, &width, &height);
	enter_screen(t);
	return t;
fail:
	term_close(t);
	return NULL;
}

/* An answer that arrives after us would be taken for a key by the shell, so the one under way is
 * waited for; the screen is the user's own again meanwhile. */
static void part(struct terminal *t)
{
	bool was_waiting = t->flight.is_waiting;
	int64_t end = flight_patience(&t->flight, now_ms(), signals_ending() != 0);

	restore_screen();
	while (t->flight.is_waiting && !t->is_gone) {
		struct pollfd fd = {.fd = t->in_fd, .events = POLLIN};
		struct event ev;
		int64_t left = end - now_ms();

		if (left <= 0 || poll(&fd, 1, (int)left) < 0)
			break;
		term_wait(t, 0, false);
		while (term_event(t, &ev))
			;
	}
	if (was_waiting)
		tcflush(t->in_fd, TCIFLUSH);
	t->flight.is_waiting = false;
	t->flight.bytes = 0;
}

void term_close(struct terminal *t)
{
	if (!t)
		return;
	if (t->canvas)
		part(t);
	restore_run();
	input_fini(&t->in);
	sight_fini(&t->sight);
	canvas_free(t->canvas);
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
	enter_screen(t);
	term_redraw(t);
}

/* ------------------------------------------------------------------ size, colours, switches */

static int clamp(int v)
{
	return v < 1 ? 1 : v > CELLS_MAX ? CELLS_MAX : v;
}

void term_resize(struct terminal *t, int *width, int *height)
{
	struct winsize ws;
	int w = canvas_width(t->canvas), h = canvas_height(t->canvas);

	if (ioctl(t->out_fd, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0 && ws.ws_row > 0) {
		w = ws.ws_col;
		h = ws.ws_row;
		t->sight.window_w = ws.ws_xpixel;
		t->sight.window_h = ws.ws_ypixel;
	}
	canvas_resize(t->canvas, clamp(w), clamp(h));
	*width = canvas_width(t->canvas);
	*height = canvas_height(t->canvas);
	sight_follow(&t->sight);
	set_restore(t);
}

enum term_glyphs term_glyphs(const struct terminal *t)
{
	if (!canvas_utf8(t->canvas))
		return TERM_GLYPHS_ASCII;
	return kinds_is_console(getenv("TERM")) ? TERM_GLYPHS_CONSOLE : TERM_GLYPHS_ALL;
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

/* A terminal that has colours to ask for and does not show the request. */
static bool can_ask(const struct terminal *t)
{
	return t->colors >= 8 && t->flight.can &&
	       kinds_can_ask(getenv("TERM"), getenv("TMUX") != NULL, getenv("STY") != NULL);
}

/* Only where status queries work too: the answer to one, sent behind the request, says when this
 * one is over. */
void term_ask_ground(struct terminal *t)
{
	t->asks_ground = can_ask(t);
	if (t->asks_ground) /* what the usual theme is for, until more is known */
		canvas_ground(t->canvas, GROUND_DARK);
}

bool term_copy(struct terminal *t, const char *text)
{
	char bytes[CLIPBOARD_BYTES];
	size_t n = clipboard_sequence(text, strlen(text), bytes);

	if (!n || !kinds_can_ask(getenv("TERM"), getenv("TMUX") != NULL, getenv("STY") != NULL))
		return false;
	outlet_write(canvas_outlet(t->canvas), bytes, n);
	return true;
}

void term_ask_pictures(struct terminal *t)
{
	sight_wish(&t->sight, can_ask(t));
}

struct picture_means term_pictures(const struct terminal *t)
{
	return t->sight.means;
}

void term_redraw(struct terminal *t)
{
	canvas_redraw(t->canvas);
}

void term_theme(struct terminal *t, const struct theme *theme, bool is_chosen)
{
	canvas_theme(t->canvas, theme, is_chosen);
}

bool term_is_stale(const struct terminal *t)
{
	return t->is_stale;
}

void term_mouse(struct terminal *t, bool on)
{
	if (t->mouse == on)
		return;
	t->mouse = on;
	send(t, switches_mouse(&t->switches, on));
}

/* ------------------------------------------------------------------ frames */

/* Behind the frame: a terminal may keep the cursor's visibility for each of its screens. */
static void show_cursor(struct terminal *t, bool is_shown)
{
	struct switches_bytes b;

	if (t->is_cursor_known && t->is_cursor_shown == is_shown)
		return;
	b = switches_cursor(&t->switches, is_shown);
	outlet_add(canvas_outlet(t->canvas), b.text, b.n);
	t->is_cursor_known = true;
	t->is_cursor_shown = is_shown;
}

void term_present(struct terminal *t, struct cells *c)
{
	struct outlet *out = canvas_outlet(t->canvas);

	sight_before(&t->sight, c);
	if (!canvas_draw(t->canvas, c))
		return; /* a resize is on its way */
	t->is_stale = false;
	show_cursor(t, c->point.is_typed);
	sight_behind(&t->sight, c);
	size_t bytes = out->n;
	if (t->asks_ground) {
		outlet_add(out, GROUND_REQUEST, sizeof(GROUND_REQUEST) - 1);
		t->asks_ground = false;
		t->in.expects_ground = true;
		bytes += FLIGHT_MAX; /* a status query follows whatever the frame's size */
	}
	if (flight_sent(&t->flight, bytes, now_ms()))
		outlet_add(out, FLIGHT_REQUEST, sizeof(FLIGHT_REQUEST) - 1);
	outlet_send(out);
	sight_ask(&t->sight, now_ms());
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

static void learn_ground(struct terminal *t, enum ground ground)
{
	t->is_stale |= canvas_ground(t->canvas, ground);
}

bool term_event(struct terminal *t, struct event *ev)
{
	bool got = input_next(&t->in, t->is_flushing, ev);

	if (!got)
		t->is_flushing = false;
	else if (ev->kind == EVENT_GROUND)
		learn_ground(t, ev->good ? GROUND_LIGHT : GROUND_DARK);
	if (t->in.has_answer) {
		t->in.has_answer = false;
		flight_answered(&t->flight, now_ms());
		if (t->in.expects_ground) /* it would have come before */
			learn_ground(t, GROUND_UNKNOWN);
		if (sight_learn(&t->sight, now_ms()))
			set_restore(t);
	}
	return got;
}
