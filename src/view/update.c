#include "view/update.h"

#include <string.h>

#include "base/str.h"
#include "state/keymap.h"
#include "state/knobs.h"
#include "state/script.h"
#include "state/seen.h"
#include "state/turn.h"
#include "view/drop.h"
#include "view/figure.h"
#include "view/hit.h"
#include "view/layout.h"
#include "view/overlay.h"
#include "view/talk.h"
#include "view/view.h"

static void feed(struct state *st, const struct event *ev, struct wishes *w);

/* ------------------------------------------------------------ moving and turning */

static void move_focus(struct state *st, int n)
{
	st->focus = (enum knob)(((int)st->focus + n + KNOB_SHOWN_N) % KNOB_SHOWN_N);
	st->last_turned = KNOB_N;
}

/* To the first knob of the next group, round and round. */
static void move_group(struct state *st, int n)
{
	int group = ((int)knob_specs[st->focus].group + n + GROUP_N) % GROUP_N;

	for (enum knob k = 0; k < KNOB_SHOWN_N; k++)
		if ((int)knob_specs[k].group == group) {
			st->focus = k;
			break;
		}
	st->last_turned = KNOB_N;
}

/* ------------------------------------------------------------ playing */

/* What is left of the way to the step that was asked for, as far as no picture has to be opened. */
static void go_on(struct state *st, struct wishes *w)
{
	struct event ev;

	while (talk_next(st, &ev, w)) {
		st->talk.is_acting = true;
		feed(st, &ev, w);
		st->talk.is_acting = false;
	}
}

void update_talk(struct state *st, int step, struct wishes *w)
{
	if (talk_aim(st, step))
		go_on(st, w);
}

static void next_step(struct state *st, int n, struct wishes *w)
{
	struct talk *t = &st->talk;

	if (!t->script)
		turn_say(st, false, "there is no talk: T starts a tour, --talk NAME a talk");
	else if (t->is_acting)
		return;
	else if (t->target + n > t->script->n)
		turn_say(st, false, "that was the last step");
	else if (t->target + n < 0)
		turn_say(st, false, "this is the beginning");
	else
		update_talk(st, t->target + n, w);
}

/* The tour of the picture at hand; a talk that runs ends where it stands. */
static void flip_tour(struct state *st, struct wishes *w)
{
	bool is_running = st->talk.script != NULL;

	if (st->talk.is_acting)
		return;
	if (is_running || !st->tour) {
		st->talk.script = NULL;
		st->is_playing = false;
		turn_say(st, false,
			 is_running ? "the talk is over; R resets the knobs"
				    : "there is no tour here");
		return;
	}
	talk_begin(st, st->tour);
	update_talk(st, 1, w);
}

static void flip_play(struct state *st)
{
	st->is_playing = !st->is_playing;
	if (st->is_playing)
		turn_note(st, &st->req, KNOB_N);
}

static void change_pace(struct state *st, bool faster)
{
	char text[64];

	st->play_ms = faster ? st->play_ms * 2 / 3 : st->play_ms * 3 / 2;
	if (st->play_ms < 30)
		st->play_ms = 30;
	if (st->play_ms > 3000)
		st->play_ms = 3000;
	turn_say(st, false, str_format(text, sizeof text, "play: one step in %d ms", st->play_ms));
}

/* ------------------------------------------------------------ actions */

/* Leaves out what this model has nothing of, whatever is asked: a hosted one no memory, an open one
 * no price. */
static void next_metric(struct state *st, int n)
{
	enum quantity_id first = st->metric;
	struct estimate e;

	estimate(&st->req.setup, &e);
	do
		st->metric = quantity_next_metric(st->metric, n);
	while (st->metric != first && !e.count.refused &&
	       quantity_read(st->metric, &st->req.setup, &e).reason);
}

