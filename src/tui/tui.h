/* The dashboard's loop: draw, present, wait, translate, update, carry out wishes. */
#ifndef VTOK_TUI_TUI_H
#define VTOK_TUI_TUI_H

#include "base/error.h"
#include "state/state.h"
#include "tui/term.h"
#include "view/wishes.h"

/* What the loop cannot do itself: files. Any of them may be NULL: the wish is then dropped. */
struct tui_host {
	void *data;
	/* Reads a picture's header; out->error says what is wrong. */
	void (*open)(void *data, const char *path, struct picture_info *out);
	/* Writes what is on the screen to a new file, in the format its name ends in; says in one
	 * line what became of it. */
	bool (*save)(void *data, const struct state *st, const char *path, char *said, size_t size);
	/* Begins to write the picture at `from` upright at the wished-for size, to a new file in
	 * the format its name ends in. False: said holds why not. */
	bool (*write_start)(void *data, const char *from, const struct wishes *w, char *said,
			    size_t size);
	/* Looks after it without waiting; false: not yet. good: there is a file; said holds what
	 * became of it. */
	bool (*write_step)(void *data, bool *good, char *said, size_t size);
	/* Gives it up: there is no file, nor a part of one. */
	void (*write_stop)(void *data);
	/* Reads registry files again and puts their entries in the place of the state's; then the
	 * picture's header, if there is one. said holds one line; false: something went wrong and
	 * the old entries stay. */
	bool (*reload)(void *data, struct state *st, struct picture_info *picture, char *said,
		       size_t size);
	/* Begins to decode a picture's pixels in the background, in place of
	 * what was begun before. */
	void (*pixels_start)(void *data, const char *path);
	/* Looks after it without waiting; false: not yet. *pixels stays until the next start; NULL:
	 * said holds why. */
	bool (*pixels_step)(void *data, const struct raster **pixels, char *said, size_t size);
	/* Lengthens a typed path as far as the names of files go; others lists them where there are
	 * several. False: there is none. */
	bool (*complete)(void *data, const char *typed, char *out, size_t size, char *others,
			 size_t others_size);
	/* Keeps the theme, or all settings, for the next start; said holds one line. */
	bool (*settings)(void *data, const struct state *st, enum settings_part part, char *said,
			 size_t size);
};

/* Runs until the user leaves. False: there is no usable terminal, or it went away; err says so. A
 * signal that asks the program to end is raised again once the terminal is given back, so that the
 * parent sees it. */
bool tui_run(struct state *st, const struct term_options *opt, const struct tui_host *host,
	     struct vtok_error *err);

#endif
