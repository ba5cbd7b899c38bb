/* What real terminals showed, each as bytes in a pseudo terminal: where the cursor is hidden, what
 * the number pad sends, answers that come late, a terminal that takes no output, types that nobody
 * knows. */
#include "tests/pty.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"

static const char READY[] = "Prefill";
static const struct start usual = {.args = {"1920x1080"}};

/* Where the bytes first stand in what came; raw_n: nowhere. */
static size_t find(const struct session *t, const char *bytes, size_t from)
{
	size_t n = strlen(bytes);

	for (size_t i = from; i + n <= t->raw_n; i++)
		if (memcmp(t->raw + i, bytes, n) == 0)
			return i;
	return t->raw_n;
}

static void quit(struct session *t)
{
	type(t, "q");
	wait_over(t);
}

/* ------------------------------------------------------------------ switches */

static void test_switches(void)
{
	struct session t;

	begin(&t, &usual);
	wait_for(&t, READY);
	check(find(&t, "\033[?25l", 0) > find(&t, "\033[?1049h", 0) && came(&t, "\033[?25l"),
	      "the cursor is hidden on the alternate screen, not before it");
	check(came(&t, "\033[?1h") && comes_last(&t, "\033>", "\033="),
	      "cursor keys are the application's, the number pad is not");
	quit(&t);
	check(!came(&t, "\033[?12l") && comes_last(&t, "\033[?25h", "\033[?25l"),
	      "a blinking cursor goes on blinking");
	check(came(&t, "\033[30;1H\033[K\033[?1049l"),
	      "the last row is clear where there is no alternate screen");
	finish(&t);
}

/* LINES and COLUMNS of a window that was left behind; curses asks for them again with its first
 * frame, and would put the palette back then. */
static void test_begin(void)
{
	struct start s = usual;
	struct session t;

	s.env[0] = "LINES=20";
	s.env[1] = "COLUMNS=60";
	begin(&t, &s);
	check(wait_for(&t, READY) && came(&t, "\033[1;30r") && !came(&t, "\033[1;20r"),
	      "the terminal's own size goes before LINES and COLUMNS");
	check(!came(&t, "\033]104") && !came(&t, "\033]R"), "the palette stays the user's");
	press(&t, "\t");
	quit(&t);
	check(!came(&t, "\033]104"), "also at the end");
	finish(&t);
}

static void test_unknown_types(void)
{
	static const char *const names[] = {"TERM=xterm-ghostty", "TERM=xterm-nosuch", "TERM=rio"};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct start s = usual;
		struct session t;

		/* newterm() of ncurses 6.4 leaks when it fails */
		s.env[0] = names[i];
		s.env[1] = "ASAN_OPTIONS=detect_leaks=0";
		begin(&t, &s);
		check(wait_for(&t, READY), "%s is taken for an xterm", names[i]);
		quit(&t);
		finish(&t);
	}
	struct start s = usual;
	struct session t;

	s.env[0] = "TERM=nosuchterm";
	s.env[1] = "ASAN_OPTIONS=detect_leaks=0";
	begin(&t, &s);
	wait_over(&t);
	check(came(&t, "'TERM=xterm-256color vtok'"), "an unknown type is told what to try");
	finish(&t);
}

/* ------------------------------------------------------------------ late answers */

/* The other end of a line that takes way_ms there and back: each request is answered when it is
 * due. */
struct far {
	long way_ms;
	size_t seen; /* of the session's bytes */
	struct {
		long due;
		const char *text;
	} answers[16];
	size_t n;
};

static void note_requests(struct session *t, struct far *f)
{
	static const struct {
		const char *request, *answer;
	} rows[] = {
		{"\033[5n", "\033[0n"},
		{"\033]11;?\033\\", "\033]11;rgb:1212/1212/1212\033\\"},
	};

	for (; f->seen < t->raw_n; f->seen++)
		for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
			size_t len = strlen(rows[i].request);

			if (t->raw_n - f->seen < len ||
			    memcmp(t->raw + f->seen, rows[i].request, len) != 0 ||
			    f->n == ARRAY_SIZE(f->answers))
				continue;
			f->answers[f->n].due = now_ms() + f->way_ms;
			f->answers[f->n++].text = rows[i].answer;
		}
}