static void act(struct state *st, enum action a, struct wishes *w)
{
	switch (a) {
	case ACTION_NONE:
	case ACTION_VIEW: /* its keys are the views' own */
	case ACTION_N:
		break;
	case ACTION_FOCUS_PREV:
		move_focus(st, -1);
		break;
	case ACTION_FOCUS_NEXT:
		move_focus(st, 1);
		break;
	case ACTION_FOCUS_GROUP:
		move_group(st, 1);
		break;
	case ACTION_FOCUS_GROUP_BACK:
		move_group(st, -1);
		break;
	case ACTION_LESS:
		turn_knob(st, st->focus, -1, false);
		break;
	case ACTION_MORE:
		turn_knob(st, st->focus, 1, false);
		break;
	case ACTION_MUCH_LESS:
		turn_knob(st, st->focus, -1, true);
		break;
	case ACTION_MUCH_MORE:
		turn_knob(st, st->focus, 1, true);
		break;
	case ACTION_LEAST:
		turn_to_limit(st, false);
		break;
	case ACTION_MOST:
		turn_to_limit(st, true);
		break;
	case ACTION_TYPE:
		overlay_type(st);
		break;
	case ACTION_LOCK:
		turn_lock(st);
		break;
	case ACTION_FREE:
		turn_free(st);
		break;
	case ACTION_FIT:
		turn_fit(st);
		break;
	case ACTION_BUDGET:
		overlay_type_of(st, KNOB_BUDGET);
		break;
	case ACTION_WRITE:
		turn_say(st, false, "5 fits the picture to budgets; there w writes it");
		break;
	case ACTION_UNDO:
		if (!turn_back(st))
			turn_say(st, false,
				 st->picture.path[0]
					 ? "nothing to undo since the picture was opened"
					 : "nothing to undo");
		break;
	case ACTION_REDO:
		if (!turn_forth(st))
			turn_say(st, false, "nothing to redo");
		break;
	case ACTION_RESET:
		turn_reset(st, st->focus);
		break;
	case ACTION_RESET_ALL:
		turn_reset_all(st);
		break;
	case ACTION_MODEL:
		overlay_pick(st, KNOB_MODEL);
		break;
	case ACTION_HARDWARE:
		overlay_pick(st, KNOB_HARDWARE);
		break;
	case ACTION_ENGINE:
		overlay_pick(st, KNOB_ENGINE);
		break;
	case ACTION_THEME:
		overlay_pick(st, PICK_THEME);
		break;
	case ACTION_OPEN:
		overlay_open(st);
		break;
	case ACTION_LENS:
		turn_lens(st);
		break;
	case ACTION_SORT:
	case ACTION_SORT_REVERSE:
		turn_say(st, false, "3 compares the models; there it sorts");
		break;
	case ACTION_FILTER:
		overlay_pick(st, KNOB_MODEL);
		break;
	case ACTION_METRIC:
		next_metric(st, 1);
		break;
	case ACTION_METRIC_BACK:
		next_metric(st, -1);
		break;
	case ACTION_AXIS:
		st->log_axis = !st->log_axis;
		break;
	case ACTION_PARTS:
		figure_parts(st);
		break;
	case ACTION_FIGURE:
		figure_show(st);
		break;
	case ACTION_BIG:
		st->big = !st->big;
		break;
	case ACTION_PLAY:
		flip_play(st);
		break;
	case ACTION_SLOWER:
		change_pace(st, false);
		break;
	case ACTION_FASTER:
		change_pace(st, true);
		break;
	case ACTION_PIN:
		turn_pin(st);
		break;
	case ACTION_PIN_B:
		turn_pin_b(st);
		break;
	case ACTION_COMMAND:
		st->overlay = OVERLAY_COMMAND;
		break;
	case ACTION_EXPORT:
		overlay_export(st);
		break;
	case ACTION_STEP_NEXT:
		next_step(st, 1, w);
		break;
	case ACTION_STEP_BACK:
		next_step(st, -1, w);
		break;
	case ACTION_SAVE:
		w->settings = SETTINGS_ALL;
		break;
	case ACTION_MOUSE:
		st->mouse_off = !st->mouse_off;
		turn_say(st, false,
			 st->mouse_off ? "mouse off: the terminal selects text" : "mouse on");
		break;
	case ACTION_RELOAD:
		w->reload = true;
		break;
	case ACTION_HELP:
		st->overlay = OVERLAY_HELP;
		st->scroll = 0;
		break;
	case ACTION_PALETTE:
		overlay_pick(st, PICK_ACTION);
		break;
	case ACTION_STRATEGIES:
		overlay_pick(st, PICK_STRATEGY);
		break;
	case ACTION_TEACH:
		st->overlay = OVERLAY_KNOB;
		break;
	case ACTION_TOUR:
		flip_tour(st, w);
		break;
	case ACTION_COPY:
		w->copy = true;
		break;
	case ACTION_REDRAW:
		w->redraw = true;
		break;
	case ACTION_SUSPEND:
		w->suspend = true;
		break;
	case ACTION_QUIT:
		w->quit = true;
		break;
	}
}

/* These stay what they are whatever is open. */
static bool is_always(enum action a, uint32_t key)
{
	return key >= VKEY_CTRL && (a == ACTION_REDRAW || a == ACTION_SUSPEND || a == ACTION_QUIT);
}

