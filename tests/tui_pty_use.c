/* The program in use, in a terminal: every view, mouse on knobs, tabs and chart, files that change
 * on disk, a dropped picture, a talk. */
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

static void test_views(void)
{
	static const struct start s = {.args = {"--no-config", "1920x1080"}};
	static const struct {
		const char *key, *shown;
	} rows[] = {
		{"2", "by width"},
		{"3", "models at 1,920"},
		{"4", "distortion"},
		{"5", "What should I send?"},
		{"6", "counts 1,920\u00d71,080"},
		{"1", "Knobs"},
	};
	struct session t;

	begin(&t, &s);
	wait_for(&t, READY);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		type(&t, rows[i].key);
		check(wait_for(&t, rows[i].shown), "key %s: %s", rows[i].key, rows[i].shown);
	}
	leave(&t);
}

static void test_knobs(void)
{
	static const struct start s = {.args = {"--no-config", "1920x1080"}};
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
	static const struct start s = {.args = {"--no-config", "1920x1080"}};
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

static void write_file(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "w");

	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) {
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
	struct start s = {.args = {"--no-config", "-f", path, "-g", "card", "1920x1080"}};

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
	/* fine as a file, but without the card on the screen */
	write_file(path, "# nothing\n", 10);
	type(&t, "\033[15~");
	check(wait_for(&t, "the files no longer have the model, hardware or engine"),
	      "nor one that takes the hardware away");
	type(&t, "W");
	check(wait_for(&t, "not saved: --no-config"), "without settings W says that it keeps none");
	unlink(path);
	leave(&t);
}

/* ------------------------------------------------------------------ pictures */

enum { PICTURE_BYTES = 4 * 1024 * 1024 };

/* The first `most` bytes of a sample become the file. */
static void put_picture(const char *path, const char *sample, size_t most)
{
	static char bytes[PICTURE_BYTES];
	const char *source = getenv("SRCDIR");
	char from[PATH_BYTES];
	FILE *f = fopen(
		str_format(from, sizeof from, "%s/samples/%s", source ? source : ".", sample), "r");
	size_t n = f ? fread(bytes, 1, most < sizeof bytes ? most : sizeof bytes, f) : 0;

	if (f)
		fclose(f);
	write_file(path, bytes, n);
}

/* What looks at pixels is left out where there are none; the rest goes on. */
static bool has_decoder = true;

static void check_pixels(bool is_good, const char *what)
{
	if (has_decoder)
		check(is_good, "%s", what);
	else
		check(true, "%s # SKIP no seccomp under emulation", what);
}

/* Does the picture on the screen have pixels? */
static bool has_pixels(struct session *t)
{
	return has_decoder && wait_for(t, "\u2584"); /* two pixels in a cell */
}

/* Pixels are decoded beside the dashboard, a file that changes is read again, and one that cannot
 * be decoded or has gone says so. */
static void test_picture(void)
{
	const char *build = getenv("BUILDDIR");
	char path[PATH_BYTES];
	struct session t;

	str_format(path, sizeof path, "%s/tui_pty_use.%ld.png", build ? build : ".",
		   (long)getpid());
	put_picture(path, "screenshot.png", PICTURE_BYTES);
	struct start s = {.args = {"--no-config", "--view", "image", path}};

	begin(&t, &s);
	check_pixels(wait_for(&t, "1,920 x 1,080") && has_pixels(&t), "the pixels of a picture");
	put_picture(path, "phone.png", PICTURE_BYTES);
	type(&t, "\033[15~");
	check_pixels(wait_for(&t, "1,170 x 2,532") && has_pixels(&t),
		     "a file that changed is read again, with its pixels");
	type(&t, "u");
	check(wait_for(&t, "1,920 x 1,080"), "and undo leads back to the size before");
	put_picture(path, "phone.png", 400);
	type(&t, "\033[15~");
	check(wait_for(&t, "cannot be shown"), "one that is cut short says why");
	unlink(path);
	type(&t, "\033[15~");
	check(wait_for(&t, "no such file"), "and one that has gone");
	leave(&t);
}

