/* Four places where terminfo's word alone does harm:
 *
 * - smkx of xterm's likes puts the number pad into application mode too (ESC =). With NumLock off
 *   st, rxvt-unicode and mlterm then send its arrows as digits. ESC > takes that half back.
 * - cnorm of xterm's likes stops a blinking cursor (CSI ?12l) before it shows it: only the showing
 *   is sent, and to hide it only the hiding.
 * - rxvt-unicode and Windows consoles keep the cursor's visibility for each screen, so it is hidden
 *   on the alternate one, after the frame that brings it, and not here.
 * - GNU screen has no alternate screen unless told to: the last row is cleared before leaving, or
 *   the prompt would be written over it. */
#include "tui/switches.h"

#include <string.h>

static const char mouse_on[] = "\033[?1002h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1002l";
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char show[] = "\033[?25h", hide[] = "\033[?25l";

/* Appends a capability without its padding marks, $<5/>. NULL is nothing. */
static void add(struct switches_bytes *b, const char *cap)
{
	for (; cap && *cap; cap++) {
		const char *end = cap[0] == '$' && cap[1] == '<' ? strchr(cap, '>') : NULL;

		if (end)
			cap = end;
		else if (b->n < sizeof(b->text))
			b->text[b->n++] = *cap;
	}
}

struct switches_bytes switches_mouse(const struct switches *s, bool on)
{
	struct switches_bytes b = {.n = 0};

	if (s->has_extras)
		add(&b, on ? mouse_on : mouse_off);
	return b;
}

struct switches_bytes switches_cursor(const struct switches *s, bool is_shown)
{
	const char *cap = is_shown ? s->cursor_on : s->cursor_off;
	const char *usual = is_shown ? show : hide;
	bool is_usual = s->cursor_on && s->cursor_off && strstr(s->cursor_on, show) &&
			strstr(s->cursor_off, hide);
	struct switches_bytes b = {.n = 0};

	add(&b, is_usual ? usual : cap);
	return b;
}

struct switches_bytes switches_enter(const struct switches *s, bool mouse)
{
	struct switches_bytes b = {.n = 0};

	add(&b, s->screen_on);
	add(&b, s->keys_on);
	if (s->keys_on && strstr(s->keys_on, "\033="))
		add(&b, "\033>");
	if (s->has_extras)
		add(&b, paste_on);
	if (s->has_extras && mouse)
		add(&b, mouse_on);
	return b;
}

struct switches_bytes switches_leave(const struct switches *s, const char *last_row)
{
	struct switches_bytes b = {.n = 0}, cursor = switches_cursor(s, true);

	if (s->has_extras) {
		add(&b, mouse_off);
		add(&b, paste_off);
	}
	add(&b, s->attrs_off);
	add(&b, s->colors_off);
	add(&b, s->keys_off);
	add(&b, last_row);
	add(&b, s->line_off);
	add(&b, s->screen_off ? s->screen_off : "\r\n");
	if (cursor.n <= sizeof(b.text) - b.n) {
		memcpy(b.text + b.n, cursor.text, cursor.n);
		b.n += cursor.n;
	}
	return b;
}
