/* The one place that gives the terminal back: registered before the first change, used by every way
 * out. */
#ifndef VTOK_TUI_RESTORE_H
#define VTOK_TUI_RESTORE_H

#include <stddef.h>
#include <termios.h>

enum { RESTORE_MAX = 512 };

/* From now on restore_run puts these modes back on fd. The first call also
 * registers it for exit(). */
void restore_arm(int fd, const struct termios *modes);

/* The bytes that undo what was sent to the screen; replaces those of the last call. Cut at
 * RESTORE_MAX. */
void restore_bytes(const char *bytes, size_t n);

/* Gives the screen back, but not yet the modes of the line: what the terminal still sends is not
 * echoed by it and can be read away. Once for each restore_arm. */
void restore_screen(void);

/* Gives the terminal back if it is armed, and disarms. Async-signal-safe;
 * does not block for long. */
void restore_run(void);

#endif
