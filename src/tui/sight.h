/* How pictures are shown on this terminal: who is asked, when, and what follows from the answers.
 * The terminal is asked behind a frame of the view that shows a picture and not before; requests
 * with a status query behind, so that it is known when nothing more comes. */
#ifndef VTOK_TUI_SIGHT_H
#define VTOK_TUI_SIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/picture.h"
#include "base/strbuf.h"
#include "tui/canvas.h"
#include "tui/flight.h"
#include "tui/input.h"
#include "tui/pictures.h"

struct sight {
	/* of the terminal's, borrowed */
	struct canvas *canvas;
	struct input *in;
	struct flight *flight;
	enum picture_way way; /* what a person wants */

	/* nobody was asked; will be, with the next frame; the terminal was, and then about one way;
	 * all that can be known is */
	enum { SIGHT_UNASKED, SIGHT_DUE, SIGHT_ASKED, SIGHT_TRIED, SIGHT_KNOWN } stage;
	struct pictures pictures; /* what is there */
	struct picture_means means;
	int window_w, window_h; /* pixels; 0 = the system does not know */
	struct strbuf bytes;
};

/* canvas, in and flight are borrowed as long as s lasts. */
void sight_init(struct sight *s, struct canvas *canvas, struct input *in, struct flight *flight,
		enum picture_way way);
void sight_fini(struct sight *s);

/* What draws pictures, by all that is known now: to be called when the size has changed. */
void sight_follow(struct sight *s);

/* The next frame asks, unless the terminal was asked or cannot be. */
void sight_wish(struct sight *s, bool can_ask);

/* A frame was sent. */
void sight_ask(struct sight *s, int64_t now_ms);

/* A status query was answered. True: all is known now, and the picture may be drawn otherwise. */
bool sight_learn(struct sight *s, int64_t now_ms);

/* Before and behind a frame, into the outlet. */
void sight_before(struct sight *s, const struct cells *c);
void sight_behind(struct sight *s, const struct cells *c);

#endif
