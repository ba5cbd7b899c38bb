/* Every model at this picture, side by side: sorted by any column, filtered as one types, the
 * reason in place of a number that is not there. What it shows is compare_table.c's; this file
 * answers keys and mouse. */
#include "view/view.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "registry/subjects.h"
#include "state/keymap.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "view/compare_table.h"
#include "view/wishes.h"

static void choose(struct state *st, const struct compare_list *list, int row, int rows)
{
	if (!list->n)
		return;
	row = row < 0 ? 0 : row >= list->n ? list->n - 1 : row;

	struct compare_list moved = {.n = list->n, .at = row};

	st->compare.first = compare_first(st, list, rows);
	st->compare.at = list->row[row].entry;
	st->compare.first = compare_first(st, &moved, rows);
}

static void sort_by(struct state *st, enum quantity_id by)
{
	st->compare.is_reversed = by == st->compare.sort && !st->compare.is_reversed;
	st->compare.sort = by;
}

/* The next column that has a place on this screen. */
static void sort_next(struct state *st, const struct compare_place *p, int step)
{
	st->compare.sort = compare_next_order(p, st->compare.sort, step);
	st->compare.is_reversed = false;
}

static void take(struct state *st, const struct compare_list *list)
{
	struct request before = st->req;
	struct subject e;

	if (list->at < 0 || !subject_at(st->reg, (size_t)list->row[list->at].entry, &e))
		return;
	const struct model *m = subject_model(st->reg, &e);

	if (!m)
		return;
	request_model(&st->req, m);
	turn_note(st, &before, KNOB_N);
	str_format(st->message, sizeof st->message,
		   "%s is the model now: 1 shows its %s, 6 explains its count", m->id,
		   m->is_stand_in ? "tokens" : "costs");
}

/* The chosen row becomes a curve of the chart, or is none any longer. The present model is always
 * one. */
static void mark(struct state *st, const struct compare_list *list)
{
	struct subject e;
	int at = 0;

	if (list->at < 0 || !subject_at(st->reg, (size_t)list->row[list->at].entry, &e))
		return;
	const struct model *m = subject_model(st->reg, &e);

	if (!m)
		return;
	while (at < st->charted.n && st->charted.model[at] != m)
		at++;
	if (at < st->charted.n) {
		st->charted.n--;
		memmove(&st->charted.model[at], &st->charted.model[at + 1],
			(size_t)(st->charted.n - at) * sizeof st->charted.model[0]);
	} else if (st->charted.n >= CHARTED_MAX - 1) {
		turn_say(st, false, "the chart has five marked models and the present one at most");
	} else {
		st->charted.model[st->charted.n++] = m;
		st->charted.is_marked = true;
	}
}

static void widen(struct prompt *p)
{
	while (p->len && ((unsigned char)p->text[p->len - 1] & 0xc0) == 0x80)
		p->len--;
	if (p->len)
		p->len--;
	p->text[p->len] = '\0';
}

static void clear(struct state *st)
{
	st->compare.filter = (struct prompt){.len = 0};
	st->compare.is_typing = false;
}

/* True when the key was text for the filter. */
static bool type(struct state *st, uint32_t key)
{
	struct prompt *p = &st->compare.filter;

	if (key == VKEY_BACKSPACE) {
		widen(p);
		return true;
	}
	if (key == VKEY_ESC || key == VKEY_ENTER) {
		if (key == VKEY_ESC)
			clear(st);
		st->compare.is_typing = false;
		return true;
	}
	if (key < 0x20 || key >= VKEY_UP || p->len + 5 > 64)
		return key < VKEY_UP;
	p->len += utf8_put(key, p->text + p->len);
	p->text[p->len] = '\0';
	return true;
}

