#include "view/overlay.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "core/budget.h"
#include "state/knobs.h"
#include "view/catalogue.h"
#include "view/command.h"
#include "view/fit_words.h"
#include "view/help.h"
#include "view/pick.h"
#include "view/teach.h"
#include "view/widget.h"

enum { TITLE_SIZE = 64 };

/* ------------------------------------------------------------ where */

/* In the middle of the room between header and footer; all of it rather than a thin rest at the
 * sides. */
static struct rect centre(int width, int height, int w, int h)
{
	int room = height - 2;

	if (width - w < 8)
		w = width;
	if (room - h < 4)
		h = h > room - 4 ? room : h;
	return (struct rect){(width - w) / 2, 1 + (room - h) / 2, w, h};
}

struct rect overlay_rect(const struct state *st, int width, int height)
{
	switch (st->overlay) {
	case OVERLAY_NONE:
	case OVERLAY_N:
		break;
	case OVERLAY_HELP:
		return centre(width, height, 100, help_rows(width < 100 ? width - 4 : 96) + 2);
	case OVERLAY_PICK: {
		int w = st->pick == PICK_THEME || st->pick == PICK_ACTION ? 66 : 92;
		int rows = (pick_total(st) < 40 ? (int)pick_total(st) + 4 : 44) +
			   catalogue_detail_rows(st->pick, height);
		struct rect r = centre(width, height, w, rows);

		if (st->pick == PICK_THEME && width > 100) /* the preview stays in sight */
			r.x = width - r.width;
		return r;
	}
	case OVERLAY_TYPE:
	case OVERLAY_OPEN:
	case OVERLAY_EXPORT:
	case OVERLAY_BUDGET:
	case OVERLAY_WRITE:
		return centre(width, height, 64, 5);
	case OVERLAY_KNOB:
		return centre(width, height, 70, 8);
	case OVERLAY_COMMAND:
		return centre(width, height, 78, 13);
	case OVERLAY_SETTINGS:
		return centre(width, height, 110, height - 4);
	}
	return (struct rect){0};
}

int overlay_list_rows(const struct state *st, int width, int height)
{
	int rows = overlay_rect(st, width, height).height;

	if (st->overlay == OVERLAY_PICK)
		rows -= 2 + catalogue_detail_rows(st->pick, rows);
	return rows - 2;
}

/* ------------------------------------------------------------ lists and prompts */

/* The words between id and columns go first where there is little room, then the columns. */
static void draw_item(struct cells *c, struct rect at, const struct pick_item *item, enum knob p,
		      unsigned style, unsigned dim)
{
	int least = p == PICK_ACTION ? 0 : p == PICK_STRATEGY ? 52 : 60;
	int note = at.width >= least ? (int)utf8_columns(item->note) : 0;
	int id = p == PICK_STRATEGY ? 16 : at.width - note < 42 ? at.width - note - 1 : 26;

	cells_text_fit(c, at.x, at.y, id, style, item->id);
	if (p == PICK_STRATEGY && !note) {
		cells_printf(c, at.x + id, at.y, dim, "%.*s %s", CATALOGUE_COLUMN,
			     item->note + CATALOGUE_TOKENS, item->note + CATALOGUE_GROWTH);
		return;
	}
	cells_text_fit(c, at.x + id + 1, at.y, at.width - id - note - 2, dim, item->text);
	if (note)
		cells_text_right(c, at.x + at.width - note, at.y, note, dim, item->note);
}

