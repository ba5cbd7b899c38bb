/* View 5: what to send. Several budgets beside each other, the largest picture that keeps each, the
 * settings that hold it, and the picture written at that size. What it shows is fit_table.c's; this
 * file answers keys and mouse. */
#include "view/view.h"

#include <string.h>

#include "base/str.h"
#include "core/budget.h"
#include "state/keymap.h"
#include "state/seen.h"
#include "state/turn.h"
#include "view/fit_table.h"
#include "view/fit_words.h"
#include "view/prompt.h"
#include "view/wishes.h"

static void keep(struct state *st)
{
	budgets_keep(&st->budgets, &st->req, st->fit.asked);
	if (st->fit.at >= st->budgets.n)
		st->fit.at = st->budgets.n > 0 ? st->budgets.n - 1 : 0;
}

static void choose(struct state *st, int row)
{
	row = row >= st->budgets.n ? st->budgets.n - 1 : row;
	st->fit.at = row < 0 ? 0 : row;
}

/* ------------------------------------------------------------ values */

/* The request's own budget is a knob, and turns as one; the value of another row is the view's. */
static void turn_value(struct state *st, int n)
{
	const struct budgets_row *row = fit_chosen(st);

	if (!row)
		return;
	if (row->kind < 0) {
		turn_knob(st, KNOB_BUDGET, n, false);
		return;
	}
	struct fit_budget b = row->budget;

	budget_step(&b, n);
	st->fit.asked[row->kind] = b.value;
}

static void reset_value(struct state *st)
{
	const struct budgets_row *row = fit_chosen(st);

	if (row && row->kind >= 0)
		st->fit.asked[row->kind] = 0;
	else if (row)
		turn_reset(st, KNOB_BUDGET);
}

/* ------------------------------------------------------------ the size */

static void take(struct state *st)
{
	const struct budgets_row *row = fit_chosen(st);

	if (row)
		turn_to_budget(st, &row->budget);
}

/* The size of an upright file; false: why not was said. A picture that is counted as it is stored
 * is written upright, so that whoever reads it sees it turned: another question, asked here. */
static bool find_size(struct state *st, const struct budgets_row *row, int64_t *w, int64_t *h)
{
	const struct picture_info *p = &st->picture;
	struct request r = st->req;
	struct fit f = row->fit;

	if (picture_lies(p) && !r.is_upright) {
		r.aspect_w = r.setup.width = p->width;
		r.aspect_h = r.setup.height = p->height;
		budgeted_find(&r, &row->budget, &f);
	}
	if (f.status == FIT_FITS) {
		turn_say(st, false, "it fits as it is: the file can be sent as it lies there");
		return false;
	}
	if (f.best.width <= 0) {
		char text[FIT_WORDS];

		turn_say(st, true, fit_outcome(row, text));
		return false;
	}
	*w = f.best.width;
	*h = f.best.height;
	return true;
}

/* "photo-944x1335.jpg", where the program runs. */
static void propose_name(struct state *st)
{
	const char *path = st->picture.path, *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
	int len = (int)(dot && dot > base ? (size_t)(dot - base) : strlen(base));
	char name[sizeof st->prompt.text];

	str_format(name, sizeof name, "%.*s-%lldx%lld%s", len > 200 ? 200 : len, base,
		   (long long)st->fit.width, (long long)st->fit.height,
		   st->picture.ending[0] ? st->picture.ending : ".png");
	prompt_open(st, OVERLAY_WRITE, name);
}

static void write_picture(struct state *st)
{
	const struct picture_info *p = &st->picture;
	const struct budgets_row *row = fit_chosen(st);
	int64_t own_w, own_h;

	if (!row)
		return;
	if (st->writing[0]) {
		turn_say(st, false, "one picture is being written: Esc gives it up");
		return;
	}
	if (!p->path[0]) {
		turn_say(st, false, "a size has no file to write: o opens a picture");
		return;
	}
	picture_seen(p, st->req.is_upright, &own_w, &own_h);
	if (st->budgets.of.setup.width != own_w || st->budgets.of.setup.height != own_h)
		turn_say(st, false,
			 "the knobs made another picture of it: R goes back to the file's");
	else if (find_size(st, row, &st->fit.width, &st->fit.height))
		propose_name(st);
}

