/* Pictures in pixels, as terminals get them: who is asked what and when, the pixels that come out,
 * and that nothing of them is left when something else is drawn or the terminal is given back. */
#include "tests/pty.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tests/picture_bytes.h"

enum { CALM_MS = 30 }; /* shorter than QUIET_MS: what must come is waited for by name */

static const char READY[] = "Prefill";
static const char NAME[] = "\033[>0q", CELL[] = "\033[16t", DA1[] = "\033[c", STATUS[] = "\033[5n";
static const char KITTY[] = "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\";
static const char REGISTERS[] = "\033[?1;1;0S";
static const char SHOWN[] = "\033_Ga=T", DELETED[] = "\033_Ga=d,d=I,i=", SIXELS[] = "\033P0;1;0q";

/* Another terminal than libvterm: what it answers. */
struct kind {
	const char *env[4];
	struct {
		const char *request, *answer;
	} rows[8];
};

static const struct kind silent = {
	.env = {"COLORTERM=truecolor"},
	.rows = {{STATUS, "\033[0n"}},
};
static const struct kind kitty = {
	.env = {"COLORTERM=truecolor"},
	.rows = {{STATUS, "\033[0n"},
		 {NAME, "\033P>|kitty(0.26.5)\033\\"},
		 {CELL, "\033[6;8;4t"},
		 {KITTY, "\033_Gi=31;OK\033\\"},
		 {DA1, "\033[?62;c"}},
};
static const struct kind foot = {
	.env = {"COLORTERM=truecolor"},
	.rows = {{STATUS, "\033[0n"},
		 {NAME, "\033P>|foot(1.13.1)\033\\"},
		 {CELL, "\033[6;8;4t"},
		 {REGISTERS, "\033[?1;0;256S"},
		 {DA1, "\033[?62;4;22c"}},
};

struct fake {
	struct session t;
	const struct kind *kind;
	size_t seen;
};

/* One answer, where a request begins at the byte that was seen next. */
static void answer(struct fake *f)
{
	for (size_t i = 0; i < ARRAY_SIZE(f->kind->rows) && f->kind->rows[i].request; i++) {
		size_t n = strlen(f->kind->rows[i].request);

		if (f->t.raw_n - f->seen >= n &&
		    memcmp(f->t.raw + f->seen, f->kind->rows[i].request, n) == 0)
			type(&f->t, f->kind->rows[i].answer);
	}
}

/* Until nothing has come for a while, all requests answered. */
static void calm(struct fake *f)
{
	long end = now_ms() + LIMIT_MS;

	for (bool goes_on = true; goes_on && now_ms() < end;) {
		goes_on = pump(&f->t, CALM_MS, CALM_MS);
		for (; f->seen < f->t.raw_n; f->seen++)
			answer(f);
	}
	f->t.raw[f->t.raw_n] = '\0';
}

static void start(struct fake *f, const struct kind *kind, const char *option, const char *value)
{
	static char path[4096];
	const char *source = getenv("SRCDIR");
	struct start s = {.args = {"--no-config", "-m", "qwen3-vl-8b", path, option, value},
			  .width = 80,
			  .height = 24};

	snprintf(path, sizeof path, "%s/tests/data/images/tiny.png", source ? source : ".");
	memcpy(s.env, kind->env, sizeof s.env);
	*f = (struct fake){.kind = kind};
	begin(&f->t, &s);
	f->t.is_mute = true;
	for (long end = now_ms() + LIMIT_MS; !shows(&f->t, READY) && now_ms() < end;)
		calm(f);
}

static void send_keys(struct fake *f, const char *keys)
{
	type(&f->t, keys);
	calm(f);
}

/* Until the bytes have come behind place `from`: pixels are decoded meanwhile. */
static bool comes(struct fake *f, const char *bytes, size_t from)
{
	for (long end = now_ms() + LIMIT_MS; now_ms() < end && !f->t.is_over; calm(f))
		if (strstr(f->t.raw + from, bytes))
			return true;
	return strstr(f->t.raw + from, bytes) != NULL;
}

static int count(const struct fake *f, const char *bytes)
{
	int n = 0;

	for (const char *at = f->t.raw; (at = strstr(at, bytes)); at++)
		n++;
	return n;
}

static void quit(struct fake *f)
{
	type(&f->t, "q");
	for (long end = now_ms() + LIMIT_MS; !f->t.is_over && now_ms() < end;)
		calm(f);
	calm(f);
}