/* Under a line: what the chosen row is, and who has it. */
static void draw_detail(struct cells *c, struct rect r, const struct state *st)
{
	struct strbuf formula, models;
	struct pick_item item;
	size_t i = pick_place(st, st->pick_at);

	if (r.height < 1 || i >= pick_total(st))
		return;
	strbuf_init(&formula);
	strbuf_init(&models);
	catalogue_detail(st, i, &formula, &models);
	cells_hline(c, r.x - 2, r.y, r.width + 4, STYLE_TITLE);
	pick_item(st, st->pick_at, &item);
	bool is_short = r.height < 4; /* the formula alone */
	if (!is_short) {
		cells_text_fit(c, r.x, r.y + 1, r.width, STYLE_TEXT, item.text);
		widget_wrap(c, (struct rect){r.x, r.y + 3, r.width, r.height - 3}, STYLE_DIM,
			    strbuf_text(&models));
	}
	cells_text_fit(c, r.x, r.y + (is_short ? 1 : 2), r.width, STYLE_VALUE,
		       strbuf_text(&formula));
	strbuf_fini(&formula);
	strbuf_fini(&models);
}

static void draw_pick(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;
	int below = catalogue_detail_rows(st->pick, in.height + 2);
	int rows = in.height - 2 - below, count = pick_count(st);

	cells_text(c, in.x, in.y, STYLE_DIM, "search");
	widget_field(c, in.x + 7, in.y, in.width - 7 - 12, st->prompt.text);
	cells_printf(c, in.x + in.width - 11, in.y, STYLE_DIM, "%4d of %3d",
		     count ? st->pick_at + 1 : 0, count);
	struct pick_item item = pick_heads(st->pick);

	draw_item(c, (struct rect){in.x, in.y + 1, in.width, 1}, &item, st->pick, STYLE_TITLE,
		  STYLE_TITLE);
	for (int i = 0; i < rows && pick_item(st, st->scroll + i, &item); i++) {
		struct rect at = {in.x, in.y + 2 + i, in.width, 1};
		bool is_at = st->scroll + i == st->pick_at;

		if (is_at) {
			cells_fill(c, (struct rect){in.x - 1, at.y, in.width + 2, 1}, ' ',
				   STYLE_FOCUS);
			cells_point(c, at.x, at.y, false);
		}
		draw_item(c, at, &item, st->pick, is_at ? STYLE_FOCUS : STYLE_TEXT,
			  is_at ? STYLE_FOCUS : STYLE_DIM);
	}
	if (!count)
		cells_text_fit(c, in.x, in.y + 2, in.width, STYLE_WARN,
			       "nothing has these words; Backspace widens");
	draw_detail(c, (struct rect){in.x, in.y + in.height - below, in.width, below}, st);
}

static void draw_prompt(struct cells *c, struct rect in, const struct state *st, const char *hint)
{
	widget_field(c, in.x, in.y, in.width, st->prompt.text);
	if (in.height < 3)
		return;
	if (st->prompt.error[0])
		cells_text_fit(c, in.x, in.y + 2, in.width, STYLE_BAD, st->prompt.error);
	else
		cells_text_fit(c, in.x, in.y + 2, in.width, STYLE_DIM, hint);
}

/* One command under its title; returns the rows used. */
static int draw_line(struct cells *c, struct rect in, const char *title, const struct state *st,
		     void (*line)(const struct state *st, struct strbuf *out))
{
	struct strbuf sb;

	strbuf_init(&sb);
	line(st, &sb);
	cells_text_fit(c, in.x, in.y, in.width, STYLE_DIM, title);
	int rows = widget_wrap(c, (struct rect){in.x, in.y + 1, in.width, in.height - 1},
			       STYLE_VALUE, strbuf_text(&sb));

	strbuf_fini(&sb);
	return rows + 1;
}

static void draw_command(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;
	int rows = draw_line(c, in, "This screen (any key closes):", st, command_dashboard);
	const struct model *m = st->req.setup.model;
	char left_out[COMMAND_LEFT_OUT];
	bool is_counted_only = m && m->is_stand_in &&
			       !m->processor->hosted.vendor; /* estimate wants a checkpoint */

	in.y += rows + 1;
	in.height -= rows + 1;
	if (in.height >= 2 && !is_counted_only) {
		rows = draw_line(c, in, "Its numbers as a table:", st, command_estimate);
		in.y += rows + 1;
		in.height -= rows + 1;
	}
	if (in.height >= 1 && *command_leaves_out(st, left_out))
		cells_text_fit(c, in.x, in.y, in.width, STYLE_WARN, left_out);
}

