/* Work on hostile bytes in a child process that can compute, get memory, write to one pipe and end:
 * nothing else. A bug in a decoder costs a picture, not the session. */
#ifndef VTOK_IMAGE_SANDBOX_H
#define VTOK_IMAGE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* Runs in the child, which has every limit already; writes its result to fd and returns. Memory
 * that existed before is there as a copy; file descriptors other than fd are closed. */
typedef void sandbox_work(int fd, void *arg);

struct sandbox {
	pid_t pid; /* 0 = none runs */
	int fd;    /* the reading end, non-blocking, closed on exec */
};

/* What a child does. */
struct sandbox_task {
	sandbox_work *work;
	sandbox_work *refuse; /* in its place where the system does not confine it: says so */
	void *arg;            /* of both */
	bool unconfined;      /* the user's own word: work there too */
	/* Before the confinement, on no byte of the input: to load a library. NULL = nothing. */
	void (*prepare)(void *arg);
	/* A library of the work starts threads: they may, on one processor. */
	bool starts_threads;
};

/* Starts the child: no core file, no new files, no processes, 20 seconds of processor time, 2 GiB
 * of addresses, no new privileges, and nothing of the system but memory, time, the pipe and the
 * end (and threads, where the task says so): a filter of system calls on Linux, pledge() or
 * cap_enter() on a BSD. Where that cannot be had, work is not called. False and err when it cannot
 * be started. */
bool sandbox_start(struct sandbox *s, const struct sandbox_task *task, struct vtok_error *err);

/* For the work: all bytes to the pipe; false when nobody listens any more. */
bool sandbox_send(int fd, const void *bytes, size_t n);

/* For refuse: why nothing was decoded. */
extern const char sandbox_refusal[];

/* For those who wait for an answer: milliseconds of a clock that only goes forward. */
int64_t sandbox_now_ms(void);

/* Ends it, whatever it does, waits for that and closes the pipe; harmless when none runs. */
void sandbox_end(struct sandbox *s);

#endif
