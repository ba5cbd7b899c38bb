/* One frame per wake-up, however many keys have come: all that is pending is taken in before
 * anything is drawn. Without a wished-for time the loop sleeps until a key, a signal or the end of
 * the terminal; there is no tick. */
#include "tui/tui.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#include "draw/cells.h"
#include "tui/signals.h"
#include "view/command.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"

enum { PIXELS_MS = 10 }; /* between two looks at a child that works on a picture */
enum { DRAIN_MS = 16 };  /* a stream of keys without end still shows what it does */

struct loop {
	struct terminal *term;
	struct state *st;
	const struct tui_host *host;
	struct cells cells;
	struct wishes wishes;
	const struct theme *mono; /* for terminals without colours; NULL = none */
	bool is_dirty, is_done, is_decoding, is_writing;
	int64_t tick_ms; /* when an EVENT_TICK is due; 0 = none */
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void handle(struct loop *l, const struct event *ev);

static void answer_open(struct loop *l)
{
	struct picture_info picture = {.path = ""};

	if (!l->host->open)
		return;
	l->host->open(l->host->data, l->wishes.open_path, &picture);
	handle(l, &(struct event){.kind = EVENT_FILE, .picture = &picture});
}

static void answer_save(struct loop *l)
{
	char said[ERROR_TEXT] = "";

	if (!l->host->save)
		return;
	bool good = l->host->save(l->host->data, l->st, l->wishes.save_path, said, sizeof(said));
	handle(l, &(struct event){.kind = EVENT_SAVED, .good = good, .text = said});
}

static void complete(struct loop *l)
{
	char path[sizeof(l->st->prompt.text)], others[256];

	if (!l->host->complete)
		return;
	bool found = l->host->complete(l->host->data, l->st->prompt.text, path, sizeof(path),
				       others, sizeof(others));
	handle(l, &(struct event){
			  .kind = EVENT_COMPLETED, .text = found ? path : NULL, .others = others});
}

static void copy(struct loop *l)
{
	struct event ev = {.kind = EVENT_SAVED};
	struct strbuf line;

	strbuf_init(&line);
	command_dashboard(l->st, &line);
	ev.good = strbuf_ok(&line) && term_copy(l->term, strbuf_text(&line));
	ev.text = ev.good ? "the command line was sent to the terminal's clipboard"
			  : "this terminal takes no text for a clipboard; y shows the command line";
	strbuf_fini(&line);
	handle(l, &ev);
}

static void begin_write(struct loop *l)
{
	char said[ERROR_TEXT] = "";

	if (!l->host->write_start)
		return;
	l->is_writing = l->host->write_start(l->host->data, l->st->picture.path, &l->wishes, said,
					     sizeof(said));
	if (!l->is_writing)
		handle(l, &(struct event){.kind = EVENT_WRITTEN, .text = said});
}

static void stop_write(struct loop *l)
{
	if (l->is_writing)
		l->host->write_stop(l->host->data);
	l->is_writing = false;
}

static void keep_settings(struct loop *l)
{
	char said[ERROR_TEXT] = "";

	if (!l->host->settings)
		return;
	bool good = l->host->settings(l->host->data, l->st, l->wishes.settings, said, sizeof(said));
	handle(l, &(struct event){.kind = EVENT_SAVED, .good = good, .text = said});
}

static void reload(struct loop *l)
{
	struct picture_info picture = {.path = ""};
	char said[ERROR_TEXT] = "";

	if (!l->host->reload)
		return;
	bool good = l->host->reload(l->host->data, l->st, &picture, said, sizeof(said));
	handle(l, &(struct event){.kind = EVENT_REREAD,
				  .good = good,
				  .text = said,
				  .picture = picture.path[0] ? &picture : NULL});
}

/* Keys between two ticks must not push the next one away. */
static void set_timer(struct loop *l)
{
	int64_t due = now_ms() + l->wishes.timer_ms;

	if (l->wishes.timer_ms <= 0)
		l->tick_ms = 0;
	else if (l->tick_ms == 0 || due < l->tick_ms)
		l->tick_ms = due;
}

static void carry_out(struct loop *l)
{
	set_timer(l);
	if (l->wishes.quit)
		l->is_done = true;
	if (l->wishes.redraw) {
		term_redraw(l->term);
		l->is_dirty = true;
	}
	if (l->wishes.suspend) {
		term_suspend(l->term);
		l->is_dirty = true;
	}
	if (l->wishes.pixels && l->host->pixels_start) {
		l->host->pixels_start(l->host->data, l->st->picture.path);
		l->is_decoding = true;
	}
	term_mouse(l->term, !l->st->mouse_off);
	if (l->wishes.settings)
		keep_settings(l);
	else if (l->wishes.reload)
		reload(l);
	else if (l->wishes.complete)
		complete(l);
	else if (l->wishes.copy)
		copy(l);
	else if (l->wishes.open)
		answer_open(l);
	else if (l->wishes.save)
		answer_save(l);
	else if (l->wishes.write)
		begin_write(l);
	else if (l->wishes.write_stop)
		stop_write(l);
}

static void handle(struct loop *l, const struct event *ev)
{
	if (update(l->st, ev, &l->wishes))
		l->is_dirty = true;
	carry_out(l);
}

static void resize(struct loop *l)
{
	struct event ev = {.kind = EVENT_RESIZE};

	term_resize(l->term, &ev.width, &ev.height);
	if (ev.width != l->cells.width || ev.height != l->cells.height)
		cells_resize(&l->cells, ev.width, ev.height);
	handle(l, &ev);
	l->is_dirty = true;
}

/* What draws pictures is asked for when the first one is due, and known later. */
static void follow_ink(struct loop *l)
{
	const struct state *st = l->st;
	struct event ev = {.kind = EVENT_INK, .means = term_pictures(l->term)};

	if (st->view < views_n && views[st->view]->needs_pixels && !st->ascii && !st->is_mono)
		term_ask_pictures(l->term);
	if (memcmp(&st->means, &ev.means, sizeof ev.means) != 0)
		handle(l, &ev);
}

static void draw(struct loop *l)
{
	l->cells.ascii = l->st->ascii;
	screen_draw(&l->cells, l->st);
	term_theme(l->term, term_colors(l->term) == 0 && l->mono ? l->mono : l->st->theme,
		   l->st->theme_is_chosen);
	term_present(l->term, &l->cells);
	l->is_dirty = false;
}

static bool is_inside(const struct loop *l, const struct event *ev)
{
	return ev->kind != EVENT_MOUSE || (ev->x < l->cells.width && ev->y < l->cells.height);
}

/* Takes in all that has come; false: the terminal is gone. */
static bool take_events(struct loop *l)
{
	int64_t end = now_ms() + DRAIN_MS;
	enum term_wake woke;

	do {
		struct event ev;

		while (!l->is_done && term_event(l->term, &ev))
			if (is_inside(l, &ev))
				handle(l, &ev);
		if (l->is_done || signals_ending())
			return true;
		woke = term_wait(l->term, 0, false);
	} while (woke == TERM_WOKE && now_ms() < end);
	return woke != TERM_GONE;
}

static void take_signals(struct loop *l)
{
	unsigned flags = signals_take();

	if (flags & SIGNALS_END)
		l->is_done = true;
	else if (flags & SIGNALS_STOP)
		term_suspend(l->term);
	else if (flags & SIGNALS_CONT)
		term_resume(l->term);
	if (flags)
		resize(l);
}

static void take_time(struct loop *l)
{
	if (l->tick_ms == 0 || now_ms() < l->tick_ms)
		return;
	l->tick_ms = 0;
	handle(l, &(struct event){.kind = EVENT_TICK});
}

static void take_pixels(struct loop *l)
{
	struct event ev = {.kind = EVENT_PIXELS};
	char said[ERROR_TEXT] = "";

	if (!l->is_decoding || !l->host->pixels_step(l->host->data, &ev.pixels, said, sizeof(said)))
		return;
	l->is_decoding = false;
	ev.text = said;
	handle(l, &ev);
}

static void take_written(struct loop *l)
{
	struct event ev = {.kind = EVENT_WRITTEN};
	char said[ERROR_TEXT] = "";

	if (!l->is_writing || !l->host->write_step(l->host->data, &ev.good, said, sizeof(said)))
		return;
	l->is_writing = false;
	ev.text = said;
	handle(l, &ev);
}

/* A theme that nobody chose follows the background. */
static void find_ground(struct loop *l)
{
	struct event ev = term_ground();

	if (l->st->theme_is_chosen)
		return;
	if (ev.kind == EVENT_GROUND)
		handle(l, &ev);
	else
		term_ask_ground(l->term);
}

static bool run(struct loop *l, struct vtok_error *err)
{
	find_ground(l);
	resize(l);
	while (!l->is_done) {
		l->is_dirty |= term_is_stale(l->term);
		follow_ink(l);
		if (l->is_dirty && term_ready(l->term))
			draw(l);
		int timeout = -1;
		if (l->tick_ms != 0) {
			int64_t left = l->tick_ms - now_ms();

			timeout = left < 0 ? 0 : (int)left;
		}
		if ((l->is_decoding || l->is_writing) && (timeout < 0 || timeout > PIXELS_MS))
			timeout = PIXELS_MS;
		if (term_wait(l->term, timeout, l->is_dirty) == TERM_GONE || !take_events(l)) {
			take_signals(l);
			return l->is_done || error_set(err, VTOK_E_INPUT, "the terminal is gone");
		}
		take_signals(l);
		take_time(l);
		take_pixels(l);
		take_written(l);
	}
	return true;
}

bool tui_run(struct state *st, const struct term_options *opt, const struct tui_host *host,
	     struct vtok_error *err)
{
	struct loop l = {.st = st, .host = host};

	l.term = term_open(opt, err);
	if (!l.term)
		return false;
	st->has_lines = !st->ascii && term_glyphs(l.term) == TERM_GLYPHS_CONSOLE;
	st->ascii = st->ascii || term_glyphs(l.term) != TERM_GLYPHS_ALL;
	st->is_mono = term_colors(l.term) == 0;
	st->means = term_pictures(l.term);
	for (size_t i = 0; i < theme_count(&st->themes) && !l.mono; i++)
		if (theme_at(&st->themes, i)->is_mono)
			l.mono = theme_at(&st->themes, i);
	bool ok = cells_init(&l.cells, 1, 1) || error_memory(err);
	ok = ok && run(&l, err);
	stop_write(&l);
	term_close(l.term);
	cells_fini(&l.cells);
	if (signals_ending())
		signals_die(signals_ending());
	return ok;
}