static bool has_pixels(const struct fake *f)
{
	return count(f, SHOWN) > 0 || count(f, SIXELS) > 0;
}

/* ------------------------------------------------------------ who is asked */

static void test_silent(void)
{
	struct fake f;

	start(&f, &silent, NULL, NULL);
	check(count(&f, NAME) == 0 && count(&f, DA1) == 0, "a start asks nothing of pictures");
	size_t before = f.t.raw_n;
	send_keys(&f, "4");
	comes(&f, DA1, before);
	const char *frame = strstr(f.t.raw + before, "visual tokens");
	check(frame && strstr(frame, NAME) && strstr(frame, DA1),
	      "they are asked for behind the first frame with one");
	send_keys(&f, "1");
	send_keys(&f, "4");
	check(count(&f, NAME) == 1 && count(&f, DA1) == 1, "once");
	quit(&f);
	check(count(&f, "\033_") == 0 && count(&f, "\033P") == 0,
	      "a terminal that says nothing of them gets nothing but characters");
	finish(&f.t);
}

static void test_others(const char *const env[4], const char *who, bool is_asked)
{
	struct kind k = kitty;
	struct fake f;

	memcpy(k.env, env, sizeof k.env);
	start(&f, &k, NULL, NULL);
	send_keys(&f, "4");
	if (is_asked)
		comes(&f, NAME, 0);
	send_keys(&f, "\t");
	check(count(&f, NAME) == is_asked && count(&f, KITTY) == 0 && !has_pixels(&f),
	      "%s: characters alone", who);
	quit(&f);
	finish(&f.t);
}

/* ------------------------------------------------------------ cells */

static bool is_rgb(const VTermColor *c, int r, int g, int b)
{
	return VTERM_COLOR_IS_RGB(c) && abs(c->rgb.red - r) <= 12 && abs(c->rgb.green - g) <= 12 &&
	       abs(c->rgb.blue - b) <= 12;
}

/* Cells whose ground has a colour of tiny.png, by the part of the screen that they are in; and
 * whether all glyphs of pictures are at most `most`. */
static bool shows_tiny(const struct fake *f, uint32_t least, uint32_t most)
{
	int parts[4] = {0}, glyphs = 0;

	for (int y = 2; y < 22; y++)
		for (int x = 1; x < 46; x++) {
			VTermScreenCell c;

			vterm_screen_get_cell(f->t.screen, (VTermPos){.row = y, .col = x}, &c);
			for (int i = 0; i < 4; i++)
				parts[i] +=
					is_rgb(&c.fg, i % 2 ? 30 : 200, i / 2 ? 20 : 180, 120) ||
					is_rgb(&c.bg, i % 2 ? 30 : 200, i / 2 ? 20 : 180, 120);
			glyphs += c.chars[0] >= least && c.chars[0] <= most;
		}
	printf("# parts %d %d %d %d, glyphs %d\n", parts[0], parts[1], parts[2], parts[3], glyphs);
	return parts[0] > 60 && parts[1] > 60 && parts[2] > 60 && parts[3] > 60 && glyphs > 0;
}

static void test_cells(void)
{
	static const struct kind vte = {.env = {"COLORTERM=truecolor", "VTE_VERSION=7006"},
					.rows = {{STATUS, "\033[0n"}}};
	struct fake f;

	start(&f, &silent, NULL, NULL);
	send_keys(&f, "4");
	for (long end = now_ms() + LIMIT_MS; !shows_tiny(&f, 0x2580, 0x259f) && now_ms() < end;)
		calm(&f);
	check(shows_tiny(&f, 0x2580, 0x259f), "cells show the picture: blocks of 24 bit colours");
	quit(&f);
	finish(&f.t);
	start(&f, &vte, NULL, NULL);
	send_keys(&f, "4");
	for (long end = now_ms() + LIMIT_MS; !shows_tiny(&f, 0x1fb00, 0x1fb3b) && now_ms() < end;)
		calm(&f);
	check(shows_tiny(&f, 0x1fb00, 0x1fb3b), "and sextants where they are drawn");
	quit(&f);
	finish(&f.t);
}

/* ------------------------------------------------------------ pixels */

