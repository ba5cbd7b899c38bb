/* Which way a terminal draws pictures: by what real ones answered, in whatever pieces; and what is
 * sent from one picture to the next. */
#include "tests/unit.h"

#include "base/strbuf.h"
#include "tui/answers.h"
#include "tui/graphics.h"
#include "tui/input.h"
#include "tui/pictures.h"

/* What xterm, foot, kitty, ... sent (versions of Debian 12). */
static const struct {
	const char *name, *term, *vte, *window;
	bool has_rgb, in_tmux, in_screen;
	const char *answers;
	enum graphics_kind kind;
	enum picture_ink blocks;
} terminals[] = {
	{"xterm", "xterm-256color", NULL, NULL, true, false, false,
	 "\033P>|XTerm(379)\033\\\033[?64;1;2;6;9;15;16;17;18;21;22;28c", GRAPHICS_NONE,
	 INK_QUADRANTS},
	{"xterm -ti vt340", "xterm", NULL, NULL, false, false, false,
	 "\033P>|XTerm(379)\033\\\033[?63;1;2;4;6;9;15;16;22;28c\033[?1;0;16S\033[?2;0;960;525S",
	 GRAPHICS_SIXEL, INK_HALVES},
	{"rxvt-unicode", "rxvt-unicode-256color", NULL, NULL, false, false, false,
	 "\033[4;529;976t\033[?1;2c", GRAPHICS_NONE, INK_HALVES},
	{"st", "st-256color", NULL, NULL, true, false, false, "\033[?6c", GRAPHICS_NONE,
	 INK_QUADRANTS},
	{"mlterm", "mlterm", NULL, NULL, true, false, false,
	 "\033[6;22;10t\033[4;770;1200t\033[?63;1;2;3;4;6;7;15;18;22;29c\033[?1;3;0S",
	 GRAPHICS_SIXEL, INK_HALVES},
	{"VTE 0.70", "xterm-256color", "7006", NULL, true, false, false,
	 "\033[4;665;960t\033[?65;1;9c", GRAPHICS_NONE, INK_SEXTANTS},
	{"VTE 0.68", "xterm-256color", "6800", NULL, true, false, false, "\033[?65;1;9c",
	 GRAPHICS_NONE, INK_QUADRANTS},
	{"qterminal", "xterm-256color", NULL, NULL, true, false, false, "\033[?1;2c", GRAPHICS_NONE,
	 INK_QUADRANTS},
	{"kitty", "xterm-kitty", NULL, "1", true, false, false,
	 "\033P>|kitty(0.26.5)\033\\\033[6;15;7t\033[4;525;840t\033[?62;c\033_Gi=31;OK\033\\",
	 GRAPHICS_KITTY, INK_SEXTANTS},
	{"kitty that refuses", "xterm-kitty", NULL, "1", true, false, false,
	 "\033P>|kitty(0.26.5)\033\\\033[?62;c\033_Gi=31;EINVAL:no\033\\", GRAPHICS_NONE,
	 INK_SEXTANTS},
	{"alacritty", "alacritty", NULL, NULL, true, false, false, "\033[4;595;840t\033[?6c",
	 GRAPHICS_NONE, INK_QUADRANTS},
	{"foot", "foot", NULL, NULL, true, false, false,
	 "\033P>|foot(1.13.1)\033\\\033[6;17;8t\033[4;612;976t\033[?62;4;22c\033[?1;0;1024S",
	 GRAPHICS_SIXEL, INK_SEXTANTS},
	{"foot by ssh", "xterm-256color", NULL, NULL, true, false, false,
	 "\033P>|foot(1.13.1)\033\\\033[?62;4;22c", GRAPHICS_SIXEL, INK_SEXTANTS},
	{"tmux", "tmux-256color", "7006", "1", true, true, false,
	 "\033P>|tmux 3.3a\033\\\033[?1;2c", GRAPHICS_NONE, INK_QUADRANTS},
	{"tmux that has sixels", "tmux-256color", NULL, NULL, true, true, false,
	 "\033P>|tmux 3.4\033\\\033[?62;4c", GRAPHICS_NONE, INK_QUADRANTS},
	{"GNU screen", "screen.xterm-kitty", NULL, "1", true, false, true, "\033[?1;2c",
	 GRAPHICS_NONE, INK_QUADRANTS},
	{"dvtm", "dvtm-256color", NULL, NULL, true, false, false, "", GRAPHICS_NONE, INK_QUADRANTS},
};

