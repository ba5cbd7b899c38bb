#include "base/fd.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_FIRST = 4096 }; /* bytes, where no size is given */

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

/* What is read at first: a file as it is now and the byte behind it that is not there. */
static size_t first_room(int fd, size_t most)
{
	struct stat st;
	bool is_sized = fstat(fd, &st) == 0 && st.st_size > 0 && (uintmax_t)st.st_size <= most;

	return is_sized ? (size_t)st.st_size + 2 : READ_FIRST;
}

char *fd_read_all(int fd, size_t most, size_t *len)
{
	char *all = NULL;

	*len = 0;
	for (size_t room = first_room(fd, most);; room *= 2) {
		char *more = realloc(all, room);
		ssize_t n = 1;

		if (!more)
			break;
		all = more;
		while (*len < room - 1 && *len <= most &&
		       (n = fd_read(fd, all + *len, room - 1 - *len)) > 0)
			*len += (size_t)n;
		if (*len > most) {
			errno = EFBIG;
			break;
		}
		if (n == 0)
			return all[*len] = '\0', all;
		if (n < 0)
			break;
	}
	int why = errno;

	free(all);
	errno = why;
	return NULL;
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
