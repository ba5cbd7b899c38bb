/* Lines in, rows out, in order, in constant memory: one thread or several. Each worker reads a
 * chunk of whole lines under a lock, works on it alone, and writes when it is its chunk's turn; so
 * the memory is one chunk and one buffer for each worker, whatever the length of the input. A chunk
 * ends early when the input pauses: someone may be waiting. */
#ifndef VTOK_CLI_STREAM_H
#define VTOK_CLI_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/out.h"

enum {
	STREAM_LINE_MAX = 4096, /* bytes; a longer line arrives cut to one byte more */
	STREAM_SLACK = 64       /* bytes after the lines that may be read: they are zero */
};

struct stream_result {
	size_t lines, failed;
	int read_error; /* errno; 0 = none */
};

/* One line, NUL-terminated, without its end ("\n", "\r\n" or NUL), the first without a byte order
 * mark; may hold NUL bytes before len.
 * `first` is true for the first line of all. Called by several threads when there are several jobs.
 * Returns false if the line was bad. */
typedef bool stream_line(const void *arg, struct out *out, bool first, char *line, size_t len);

/* As many lines as it likes, from p on; each ends with a newline or at end. Counts them in result
 * and returns where it stopped, at end or at the start of a line, which then goes to
 * stream_line. */
typedef char *stream_run_of_lines(const void *arg, struct out *out, char *p, const char *end,
				  struct stream_result *result);

/* Who works on the lines. */
struct stream_work {
	stream_line *line;
	const void *line_arg;
	stream_run_of_lines *run; /* asked before each line; NULL = there is none */
	const void *run_arg;
	bool is_null; /* lines end with a NUL, and only so; not for run */
};

/* Reads fd to its end. o is flushed first, then the workers write to its descriptor, each from a
 * buffer of its own; o->error says that writing failed, which ends the stream. jobs 1..256: where
 * the system gives fewer threads, fewer work. False, and err says why: memory is short, or what
 * comes is a picture and no list. */
bool stream_run(int fd, struct out *o, int jobs, const struct stream_work *work,
		struct stream_result *result, struct vtok_error *err);

#endif
