/* What a terminal says of itself when it is asked for what draws pictures. Answers may come at any
 * time, or never, whole or in pieces, whatever was asked; no part of one may act as a key. Sources:
 * xterm's ctlseqs (DA1, XTVERSION, XTWINOPS, XTSMGRAPHICS), kitty's graphics protocol. */
#ifndef VTOK_TUI_ANSWERS_H
#define VTOK_TUI_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

/* Name and version, the size of a cell and of the text in pixels, what it has. None prints anything
 * on any terminal that may be asked. */
#define ANSWERS_REQUEST "\033[>0q\033[16t\033[14t\033[c"
/* Of one that has sixels: their colour registers and greatest size. */
#define ANSWERS_SIXELS "\033[?1;1;0S\033[?2;1;0S"

struct answers {
	char name[32]; /* "kitty(0.26.5)"; "" = it did not say */
	bool has_sixel;
	bool has_kitty;     /* its graphics protocol, asked for alone */
	int registers;      /* colours of sixels; 0 = it did not say; so are the next */
	int most_w, most_h; /* sixels, pixels */
	int cell_w, cell_h; /* pixels */
	int text_w, text_h;
};

enum answers_step {
	ANSWERS_OTHER, /* these bytes are something else */
	ANSWERS_PART,  /* so far the beginning of an answer */
	ANSWERS_WHOLE,
};

/* Looks for an answer at the start of s, whose ESC may be missing. When it is whole, *used says how
 * long it was, and what it says is in *a. */
enum answers_step answers_read(struct answers *a, const unsigned char *s, size_t n, size_t *used);

#endif