static void run_far(struct session *t, struct far *f, long until)
{
	size_t done = 0;

	while (now_ms() < until) {
		pump(t, 5, -1);
		note_requests(t, f);
		while (done < f->n && now_ms() >= f->answers[done].due)
			type(t, f->answers[done++].text);
	}
	memmove(f->answers, f->answers + done, (f->n - done) * sizeof(f->answers[0]));
	f->n -= done;
}

/* What the shell would find to read. */
static int left_over(const struct session *t)
{
	struct termios raw = t->before;
	int n = 0;

	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	tcsetattr(t->slave, TCSANOW, &raw);
	ioctl(t->slave, FIONREAD, &n);
	return n;
}

static void test_late_answers(long way_ms)
{
	struct far f = {.way_ms = way_ms};
	struct session t;

	begin(&t, &usual);
	t.is_mute = true;
	for (long end = now_ms() + LIMIT_MS; !came(&t, "\033[5n") && now_ms() < end;)
		pump(&t, 5, -1);
	run_far(&t, &f, now_ms() + way_ms + 100);
	type(&t, "2");
	run_far(&t, &f, now_ms() + 60);
	type(&t, "q");
	long typed = now_ms();
	run_far(&t, &f, now_ms() + 2 * way_ms + 100);
	check(t.is_over && left_over(&t) == 0 && !came(&t, "^["),
	      "answers that take %ld ms never reach the shell", way_ms);
	check(wait_over(&t) && now_ms() - typed < 1500, "and the end comes soon (%ld ms)",
	      now_ms() - typed);
	finish(&t);
}

static void test_quit_before_the_first_answer(void)
{
	struct session t;

	begin(&t, &usual);
	t.is_mute = true;
	for (long end = now_ms() + LIMIT_MS; !came(&t, "\033[5n") && now_ms() < end;)
		pump(&t, 5, -1);
	type(&t, "q");
	for (long end = now_ms() + LIMIT_MS;
	     !came(&t, "\033[?1049l") && !t.is_over && now_ms() < end;)
		pump(&t, 5, -1);
	check(came(&t, "\033[?1049l") && !t.is_over,
	      "the screen is given back while the first answer is under way");
	type(&t, "\033]11;rgb:1212/1212/1212\033\\\033[0n");
	check(wait_over(&t) && left_over(&t) == 0 && !came(&t, "^["),
	      "the colour of a background does not reach the shell");
	finish(&t);
}

/* ------------------------------------------------------------------ a terminal that is stuck */

/* Waits for the end without reading what the program writes. */
static bool ends_unread(struct session *t, int ms)
{
	struct pollfd fd = {.fd = t->status_pipe, .events = POLLIN};

	return poll(&fd, 1, ms) == 1;
}

static int unread(const struct session *t)
{
	int n = 0;

	ioctl(t->master, FIONREAD, &n);
	return n;
}

/* Sleeps inside a write to a terminal, where the kernel tells. */
static bool is_blocked(const struct session *t)
{
	char path[64], name[64] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/wchan", (int)t->pid);
	f = fopen(path, "r");
	if (f && !fgets(name, sizeof(name), f))
		name[0] = '\0';
	if (f)
		fclose(f);
	return strcmp(name, "wait_woken") == 0;
}

/* Each key changes the view, a frame of some kilobytes that nobody reads. */
static void test_signal_while_blocked(int sig, const char *name)
{
	struct start s = usual;
	struct session t;

	s.width = 200;
	s.height = 60;
	begin(&t, &s);
	wait_for(&t, READY);
	t.is_mute = true;
	for (int i = 0; i < 120 && !(unread(&t) > 0 && is_blocked(&t)); i++) {
		type(&t, i % 2 ? "1" : "2");
		ends_unread(&t, 20);
	}
	bool was_full = unread(&t) > 0;
	kill(t.pid, sig);
	long sent = now_ms();
	bool ended = ends_unread(&t, LIMIT_MS);
	long took = now_ms() - sent;
	check(was_full && ended && took < 1000,
	      "%s ends it while the terminal takes no output (%ld ms)", name, took);
	wait_over(&t);
	finish(&t);
}

