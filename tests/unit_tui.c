/* The decoder of keys, bytes to events, whole and in pieces; and the way of a frame out. */
#include "unit.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "tui/flight.h"
#include "tui/ground.h"
#include "tui/input.h"
#include "tui/outlet.h"

/* ------------------------------------------------------------------ keys */

/* Feeds all bytes, `step` at a time, and writes what came out as text: "Up a C-x [paste:..]
 * press1@3,4". */
static void decode(struct input *in, const char *bytes, size_t n, size_t step, bool flush,
		   char *out, size_t size)
{
	struct event ev;
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < n || (i == n && n == 0); i += step) {
		size_t room, part = n - i < step ? n - i : step;
		unsigned char *at = input_space(in, &room);

		assert_true(room >= part);
		memcpy(at, bytes + i, part);
		input_added(in, part);
		bool last = i + step >= n;
		while (input_next(in, false, &ev) || (last && flush && input_next(in, true, &ev))) {
			static const char *const mouse[] = {"press", "release", "drag", "up",
							    "down"};
			char name[16], text[64];

			if (ev.kind == EVENT_KEY) {
				event_key_name(ev.key, name);
				snprintf(text, sizeof(text), "%s", name);
			} else if (ev.kind == EVENT_GROUND) {
				snprintf(text, sizeof(text), "<%s>", ev.good ? "light" : "dark");
			} else if (ev.kind == EVENT_PASTE) {
				snprintf(text, sizeof(text), "[%.40s]", ev.text);
			} else {
				snprintf(text, sizeof(text), "%s%d@%d,%d", mouse[ev.mouse],
					 ev.button, ev.x, ev.y);
			}
			used += (size_t)snprintf(out + used, size - used, "%s%s", used ? " " : "",
						 text);
			assert_true(used < size);
		}
	}
}

static const struct {
	const char *bytes, *events;
} streams[] = {
	{"abc", "a b c"},
	{"\033[A\033[B\033[C\033[D\033[H\033[F", "Up Down Right Left Home End"},
	{"\033OA\033OB\033OC\033OD\033OH\033OF", "Up Down Right Left Home End"},
	{"\033[5~\033[6~\033[1~\033[4~\033[2~\033[3~", "PgUp PgDn Home End Insert Delete"},
	{"\033OP\033[15~\033[24~\033[[A\033[[E", "F1 F5 F12 F1 F5"},
	{"\033[1;5A\033[1;2P\033[Z", "Up F1 Shift-Tab"},
	{"\r\n\t\177\b", "Enter Enter Tab Backspace Backspace"},
	{"\001\014\032", "Ctrl-A Ctrl-L Ctrl-Z"},
	{"\033", "Esc"},
	{"\033q", "Esc q"},
	{"\033\033[A", "Esc Up"},
	{"\303\251\342\202\254", "\303\251 \342\202\254"},
	{"a\377\300b\302c", "a b c"},                         /* not UTF-8 */
	{"\033[12;40Rx\033[0nx\033[?62;22cx", "x x x"},       /* answers of the terminal */
	{"\033[38;5;1mx\033[99~x\033[200;1Hx", "x x Home x"}, /* no key, no number of one */
	{"\033]11;rgb:0/0/0\007x\033]0;t\033\\y\033P1$r\033\\z", "x y z"},
	{"\033[<0;5;6M\033[<0;5;6m", "press1@4,5 release1@4,5"},
	{"\033[<64;1;1M\033[<65;1;1M\033[<2;9;9M\033[<32;3;3M",
	 "up0@0,0 down0@0,0 press3@8,8 drag1@2,2"},
	{"\033[<0;0;6Mx\033[<35;5;6Mx", "x x"}, /* outside; motion without a button */
	{"\033[M #$x", "press1@2,3 x"},
	{"\033Oj\033Ok\033Om\033OM\033Ox", "* + - Enter 8"},
	{"\033[200~a b\r\nc\033[201~d", "[a b  c] d"},
	{"\033[200~\001x\033[31my\033[201~z", "[x[31my] z"},
	{"\033[201~x", "x"},
	{"\033[<66;1;1Mx\033[<64;1;1mx\033[<32;5;6mx",
	 "x x x"}, /* a third wheel, one let go, both */
	{"\033[<128;5;6Mx\033[<0;5;0Mx", "x x"},
	{"\033[M##$x", "release1@2,3 x"}, /* of which button is not said */
	{"\033[M\037#$x\033[M \037$x\033[M #\037x", "x x x"},
	{"\033[[Fx\033[[@x", "x x"},
	{"\033[1;2;3;4;5;6;7;8;9;10;11;12Ax\033[999999999~x", "Up x x"},
	{"\033[1;1Rx\033[Rx", "F3 x F3 x"}, /* of the cursor's place a report has another row */
	{"\033[>41;1cx\033[1 qx\033[1:2Ax", "x x x"},
	{"\033[12\001x\033[12\177x", "Ctrl-A x Backspace x"}, /* what ends it is read */
	{"\033[200~\033[201~x\033[200~a\tb\177c\033[201~", "x [a bc]"},
	{"\033[", ""}, /* cut short */
	{"\033[12", ""},
};

