/* The program is not the session's leader: between it and the test stands a small shell of ours, as
 * in life, because the kernel does not stop processes that no shell could continue. */
#include "config.h"

#include "tests/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(HAVE_PTY_H)
#include <pty.h>
#elif defined(HAVE_UTIL_H) /* not run: Apple, NetBSD, OpenBSD */
#include <util.h>
#elif defined(HAVE_LIBUTIL_H) /* not run: FreeBSD */
#include <libutil.h>
#endif

#include "base/utf8.h"

static int tap_n, tap_failed, waits_in_vain;

bool check(bool is_good, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("%sok %d - ", is_good ? "" : "not ", ++tap_n);
	vprintf(fmt, ap);
	putchar('\n');
	fflush(stdout);
	va_end(ap);
	tap_failed += !is_good;
	return is_good;
}

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static _Noreturn void bail(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(99);
}

/* ------------------------------------------------------------------ the shell between */

bool decodes(void)
{
	char text[16 * 1024] = "";
	FILE *f = popen("\"$VTOK\" render --no-config --view image --size 110x30 "
			"\"${SRCDIR:-.}/samples/phone.png\"",
			"r");
	size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;

	if (f)
		pclose(f);
	text[n] = 0;
	return !strstr(text, "cannot confine");
}

static void set_env(const struct start *s)
{
	/* those of the terminal that the tests run in */
	static const char *const others[] = {"COLORTERM", "TMUX", "STY", "VTE_VERSION",
					     "KITTY_WINDOW_ID"};

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		unsetenv(others[i]);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("HOME", "/nonexistent", 1);
	for (size_t i = 0; i < ARRAY_SIZE(s->env) && s->env[i]; i++) {
		char name[64];
		const char *value = strchr(s->env[i], '=');

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(s->env[i], "="), s->env[i]);
		if (value)
			setenv(name, value + 1, 1);
		else
			unsetenv(name);
	}
}