static void draw_type(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;
	const char *what = knob_specs[st->focus].hint;
	char hint[96];

	str_format(hint, sizeof hint, "%s; Enter takes, Esc leaves",
		   what ? what : "a number, 4k is 4,000");
	draw_prompt(c, in, st, hint);
}

static void draw_open(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;

	draw_prompt(c, in, st, "PNG, JPEG, WebP, HEIC, TIFF ...; Tab completes, Ctrl-U clears");
}

static void draw_export(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;

	draw_prompt(c, in, st, "the ending decides: .csv .json .md .svg; never over a file");
}

static void draw_budget(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;
	const struct budgets_row *row = fit_chosen(st);
	char hint[96];

	str_format(hint, sizeof hint, "a value like %s; Enter takes, Esc leaves",
		   row ? budget_example(row->budget.quantity) : "300ms");
	draw_prompt(c, in, st, hint);
}

static void draw_write(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;

	draw_prompt(c, in, st, "the ending decides: .png .jpg .webp; never over a file");
}

/* Lines one under the other, whole, so that they can be copied. */
struct told_lines {
	struct cells *c; /* NULL: they are measured */
	struct rect r;
};

static void draw_told(void *to, const struct told *line)
{
	struct told_lines *l = to;
	char text[SETTING_TEXT], place[FIT_WORDS], head[2 * FIT_WORDS];
	const char *notes[] = {line->place ? line->cap->note : NULL,
			       line->place ? line->place->note : NULL};
	int rows;

	str_format(head, sizeof head, "%s  %s", line->whose, fit_told_place(line, place));
	if (l->r.height < 2)
		return;
	if (l->c)
		cells_text_fit(l->c, l->r.x, l->r.y, l->r.width, STYLE_DIM, head);
	l->r.y++, l->r.height--;
	rows = widget_wrap(l->c, l->r, STYLE_VALUE, fit_told_text(line, text));
	l->r.y += rows, l->r.height -= rows;
	for (size_t i = 0; i < ARRAY_SIZE(notes); i++)
		if (notes[i] && *notes[i] && l->r.height > 0) {
			rows = widget_wrap(l->c, l->r, STYLE_DIM, notes[i]);
			l->r.y += rows, l->r.height -= rows;
		}
	l->r.y++, l->r.height--;
}

static int settings_rows(const struct state *st, int width)
{
	enum { MANY = 10000 };
	const struct budgets_row *row = fit_chosen(st);
	struct told_lines l = {NULL, {0, 0, width, MANY}};

	if (!row || row->fit.best.width <= 0)
		return 1;
	fit_told(st, row, draw_told, &l);
	return MANY - l.r.height - 1; /* but for the blank line at the end */
}

static void draw_settings(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;
	const struct budgets_row *row = fit_chosen(st);
	int most = overlay_scroll_most(st), from = st->scroll < most ? st->scroll : most;
	struct rect all = {in.x, in.y - from, in.width, in.height + from};
	struct told_lines l = {c, all};
	char text[FIT_WORDS];
	struct rect old = cells_clip(c, in);

	if (row && row->fit.best.width > 0)
		fit_told(st, row, draw_told, &l);
	else
		widget_wrap(c, in, STYLE_WARN, row ? fit_outcome(row, text) : "there is no budget");
	cells_unclip(c, old);
}

static void title_budget(char out[TITLE_SIZE], const struct state *st)
{
	const struct budgets_row *row = fit_chosen(st);
	char text[BUDGET_TEXT];

	str_format(out, TITLE_SIZE, "%s", row ? budget_text(&row->budget, true, text) : "Budget");
}

static void title_settings(char out[TITLE_SIZE], const struct state *st)
{
	char text[TITLE_SIZE];

	title_budget(text, st);
	str_format(out, TITLE_SIZE, "Settings that hold %.40s; Esc closes", text);
}