static void streams_in_any_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(streams); i++) {
		size_t n = strlen(streams[i].bytes);

		for (size_t step = 1; step <= n; step++) {
			struct input in;
			char out[256];

			input_init(&in);
			decode(&in, streams[i].bytes, n, step, true, out, sizeof(out));
			if (strcmp(out, streams[i].events) != 0)
				fail_msg("stream %zu in pieces of %zu: expected \"%s\", found "
					 "\"%s\"",
					 i, step, streams[i].events, out);
			assert_false(input_pending(&in));
			input_fini(&in);
		}
	}
}

static const struct {
	const char *bytes, *events;
} answers[] = {
	{"\033]11;rgb:0000/0000/0000\033\\", "<dark>"},
	{"\033]11;rgb:ffff/ffff/ffff\007x", "<light> x"},
	{"\033]11;rgb:fa/fb/FC\033\\x", "<light> x"},
	{"\033]11;rgba:1212/1212/1212/ffff\007x", "<dark> x"},
	{"\033]11;rgb:f/0/0\007", "<dark>"},
	{"a\033]11;rgb:ffff/ffff/ffff\033\\\033[0nb", "a <light> b"},
	{"\033[A\033]11;rgb:2/2/2\007\033[B", "Up <dark> Down"},
	{"\033]10;rgb:ffff/0/0\007x", "x"}, /* not what was asked for */
	{"\033]11;green\007x", "x"},
	{"\033]11;rgb:ffff/ffff/ffff\007\033]11;rgb:0/0/0\007x", "<light> x"}, /* asked once */
};

static void the_background_in_any_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++)
		for (size_t n = strlen(answers[i].bytes), step = 1; step <= n; step++) {
			struct input in;
			char out[256];

			input_init(&in);
			in.expects_ground = true;
			decode(&in, answers[i].bytes, n, step, true, out, sizeof(out));
			if (strcmp(out, answers[i].events) != 0)
				fail_msg("answer %zu in pieces of %zu: expected \"%s\", found "
					 "\"%s\"",
					 i, step, answers[i].events, out);
			assert_false(input_pending(&in));
			input_fini(&in);
		}
}

/* After a pause anywhere, and a flush, the rest of an answer is still an answer and no key. */
static void a_pause_in_the_answer(void **state)
{
	static const char bytes[] = "\033]11;rgb:ffff/ffff/ffff\033\\";
	const size_t n = sizeof(bytes) - 1;

	(void)state;
	for (size_t cut = 1; cut < n; cut++) {
		struct input in;
		char first[64], rest[64];

		input_init(&in);
		in.expects_ground = true;
		decode(&in, bytes, cut, cut, true, first, sizeof(first));
		assert_string_equal(first, cut == 1 ? "Esc" : "");
		assert_false(input_pending(&in)); /* nothing that a timer would throw away */
		decode(&in, bytes + cut, n - cut, n - cut, true, rest, sizeof(rest));
		assert_string_equal(rest, "<light>");
		input_fini(&in);
	}
}

