/* The program in use, in a terminal: mouse on knobs, tabs and chart, files that change on disk, a
 * dropped picture, a talk. */
#include "tests/pty.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"

enum { MOUSE_LEFT = 0, MOUSE_DRAGGED = 32, MOUSE_UP = 64, MOUSE_DOWN = 65, PATH_BYTES = 1024 };

static const char READY[] = "Prefill";

static uint32_t cell_at(const struct session *t, int x, int y)
{
	VTermScreenCell cell;

	vterm_screen_get_cell(t->screen, (VTermPos){.row = y, .col = x}, &cell);
	return cell.chars[0] ? cell.chars[0] : ' ';
}

/* The first place of an ASCII text on the screen. */
static bool find(const struct session *t, const char *what, int *x, int *y)
{
	int n = (int)strlen(what);

	for (*y = 0; *y < t->height; ++*y)
		for (*x = 0; *x + n <= t->width; ++*x) {
			int i = 0;

			while (i < n && cell_at(t, *x + i, *y) == (unsigned char)what[i])
				i++;
			if (i == n)
				return true;
		}
	*x = *y = 0;
	return false;
}

static void mouse(struct session *t, int code, int x, int y)
{
	char bytes[48];

	type(t, str_format(bytes, sizeof bytes, "\033[<%d;%d;%dM", code, x + 1, y + 1));
}

static void let_go(struct session *t, int x, int y)
{
	char bytes[48];

	type(t, str_format(bytes, sizeof bytes, "\033[<0;%d;%dm", x + 1, y + 1));
}

static void click(struct session *t, int x, int y)
{
	mouse(t, MOUSE_LEFT, x, y);
	let_go(t, x, y);
}

static void leave(struct session *t)
{
	type(t, "q");
	check(wait_over(t) && WIFEXITED(t->status) && WEXITSTATUS(t->status) == 0, "and q leaves");
	finish(t);
}

static void test_knobs(void)
{
	static const struct start s = {
		.args = {"--no-config", "1920x1080"}
        };
	struct session t;
	int x, y;

	begin(&t, &s);
	wait_for(&t, READY);
	check(find(&t, "Images ", &x, &y) && !shows(&t, "\u25b8Images"),
	      "a knob without the focus");
	click(&t, x, y);
	check(wait_for(&t, "\u25b8Images"), "a click on it gives it the focus");
	mouse(&t, MOUSE_UP, x + 4, y);
	check(wait_for(&t, "\u25b8Images                 2"), "the wheel turns it up");
	mouse(&t, MOUSE_DOWN, x + 4, y);
	check(wait_for(&t, "\u25b8Images                 1"), "and down");
	find(&t, "Text ", &x, &y);
	mouse(&t, MOUSE_UP, x, y);
	check(wait_for(&t, "\u25b8Text") && !shows(&t, "\u25b8Text                 512 tok"),
	      "the wheel on another knob turns that one");
	leave(&t);
}

/* The number that follows a text on the screen; 0: none. */
static long number_after(const struct session *t, const char *what)
{
	const char *at = strstr(screen_text(t), what);
	long n = 0;

	at = at ? at + strlen(what) : "";
	for (at += strspn(at, " "); (*at >= '0' && *at <= '9') || *at == ','; at++)
		if (*at != ',')
			n = n * 10 + *at - '0';
	return n;
}

static long width_shown(const struct session *t)
{
	return number_after(t, "\u2502 width "); /* the line over the chart */
}

/* The triangle under the axis marks the width. */
static bool wait_mark(struct session *t, int x)
{
	for (long end = now_ms() + LIMIT_MS; !t->is_over && now_ms() < end;) {
		for (int y = 0; y < t->height; y++)
			if (cell_at(t, x, y) == 0x25b2)
				return true;
		pump(t, 100, -1);
	}
	return false;
}

