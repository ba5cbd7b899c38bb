/* Where the cursor is while a frame goes out, and the shortest way to the next place. curses sends
 * the full address for whatever is not near, also within a row and to the next one. */
#ifndef VTOK_TUI_MOVES_H
#define VTOK_TUI_MOVES_H

#include <stdbool.h>
#include <stddef.h>

/* What the terminal has, and how wide it is; the rest is the cursor's place, from 1 on. */
struct moves {
	int width;       /* columns; 0 = unknown: everything stays as it is */
	bool has_column; /* ESC [ n G and line feed */
	bool has_right;  /* ESC [ n C */
	int row;         /* 0 = unknown */
	int column;      /* 0 = unknown: a character may be as wide as it likes */
	int most;        /* the farthest that the column may be */
};

/* The place is not known any more. */
void moves_forget(struct moves *m);

/* A byte of text is drawn, or a control character is obeyed. */
void moves_text(struct moves *m, unsigned char byte);

/* A control sequence of n bytes, ESC [ to its last letter, is obeyed. Writes what does the same, at
 * most n bytes, to out, which may be where the sequence is; returns its length. */
size_t moves_sequence(struct moves *m, const char *sequence, size_t n, char *out);

#endif