static bool on_action(struct state *st, enum action a, const struct compare_place *p)
{
	struct compare_list list;
	int page = p->rows.height > 1 ? p->rows.height - 1 : 1;

	compare_list(st, &list);
	int at = list.at < 0 ? 0 : list.at;

	switch (a) {
	case ACTION_FOCUS_PREV:
		choose(st, &list, at - 1, p->rows.height);
		return true;
	case ACTION_FOCUS_NEXT:
		choose(st, &list, at + 1, p->rows.height);
		return true;
	case ACTION_MUCH_MORE:
		choose(st, &list, at - page, p->rows.height);
		return true; /* PgUp */
	case ACTION_MUCH_LESS:
		choose(st, &list, at + page, p->rows.height);
		return true;
	case ACTION_LEAST:
		choose(st, &list, 0, p->rows.height);
		return true;
	case ACTION_MOST:
		choose(st, &list, list.n - 1, p->rows.height);
		return true;
	case ACTION_TYPE:
		take(st, &list);
		return true;
	case ACTION_SORT:
	case ACTION_METRIC:
		sort_next(st, p, 1);
		return true;
	case ACTION_METRIC_BACK:
		sort_next(st, p, -1);
		return true;
	case ACTION_SORT_REVERSE:
		st->compare.is_reversed = !st->compare.is_reversed;
		return true;
	case ACTION_STEP_NEXT:
		if (st->talk.script) /* whose next step it is */
			return false;
		mark(st, &list);
		return true;
	case ACTION_FILTER:
		st->compare.is_typing = true;
		return true;
	default:
		return false;
	}
}

static bool on_key(struct state *st, uint32_t key, const struct compare_place *p)
{
	st->message[0] = '\0';
	if (st->compare.is_typing && type(st, key))
		return true;
	if (key == VKEY_ESC && st->compare.filter.len) {
		clear(st);
		return true;
	}
	return on_action(st, keymap_find(key), p);
}

static bool click(struct state *st, const struct event *ev, const struct compare_place *p)
{
	if (ev->y == p->head.y) {
		enum quantity_id by = compare_order_at(p, ev->x);

		if (by != Q_N)
			sort_by(st, by);
		return true;
	}
	if (ev->y == p->prompt.y) {
		st->compare.is_typing = true;
		return true;
	}
	if (!rect_has(p->rows, ev->x, ev->y))
		return false;
	struct compare_list list;

	compare_list(st, &list);
	int row = compare_first(st, &list, p->rows.height) + ev->y - p->rows.y;

	if (row >= list.n)
		return true;
	if (row == list.at) /* a click on the chosen row takes it */
		take(st, &list);
	else
		choose(st, &list, row, p->rows.height);
	return true;
}

static bool on_mouse(struct state *st, const struct event *ev, const struct compare_place *p,
		     struct rect body)
{
	if (!rect_has(body, ev->x, ev->y))
		return false;
	st->message[0] = '\0';
	if (ev->mouse == MOUSE_PRESS && ev->button == 1)
		return click(st, ev, p);
	if (ev->mouse != MOUSE_WHEEL_UP && ev->mouse != MOUSE_WHEEL_DOWN)
		return false;
	struct compare_list list;

	compare_list(st, &list);
	choose(st, &list, (list.at < 0 ? 0 : list.at) + (ev->mouse == MOUSE_WHEEL_UP ? -3 : 3),
	       p->rows.height);
	return true;
}

static bool event(struct state *st, const struct event *ev, struct rect body, struct wishes *w)
{
	struct compare_place p;

	(void)w;
	if (ev->kind != EVENT_KEY && ev->kind != EVENT_MOUSE &&
	    !(ev->kind == EVENT_PASTE && st->compare.is_typing))
		return false;
	compare_place(&p, body, st);
	if (ev->kind == EVENT_MOUSE)
		return on_mouse(st, ev, &p, body);
	if (ev->kind == EVENT_KEY)
		return on_key(st, ev->key, &p);
	for (const char *text = ev->text; text && *text;) {
		uint32_t cp;

		text += utf8_decode(text, &cp);
		if (cp != UTF8_BAD)
			type(st, cp);
	}
	return true;
}

static void write(const struct frame *f, enum export_format format, struct strbuf *out)
{
	compare_write(f->st, format, out);
}

/* clang-format off */
static const struct view_hint hints[] = {
	{ACTION_FOCUS_PREV, "row" },
	{ACTION_TYPE,       "take"},
	{ACTION_STEP_NEXT,  "chart it"},
	{ACTION_NONE,       NULL  }
};
/* clang-format on */

const struct view view_compare = {
	.name = "compare",
	.title = "Compare",
	.key = '3',
	.help = "compare models",
	.hints = hints,
	.draw = compare_draw,
	.event = event,
	.write = write,
};
