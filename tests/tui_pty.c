/* The manners of the program in a terminal: start and end, sizes, signals, suspension, hang-up, a
 * slow line. The screen is read through libvterm, and the bytes are scanned for the modes that
 * libvterm 0.1.4 does not keep. */
#include "tests/pty.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ------------------------------------------------------------------ what the bytes say */

static const struct mode {
	const char *name, *on, *off;
} modes[] = {
	{"alternate screen", "\033[?1049h", "\033[?1049l"},
	{"hidden cursor", "\033[?25l", "\033[?25h"},
	{"cursor keys", "\033[?1h", "\033[?1l"},
	{"bracketed paste", "\033[?2004h", "\033[?2004l"},
	{"mouse", "\033[?1002h", "\033[?1002l"},
	{"mouse coordinates", "\033[?1006h", "\033[?1006l"},
};

static bool same_modes(const struct termios *a, const struct termios *b)
{
	return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
	       a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof(a->c_cc)) == 0;
}

/* Everything that was switched on is off again, and the line's modes are those from before. */
static bool restored(const struct session *t)
{
	struct termios after;
	bool is_good = true;

	for (size_t i = 0; i < ARRAY_SIZE(modes); i++)
		if (came(t, modes[i].on) && !comes_last(t, modes[i].off, modes[i].on)) {
			printf("# left: %s\n", modes[i].name);
			is_good = false;
		}
	tcgetattr(t->slave, &after);
	if (!same_modes(&t->before, &after)) {
		printf("# left: line modes\n");
		is_good = false;
	}
	return is_good;
}

static bool all_on(const struct session *t)
{
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++)
		if (!comes_last(t, modes[i].on, modes[i].off))
			return false;
	return true;
}

static size_t count_bytes(const struct session *t, int least)
{
	size_t n = 0;

	for (size_t i = 0; i < t->raw_n; i++)
		n += (unsigned char)t->raw[i] >= least;
	return n;
}

/* Any colour: SGR with a parameter from 30 to 49 other than "the terminal's own", or from 90 to
 * 107. */
