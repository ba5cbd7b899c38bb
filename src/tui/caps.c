#include "config.h"

#include "tui/caps.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "draw/style.h"
#include "tui/entries.h"
#include "tui/kinds.h"

#include <curses.h> /* last: their macros are called lines, columns, ... */
#include <term.h>

static bool is_cap(const char *cap, const char *usual)
{
	return cap && strcmp(cap, usual) == 0;
}

/* ------------------------------------------------------------------ padding */

/* Where terminals of wire and paper wanted a pause, $<5/>: nobody waits any more. What does not fit
 * is not there at all: half a sequence would be worse. Returns out. */
static char *plain(const char *cap, char *out, size_t size)
{
	size_t n = 0;

	for (; cap && *cap && n < size; cap++) {
		const char *end = cap[0] == '$' && cap[1] == '<' ? strchr(cap, '>') : NULL;

		if (end)
			cap = end;
		else
			out[n++] = *cap;
	}
	out[n < size ? n : 0] = '\0';
	return out;
}

static const char *plain_or_none(const char *cap)
{
	static char text[CAPS_TEXT];

	return cap && *plain(cap, text, sizeof(text)) ? text : NULL;
}

static const char *address(int row, int column)
{
	return plain_or_none(tiparm(cursor_address, row, column));
}

static const char *color(int32_t number, bool is_ground)
{
	const char *set = is_ground ? set_a_background : set_a_foreground;

	return set ? plain_or_none(tiparm(set, (int)number)) : NULL;
}

static const char *scroll_region(int last)
{
	return plain_or_none(tiparm(change_scroll_region, 0, last));
}

/* ------------------------------------------------------------------ open */

static bool read_type(const char *type, int fd)
{
	int status;

	return setupterm(type, fd, &status) == OK;
}

#ifdef STATIC_BINARY
/* What ncurses finds nowhere: the program has descriptions of its own, which go the way of a
 * user's. */
static bool read_own(const char *type, int fd)
{
	const char *description = entries_find(type), *former = getenv("TERMINFO");
	char *kept = former ? strdup(former) : NULL;
	bool is_read = false;

	if (description && (kept || !former) && setenv("TERMINFO", description, 1) == 0)
		is_read = read_type(type, fd);
	if (!kept)
		unsetenv("TERMINFO");
	else
		setenv("TERMINFO", kept, 1);
	free(kept);
	return is_read;
}
#else
static bool read_own(const char *type, int fd)
{
	(void)type, (void)fd;
	return false;
}
#endif

static bool read_any(const char *type, int fd)
{
	const char *like = kinds_like(type);

	return read_type(type, fd) || read_own(type, fd) ||
	       (like && (read_type(like, fd) || read_own(like, fd)));
}

static bool is_fit(void)
{
	return cursor_address && clear_screen && !generic_type && !hard_copy;
}

static bool says_rgb(void)
{
	const char *rgb = tigetstr("RGB"), *set = tigetstr("setrgbf");

	return tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || tigetflag("Tc") > 0 ||
	       (rgb && rgb != (char *)-1) || (set && set != (char *)-1);
}

/* The macro of the name is a short, which direct colours are too many for. */
static int count_colors(void)
{
	int n = tigetnum("colors");

	return set_a_foreground && orig_pair && n > 0 ? n : 0;
}

/* ncv has a bit for each attribute that is not shown together with colours. */
static uint16_t beside_color(void)
{
	int no = no_color_video > 0 ? no_color_video : 0;
	unsigned not_shown = (no & 2 ? STYLE_UNDERLINE : 0) | (no & 4 ? STYLE_REVERSE : 0) |
			     (no & 32 ? STYLE_BOLD : 0);

	return (uint16_t)~not_shown;
}

/* Attributes that take a cell of the screen of their own are not used. */
static void take_inks(struct inks *k)
{
	bool has_attrs = magic_cookie_glitch <= 0;

	*k = (struct inks){.color = set_a_foreground && set_a_background ? color : NULL,
			   .beside_color = beside_color()};
	plain(exit_attribute_mode, k->reset, sizeof(k->reset));
	plain(has_attrs ? enter_bold_mode : NULL, k->bold, sizeof(k->bold));
	plain(has_attrs ? enter_underline_mode : NULL, k->underline, sizeof(k->underline));
	plain(has_attrs ? enter_reverse_mode : NULL, k->reverse, sizeof(k->reverse));
	plain(orig_pair, k->no_color, sizeof(k->no_color));
	inks_settle(k, exit_underline_mode);
}

