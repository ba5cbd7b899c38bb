/* For LD_PRELOAD: the call number FAIL_AT of malloc, calloc and realloc finds no memory, with
 * FAIL_ALL every one after it too, up to the program's exit: a build that counts branches asks for
 * memory behind it. With FAIL_SAY that file gets a line for each call until then: a number that is
 * the same for all calls from one place, the last functions on the way to it. Needs the names
 * that glibc gives its own functions. FAIL_LIVE gets the number of allocations that nobody gave
 * back by then. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { DEPTH = 8, CALLS_MOST = 1 << 16 }; /* up to three of the functions are of this file */

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t align, size_t n);
void __libc_free(void *p);

static long calls, live;
static int is_over;
/* this thread asks where it is, which takes memory for good */
static __thread int is_asking __attribute__((tls_model("initial-exec")));
static uint32_t places[CALLS_MOST]; /* of each call, with FAIL_SAY */

static void stop(void)
{
	is_over = 1;
}

/* Where the program and its libraries lie is another place each time. */
static uint32_t place(void)
{
	void *at[DEPTH];
	int n = backtrace(at, DEPTH);
	uint32_t hash = 2166136261;

	for (int i = 0; i < n; i++) {
		Dl_info of;
		uintptr_t base = dladdr(at[i], &of) ? (uintptr_t)of.dli_fbase : 0;

		hash = (hash ^ (uint32_t)((uintptr_t)at[i] - base)) * 16777619;
	}
	return hash;
}

static int fails(void)
{
	static long at = -1;
	static const char *told;

	if (is_over || is_asking)
		return 0;
	if (at < 0) {
		const char *text = getenv("FAIL_AT");
		at = text ? atol(text) : 0;
		told = getenv("FAIL_SAY");
		/* called from the program's main, so that this runs before whatever it does at its
		 * end */
		atexit(stop);
	}
	if (told && calls < CALLS_MOST) {
		is_asking = 1; /* backtrace itself asks for memory, once */
		places[calls] = place();
		is_asking = 0;
	}
	calls++;
	if (at == 0 || calls < at || (calls > at && !getenv("FAIL_ALL")))
		return 0;
	errno = ENOMEM;
	return 1;
}

/* Threads take and give back at the same time. */
static void *taken(void *p)
{
	if (p && !is_over && !is_asking)
		__atomic_add_fetch(&live, 1, __ATOMIC_RELAXED);
	return p;
}

void *malloc(size_t n)
{
	return fails() ? NULL : taken(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : taken(__libc_calloc(n, size));
}

void *aligned_alloc(size_t align, size_t n)
{
	return fails() ? NULL : taken(__libc_memalign(align, n));
}

void *realloc(void *p, size_t n)
{
	void *moved = fails() ? NULL : __libc_realloc(p, n);

	if (!p)
		taken(moved);
	return moved;
}

void free(void *p)
{
	if (p && !is_over && !is_asking)
		__atomic_sub_fetch(&live, 1, __ATOMIC_RELAXED);
	__libc_free(p);
}

static void say_live(void)
{
	const char *path = getenv("FAIL_LIVE");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	char text[24], *at = text + sizeof text;

	if (fd < 0)
		return;
	*--at = '\n';
	for (long n = live < 0 ? 0 : live; n > 0 || at[0] == '\n'; n /= 10)
		*--at = (char)('0' + n % 10);
	if (write(fd, at, (size_t)(text + sizeof text - at)) < 0)
		_exit(99);
	close(fd);
}

__attribute__((destructor)) static void say(void)
{
	static char text[CALLS_MOST * 9];
	const char *path = getenv("FAIL_SAY");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	size_t n = 0;

	say_live();
	if (fd < 0)
		return;
	for (long i = 0; i < calls && i < CALLS_MOST; i++) {
		for (int shift = 28; shift >= 0; shift -= 4)
			text[n++] = "0123456789abcdef"[places[i] >> shift & 15];
		text[n++] = '\n';
	}
	if (write(fd, text, n) != (ssize_t)n)
		_exit(99);
}
