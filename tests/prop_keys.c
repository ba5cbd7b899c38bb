/* A long walk of random keys, mouse events, pastes, sizes and answers through update() and
 * screen_draw(): the program has no way to get lost. What must hold after every event: indices,
 * counters and texts of the state lie in their bounds, sizes and knobs are such as a user could
 * have asked for, only a quit key wishes to quit; and in every frame every cell holds a printable
 * character of the character set. prop_keys [EVENTS [SEED]]; VTOK_SEED repeats a run too, the seed
 * is printed. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/utf8.h"
#include "registry/registry.h"
#include "view/keys.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"
#include "tests/random.h"

enum {
	EVENTS = 8000,
	WIDEST = 220,
	HIGHEST = 70,
	TRAIL = 24, /* events shown when something is wrong */
};

static char trail[TRAIL][64];
static size_t events_done;
static int failures;

static int below(int n)
{
	return (int)(next() % (uint64_t)n);
}

static bool one_in(int n)
{
	return below(n) == 0;
}

static void complain(const char *what)
{
	if (failures++ >= 5)
		return;
	printf("# after event %zu: %s; the last ones, oldest first:\n#", events_done, what);
	for (size_t i = events_done < TRAIL ? 0 : events_done - TRAIL; i < events_done; i++)
		printf(" %s", trail[i % TRAIL]);
	printf("\n");
}

