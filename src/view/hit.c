#include "view/hit.h"

#include "state/knobs.h"
#include "view/bars.h"
#include "view/chart.h"
#include "view/layout.h"
#include "view/overlay.h"
#include "view/pick.h"
#include "view/view.h"

enum { DRAG_CHART = -1, DRAG_STEP = 2 }; /* columns of a drag that turn a knob by one */

static const struct hit nothing = {.kind = HIT_NONE, .drag = KNOB_N};

static struct hit of_key(uint32_t key, int n)
{
	return (struct hit){.kind = HIT_KEY, .key = key, .n = n, .drag = KNOB_N};
}

/* The mouse over an open list or prompt. */
static struct hit over_overlay(const struct state *st, const struct event *ev)
{
	struct rect r = overlay_rect(st, st->width, st->height);
	int row = ev->y - r.y - 3;

	if (ev->mouse == MOUSE_WHEEL_UP || ev->mouse == MOUSE_WHEEL_DOWN)
		return of_key(ev->mouse == MOUSE_WHEEL_UP ? VKEY_UP : VKEY_DOWN, 3);
	if (ev->mouse != MOUSE_PRESS || ev->button != 1)
		return nothing;
	if (!rect_has(r, ev->x, ev->y) || overlay_is_text(st))
		return of_key(VKEY_ESC, 1);
	if (st->overlay != OVERLAY_PICK || row < 0 ||
	    row >= overlay_list_rows(st, st->width, st->height) ||
	    st->scroll + row >= pick_count(st))
		return nothing;
	/* a click on the chosen row takes it */
	if (st->pick_at == st->scroll + row)
		return of_key(VKEY_ENTER, 1);
	return (struct hit){.kind = HIT_ROW, .n = st->scroll + row, .drag = KNOB_N};
}

static struct chart_spot chart_place(const struct state *st)
{
	struct rect body = layout_body(st->width, st->height);

	if (st->view >= views_n || !views[st->view]->chart_spot)
		return (struct chart_spot){0};
	return views[st->view]->chart_spot(st, body);
}

static enum knob knob_at(const struct state *st, int x, int y)
{
	struct rect body = layout_body(st->width, st->height);
	struct layout l;

	if (st->big || st->view != 0)
		return KNOB_N;
	layout_dashboard(&l, body, &st->req);
	return rect_has(l.knobs, x, y) ? layout_knob_at(&l, st->focus, y) : KNOB_N;
}

static struct hit on_chart(const struct state *st, const struct chart_spot *chart, int x)
{
	return (struct hit){.kind = HIT_WIDTH,
			    .width = chart_width_at(chart->rect, chart->detail, st, x),
			    .drag = DRAG_CHART};
}

static struct hit on_tab(const struct state *st, int x)
{
	int view = header_hit(st->width, x);

	return view < 0 ? nothing : (struct hit){.kind = HIT_VIEW, .n = view, .drag = KNOB_N};
}

static struct hit press(const struct state *st, const struct event *ev)
{
	struct chart_spot chart = chart_place(st);
	enum knob k = knob_at(st, ev->x, ev->y);

	if (ev->y == 0)
		return on_tab(st, ev->x);
	if (ev->y == st->height - 1)
		return of_key(keymap_key(footer_hit(st, st->width, ev->x)), 1);
	if (k != KNOB_N) {
		/* a second click on a knob that has a list opens it */
		bool opens = st->focus == k && ev->button == 1 && knob_specs[k].kind == IS_ENTRY;

		return (struct hit){.kind = HIT_KNOB,
				    .knob = k,
				    .action = opens ? ACTION_TYPE : ACTION_NONE,
				    .drag = (int)k};
	}
	return rect_has(chart.rect, ev->x, ev->y) ? on_chart(st, &chart, ev->x) : nothing;
}

static struct hit drag(const struct state *st, const struct event *ev)
{
	int64_t across = (int64_t)ev->x - st->drag_x;
	int steps = across > CELLS_MAX || across < -CELLS_MAX ? 0 : (int)across / DRAG_STEP;

	if (st->drag == DRAG_CHART) {
		struct chart_spot chart = chart_place(st);

		return on_chart(st, &chart, ev->x);
	}
	if (st->drag == KNOB_N || !steps)
		return nothing;
	return (struct hit){.kind = HIT_TURN,
			    .knob = (enum knob)st->drag,
			    .n = steps,
			    .columns = steps * DRAG_STEP};
}

static struct hit wheel(const struct state *st, const struct event *ev, int n)
{
	enum knob k = knob_at(st, ev->x, ev->y);

	if (k != KNOB_N)
		return (struct hit){.kind = HIT_TURN, .knob = k, .n = n, .takes_focus = true};
	if (rect_has(chart_place(st).rect, ev->x, ev->y))
		return (struct hit){.kind = HIT_TURN, .knob = KNOB_WIDTH, .n = n};
	return nothing;
}

struct hit hit_find(const struct state *st, const struct event *ev)
{
	if (st->overlay != OVERLAY_NONE)
		return over_overlay(st, ev);
	switch (ev->mouse) {
	case MOUSE_PRESS:
		return press(st, ev);
	case MOUSE_DRAG:
		return drag(st, ev);
	case MOUSE_WHEEL_UP:
		return wheel(st, ev, 1);
	case MOUSE_WHEEL_DOWN:
		return wheel(st, ev, -1);
	case MOUSE_RELEASE:
		break;
	}
	return nothing;
}
