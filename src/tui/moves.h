/* Where the terminal's cursor is, and the shortest way to the next place. */
#ifndef VTOK_TUI_MOVES_H
#define VTOK_TUI_MOVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOVES_LONGEST = 64, MOVES_UNKNOWN = -1 };

/* What the terminal has, and how wide it is; the rest is the cursor's place, from 0 on. */
struct moves {
	int width;
	bool has_address; /* ESC [ row ; column H; else address says how */
	bool has_column;  /* ESC [ n G */
	bool has_right;   /* ESC [ n C */
	bool has_left;    /* backspace */
	bool has_down;    /* line feed and carriage return */
	/* The terminal's sequence for a place, until the next call. */
	const char *(*address)(int row, int column);

	int row;    /* MOVES_UNKNOWN: the column is too */
	int column; /* MOVES_UNKNOWN: a character may be as wide as the terminal likes */
	int most;   /* the farthest that the column may be */
};

/* The place is not known any more. */
void moves_forget(struct moves *m);

/* The cursor is known to be there. */
void moves_are_at(struct moves *m, int row, int column);

/* A character was drawn. */
void moves_drawn(struct moves *m, uint32_t cp);

/* Writes the shortest way to a place to out, at most MOVES_LONGEST bytes, and returns their number.
 */
size_t moves_to(struct moves *m, int row, int column, char out[MOVES_LONGEST]);

#endif
