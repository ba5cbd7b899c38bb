/* The bytes of pens, moves and rows: few, and what each kind of terminal understands. */
#include "unit.h"

#include "base/base.h"
#include "base/str.h"
#include "draw/style.h"
#include "tests/xterm.h"
#include "tui/painter.h"

enum { B = STYLE_BOLD, U = STYLE_UNDERLINE, R = STYLE_REVERSE, NO = PEN_KEEP };

static const char *color_strange(int32_t n, bool is_ground)
{
	static char text[PEN_PART];

	return str_format(text, sizeof(text), "<%c%d>", is_ground ? 'g' : 'i', (int)n);
}

static const char *address_strange(int row, int column)
{
	static char text[PEN_PART];

	return str_format(text, sizeof(text), "<%d,%d>", row, column);
}

static struct inks xterm(bool can_undo, bool has_rgb)
{
	struct inks k = xterm_inks(has_rgb);

	inks_settle(&k, can_undo ? "\033[24m" : "\033[m");
	return k;
}

/* What goes out, with \e for ESC. */
static const char *shown(const char *bytes, size_t n)
{
	static char out[1024];
	size_t to = 0;

	for (size_t i = 0; i < n && to + 3 < sizeof(out); i++) {
		const char *name = bytes[i] == '\033' ? "\\e"
				   : bytes[i] == '\n' ? "\\n"
				   : bytes[i] == '\r' ? "\\r"
				   : bytes[i] == '\b' ? "\\b"
						      : NULL;

		if (name)
			to += (size_t)snprintf(out + to, sizeof(out) - to, "%s", name);
		else
			out[to++] = bytes[i];
	}
	out[to] = '\0';
	return out;
}

/* ------------------------------------------------------------------ pens */

static const char *change(struct inks *k, struct pen have, struct pen want)
{
	char bytes[PEN_CHANGE];

	return shown(bytes, pen_change(k, &have, &want, bytes));
}

