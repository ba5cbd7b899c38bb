/* The way from curses to the terminal. curses writes a frame in a hundred small pieces, one for
 * each move of the cursor; here they are gathered in memory and sent as one. */
#ifndef VTOK_TUI_OUTLET_H
#define VTOK_TUI_OUTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "tui/squeeze.h"

struct outlet {
	int fd;     /* the terminal */
	FILE *file; /* what curses believes to be the terminal */
	bool is_gathering;
	struct squeeze squeeze; /* what is sent past the outlet leaves the pen alone */
	char *buf;              /* what goes out next: n bytes, room for size */
	size_t n, size;
	const char *unsaid; /* a sequence of the first frame that is not sent; NULL = none */
	char *raw;          /* what curses wrote */
	size_t raw_size;
};

/* A file for newterm() that is the terminal fd until outlet_gather is called. False: no memory or
 * no descriptor. */
bool outlet_init(struct outlet *o, int fd);
void outlet_fini(struct outlet *o);

/* From now on what curses writes is kept. Without it everything still works, piece by piece. */
void outlet_gather(struct outlet *o);

/* Forgets what curses has written since the last call of outlet_take; only while it is kept. */
void outlet_drop(struct outlet *o);

/* Takes in what curses has written since the last call, squeezed.
 * is_all_new: a whole frame to a terminal of which nothing is known. */
void outlet_take(struct outlet *o, bool is_all_new);

/* Puts bytes of ours behind it: they go out in the same write. */
void outlet_add(struct outlet *o, const char *bytes, size_t n);

/* Sends all that was taken in and added. */
void outlet_send(struct outlet *o);

/* Sends bytes of ours at once, in one piece unless the terminal takes less; then it waits for the
 * terminal, also for one that does not block: half a sequence must not be the last of a frame. A
 * signal that asks the program to end ends the wait: what is left is not sent. */
void outlet_write(const struct outlet *o, const char *bytes, size_t n);

#endif
