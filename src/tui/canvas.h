/* The picture on the terminal: what is on it, in which colours, and the way to the next one. What
 * is to be sent is gathered in the outlet. */
#ifndef VTOK_TUI_CANVAS_H
#define VTOK_TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/cells.h"
#include "draw/theme.h"
#include "tui/ground.h"
#include "tui/outlet.h"
#include "tui/switches.h"

struct canvas;

/* Takes the terminal fd for one of the type that TERM names, or one like it. Nothing is printed: a
 * terminal that turns out unfit (NULL, VTOK_E_USAGE) was not touched. One at a time. */
struct canvas *canvas_open(int fd, const char *type, struct vtok_error *err);
void canvas_free(struct canvas *v);

/* Looks how many colours there are, when they are wanted; returns 0, 8, 16, 256 or COLOR_DIRECT.
 * has_rgb: the terminal takes 24 bits whatever terminfo says, if it has 256 colours. */
int canvas_use_colors(struct canvas *v, bool wanted, bool has_rgb);

/* 24 bit colours go out as they are. */
bool canvas_has_rgb(const struct canvas *v);

/* What is known of the terminal's own background. True: the picture is another now. */
bool canvas_ground(struct canvas *v, enum ground ground);

/* What the terminal is switched with; the strings live as long as the canvas. */
struct switches canvas_switches(const struct canvas *v);
/* Moves to the start of the last row; lives until the next call. */
const char *canvas_last_row(const struct canvas *v);

bool canvas_answers(const struct canvas *v);   /* status queries */
bool canvas_needs_xon(const struct canvas *v); /* Ctrl-S and Ctrl-Q are its own */
bool canvas_utf8(const struct canvas *v);

/* What COLUMNS, LINES or the terminal's description say until canvas_resize, whose false means that
 * memory is short: the old size stays then. */
int canvas_width(const struct canvas *v);
int canvas_height(const struct canvas *v);
bool canvas_resize(struct canvas *v, int width, int height);

/* is_chosen: a person wants this theme, so its ground is painted; one that was taken because it
 * suits the terminal's own ground keeps that, as long as that is known. With few colours it is kept
 * wherever it is of the theme's kind: black and white of a palette are seldom those of the text. */
void canvas_theme(struct canvas *v, const struct theme *theme, bool is_chosen);

/* The picture there is not trusted: the next frame paints everything. */
void canvas_redraw(struct canvas *v);

/* The next frame paints everything. */
bool canvas_is_all_new(const struct canvas *v);

/* Writes what differs from the last grid into the outlet, without sending it. c has the canvas's
 * size; another one is left for the resize that is on its way, and false is returned. The canvas
 * keeps the cells and gives c those of an older picture, or what nobody wrote yet: clear it. */
bool canvas_draw(struct canvas *v, struct cells *c);

/* Where everything for the terminal goes. */
struct outlet *canvas_outlet(struct canvas *v);

#endif
