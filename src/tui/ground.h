/* Whether the terminal's background is light: what COLORFGBG says, or the terminal's answer to
 * OSC 11. The answer may come at any time, or never, whole or in pieces; no part of it may act as a
 * key. Sources: xterm's ctlseqs (OSC 11), rxvt(1) (COLORFGBG). */
#ifndef VTOK_TUI_GROUND_H
#define VTOK_TUI_GROUND_H

#include <stdbool.h>
#include <stddef.h>

#define GROUND_REQUEST "\033]11;?\033\\"

enum ground { GROUND_UNKNOWN, GROUND_DARK, GROUND_LIGHT };

/* Of the value of COLORFGBG: "15;0", "0;default;15". NULL and what is no such list: unknown. */
enum ground ground_of_colorfgbg(const char *value);

enum ground_answer {
	GROUND_OTHER, /* these bytes are something else */
	GROUND_PART,  /* so far the beginning of an answer */
	GROUND_WHOLE,
};

/* Looks for an answer at the start of s; its ESC may be missing. When it is whole, *used and
 * *ground say what it was. */
enum ground_answer ground_answer(const unsigned char *s, size_t n, size_t *used,
				 enum ground *ground);

#endif