/* A terminal that has taken in these bytes; each in a read of its own if so asked. */
static void feed(struct input *in, const char *bytes, bool in_pieces)
{
	struct event ev;
	size_t all = strlen(bytes);

	for (size_t at = 0, n; at < all; at += n) {
		size_t room;
		unsigned char *to = input_space(in, &room);

		n = in_pieces ? 1 : all;
		memcpy(to, bytes + at, n);
		input_added(in, n);
		while (input_next(in, false, &ev))
			fail_msg("event %d, key %x", (int)ev.kind, (unsigned)ev.key);
		/* a pause: what is half there is flushed unless it is an answer */
		if (in_pieces && bytes[at] != '\033')
			while (input_pending(in) && input_next(in, true, &ev))
				fail_msg("%zu: event %d, key %x", at, (int)ev.kind,
					 (unsigned)ev.key);
	}
}

static struct graphics_env env_of(size_t i)
{
	return (struct graphics_env){.term = terminals[i].term,
				     .vte = terminals[i].vte,
				     .window = terminals[i].window,
				     .in_tmux = terminals[i].in_tmux,
				     .in_screen = terminals[i].in_screen,
				     .has_rgb = terminals[i].has_rgb};
}

static void terminals_are_told_by_their_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(terminals); i++)
		for (int in_pieces = 0; in_pieces < 2; in_pieces++) {
			struct graphics_env env = env_of(i);
			struct input in;

			input_init(&in);
			in.expects_answers = true;
			feed(&in, terminals[i].answers, in_pieces);
			enum graphics_kind kind =
				graphics_choose(PICTURES_AUTO, &env, &in.answers, true);
			enum picture_ink blocks = graphics_blocks(&env, &in.answers);
			if (kind != terminals[i].kind || blocks != terminals[i].blocks)
				fail_msg("%s: %d, blocks %d", terminals[i].name, (int)kind,
					 (int)blocks);
			assert_int_equal(graphics_choose(PICTURES_AUTO, &env, &in.answers, false),
					 GRAPHICS_NONE); /* as long as the answers are not there */
			assert_int_equal(graphics_choose(PICTURES_CELLS, &env, &in.answers, true),
					 GRAPHICS_NONE);
			if (env.in_tmux || env.in_screen)
				assert_int_equal(
					graphics_choose(PICTURES_KITTY, &env, &in.answers, true),
					GRAPHICS_NONE);
			else /* a person knows better */
				assert_int_equal(
					graphics_choose(PICTURES_SIXEL, &env, &in.answers, false),
					GRAPHICS_SIXEL);
			input_fini(&in);
		}
}

/* urxvt, qterminal and dvtm print the request. */
static void kitty_is_asked_where_nothing_is_printed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(terminals); i++) {
		struct graphics_env env = env_of(i);
		struct input in;

		input_init(&in);
		in.expects_answers = true;
		feed(&in, terminals[i].answers, false);
		bool is_kitty = strncmp(terminals[i].name, "kitty", 5) == 0;
		if (graphics_may_be_kitty(&env, &in.answers) != is_kitty)
			fail_msg("%s", terminals[i].name);
		input_fini(&in);
	}
}

static void what_is_no_answer_stays_a_key(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t key;
	} keys[] = {{"\033[5~", VKEY_PGUP},
		    {"\033[6~", VKEY_PGDN},
		    {"\033[4~", VKEY_END},
		    {"\033[A", VKEY_UP},
		    {"\033OP", VKEY_F1},
		    {"4", '4'},
		    {"[", '['},
		    {"P", 'P'},
		    {"_", '_'}};
	struct event ev;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct input in;
		size_t room;

		input_init(&in);
		in.expects_answers = true;
		memcpy(input_space(&in, &room), keys[i].bytes, strlen(keys[i].bytes));
		input_added(&in, strlen(keys[i].bytes));
		if (!input_next(&in, false, &ev) || ev.key != keys[i].key)
			fail_msg("%s", keys[i].bytes + 1);
		input_fini(&in);
	}
}

