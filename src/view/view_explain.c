/* How the count came about, as a derivation one can walk through: every step with its size and
 * rule, the sum, the next sizes that cost less or more, other runtimes, and what follows from the
 * count. */
#include "view/view.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "state/knobs.h"
#include "view/explain.h"
#include "view/widget.h"

enum {
	FRAME_WIDTH = 60,
	FRAME_HEIGHT = 10,
	TWO_WIDTH = 150, /* columns from which the costs stand beside the derivation */
	LEFT_LEAST = 84,
	GAP = 3,
};

/* Where the lines go: one column, or two that scroll together. */
struct place {
	struct rect left, right; /* right may be empty */
	struct rect big;
	char total[UNIT_TEXT];
	bool has_frame, has_big;
};

static void place_make(struct place *p, struct rect body, const struct frame *f)
{
	struct rect in = rect_inset(body, 1, 0);

	p->has_frame = body.width >= FRAME_WIDTH && body.height >= FRAME_HEIGHT;
	if (p->has_frame)
		in = rect_inset(body, 2, 1);
	unit_grouped(p->total, f->est.tokens.per_image);
	int big = f->st->big && !f->est.count.refused
			  ? widget_headline_rows(in, p->total, f->st->ascii)
			  : 0;

	p->big = (struct rect){in.x, in.y, in.width, in.height};
	p->has_big = big > 0;
	in.y += big;
	in.height -= big;
	p->left = in;
	p->right = (struct rect){0};
	if (body.width < TWO_WIDTH)
		return;
	p->left.width = in.width / 2 > LEFT_LEAST ? in.width / 2 : LEFT_LEAST;
	p->right = (struct rect){in.x + p->left.width + GAP, in.y, in.width - p->left.width - GAP,
				 in.height};
}

static void begin(struct explain *e, int width)
{
	e->n = 0;
	explain_columns(&e->columns, width);
}

/* Returns how many rows both need. */
static int make(const struct place *p, const struct frame *f, struct explain *left,
		struct explain *right)
{
	begin(left, p->left.width);
	begin(right, p->right.width);
	explain_count(left, f);
	explain_around(left, f);
	if (rect_empty(p->right))
		explain_costs(left, f);
	else
		explain_costs(right, f);
	explain_source(left, f);
	return left->n > right->n ? left->n : right->n;
}

/* The same without empty lines where they are all that keeps it from the
 * screen. Returns the rows. */
static int fit_columns(const struct place *p, const struct frame *f, struct explain *left,
		       struct explain *right)
{
	int lines = make(p, f, left, right), rows = p->left.height;

	if (lines <= rows)
		return lines;
	explain_close(left);
	explain_close(right);
	int close = left->n > right->n ? left->n : right->n;

	return close <= rows ? close : make(p, f, left, right);
}

static int first_line(const struct state *st, int lines, int rows)
{
	int most = lines > rows ? lines - rows : 0;

	return st->explain_first > most ? most : st->explain_first < 0 ? 0 : st->explain_first;
}

/* ------------------------------------------------------------ drawing */

static void draw_step(struct cells *c, const struct explain_columns *k, int x, int y,
		      const struct explain_line *l)
{
	unsigned words = l->is_bound ? STYLE_WARN : STYLE_DIM;

	if (l->is_bound)
		cells_put(c, x, y, 0x25c6, STYLE_WARN);
	cells_text_fit(c, x + k->name, y, k->size - k->name - 1, l->style, l->name);
	cells_text_fit(c, x + k->size, y,
		       l->value[0] || !k->is_narrow ? k->size_width : k->width - k->size,
		       l->is_bound ? STYLE_WARN : STYLE_TEXT, l->size);
	if (l->value[0]) {
		if (l->sign != ' ')
			cells_put(c, x + k->value, y, (uint32_t)l->sign, STYLE_DIM);
		cells_text_right(c, x + k->value + 1, y, k->value_width - 1,
				 l->style == STYLE_TEXT ? STYLE_VALUE : l->style, l->value);
	}
	cells_text_fit(c, x + l->at, y, k->width - l->at, words, l->text);
}