static void test_chart(void)
{
	static const struct start s = {
		.args = {"--no-config", "1920x1080"}
        };
	struct session t;
	int x, y;

	begin(&t, &s);
	wait_for(&t, READY);
	check(find(&t, "2 Chart", &x, &y) && y == 0, "a tab");
	click(&t, x + 3, y);
	check(wait_for(&t, "c quantity, i axes") && width_shown(&t) == 1920,
	      "a click on it shows its view");
	mouse(&t, MOUSE_LEFT, 30, 12);
	check(wait_mark(&t, 30), "a press on the chart puts the mark there");
	settle(&t);
	long first = width_shown(&t);

	mouse(&t, MOUSE_DRAGGED, 40, 14);
	mouse(&t, MOUSE_DRAGGED, 55, 9);
	check(wait_mark(&t, 55), "dragging moves it");
	settle(&t);
	long second = width_shown(&t);

	check(first >= 224 && first < second && second <= 4096,
	      "and sets the width (%ld, then %ld pixels)", first, second);
	let_go(&t, 55, 9);
	size_t before = t.raw_n;

	mouse(&t, MOUSE_UP, 55, 9);
	check(wait_answer(&t, before) && width_shown(&t) > second,
	      "the wheel on the chart turns the width");
	leave(&t);
}

/* ------------------------------------------------------------------ files */

static void write_card(const char *path, const char *mem)
{
	FILE *f = fopen(path, "w");

	if (!f ||
	    fprintf(f,
		    "[hardware card]\nname = Card\nsource = made for this test\nmem = %s\n"
		    "bandwidth = 1000 GB/s\nbf16 = 100 TFLOP/s\n",
		    mem) < 0 ||
	    fclose(f) != 0) {
		printf("Bail out! %s cannot be written\n", path);
		exit(99);
	}
}

static void test_files(void)
{
	const char *build = getenv("BUILDDIR");
	char path[PATH_BYTES], shot[TEXT_MAX];
	struct session t;

	str_format(path, sizeof path, "%s/tui_pty_use.%ld.ini", build ? build : ".",
		   (long)getpid());
	write_card(path, "24 GB");
	struct start s = {
		.args = {"--no-config", "-f", path, "-g", "card", "1920x1080"}
        };

	begin(&t, &s);
	check(wait_for(&t, READY) && shows(&t, "card"), "hardware from a file");
	long little = number_after(&t, "requests at once");

	str_format(shot, sizeof shot, "%s", screen_text(&t));
	write_card(path, "240 GB");
	settle(&t);
	check(strcmp(shot, screen_text(&t)) == 0,
	      "a file that changes on disk changes nothing by itself");
	type(&t, "\033[15~");
	check(wait_for(&t, "files read again"), "F5 reads it again");
	check(little > 0 && number_after(&t, "requests at once") > 10 * little,
	      "and ten times the memory serves more");
	write_card(path, "much");
	type(&t, "\033[15~");
	check(wait_for(&t, "kept as it was"), "a file with a mistake is not taken");
	unlink(path);
	leave(&t);
}

static void test_drop(void)
{
	static const struct start s = {
		.args = {"--no-config", "1920x1080"}
        };
	const char *source = getenv("SRCDIR");
	char text[PATH_BYTES];
	struct session t;

	begin(&t, &s);
	wait_for(&t, READY);
	str_format(text, sizeof text, "\033[200~'%s/samples/photo.jpg'\033[201~",
		   source ? source : ".");
	type(&t, text);
	check(wait_for(&t, "4,032 px") && shows(&t, "photo.jpg"),
	      "a path dropped on the terminal opens the picture");
	str_format(text, sizeof text, "\033[200~'%s/samples/none.jpg'\033[201~",
		   source ? source : ".");
	type(&t, text);
	check(wait_for(&t, "none.jpg") && shows(&t, "4,032 px"),
	      "one that is not there is named, and the other stays");
	leave(&t);
}

static void test_talk(void)
{
	const char *source = getenv("SRCDIR");
	char path[PATH_BYTES];
	struct session t;

	str_format(path, sizeof path, "%s/samples/talk.steps", source ? source : ".");
	struct start s = {
		.args = {"--no-config", "--script", path}
        };

	begin(&t, &s);
	check(wait_for(&t, "One photo from a phone") && shows(&t, "4,032 px"),
	      "a talk starts with its first step");
	type(&t, " ");
	check(wait_for(&t, "Half the width") && shows(&t, "2,016 px"), "Space takes the next");
	type(&t, "\177");
	check(wait_for(&t, "One photo from a phone") && shows(&t, "4,032 px"),
	      "Backspace goes back");
	type(&t, "   ");
	check(wait_for(&t, "The same, for the last row"), "three in one write are three steps");
	leave(&t);
}

int main(void)
{
	if (!getenv("VTOK")) {
		puts("1..0 # SKIP VTOK does not name the program");
		return 0;
	}
	signal(SIGPIPE, SIG_IGN);
	test_knobs();
	test_chart();
	test_files();
	test_drop();
	test_talk();
	return tap_end();
}
