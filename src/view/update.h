/* The only place that changes state: one event in, wishes for the outside out. */
#ifndef VTOK_VIEW_UPDATE_H
#define VTOK_VIEW_UPDATE_H

#include "base/strbuf.h"
#include "state/event.h"
#include "state/state.h"

enum settings_part { SETTINGS_NONE, SETTINGS_THEME, SETTINGS_ALL };

/* What the loop is asked to do. Zeroed by update before each event, except save_text, which the
 * caller owns. */
struct wishes {
	bool quit, suspend;
	bool redraw; /* the terminal's picture is not trusted: paint everything */
	bool reload; /* registry files and the picture may have changed on disk */
	bool open;   /* read this picture's header; answer with EVENT_FILE */
	char open_path[1024];
	bool pixels; /* decode the state's picture; answer with EVENT_PIXELS */
	bool save;   /* write save_text to save_path, never over a file; answer with EVENT_SAVED */
	char save_path[256];
	enum settings_part settings; /* keep these for the next start */
	int timer_ms;                /* 0 = no EVENT_TICK wanted any more; else one after so long */
	struct strbuf save_text;
};

void wishes_init(struct wishes *w);
void wishes_fini(struct wishes *w);

/* Returns true when the screen may look different afterwards. */
bool update(struct state *st, const struct event *ev, struct wishes *w);

/* The same for an event inside another: wishes are added to those that are there. */
void update_feed(struct state *st, const struct event *ev, struct wishes *w);

#endif