static bool is_near(const uint8_t *rgb, int r, int g, int b, int tolerance)
{
	return abs(rgb[0] - r) <= tolerance && abs(rgb[1] - g) <= tolerance &&
	       abs(rgb[2] - b) <= tolerance;
}

/* tiny.png: red tells left from right, green upper from lower. Lines of the grid are few. */
static bool is_tiny(const struct shot *s)
{
	for (int low = 0; low < 2; low++)
		for (int right = 0; right < 2; right++) {
			int good = 0, all = 0;

			for (int y = s->height / 8; y < s->height * 3 / 8; y++)
				for (int x = s->width / 8; x < s->width * 3 / 8; x++, all++) {
					int at = (y + low * s->height / 2) * s->width + x +
						 right * s->width / 2;
					good += is_near(s->rgb + at * 3, right ? 30 : 200,
							low ? 20 : 180, 120, 8);
				}
			if (good < all * 3 / 4) {
				printf("# part %d, %d: %d of %d\n", right, low, good, all);
				return false;
			}
		}
	return true;
}

static struct shot shot, other;

/* The first picture that came behind `from` with the pixels of the file. */
static bool find_tiny(const struct fake *f, size_t from, bool is_kitty)
{
	const char *at = f->t.raw + from, *mark = is_kitty ? SHOWN : SIXELS;
	bool is_found = false;

	while (!is_found && (at = strstr(at, mark))) {
		const char *end = is_kitty ? shot_kitty(at, &shot) : shot_sixels(at, &shot);

		if (!end) {
			printf("# a picture that no terminal takes\n");
			return false;
		}
		is_found = shot.width > 64 && is_tiny(&shot);
		at = end;
	}
	return is_found;
}

static size_t length(const struct fake *f)
{
	return f->t.raw_n;
}

/* What was deleted last, and the rest behind it. */
static bool is_deleted_before(const struct fake *f, size_t from, const char *what)
{
	const char *gone = strstr(f->t.raw + from, DELETED), *next = strstr(f->t.raw + from, what);

	return gone && next && gone < next;
}

/* Nothing else is drawn over it. */
static bool is_deleted_first(const struct fake *f, size_t from)
{
	return strncmp(f->t.raw + from, DELETED, sizeof DELETED - 1) == 0;
}

static void test_kitty(void)
{
	struct fake f;
	size_t from;

	start(&f, &kitty, NULL, NULL);
	check(count(&f, "\033_") == 0, "nothing is sent before view 4");
	from = length(&f);
	send_keys(&f, "4");
	comes(&f, SHOWN, from);
	check(count(&f, KITTY) == 1 && strstr(f.t.raw + from, KITTY) > strstr(f.t.raw + from, NAME),
	      "the protocol is asked for by name, then by its own request");
	for (long end = now_ms() + LIMIT_MS; !find_tiny(&f, from, true) && now_ms() < end;)
		calm(&f);
	check(find_tiny(&f, from, true), "kitty gets the pixels of the picture");
	memcpy(&other, &shot, sizeof shot);

	from = length(&f);
	send_keys(&f, "\033[C");
	comes(&f, SHOWN, from);
	check(count(&f, KITTY) == 1 && strstr(f.t.raw + from, SHOWN) && length(&f) - from < 40000,
	      "the cursor is a small picture of its own (%zu bytes)", length(&f) - from);
	from = length(&f);
	send_keys(&f, "?");
	comes(&f, DELETED, from);
	check(is_deleted_first(&f, from), "under the help it is deleted first");
	from = length(&f);
	send_keys(&f, "\033");
	check(comes(&f, SHOWN, from), "and comes back behind it");
	from = length(&f);
	send_keys(&f, "2");
	comes(&f, DELETED, from);
	check(is_deleted_first(&f, from) && !strstr(f.t.raw + from, SHOWN),
	      "another view deletes it first");
	from = length(&f);
	send_keys(&f, "4");
	check(comes(&f, SHOWN, from) && count(&f, KITTY) == 1, "nobody is asked again");

	from = length(&f);
	struct winsize ws = {.ws_row = 22, .ws_col = 76};
	ioctl(f.t.master, TIOCSWINSZ, &ws);
	check(comes(&f, SHOWN, from) && is_deleted_before(&f, from, SHOWN),
	      "a resize deletes it and sends another");
	from = length(&f);
	type(&f.t, "\032");
	wait_stopped(&f.t);
	calm(&f);
	check(is_deleted_before(&f, from, "\033[?1049l"), "a suspend deletes it");
	from = length(&f);
	kill(f.t.pid, SIGCONT);
	check(comes(&f, SHOWN, from), "and it is back after fg");
	from = length(&f);
	quit(&f);
	check(is_deleted_before(&f, from, "\033[?1049l") && !strstr(f.t.raw + from, SHOWN),
	      "the end deletes it");
	finish(&f.t);
}

