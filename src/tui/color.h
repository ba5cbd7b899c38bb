/* A theme's colours on terminals that have fewer. */
#ifndef VTOK_TUI_COLOR_H
#define VTOK_TUI_COLOR_H

#include <stdbool.h>
#include <stdint.h>

#include "draw/theme.h"

enum { COLOR_DIRECT = 1 << 24 }; /* so many colours: their numbers are 0xRRGGBB */

struct color_pair {
	int fg, bg;     /* terminal colour numbers, -1 = the terminal's own */
	uint16_t attrs; /* STYLE_BOLD and the like */
};

/* The nearest of the fixed colours 16..255 of a 256-colour terminal; 0..15 are left to the user's
 * palette. */
int color_to_256(uint32_t rgb);

/* What a role looks like with `colors` colours: 0 (attributes only), 8, 16, 256 or COLOR_DIRECT, on
 * the ground that the theme paints; with keeps_ground, or where it paints none, on the terminal's.
 * With few colours the hue decides and greys become the ground's own ink, so that nothing
 * vanishes. */
struct color_pair color_role(const struct theme *t, struct theme_role role, int colors,
			     bool keeps_ground);

/* The two colours of a picture's cell. */
struct color_pair color_paint(uint32_t fg_rgb, uint32_t bg_rgb, int colors);

#endif
