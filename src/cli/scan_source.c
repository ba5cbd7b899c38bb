#include "config.h"

#include "cli/scan_source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/input.h"
#include "cli/scan_gaps.h"
#include "cli/scan_list.h"
#include "cli/scan_tar.h"
#include "cli/scan_zip.h"
#include "cli/walk.h"

enum { IDENTITY = 40 };

enum scan_kind {
	SCAN_NONE,   /* the next input has to be opened */
	SCAN_LINES,  /* fd, from where it stands to its end */
	SCAN_PLACES, /* the same by places: what is done is left out */
	SCAN_WALK,
	SCAN_IN_TAR,
	SCAN_IN_ZIP,
};

struct scan_source {
	struct scan_ask ask;
	size_t next; /* input */
	enum scan_kind kind;
	const char *path; /* of the input that is open */
	int fd;
	bool ended;       /* nothing more comes from fd */
	bool is_skipping; /* inside a record that is too long */
	int64_t size;     /* bytes of the list; 0 = not known */
	int64_t at;       /* bytes that were read of it */
	char *kept;       /* a record whose end has not come: SCAN_RECORD bytes */
	size_t kept_n;
	struct scan_columns columns;
	struct walk *walk;
	struct scan_tar *tar;
	struct scan_zip *zip;

	/* what can be resumed */
	char identity[IDENTITY];
	char *list; /* of a walk; NULL: the list is fd */
	struct scan_gaps gaps;
};

/* ------------------------------------------------------------ room */

static char end_of(const struct scan_source *s)
{
	return s->ask.is_null ? '\0' : '\n';
}

static bool finish(const struct scan_source *s, struct scan_batch *b)
{
	b->end = end_of(s);
	b->is_members = false;
	b->columns = s->columns;
	memset(b->data + b->used, 0, SCAN_SLACK);
	return b->used > 0;
}

static const char *last_end(const char *data, size_t n, char end)
{
	while (n > 0 && data[n - 1] != end)
		n--;
	return n ? data + n : NULL;
}

/* ------------------------------------------------------------ lines */

/* Waits until there is something to read, or somebody wants to stop: a signal may have met another
 * thread. */
static bool wait_for(const struct scan_source *s)
{
	enum { PATIENCE_MS = 100 };
	struct pollfd p = {.fd = s->fd, .events = POLLIN};

	while (!*s->ask.hooks.stopped)
		if (s->size || poll(&p, 1, PATIENCE_MS) != 0)
			return true;
	return false;
}

/* Reads once behind what the batch has. False at the end. Who stops leaves the record at hand. */
static bool read_more(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	if (!wait_for(s)) {
		const char *stop = last_end(b->data, b->used, end_of(s));

		b->used = stop ? (size_t)(stop - b->data) : 0;
		s->ended = true;
		return false;
	}
	ssize_t n = fd_read(s->fd, b->data + b->used, b->room - b->used);

	if (n < 0)
		error_path(err, VTOK_E_INPUT, s->path, "%s", strerror(errno));
	if (n <= 0) {
		s->ended = true;
		return false;
	}
	b->used += (size_t)n;
	s->at += n;
	return true;
}

/* Drops what belongs to a record that was too long. */
static void skip_rest(struct scan_source *s, struct scan_batch *b)
{
	char *end = s->is_skipping ? memchr(b->data, end_of(s), b->used) : b->data;

	if (!end) {
		b->used = 0;
		return;
	}
	end += s->is_skipping;
	s->is_skipping = false;
	b->used -= (size_t)(end - b->data);
	memmove(b->data, end, b->used);
}

/* Whole records stay in the batch, the beginning of one is kept for the next. A record that is too
 * long is cut to one byte more than is allowed, so that it is a row, and one that failed. */
static void keep_rest(struct scan_source *s, struct scan_batch *b)
{
	const char *stop = last_end(b->data, b->used, end_of(s));
	size_t whole = stop ? (size_t)(stop - b->data) : 0, rest = b->used - whole;

	s->kept_n = 0;
	if (s->ended || !rest)
		return;
	if (whole) {
		memcpy(s->kept, b->data + whole, rest);
		s->kept_n = rest;
		b->used = whole;
		return;
	}
	b->used = SCAN_PATH + 1;
	b->data[b->used++] = end_of(s);
	s->is_skipping = true;
}

