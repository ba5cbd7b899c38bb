#include "tui/kinds.h"

#include <stddef.h>
#include <string.h>

#include "base/base.h"

/* Beginnings of TERM, of terminals that have no colours to ask for or would show the request, none:
 * the Linux console, vt100 and the like. */
static const char *const askable[] = {"xterm",   "tmux",    "foot",  "alacritty", "rxvt-unicode",
				      "konsole", "vte",     "gnome", "wezterm",   "contour",
				      "mintty",  "ghostty", "kitty", "st-",       "mlterm"};

/* Terminals that obey what xterm does, and whose entries old or small systems lack. */
static const char *const followers[] = {"xterm-", "foot",    "alacritty", "konsole", "vte",
					"gnome",  "wezterm", "contour",   "mintty",  "ghostty",
					"kitty",  "rio",     "iterm2",    "mlterm",  "st-"};

static bool begins_as(const char *const *names, size_t n, const char *term)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(term, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

bool kinds_can_ask(const char *term, bool in_tmux, bool in_screen)
{
	if (!term || in_screen)
		return false;
	return begins_as(askable, ARRAY_SIZE(askable), term) ||
	       (in_tmux && strncmp(term, "screen", 6) == 0);
}

const char *kinds_like(const char *term)
{
	if (strcmp(term, "xterm-256color") == 0)
		return "xterm";
	return begins_as(followers, ARRAY_SIZE(followers), term) ? "xterm-256color" : NULL;
}

const char *kinds_type(const char *term, bool has_rgb)
{
	return has_rgb && strcmp(term, "xterm") == 0 ? "xterm-256color" : term;
}

bool kinds_has_rgb(const char *term, const char *colorterm, bool in_tmux, bool in_screen)
{
	bool is_screen = term && strncmp(term, "screen", 6) == 0;

	if (in_tmux && term && (is_screen || strncmp(term, "tmux", 4) == 0))
		return true;
	if (in_screen || is_screen || !colorterm)
		return false;
	return strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0;
}

bool kinds_is_console(const char *term)
{
	return term && (strcmp(term, "linux") == 0 || strncmp(term, "linux-", 6) == 0);
}

bool kinds_pairs_wheel(const char *term, const char *window)
{
	return window || (term && strncmp(term, "alacritty", 9) == 0);
}