static void draw_line(struct cells *c, const struct explain_columns *k, int x, int y,
		      const struct explain_line *l)
{
	switch (l->kind) {
	case EXPLAIN_GAP:
		break;
	case EXPLAIN_HEAD:
		cells_text_fit(c, x, y, k->width, STYLE_TITLE, l->text);
		break;
	case EXPLAIN_STEP:
		draw_step(c, k, x, y, l);
		break;
	case EXPLAIN_RULE:
		for (int i = 0; i < k->value_width; i++)
			cells_put(c, x + k->value + i, y, 0x2500, STYLE_BORDER);
		break;
	case EXPLAIN_FACT:
		cells_text_fit(c, x + k->name, y, k->size - k->name, STYLE_TEXT, l->name);
		cells_text_fit(c, x + l->at, y, k->width - l->at, l->style, l->text);
		break;
	case EXPLAIN_MORE:
		cells_text_fit(c, x + l->at, y, k->width - l->at, l->style, l->text);
		break;
	}
}

static void draw_lines(struct cells *c, struct rect r, const struct explain *e, int first)
{
	struct rect old = cells_clip(c, r);

	for (int i = 0; i < r.height && first + i < e->n; i++)
		draw_line(c, &e->columns, r.x, r.y + i, &e->line[first + i]);
	cells_unclip(c, old);
}

static char *parts(const struct frame *f, char out[128])
{
	const struct count *n = &f->est.count;
	char visual[UNIT_TEXT], special[UNIT_TEXT];

	return str_format(out, 128, "%s visual%s%s%s", unit_grouped(visual, n->visual),
			  n->has_special ? " + " : "",
			  n->has_special ? unit_grouped(special, n->special) : "",
			  n->has_special ? " special" : "");
}

static char *title(const struct state *st, char out[128])
{
	const struct setup *s = &st->req.setup;
	char w[UNIT_TEXT], h[UNIT_TEXT];

	return str_format(out, 128, "How %s counts %s\xc3\x97%s%s", s->model->id,
			  unit_grouped(w, s->width), unit_grouped(h, s->height),
			  s->lens == LENS_FORMULA ? ", textbook formula" : "");
}

static void draw_foot(struct cells *c, struct rect body, bool scrolls, const struct state *st)
{
	int y = body.y + body.height - 1;
	char text[96];

	cells_text(c, body.x + 2, y, STYLE_WARN, " \xe2\x97\x86 set the result ");
	str_format(text, sizeof text, " %s turn %s%s ",
		   c->ascii ? "Left Right" : "\xe2\x86\x90\xe2\x86\x92",
		   knob_specs[st->focus].label, scrolls ? ", Up Down scroll" : "");
	cells_text_right(c, body.x + 20, y, body.width - 22, STYLE_DIM, text);
}

static void draw(struct cells *c, struct rect body, const struct frame *f)
{
	struct explain left, right;
	struct place p;
	char text[128];

	place_make(&p, body, f);
	int lines = fit_columns(&p, f, &left, &right),
	    first = first_line(f->st, lines, p.left.height);

	if (p.has_frame) {
		cells_box(c, body, STYLE_BORDER, title(f->st, text), STYLE_TITLE);
		draw_foot(c, body, lines > p.left.height, f->st);
		widget_thumb(c, body.x + body.width - 1, p.left.y, p.left.height, first, lines);
	}
	if (p.has_big)
		widget_headline(c, p.big, p.total, "positions that one image takes",
				parts(f, text));
	draw_lines(c, p.left, &left, first);
	if (!rect_empty(p.right)) {
		cells_vline(c, p.right.x - 2, p.right.y, body.y + body.height - p.right.y,
			    STYLE_BORDER);
		draw_lines(c, p.right, &right, first);
	}
}

/* ------------------------------------------------------------ events */

