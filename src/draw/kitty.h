/* Pictures by kitty's graphics protocol: pixels and a size in, bytes for the terminal out. Only for
 * a terminal that said that it knows it: others print the letters. Source: the protocol as kitty
 * 0.26 documents it; pixels go as RGB in base64, in pieces of 4,096 letters. */
#ifndef VTOK_DRAW_KITTY_H
#define VTOK_DRAW_KITTY_H

#include <stdint.h>

#include "base/strbuf.h"

/* Answered with "ESC _ G i=31;OK ESC \" by who knows the protocol. */
#define KITTY_QUERY "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\"

struct kitty_picture {
	uint32_t id; /* 1 and more; a picture of the same id is replaced */
	const uint8_t *rgb;
	int width, height; /* pixels, 1 and more */
	int cols, rows;    /* cells that it fills; from the cursor on, which stays */
	int z;             /* above those of a smaller one */
};

/* Appends what sends and shows it; the terminal does not answer. */
void kitty_picture(struct strbuf *out, const struct kitty_picture *p);

/* Appends what takes it off the screen and out of the terminal's memory; harmless where there is
 * none. */
void kitty_delete(struct strbuf *out, uint32_t id);

#endif
