#include "view/screen.h"

#include "base/str.h"
#include "base/utf8.h"
#include "view/bars.h"
#include "view/frame.h"
#include "view/layout.h"
#include "view/overlay.h"
#include "view/view.h"

/* One line that says what is needed, in as many words as fit. */
static void draw_too_small(struct cells *c)
{
	char text[64];

	str_format(text, sizeof text, "vtok needs %dx%d, has %dx%d", LEAST_WIDTH, LEAST_HEIGHT,
		   c->width, c->height);
	if ((int)utf8_columns(text) > c->width)
		str_format(text, sizeof text, "vtok needs %dx%d", LEAST_WIDTH, LEAST_HEIGHT);
	if ((int)utf8_columns(text) > c->width)
		str_format(text, sizeof text, "%dx%d", LEAST_WIDTH, LEAST_HEIGHT);
	cells_text_fit(c, 0, 0, c->width, STYLE_TEXT, text);
}

void screen_draw(struct cells *c, const struct state *st)
{
	struct frame f;

	cells_clear(c);
	c->ascii = st->ascii;
	c->has_lines = st->has_lines;
	if (c->width < LEAST_WIDTH || c->height < LEAST_HEIGHT) {
		draw_too_small(c);
		return;
	}
	frame_init(&f, st);
	struct rect body = layout_body(c->width, c->height);

	header_draw(c, 0, c->width, &f);
	footer_draw(c, c->height - 1, c->width, &f);

	struct rect old = cells_clip(c, body);

	cells_point(c, 1, 2, false); /* the first words, for views without a focus */
	if (f.is_valid && st->view < views_n)
		views[st->view]->draw(c, body, &f);
	else
		cells_text_fit(c, 1, 2, c->width - 2, STYLE_BAD,
			       "the registry has no model, hardware or engine");
	cells_unclip(c, old);
	overlay_draw(c, &f);
}
