/* Fewer bytes for the same picture: adjacent colour and attribute sequences become one. */
#ifndef VTOK_TUI_SQUEEZE_H
#define VTOK_TUI_SQUEEZE_H

#include <stdbool.h>
#include <stddef.h>

/* Rewrites terminal output in place and returns its new length, never more than n. Adjacent SGR
 * sequences are joined
 * ("ESC[39m ESC[m ESC[1m" becomes "ESC[0;1m"), and the designation of ASCII as G0, which curses
 * repeats with every reset, is left out but for the first, and for that too unless keep_charset.
 * All else stays byte for byte. */
size_t squeeze(char *bytes, size_t n, bool keep_charset);

#endif
