/* Reading and writing descriptors that may be set not to block: whoever started the program, or
 * shares the terminal with it, decides that, and it must not be turned off under their hands. */
#ifndef VTOK_BASE_FD_H
#define VTOK_BASE_FD_H

#include <stddef.h>
#include <sys/types.h>

/* read() that is not interrupted and waits where there is nothing yet. */
ssize_t fd_read(int fd, void *to, size_t n);

/* Reads to the end, whatever size the file is said to have: of a pipe and in /proc that is 0. *len
 * bytes and a NUL behind them, which the caller frees; NULL with errno, EFBIG after more than
 * `most` bytes. */
char *fd_read_all(int fd, size_t most, size_t *len);

/* All n bytes, however few are taken at once; waits where none are. Returns 0, or the errno of what
 * failed. */
int fd_write(int fd, const void *bytes, size_t n);

#endif
