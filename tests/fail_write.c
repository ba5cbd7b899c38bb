/* For LD_PRELOAD: the call number FAIL_AT of those that give bytes and names to the system (write,
 * fsync, fchmod, link, rename) fails with FAIL_ERRNO. With ENOSPC a write takes half of its bytes
 * first, as the last one on a disk does, and the call after it fails. Where FAIL_ERRNO is 0 writes
 * are short: one byte at most, each of them. With FAIL_SAY the number of calls goes into that file.
 * Standard error is left alone: it is where the program says what happened. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;
static int is_full; /* since the call before */

static long number(const char *name)
{
	const char *text = getenv(name);

	return text ? atol(text) : 0;
}

/* Does this call fail? */
static int fails(void)
{
	long at = number("FAIL_AT"), why = number("FAIL_ERRNO");

	calls++;
	if (at == 0 || why == 0 || (calls != at && !is_full))
		return 0;
	is_full = 0;
	errno = (int)why;
	return 1;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	if (fd != STDERR_FILENO) {
		if (calls + 1 == number("FAIL_AT") && number("FAIL_ERRNO") == ENOSPC && n > 1) {
			calls++;
			n /= 2;
			is_full = 1;
		} else if (fails())
			return -1;
		if (number("FAIL_AT") && number("FAIL_ERRNO") == 0 && n > 1)
			n = 1;
	}
	return syscall(SYS_write, fd, bytes, n);
}

int fsync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

int fchmod(int fd, mode_t mode)
{
	return fails() ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int link(const char *from, const char *to)
{
	return fails() ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int rename(const char *from, const char *to)
{
	return fails() ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

__attribute__((destructor)) static void say(void)
{
	const char *path = getenv("FAIL_SAY");
	FILE *f = path ? fopen(path, "w") : NULL;

	if (f) {
		fprintf(f, "%ld\n", calls);
		fclose(f);
	}
}
