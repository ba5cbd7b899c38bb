/* Everything a signal handler needs is prepared here beforehand. The bytes are kept twice, so that
 * a crash while they are being replaced still finds a whole set. */
#include "tui/restore.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 100 };

static struct {
	int fd;
	struct termios modes;
	struct {
		char bytes[RESTORE_MAX];
		size_t n;
	} leave[2];
} saved;
static volatile sig_atomic_t armed, current, has_screen;

void restore_arm(int fd, const struct termios *modes)
{
	static bool is_registered;

	saved.fd = fd;
	saved.modes = *modes;
	armed = has_screen = 1;
	if (!is_registered)
		is_registered = atexit(restore_run) == 0;
}

void restore_bytes(const char *bytes, size_t n)
{
	int next = !current;

	if (n > RESTORE_MAX)
		n = RESTORE_MAX;
	memcpy(saved.leave[next].bytes, bytes, n);
	saved.leave[next].n = n;
	current = next;
}

void restore_screen(void)
{
	struct pollfd out = {.fd = saved.fd, .events = POLLOUT};
	int which = current;
	size_t done = 0;

	if (!armed || !has_screen)
		return;
	/* A terminal that takes no output must not keep the program from ending. */
	while (done < saved.leave[which].n && poll(&out, 1, PATIENCE_MS) == 1 &&
	       (out.revents & POLLOUT)) {
		ssize_t n = write(saved.fd, saved.leave[which].bytes + done,
				  saved.leave[which].n - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	has_screen = 0;
}

void restore_run(void)
{
	int before = errno;

	if (!armed)
		return;
	restore_screen();
	armed = 0;
	tcsetattr(saved.fd, TCSANOW, &saved.modes);
	errno = before;
}
