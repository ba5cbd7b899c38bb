#include "config.h"

#include "cli/stream.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/utf8.h"
#include "image/image.h"

enum { CHUNK_BYTES = 128 * 1024, KEEP_BYTES = STREAM_LINE_MAX + 1 };

/* What the workers share. `read` guards the upper part, `turn` the lower; fd, work and fd_out never
 * change. */
struct stream {
	pthread_mutex_t read;
	int fd;
	bool ended;
	bool skipping;       /* inside a line that is too long: its rest is dropped */
	const char *picture; /* what the input is in place of lines; NULL = none that is known */
	bool begun;
	uint64_t next_chunk;
	size_t kept; /* bytes of a line that the last chunk did not have the end of */
	char keep[KEEP_BYTES];
	struct stream_result result;

	pthread_mutex_t turn;
	pthread_cond_t turned;
	uint64_t writing; /* the chunk that may write now */
	int error;        /* of writing: everybody stops */
	const struct stream_work *work;
	int fd_out;
	bool is_ascii; /* as of the caller's out */
};

struct worker {
	struct stream *s;
	struct out out;
	uint64_t chunk;
	size_t used; /* bytes of data */
	char *data;  /* CHUNK_BYTES + STREAM_SLACK */
	bool has_thread;
	pthread_t thread;
};

/* ------------------------------------------------------------------ reading */

static char end_of(const struct stream *s)
{
	return s->work->is_null ? '\0' : '\n';
}

static const char *last_end(const char *data, size_t n, char end)
{
#ifdef HAVE_MEMRCHR
	return memrchr(data, end, n);
#else
	while (n > 0 && data[n - 1] != end)
		n--;
	return n ? data + n - 1 : NULL;
#endif
}

/* The bytes that end with the last newline; the rest is kept for the next chunk, at most KEEP_BYTES
 * of it. */
static size_t keep_rest(struct stream *s, const char *data, size_t n)
{
	const char *newline = last_end(data, n, end_of(s));
	size_t whole = newline ? (size_t)(newline + 1 - data) : 0;
	size_t rest = n - whole;

	if (s->ended)
		return n;
	if (rest > KEEP_BYTES) {
		rest = KEEP_BYTES;
		s->skipping = true;
	}
	memcpy(s->keep, data + whole, rest);
	s->kept = rest;
	return whole;
}

/* One read. Returns the bytes at `at`, less what belongs to a line that is being skipped; 0 at the
 * end. */
static size_t read_some(struct stream *s, char *at, size_t room)
{
	ssize_t n = fd_read(s->fd, at, room);

	if (n < 0)
		s->result.read_error = errno;
	if (n > 0 && !s->begun) {
		size_t mark = utf8_mark(at, (size_t)n);

		s->picture = image_signature(at, (size_t)n);
		n -= (ssize_t)mark;
		memmove(at, at + mark, (size_t)n);
		if (n == 0) { /* the mark came by itself: the list begins with the next read */
			s->begun = true;
			return 0;
		}
	}
	s->begun = true;
	if (n <= 0 || s->picture) {
		s->ended = true;
		return 0;
	}
	if (!s->skipping)
		return (size_t)n;
	char *newline = memchr(at, end_of(s), (size_t)n);
	if (!newline)
		return 0;
	s->skipping = false;
	memmove(at, newline, (size_t)(at + n - newline));
	return (size_t)(at + n - newline);
}

static bool more_is_ready(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, 0) == 1 && p.revents & (POLLIN | POLLHUP);
}

/* Fills the worker's chunk with whole lines: until it is full, or nothing more is there at once.
 * False at the end. */
static bool read_chunk(struct stream *s, struct worker *w)
{
	size_t n = s->kept;
	bool has_line = false;

	memcpy(w->data, s->keep, n);
	s->kept = 0;
	while (!s->ended && n < CHUNK_BYTES && !(has_line && !more_is_ready(s->fd))) {
		size_t more = read_some(s, w->data + n, CHUNK_BYTES - n);
		has_line = has_line || memchr(w->data + n, end_of(s), more);
		n += more;
		if (n == CHUNK_BYTES &&
		    !has_line) /* one endless line: keep its head, forget the middle */
			n = KEEP_BYTES, s->skipping = true;
	}
	w->used = keep_rest(s, w->data, n);
	memset(w->data + w->used, 0, STREAM_SLACK);
	w->chunk = s->next_chunk++;
	return w->used > 0;
}

/* ------------------------------------------------------------------ writing */

