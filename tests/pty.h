/* The real program in a pseudo terminal, its screen read through libvterm. Nothing sleeps for luck:
 * every wait is for a condition, with a limit that only a failure reaches. TAP by hand, because a
 * failing step must still end its session. */
#ifndef VTOK_TESTS_PTY_H
#define VTOK_TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include <vterm.h>

#include "base/base.h"

enum {
	LIMIT_MS = 10000, /* only failures wait so long */
	QUIET_MS = 60,    /* no byte for so long: the frame is complete */
	RAW_MAX = 1 << 20,
	TEXT_MAX = 64 * 1024,
};

struct start {
	const char *args[8];
	const char *env[4]; /* NAME=VALUE over the usual ones; NAME alone removes */
	int width, height;  /* 0: 100x30 */
	bool null_stdin, pipe_stdout;
	bool ignores_hup;
};

struct session {
	int master, slave, status_pipe, out_pipe;
	pid_t shell, pid;
	VTerm *vt;
	VTermScreen *screen;
	int width, height;
	bool is_mute; /* queries of the program are not answered */
	struct termios before;
	char *raw;
	size_t raw_n;
	bool is_stopped, is_over;
	int status; /* of waitpid */
};

/* One line of TAP; returns is_good. */
bool check(bool is_good, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* That no wait ran into its limit, and the plan; returns the exit code. */
int tap_end(void);

long now_ms(void);

/* Does $VTOK decode pictures here? Not where nothing confines it, as under emulation. */
bool decodes(void);

/* Starts $VTOK; an error of the system ends the test. */
void begin(struct session *t, const struct start *s);
/* Ends what still runs and frees everything. */
void finish(struct session *t);

/* Bytes as from the keyboard. */
void type(struct session *t, const char *bytes);
/* Bytes that must change the screen; waits for the whole frame. */
bool press(struct session *t, const char *bytes);

/* Reads for at most ms, or until nothing has come for quiet_ms (< 0: that does not end it); true if
 * any byte came. */
bool pump(struct session *t, int ms, int quiet_ms);
/* Until the screen is quiet. */
void settle(struct session *t);

/* The last occurrence of a in the bytes so far comes after the last one of b (or b never came). */
bool comes_last(const struct session *t, const char *a, const char *b);
bool came(const struct session *t, const char *bytes);

/* The screen, a line for each row; stands until the next call. */
const char *screen_text(const struct session *t);
bool shows(const struct session *t, const char *what);

/* Each waits for what it names, and returns whether it came. */
bool wait_for(struct session *t, const char *what);
bool wait_same(struct session *t, const char *picture);
bool wait_answer(struct session *t,
		 size_t raw_n); /* the first byte after raw_n and the rest of its frame */
bool wait_over(struct session *t);
bool wait_stopped(struct session *t);

#endif
