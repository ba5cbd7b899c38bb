/* The text of a theme file: one section [theme NAME], one line per role. */
#ifndef VTOK_DRAW_THEME_FILE_H
#define VTOK_DRAW_THEME_FILE_H

#include "draw/theme.h"

/* Reads len bytes; `name` is what messages call the file. Roles that are not there are those of
 * *out, so start with a theme to build on. False leaves *out alone: "dark.ini:12: dim: expected
 * ...". */
bool theme_read(struct theme *out, const char *name, const char *text, size_t len,
		struct vtok_error *err);

#endif