/* The out's hook: nothing of this chunk is written before all of the chunks before it. */
static void wait_for_turn(struct out *o, void *arg)
{
	struct worker *w = arg;

	pthread_mutex_lock(&w->s->turn);
	while (w->s->writing != w->chunk)
		pthread_cond_wait(&w->s->turned, &w->s->turn);
	if (w->s->error)
		o->error = w->s->error;
	pthread_mutex_unlock(&w->s->turn);
}

static void pass_turn(struct worker *w)
{
	struct stream *s = w->s;

	pthread_mutex_lock(&s->turn);
	s->writing = w->chunk + 1;
	if (!s->error)
		s->error = w->out.error;
	pthread_cond_broadcast(&s->turned);
	pthread_mutex_unlock(&s->turn);
}

static bool is_stopped(struct stream *s)
{
	pthread_mutex_lock(&s->turn);
	bool stopped = s->error != 0;
	pthread_mutex_unlock(&s->turn);
	return stopped;
}

/* ------------------------------------------------------------------ working */

/* One line at p; returns the next. */
static char *work_line(struct worker *w, char *p, char *end, struct stream_result *result)
{
	const struct stream_work *work = w->s->work;
	char *newline = memchr(p, end_of(w->s), (size_t)(end - p));
	char *stop = newline ? newline : end;
	size_t len = (size_t)(stop - p);
	bool first = w->chunk == 0 && result->lines == 0;

	if (len && p[len - 1] == '\r' && !work->is_null)
		len--;
	if (len > STREAM_LINE_MAX)
		len = STREAM_LINE_MAX + 1;
	p[len] = '\0';
	result->failed += !work->line(work->line_arg, &w->out, first, p, len);
	result->lines++;
	return stop + 1;
}

static struct stream_result work_chunk(struct worker *w)
{
	const struct stream_work *work = w->s->work;
	char *p = w->data, *end = w->data + w->used;
	struct stream_result result = {0};

	while (p < end && !w->out.error) {
		if (work->run)
			p = work->run(work->run_arg, &w->out, p, end, &result);
		if (p < end)
			p = work_line(w, p, end, &result);
	}
	return result;
}

static void *work_all(void *arg)
{
	struct worker *w = arg;
	struct stream *s = w->s;

	for (;;) {
		pthread_mutex_lock(&s->read);
		bool more = !is_stopped(s) && read_chunk(s, w);
		pthread_mutex_unlock(&s->read);
		if (!more)
			return NULL;
		struct stream_result result = work_chunk(w);
		out_flush(&w->out);
		pass_turn(w);
		pthread_mutex_lock(&s->read);
		s->result.lines += result.lines;
		s->result.failed += result.failed;
		pthread_mutex_unlock(&s->read);
	}
}

static bool start(struct worker *w, struct stream *s)
{
	w->s = s;
	w->data = malloc(CHUNK_BYTES + STREAM_SLACK);
	if (!w->data || !out_init(&w->out, s->fd_out))
		return false;
	w->out.is_ascii = s->is_ascii;
	w->out.before = wait_for_turn;
	w->out.arg = w;
	return true;
}

bool stream_run(int fd, struct out *o, int jobs, const struct stream_work *work,
		struct stream_result *result, struct vtok_error *err)
{
	struct stream s = {.fd = fd, .work = work, .fd_out = o->fd, .is_ascii = o->is_ascii};
	struct worker *workers = calloc((size_t)jobs, sizeof(*workers));
	bool fine = workers != NULL;

	pthread_mutex_init(&s.read, NULL);
	pthread_mutex_init(&s.turn, NULL);
	pthread_cond_init(&s.turned, NULL);
	out_flush(o);
	s.error = o->error;
	for (int i = 0; fine && i < jobs; i++)
		fine = start(&workers[i], &s);
	/* this thread is the first worker; where the system gives fewer threads, fewer work */
	for (int i = 1; fine && i < jobs; i++)
		workers[i].has_thread =
			pthread_create(&workers[i].thread, NULL, work_all, &workers[i]) == 0;
	if (fine)
		work_all(&workers[0]);
	for (int i = 0; workers && i < jobs; i++) {
		if (workers[i].has_thread)
			pthread_join(workers[i].thread, NULL);
		out_fini(&workers[i].out);
		free(workers[i].data);
	}
	o->error = s.error;
	*result = s.result;
	free(workers);
	pthread_cond_destroy(&s.turned);
	pthread_mutex_destroy(&s.turn);
	pthread_mutex_destroy(&s.read);
	if (s.picture)
		return error_set(
			err, VTOK_E_INPUT,
			"%s data where a list is read: give the file's name as an argument, or "
			"names and sizes, one a line",
			s.picture);
	return fine || error_memory(err);
}