static bool has_color(const struct session *t)
{
	for (size_t i = 0; i + 2 < t->raw_n; i++) {
		unsigned value = 0;
		bool is_color = false;
		size_t k = i + 2;

		if (t->raw[i] != '\033' || t->raw[i + 1] != '[')
			continue;
		for (; k < t->raw_n && (t->raw[k] == ';' || (t->raw[k] >= '0' && t->raw[k] <= '9'));
		     k++) {
			value = t->raw[k] == ';' ? 0 : value * 10 + (unsigned)(t->raw[k] - '0');
			is_color |= (value >= 30 && value <= 49 && value != 39 && value != 49) ||
				    (value >= 90 && value <= 107);
		}
		if (k < t->raw_n && t->raw[k] == 'm' && is_color)
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------ the tests */

static const char READY[] = "Prefill";
static const struct start usual = {.args = {"1920x1080"}};

static void test_start_and_quit(void)
{
	struct session t;

	begin(&t, &usual);
	check(wait_for(&t, READY) && shows(&t, "1,920"),
	      "the first frame shows the size that was asked for");
	check(all_on(&t), "alternate screen, hidden cursor, paste and mouse are on");
	type(&t, "q");
	check(wait_over(&t) && WIFEXITED(t.status) && WEXITSTATUS(t.status) == 0,
	      "q ends with code 0");
	check(restored(&t), "q leaves the terminal as it was");
	finish(&t);
}

static void test_keys(void)
{
	struct session t;
	char single[TEXT_MAX];

	begin(&t, &usual);
	wait_for(&t, READY);
	check(press(&t, "\033[C") && !shows(&t, "1,920"), "an arrow turns the knob");
	type(&t, "\033OD");
	check(wait_for(&t, "1,920"), "the other form of the arrow turns it back");
	for (int i = 0; i < 7; i++)
		press(&t, "\033[C");
	snprintf(single, sizeof(single), "%s", screen_text(&t));
	for (int i = 0; i < 7; i++)
		type(&t, "\033[D");
	check(wait_for(&t, "1,920"), "seven steps back");
	size_t before = t.raw_n;
	type(&t, "\033[C\033[C\033[C\033[C\033[C\033[C\033[C");
	check(wait_same(&t, single), "seven keys in one write do what seven single keys do");
	check(t.raw_n - before < 4000, "and cost few frames (%zu bytes)", t.raw_n - before);
	type(&t, "\033");
	settle(&t);
	check(press(&t, "\033[D") && !t.is_over, "a lone Esc does not leave");
	type(&t, "q");
	wait_over(&t);
	finish(&t);
}

static void test_resize(void)
{
	static const int sizes[][2] = {{40, 12}, {1, 1}, {20, 5}, {200, 60}, {2, 50}, {100, 30}};
	struct session t;
	char first[TEXT_MAX];

	begin(&t, &usual);
	wait_for(&t, READY);
	snprintf(first, sizeof(first), "%s", screen_text(&t));
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct winsize ws = {.ws_col = (unsigned short)sizes[i][0],
				     .ws_row = (unsigned short)sizes[i][1]};
		size_t before = t.raw_n;

		t.width = sizes[i][0];
		t.height = sizes[i][1];
		vterm_set_size(t.vt, t.height, t.width);
		ioctl(t.master, TIOCSWINSZ, &ws);
		check(wait_answer(&t, before) && !t.is_over, "drawn anew at %dx%d", t.width,
		      t.height);
		if (t.width == 40)
			check(shows(&t, "vtok"), "40x12 shows the program");
	}
	check(wait_same(&t, first), "back at the first size the picture is the first one");
	type(&t, "q");
	check(wait_over(&t) && restored(&t), "leaves the terminal as it was after the resizes");
	finish(&t);
}

/* A terminal that learns its size late, as through a serial line or a slow relay: the lines that
 * scroll were set for the smaller one, and a line feed at the last of them is no way down. */
static void test_grown(void)
{
	static const char *const views[] = {"2", "3", "6", "5", "1"};
	static const int heights[] = {10, 14, 16, 24};
	struct winsize ws = {.ws_col = 100, .ws_row = 30};
	char wanted[ARRAY_SIZE(views)][TEXT_MAX];
	struct session t;
	int same = 0;

	begin(&t, &usual);
	wait_for(&t, READY);
	for (size_t v = 0; v < ARRAY_SIZE(views); v++) {
		press(&t, views[v]);
		snprintf(wanted[v], sizeof(wanted[v]), "%s", screen_text(&t));
	}
	type(&t, "q");
	wait_over(&t);
	finish(&t);
	for (size_t i = 0; i < ARRAY_SIZE(heights); i++) {
		struct start small = usual;

		small.height = heights[i];
		begin(&t, &small);
		t.height = ws.ws_row;
		vterm_set_size(t.vt, t.height, t.width);
		wait_for(&t, "q quit"); /* all that so few rows have for certain */
		size_t before = t.raw_n;
		ioctl(t.master, TIOCSWINSZ, &ws);
		wait_answer(&t, before);
		for (size_t v = 0; v < ARRAY_SIZE(views); v++) {
			press(&t, views[v]);
			bool is = strcmp(screen_text(&t), wanted[v]) == 0;
			same += is;
			if (!is)
				printf("# %d %s\n%s", heights[i], views[v], screen_text(&t));
		}
		type(&t, "q");
		wait_over(&t);
		finish(&t);
	}
	check(same == ARRAY_SIZE(heights) * ARRAY_SIZE(views),
	      "a screen that has grown is drawn to its last row");
}

static void test_small_starts(void)
{
	static const int sizes[][2] = {{1, 1}, {20, 5}, {300, 100}};

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct start s = usual;
		struct session t;

		s.width = sizes[i][0];
		s.height = sizes[i][1];
		begin(&t, &s);
		for (long end = now_ms() + LIMIT_MS;
		     !came(&t, "\033[?1049h") && !t.is_over && now_ms() < end;)
			pump(&t, 100, -1);
		settle(&t);
		type(&t, "q");
		check(wait_over(&t) && WIFEXITED(t.status) && WEXITSTATUS(t.status) == 0 &&
			      restored(&t),
		      "starts and ends at %dx%d", s.width, s.height);
		finish(&t);
	}
}