static void take_moves(struct moves *m)
{
	char text[CAPS_TEXT];

	*m = (struct moves){
		.has_address =
			is_cap(plain(cursor_address, text, sizeof(text)), "\033[%i%p1%d;%p2%dH"),
		.has_column = is_cap(column_address, "\033[%i%p1%dG"),
		.has_right = is_cap(parm_right_cursor, "\033[%p1%dC"),
		.has_left = is_cap(cursor_left, "\b"),
		.has_down = is_cap(cursor_down, "\n") && is_cap(carriage_return, "\r"),
		.address = address,
	};
	moves_forget(m);
}

static void take_switches(struct switches *s)
{
	*s = (struct switches){
		.screen_on = enter_ca_mode,
		.screen_off = exit_ca_mode,
		.keys_on = keypad_xmit,
		.keys_off = keypad_local,
		.cursor_off = cursor_invisible,
		.cursor_on = cursor_normal,
		.attrs_off = exit_attribute_mode,
		.line_off = clr_eol,
		.colors_off = orig_pair,
		.has_extras = key_mouse != NULL,
	};
}

bool caps_open(struct caps *c, const char *type, int fd, struct vtok_error *err)
{
	if (!read_any(type, fd))
		return error_set(err, VTOK_E_USAGE,
				 "the terminal type \"%.40s\" (TERM) is not known here: try "
				 "'TERM=xterm-256color vtok'; 'vtok render' needs none",
				 type);
	if (!is_fit()) {
		caps_close();
		return error_set(err, VTOK_E_USAGE,
				 "a terminal of type \"%.40s\" (TERM) cannot show the dashboard; "
				 "'vtok render' needs none",
				 type);
	}
	*c = (struct caps){
		.scroll_region = change_scroll_region ? scroll_region : NULL,
		.width = columns > 0 ? columns : 0,
		.height = lines > 0 ? lines : 0,
		.colors = count_colors(),
		.says_rgb = says_rgb(),
		.numbers_colors = set_a_foreground && (strstr(set_a_foreground, "38;5;%p1%d") ||
						       strstr(set_a_foreground, "38:5:%p1%d")),
		.clears_in_color = back_color_erase,
		.has_erase = is_cap(erase_chars, "\033[%p1%dX"),
		.moves_in_color = move_standout_mode,
		.scrolls_at_end = auto_right_margin && !eat_newline_glitch,
		.needs_xon = xon_xoff,
		.answers = is_cap(user7, "\033[6n"),
	};
	plain(clear_screen, c->clear, sizeof(c->clear));
	plain(clr_eol, c->clear_end, sizeof(c->clear_end));
	take_inks(&c->inks);
	take_moves(&c->moves);
	take_switches(&c->switches);
	return true;
}

void caps_close(void)
{
	del_curterm(cur_term);
}

/* ------------------------------------------------------------------ keys */

void caps_learn_keys(struct input *in)
{
	const struct {
		const char *seq;
		uint32_t key;
	} keys[] = {
		{key_up, VKEY_UP},
		{key_down, VKEY_DOWN},
		{key_left, VKEY_LEFT},
		{key_right, VKEY_RIGHT},
		{key_ppage, VKEY_PGUP},
		{key_npage, VKEY_PGDN},
		{key_home, VKEY_HOME},
		{key_end, VKEY_END},
		{key_ic, VKEY_INSERT},
		{key_dc, VKEY_DELETE},
		{key_backspace, VKEY_BACKSPACE},
		{key_btab, VKEY_BACKTAB},
		{key_enter, VKEY_ENTER},
		{key_f1, VKEY_F1},
		{key_f2, VKEY_F2},
		{key_f3, VKEY_F3},
		{key_f4, VKEY_F4},
		{key_f5, VKEY_F5},
		{key_f6, VKEY_F6},
		{key_f7, VKEY_F7},
		{key_f8, VKEY_F8},
		{key_f9, VKEY_F9},
		{key_f10, VKEY_F10},
		{key_f11, VKEY_F11},
		{key_f12, VKEY_F12},
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		input_learn(in, keys[i].seq, keys[i].key);
}
