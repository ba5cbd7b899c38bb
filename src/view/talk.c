/* A talk, step by step. Everything a step does goes through the same doors as a key or a typed
 * value. */
#include "view/talk.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "draw/theme.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "view/view.h"
#include "view/wishes.h"

static bool set_knob(struct state *st, enum knob k, const char *value, char error[96])
{
	struct request before = st->req;

	if (!knob_type(&st->req, st->reg, k, value, error)) {
		st->req = before;
		return false;
	}
	turn_note(st, &before, KNOB_N);
	return true;
}

static bool set_flag(bool *flag, const char *value, char error[96])
{
	if (str_has_word("yes on true", value))
		*flag = true;
	else if (str_has_word("no off false", value))
		*flag = false;
	else
		return str_format(error, 96, "expected yes or no"), false;
	return true;
}

static bool set_view(struct state *st, const char *value, char error[96])
{
	return view_find(value, &st->view) ||
	       (str_format(error, 96, "there is no view of that name"), false);
}

static bool set_metric(struct state *st, const char *value, char error[96])
{
	char words[80];

	return quantity_find_metric(value, &st->metric) ||
	       (str_format(error, 96, "expected %s",
			   str_any_of(words, sizeof words, quantity_metric)),
		false);
}

static bool set_theme(struct state *st, const char *value, char error[96])
{
	const struct theme *t = theme_find(&st->themes, value);

	if (!t)
		return str_format(error, 96, "there is no theme of that name"), false;
	st->theme = t;
	return true;
}

static bool set_axis(struct state *st, const char *value, char error[96])
{
	if (strcmp(value, "log") != 0 && strcmp(value, "linear") != 0)
		return str_format(error, 96, "expected log or linear"), false;
	st->log_axis = strcmp(value, "log") == 0;
	return true;
}

static bool set_parts(struct state *st, const char *value, char error[96])
{
	return set_flag(&st->chart.has_parts, value, error);
}

static bool set_pin(struct state *st, const char *value, char error[96])
{
	if (!set_flag(&st->pin.is_set, value, error))
		return false;
	st->pin.req = st->req;
	st->pin_b.is_set = false;
	return true;
}

static bool set_big(struct state *st, const char *value, char error[96])
{
	return set_flag(&st->big, value, error);
}

static bool set_play(struct state *st, const char *value, char error[96])
{
	return set_flag(&st->is_playing, value, error);
}

static bool set_lock(struct state *st, const char *value, char error[96])
{
	return set_flag(&st->req.aspect_lock, value, error);
}

/* Either side takes both. */
static bool set_size(struct state *st, const char *value, char error[96])
{
	return set_knob(st, KNOB_WIDTH, value, error);
}

/* clang-format off */
static const struct {
	const char *name;
	bool (*set)(struct state *st, const char *value, char error[96]);
} names[] = {
	{"view",   set_view  },
	{"metric", set_metric},
	{"axis",   set_axis  },
	{"parts",  set_parts },
	{"theme",  set_theme },
	{"big",    set_big   },
	{"play",   set_play  },
	{"pin",    set_pin   },
	{"lock",   set_lock  },
	{"size",   set_size  },
};
/* clang-format on */

static void open_picture(const struct script *s, const char *path, struct wishes *w)
{
	w->open = true;
	str_format(w->open_path, sizeof w->open_path, "%s%s", *path == '/' ? "" : s->folder, path);
}

static void assign(struct state *st, const struct part *p, struct wishes *w)
{
	char error[96] = "expected model, width, view, picture or another setting of the manual";
	bool is_done = false;

	if (strcmp(p->name, "picture") == 0) {
		open_picture(st->talk.script, p->value, w);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(names[i].name, p->name) == 0)
			is_done = names[i].set(st, p->value, error);
	for (enum knob k = 0; k < KNOB_N; k++)
		if (strcmp(knob_specs[k].name, p->name) == 0)
			is_done = set_knob(st, k, p->value, error);
	if (!is_done && !st->talk.error[0])
		str_format(st->talk.error, sizeof st->talk.error, "%.20s = %.30s: %s", p->name,
			   p->value, error);
}

void talk_begin(struct state *st, const struct script *s)
{
	st->talk = (struct talk){
		.script = s,
		.first = st->req,
		.view = st->view,
		.focus = st->focus,
		.metric = st->metric,
		.log_axis = st->log_axis,
		.chart = st->chart,
		.big = st->big,
		.theme = st->theme,
		.picture = st->picture,
	};
}

/* What was before the first step; what undo knows stays. */
static void rewind_talk(struct state *st)
{
	const struct talk *t = &st->talk;
	bool is_same_picture = strcmp(st->picture.path, t->picture.path) == 0;

	st->req = t->first;
	st->view = t->view;
	st->focus = t->focus;
	st->metric = t->metric;
	st->log_axis = t->log_axis;
	st->chart = t->chart;
	st->big = t->big;
	st->theme = t->theme;
	st->overlay = OVERLAY_NONE;
	st->is_playing = st->pin.is_set = st->pin_b.is_set = false;
	st->play_step = 1;
	st->fit.at = 0;
	memset(st->fit.asked, 0, sizeof st->fit.asked);
	if (!is_same_picture) {
		st->picture = t->picture;
		st->picture.pixels = NULL; /* a loop keeps those of one picture only */
		st->picture.pixels_asked = false;
	}
	st->talk.at = st->talk.part = 0;
	st->talk.note[0] = '\0';
}

/* One part of a step; true: it is a key, which goes the way of all keys. */
static bool do_part(struct state *st, const struct part *p, struct event *ev, struct wishes *w)
{
	switch (p->kind) {
	case PART_KEY:
		*ev = (struct event){.kind = EVENT_KEY, .key = p->key};
		return true;
	case PART_SET:
		assign(st, p, w);
		break;
	case PART_NOTE:
		str_format(st->talk.note, sizeof st->talk.note, "%s", p->value);
		if (!st->message_bad) /* what a key of the step said makes room */
			st->message[0] = '\0';
		break;
	}
	return false;
}

bool talk_next(struct state *st, struct event *ev, struct wishes *w)
{
	struct talk *t = &st->talk;

	while (t->script && t->at < t->target && !w->open) {
		const struct script_step *s = &t->script->steps[t->at];

		if (t->part == 0) {
			t->note[0] = '\0';
			st->is_playing = false;
		}
		if (t->part < s->parts_n) {
			if (do_part(st, &s->parts[t->part++], ev, w))
				return true;
		} else {
			t->at++;
			t->part = 0;
		}
	}
	return false;
}

bool talk_aim(struct state *st, int step)
{
	struct talk *t = &st->talk;

	if (!t->script)
		return false;
	t->target = step < 0 ? 0 : step > t->script->n ? t->script->n : step;
	t->error[0] = '\0';
	if (t->target <= t->at)
		rewind_talk(st);
	return true;
}