/* ------------------------------------------------------------------ glyphs */

/* What every Lat15 and Uni2 font of console-setup 1.221 has beside ASCII: the tables of its 58
 * files, intersected. */
static const uint16_t console[][2] = {
	{0x00a0, 0x00ff}, {0x0110, 0x0110}, {0x011e, 0x011f}, {0x0130, 0x0131}, {0x0152, 0x0153},
	{0x015e, 0x0161}, {0x0178, 0x0178}, {0x017d, 0x017e}, {0x0192, 0x0192}, {0x2000, 0x200a},
	{0x2010, 0x2015}, {0x2018, 0x201a}, {0x201c, 0x201e}, {0x2022, 0x2022}, {0x202f, 0x202f},
	{0x2039, 0x203a}, {0x20ac, 0x20ac}, {0x2116, 0x2116}, {0x2122, 0x2122}, {0x2190, 0x2193},
	{0x2212, 0x2212}, {0x2248, 0x2248}, {0x2260, 0x2260}, {0x2264, 0x2265}, {0x226a, 0x226b},
	{0x2500, 0x257f}, {0x2588, 0x2588}, {0x2591, 0x2592}, {0x25a0, 0x25a0}, {0x25ae, 0x25ae},
	{0x25b2, 0x25b2}, {0x25b4, 0x25b4}, {0x25b6, 0x25b6}, {0x25b8, 0x25b8}, {0x25bc, 0x25bc},
	{0x25be, 0x25be}, {0x25c0, 0x25c0}, {0x25c2, 0x25c2}, {0x25c8, 0x25c8}, {0x25cf, 0x25cf},
	{0x2610, 0x2612}, {0x2666, 0x2666}, {0x2717, 0x2718},
};

static bool is_on_console(uint32_t cp)
{
	for (size_t i = 0; i < ARRAY_SIZE(console); i++)
		if (cp >= console[i][0] && cp <= console[i][1])
			return true;
	return cp < 0x80;
}

/* Code points of all that was sent which no console font has; *others: those beside ASCII that it
 * has. */
static size_t off_console(const struct session *t, size_t *others)
{
	size_t off = 0;

	*others = 0;
	for (size_t i = 0; i < t->raw_n;) {
		uint32_t cp;

		i += utf8_decode(t->raw + i, &cp);
		if (!is_on_console(cp) && off++ < 5)
			printf("# U+%04X\n", (unsigned)cp);
		*others += cp >= 0x80;
	}
	return off;
}

static void test_console(void)
{
	static const char *const keys[] = {"2", "3", "4", "5", "1", "b", "m", "\033", "?", "\033"};
	struct start s = {.args = {"1920x1080"}, .env = {"TERM=linux"}, .width = 120, .height = 40};
	struct session t;
	size_t others;

	begin(&t, &s);
	wait_for(&t, READY);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		press(&t, keys[i]);
	quit(&t);
	t.raw[t.raw_n] = '\0';
	check(off_console(&t, &others) == 0, "the Linux console gets no glyph that its fonts lack");
	check(others > 1000, "but lines and blocks (%zu)", others);
	finish(&t);

	s.args[1] = "--ascii";
	begin(&t, &s);
	wait_for(&t, READY);
	quit(&t);
	t.raw[t.raw_n] = '\0';
	off_console(&t, &others);
	check(others == 0, "with --ascii there it gets none of them either");
	finish(&t);
}

/* ------------------------------------------------------------------ the cursor */