/* A list may begin with a byte order mark. */
static void drop_mark(struct scan_batch *b)
{
	size_t mark = utf8_mark(b->data, b->used);

	b->used -= mark;
	memmove(b->data, b->data + mark, b->used);
}

/* Columns are named in the first line. */
static bool take_head(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	char *end = memchr(b->data, end_of(s), b->used);
	size_t n = end ? (size_t)(end - b->data) : b->used;

	b->data[n] = '\0';
	if (n && b->data[n - 1] == '\r')
		b->data[n - 1] = '\0';
	if (!scan_columns_find(s->ask.job, b->data, &s->columns, err))
		return error_at(err, s->path, 1);
	n += end != NULL;
	b->used -= n;
	memmove(b->data, b->data + n, b->used);
	return true;
}

static bool next_lines(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	bool is_first = s->at == 0;

	do {
		if (!scan_batch_room(b, s->kept_n + SCAN_BATCH))
			return error_memory(err);
		memcpy(b->data, s->kept, s->kept_n);
		b->used = s->kept_n;
		while (!s->ended && read_more(s, b, err)) {
			if (s->is_skipping)
				skip_rest(s, b);
			if (b->used < b->room)
				continue;
			if (last_end(b->data, b->used, end_of(s)) || b->room >= SCAN_RECORD)
				break;
			if (!scan_batch_room(b, 2 * b->room))
				return error_memory(err);
		}
		if (err->code)
			return false;
		keep_rest(s, b);
		if (is_first)
			drop_mark(b);
		if (is_first && s->ask.job->from == SCAN_CSV && b->used && !take_head(s, b, err))
			return false;
		is_first = false;
	} while (!b->used && !s->ended);
	return finish(s, b);
}

/* ------------------------------------------------------------ places */

static bool read_places(struct scan_source *s, char *data, int64_t from, int64_t n,
			struct vtok_error *err)
{
	for (int64_t got = 0; got < n;) {
		ssize_t more = pread(s->fd, data + got, (size_t)(n - got), (off_t)(from + got));

		if (more < 0 && errno == EINTR)
			continue;
		if (more <= 0)
			return error_path(err, VTOK_E_INPUT, s->path, "%s",
					  more < 0 ? strerror(errno)
						   : "the list has become shorter");
		got += more;
	}
	return true;
}

static bool next_places(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	int64_t from = s->at, to;

	if (!scan_gaps_next(&s->gaps, s->size, &from, &to)) {
		s->at = from;
		return false;
	}
	int64_t n = min_i64(to - from, SCAN_CHUNK);

	if (!scan_batch_room(b, SCAN_CHUNK))
		return error_memory(err);
	if (s->list)
		memcpy(b->data, s->list + from, (size_t)n);
	else if (!read_places(s, b->data, from, n, err))
		return false;
	b->used = (size_t)n;
	const char *stop = from + n < to ? last_end(b->data, b->used, end_of(s)) : b->data + n;
	if (!stop)
		return error_path(err, VTOK_E_INPUT, s->path, "a record of more than %d bytes",
				  SCAN_CHUNK);
	b->used = (size_t)(stop - b->data);
	b->from = from;
	b->to = s->at = from + (int64_t)b->used;
	if (from == 0)
		drop_mark(b);
	if (from == 0 && s->ask.job->from == SCAN_CSV && !take_head(s, b, err))
		return false;
	finish(s, b);
	return true;
}

bool scan_source_skip(struct scan_source *s, int64_t from, int64_t to)
{
	return scan_gaps_done(&s->gaps, from, to);
}

const char *scan_source_identity(const struct scan_source *s)
{
	return s->identity;
}

/* ------------------------------------------------------------ folders */

static bool next_paths(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	const char *path;

	if (!scan_batch_room(b, SCAN_BATCH))
		return error_memory(err);
	b->used = 0;
	while (b->used < SCAN_BATCH / 2 && (path = walk_next(s->walk))) {
		size_t n = strlen(path) + 1;

		if (!scan_batch_room(b, b->used + n))
			return error_memory(err);
		memcpy(b->data + b->used, path, n);
		b->used += n;
	}
	if (walk_failed(s->walk))
		return error_memory(err);
	finish(s, b);
	b->end = '\0';
	return b->used > 0;
}

/* ------------------------------------------------------------ opening */