static void test_signals(void)
{
	static const struct {
		int sig;
		const char *name;
	} rows[] = {
		{SIGTERM, "SIGTERM"}, {SIGINT, "SIGINT"},   {SIGHUP, "SIGHUP"},
		{SIGQUIT, "SIGQUIT"}, {SIGUSR1, "SIGUSR1"}, {SIGSEGV, "SIGSEGV"},
		{SIGABRT, "SIGABRT"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct session t;

#ifdef VTOK_SANITIZE /* the sanitizers' own handlers turn a crash into an exit */
		if (rows[i].sig == SIGSEGV || rows[i].sig == SIGABRT)
			continue;
#endif
		begin(&t, &usual);
		wait_for(&t, READY);
		kill(t.pid, rows[i].sig);
		check(wait_over(&t) && WIFSIGNALED(t.status) && WTERMSIG(t.status) == rows[i].sig,
		      "%s ends it, and the parent sees so", rows[i].name);
		check(restored(&t), "%s leaves the terminal as it was", rows[i].name);
		finish(&t);
	}
}

static void test_suspend(bool by_key)
{
	const char *how = by_key ? "Ctrl-Z" : "SIGTSTP";
	struct session t;
	char before[TEXT_MAX];

	begin(&t, &usual);
	wait_for(&t, READY);
	snprintf(before, sizeof(before), "%s", screen_text(&t));
	if (by_key)
		type(&t, "\032");
	else
		kill(t.pid, SIGTSTP);
	check(wait_stopped(&t), "%s stops it", how);
	check(restored(&t), "%s gives the terminal back", how);
	type(&t, "\033[0n"); /* what a shell may leave unread must not matter */
	size_t bytes = t.raw_n;
	kill(t.pid, SIGCONT);
	wait_answer(&t, bytes);
	check(wait_same(&t, before) && all_on(&t), "%s: the picture and the modes come back", how);
	check(press(&t, "\033OC") && !shows(&t, "1,920"), "%s: the first arrow key afterwards acts",
	      how);
	type(&t, "q");
	check(wait_over(&t) && restored(&t), "%s: q still leaves the terminal as it was", how);
	finish(&t);
}

static void test_paste_and_mouse(void)
{
	struct start s = usual;
	struct session t;

	begin(&t, &s);
	wait_for(&t, READY);
	check(press(&t, "\033[200~qqq x\rq\033[201~") && !t.is_over, "a pasted q is no key");
	check(press(&t, "\033[<0;10;10M\033[<0;10;10m\033[<65;3;3M\033[<0;6000;6000M") &&
		      !t.is_over,
	      "the mouse, inside and outside, does no harm");
	type(&t, "\033\033q"); /* should a dialog be open, Esc closes it */
	check(wait_over(&t) && restored(&t), "leaves the terminal as it was");
	finish(&t);

	s.args[0] = "--no-mouse";
	begin(&t, &s);
	check(wait_for(&t, READY) && !came(&t, "\033[?1002h") && !came(&t, "\033[?1000h"),
	      "--no-mouse leaves the mouse to the terminal");
	type(&t, "q");
	wait_over(&t);
	finish(&t);
}

static void test_no_terminal(void)
{
	static const struct {
		const char *name;
		struct start s;
	} rows[] = {
		{"standard output a pipe", {.args = {"1920x1080"}, .pipe_stdout = true}},
		{"no terminal at all",
		 {.args = {"1920x1080"}, .pipe_stdout = true, .null_stdin = true}},
		{"TERM unset", {.args = {"1920x1080"}, .env = {"TERM"}}},
		{"TERM empty", {.args = {"1920x1080"}, .env = {"TERM="}}},
		/* newterm() of ncurses 6.4 leaks when it fails, and a sanitizer would count that as
		 our end */
		{"TERM unknown",
		 {.args = {"1920x1080"},
		  .env = {"TERM=nosuchterm", "ASAN_OPTIONS=detect_leaks=0"}}},
		{"TERM dumb", {.args = {"1920x1080"}, .env = {"TERM=dumb"}}},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct session t;
		char out[64];

		begin(&t, &rows[i].s);
		check(wait_over(&t) && WIFEXITED(t.status) && WEXITSTATUS(t.status) == 2,
		      "%s: code 2", rows[i].name);
		size_t lines = 0;
		for (size_t k = 0; k < t.raw_n; k++)
			lines += t.raw[k] == '\n';
		check(lines == 1 && t.raw_n > 7 && memcmp(t.raw, "vtok: ", 6) == 0 &&
			      !memchr(t.raw, '\033', t.raw_n),
		      "%s: one plain line says why", rows[i].name);
		check(read(t.out_pipe, out, sizeof(out)) == 0, "%s: nothing on standard output",
		      rows[i].name);
		check(restored(&t), "%s: the terminal is as it was", rows[i].name);
		finish(&t);
	}

	struct start s = {.args = {"1920x1080"}, .null_stdin = true};
	struct session t;
	begin(&t, &s);
	check(wait_for(&t, READY), "standard input no terminal: it starts");
	type(&t, "q");
	check(wait_over(&t) && restored(&t), "and takes its keys from the controlling terminal");
	finish(&t);
}

static void test_colors_and_letters(void)
{
	struct start s = {.args = {"1920x1080"}, .env = {"NO_COLOR=1"}};
	struct session t;

	begin(&t, &s);
	check(wait_for(&t, READY) && !has_color(&t), "NO_COLOR: no colours");
	finish(&t);

	s = (struct start){.args = {"--color", "never", "1920x1080"}};
	begin(&t, &s);
	check(wait_for(&t, READY) && !has_color(&t), "--color never: no colours");
	finish(&t);

	s = (struct start){.args = {"--color", "always", "1920x1080"}, .env = {"NO_COLOR=1"}};
	begin(&t, &s);
	check(wait_for(&t, READY) && has_color(&t), "--color always beats NO_COLOR");
	finish(&t);

	s = (struct start){.args = {"1920x1080"}, .env = {"LC_ALL=C"}};
	begin(&t, &s);
	check(wait_for(&t, READY) && count_bytes(&t, 0x80) == 0, "the C locale gets pure ASCII");
	finish(&t);

	s = (struct start){.args = {"1920x1080"}, .env = {"HOME", "XDG_CONFIG_HOME"}};
	begin(&t, &s);
	check(wait_for(&t, READY), "starts without HOME");
	finish(&t);
}

static void test_hangup(bool ignores_hup)
{
	struct start s = usual;
	struct session t;

	s.ignores_hup = ignores_hup;
	begin(&t, &s);
	wait_for(&t, READY);
	close(t.slave);
	close(t.master);
	t.slave = t.master = -1;
	check(wait_over(&t), "ends when the terminal is gone%s",
	      ignores_hup ? ", SIGHUP ignored" : "");
	finish(&t);
}

/* A terminal that has answered once and then falls behind gets no more frames until it answers
 * again; the next one shows the newest state. */
static void test_slow_terminal(void)
{
	struct session t;
	char shot[TEXT_MAX];

	begin(&t, &usual);
	wait_for(&t, READY);
	size_t before = t.raw_n;
	for (int i = 0; i < 20; i++)
		press(&t, "\033[C");
	size_t quick = t.raw_n - before;
	snprintf(shot, sizeof(shot), "%s", screen_text(&t));
	for (int i = 0; i < 20; i++)
		type(&t, "\033[D");
	wait_for(&t, "1,920");
	t.is_mute = true;
	before = t.raw_n;
	for (int i = 0; i < 20; i++) {
		type(&t, "\033[C");
		settle(&t);
	}
	size_t held = t.raw_n - before;
	check(held * 3 < quick, "frames wait for a terminal that is behind (%zu bytes of %zu)",
	      held, quick);
	t.is_mute = false;
	check(press(&t, "\033[0n") && wait_same(&t, shot),
	      "once it has caught up, the picture is the newest");
	type(&t, "q");
	check(wait_over(&t) && restored(&t), "and it is left as it was");
	finish(&t);
}

static bool asks_ground(const struct start *s)
{
	struct session t;

	begin(&t, s);
	wait_for(&t, READY);
	settle(&t);
	bool asks = memmem(t.raw, t.raw_n, "\033]11;?", 6) != NULL;
	type(&t, "q");
	wait_over(&t);
	finish(&t);
	return asks;
}

/* The answer comes in three pieces with pauses in which a key would be over. */
static void test_background(void)
{
	struct start s = usual;
	struct session t;
	char shot[TEXT_MAX];

	begin(&t, &s);
	t.is_mute = true;
	wait_for(&t, READY);
	snprintf(shot, sizeof(shot), "%s", screen_text(&t));
	size_t before = t.raw_n;
	type(&t, "\033]11;rg");
	settle(&t);
	type(&t, "b:fafa/fa");
	settle(&t);
	check(t.raw_n == before && wait_same(&t, shot),
	      "half an answer about the background changes nothing");
	type(&t, "fa/fafa\033\\");
	wait_answer(&t, before);
	check(t.raw_n > before + 1000 && wait_same(&t, shot),
	      "a light background repaints the same picture");
	type(&t, "q");
	check(wait_over(&t) && restored(&t), "and the terminal is left as it was");
	finish(&t);

	check(asks_ground(&s), "a terminal of a known kind is asked for its background");
	s.env[0] = "COLORFGBG=15;0";
	check(!asks_ground(&s), "not when COLORFGBG tells it");
	s.env[0] = "TERM=linux";
	check(!asks_ground(&s), "not the Linux console");
	s.env[0] = "NO_COLOR=1";
	check(!asks_ground(&s), "not without colours");
	s = usual;
	for (int i = 0; i + 2 < (int)ARRAY_SIZE(s.args); i++)
		if (!s.args[i]) {
			s.args[i] = "--theme=dark";
			break;
		}
	check(!asks_ground(&s), "not when a theme was asked for");
}

int main(void)
{
	if (!getenv("VTOK")) {
		puts("1..0 # SKIP VTOK does not name the program");
		return 0;
	}
	signal(SIGPIPE, SIG_IGN);
	test_start_and_quit();
	test_keys();
	test_resize();
	test_grown();
	test_small_starts();
	test_signals();
	test_suspend(false);
	test_suspend(true);
	test_paste_and_mouse();
	test_no_terminal();
	test_colors_and_letters();
	test_hangup(false);
	test_hangup(true);
	test_slow_terminal();
	test_background();
	return tap_end();
}
