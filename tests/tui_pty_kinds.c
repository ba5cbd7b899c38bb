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
	struct far f = {.way_ms = 400};
	struct session t;

	begin(&t, &usual);
	t.is_mute = true;
	for (long end = now_ms() + LIMIT_MS; !came(&t, "\033[5n") && now_ms() < end;)
		pump(&t, 5, -1);
	note_requests(&t, &f);
	type(&t, "q");
	run_far(&t, &f, now_ms() + 200);
	check(came(&t, "\033[?1049l") && !t.is_over,
	      "the screen is given back while the first answer is under way");
	run_far(&t, &f, now_ms() + 400);
	check(t.is_over && left_over(&t) == 0 && !came(&t, "^["),
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
	{"a terminal that does not say its ground is painted",
	 {.args = {"1920x1080"}},
	 "\033[0n",
	 DARK_OF_256,
	 false},
	{"tmux takes 24 bits",
	 {.args = {"1920x1080"}, .env = {"TERM=tmux-256color", "TMUX=/tmp/none,1,0"}},
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
	test_unknown_types();
	test_colours();
	test_late_answers(150);
	test_late_answers(300);
	test_quit_before_the_first_answer();
	test_signal_while_blocked(SIGTERM, "SIGTERM");
	test_signal_while_blocked(SIGHUP, "SIGHUP");
	return tap_end();
}
