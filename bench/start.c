/* start PROGRAM FLOOR [PEER...]: starts all in turn in a pseudo terminal of 120x40 and prints the
 * time from just before exec to the last byte of the first frame, the median and least of each, and
 * how many times the first one's it is. In turn, so that noise hits all. Each is one argument, its
 * words between blanks; a peer that is not there or draws nothing is left out, and that is said. */
#include "config.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

enum {
	RUNS = 21,
	QUIET_MS = 100,
	PROGRAMS = 8,
	WORDS = 8,
	DREW = 500 /* bytes: more than a message */
};
#define ANSWER "\033]11;rgb:0000/0000/0000\033\\\033[0n"

struct run {
	double ms;
	size_t bytes;
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* In the child: never returns. */
static void become(const char *command)
{
	char *words[WORDS + 1] = {NULL}, *rest, *text = strdup(command);
	int n = 0;

	for (char *w = text ? strtok_r(text, " ", &rest) : NULL; w && n < WORDS;
	     w = strtok_r(NULL, " ", &rest))
		words[n++] = w;
	if (n > 0)
		execvp(words[0], words);
	_exit(127);
}

static struct run start_once(const char *command, int64_t *begin)
{
	struct winsize size = {.ws_row = 40, .ws_col = 120};
	struct run run = {.bytes = 0};
	bool is_asked = false;
	char buf[65536];
	int master;

	*begin = 0;
	pid_t pid = forkpty(&master, NULL, NULL, &size);
	if (pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		*begin = now_ns();
		become(command);
	}
	for (struct pollfd fd = {.fd = master, .events = POLLIN};;) {
		int n = poll(&fd, 1, run.bytes > DREW && !is_asked ? QUIET_MS : 5000);
		ssize_t got = n > 0 ? read(master, buf, sizeof(buf)) : 0;

		if (got > 0 && !is_asked) {
			run.ms = (double)(now_ns() - *begin) / 1e6;
			run.bytes += (size_t)got;
			/* what terminals of today answer: a dark ground, and that they are well */
			if (memmem(buf, (size_t)got, "\033[5n", 4) &&
			    write(master, ANSWER, sizeof ANSWER - 1) < 0)
				break;
		} else if (got <= 0) {
			if (is_asked || !run.bytes || write(master, "q", 1) != 1)
				break;
			is_asked = true;
		}
	}
	close(master);
	waitpid(pid, NULL, 0);
	return run;
}

static int by_time(const void *a, const void *b)
{
	double x = ((const struct run *)a)->ms, y = ((const struct run *)b)->ms;

	return (x > y) - (x < y);
}

static void report(const char *command, const struct run runs[RUNS], const struct run first[RUNS])
{
	printf("%-28.28s %7.2f ms (least %6.2f), %6zu bytes", command, runs[RUNS / 2].ms,
	       runs[0].ms, runs[RUNS / 2].bytes);
	if (runs != first)
		printf("   %6.2f times that of vtok (least %.2f)",
		       runs[RUNS / 2].ms / first[RUNS / 2].ms, runs[0].ms / first[0].ms);
	putchar('\n');
}

/* The name without its folder: what the table shows. */
static const char *shown(const char *command)
{
	const char *blank = strchr(command, ' '), *name = command;

	for (const char *p = command; *p && p != blank; p++)
		if (*p == '/')
			name = p + 1;
	return name;
}

int main(int argc, char **argv)
{
	static struct run runs[PROGRAMS][RUNS];
	bool draws[PROGRAMS] = {false};
	int n = argc - 1;
	int64_t *begin = mmap(NULL, sizeof(*begin), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (n < 2 || n > PROGRAMS || begin == MAP_FAILED) {
		fputs("usage: start PROGRAM FLOOR [PEER...]\n", stderr);
		return 2;
	}
	for (int i = -1; i < RUNS; i++)
		for (int k = 0; k < n; k++) {
			if (i >= 0 && !draws[k])
				continue;
			struct run run = start_once(argv[1 + k], begin);

			if (i >= 0) /* the first round warms the caches */
				runs[k][i] = run;
			else
				draws[k] = run.bytes > DREW;
		}
	for (int k = 0; k < n; k++) {
		if (draws[k]) {
			qsort(runs[k], RUNS, sizeof(runs[k][0]), by_time);
			report(shown(argv[1 + k]), runs[k], runs[0]);
		} else if (k < 2) {
			fprintf(stderr, "start: %s drew nothing\n", argv[1 + k]);
			return 1;
		} else {
			printf("%-28.28s not here, not measured\n", shown(argv[1 + k]));
		}
	}
	return 0;
}
