/* The program between pipes that do not block, as some parents hand them over: every row arrives,
 * and a pause of the input is not its end. The pipes hold one page, so that both ends run into each
 * other all the time; nothing is timed. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPE_BYTES = 4096, SIZES = 200000, STUCK_MS = 60000 };

static int tests, failed;

static void result(bool fine, const char *name)
{
	printf("%sok %d - %s\n", fine ? "" : "not ", ++tests, name);
	failed += !fine;
}

/* What goes in and what comes out. */
struct talk {
	int in, out;      /* to the program, from it */
	const char *text; /* all of the input */
	size_t len, sent;
	size_t lines, bytes; /* that came back */
	bool by_line;        /* a line is sent when the row of the one before is there */
};

/* A pipe whose end `mine` blocks and whose other end does not. */
static void make_pipe(int fd[2])
{
	if (pipe(fd) < 0)
		exit(99);
#ifdef F_SETPIPE_SZ
	fcntl(fd[1], F_SETPIPE_SZ, PIPE_BYTES);
#endif
	for (int i = 0; i < 2; i++)
		fcntl(fd[i], F_SETFL, fcntl(fd[i], F_GETFL) | O_NONBLOCK);
}

static pid_t start(struct talk *t, const char *const argv[])
{
	int in[2], out[2];

	make_pipe(in);
	make_pipe(out);
	pid_t child = fork();
	if (child == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		for (int i = 0; i < 2; i++) {
			close(in[i]);
			close(out[i]);
		}
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	t->in = in[1];
	t->out = out[0];
	return child;
}

/* How much of the text may go now. */
static size_t ready(const struct talk *t)
{
	if (!t->by_line)
		return t->len - t->sent;
	size_t sent_lines = 0;
	for (size_t i = 0; i < t->sent; i++)
		sent_lines += t->text[i] == '\n';
	if (sent_lines > t->lines)
		return 0;
	const char *end = memchr(t->text + t->sent, '\n', t->len - t->sent);
	return end ? (size_t)(end + 1 - t->text) - t->sent : t->len - t->sent;
}

static void send_some(struct talk *t)
{
	ssize_t n = write(t->in, t->text + t->sent, ready(t));

	if (n > 0)
		t->sent += (size_t)n;
	if (t->sent == t->len || (n < 0 && errno != EAGAIN)) {
		close(t->in);
		t->in = -1;
	}
}

/* False at the end. */
static bool take_some(struct talk *t)
{
	char buf[PIPE_BYTES];
	ssize_t n = read(t->out, buf, sizeof(buf));

	for (ssize_t i = 0; i < n; i++)
		t->lines += buf[i] == '\n';
	t->bytes += n > 0 ? (size_t)n : 0;
	return n > 0 || (n < 0 && errno == EAGAIN);
}

/* Returns the exit code; -1: it ended otherwise, or nothing moved for a minute. */
static int run(struct talk *t, const char *const argv[])
{
	pid_t child = start(t, argv);
	bool is_stuck = false;
	int status;

	for (;;) {
		struct pollfd p[2] = {
			{.fd = t->out, .events = POLLIN},
			{.fd = t->in >= 0 && ready(t) ? t->in : -1, .events = POLLOUT},
		};
		if (t->in >= 0 && t->sent == t->len)
			send_some(t);
		is_stuck = poll(p, 2, STUCK_MS) == 0;
		if (is_stuck)
			break;
		if (p[1].revents)
			send_some(t);
		if (p[0].revents && !take_some(t))
			break;
	}
	close(t->out);
	if (is_stuck)
		kill(child, SIGKILL);
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *make_sizes(size_t *len)
{
	char *text = malloc((size_t)SIZES * 12), *p = text;

	for (int i = 0; text && i < SIZES; i++)
		p += sprintf(p, "%dx%d\n", 100 + i % 3000, 100 + i % 2999);
	*len = text ? (size_t)(p - text) : 0;
	return text;
}

static void count(const char *vtok, const char *jobs, const char *text, size_t len)
{
	const char *const argv[] = {vtok, "count", "--no-config", "-m", "qwen2.5-vl-7b",
				    "-o", "csv",   jobs,          "-",  NULL};
	struct talk t = {.text = text, .len = len};
	char name[80];
	int code = run(&t, argv);

	if (code != 0 || t.lines != SIZES + 1)
		printf("# exit code %d, %zu lines\n", code, t.lines);
	snprintf(name, sizeof(name), "%s: %d sizes, a row for each", jobs, SIZES);
	result(code == 0 && t.lines == SIZES + 1, name);
}

static void pauses(const char *vtok)
{
	const char *const argv[] = {
		vtok, "count", "--no-config", "--no-header", "-m", "qwen2.5-vl-7b",
		"-o", "csv",   "-",           NULL};
	static const char text[] = "28x28\n56x56\nnonsense\n640 480\n640x480\n";
	struct talk t = {.text = text, .len = sizeof(text) - 1, .by_line = true};
	int code = run(&t, argv);

	if (code != 1 || t.lines != 5)
		printf("# exit code %d, %zu lines\n", code, t.lines);
	result(code == 1 && t.lines == 5,
	       "an input that pauses after each line is read to its end");
}

/* Commands whose result is one text. */
static void whole(const char *vtok, const char *name, const char *const argv[])
{
	struct talk t = {.text = "", .len = 0};
	int code;

	(void)vtok;
	code = run(&t, argv);
	if (code != 0 || t.bytes <= PIPE_BYTES)
		printf("# exit code %d, %zu bytes\n", code, t.bytes);
	result(code == 0 && t.bytes > PIPE_BYTES, name);
}

int main(void)
{
	const char *vtok = getenv("VTOK");
	size_t len;
	char *text = make_sizes(&len);

	if (!vtok || !text)
		return 99;
	signal(SIGPIPE, SIG_IGN);
	count(vtok, "-j1", text, len);
	count(vtok, "-j3", text, len);
	pauses(vtok);
	whole(vtok, "a frame larger than the pipe",
	      (const char *const[]){vtok, "render", "--no-config", "--size", "200x60", "1000x800",
				    NULL});
	whole(vtok, "a list larger than the pipe",
	      (const char *const[]){vtok, "models", "--no-config", "-o", "csv", NULL});
	free(text);
	printf("1..%d\n", tests);
	return failed != 0;
}
