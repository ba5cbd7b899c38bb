/* A theme gives every role colours and attributes. The shipped ones (themes/) are compiled in. */
#ifndef VTOK_DRAW_THEME_H
#define VTOK_DRAW_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "draw/style.h"

enum { THEME_KEEP = -1 }; /* the terminal's own colour */

struct theme_role {
	int32_t fg, bg; /* 0xRRGGBB or THEME_KEEP */
	uint16_t attrs; /* STYLE_BOLD | STYLE_UNDERLINE | STYLE_REVERSE */
	int32_t to;     /* what fg shades into along a bar; THEME_KEEP: it does not */
};

struct theme {
	char name[24];
	char summary[72];
	bool is_light;      /* made for a light background */
	bool is_mono;       /* no colours at all: attributes only */
	int32_t order;      /* among the shipped ones, from 1; 0 = behind them */
	int32_t background; /* painted under all, 0xRRGGBB; THEME_KEEP: the terminal's own stays */
	int32_t foreground; /* of roles that name no colour, where the background is painted */
	struct theme_role roles[STYLE_N];
};

extern const struct theme shipped_themes[]; /* shipped, the default first */
extern const size_t shipped_themes_n;

/* The themes there are: the shipped ones and a user's own, which take the place of a shipped one of
 * their name. Zeroed: the shipped ones alone. */
struct theme_list {
	const struct theme *own; /* borrowed; of different names */
	size_t own_n;
};

size_t theme_count(const struct theme_list *l);
const struct theme *theme_at(const struct theme_list *l, size_t i); /* i below theme_count() */

/* NULL when there is none of that name (ASCII case ignored). */
const struct theme *theme_find(const struct theme_list *l, const char *name);

/* A role's key in theme files: "text", "dim", "curve1". */
const char *theme_role_name(unsigned role);

/* The colours and attributes of a cell's style: the role's, shaded by the style's step, and the
 * style's own attributes over it. */
struct theme_role theme_paint(const struct theme *t, unsigned style);

/* The two, and what the terminal's own are taken for where a theme keeps them, as in a picture of a
 * frame: black and white. */
int32_t theme_background(const struct theme *t);
int32_t theme_foreground(const struct theme *t);

/* One key of a theme file into t: "dim" = "#8a919c", "focus" = "#ffffff on #1f5f8b bold", "good"
 * = "#7ddc8a to #ffc857", "text" =
 * "default", "summary", "background", "foreground", "order", "light" and "mono" (yes, no). The
 * error says what was expected. */
bool theme_set(struct theme *t, const char *key, const char *value, struct vtok_error *err);

#endif
