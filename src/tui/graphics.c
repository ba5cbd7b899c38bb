#include "tui/graphics.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/str.h"

enum {
	VTE_DRAWS = 7006,
	VT340_REGISTERS = 16,
	REGISTERS_MAX = 256,
	CELL_LEAST = 2,
	CELL_MOST = 256
};

static bool starts(const char *text, const char *with)
{
	return text && str_starts(text, with);
}

/* kitty, foot and VTE draw sextants themselves, whatever the font; fonts seldom have them. Half
 * blocks are in bitmap fonts too, quadrants not in mlterm's own. */
enum picture_ink graphics_blocks(const struct graphics_env *env, const struct answers *a)
{
	bool is_inside = env->in_tmux || env->in_screen;
	bool draws = starts(a->name, "kitty(") || starts(a->name, "foot(") ||
		     starts(env->term, "xterm-kitty") || starts(env->term, "foot") ||
		     (env->vte && !is_inside && atoi(env->vte) >= VTE_DRAWS);

	if (!env->has_rgb || starts(env->term, "mlterm"))
		return INK_HALVES;
	return draws ? INK_SEXTANTS : INK_QUADRANTS;
}

bool graphics_may_be_kitty(const struct graphics_env *env, const struct answers *a)
{
	static const char *const names[] = {"kitty(", "ghostty", "WezTerm"};

	if (env->in_tmux || env->in_screen)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (starts(a->name, names[i]))
			return true;
	return env->window || starts(env->term, "xterm-kitty") ||
	       starts(env->term, "xterm-ghostty");
}

enum graphics_kind graphics_choose(enum picture_way way, const struct graphics_env *env,
				   const struct answers *a, bool is_asked)
{
	if (env->in_tmux || env->in_screen)
		return GRAPHICS_NONE;
	switch (way) {
	case PICTURES_KITTY:
		return GRAPHICS_KITTY;
	case PICTURES_SIXEL:
		return GRAPHICS_SIXEL;
	case PICTURES_AUTO:
		return !is_asked      ? GRAPHICS_NONE
		       : a->has_kitty ? GRAPHICS_KITTY
		       : a->has_sixel ? GRAPHICS_SIXEL
				      : GRAPHICS_NONE;
	case PICTURES_CELLS:
	case PICTURES_N:
		break;
	}
	return GRAPHICS_NONE;
}

static bool is_cell(int w, int h)
{
	return w >= CELL_LEAST && h >= CELL_LEAST && w <= CELL_MOST && h <= CELL_MOST;
}

bool graphics_cell(enum graphics_kind kind, const struct answers *a, int window_w, int window_h,
		   int cols, int rows, int *w, int *h)
{
	const struct {
		int w, h;
	} sizes[] = {{window_w / cols, window_h / rows},
		     {a->cell_w, a->cell_h},
		     {a->text_w / cols, a->text_h / rows},
		     {kind == GRAPHICS_KITTY ? 8 : 0, 16}};

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		if (is_cell(sizes[i].w, sizes[i].h)) {
			*w = sizes[i].w;
			*h = sizes[i].h;
			return true;
		}
	return false;
}

int graphics_registers(const struct answers *a)
{
	int n = a->registers > 1 ? a->registers : VT340_REGISTERS;

	return n > REGISTERS_MAX ? REGISTERS_MAX : n;
}
