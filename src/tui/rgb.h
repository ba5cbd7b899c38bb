/* 24 bit colours through curses, which knows 256. Each pair of ink and ground gets two colour
 * numbers from 16 to 255 of its own; curses is told the numbers and keeps account of them, and on
 * the way out they become the colours again. 57,600 pairs are told apart, more than a frame has
 * cells. The first sixteen colours are left out because curses has other codes for them. */
#ifndef VTOK_TUI_RGB_H
#define VTOK_TUI_RGB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/pen.h"

enum { RGB_KEEP = -1 }; /* the terminal's own colour */

struct rgb {
	struct rgb_pair {
		int32_t ink, ground;
	} * pairs;        /* with both colours, in the order of their numbers */
	size_t n, size;   /* pairs there are, and room for */
	uint32_t *places; /* a hash of pairs: their index plus 1, 0 = free; slots, a power of 2 */
	size_t slots;
	struct rgb_list { /* where the other colour is the terminal's own */
		int32_t color[240];
		size_t n;
	} inks, grounds;
};

void rgb_fini(struct rgb *r);

/* Forgets all numbers: they mean other colours from now on. */
void rgb_clear(struct rgb *r);

/* So many numbers are given out that the next frame might find too few. */
bool rgb_is_nearly_full(const struct rgb *r);

/* The numbers for a pair, 0xRRGGBB or RGB_KEEP each. When there is no number left, or no memory,
 * both are RGB_KEEP. */
struct rgb_pair rgb_numbers(struct rgb *r, int32_t ink, int32_t ground);

/* The pen that a pen of such numbers means. */
struct pen rgb_pen(const struct rgb *r, const struct pen *numbers);

#endif
