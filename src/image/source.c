/* One window that moves. Skipping costs nothing until the next byte is asked for. */
#include "image/source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void source_init_fd(struct source *s, int fd, int64_t size)
{
	s->bytes = NULL;
	s->fd = fd;
	s->size = size;
	s->reads_left = SOURCE_READS;
	s->error = 0;
	s->at = 0;
	s->len = 0;
}

void source_init_bytes(struct source *s, const void *bytes, size_t n)
{
	source_init_fd(s, -1, (int64_t)n);
	s->bytes = bytes;
}

/* Moves the window to pos. A file that shrank since its size was asked for simply ends early. */
static bool fill(struct source *s, int64_t pos)
{
	ssize_t got;

	if (s->reads_left == 0)
		return false;
	s->reads_left--;
	do {
		got = pread(s->fd, s->window, sizeof(s->window), (off_t)pos);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		s->error = errno;
	s->at = pos;
	s->len = got < 0 ? 0 : (size_t)got;
	if (s->size == SOURCE_UNSIZED && got >= 0 && s->len < sizeof(s->window) &&
	    (got > 0 || pos == 0))
		s->size = pos + got;
	return got > 0;
}

const uint8_t *source_head(struct source *s, size_t n, size_t *len)
{
	bool is_there = s->bytes ? s->size > 0 : (s->at == 0 && s->len > 0) || fill(s, 0);
	int64_t have = s->bytes ? s->size : (int64_t)s->len;

	*len = is_there ? have < (int64_t)n ? (size_t)have : n : 0;
	return !is_there ? NULL : s->bytes ? s->bytes : s->window;
}

const uint8_t *source_get(struct source *s, int64_t pos, size_t n)
{
	if (pos < 0 || n > SOURCE_WINDOW || pos > s->size || (int64_t)n > s->size - pos)
		return NULL;
	if (s->bytes)
		return s->bytes + pos;
	if (pos < s->at || pos + (int64_t)n > s->at + (int64_t)s->len) {
		if (!fill(s, pos) || s->len < n)
			return NULL;
	}
	return s->window + (pos - s->at);
}