static void pens_change_by_what_differs(void **state)
{
	static const struct {
		struct pen have, want;
		const char *steps, *anew; /* with 22, 24, 27 and without */
	} rows[] = {
		{{false, 0, NO, NO}, {true, 0, NO, NO}, "\\e[m", "\\e[m"},
		{{false, B, 1, 2}, {true, B, 1, 2}, "\\e[;1;31;42m", "\\e[;1;31;42m"},
		{{true, 0, NO, NO}, {true, 0, NO, NO}, "", ""},
		{{true, 0, NO, NO}, {true, B, 100, NO}, "\\e[1;38;5;100m", "\\e[1;38;5;100m"},
		{{true, B, 1, NO}, {true, 0, 1, NO}, "\\e[22m", "\\e[;31m"},
		{{true, 0, 1, NO}, {true, 0, 0, NO}, "\\e[30m", "\\e[30m"},
		{{true, B, 1, 233}, {true, 0, 1, 233}, "\\e[22m", "\\e[;31;48;5;233m"},
		{{true, B | U, 100, 233},
		 {true, 0, 100, 233},
		 "\\e[22;24m",
		 "\\e[;38;5;100;48;5;233m"},
		{{true, R, 1, 2}, {true, B, 1, 2}, "\\e[27;1m", "\\e[;1;31;42m"},
		{{true, 0, 1, 233}, {true, 0, NO, 233}, "\\e[39m", "\\e[39m"},
		{{true, 0, 1, 2}, {true, 0, NO, NO}, "\\e[m", "\\e[m"},
		{{true, 0, 100, 4}, {true, 0, 100, NO}, "\\e[49m", "\\e[49m"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct inks undo = xterm(true, false), none = xterm(false, false);

		assert_string_equal(change(&undo, rows[i].have, rows[i].want), rows[i].steps);
		assert_string_equal(change(&none, rows[i].have, rows[i].want), rows[i].anew);
	}
}

static void any_colour_is_sent_as_it_is(void **state)
{
	struct inks k = xterm(true, true);

	(void)state;
	assert_string_equal(change(&k, (struct pen){true, 0, NO, NO},
				   (struct pen){true, 0, 0xff8001, 0x000010}),
			    "\\e[38;2;255;128;1;48;2;0;0;16m");
	assert_string_equal(change(&k, (struct pen){true, 0, 0xff8001, 0x000010},
				   (struct pen){true, 0, 0xff8001, NO}),
			    "\\e[49m");
}

/* Without 39 and 49 the terminal's own colours come back with a reset alone. */
static void no_own_colour_needs_a_reset(void **state)
{
	struct inks k = xterm(true, false);

	(void)state;
	k.no_color[0] = '\0';
	inks_settle(&k, "\033[24m");
	assert_string_equal(
		change(&k, (struct pen){true, 0, 1, 233}, (struct pen){true, 0, NO, 233}),
		"\\e[;48;5;233m");
}

static void sequences_of_their_own_go_one_by_one(void **state)
{
	struct inks k = {.reset = "<r>",
			 .bold = "<b>",
			 .reverse = "<v>",
			 .no_color = "<n>",
			 .color = color_strange,
			 .beside_color = (uint16_t)~STYLE_BOLD};

	(void)state;
	inks_settle(&k, NULL);
	assert_false(k.is_sgr);
	assert_string_equal(
		change(&k, (struct pen){true, 0, NO, NO}, (struct pen){true, B | U | R, NO, NO}),
		"<r><n><b><v>");
	/* no underline at all, and nothing bold beside a colour */
	assert_string_equal(
		change(&k, (struct pen){true, 0, NO, NO}, (struct pen){true, B | R, 3, 4}),
		"<r><n><v><i3><g4>");
	assert_string_equal(
		change(&k, (struct pen){true, 0, 3, 4}, (struct pen){true, B | U, 3, 4}), "");
}

/* ------------------------------------------------------------------ moves */

static const struct moves full = {.width = 100,
				  .has_address = true,
				  .has_column = true,
				  .has_right = true,
				  .has_left = true,
				  .has_down = true};

static const char *way(struct moves m, int row, int column)
{
	char bytes[MOVES_LONGEST];
	size_t n = moves_to(&m, row, column, bytes);

	assert_true(m.row == row && m.column == column);
	return shown(bytes, n);
}

static void ways_are_short(void **state)
{
	static const struct {
		int from_row, from_column, row, column;
		const char *way, *poor; /* and of a terminal that addresses alone */
	} rows[] = {
		{2, 5, 2, 5, "", ""},
		{2, 5, 2, 6, "\\e[C", "\\e[3;7H"},
		{2, 5, 2, 9, "\\e[4C", "\\e[3;10H"},
		{2, 41, 2, 4, "\\e[5G", "\\e[3;5H"},
		{2, 5, 2, 3, "\\b\\b", "\\e[3;4H"},
		{2, 50, 2, 0, "\\r", "\\e[3;1H"},
		{2, 50, 2, 1, "\\e[2G", "\\e[3;2H"},
		{2, MOVES_UNKNOWN, 2, 8, "\\e[9G", "\\e[3;9H"},
		{2, 5, 3, 5, "\\n", "\\e[4;6H"},
		{2, 5, 3, 9, "\\n\\e[4C", "\\e[4;10H"},
		{2, 50, 3, 9, "\\n\\e[10G", "\\e[4;10H"},
		{2, 50, 3, 0, "\\r\\n", "\\e[4;1H"},
		{2, MOVES_UNKNOWN, 3, 0, "\\r\\n", "\\e[4;1H"},
		{2, 5, 1, 5, "\\e[2;6H", "\\e[2;6H"},
		{MOVES_UNKNOWN, MOVES_UNKNOWN, 0, 0, "\\e[1;1H", "\\e[1;1H"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct moves m = full, poor = {.width = 100, .has_address = true};

		moves_are_at(&m, rows[i].from_row, rows[i].from_column);
		moves_are_at(&poor, rows[i].from_row, rows[i].from_column);
		assert_string_equal(way(m, rows[i].row, rows[i].column), rows[i].way);
		assert_string_equal(way(poor, rows[i].row, rows[i].column), rows[i].poor);
	}
	struct moves strange = {.width = 100, .address = address_strange};
	moves_are_at(&strange, 2, 5);
	assert_string_equal(way(strange, 2, 6), "<2,6>");
}

static void characters_move_the_cursor(void **state)
{
	struct moves m = full;

	(void)state;
	moves_are_at(&m, 0, 3);
	moves_drawn(&m, 'a');
	assert_int_equal(m.column, 4);
	moves_drawn(&m, 0x2502); /* some fonts make it wide */
	assert_int_equal(m.column, MOVES_UNKNOWN);
	assert_int_equal(m.row, 0);
	moves_are_at(&m, 0, 99); /* at the edge terminals differ */
	moves_drawn(&m, 'a');
	assert_int_equal(m.row, MOVES_UNKNOWN);
	moves_are_at(&m, 0, 98);
	moves_drawn(&m, 0x2502);
	assert_int_equal(m.row, MOVES_UNKNOWN);
}

/* ------------------------------------------------------------------ rows */

enum { W = 30 };

/* A letter is in red, a digit plain, '_' a blank on blue. */
static void row_of(const char *text, struct dab row[W])
{
	for (int x = 0; x < W; x++) {
		char c = *text ? *text++ : ' ';
		bool is_red = c >= 'a' && c <= 'z', is_blue = c == '_';

		row[x] = (struct dab){is_blue ? ' ' : (uint32_t)c, 0, is_red ? 1 : NO,
				      is_blue ? 4 : NO};
	}
}

static void rows_send_what_differs(void **state)
{
	static const struct {
		const char *old, *row, *bytes;
	} rows[] = {
		{"", "", ""},
		{"", "12", "\\n12"},
		{"12 34", "12 35", "\\n\\e[5G5"},
		/* a gap as short as the move over it, but not where it would need another pen */
		{"1234567", "x23456y", "\\n\\e[31mx\\e[7Gy"},
		{"1aaa5", "xaaay", "\\n\\e[31mxaaay"},
		{"1222222225", "3222222224", "\\n3\\e[8C4"},
		{"1 5", "a b", "\\n\\e[31ma b"},
		/* blanks: the pen that is there does */
		{"1234", "a   b", "\\n\\e[31ma   b"},
		{"123456", "a", "\\n\\e[31ma\\e[K"},
		{"123", "a", "\\n\\e[31ma\\e[K"},
		{"1234567", "1_", "\\n\\e[C\\e[44m \\e[m\\e[K"},
		{"12345678901234567890", "1                 8 ", "\\n\\e[C\\e[17X\\e[19G8\\e[K"},
	};
	struct caps caps = {
		.clear_end = "\033[K",
		.inks = xterm(true, false),
		.moves = full,
		.clears_in_color = true,
		.has_erase = true,
		.moves_in_color = true,
	};
	struct dab old[W], row[W];
	struct outlet o;
	struct painter p;

	(void)state;
	outlet_init(&o, -1);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		painter_init(&p, &caps, &o);
		painter_resize(&p, W, 10);
		p.pen = (struct pen){true, 0, NO, NO};
		moves_are_at(&caps.moves, 0, 0);
		row_of(rows[i].old, old);
		row_of(rows[i].row, row);
		assert_true(painter_row(&p, 1, old, row));
		assert_string_equal(shown(o.buf, o.n), rows[i].bytes);
		o.n = 0;
	}
	outlet_fini(&o);
}

/* The last cell would scroll the screen; a pen that does not move is put away first. */
static void terminals_with_less(void **state)
{
	struct caps caps = {.clear = "<c>",
			    .clear_end = "\033[K",
			    .has_erase = true,
			    .inks = xterm(false, false),
			    .moves = full,
			    .scrolls_at_end = true};
	struct dab old[W], row[W];
	struct outlet o;
	struct painter p;

	(void)state;
	outlet_init(&o, -1);
	painter_init(&p, &caps, &o);
	painter_resize(&p, W, 2);
	struct dab blank = painter_clear(&p, &(struct pen){true, 0, 1, 4});
	assert_int_equal(blank.bg, PEN_KEEP); /* it does not clear in colour */
	assert_string_equal(shown(o.buf, o.n), "\\e(B\\e[m\\e[m<c>");
	o.n = 0;
	row_of("", old);
	row_of("a                            b", row);
	assert_true(painter_row(&p, 1, old, row));
	assert_string_equal(shown(o.buf, o.n), "\\n\\e[31ma");
	o.n = 0;
	painter_point(&p, 5, 0);
	assert_string_equal(shown(o.buf, o.n), "\\e[m\\e[1;6H");
	outlet_fini(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pens_change_by_what_differs),
		cmocka_unit_test(any_colour_is_sent_as_it_is),
		cmocka_unit_test(no_own_colour_needs_a_reset),
		cmocka_unit_test(sequences_of_their_own_go_one_by_one),
		cmocka_unit_test(ways_are_short),
		cmocka_unit_test(characters_move_the_cursor),
		cmocka_unit_test(rows_send_what_differs),
		cmocka_unit_test(terminals_with_less),
	};

	return cmocka_run_group_tests_name("painter", tests, NULL, NULL);
}
