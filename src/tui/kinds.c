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
	return begins_as(followers, ARRAY_SIZE(followers), term) ? "xterm-256color" : NULL;
}