/* How far an event scrolls; 0 = it does not. */
static int scroll_of(const struct event *ev, int rows, int lines)
{
	if (ev->kind == EVENT_MOUSE)
		return ev->mouse == MOUSE_WHEEL_UP ? -3 : ev->mouse == MOUSE_WHEEL_DOWN ? 3 : 0;
	switch (keymap_find(ev->key)) {
	case ACTION_FOCUS_PREV:
		return -1;
	case ACTION_FOCUS_NEXT:
		return 1;
	case ACTION_MUCH_MORE:
		return -rows; /* PgUp */
	case ACTION_MUCH_LESS:
		return rows;
	case ACTION_LEAST:
		return -lines;
	case ACTION_MOST:
		return lines;
	default:
		return 0;
	}
}

/* Up and Down scroll where there is more than the screen holds; otherwise every key means what it
 * does elsewhere. */
static bool event(struct state *st, const struct event *ev, struct rect body, struct wishes *w)
{
	struct explain left, right;
	struct frame f;
	struct place p;

	(void)w;
	if ((ev->kind != EVENT_KEY && ev->kind != EVENT_MOUSE) ||
	    (ev->kind == EVENT_MOUSE && !rect_has(body, ev->x, ev->y)))
		return false;
	if (!scroll_of(ev, 1, 1))
		return false;
	frame_init(&f, st);
	if (!f.is_valid)
		return false;
	place_make(&p, body, &f);
	int lines = fit_columns(&p, &f, &left, &right), rows = p.left.height;

	if (lines <= rows)
		return false;
	st->explain_first = first_line(st, lines, rows) + scroll_of(ev, rows, lines);
	st->explain_first = first_line(st, lines, rows);
	return true;
}

/* ------------------------------------------------------------ export */

static const char *const columns[] = {"part", "step", "size", "value", "unit", "words"};

/* "1792x1344 px": no thousands marks and no sign that a program has to know. */
static char *plain_size(const char *size, char out[64])
{
	size_t o = 0;

	for (const char *s = size; *s; s++) {
		if (str_starts(s, " \xc3\x97 ")) {
			out[o++] = 'x';
			s += strlen(" \xc3\x97 ") - 1;
		} else if (*s != ',') {
			out[o++] = *s;
		}
	}
	out[o] = '\0';
	return out;
}

/* Lines that go on from the one above belong to it. */
static int put_line(struct strbuf *out, enum export_format format, const struct explain *e, int i,
		    const char *part, bool is_first)
{
	const struct explain_line *l = &e->line[i];
	char words[512], value[STR_NUMBER] = "", size[64];
	enum unit unit = l->has_time ? UNIT_SECONDS : UNIT_TOKENS;

	str_format(words, sizeof words, "%s", l->text);
	plain_size(l->size, size);
	if (l->has_time || l->has_number)
		str_number(value, unit_number(unit, l->has_time ? l->seconds : (double)l->number));
	for (i++; i < e->n && e->line[i].kind == EXPLAIN_MORE; i++)
		str_append(words, sizeof words, "%s%s", *words ? " " : "", e->line[i].text);
	const char *const fields[ARRAY_SIZE(columns)] = {
		part, l->name, size, value, *value ? unit_name(unit) : "", words};

	export_fields(out, format, columns, fields, ARRAY_SIZE(columns), is_first);
	return i;
}

static void write(const struct frame *f, enum export_format format, struct strbuf *out)
{
	struct explain e;
	const char *part = "Count";
	bool is_first = true;

	begin(&e, 200);
	explain_count(&e, f);
	explain_around(&e, f);
	explain_costs(&e, f);
	explain_source(&e, f);
	export_head(out, format, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < e.n;) {
		if (e.line[i].kind == EXPLAIN_HEAD)
			part = e.line[i].text;
		if (e.line[i].kind != EXPLAIN_STEP && e.line[i].kind != EXPLAIN_FACT) {
			i++;
			continue;
		}
		i = put_line(out, format, &e, i, part, is_first);
		is_first = false;
	}
	export_tail(out, format);
}

/* clang-format off */
static const struct view_hint hints[] = {
	{ACTION_FOCUS_PREV, "scroll"},
	{ACTION_NONE,       NULL    }
};
/* clang-format on */

const struct view view_explain = {
	.name = "explain",
	.title = "Explain",
	.key = '6',
	.help = "explain the count",
	.hints = hints,
	.draw = draw,
	.event = event,
	.write = write,
};
