/* What an xterm of 256 colours draws with, as its description says; for tests of the painter. */
#ifndef VTOK_TESTS_XTERM_H
#define VTOK_TESTS_XTERM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "tui/pen.h"

/* The first eight have parameters of their own. */
static inline const char *xterm_color(int32_t n, bool is_ground)
{
	static char text[PEN_PART];

	if (n < 8)
		return str_format(text, sizeof(text), "\033[%d%dm", is_ground ? 4 : 3, (int)n);
	return str_format(text, sizeof(text), "\033[%d8;5;%dm", is_ground ? 4 : 3, (int)n);
}

/* To be settled. */
static inline struct inks xterm_inks(bool has_rgb)
{
	return (struct inks){.reset = "\033(B\033[m",
			     .bold = "\033[1m",
			     .underline = "\033[4m",
			     .reverse = "\033[7m",
			     .no_color = "\033[39;49m",
			     .color = xterm_color,
			     .beside_color = 0xffff,
			     .has_rgb = has_rgb};
}

#endif
