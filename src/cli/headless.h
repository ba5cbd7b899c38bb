/* The dashboard without a terminal: what its loop would do with wishes, done at once. */
#ifndef VTOK_CLI_HEADLESS_H
#define VTOK_CLI_HEADLESS_H

#include "image/pixels.h"
#include "state/state.h"
#include "view/update.h"

struct headless_pixels {
	struct raster raster; /* what was decoded last; freed with pixels_free */
	bool unconfined;      /* as for pixels_start */
};

/* Opens and decodes what w asks for until nothing more is asked; nothing is saved and nothing
 * waits. The pixels stay in p->raster while st shows them; p NULL: none are decoded. False: a
 * picture could not be opened; st->message says why. */
bool headless_carry_out(struct state *st, struct wishes *w, struct headless_pixels *p);

#endif
