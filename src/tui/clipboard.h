/* Text for the terminal's clipboard: OSC 52, written and never asked for. */
#ifndef VTOK_TUI_CLIPBOARD_H
#define VTOK_TUI_CLIPBOARD_H

#include <stddef.h>

enum { CLIPBOARD_TEXT = 3000, CLIPBOARD_BYTES = 16 + (CLIPBOARD_TEXT + 2) / 3 * 4 };

/* The sequence that sets the clipboard to n bytes of text, at most CLIPBOARD_TEXT of them. Returns
 * how many bytes it has; 0: the text is too long. */
size_t clipboard_sequence(const char *text, size_t n, char out[CLIPBOARD_BYTES]);

#endif