/* The next picture is asked for while the last one is still being decoded. */
static void test_pictures_in_a_row(void)
{
	const char *source = getenv("SRCDIR");
	char path[PATH_BYTES], text[4 * PATH_BYTES];
	struct session t;

	str_format(path, sizeof path, "%s/samples/photo.jpg", source ? source : ".");
	struct start s = {.args = {"--no-config", "--view", "image", path}};

	begin(&t, &s);
	wait_for(&t, "4,032");
	str_format(text, sizeof text,
		   "\033[200~'%s'\033[201~\033[200~'%s/samples/phone.png'\033[201~\033[200~'%s/"
		   "samples/"
		   "screenshot.png'\033[201~",
		   path, source ? source : ".", source ? source : ".");
	type(&t, text);
	check_pixels(wait_for(&t, "1,920 x 1,080") && has_pixels(&t),
		     "of three pictures in one write the last one is shown");
	leave(&t);
}

static void test_drop(void)
{
	static const struct start s = {.args = {"--no-config", "1920x1080"}};
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
	struct start s = {.args = {"--no-config", "--script", path}};

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

/* Y hands the command line to the terminal's clipboard, and never asks for what is there. */
static void test_clipboard(void)
{
	struct start xterm = {.args = {"--no-config", "640x480"}};
	struct start console = {.args = {"--no-config", "640x480"}, .env = {"TERM=linux"}};
	struct session t;

	begin(&t, &xterm);
	check(wait_for(&t, "640 px"), "a screen to copy");
	type(&t, "Y");
	check(wait_for(&t, "sent to the terminal's clipboard"), "Y says that it copied");
	/* "vtok tui --no-config 640x480" */
	check(came(&t, "\033]52;c;dnRvayB0dWkgLS1uby1jb25maWcgNjQweDQ4MA==\033\\"),
	      "the line is in the sequence, base64");
	check(!came(&t, "\033]52;c;?"), "nothing is asked");
	leave(&t);

	begin(&t, &console);
	check(wait_for(&t, "640 px"), "the Linux console");
	type(&t, "Y");
	check(wait_for(&t, "takes no text for a clipboard"), "Y says that there is none");
	check(!came(&t, "\033]52"), "and sends nothing");
	leave(&t);
}

/* The whole of a small file; "" where there is none. */
static char *read_file(const char *path, char *out, size_t size)
{
	FILE *f = fopen(path, "r");
	size_t n = f ? fread(out, 1, size - 1, f) : 0;

	out[n] = '\0';
	if (f)
		fclose(f);
	return out;
}

/* True when the file has that very line. */
static bool has_line(const char *text, const char *line)
{
	size_t n = strlen(line);

	for (const char *p = text; p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL)
		if (strncmp(p, line, n) == 0 && (p[n] == '\n' || p[n] == '\0'))
			return true;
	return false;
}

/* W: everything that a settings file holds is written, and read at the next start. */
static void check_settings(const char *folder)
{
	static const char *const lines[] = {
		"[dashboard]",    "view = chart",       "metric = share",  "axis = linear",
		"lens = formula", "model = gemma-3-4b", "hardware = l40s", "engine = sglang",
		"ascii = yes",    "mouse = no",
	};
	char here[PATH_BYTES], config[2 * PATH_BYTES], path[PATH_BYTES], text[4096];
	struct session t;

	str_format(config, sizeof config, "XDG_CONFIG_HOME=%s/%s",
		   getcwd(here, sizeof here) ? here : ".", folder);
	str_format(path, sizeof path, "%s/vtok/settings.ini", folder);
	struct start s = {
		.args = {"-m", "gemma-3-4b", "-g", "l40s", "--engine", "sglang", "--ascii"},
		.env = {config},
	};

	begin(&t, &s);
	wait_for(&t, READY);
	type(&t, "2xicM");
	wait_for(&t, "mouse");
	type(&t, "W");
	check(wait_for(&t, "settings.ini"), "W says what it wrote");
	read_file(path, text, sizeof text);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		check(has_line(text, lines[i]), "the settings have: %s", lines[i]);
	leave(&t);

	struct start again = {.args = {"640x480"}, .env = {config}};

	begin(&t, &again);
	check(wait_for(&t, "Share of the context") && shows(&t, "gemma-3-4b, formula") &&
		      shows(&t, "(linear)"),
	      "the next start reads them");
	check(!shows(&t, "\342\224\200"), "in ASCII as well");
	leave(&t);
	unlink(path);
}

/* e: the numbers on the screen as a new file, never over one. */
static void check_export(const char *folder)
{
	char path[PATH_BYTES], keys[PATH_BYTES], text[8192];
	struct session t;
	static const struct start s = {.args = {"--no-config", "-m", "qwen3-vl-8b", "1920x1080"}};

	str_format(path, sizeof path, "%s/numbers.csv", folder);
	str_format(keys, sizeof keys, "e\025%s\r", path);
	begin(&t, &s);
	wait_for(&t, READY);
	type(&t, keys);
	check(wait_for(&t, "written"), "e writes a file");
	check(has_line(read_file(path, text, sizeof text), "tokens_visual,2040,tokens,"),
	      "which has the numbers of the screen");
	type(&t, keys);
	check(wait_for(&t, "it is kept") &&
		      has_line(read_file(path, text, sizeof text), "tokens_visual,2040,tokens,"),
	      "and does not write over it");
	leave(&t);
	unlink(path);
}

/* What `vtok count` says of a file; false: it cannot read it. */
static bool count_file(const char *path, long size[2], long *tokens)
{
	char command[2 * PATH_BYTES], line[512] = "";

	str_format(command, sizeof command,
		   "\"$VTOK\" count --no-config -m qwen3-vl-8b -o csv --no-header '%s'", path);
	FILE *p = popen(command, "r");
	bool is_read = p && fgets(line, sizeof line, p);

	if (p)
		pclose(p);
	return is_read &&
	       sscanf(line, "qwen3-vl-8b,%ld,%ld,ok,%*d,%*d,%ld,", &size[0], &size[1], tokens) == 3;
}

/* w in view 5: the picture at the size of a budget, as a new file that keeps it, never over one. */
static void check_written(const char *folder)
{
	char path[PATH_BYTES], picture[PATH_BYTES], keys[PATH_BYTES];
	long size[2] = {0, 0}, tokens = 0;
	struct session t;

	str_format(picture, sizeof picture, "%s/shot.png", folder);
	str_format(path, sizeof path, "%s/small.jpg", folder);
	put_picture(picture, "screenshot.png", PICTURE_BYTES);
	struct start s = {.args = {"--no-config", "--view", "fit", picture}};

	begin(&t, &s);
	check(wait_for(&t, "What should I send?"), "view 5 stands");
	type(&t, "v400\r");
	check(wait_for(&t, "400"), "a value is typed into the row of tokens");
	type(&t, "w");
	check(wait_for(&t, "shot-") && shows(&t, ".png"), "w proposes a name");
	if (!has_decoder) {
		check_pixels(false,
			     "and writes the picture, which keeps the budget, never over a file");
		type(&t, "\033");
		leave(&t);
		unlink(picture);
		return;
	}
	str_format(keys, sizeof keys, "\025%s\r", path);
	type(&t, keys);
	check(wait_for(&t, "written"), "and writes the picture");
	check(count_file(path, size, &tokens) && tokens > 300 && tokens <= 400 && size[0] < 1920,
	      "which keeps the budget");
	str_format(keys, sizeof keys, "w\025%s\r", path);
	type(&t, keys);
	check(wait_for(&t, "it is kept"), "never over a file");
	str_format(keys, sizeof keys, "w\025%s/no/where.png\r", folder);
	type(&t, keys);
	check(wait_for(&t, "No such file"), "and says where there is no place for it");
	unlink(path);
	put_picture(picture, "screenshot.png", 3000);
	str_format(keys, sizeof keys, "w\025%s\r", path);
	type(&t, keys);
	check(wait_for(&t, "not written") && access(path, F_OK) != 0,
	      "of a picture that is cut short nothing is written");
	leave(&t);
	unlink(picture);
}

static void test_files_written(void)
{
	char folder[] = "tui_pty_use.XXXXXX", sub[PATH_BYTES];

	if (!mkdtemp(folder)) {
		check(false, "a folder for what is written");
		return;
	}
	check_settings(folder);
	check_export(folder);
	check_written(folder);
	str_format(sub, sizeof sub, "%s/vtok", folder);
	rmdir(sub);
	check(rmdir(folder) == 0, "nothing else is left behind");
}

int main(void)
{
	if (!getenv("VTOK")) {
		puts("1..0 # SKIP VTOK does not name the program");
		return 0;
	}
	signal(SIGPIPE, SIG_IGN);
	has_decoder = decodes();
	test_views();
	test_knobs();
	test_chart();
	test_files();
	test_picture();
	test_pictures_in_a_row();
	test_drop();
	test_talk();
	test_clipboard();
	test_files_written();
	return tap_end();
}
