/* What the loop is asked to do after an event: a plain value. */
#ifndef VTOK_VIEW_WISHES_H
#define VTOK_VIEW_WISHES_H

#include <stdbool.h>
#include <stdint.h>

enum settings_part { SETTINGS_NONE, SETTINGS_THEME, SETTINGS_ALL };

struct wishes {
	bool quit, suspend;
	bool redraw;   /* the terminal's picture is not trusted: paint everything */
	bool reload;   /* registry files and the picture may have changed on disk */
	bool copy;     /* hand the command line of the screen to the terminal's clipboard */
	bool complete; /* lengthen the prompt's path as far as the names of files go; answer with
			  EVENT_COMPLETED */
	bool open;     /* read this picture's header; answer with EVENT_FILE */
	char open_path[1024];
	bool pixels; /* decode the state's picture; answer with EVENT_PIXELS */
	bool save;   /* write what export_state gives in the format that save_path ends in, never
			over a file; answer with EVENT_SAVED */
	char save_path[256];
	bool write; /* make the state's picture this large and write it, never over a file; answer
		       with EVENT_WRITTEN when that is done */
	bool write_stop; /* give that up, without an answer */
	char write_path[512];
	int64_t write_w, write_h;    /* pixels, upright */
	enum settings_part settings; /* keep these for the next start */
	int timer_ms;                /* 0 = no EVENT_TICK wanted any more; else one after so long */
};

#endif