static _Noreturn void run_program(const struct start *s, int slave, int out)
{
	const char *argv[10] = {getenv("VTOK")};

	for (size_t i = 0; i < ARRAY_SIZE(s->args) && s->args[i]; i++)
		argv[i + 1] = s->args[i];
	setpgid(0, 0);
	signal(SIGTTOU, SIG_IGN);
	tcsetpgrp(slave, getpid());
	signal(SIGTTOU, SIG_DFL);
	int in = s->null_stdin ? open("/dev/null", O_RDWR) : slave;
	dup2(in, 0);
	dup2(s->pipe_stdout ? out : slave, 1);
	dup2(slave, 2);
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	set_env(s);
	/* what a nohup or a background job around the tests ignores is no part of them */
	static const int usual[] = {SIGINT,  SIGQUIT,  SIGTERM, SIGPIPE, SIGTSTP,
				    SIGCONT, SIGWINCH, SIGTTOU, SIGTTIN};
	sigset_t none;

	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		signal(usual[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGHUP, s->ignores_hup ? SIG_IGN : SIG_DFL);
	execv(argv[0], (char *const *)argv);
	_exit(127);
}

/* Leads the session, starts the program in the foreground and reports each change of its state as a
 * struct. */
struct report {
	pid_t pid;
	int status;
};

static _Noreturn void run_shell(const struct start *s, int slave, int report_fd, int out)
{
	struct report r = {.status = -1};

	setsid();
	ioctl(slave, TIOCSCTTY, 0);
	signal(SIGHUP, SIG_IGN);
	r.pid = fork();
	if (r.pid == 0)
		run_program(s, slave, out);
	if (write(report_fd, &r, sizeof(r)) != (ssize_t)sizeof(r))
		_exit(99);
	close(out);
	close(slave);
	while (waitpid(r.pid, &r.status, WUNTRACED | WCONTINUED) == r.pid) {
		if (write(report_fd, &r, sizeof(r)) != (ssize_t)sizeof(r))
			break;
		if (WIFEXITED(r.status) || WIFSIGNALED(r.status))
			break;
	}
	_exit(0);
}

/* ------------------------------------------------------------------ one session */

static void open_screen(struct session *t, int width, int height)
{
	t->width = width;
	t->height = height;
	t->vt = vterm_new(height, width);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

void begin(struct session *t, const struct start *s)
{
	int width = s->width ? s->width : 100, height = s->height ? s->height : 30;
	struct winsize ws = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
	int reports[2], out[2];

	*t = (struct session){.out_pipe = -1};
	if (openpty(&t->master, &t->slave, NULL, NULL, &ws) != 0 || pipe(reports) != 0 ||
	    pipe(out) != 0)
		bail("pseudo terminal");
	tcgetattr(t->slave, &t->before);
	t->raw = malloc(RAW_MAX);
	if (!t->raw)
		bail("memory");
	open_screen(t, width, height);
	fflush(stdout);
	t->shell = fork();
	if (t->shell < 0)
		bail("fork");
	if (t->shell == 0) {
		close(t->master);
		close(reports[0]);
		close(out[0]);
		run_shell(s, t->slave, reports[1], out[1]);
	}
	close(reports[1]);
	close(out[1]);
	t->status_pipe = reports[0];
	t->out_pipe = out[0];
	struct report r;
	if (read(t->status_pipe, &r, sizeof(r)) != (ssize_t)sizeof(r))
		bail("start");
	t->pid = r.pid;
}

void type(struct session *t, const char *bytes)
{
	size_t n = strlen(bytes);

	while (n > 0) {
		ssize_t done = write(t->master, bytes, n);

		if (done <= 0)
			return;
		bytes += done;
		n -= (size_t)done;
	}
}

/* libvterm does not tell its background; most terminals do, before what is asked behind it. A
 * request may come in two pieces. */
static void answer_ground(struct session *t, size_t from)
{
	static const char request[] = "\033]11;?", answer[] = "\033]11;rgb:0000/0000/0000\033\\";
	size_t len = sizeof(request) - 1;

	for (size_t i = from > len ? from - len + 1 : 0; i + len <= t->raw_n; i++)
		if (memcmp(t->raw + i, request, len) == 0 && !t->is_mute)
			type(t, answer);
}

static void take_output(struct session *t)
{
	char buf[4096];
	ssize_t n = read(t->master, buf, sizeof(buf));

	if (n <= 0)
		return;
	vterm_input_write(t->vt, buf, (size_t)n);
	if (t->raw_n + (size_t)n < RAW_MAX) {
		memcpy(t->raw + t->raw_n, buf, (size_t)n);
		t->raw_n += (size_t)n;
		answer_ground(t, t->raw_n - (size_t)n);
	}
	n = (ssize_t)vterm_output_read(t->vt, buf, sizeof(buf));
	if (n > 0 && !t->is_mute && write(t->master, buf, (size_t)n) < 0)
		return;
}

static void take_report(struct session *t)
{
	struct report r;

	if (read(t->status_pipe, &r, sizeof(r)) != (ssize_t)sizeof(r))
		return;
	t->status = r.status;
	t->is_stopped = WIFSTOPPED(r.status);
	t->is_over = WIFEXITED(r.status) || WIFSIGNALED(r.status);
}

bool pump(struct session *t, int ms, int quiet_ms)
{
	struct pollfd fds[2] = {{.fd = t->master, .events = POLLIN},
				{.fd = t->status_pipe, .events = POLLIN}};
	int limit = quiet_ms >= 0 && quiet_ms < ms ? quiet_ms : ms;

	if (t->is_over)
		fds[1].fd = -1;
	if (poll(fds, 2, limit) <= 0)
		return false;
	if (fds[0].revents & POLLIN)
		take_output(t);
	if (fds[1].revents & (POLLIN | POLLHUP))
		take_report(t);
	return true;
}

void settle(struct session *t)
{
	long end = now_ms() + LIMIT_MS;

	while (now_ms() < end && pump(t, QUIET_MS, QUIET_MS))
		;
}

bool comes_last(const struct session *t, const char *a, const char *b)
{
	const char *last_a = NULL, *last_b = NULL;

	for (size_t i = 0; i < t->raw_n; i++) {
		if (t->raw_n - i >= strlen(a) && memcmp(t->raw + i, a, strlen(a)) == 0)
			last_a = t->raw + i;
		if (t->raw_n - i >= strlen(b) && memcmp(t->raw + i, b, strlen(b)) == 0)
			last_b = t->raw + i;
	}
	return last_a && (!last_b || last_a > last_b);
}

bool came(const struct session *t, const char *bytes)
{
	return comes_last(t, bytes, "\001\002\003");
}

const char *screen_text(const struct session *t)
{
	static char text[TEXT_MAX];
	size_t n = 0;

	for (int y = 0; y < t->height; y++) {
		for (int x = 0; x < t->width && n + 32 < sizeof(text);) {
			VTermScreenCell cell;

			vterm_screen_get_cell(t->screen, (VTermPos){.row = y, .col = x}, &cell);
			n += cell.chars[0] ? utf8_put(cell.chars[0], text + n) : (text[n] = ' ', 1);
			x += cell.width > 0 ? cell.width : 1;
		}
		text[n++] = '\n';
	}
	text[n] = '\0';
	return text;
}

bool shows(const struct session *t, const char *what)
{
	return strstr(screen_text(t), what) != NULL;
}

/* A wait that only a failure takes to its limit: it came, or the program is over; else it is
 * counted. */
static bool arrived(const struct session *t, bool has_come, const char *what)
{
	if (has_come || t->is_over)
		return has_come;
	printf("# waited %d ms in vain for %s\n", LIMIT_MS, what);
	waits_in_vain++;
	return false;
}

bool wait_for(struct session *t, const char *what)
{
	long end = now_ms() + LIMIT_MS;

	/* what an earlier frame showed may go with the one that is being drawn, and come again */
	do {
		while (!shows(t, what) && !t->is_over && now_ms() < end)
			pump(t, 100, -1);
		settle(t);
	} while (!shows(t, what) && !t->is_over && now_ms() < end);
	return arrived(t, shows(t, what), what);
}

bool wait_same(struct session *t, const char *picture)
{
	long end = now_ms() + LIMIT_MS;

	while (strcmp(picture, screen_text(t)) != 0 && !t->is_over && now_ms() < end)
		pump(t, 100, -1);
	return arrived(t, strcmp(picture, screen_text(t)) == 0, "a picture");
}

bool wait_answer(struct session *t, size_t raw_n)
{
	for (long end = now_ms() + LIMIT_MS; t->raw_n == raw_n && !t->is_over && now_ms() < end;)
		pump(t, 100, -1);
	settle(t);
	return arrived(t, t->raw_n > raw_n, "bytes");
}

bool press(struct session *t, const char *bytes)
{
	size_t before = t->raw_n;

	type(t, bytes);
	return wait_answer(t, before);
}

bool wait_over(struct session *t)
{
	for (long end = now_ms() + LIMIT_MS; !t->is_over && now_ms() < end;)
		pump(t, 100, -1);
	settle(t);
	return arrived(t, t->is_over, "the end");
}

bool wait_stopped(struct session *t)
{
	for (long end = now_ms() + LIMIT_MS; !t->is_stopped && !t->is_over && now_ms() < end;)
		pump(t, 100, -1);
	settle(t);
	return arrived(t, t->is_stopped, "a stop");
}

void finish(struct session *t)
{
	if (!t->is_over)
		kill(t->pid, SIGKILL);
	if (t->master >= 0)
		close(t->master);
	close(t->slave);
	close(t->status_pipe);
	close(t->out_pipe);
	waitpid(t->shell, NULL, 0);
	vterm_free(t->vt);
	free(t->raw);
}

int tap_end(void)
{
	check(waits_in_vain == 0, "no wait ran into its limit");
	printf("1..%d\n", tap_n);
	return tap_failed != 0;
}