static void close_input(struct scan_source *s)
{
	if (s->fd > STDIN_FILENO)
		close(s->fd);
	s->fd = -1;
	walk_close(s->walk);
	s->walk = NULL;
	scan_tar_close(s->tar);
	s->tar = NULL;
	scan_zip_close(s->zip);
	s->zip = NULL;
	s->kind = SCAN_NONE;
}

static bool has_end(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n > m && str_casecmp(path + n - m, end) == 0;
}

static bool open_walk(struct scan_source *s, struct vtok_error *err)
{
	s->walk = walk_open(s->path, s->ask.hooks.fault, s->ask.hooks.arg);
	s->kind = SCAN_WALK;
	return s->walk || error_memory(err);
}

static bool open_tar(struct scan_source *s, struct vtok_error *err)
{
	s->tar = scan_tar_open(s->fd, s->path);
	s->kind = SCAN_IN_TAR;
	return s->tar || error_memory(err);
}

static bool open_zip(struct scan_source *s, struct vtok_error *err)
{
	if (strcmp(s->path, "-") == 0)
		return error_set(err, VTOK_E_USAGE,
				 "a zip has its directory at its end: give the file's name");
	s->zip = scan_zip_open(s->fd, s->path);
	s->kind = SCAN_IN_ZIP;
	return s->zip || error_memory(err);
}

static bool open_file(struct scan_source *s, struct vtok_error *err)
{
	struct stat st;

	s->fd = strcmp(s->path, "-") == 0 ? STDIN_FILENO : open(s->path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0 || fstat(s->fd, &st) < 0)
		return error_path(err, VTOK_E_INPUT, s->path, "%s", strerror(errno));
	off_t start = S_ISREG(st.st_mode) ? lseek(s->fd, 0, SEEK_CUR) : 0;

	s->size = S_ISREG(st.st_mode) && start >= 0 ? st.st_size - start : 0;
	s->at = 0;
	s->ended = s->is_skipping = false;
	s->kept_n = 0;
	return true;
}

/* One record by itself: a size, or a file. */
static bool open_one(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	size_t n = strlen(s->path);

	if (!scan_batch_room(b, n + 1))
		return error_memory(err);
	memcpy(b->data, s->path, n + 1);
	b->used = n + 1;
	finish(s, b);
	b->end = '\0';
	return true;
}

/* True with a batch where the input was a single record. */
static bool open_next(struct scan_source *s, struct scan_batch *b, bool *is_one,
		      struct vtok_error *err)
{
	enum scan_from from = s->ask.job->from;
	struct stat st;

	s->path = s->ask.inputs[s->next++];
	bool is_stdin = strcmp(s->path, "-") == 0;
	bool is_folder = !is_stdin && stat(s->path, &st) == 0 && S_ISDIR(st.st_mode);
	bool is_list = is_stdin || (from != SCAN_AUTO && from != SCAN_TAR && from != SCAN_ZIP);

	*is_one = false;
	if (is_folder)
		return open_walk(s, err);
	if (from == SCAN_TAR || (from == SCAN_AUTO && !is_stdin && has_end(s->path, ".tar")))
		return open_file(s, err) && open_tar(s, err);
	if (from == SCAN_ZIP || (from == SCAN_AUTO && !is_stdin && has_end(s->path, ".zip")))
		return open_file(s, err) && open_zip(s, err);
	s->kind = is_list ? SCAN_LINES : SCAN_NONE;
	if (is_list)
		return open_file(s, err);
	*is_one = true;
	return open_one(s, b, err);
}

static bool next_of_kind(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	switch (s->kind) {
	case SCAN_LINES:
		return (!s->ended || s->kept_n) && next_lines(s, b, err);
	case SCAN_PLACES:
		return next_places(s, b, err);
	case SCAN_WALK:
		return next_paths(s, b, err);
	case SCAN_IN_TAR:
		return scan_tar_next(s->tar, b, err);
	case SCAN_IN_ZIP:
		return scan_zip_next(s->zip, b, err);
	case SCAN_NONE:
		break;
	}
	return false;
}

bool scan_source_next(struct scan_source *s, struct scan_batch *b, struct vtok_error *err)
{
	bool is_one = false;

	b->from = b->to = 0;
	for (;;) {
		if (s->kind != SCAN_NONE && next_of_kind(s, b, err))
			return true;
		if (err->code || s->ask.resumes)
			return false;
		close_input(s);
		if (s->next == s->ask.n)
			return false;
		if (!open_next(s, b, &is_one, err))
			return false;
		if (is_one)
			return true;
	}
}

