/* Signals become flags, read by the loop between two frames; a crash gives the
 * terminal back first. */
#ifndef VTOK_TUI_SIGNALS_H
#define VTOK_TUI_SIGNALS_H

#include <poll.h>
#include <stdbool.h>

enum {
	SIGNALS_RESIZE = 1, /* the terminal has a new size */
	SIGNALS_STOP = 2,   /* asked to suspend (Ctrl-Z) */
	SIGNALS_CONT = 4,   /* runs again: the screen may show anything */
	SIGNALS_END = 8,    /* asked to end: signals_ending() says by which signal */
};

/* Installs the handlers. give_back is called from a crash handler, and from the handler of a second
 * request to end while the first is not answered: it must be async-signal-safe. Signals ignored by
 * the parent stay ignored. Called again, it only puts the handlers back in place. */
void signals_open(void (*give_back)(void));

/* The flags since the last call. */
unsigned signals_take(void);

/* The signal that asked the program to end, or 0. */
int signals_ending(void);

/* Like poll(), and returns -1 with EINTR at once when a flag is set already or gets set meanwhile:
 * no signal is lost between looking at the flags and falling asleep. timeout_ms < 0 waits without
 * end. */
int signals_poll(struct pollfd *fds, nfds_t n, int timeout_ms);

/* Stops this process as SIGTSTP does by default; returns once it runs again. */
void signals_stop_self(void);

/* Ends this process by the signal, so that the parent sees the true reason. */
void signals_die(int sig);

#endif
