/* The way to the terminal: a frame is gathered in memory and sent in one piece. */
#ifndef VTOK_TUI_OUTLET_H
#define VTOK_TUI_OUTLET_H

#include <stdbool.h>
#include <stddef.h>

struct outlet {
	int fd;    /* the terminal */
	char *buf; /* what goes out next: n bytes, room for size */
	size_t n, size;
};

/* fd is borrowed; fini frees what was not sent. */
void outlet_init(struct outlet *o, int fd);
void outlet_fini(struct outlet *o);

/* Room for n bytes more, to be written at buf + n of before. False: memory is short. */
bool outlet_make_room(struct outlet *o, size_t n);

/* Puts bytes behind what is there, all or none. */
void outlet_add(struct outlet *o, const char *bytes, size_t n);

/* Sends all that was added. */
void outlet_send(struct outlet *o);

/* Sends bytes at once, before those, in one piece unless the terminal takes less; then it waits for
 * the terminal, also for one that does not block: half a sequence must not be the last of a frame.
 * A signal that asks the program to end ends the wait: what is left is not sent. */
void outlet_write(const struct outlet *o, const char *bytes, size_t n);

#endif
