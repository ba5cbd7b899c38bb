/* From one picture to the next with few bytes: rows are compared, what differs is written with the
 * shortest moves and changes of the pen between. */
#ifndef VTOK_TUI_PAINTER_H
#define VTOK_TUI_PAINTER_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/caps.h"
#include "tui/outlet.h"
#include "tui/pen.h"

/* A cell as the terminal shows it. */
struct dab {
	uint32_t cp; /* what is sent; 0 = the right half of the character before it */
	uint16_t attrs;
	int32_t fg, bg; /* as in struct pen */
};

struct painter {
	struct caps *caps;
	struct outlet *out;
	struct pen pen; /* the terminal's */
	int width, height;
};

/* All borrowed; the size is set by painter_resize. */
void painter_init(struct painter *p, struct caps *caps, struct outlet *out);
void painter_resize(struct painter *p, int width, int height);

/* Clears the screen, so that it is full of blanks of `paper`, where the terminal clears in colour:
 * returns what all its cells show now. Nothing that was known of the terminal is trusted. */
struct dab painter_clear(struct painter *p, const struct pen *paper);

/* Writes what differs between two rows of the painter's width, which are changed into what stands
 * there. False: memory is short, and nothing was written. */
bool painter_row(struct painter *p, int y, struct dab *old, struct dab *row);

/* The cursor goes there. */
void painter_point(struct painter *p, int x, int y);

#endif