static void the_size_of_a_cell(void **state)
{
	const struct answers said = {.cell_w = 7, .cell_h = 15},
			     text = {.text_w = 960, .text_h = 665}, none = {.registers = 0};
	int w = 0, h = 0;

	(void)state;
	assert_true(graphics_cell(GRAPHICS_SIXEL, &said, 964, 529, 160, 40, &w, &h));
	assert_true(w == 6 && h == 13); /* xterm counts its frame */
	assert_true(graphics_cell(GRAPHICS_SIXEL, &said, 0, 0, 80, 24, &w, &h));
	assert_true(w == 7 && h == 15);
	assert_true(graphics_cell(GRAPHICS_SIXEL, &text, 0, 0, 120, 35, &w, &h));
	assert_true(w == 8 && h == 19);
	assert_false(graphics_cell(GRAPHICS_SIXEL, &none, 0, 0, 80, 24, &w, &h));
	assert_true(graphics_cell(GRAPHICS_KITTY, &none, 0, 0, 80, 24, &w, &h));
	assert_int_equal(h, 2 * w);
	assert_int_equal(graphics_registers(&none), 16);
}

/* ------------------------------------------------------------ from one to the next */

static void paint(const void *what, int width, int height, struct rect part, bool with_mark,
		  uint8_t *rgb)
{
	(void)what;
	assert_true(part.x >= 0 && part.y >= 0 && part.x + part.width <= width &&
		    part.y + part.height <= height);
	memset(rgb, with_mark ? 0xff : 0x40, (size_t)part.width * (size_t)part.height * 3);
}

static struct strbuf out;

/* A frame with n pictures; key and mark tell them apart. */
static const char *frame(struct pictures *p, int n, uint64_t key, int mark, bool is_all_new,
			 bool *redraw)
{
	static struct cells c;

	if (!c.cell)
		assert_true(cells_init(&c, 80, 24));
	cells_clear(&c);
	for (int i = 0; i < n; i++)
		c.picture[i] = (struct cells_picture){.at = {i * 20, 2, 10, 5},
						      .mark = {i * 20 + mark, 3, mark ? 1 : 0, 1},
						      .mark_key = (uint64_t)mark,
						      .key = key,
						      .paint = paint};
	c.pictures = n;
	c.point.x = 4;
	c.point.y = 1;
	strbuf_clear(&out);
	*redraw = pictures_before(p, &c, is_all_new, &out);
	strbuf_putc(&out, '|'); /* the frame */
	pictures_behind(p, &c, &out);
	return strbuf_text(&out);
}

