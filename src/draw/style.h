/* Roles a cell can have. A theme gives each role colours and attributes; monochrome and NO_COLOR
 * are themes too. */
#ifndef VTOK_DRAW_STYLE_H
#define VTOK_DRAW_STYLE_H

#include <stdint.h>

enum style {
	STYLE_TEXT,  /* ordinary */
	STYLE_DIM,   /* units, hints, fixed knobs */
	STYLE_TITLE, /* panel titles */
	STYLE_BORDER,
	STYLE_VALUE, /* numbers that matter */
	STYLE_BIG,   /* the big number */
	STYLE_FOCUS, /* the focused knob or row */
	STYLE_KEY,   /* a key in a hint */
	STYLE_BAR,   /* header and footer */
	STYLE_GOOD,
	STYLE_WARN,
	STYLE_BAD,
	STYLE_MARK,   /* unverified, approximate, modified */
	STYLE_SELECT, /* chosen text in lists */
	STYLE_INPUT,  /* a prompt's text */
	STYLE_AXIS,
	STYLE_LIMIT,
	STYLE_CURSOR, /* chart */
	STYLE_CURVE1,
	STYLE_CURVE2,
	STYLE_CURVE3,
	STYLE_CURVE4,
	STYLE_CURVE5,
	STYLE_CURVE6,
	STYLE_PART1,
	STYLE_PART2,
	STYLE_PART3,
	STYLE_PART4,
	STYLE_PART5, /* stacked bars: fixed, preprocess, vision, projector, LLM */
	STYLE_N
};

enum {
	STYLE_BOLD = 0x100,
	STYLE_UNDERLINE = 0x200,
	STYLE_REVERSE = 0x400,
	STYLE_ROLE = 0xff,
	STYLE_FLAT = 0x7ff, /* role and attributes */
	STYLE_STEP = 0x800, /* times 0 to STYLE_STEPS: how far along a bar, for roles that shade */
	STYLE_STEPS = 31,
};

#endif