/* A sequence may be cut short: what gives the terminal back ends it first. */
static void test_signals(void)
{
	static const int signals[] = {
		SIGTERM,
#ifndef VTOK_SANITIZE /* the sanitizers' own handlers come first */
		SIGSEGV,
#endif
	};

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		struct fake f;
		size_t from;

		start(&f, &kitty, NULL, NULL);
		send_keys(&f, "4");
		comes(&f, SHOWN, 0);
		calm(&f);
		from = length(&f);
		kill(f.t.pid, signals[i]);
		for (long end = now_ms() + LIMIT_MS; !f.t.is_over && now_ms() < end;)
			calm(&f);
		check(strstr(f.t.raw + from, "\033\\\033_Ga=d,d=I") == f.t.raw + from &&
			      is_deleted_before(&f, from, "\033[?1049l"),
		      "signal %d: what was being sent ends, and it is deleted", signals[i]);
		finish(&f.t);
	}
}

static void test_sixel(void)
{
	struct fake f;
	size_t from;

	start(&f, &foot, NULL, NULL);
	send_keys(&f, "4");
	comes(&f, SIXELS, 0);
	for (long end = now_ms() + LIMIT_MS; !find_tiny(&f, 0, false) && now_ms() < end;)
		calm(&f);
	check(find_tiny(&f, 0, false) && count(&f, "\033_") == 0,
	      "a terminal with sixels gets the pixels of the picture");
	bool same_size = shot.width == other.width && shot.height == other.height;
	double off = 0;
	for (int i = 0; same_size && i < shot.width * shot.height * 3; i++)
		off += abs(shot.rgb[i] - other.rgb[i]);
	off /= shot.width * shot.height * 3.0;
	check(same_size && off < 2, "the same as kitty's but for the palette (%.2f of 255 off)",
	      off);
	from = length(&f);
	send_keys(&f, "1");
	check(comes(&f, "2J", from), "another view paints the screen anew");
	from = length(&f);
	send_keys(&f, "2");
	check(!strstr(f.t.raw + from, "\033[2J"), "and the next one not");
	quit(&f);
	finish(&f.t);
}

static void test_forced(void)
{
	struct fake f;

	start(&f, &silent, "--graphics", "kitty");
	send_keys(&f, "4");
	check(comes(&f, SHOWN, 0) && count(&f, KITTY) == 0, "--graphics kitty asks nothing of it");
	quit(&f);
	finish(&f.t);
	start(&f, &silent, "--graphics", "sixel");
	send_keys(&f, "4");
	check(!has_pixels(&f), "sixels need the size of a cell, which nobody says here");
	quit(&f);
	finish(&f.t);
	start(&f, &kitty, "--graphics", "cells");
	send_keys(&f, "4");
	check(!has_pixels(&f) && count(&f, KITTY) == 0, "--graphics cells draws characters");
	quit(&f);
	finish(&f.t);
}

int main(void)
{
	static const char *const tmux[4] = {"TERM=tmux-256color", "TMUX=/tmp/x,1,0",
					    "KITTY_WINDOW_ID=1"};
	static const char *const screen[4] = {"TERM=screen.xterm-256color", "STY=1.x",
					      "KITTY_WINDOW_ID=1"};
	static const char *const vt100[4] = {"TERM=vt100"};
	static const char *const bare[4] = {"TERM=xterm-256color", "NO_COLOR=1"};

	if (!getenv("VTOK")) {
		printf("1..0 # SKIP no $VTOK\n");
		return 0;
	}
	if (!decodes()) {
		printf("1..0 # SKIP no seccomp under emulation\n");
		return 0;
	}
	test_silent();
	test_cells();
	test_others(tmux, "tmux", true);
	test_others(screen, "GNU screen", false);
	test_others(vt100, "vt100", false);
	test_others(bare, "NO_COLOR", false);
	test_kitty();
	test_signals();
	test_sixel();
	test_forced();
	return tap_end();
}