/* As if it were typed, the views first; 0 = nothing. */
static void press(struct state *st, uint32_t key, struct wishes *w)
{
	if (key)
		feed(st, &(struct event){.kind = EVENT_KEY, .key = key}, w);
}

static void stop_writing(struct state *st, struct wishes *w)
{
	char said[sizeof st->writing + 40];

	w->write_stop = true;
	str_format(said, sizeof said, "%s given up: nothing was written", st->writing);
	st->writing[0] = '\0';
	turn_say(st, false, said);
}

static void on_key(struct state *st, uint32_t key, struct wishes *w)
{
	enum action a = keymap_find(key);

	st->message[0] = '\0';
	if (key == VKEY_ESC && st->writing[0] && st->overlay == OVERLAY_NONE)
		stop_writing(st, w);
	else if (is_always(a, key))
		act(st, a, w);
	else if (st->overlay != OVERLAY_NONE)
		press(st, overlay_key(st, key, w), w);
	else if (!view_find_key(key, &st->view))
		act(st, a, w);
}

/* A dropped file comes as a paste and is opened, whatever list or prompt is open but one for a
 * path. Other text goes where one types: the open prompt, or a new one for the focused knob. */
static void on_paste(struct state *st, const char *text, struct wishes *w)
{
	char path[sizeof w->open_path];
	bool wants_path = st->overlay == OVERLAY_OPEN || st->overlay == OVERLAY_EXPORT;

	if (!text || !*text)
		return;
	st->message[0] = '\0';
	if (!wants_path && drop_is_path(drop_path(text, path, sizeof path))) {
		while (st->overlay != OVERLAY_NONE)
			overlay_key(st, VKEY_ESC, w);
		w->open = true;
		str_format(w->open_path, sizeof w->open_path, "%s", path);
		return;
	}
	if (st->overlay == OVERLAY_NONE)
		overlay_type(st);
	if (st->overlay == OVERLAY_NONE ||
	    (overlay_is_text(st) && !(st->overlay == OVERLAY_HELP && st->is_searching)))
		return;
	overlay_insert(st, text);
}

static void on_picture(struct state *st, const struct picture_info *picture)
{
	struct request before = st->req;

	if (!picture)
		return;
	state_picture(st, picture);
	if (picture->error[0])
		return;
	turn_note(st, &before, KNOB_N);
	turn_forget(st);
}

static void set_width(struct state *st, int64_t width)
{
	struct request before = st->req;
	char error[96], text[32];

	if (!width || width == st->req.setup.width)
		return;
	str_format(text, sizeof text, "%lld", (long long)width);
	if (knob_type(&st->req, st->reg, KNOB_WIDTH, text, error))
		turn_note(st, &before, KNOB_WIDTH);
}

static void on_mouse(struct state *st, const struct event *ev, struct wishes *w)
{
	struct hit h = hit_find(st, ev);

	if (ev->mouse == MOUSE_PRESS || ev->mouse == MOUSE_RELEASE) {
		st->drag = h.drag;
		st->drag_x = ev->x;
	}
	switch (h.kind) {
	case HIT_NONE:
		break;
	case HIT_KEY:
		for (int i = 0; i < h.n; i++)
			press(st, h.key, w);
		break;
	case HIT_VIEW:
		st->view = (size_t)h.n;
		break;
	case HIT_ROW:
		overlay_choose(st, h.n);
		break;
	case HIT_KNOB:
		st->focus = h.knob;
		act(st, h.action, w);
		break;
	case HIT_TURN:
		if (h.takes_focus)
			st->focus = h.knob;
		turn_knob(st, h.knob, h.n, false);
		st->drag_x += h.columns;
		break;
	case HIT_WIDTH:
		set_width(st, h.width);
		break;
	}
}

static void on_pixels(struct state *st, const struct event *ev)
{
	st->picture.pixels = ev->pixels;
	str_format(st->picture.pixels_error, sizeof st->picture.pixels_error, "%s",
		   ev->pixels ? ""
		   : ev->text ? ev->text
			      : "no pixels");
}

/* Sizes need no pixels: they are decoded when a view first shows them, once for every picture. */
static void wish_pixels(struct state *st, struct wishes *w)
{
	if (st->view >= views_n || !views[st->view]->needs_pixels || !st->picture.path[0] ||
	    st->picture.pixels_asked)
		return;
	st->picture.pixels_asked = true;
	w->pixels = true;
}

