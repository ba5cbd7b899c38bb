#include "base/fd.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

/* After a call that failed: true if it is to be made again, at once or when fd is ready. A
 * descriptor that cannot be waited for, or has gone, says so at the next call. */
static bool may_go_on(int fd, short events)
{
	struct pollfd p = {.fd = fd, .events = events};

	if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
		return false;
	if (errno != EINTR)
		poll(&p, 1, -1);
	return true;
}

ssize_t fd_read(int fd, void *to, size_t n)
{
	ssize_t got;

	do {
		got = read(fd, to, n);
	} while (got < 0 && may_go_on(fd, POLLIN));
	return got;
}

int fd_write(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n) {
		ssize_t done = write(fd, p, n);
		if (done < 0) {
			if (!may_go_on(fd, POLLOUT))
				return errno;
			continue;
		}
		p += done;
		n -= (size_t)done;
	}
	return 0;
}
