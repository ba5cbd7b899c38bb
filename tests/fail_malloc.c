/* For LD_PRELOAD: the call number FAIL_AT of malloc, calloc and realloc finds no memory, with
 * FAIL_ALL every one after it too, up to the program's exit: a build that counts branches asks for
 * memory behind it. With FAIL_SAY the number of calls until then goes into that file. Needs the
 * names that glibc gives its own functions. */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

static long calls;
static int is_over;

static void stop(void)
{
	is_over = 1;
}

static int fails(void)
{
	static long at = -1;

	if (is_over)
		return 0;
	if (at < 0) {
		const char *text = getenv("FAIL_AT");
		at = text ? atol(text) : 0;
		/* called from the program's main, so that this runs before whatever it does at its
		 * end */
		atexit(stop);
	}
	calls++;
	if (at == 0 || calls < at || (calls > at && !getenv("FAIL_ALL")))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}

__attribute__((destructor)) static void say(void)
{
	const char *path = getenv("FAIL_SAY");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	char text[24], *p = text + sizeof(text);

	if (fd < 0)
		return;
	do
		*--p = (char)('0' + calls % 10);
	while (calls /= 10);
	ssize_t n = write(fd, p, (size_t)(text + sizeof(text) - p));
	_exit(n > 0 ? 0 : 99);
}