/* ------------------------------------------------------------ keys and mouse */

static bool on_action(struct state *st, enum action a, const struct fit_place *p)
{
	int page = p->rows.height > 1 ? p->rows.height - 1 : 1;

	switch (a) {
	case ACTION_FOCUS_PREV:
		choose(st, st->fit.at - 1);
		return true;
	case ACTION_FOCUS_NEXT:
		choose(st, st->fit.at + 1);
		return true;
	case ACTION_MUCH_MORE: /* PgUp */
		choose(st, st->fit.at - page);
		return true;
	case ACTION_MUCH_LESS:
		choose(st, st->fit.at + page);
		return true;
	case ACTION_LEAST:
		choose(st, 0);
		return true;
	case ACTION_MOST:
		choose(st, st->budgets.n - 1);
		return true;
	case ACTION_MORE:
		turn_value(st, 1);
		return true;
	case ACTION_LESS:
		turn_value(st, -1);
		return true;
	case ACTION_RESET:
		reset_value(st);
		return true;
	case ACTION_BUDGET:
		if (fit_chosen(st))
			prompt_open(st, OVERLAY_BUDGET, "");
		return true;
	case ACTION_TYPE:
	case ACTION_FIT:
		take(st);
		return true;
	case ACTION_SORT:
		prompt_open(st, OVERLAY_SETTINGS, "");
		return true;
	case ACTION_WRITE:
		write_picture(st);
		return true;
	default:
		return false;
	}
}

static bool on_mouse(struct state *st, const struct event *ev, const struct fit_place *p)
{
	if (ev->mouse == MOUSE_WHEEL_UP || ev->mouse == MOUSE_WHEEL_DOWN) {
		choose(st, st->fit.at + (ev->mouse == MOUSE_WHEEL_UP ? -1 : 1));
		return true;
	}
	if (ev->mouse != MOUSE_PRESS || ev->button != 1 || !rect_has(p->rows, ev->x, ev->y))
		return false;
	int row = p->first + ev->y - p->rows.y;

	if (row == st->fit.at) /* a click on the chosen row takes it */
		take(st);
	else
		choose(st, row);
	return true;
}

static bool event(struct state *st, const struct event *ev, struct rect body, struct wishes *w)
{
	struct fit_place p;

	(void)w;
	if (ev->kind != EVENT_KEY && (ev->kind != EVENT_MOUSE || !rect_has(body, ev->x, ev->y)))
		return false;
	keep(st); /* before the first event nothing is */
	fit_place(&p, body, st);
	if (ev->kind == EVENT_MOUSE) {
		st->message[0] = '\0';
		return on_mouse(st, ev, &p);
	}
	char before[sizeof st->message];

	str_format(before, sizeof before, "%s", st->message);
	st->message[0] = '\0';
	if (on_action(st, keymap_find(ev->key), &p))
		return true;
	str_format(st->message, sizeof st->message, "%s", before);
	return false;
}

static void draw(struct cells *c, struct rect body, const struct frame *f)
{
	fit_draw(c, body, f);
}

/* clang-format off */
static const struct view_hint hints[] = {
	{ACTION_FOCUS_PREV, "budget"  },
	{ACTION_MORE,       "value"   },
	{ACTION_TYPE,       "take"    },
	{ACTION_BUDGET,     "type"    },
	{ACTION_SORT,       "settings"},
	{ACTION_WRITE,      "write"   },
	{ACTION_NONE,       NULL      }
};
/* clang-format on */

const struct view view_fit = {
	.name = "fit",
	.title = "Fit",
	.key = '5',
	.help = "fit: what to send",
	.hints = hints,
	.keep = keep,
	.draw = draw,
	.event = event,
	.write = fit_write,
};
