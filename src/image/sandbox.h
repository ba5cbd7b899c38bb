/* Work on hostile bytes in a child process that can compute, get memory, write to one pipe and end:
 * nothing else. A bug in a decoder costs a picture, not the session. */
#ifndef VTOK_IMAGE_SANDBOX_H
#define VTOK_IMAGE_SANDBOX_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

/* Runs in the child, which has every limit already; writes its result to fd and returns. Memory
 * that existed before is there as a copy; file descriptors other than fd are closed. */
typedef void sandbox_work(int fd, void *arg);

struct sandbox {
	pid_t pid; /* 0 = none runs */
	int fd;    /* the reading end, non-blocking, closed on exec */
};

/* Starts the child: no core file, no new files, 20 seconds of processor time, 2 GiB of addresses,
 * no new privileges, and where Linux has seccomp a filter of system calls. False and err when it
 * cannot be started. */
bool sandbox_start(struct sandbox *s, sandbox_work *work, void *arg, struct vtok_error *err);

/* Ends it, whatever it does, waits for that and closes the pipe; harmless when none runs. */
void sandbox_end(struct sandbox *s);

#endif