/* ------------------------------------------------------------ a list with places */

static bool list_folders(struct scan_source *s, struct vtok_error *err)
{
	size_t bytes;

	s->list = scan_list_folders(s->ask.inputs, s->ask.n, s->ask.hooks.fault, s->ask.hooks.arg,
				    &bytes);
	if (!s->list)
		return error_memory(err);
	s->size = (int64_t)bytes;
	s->ask.is_null = true;
	str_format(s->identity, sizeof(s->identity), "%016llx",
		   (unsigned long long)hash_bytes(HASH_START, s->list, bytes));
	return true;
}

/* When the file was written last, as fine as this system has it; Apple's has a name of its own for
 * it. */
static struct timespec written_at(const struct stat *st)
{
#if defined(HAVE_STRUCT_STAT_ST_MTIM)
	return st->st_mtim;
#elif defined(HAVE_STRUCT_STAT_ST_MTIMESPEC) /* not run */
	return st->st_mtimespec;
#else
	return (struct timespec){.tv_sec = st->st_mtime};
#endif
}

static bool list_file(struct scan_source *s, struct vtok_error *err)
{
	struct stat st;

	if (s->ask.n != 1 || s->ask.job->from == SCAN_TAR || s->ask.job->from == SCAN_ZIP)
		return error_set(err, VTOK_E_USAGE,
				 "--resume takes folders, or one list that is a file");
	s->path = s->ask.inputs[0];
	if (!open_file(s, err))
		return false;
	if (fstat(s->fd, &st) < 0 || !S_ISREG(st.st_mode) || lseek(s->fd, 0, SEEK_CUR) != 0)
		return error_set(err, VTOK_E_USAGE,
				 "--resume: %s is no file that can be read from its start",
				 s->path);
	struct timespec written = written_at(&st);
	uint64_t what[] = {(uint64_t)st.st_size, (uint64_t)written.tv_sec,
			   (uint64_t)written.tv_nsec};
	s->size = st.st_size;
	str_format(s->identity, sizeof(s->identity), "%016llx",
		   (unsigned long long)hash_bytes(HASH_START, what, sizeof(what)));
	return true;
}

/* The names of the columns, also where the chunk that begins with them is done. */
static bool read_head(struct scan_source *s, struct vtok_error *err)
{
	struct scan_batch b = {.used = (size_t)min_i64(s->size, SCAN_RECORD)};

	if (s->ask.job->from != SCAN_CSV)
		return true;
	bool fine =
		scan_batch_room(&b, SCAN_RECORD)
			? read_places(s, b.data, 0, (int64_t)b.used, err) && take_head(s, &b, err)
			: error_memory(err);
	free(b.data);
	return fine;
}

static bool open_places(struct scan_source *s, struct vtok_error *err)
{
	struct stat st;
	bool are_folders = true;

	for (size_t i = 0; i < s->ask.n; i++)
		are_folders = are_folders && strcmp(s->ask.inputs[i], "-") != 0 &&
			      stat(s->ask.inputs[i], &st) == 0 && S_ISDIR(st.st_mode);
	s->kind = SCAN_PLACES;
	s->path = s->ask.inputs[0];
	return are_folders ? list_folders(s, err) : list_file(s, err) && read_head(s, err);
}

/* ------------------------------------------------------------ public */

struct scan_source *scan_source_open(const struct scan_ask *ask, struct vtok_error *err)
{
	struct scan_source *s = calloc(1, sizeof(*s));

	if (s) {
		*s = (struct scan_source){.ask = *ask, .fd = -1, .kept = malloc(SCAN_RECORD)};
		if (s->kept && (!ask->resumes || open_places(s, err)))
			return s;
	}
	if (!err->code)
		error_memory(err);
	scan_source_close(s);
	return NULL;
}

void scan_source_close(struct scan_source *s)
{
	if (!s)
		return;
	close_input(s);
	free(s->kept);
	free(s->list);
	scan_gaps_fini(&s->gaps);
	free(s);
}

double scan_source_share(const struct scan_source *s)
{
	bool is_last = s->next == s->ask.n || s->ask.resumes;

	return s->size > 0 && is_last ? (double)s->at / (double)s->size : -1;
}
