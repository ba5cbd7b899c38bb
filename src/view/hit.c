#include "view/hit.h"

#include "base/str.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "view/bars.h"
#include "view/chart.h"
#include "view/layout.h"
#include "view/overlay.h"
#include "view/pick.h"
#include "view/update.h"
#include "view/view.h"

enum { DRAG_CHART = -1, DRAG_STEP = 2 }; /* columns of a drag that turn a knob by one */

static enum action overlay_mouse(struct state *st, const struct event *ev)
{
	struct rect r = overlay_rect(st, st->width, st->height);
	int n = ev->mouse == MOUSE_WHEEL_UP ? -3 : ev->mouse == MOUSE_WHEEL_DOWN ? 3 : 0;

	for (; n < 0; n++)
		overlay_key(st, VKEY_UP, &(struct wishes){0});
	for (; n > 0; n--)
		overlay_key(st, VKEY_DOWN, &(struct wishes){0});
	if (ev->mouse != MOUSE_PRESS || ev->button != 1)
		return ACTION_NONE;
	if (!rect_has(r, ev->x, ev->y) || st->overlay == OVERLAY_HELP ||
	    st->overlay == OVERLAY_COMMAND) {
		overlay_key(st, VKEY_ESC, &(struct wishes){0});
		return ACTION_NONE;
	}
	int row = ev->y - r.y - 3;

	if (st->overlay != OVERLAY_PICK || row < 0 ||
	    row >= overlay_list_rows(st, st->width, st->height))
		return ACTION_NONE;
	if (st->scroll + row < pick_count(st)) {
		bool is_second = st->pick_at == st->scroll + row;

		st->pick_at = st->scroll + row;
		if (is_second) /* a click on the chosen row takes it */
			overlay_key(st, VKEY_ENTER, &(struct wishes){0});
		else if (st->pick == PICK_THEME)
			pick_take(st, st->pick_at);
	}
	return ACTION_NONE;
}

static void set_width(struct state *st, int64_t width)
{
	struct request before = st->req;

	if (!width || width == st->req.setup.width)
		return;
	char error[96], text[32];

	str_format(text, sizeof text, "%lld", (long long)width);
	if (knob_type(&st->req, st->reg, KNOB_WIDTH, text, error))
		turn_note(st, &before, KNOB_WIDTH);
}

static struct chart_spot chart_place(const struct state *st)
{
	struct rect body = {0, 1, st->width, st->height - 2};

	if (st->view >= views_n || !views[st->view]->chart_spot)
		return (struct chart_spot){0};
	return views[st->view]->chart_spot(st, body);
}

static enum knob knob_at(const struct state *st, int x, int y)
{
	struct rect body = {0, 1, st->width, st->height - 2};
	struct layout l;

	if (st->big || st->view != 0)
		return KNOB_N;
	layout_dashboard(&l, body, st->req.setup.lens);
	return rect_has(l.knobs, x, y) ? layout_knob_at(&l, st->focus, y) : KNOB_N;
}

static void press(struct state *st, const struct event *ev)
{
	struct chart_spot chart = chart_place(st);
	enum knob k = knob_at(st, ev->x, ev->y);

	st->drag = KNOB_N;
	if (k != KNOB_N) {
		if (st->focus == k && ev->button == 1 &&
		    (k == KNOB_MODEL || k == KNOB_HARDWARE || k == KNOB_ENGINE))
			overlay_type(st);
		st->focus = k;
		st->drag = (int)k;
		st->drag_x = ev->x;
	} else if (rect_has(chart.rect, ev->x, ev->y)) {
		st->drag = DRAG_CHART;
		set_width(st, chart_width_at(chart.rect, chart.detail, st, ev->x));
	}
}

static void drag(struct state *st, const struct event *ev)
{
	if (st->drag == DRAG_CHART) {
		struct chart_spot chart = chart_place(st);

		set_width(st, chart_width_at(chart.rect, chart.detail, st, ev->x));
		return;
	}
	if (st->drag == KNOB_N)
		return;
	int steps = (ev->x - st->drag_x) / DRAG_STEP;

	if (steps) {
		turn_knob(st, (enum knob)st->drag, steps, false);
		st->drag_x += steps * DRAG_STEP;
	}
}

static void wheel(struct state *st, const struct event *ev, int n)
{
	enum knob k = knob_at(st, ev->x, ev->y);

	if (k != KNOB_N) {
		st->focus = k;
		turn_knob(st, k, n, false);
	} else if (rect_has(chart_place(st).rect, ev->x, ev->y)) {
		turn_knob(st, KNOB_WIDTH, n, false);
	}
}

enum action hit_mouse(struct state *st, const struct event *ev)
{
	if (st->overlay != OVERLAY_NONE)
		return overlay_mouse(st, ev);
	switch (ev->mouse) {
	case MOUSE_PRESS:
		if (ev->y == 0)
			return header_hit(st, st->width, ev->x);
		if (ev->y == st->height - 1)
			return footer_hit(st, st->width, ev->x);
		press(st, ev);
		break;
	case MOUSE_DRAG:
		drag(st, ev);
		break;
	case MOUSE_RELEASE:
		st->drag = KNOB_N;
		break;
	case MOUSE_WHEEL_UP:
		wheel(st, ev, 1);
		break;
	case MOUSE_WHEEL_DOWN:
		wheel(st, ev, -1);
		break;
	}
	return ACTION_NONE;
}