#define MUST(what)                                                                                 \
	do {                                                                                       \
		if (!(what))                                                                       \
			complain(#what);                                                           \
	} while (0)

/* ------------------------------------------------------------ events */

static const char *const texts[] = {
	"",
	"4k",
	"1920x1080",
	"A4@300",
	"-1",
	"1e9",
	"99999999999999999999",
	"0",
	"0x0",
	"1.5",
	",",
	"x",
	"32k\n",
	"/no/such/picture.png",
	"'a b.png'",
	"\"quoted\"",
	"qwen",
	"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
	"e\xcc\x81\xcc\x81",
	"\xff\xfe\x80",
	"\xe4\xb8\xad\xe6\x96\x87\xe5\x9b\xbe.png",
	"\xed\xa0\x80\xf4\x90\x80\x80",
	("\xe2\x80\xae"
	 "gnp.x"),
	"   ",
};

static uint32_t random_key(void)
{
	switch (below(8)) {
	case 0:
	case 1: { /* what is bound, so that the walk goes somewhere */
		struct binding b = keys_row((size_t)below((int)keys_n()));
		int n = 0;

		while (n < BINDING_KEYS && b.keys[n])
			n++;
		return b.keys[below(n)];
	}
	case 2:
	case 3:
		return (uint32_t)(VKEY_UP + below(VKEY_F12 - VKEY_UP + 1));
	case 4:
		return (uint32_t)('0' + below(10));
	case 5:
		return (uint32_t)(' ' + below(95));
	case 6:
		return one_in(2) ? VKEY_ESC : VKEY_ENTER;
	default:
		return one_in(2) ? KEY_CTRL_('A' + below(26)) : (uint32_t)(next() % 0x110000u);
	}
}

static void random_text(char *out, size_t size)
{
	if (one_in(20)) { /* long */
		memset(out, "a9/ "[below(4)], size - 1);
		out[size - 1] = '\0';
		return;
	}
	str_format(out, size, "%s%s", texts[below((int)ARRAY_SIZE(texts))],
		   texts[below((int)ARRAY_SIZE(texts))]);
}

static void random_mouse(struct event *ev, const struct state *st)
{
	ev->kind = EVENT_MOUSE;
	ev->mouse = (enum mouse_kind)below(MOUSE_WHEEL_DOWN + 1);
	ev->button = below(4);
	ev->x = below(st->width + 4) -
		2; /* a resize can overtake a click: cells that are no more */
	ev->y = below(st->height + 4) - 2;
	if (one_in(1000))
		ev->x = ev->y = one_in(2) ? INT32_MAX : INT32_MIN;
}

static void random_picture(struct picture_info *p)
{
	*p = (struct picture_info){.dpi = one_in(2) ? 300 : 0};
	random_text(p->path, sizeof p->path);
	str_format(p->format, sizeof p->format, "JPEG");
	if (one_in(3)) {
		str_format(p->error, sizeof p->error, "truncated JPEG: the header is cut off");
		return;
	}
	p->width = p->raw_height = one_in(4) ? SIDE_MAX : 1 + below(5000);
	p->height = p->raw_width = one_in(4) ? 1 : 1 + below(5000);
	p->orientation = 5 + below(4);
}

/* Fills *ev; text and picture are memory for what it points at. */
static void random_event(struct event *ev, const struct state *st, char text[2000],
			 struct picture_info *picture, const struct raster *pixels)
{
	int dice = below(100);

	*ev = (struct event){.kind = EVENT_KEY};
	if (dice < 62) {
		ev->key = random_key();
	} else if (dice < 84) {
		random_mouse(ev, st);
	} else if (dice < 88) {
		ev->kind = EVENT_PASTE;
		random_text(text, one_in(2) ? 60 : 2000);
		ev->text = text;
	} else if (dice < 93) {
		ev->kind = EVENT_RESIZE;
		ev->width = one_in(3) ? 1 + below(20) : 1 + below(WIDEST);
		ev->height = one_in(3) ? 1 + below(8) : 1 + below(HIGHEST);
	} else if (dice < 96) {
		ev->kind = EVENT_TICK;
	} else if (dice < 98) {
		ev->kind = EVENT_FILE;
		random_picture(picture);
		ev->picture = picture;
	} else if (dice < 99) {
		ev->kind = EVENT_SAVED;
		random_text(text, 300);
		ev->text = text;
		ev->good = one_in(2);
	} else {
		ev->kind = EVENT_PIXELS;
		ev->pixels = one_in(2) ? pixels : NULL;
		ev->text = ev->pixels ? NULL : "not decoded in time";
	}
	str_format(trail[events_done++ % TRAIL], sizeof trail[0], "%d:%x:%d,%d:%d,%d:%.12s",
		   (int)ev->kind, (unsigned)ev->key, ev->x, ev->y, ev->width, ev->height,
		   ev->kind == EVENT_PASTE ? texts[0] : "");
}

/* ------------------------------------------------------------ what must hold */

static bool is_printable(uint32_t cp)
{
	return cp != UTF8_BAD && cp >= ' ' && !(cp >= 0x7f && cp < 0xa0) && cp <= 0x10ffff;
}

static bool is_clean(const char *s, size_t size)
{
	uint32_t cp;

	if (!memchr(s, '\0', size))
		return false;
	for (; *s; s += utf8_decode(s, &cp))
		if (utf8_decode(s, &cp), !is_printable(cp))
			return false;
	return true;
}

static void check_request(const struct request *r)
{
	const struct setup *s = &r->setup;

	MUST(s->model && s->hardware && s->engine);
	MUST(s->width >= 1 && s->width <= SIDE_MAX && s->height >= 1 && s->height <= SIDE_MAX);
	MUST(r->aspect_w >= 1 && r->aspect_w <= SIDE_MAX && r->aspect_h >= 1 &&
	     r->aspect_h <= SIDE_MAX);
	MUST(s->images >= 0 && s->text_tokens >= 0 && s->reserve_tokens >= 0 &&
	     s->context_limit >= 0);
	MUST(s->tensor_parallel >= 1 && s->tensor_parallel <= 1024);
	MUST(s->weights <= DTYPE_STORED && s->kv < DTYPE_N);
	MUST(s->lens == LENS_EXACT || s->lens == LENS_FORMULA);
}

static void check_state(const struct state *st)
{
	check_request(&st->req);
	MUST(st->undo_n >= 0 && st->redo_n >= 0 && st->undo_n + st->redo_n <= UNDO_MAX);
	MUST(st->last_turned <= KNOB_N && st->focus < KNOB_SHOWN_N);
	MUST(st->view < views_n && quantities[st->metric].metric);
	MUST(st->overlay < OVERLAY_N && st->pick <= PICK_STRATEGY);
	MUST(st->pick_at >= 0 && st->scroll >= 0);
	MUST(st->prompt.len < sizeof st->prompt.text && strlen(st->prompt.text) == st->prompt.len);
	MUST(is_clean(st->prompt.text, sizeof st->prompt.text) &&
	     is_clean(st->prompt.error, sizeof st->prompt.error));
	MUST(memchr(st->message, '\0',
		    sizeof st->message)); /* names in it are cleaned when drawn: see check_cells */
	MUST(st->theme != NULL);
	MUST(st->drag >= -1 && st->drag <= KNOB_N);
	MUST(st->charted.n >= 0 && st->charted.n <= CHARTED_MAX);
	MUST(st->width >= 1 && st->height >= 1);
}

/* before: the box that was open */
static void check_wishes(const struct wishes *w, const struct event *ev, enum overlay before)
{
	bool is_quit_key = ev->kind == EVENT_KEY &&
			   (ev->key == 'q' || ev->key == VKEY_F10 || ev->key == KEY_CTRL_('C'));

	/* chosen among the commands, or a click on the footer's hint */
	bool is_chosen = before == OVERLAY_PICK && ev->kind == EVENT_KEY && ev->key == VKEY_ENTER;

	MUST(!w->quit || is_quit_key || is_chosen || ev->kind == EVENT_MOUSE);
	MUST(w->timer_ms >= 0 && w->timer_ms <= 60000);
	MUST(!w->save || (w->save_path[0] && is_clean(w->save_path, sizeof w->save_path)));
	MUST(!w->open || (w->open_path[0] && memchr(w->open_path, '\0', sizeof w->open_path)));
}

static void check_cells(const struct cells *c, bool ascii)
{
	for (int i = 0; i < c->width * c->height; i++) {
		const struct cell *cell = &c->cell[i];

		MUST((cell->cp == 0 && i % c->width > 0) || is_printable(cell->cp));
		MUST(!ascii || cell->cp < 0x7f);
		MUST((cell->style & STYLE_ROLE) < STYLE_N);
	}
}

/* ------------------------------------------------------------ the walk */

static bool walk(const struct registry *reg, size_t events)
{
	static uint8_t rgb[37 * 23 * 3];
	static char text[2000];
	static struct state st;
	static struct picture_info picture;
	const struct raster pixels = {37, 23, rgb};
	struct wishes w;
	struct cells c;

	for (size_t i = 0; i < sizeof rgb; i++)
		rgb[i] = (uint8_t)next();
	state_init(&st, reg);
	st.width = 80;
	st.height = 24;
	if (!cells_init(&c, st.width, st.height))
		return false;
	for (size_t i = 0; i < events && failures == 0; i++) {
		struct event ev;

		if (i % 5000 == 0)
			st.ascii = one_in(2); /* an option, no key changes it */
		random_event(&ev, &st, text, &picture, &pixels);
		enum overlay before = st.overlay;
		update(&st, &ev, &w);
		check_state(&st);
		check_wishes(&w, &ev, before);
		if (!cells_resize(&c, st.width, st.height))
			return false;
		screen_draw(&c, &st);
		check_cells(&c, st.ascii);
	}
	cells_fini(&c);
	return true;
}

int main(int argc, char **argv)
{
	size_t events = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10) : EVENTS;
	struct registry reg;
	struct vtok_error err = {0};

	setvbuf(stdout, NULL, _IOLBF, 0);
	random_begin(argc > 2 ? argv[2] : NULL);
	if (!registry_init(&reg, &err) || !walk(&reg, events))
		return 99;
	printf("%sok 1 - %zu random events\n1..1\n", failures ? "not " : "", events_done);
	registry_fini(&reg);
	return failures != 0;
}
