#include "cli/headless.h"

#include "cli/path_complete.h"
#include "cli/screen_state.h"

static bool answer_open(struct state *st, struct wishes *w)
{
	struct picture_info picture;

	screen_picture(w->open_path, &picture);
	update(st, &(struct event){.kind = EVENT_FILE, .picture = &picture}, w);
	return !picture.error[0];
}

static void answer_complete(struct state *st, struct wishes *w)
{
	char path[sizeof st->prompt.text], others[256];
	bool found = path_complete(st->prompt.text, path, sizeof path, others, sizeof others);

	update(st,
	       &(struct event){
		       .kind = EVENT_COMPLETED, .text = found ? path : NULL, .others = others},
	       w);
}

bool headless_carry_out(struct state *st, struct wishes *w, struct headless_pixels *p)
{
	bool is_good = true;

	if (w->complete)
		answer_complete(st, w);
	while (w->open)
		is_good = answer_open(st, w) && is_good;
	if (w->pixels && p) {
		struct vtok_error err = {0};

		pixels_free(&p->raster);
		bool is_decoded = pixels_load(st->picture.path, PIXELS_PREVIEW, PIXELS_PREVIEW,
					      p->unconfined, &p->raster, &err);
		update(st,
		       &(struct event){.kind = EVENT_PIXELS,
				       .pixels = is_decoded ? &p->raster : NULL,
				       .text = err.text},
		       w);
	}
	if (!p)
		st->picture.pixels_asked = false; /* whoever shows them later asks again */
	return is_good;
}
