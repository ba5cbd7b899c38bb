/* Handlers set a flag and nothing else, with two exceptions that cannot wait for the loop: a crash,
 * and a second request to end while the first is stuck behind a terminal that takes no output. */
#include "config.h"

#include "tui/signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/select.h>
#include <time.h>

#include "base/base.h"

/* Everything whose default would end the program and leave the terminal as it is. */
static const int ending[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ,
};
static const int crashing[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

static volatile sig_atomic_t seen_resize, seen_stop, seen_cont, seen_end;
static void (*restore)(void);
static struct sigaction crash_before[ARRAY_SIZE(crashing)]; /* sanitizers report from here */

static void die_now(int sig)
{
	sigset_t set;

	signal(sig, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(sig);
}

static void on_end(int sig)
{
	if (seen_end) {
		restore();
		die_now(sig);
	}
	seen_end = sig;
}

static void on_crash(int sig)
{
	restore();
	for (size_t i = 0; i < ARRAY_SIZE(crashing); i++)
		if (crashing[i] == sig)
			sigaction(sig, &crash_before[i], NULL);
	raise(sig);
}

static void on_flag(int sig)
{
	if (sig == SIGWINCH)
		seen_resize = 1;
	else if (sig == SIGTSTP)
		seen_stop = 1;
	else
		seen_cont = 1;
}

static void catch (int sig, void (*handler)(int), struct sigaction *before)
{
	struct sigaction sa = {.sa_handler = handler}, old;

	sigemptyset(&sa.sa_mask);
	if (sigaction(sig, &sa, &old) != 0)
		return;
	if (old.sa_handler == SIG_IGN)
		sigaction(sig, &old, NULL);
	else if (before && old.sa_handler != handler)
		*before = old;
}

void signals_open(void (*give_back)(void))
{
	restore = give_back;
	for (size_t i = 0; i < ARRAY_SIZE(crashing); i++)
		catch (crashing[i], on_crash, &crash_before[i]);
	for (size_t i = 0; i < ARRAY_SIZE(ending); i++)
		catch (ending[i], on_end, NULL);
	catch (SIGTSTP, on_flag, NULL);
	catch (SIGCONT, on_flag, NULL);
	catch (SIGWINCH, on_flag, NULL);
}

unsigned signals_take(void)
{
	unsigned flags = 0;

	if (seen_resize)
		flags |= SIGNALS_RESIZE;
	if (seen_stop)
		flags |= SIGNALS_STOP;
	if (seen_cont)
		flags |= SIGNALS_CONT;
	if (seen_end)
		flags |= SIGNALS_END;
	seen_resize = seen_stop = seen_cont = 0;
	return flags;
}

int signals_ending(void)
{
	return seen_end;
}

#ifdef HAVE_PPOLL
#define wait_with_mask ppoll
#else
/* As ppoll(), which macOS has not, for what is waited for here: something to read. Where a terminal
 * hangs up its end is to be read. */
static int wait_with_mask(struct pollfd *fds, nfds_t n, const struct timespec *limit,
			  const sigset_t *mask)
{
	fd_set readable;
	int most = -1;

	FD_ZERO(&readable);
	for (nfds_t i = 0; i < n; i++) {
		fds[i].revents = 0;
		if (!(fds[i].events & POLLIN) || fds[i].fd < 0 || fds[i].fd >= FD_SETSIZE)
			continue;
		FD_SET(fds[i].fd, &readable);
		most = fds[i].fd > most ? fds[i].fd : most;
	}
	int r = pselect(most + 1, &readable, NULL, NULL, limit, mask);

	for (nfds_t i = 0; i < n && r > 0; i++)
		if ((fds[i].events & POLLIN) && fds[i].fd >= 0 && fds[i].fd <= most &&
		    FD_ISSET(fds[i].fd, &readable))
			fds[i].revents = POLLIN;
	return r;
}
#endif

int signals_poll(struct pollfd *fds, nfds_t n, int timeout_ms)
{
	struct timespec limit = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
	sigset_t all, before;
	int r = -1;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	if (seen_resize || seen_stop || seen_cont || seen_end)
		errno = EINTR;
	else
		r = wait_with_mask(fds, n, timeout_ms < 0 ? NULL : &limit, &before);
	int saved = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = saved;
	return r;
}

void signals_stop_self(void)
{
	struct sigaction sa = {.sa_handler = SIG_DFL}, before;

	sigemptyset(&sa.sa_mask);
	sigaction(SIGTSTP, &sa, &before);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &before, NULL);
	seen_cont = 0; /* the caller draws everything anyway */
}

void signals_die(int sig)
{
	die_now(sig);
}