/* What a braille display would show: the line from the cursor on. */
static const char *at_cursor(struct session *t)
{
	static char line[512];
	const char *row = screen_text(t);
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	for (int y = 0; y < at.row; y++)
		row = strchr(row, '\n') + 1;
	for (int x = 0; x < at.col && *row != '\n'; x++) {
		uint32_t cp;

		row += utf8_decode(row, &cp);
	}
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(row, "\n"), row);
	return line;
}

/* Waits for the cursor to be at the word. */
static bool is_at(struct session *t, const char *keys, const char *what)
{
	long end = now_ms() + LIMIT_MS;

	if (keys)
		type(t, keys);
	while (strncmp(at_cursor(t), what, strlen(what)) != 0 && now_ms() < end)
		pump(t, 50, -1);
	settle(t);
	bool is_there = strncmp(at_cursor(t), what, strlen(what)) == 0;

	if (!is_there)
		printf("# the cursor is at: %s\n", at_cursor(t));
	return is_there;
}

static void test_cursor(void)
{
	struct session t;

	begin(&t, &usual);
	wait_for(&t, READY);
	check(is_at(&t, NULL, "Width"), "the cursor is on the focused knob");
	check(is_at(&t, "\033[B", "Height"), "and goes with it");
	check(is_at(&t, "\033[C", "Height"), "and stays while it is turned");
	check(comes_last(&t, "\033[?25l", "\033[?25h"), "it is not seen there");
	check(is_at(&t, "\r", "\xe2\x96\x88") && comes_last(&t, "\033[?25h", "\033[?25l"),
	      "in a field it is, where one types");
	check(is_at(&t, "5", "\xe2\x96\x88"), "and goes on with the text");
	check(is_at(&t, "\033", "Height") && comes_last(&t, "\033[?25l", "\033[?25h"),
	      "then it is back on the knob");
	check(is_at(&t, "m", "qwen3-vl-8b"), "in a list it is on the chosen row");
	press(&t, "\033");
	press(&t, "3");
	char first[512];
	snprintf(first, sizeof(first), "%s", at_cursor(&t));
	press(&t, "\033[B");
	for (long end = now_ms() + LIMIT_MS; strcmp(first, at_cursor(&t)) == 0 && now_ms() < end;)
		pump(&t, 50, -1);
	check(strlen(first) > 20 && strcmp(first, at_cursor(&t)) != 0,
	      "in the comparison it is on the row");
	press(&t, "/");
	check(comes_last(&t, "\033[?25h", "\033[?25l"), "in its filter it is seen");
	press(&t, "\033");
	check(is_at(&t, "?", "Turn a knob"), "in the help it is at its first words");
	press(&t, "\033");
	quit(&t);
	finish(&t);
}

/* ------------------------------------------------------------------ colours */

/* The ground of all cells of the screen as 0xRRGGBB: -1 the terminal's own, -2 more than one. A
 * role may have its own, so a row of the middle of the screen is looked at, where there is none. */
static long ground_of(const struct session *t)
{
	long first = -2;

	for (int x = 0; x < t->width; x++) {
		VTermScreenCell cell;
		long ground = -1;

		vterm_screen_get_cell(t->screen, (VTermPos){.row = t->height - 3, .col = x}, &cell);
		if (!VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)) {
			vterm_screen_convert_color_to_rgb(t->screen, &cell.bg);
			ground = cell.bg.rgb.red << 16 | cell.bg.rgb.green << 8 | cell.bg.rgb.blue;
		}
		if (x > 0 && ground != first)
			return -2;
		first = ground;
	}
	return first;
}

enum { DARK_OF_256 = 0x0b0b0b }; /* number 233, as libvterm shows it */

