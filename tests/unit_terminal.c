/* What is sent to take a terminal and give it back, by kind, and how long an answer is waited for.
 */
#include "unit.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "tui/flight.h"
#include "tui/kinds.h"
#include "tui/switches.h"

/* ------------------------------------------------------------------ kinds */

static void who_is_asked_for_the_background(void **state)
{
	(void)state;
	assert_true(kinds_can_ask("xterm-256color", false, false));
	assert_true(kinds_can_ask("mlterm", false, false));
	assert_true(kinds_can_ask("tmux-256color", false, false));
	assert_true(kinds_can_ask("screen-256color", true, false));
	assert_false(kinds_can_ask("screen-256color", false, false));
	assert_false(kinds_can_ask("xterm-256color", false, true));
	assert_false(kinds_can_ask("linux", false, false));
	assert_false(kinds_can_ask("vt100", false, false));
	assert_false(kinds_can_ask(NULL, true, false));
}

static void unknown_types_are_like_known_ones(void **state)
{
	(void)state;
	assert_string_equal(kinds_like("xterm-ghostty"), "xterm-256color");
	assert_string_equal(kinds_like("wezterm"), "xterm-256color");
	assert_string_equal(kinds_like("contour"), "xterm-256color");
	assert_string_equal(kinds_like("rio"), "xterm-256color");
	assert_null(kinds_like("nosuchterm"));
	assert_null(kinds_like("dumb"));
	assert_null(kinds_like("linux"));
}

/* ------------------------------------------------------------------ switches */

/* As ncurses 6.4 describes them. */
static const struct switches xterm = {
	.screen_on = "\033[?1049h",
	.screen_off = "\033[?1049l",
	.keys_on = "\033[?1h\033=",
	.keys_off = "\033[?1l\033>",
	.cursor_on = "\033[?12l\033[?25h",
	.cursor_off = "\033[?25l",
	.attrs_off = "\033(B\033[m",
	.colors_off = "\033[39;49m",
	.line_off = "\033[K",
	.has_extras = true,
};

static const char *shown(const struct switches_bytes *b)
{
	static char out[2 * SWITCHES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->text[i] == '\033')
			n += strlen(str_format(out + n, sizeof(out) - n, "\\e"));
		else
			out[n++] = b->text[i];
	out[n] = '\0';
	return out;
}

static void xterm_is_taken_and_given_back(void **state)
{
	struct switches_bytes b = switches_enter(&xterm, true);

	(void)state;
	assert_string_equal(shown(&b), "\\e[?1049h\\e[?1h\\e=\\e>\\e[?2004h\\e[?1002h\\e[?1006h");
	b = switches_enter(&xterm, false);
	assert_string_equal(shown(&b), "\\e[?1049h\\e[?1h\\e=\\e>\\e[?2004h");
	b = switches_cursor(&xterm, false);
	assert_string_equal(shown(&b), "\\e[?25l");
	b = switches_cursor(&xterm, true); /* a blinking cursor goes on blinking */
	assert_string_equal(shown(&b), "\\e[?25h");
	b = switches_leave(&xterm, "\033[30;1H");
	assert_string_equal(shown(&b), "\\e[?1006l\\e[?1002l\\e[?2004l\\e(B\\e[m\\e[39;49m"
				       "\\e[?1l\\e>\\e[30;1H\\e[K\\e[?1049l\\e[?25h");
}

static void others_have_less(void **state)
{
	static const struct switches vt100 = {.keys_on = "\033[?1h\033=",
					      .keys_off = "\033[?1l\033>",
					      .attrs_off = "\033[m\017$<2>",
					      .line_off = "\033[K$<3>"};
	static const struct switches odd = {.cursor_on = "\033[1v", .cursor_off = "\033[0v"};
	struct switches_bytes b = switches_leave(&vt100, "\033[24;1H$<5/>");

	(void)state;
	assert_string_equal(shown(&b), "\\e[m\017\\e[?1l\\e>\\e[24;1H\\e[K\r\n");
	b = switches_cursor(&vt100, false);
	assert_int_equal(b.n, 0);
	b = switches_cursor(&odd, true);
	assert_string_equal(shown(&b), "\\e[1v");
}

/* ------------------------------------------------------------------ answers */

static void patience_is_twice_the_way(void **state)
{
	struct flight f = {.can = true};

	(void)state;
	assert_true(flight_sent(&f, FLIGHT_MAX, 10000));
	assert_int_equal(flight_patience(&f, 10100, false), 11000); /* nobody knows the way yet */
	assert_int_equal(flight_patience(&f, 10100, true), 10150);
	flight_answered(&f, 10150);
	assert_true(flight_sent(&f, FLIGHT_MAX, 20000));
	assert_int_equal(flight_patience(&f, 20010, false), 20300);
	assert_int_equal(flight_patience(&f, 20290, false), 20340); /* late, but not given up */
	flight_answered(&f, 20005);
	assert_true(flight_sent(&f, FLIGHT_MAX, 30000));
	assert_int_equal(flight_patience(&f, 30000, false), 30300); /* the longest counts */
	flight_answered(&f, 31900);
	assert_true(flight_sent(&f, FLIGHT_MAX, 40000));
	assert_int_equal(flight_patience(&f, 40000, false), 41000); /* never more than a second */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_asked_for_the_background),
		cmocka_unit_test(unknown_types_are_like_known_ones),
		cmocka_unit_test(xterm_is_taken_and_given_back),
		cmocka_unit_test(others_have_less),
		cmocka_unit_test(patience_is_twice_the_way),
	};

	return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
