/* The screen as a grid of cells, and the only way to draw. Cells know roles, not colours;
 * everything outside the clip rectangle is dropped. Nothing here knows a terminal. */
#ifndef VTOK_DRAW_CELLS_H
#define VTOK_DRAW_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"
#include "draw/rect.h"
#include "draw/style.h"

struct cell {
	uint32_t cp;    /* code point; 0 = right half of a wide character */
	uint32_t paint; /* 0 = the role's colours; else PAINT_ON | two colours, for pictures */
	uint16_t style; /* enum style role | STYLE_BOLD, ... */
};

enum { CELLS_WHAT = 320, CELLS_PICTURES = 3 }; /* bytes, and how many: see struct cells_picture */

/* Colours of a picture's cell: 5 bits a channel, foreground in bits 0..14 (blue lowest), background
 * in 15..29. */
#define PAINT_ON UINT32_C(0x80000000)
static inline uint32_t paint_rgb(uint32_t fg_rgb, uint32_t bg_rgb) /* 0xRRGGBB each */
{
	uint32_t f = (fg_rgb >> 9 & 0x7c00) | (fg_rgb >> 6 & 0x3e0) | (fg_rgb >> 3 & 0x1f);
	uint32_t b = (bg_rgb >> 9 & 0x7c00) | (bg_rgb >> 6 & 0x3e0) | (bg_rgb >> 3 & 0x1f);

	return PAINT_ON | b << 15 | f;
}
static inline uint32_t paint_part(uint32_t c15) /* back to 0xRRGGBB; c15 = paint or paint >> 15 */
{
	uint32_t r = c15 >> 10 & 0x1f, g = c15 >> 5 & 0x1f, b = c15 & 0x1f;

	return (r << 3 | r >> 2) << 16 | (g << 3 | g >> 2) << 8 | (b << 3 | b >> 2);
}

/* A picture in pixels over some cells, for a terminal that can draw one; the cells beneath are
 * blank. It is painted when it is sent, part by part. */
struct cells_picture {
	struct rect at;   /* cells */
	struct rect mark; /* cells of it in which something is marked; empty = nothing is */
	uint64_t key;     /* the same as of the last frame: it looks the same but for the mark */
	uint64_t mark_key;
	/* Paints the pixels `part` of the whole, which is made width x height large, with the mark
	 * or without it, row by row into rgb. */
	void (*paint)(const void *what, int width, int height, struct rect part, bool with_mark,
		      uint8_t *rgb);
	uint64_t what[CELLS_WHAT / 8]; /* what paint needs; borrows as the frame does */
};

struct cells {
	int width, height;
	bool ascii;     /* draw with ASCII only: lines, blocks and braille have stand-ins */
	bool has_lines; /* that, but with what the Linux console's fonts have: lines, full blocks */
	struct rect clip;
	struct cells_point {
		int x, y;
		bool is_typed; /* a field: the cursor is seen there */
	} point;
	struct cells_picture picture[CELLS_PICTURES]; /* side by side */
	int pictures;
	struct cell *cell; /* width * height, row by row */
};

/* Not a line nor a block can be drawn. */
static inline bool cells_only_ascii(const struct cells *c)
{
	return c->ascii && !c->has_lines;
}

/* Sizes are at least 1 and at most CELLS_MAX (cut to it); false when memory is short: the old grid
 * stays. */
enum { CELLS_MAX = 1000 };
bool cells_init(struct cells *c, int width, int height);
bool cells_resize(struct cells *c, int width, int height); /* clears */
/* The same for a grid that is filled whole before it is looked at: its memory is not touched. */
bool cells_make_room(struct cells *c, int width, int height);
void cells_fini(struct cells *c);
void cells_clear(struct cells *c); /* blanks in STYLE_TEXT, clip the whole screen */

/* Sets a smaller clip rectangle and returns the old one, to be put back by cells_unclip. */
struct rect cells_clip(struct cells *c, struct rect r);
void cells_unclip(struct cells *c, struct rect old);

/* One code point of width 1 or 2; a wide one that does not fit whole becomes a blank. */
void cells_put(struct cells *c, int x, int y, uint32_t cp, unsigned style);

/* UTF-8; returns the column behind the text, also when it was clipped. In ASCII mode known symbols
 * get stand-ins of the same width; letters without one lose their accent or become '.'. */
int cells_text(struct cells *c, int x, int y, unsigned style, const char *text);
int cells_printf(struct cells *c, int x, int y, unsigned style, const char *fmt, ...)
	PRINTF_LIKE(5, 6);

/* Text into [x, x + width): cut with an ellipsis when too long. */
void cells_text_fit(struct cells *c, int x, int y, int width, unsigned style, const char *text);
/* Like it, ending at x + width. */
void cells_text_right(struct cells *c, int x, int y, int width, unsigned style, const char *text);

void cells_fill(struct cells *c, struct rect r, uint32_t cp, unsigned style);
/* Where the terminal's cursor is put: braille displays and screen readers follow it. The last word
 * counts; what is outside the clip rectangle is none. */
void cells_point(struct cells *c, int x, int y, bool is_typed);

/* The colours of what is there, 0xRRGGBB each, where the terminal has enough of them; nothing
 * outside the clip rectangle. */
void cells_paint(struct cells *c, int x, int y, uint32_t fg_rgb, uint32_t bg_rgb);

/* Changes the style of what is there. */
void cells_restyle(struct cells *c, struct rect r, unsigned style);

/* Which ways the lines of a box glyph go from the middle of its cell; 0 = it is none. */
enum { ARM_LEFT = 1, ARM_RIGHT = 2, ARM_UP = 4, ARM_DOWN = 8 };
unsigned cells_arms(uint32_t cp);

/* Lines join with lines that are there: a panel grid needs no bookkeeping. */
void cells_hline(struct cells *c, int x, int y, int width, unsigned style);
void cells_vline(struct cells *c, int x, int y, int height, unsigned style);
void cells_box(struct cells *c, struct rect r, unsigned style, const char *title,
	       unsigned title_style);

/* Grid to text: one line a row, blanks at line ends removed; UTF-8. cells_text.c */
struct strbuf;
void cells_to_text(const struct cells *c, struct strbuf *out);

#endif
