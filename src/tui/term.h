/* The terminal: opened once, given back on every way out, keys in and grids of cells out. */
#ifndef VTOK_TUI_TERM_H
#define VTOK_TUI_TERM_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/cells.h"
#include "draw/theme.h"
#include "state/event.h"

enum term_color {
	TERM_COLOR_AUTO,
	TERM_COLOR_ALWAYS,
	TERM_COLOR_NEVER
}; /* auto: NO_COLOR is obeyed */

struct term_options {
	enum term_color color;
	bool no_mouse; /* the terminal keeps the mouse: text can be selected */
	enum picture_way pictures;
};

enum term_wake {
	TERM_WOKE,   /* input */
	TERM_SIGNAL, /* signals_take() has something */
	TERM_TIME,   /* the time is over */
	TERM_GONE,   /* hung up: no key will ever come */
};

struct terminal;

/* Takes the terminal over. NULL when there is none that can show a screen (VTOK_E_USAGE); it is
 * then as it was. Keys come from standard input or, if that is no terminal, from the controlling
 * one. One terminal at a time. */
struct terminal *term_open(const struct term_options *opt, struct vtok_error *err);

/* Gives the terminal back as it was found and frees everything. */
void term_close(struct terminal *t);

/* Gives the terminal back, stops this process, and takes the terminal again
 * when it is continued. */
void term_suspend(struct terminal *t);

/* After SIGCONT without a suspend of ours: the shell has changed the modes and the screen. */
void term_resume(struct terminal *t);

/* Asks for the size in cells, 1..CELLS_MAX each; everything is painted anew after a change. */
void term_resize(struct terminal *t, int *width, int *height);

/* What the terminal's fonts have, as far as its locale and kind tell. */
enum term_glyphs {
	TERM_GLYPHS_ASCII,
	TERM_GLYPHS_CONSOLE, /* see cells.has_lines */
	TERM_GLYPHS_ALL,
};
enum term_glyphs term_glyphs(const struct terminal *t);

/* Colours the terminal has and the user wants: 0, 8, 16, 256 or more. */
int term_colors(const struct terminal *t);

/* What the environment says about the background: EVENT_GROUND, or EVENT_NONE
 * when it says nothing. */
struct event term_ground(void);

/* Asks for the background right after the next frame, where the terminal is of a kind that
 * understands; the answer, if one comes, is an EVENT_GROUND. */
void term_ask_ground(struct terminal *t);

/* Asks, once in a session, what draws pictures, behind the next frame; nothing waits for the
 * answers. */
void term_ask_pictures(struct terminal *t);

/* What draws pictures now: it may be better when answers are there, and another after a resize. */
struct picture_means term_pictures(const struct terminal *t);

/* is_chosen: a person wants it; else it was taken to suit the terminal's background, and keeps
 * that. */
void term_theme(struct terminal *t, const struct theme *theme, bool is_chosen);

/* What is on the screen has other colours now than it was painted with: a frame is due though
 * nothing has changed. */
bool term_is_stale(const struct terminal *t);

void term_mouse(struct terminal *t, bool on);

/* Sets the terminal's clipboard. False: the terminal is of a kind that would show it, or the text
 * is too long; nothing was sent. */
bool term_copy(struct terminal *t, const char *text);

/* The picture there is not trusted: the next present paints everything. */
void term_redraw(struct terminal *t);

/* True when a frame may be sent now. On a line that is slow to show the last frames it is false
 * until the terminal says that they have arrived, so that the picture never lags far behind the
 * keys. */
bool term_ready(struct terminal *t);

/* Sends what differs from the last grid sent. c has the size of the last term_resize; what its
 * cells are afterwards is nobody's: clear it. */
void term_present(struct terminal *t, struct cells *c);

/* Sleeps until something happens, at most timeout_ms (< 0: for ever). is_held: a frame waits for
 * term_ready. */
enum term_wake term_wait(struct terminal *t, int timeout_ms, bool is_held);

/* The next event that has come in, without waiting; false: none. ev->text lives until the next
 * call. */
bool term_event(struct terminal *t, struct event *ev);

#endif