static const struct colours {
	const char *what;
	struct start s;
	const char *answer; /* typed when the frame is there; NULL: what libvterm says by itself */
	long ground;
	bool has_rgb;
} colours[] = {
	{"a chosen theme paints its ground",
	 {.args = {"--theme=light", "1920x1080"}, .env = {"COLORTERM=truecolor"}},
	 NULL,
	 0xfafafa,
	 true},
	{"the same with 256 colours",
	 {.args = {"--theme=dark", "1920x1080"}},
	 NULL,
	 DARK_OF_256,
	 false},
	{"a dark ground that suits the theme is kept",
	 {.args = {"1920x1080"}, .env = {"COLORTERM=24bit"}},
	 "\033]11;rgb:0000/0000/0000\033\\\033[0n",
	 -1,
	 true},
	{"a light one too",
	 {.args = {"1920x1080"}},
	 "\033]11;rgb:ffff/ffff/ffff\033\\\033[0n",
	 -1,
	 false},
	{"COLORFGBG does for an answer",
	 {.args = {"1920x1080"}, .env = {"COLORFGBG=0;15"}},
	 NULL,
	 -1,
	 false},
	{"a ground that is known is painted over by a theme that was chosen",
	 {.args = {"--theme=dark", "1920x1080"}, .env = {"COLORFGBG=15;0"}},
	 NULL,
	 DARK_OF_256,
	 false},
	{"a terminal that does not say its ground is painted",
	 {.args = {"1920x1080"}},
	 "\033[0n",
	 DARK_OF_256,
	 false},
	{"tmux takes 24 bits",
	 {.args = {"--theme=dark", "1920x1080"},
	  .env = {"TERM=tmux-256color", "TMUX=/tmp/none,1,0"}},
	 NULL,
	 0x121212,
	 true},
	{"GNU screen takes none, and is painted without a question",
	 {.args = {"1920x1080"},
	  .env = {"TERM=screen-256color", "STY=1.none", "COLORTERM=truecolor"}},
	 NULL,
	 DARK_OF_256,
	 false},
	{"eight colours are painted black where nothing is known",
	 {.args = {"1920x1080"}, .env = {"TERM=screen"}},
	 NULL,
	 0x000000,
	 false},
	{"an xterm of 24 bits has more than eight colours",
	 {.args = {"--theme=dark", "1920x1080"}, .env = {"TERM=xterm", "COLORTERM=truecolor"}},
	 NULL,
	 0x121212,
	 true},
	{"foot, which has colons in its colours",
	 {.args = {"--theme=dark", "1920x1080"}, .env = {"TERM=foot", "COLORTERM=truecolor"}},
	 NULL,
	 0x121212,
	 true},
	{"an entry of direct colours, or xterm's where there is none",
	 {.args = {"--theme=dark", "1920x1080"},
	  .env = {"TERM=xterm-direct", "COLORTERM=truecolor"}},
	 NULL,
	 0x121212,
	 true},
	{"a theme may leave the ground alone",
	 {.args = {"--theme=monochrome", "1920x1080"}, .env = {"COLORTERM=truecolor"}},
	 NULL,
	 -1,
	 false},
};

static void test_colours(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(colours); i++) {
		const struct colours *c = &colours[i];
		struct session t;

		begin(&t, &c->s);
		t.is_mute = c->answer != NULL;
		wait_for(&t, READY);
		if (c->answer)
			type(&t, c->answer);
		settle(&t);
		for (long end = now_ms() + LIMIT_MS; ground_of(&t) != c->ground && now_ms() < end;)
			pump(&t, 50, -1);
		long ground = ground_of(&t);

		check(ground == c->ground && came(&t, "8;2;") == c->has_rgb, "%s (%06lx)", c->what,
		      ground & 0xffffff);
		quit(&t);
		finish(&t);
	}
}

int main(void)
{
	if (!getenv("VTOK")) {
		puts("1..0 # SKIP VTOK does not name the program");
		return 0;
	}
	signal(SIGPIPE, SIG_IGN);
	test_switches();
	test_begin();
	test_unknown_types();
	test_console();
	test_cursor();
	test_colours();
	test_late_answers(300);
	test_late_answers(450);
	test_quit_before_the_first_answer();
	test_signal_while_blocked(SIGTERM, "SIGTERM");
	test_signal_while_blocked(SIGHUP, "SIGHUP");
	return tap_end();
}
