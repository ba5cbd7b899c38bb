/* curses learns all about the terminal from a duplicate of its descriptor; afterwards the same
 * number is made to mean a file in memory. Only writes go there: modes are set on the true one. */
#include "config.h"

#include "tui/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tui/signals.h"

static int memory_file(void)
{
#ifdef HAVE_MEMFD_CREATE
	return memfd_create("frame", MFD_CLOEXEC);
#else
	char name[] = "/tmp/vtok-frame.XXXXXX";
	int fd = mkstemp(name);

	if (fd >= 0)
		unlink(name);
	return fd;
#endif
}

bool outlet_init(struct outlet *o, int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);

	*o = (struct outlet){.fd = fd};
	if (copy < 0)
		return false;
	o->file = fdopen(copy, "w");
	if (!o->file)
		close(copy);
	return o->file != NULL;
}

void outlet_fini(struct outlet *o)
{
	if (o->file)
		fclose(o->file);
	free(o->buf);
	free(o->raw);
	*o = (struct outlet){.fd = -1};
}

void outlet_gather(struct outlet *o)
{
	int fd = memory_file();

	if (fd < 0)
		return;
	o->is_gathering = dup2(fd, fileno(o->file)) >= 0;
	fcntl(fileno(o->file), F_SETFD, FD_CLOEXEC);
	close(fd);
}

void outlet_drop(struct outlet *o)
{
	lseek(fileno(o->file), 0, SEEK_SET);
}

/* After a write that took nothing: true if it is to be made again, at once or when fd is ready. */
static bool may_go_on(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
		return false; /* a terminal that is gone shows at the next read */
	if (errno != EINTR)
		poll(&p, 1, -1);
	return true;
}

void outlet_write(const struct outlet *o, const char *bytes, size_t n)
{
	while (n > 0 && !signals_ending()) {
		ssize_t done = write(o->fd, bytes, n);

		if (done < 0) {
			if (!may_go_on(o->fd))
				return;
			continue;
		}
		bytes += done;
		n -= (size_t)done;
	}
}

static bool make_room(char **buf, size_t *size, size_t n)
{
	if (n <= *size)
		return true;
	char *bigger = realloc(*buf, n);
	if (!bigger)
		return false;
	*buf = bigger;
	*size = n;
	return true;
}

/* The new length of the n bytes. */
static size_t without(char *bytes, size_t n, const char *sequence)
{
	size_t len = strlen(sequence);
	char *at = len ? memmem(bytes, n, sequence, len) : NULL;

	if (!at)
		return n;
	memmove(at, at + len, n - len - (size_t)(at - bytes));
	return n - len;
}

void outlet_take(struct outlet *o, bool is_all_new)
{
	if (!o->is_gathering)
		return;
	int fd = fileno(o->file);
	off_t end = lseek(fd, 0, SEEK_CUR);
	size_t n = end > 0 ? (size_t)end : 0;
	if (n == 0)
		return;
	bool is_whole = make_room(&o->raw, &o->raw_size, n) &&
			make_room(&o->buf, &o->size, squeeze_most(n)) &&
			pread(fd, o->raw, n, 0) == (ssize_t)n;
	lseek(fd, 0, SEEK_SET);
	if (!is_whole)
		return;
	if (o->unsaid)
		n = without(o->raw, n, o->unsaid);
	o->unsaid = NULL;
	if (is_all_new)
		squeeze_forget(&o->squeeze);
	o->n = squeeze(&o->squeeze, o->raw, n, o->buf, is_all_new);
}

void outlet_add(struct outlet *o, const char *bytes, size_t n)
{
	if (!make_room(&o->buf, &o->size, o->n + n))
		return;
	memcpy(o->buf + o->n, bytes, n);
	o->n += n;
}

void outlet_send(struct outlet *o)
{
	outlet_write(o, o->buf, o->n);
	o->n = 0;
}
