/* One window that moves. Skipping costs nothing until the next byte is asked for. */
#include "image/source.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void source_init_fd(struct source *s, int fd, int64_t size)
{
	s->bytes = NULL;
	s->bytes_n = 0;
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
	s->bytes_n = n;
}

static ssize_t read_window(struct source *s, int64_t pos)
{
	ssize_t got;

	if (s->bytes) {
		size_t left = (uint64_t)pos < s->bytes_n ? s->bytes_n - (size_t)pos : 0;

		return (ssize_t)(left < SOURCE_WINDOW ? left : SOURCE_WINDOW);
	}
	do {
		got = pread(s->fd, s->window, sizeof(s->window), (off_t)pos);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		s->error = errno;
	return got;
}

/* Moves the window to pos. A file that shrank since its size was asked for simply ends early. */
static bool fill(struct source *s, int64_t pos)
{
	if (s->reads_left == 0)
		return false;
	s->reads_left--;
	ssize_t got = read_window(s, pos);
	s->at = pos;
	s->len = got < 0 ? 0 : (size_t)got;
	if (s->size == SOURCE_UNSIZED && got >= 0 && s->len < sizeof(s->window) &&
	    (got > 0 || pos == 0))
		s->size = pos + got;
	return got > 0;
}

static const uint8_t *in_window(const struct source *s, int64_t pos)
{
	return s->bytes ? s->bytes + pos : s->window + (pos - s->at);
}

const uint8_t *source_head(struct source *s, size_t n, size_t *len)
{
	bool is_there = (s->at == 0 && s->len > 0) || fill(s, 0);

	*len = is_there ? s->len < n ? s->len : n : 0;
	return is_there ? in_window(s, 0) : NULL;
}

const uint8_t *source_get(struct source *s, int64_t pos, size_t n)
{
	if (pos < 0 || n > SOURCE_WINDOW || pos > s->size || (int64_t)n > s->size - pos)
		return NULL;
	if (pos < s->at || pos + (int64_t)n > s->at + (int64_t)s->len) {
		if (!fill(s, pos) || s->len < n)
			return NULL;
	}
	return in_window(s, pos);
}

const uint8_t *source_rest(struct source *s, int64_t pos, size_t *n)
{
	const uint8_t *p = source_get(s, pos, 1);

	*n = p ? s->len - (size_t)(pos - s->at) : 0;
	return p;
}

int64_t source_length(struct source *s)
{
	struct stat st;

	if (s->bytes)
		return (int64_t)s->bytes_n;
	if (s->size != SOURCE_UNSIZED) /* a read came to the end already */
		return s->size;
	return fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode) ? (int64_t)st.st_size : -1;
}