static int count(const char *text, const char *what)
{
	int n = 0;

	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

static bool ends(const char *text, const char *with)
{
	size_t n = strlen(text), w = strlen(with);

	return n >= w && strcmp(text + n - w, with) == 0;
}

static void kitty_pictures_go_before_the_frame(void **state)
{
	struct pictures p = {.kind = GRAPHICS_KITTY, .cell_w = 4, .cell_h = 8};
	bool redraw;
	const char *sent = frame(&p, 2, 1, 3, false, &redraw);

	(void)state;
	assert_false(redraw);
	assert_int_equal(sent[0], '|');
	assert_int_equal(count(sent, "a=T"), 4); /* two, each with a mark above it */
	assert_int_equal(count(sent, "\033[3;1H"), 1);
	assert_int_equal(count(sent, "\033[3;21H"), 1);
	assert_true(ends(sent, "\033[2;5H")); /* the cursor is where the frame left it */
	assert_string_equal(frame(&p, 2, 1, 3, false, &redraw), "|"); /* nothing has changed */
	sent = frame(&p, 2, 1, 5, false, &redraw); /* the marks move: two small ones each */
	assert_int_equal(count(sent, "a=T"), 2);
	assert_int_equal(count(sent, "a=d"), 2);
	assert_true(strlen(sent) < 800);
	sent = frame(&p, 2, 2, 5, false, &redraw); /* others in the same places */
	assert_int_equal(count(sent, "a=T"), 4);
	sent = frame(&p, 1, 2, 5, false, &redraw);
	assert_true(strchr(sent, '|') > strstr(sent, "a=d,d=I"));
	sent = frame(&p, 0, 0, 0, false, &redraw); /* another view, a list */
	assert_int_equal(count(sent, "a=d,d=I"), 2);
	assert_int_equal(sent[strlen(sent) - 1], '|');
	assert_string_equal(frame(&p, 0, 0, 0, false, &redraw), "|");
	frame(&p, 1, 2, 0, false, &redraw);
	sent = frame(&p, 1, 2, 0, true, &redraw); /* the screen is painted anew */
	assert_false(redraw);
	assert_int_equal(count(sent, "a=T"), 1);
	strbuf_clear(&out);
	pictures_leave(&p, &out);
	assert_int_equal(strncmp(strbuf_text(&out), "\033\\\033_Ga=d,d=I,i=", 15), 0);
	assert_int_equal(count(strbuf_text(&out), "a=d,d=I"), 2 * CELLS_PICTURES);
	strbuf_fini(&out);
}

static void sixels_are_painted_over(void **state)
{
	struct pictures p = {.kind = GRAPHICS_SIXEL, .cell_w = 4, .cell_h = 8, .registers = 16};
	struct pictures none = {.kind = GRAPHICS_NONE};
	bool redraw;
	const char *sent = frame(&p, 1, 1, 3, false, &redraw);

	(void)state;
	assert_false(redraw);
	assert_int_equal(count(sent, "\033P0;1;0q"), 2);
	assert_int_equal(count(sent, "\"1;1;40;40"), 1);
	assert_int_equal(count(sent, "\"1;1;4;8"), 1);
	sent = frame(&p, 1, 1, 5, false, &redraw); /* where the mark was, and where it is */
	assert_false(redraw);
	assert_int_equal(count(sent, "\"1;1;4;8"), 2);
	assert_int_equal(count(sent, "\033[4;4H\033P"), 1);
	assert_int_equal(count(sent, "\033[4;6H\033P"), 1);
	frame(&p, 1, 2, 5, false, &redraw); /* another in the same place */
	assert_false(redraw);
	frame(&p, 2, 2, 5, false, &redraw); /* another place: it must go from the old one */
	assert_true(redraw);
	sent = frame(&p, 0, 0, 0, false, &redraw);
	assert_true(redraw);
	assert_string_equal(sent, "|");
	frame(&p, 1, 2, 5, false, &redraw);
	assert_true(pictures_set(&p, &none, &out));
	assert_string_equal(frame(&p, 1, 2, 5, false, &redraw), "|");
	assert_false(redraw);
	strbuf_fini(&out);
}

/* 100 x 40 cells of 20 x 40 pixels are 3.2 million: kitty scales what is sent. */
static void large_pictures_are_sent_smaller(void **state)
{
	struct pictures p = {.kind = GRAPHICS_KITTY, .cell_w = 20, .cell_h = 40};
	struct cells c;

	(void)state;
	assert_true(cells_init(&c, 100, 50));
	c.pictures = 1;
	c.picture[0] = (struct cells_picture){.at = {0, 0, 100, 40}, .paint = paint};
	strbuf_clear(&out);
	pictures_behind(&p, &c, &out);
	assert_true(out.len < 2200000);
	assert_non_null(strstr(strbuf_text(&out), "c=100,r=40"));
	strbuf_fini(&out);
	cells_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminals_are_told_by_their_answers),
		cmocka_unit_test(kitty_is_asked_where_nothing_is_printed),
		cmocka_unit_test(what_is_no_answer_stays_a_key),
		cmocka_unit_test(the_size_of_a_cell),
		cmocka_unit_test(kitty_pictures_go_before_the_frame),
		cmocka_unit_test(sixels_are_painted_over),
		cmocka_unit_test(large_pictures_are_sent_smaller),
	};

	strbuf_init(&out);
	return cmocka_run_group_tests_name("graphics", tests, NULL, NULL);
}