/* The first of the themes that is made for such a background. */
static void on_ground(struct state *st, bool is_light)
{
	if (st->theme_is_chosen || st->theme->is_light == is_light)
		return;
	for (size_t i = theme_count(&st->themes); i-- > 0;) {
		const struct theme *t = theme_at(&st->themes, i);

		if (t->is_light == is_light && !t->is_mono)
			st->theme = t;
	}
}

/* The knobs stay as they are, unless they stood at the size of the picture that is another now. */
static void on_reread(struct state *st, const struct event *ev)
{
	const struct setup *s = &st->req.setup;
	int64_t width, height;

	/* the request may be the same to the byte, and what was worked out for it names rules that
	 * are gone */
	st->judged.is_known = st->budgeted.is_there = st->budgets.is_there = false;
	picture_seen(&st->picture, st->req.is_upright, &width, &height);
	bool is_own = s->width == width && s->height == height;

	if (ev->picture && !ev->picture->error[0]) {
		struct request before = st->req;

		st->picture = *ev->picture;
		request_picture(&st->start, st->reg, &st->picture);
		if (is_own)
			request_picture(&st->req, st->reg, &st->picture);
		if (is_own && (s->width != width || s->height != height))
			turn_note(st, &before, KNOB_N);
	}
	request_follow(&st->req, st->reg, &st->picture); /* the files may say something else */
	request_follow(&st->start, st->reg, &st->picture);
	turn_say(st, !ev->good, ev->text ? ev->text : "");
}

static void feed(struct state *st, const struct event *ev, struct wishes *w)
{
	struct rect body = layout_body(st->width, st->height);

	if (ev->kind == EVENT_KEY && st->is_refusing && ev->key >= '0' && ev->key <= '9')
		return;
	if (ev->kind == EVENT_KEY) {
		st->is_refusing = false;
		st->message[0] = '\0';
	}
	bool is_taken = st->overlay == OVERLAY_NONE && st->view < views_n &&
			views[st->view]->event && views[st->view]->event(st, ev, body, w);

	if (!is_taken)
		switch (ev->kind) {
		case EVENT_NONE:
			break;
		case EVENT_KEY:
			on_key(st, ev->key, w);
			break;
		case EVENT_MOUSE:
			on_mouse(st, ev, w);
			break;
		case EVENT_PASTE:
			on_paste(st, ev->text, w);
			break;
		case EVENT_RESIZE:
			st->width = ev->width;
			st->height = ev->height;
			break;
		case EVENT_TICK:
			if (st->is_playing)
				turn_play_step(st);
			break;
		case EVENT_FILE:
			on_picture(st, ev->picture);
			go_on(st, w);
			break;
		case EVENT_REREAD:
			on_reread(st, ev);
			break;
		case EVENT_GROUND:
			on_ground(st, ev->good);
			break;
		case EVENT_COMPLETED:
			overlay_completed(st, ev->text, ev->others ? ev->others : "");
			break;
		case EVENT_INK:
			st->means = ev->means;
			break;
		case EVENT_PIXELS:
			on_pixels(st, ev);
			break;
		case EVENT_WRITTEN:
			st->writing[0] = '\0';
			turn_say(st, !ev->good, ev->text ? ev->text : "");
			break;
		case EVENT_SAVED:
			turn_say(st, !ev->good, ev->text ? ev->text : "");
			break;
		}
}

/* What a key or a click changed is shown until the next one. What plays by itself never stands
 * still long enough to be read; a step of a talk looks the same from wherever it is reached. */
static void keep_before(struct state *st, const struct event *ev, const struct request *before,
			int step)
{
	bool is_turned = memcmp(before, &st->req, sizeof *before) != 0;
	bool is_new = ev->kind == EVENT_KEY || ev->kind == EVENT_PASTE ||
		      (ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_PRESS);

	if (st->talk.at != step) {
		st->before.is_set = false;
	} else if (is_turned && ev->kind != EVENT_TICK && ev->kind != EVENT_REREAD) {
		st->before.is_set = request_is_complete(before);
		st->before.req = *before;
	} else if (is_turned || is_new) {
		st->before.is_set = false;
	}
}

bool update(struct state *st, const struct event *ev, struct wishes *w)
{
	struct request before = st->req;
	int step = st->talk.at;

	*w = (struct wishes){0};
	feed(st, ev, w);
	keep_before(st, ev, &before, step);
	if (st->is_playing)
		w->timer_ms = st->play_ms;
	wish_pixels(st, w);
	budgeted_keep(&st->budgeted, &st->req, st->chart.most);
	judged_keep(&st->judged, &st->req, st->reg);
	if (st->view < views_n && views[st->view]->keep)
		views[st->view]->keep(st);
	return ev->kind != EVENT_NONE;
}