static void title_write(char out[TITLE_SIZE], const struct state *st)
{
	char text[FIT_WORDS];

	str_format(out, TITLE_SIZE, "Write it at %.40s as",
		   fit_size_text(st->fit.width, st->fit.height, text));
}

static void title_pick(char out[TITLE_SIZE], const struct state *st)
{
	const char *enter = st->pick == PICK_ACTION     ? "does it"
			    : st->pick == PICK_STRATEGY ? "takes its model"
							: "takes";

	str_format(out, TITLE_SIZE, "%s: type to search, Enter %s", pick_title(st->pick), enter);
}

static void draw_knob(struct cells *c, struct rect in, const struct frame *f)
{
	char text[TEACH_TEXT];

	widget_wrap(c, in, STYLE_TEXT,
		    f->is_valid ? teach_knob(f, f->st->focus, text)
				: knob_specs[f->st->focus].help);
}

static void title_knob(char out[TITLE_SIZE], const struct state *st)
{
	str_format(out, TITLE_SIZE, "%s: what it does; any key closes",
		   knob_specs[st->focus].label);
}

static void title_type(char out[TITLE_SIZE], const struct state *st)
{
	const struct knob_spec *spec = &knob_specs[st->focus];
	char now[KNOB_TEXT_SIZE];

	knob_text(&st->req, st->focus, now);
	str_format(out, TITLE_SIZE, "%s, now %s %s", spec->label, now, spec->unit);
}

/* What stands in each box and above it; title is the text when it depends on nothing. */
static const struct {
	void (*draw)(struct cells *c, struct rect in, const struct frame *f);
	const char *title;
	void (*write_title)(char out[TITLE_SIZE], const struct state *st);
} overlays[OVERLAY_N] = {
	[OVERLAY_HELP] = {help_draw, "Keys and words; Esc closes", NULL},
	[OVERLAY_PICK] = {draw_pick, NULL, title_pick},
	[OVERLAY_TYPE] = {draw_type, NULL, title_type},
	[OVERLAY_OPEN] = {draw_open, "Open a picture", NULL},
	[OVERLAY_COMMAND] = {draw_command, "Command line", NULL},
	[OVERLAY_EXPORT] = {draw_export, "Export to", NULL},
	[OVERLAY_KNOB] = {draw_knob, NULL, title_knob},
	[OVERLAY_BUDGET] = {draw_budget, NULL, title_budget},
	[OVERLAY_WRITE] = {draw_write, NULL, title_write},
	[OVERLAY_SETTINGS] = {draw_settings, NULL, title_settings},
};

int overlay_scroll_most(const struct state *st)
{
	struct rect in = rect_inset(overlay_rect(st, st->width, st->height), 2, 1);
	int over = 0;

	if (st->overlay == OVERLAY_HELP)
		over = help_rows_of(st, in.width) - in.height;
	else if (st->overlay == OVERLAY_SETTINGS)
		over = settings_rows(st, in.width) - in.height;
	return over > 0 ? over : 0;
}

void overlay_draw(struct cells *c, const struct frame *f)
{
	const struct state *st = f->st;
	struct rect r = overlay_rect(st, c->width, c->height), in = rect_inset(r, 2, 1);
	/* what lies behind keeps a distance */
	struct rect around = {r.x - 1, r.y, r.width + 2, r.height};
	char text[TITLE_SIZE];
	const char *title = overlays[st->overlay].title;

	if (rect_empty(r))
		return;
	if (!title) {
		overlays[st->overlay].write_title(text, st);
		title = text;
	}
	cells_fill(c, around, ' ', STYLE_TEXT);

	struct rect old = cells_clip(c, r);

	cells_box(c, r, STYLE_TITLE, title, STYLE_TITLE);
	cells_point(c, in.x, in.y, false);
	overlays[st->overlay].draw(c, in, f);
	cells_unclip(c, old);
}