static void grounds_of_the_environment(void **state)
{
	static const struct {
		const char *value;
		enum ground ground;
	} rows[] = {
		{NULL, GROUND_UNKNOWN},         {"", GROUND_UNKNOWN},
		{"15", GROUND_UNKNOWN},         {"15;0", GROUND_DARK},
		{"0;15", GROUND_LIGHT},         {"0;default;15", GROUND_LIGHT},
		{"12;8", GROUND_DARK},          {"0;7", GROUND_LIGHT},
		{"15;default", GROUND_UNKNOWN}, {"0;-1", GROUND_UNKNOWN},
		{"0;7x", GROUND_UNKNOWN},       {"0;99999999999999999999", GROUND_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(ground_of_colorfgbg(rows[i].value), rows[i].ground);
}

static void half_a_key_waits(void **state)
{
	struct input in;
	char out[64];

	(void)state;
	input_init(&in);
	decode(&in, "\033", 1, 1, false, out, sizeof(out));
	assert_string_equal(out, "");
	assert_true(input_pending(&in));
	decode(&in, "OA", 2, 2, false, out, sizeof(out));
	assert_string_equal(out, "Up");
	assert_false(input_pending(&in));
	input_fini(&in);
}

static void answers_are_noted(void **state)
{
	struct input in;
	char out[64];

	(void)state;
	input_init(&in);
	decode(&in, "a\033[0n", 5, 5, false, out, sizeof(out));
	assert_string_equal(out, "a");
	assert_true(in.has_answer);
	input_fini(&in);
}

static void learns_what_is_unusual(void **state)
{
	struct input in;
	char out[64];

	(void)state;
	input_init(&in);
	input_learn(&in, "\033[A", VKEY_UP);
	input_learn(&in, NULL, VKEY_UP);
	input_learn(&in, "", VKEY_UP);
	input_learn(&in, "\033[much-too-long-for-a-key~", VKEY_UP);
	assert_int_equal(in.keys_n, 0);
	input_learn(&in, "\013", VKEY_UP);
	input_learn(&in, "\033q1", VKEY_F1);
	assert_int_equal(in.keys_n, 2);
	decode(&in, "\013\033q1\033q2", 7, 1, true, out, sizeof(out));
	assert_string_equal(out, "Up F1 Esc q 2");
	input_fini(&in);
}

static void long_pastes_are_cut(void **state)
{
	struct input in;
	struct event ev;
	char part[256];
	size_t room;

	(void)state;
	input_init(&in);
	memcpy(input_space(&in, &room), "\033[200~", 6);
	input_added(&in, 6);
	memset(part, 'x', sizeof(part));
	for (int i = 0; i < 1000; i++) {
		memcpy(input_space(&in, &room), part, sizeof(part));
		input_added(&in, sizeof(part));
		assert_false(input_next(&in, false, &ev));
	}
	memcpy(input_space(&in, &room), "\033[201~", 6);
	input_added(&in, 6);
	assert_true(input_next(&in, false, &ev));
	assert_int_equal(ev.kind, EVENT_PASTE);
	assert_int_equal(strlen(ev.text), INPUT_PASTE_MAX);
	input_fini(&in);
}

static void noise_never_sticks(void **state)
{
	struct input in;
	struct event ev;
	unsigned seed = 20240607;

	(void)state;
	input_init(&in);
	for (int i = 0; i < 4000; i++) {
		size_t room;
		unsigned char *at = input_space(&in, &room);

		assert_true(room > 0);
		for (size_t k = 0; k < room && k < 97; k++) {
			seed = seed * 1103515245u + 12345u;
			at[k] = (seed >> 16 & 3) == 0 ? 0x1b : (unsigned char)(seed >> 20);
		}
		input_added(&in, room < 97 ? room : 97);
		while (input_next(&in, i % 5 == 0, &ev))
			assert_true(ev.kind == EVENT_KEY || ev.kind == EVENT_MOUSE ||
				    ev.kind == EVENT_PASTE);
	}
	while (input_next(&in, true, &ev))
		;
	assert_false(input_pending(&in));
	input_fini(&in);
}

/* One write of the terminal's. */
static void arrive(struct input *in, const char *bytes)
{
	size_t room, n = strlen(bytes);

	memcpy(input_space(in, &room), bytes, n);
	assert_true(n <= room);
	input_added(in, n);
}

static void a_paste_that_nothing_tells(void **state)
{
	static const struct {
		const char *bytes;
		bool is_paste;
	} rows[] = {
		{"/home/me/quit.jpg", true},   {"q", false},      {"2q", false},
		{"jjjjjjjjjj", false},         {"1234", false},   {"12345", true},
		{"\033[B\033[B\033[B", false}, {"quit\r", false}, {"jkjkjkjkjk", true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int told = 0; told < 2; told++) {
			struct input in;
			struct event ev;

			input_init(&in);
			in.has_no_paste = !told;
			arrive(&in, rows[i].bytes);
			assert_true(input_next(&in, true, &ev));
			assert_int_equal(ev.kind == EVENT_PASTE, rows[i].is_paste && !told);
			if (ev.kind == EVENT_PASTE) {
				assert_string_equal(ev.text, rows[i].bytes);
				assert_false(input_next(&in, true, &ev));
				arrive(&in, "q"); /* and the next key is one */
				assert_true(input_next(&in, true, &ev));
				assert_int_equal(ev.key, 'q');
			}
			input_fini(&in);
		}
}

static void a_notch_that_is_told_twice(void **state)
{
	static const char down[] = "\033[<65;3;3M", up[] = "\033[<64;3;3M";
	char both[64], mixed[64];
	struct input in;
	struct event ev;

	(void)state;
	snprintf(both, sizeof(both), "%s%s", down, down);
	snprintf(mixed, sizeof(mixed), "%s%s", down, up);
	for (int pairs = 0; pairs < 2; pairs++) {
		int n = 0;

		input_init(&in);
		in.pairs_wheel = pairs;
		for (int i = 0; i < 3; i++) {
			arrive(&in, both);
			while (input_next(&in, false, &ev))
				n++;
		}
		assert_int_equal(n, pairs ? 3 : 6);
		arrive(&in, down);
		assert_true(input_next(&in, false, &ev));
		arrive(&in, down); /* in another write it is another notch */
		assert_true(input_next(&in, false, &ev));
		arrive(&in, mixed);
		assert_true(input_next(&in, false, &ev));
		assert_true(input_next(&in, false, &ev));
		input_fini(&in);
	}
}

/* ------------------------------------------------------------------ output */

static void frames_wait_for_a_slow_terminal(void **state)
{
	struct flight f = {.can = true};

	(void)state;
	assert_false(flight_sent(&f, FLIGHT_MAX - 1, 0));
	assert_true(flight_ready(&f, 0));
	assert_true(flight_sent(&f, 1, 0)); /* ask */
	assert_false(flight_sent(&f, FLIGHT_MAX, 0));
	assert_true(flight_ready(&f, 0)); /* never answered yet: it may be one that does not */
	flight_answered(&f, 1000);
	assert_true(flight_sent(&f, 0, 1000));
	assert_true(flight_ready(&f, 1000)); /* little is under way */
	assert_false(flight_sent(&f, FLIGHT_MAX, 1000));
	assert_false(flight_ready(&f, 1000));
	flight_answered(&f, 1200);
	assert_true(flight_ready(&f, 1500));
	assert_true(flight_sent(&f, 0, 1500));
	assert_false(flight_sent(&f, FLIGHT_MAX, 1500));
	assert_false(flight_ready(&f, 1500 + FLIGHT_LOST_MS - 1));
	assert_true(flight_ready(&f, 1500 + FLIGHT_LOST_MS)); /* do without */
	assert_false(flight_sent(&f, 100000, 20000));
	assert_true(flight_ready(&f, 20000));
}

/* A terminal's other end that reads a page at a time. Returns the process, which exits with 0 if n
 * bytes came and the last of them are `last`. */
static pid_t slow_reader(int from, int to_close, size_t n, const char *last)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	close(to_close); /* the writing end, or there is no end of the file */
	char *all = malloc(n + 4096);
	size_t got = 0, len = strlen(last);
	ssize_t some;
	while (all && got <= n && (some = read(from, all + got, 4096)) > 0)
		got += (size_t)some;
	_exit(!all || got != n || memcmp(all + n - len, last, len) != 0);
}

/* What does not block must not lose the rest of a frame, perhaps inside a sequence. */
static void frames_are_whole_on_a_terminal_that_does_not_block(void **state)
{
	static const char piece[] = "\033[38;5;123mab";
	enum { PIECES = 30000 };
	static char frame[(sizeof(piece) - 1) * PIECES]; /* the child has no use for it */
	size_t n = sizeof(frame);
	struct outlet o;
	int fd[2], status;
	(void)state;

	for (size_t i = 0; i < PIECES; i++)
		memcpy(frame + i * (sizeof(piece) - 1), piece, sizeof(piece) - 1);
	assert_int_equal(pipe(fd), 0);
	assert_int_equal(fcntl(fd[1], F_SETFL, fcntl(fd[1], F_GETFL) | O_NONBLOCK), 0);
	outlet_init(&o, fd[1]);
	pid_t child = slow_reader(fd[0], fd[1], n, piece);
	assert_true(child > 0);
	outlet_write(&o, frame, n);
	outlet_fini(&o);
	close(fd[1]);
	close(fd[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_in_any_pieces),
		cmocka_unit_test(the_background_in_any_pieces),
		cmocka_unit_test(a_pause_in_the_answer),
		cmocka_unit_test(grounds_of_the_environment),
		cmocka_unit_test(half_a_key_waits),
		cmocka_unit_test(answers_are_noted),
		cmocka_unit_test(learns_what_is_unusual),
		cmocka_unit_test(long_pastes_are_cut),
		cmocka_unit_test(noise_never_sticks),
		cmocka_unit_test(a_paste_that_nothing_tells),
		cmocka_unit_test(a_notch_that_is_told_twice),
		cmocka_unit_test(frames_wait_for_a_slow_terminal),
		cmocka_unit_test(frames_are_whole_on_a_terminal_that_does_not_block),
	};

	return cmocka_run_group_tests_name("tui", tests, NULL, NULL);
}
