#include "tui/outlet.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/signals.h"

enum { ROOM_LEAST = 8192 };

void outlet_init(struct outlet *o, int fd)
{
	*o = (struct outlet){.fd = fd};
}

void outlet_fini(struct outlet *o)
{
	free(o->buf);
	*o = (struct outlet){.fd = -1};
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

bool outlet_make_room(struct outlet *o, size_t n)
{
	if (o->n + n <= o->size)
		return true;
	size_t size = o->size ? o->size : ROOM_LEAST;
	while (size < o->n + n)
		size *= 2;
	char *bigger = realloc(o->buf, size);
	if (!bigger)
		return false;
	o->buf = bigger;
	o->size = size;
	return true;
}

void outlet_add(struct outlet *o, const char *bytes, size_t n)
{
	if (n == 0 || !outlet_make_room(o, n))
		return;
	memcpy(o->buf + o->n, bytes, n);
	o->n += n;
}

void outlet_send(struct outlet *o)
{
	outlet_write(o, o->buf, o->n);
	o->n = 0;
}
