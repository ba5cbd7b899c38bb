#include "view/bars.h"

#include "base/str.h"
#include "base/utf8.h"
#include "state/knobs.h"
#include "state/script.h"
#include "view/caption.h"
#include "view/view.h"

/* ------------------------------------------------------------ header: name, tabs, subject */

enum { NAME_WIDTH = 6, SUBJECT_LEAST = 13 };

static int title_width(size_t view)
{
	return (int)utf8_columns(views[view]->title) + 4;
}

/* Titles stand only where there is room for all of them and a word of what is counted. */
static bool has_titles(int width)
{
	int all = NAME_WIDTH + SUBJECT_LEAST;

	for (size_t i = 0; i < views_n; i++)
		all += title_width(i);
	return width >= all;
}

/* The n-th tab's place. */
static struct rect tab_place(int width, size_t n)
{
	int x = NAME_WIDTH;
	bool with_titles = has_titles(width);

	for (size_t i = 0; i < n; i++)
		x += with_titles ? title_width(i) : 3;
	return (struct rect){x, 0, with_titles ? title_width(n) : 3, 1};
}

int header_hit(int width, int x)
{
	for (size_t i = 0; i < views_n; i++)
		if (rect_has(tab_place(width, i), x, 0))
			return (int)i;
	return -1;
}

static void draw_subject(struct cells *c, int x, int y, int width, const struct state *st)
{
	const struct setup *s = &st->req.setup;
	const char *file = st->picture.path;
	char text[256];

	for (const char *p = file; *p; p++)
		if (*p == '/' && p[1])
			file = p + 1;
	if (request_modified(&st->req)) {
		bool is_short = width < 56;

		str_format(text, sizeof text, "%s, modified%s ", s->model->id,
			   is_short ? "" : ": no longer the checkpoint");
		cells_text_right(c, x, y, width, STYLE_BAR | STYLE_BOLD, text);
		return;
	}
	str_format(text, sizeof text, "%s%s%s, %s ", file, *file ? " \xe2\x86\x92 " : "",
		   s->model ? s->model->id : "no model",
		   s->lens == LENS_EXACT ? "exact" : "formula");
	if ((int)utf8_columns(text) > width)
		str_format(text, sizeof text, "%s, %s ", s->model ? s->model->id : "no model",
			   s->lens == LENS_EXACT ? "exact" : "formula");
	if ((int)utf8_columns(text) > width)
		str_format(text, sizeof text, "%s ", s->model ? s->model->id : "no model");
	cells_text_right(c, x, y, width, STYLE_BAR, text);
}

void header_draw(struct cells *c, int y, int width, const struct frame *f)
{
	const struct state *st = f->st;
	int x = NAME_WIDTH;

	cells_fill(c, (struct rect){0, y, width, 1}, ' ', STYLE_BAR);
	cells_text_fit(c, 1, y, width - 1, STYLE_BAR | STYLE_BOLD, "vtok");
	for (size_t i = 0; i < views_n; i++) {
		struct rect r = tab_place(width, i);
		unsigned style = i == st->view ? STYLE_SELECT : STYLE_BAR;

		if (r.x + r.width > width)
			break;
		cells_fill(c, (struct rect){r.x, y, r.width, 1}, ' ', style);
		if (r.width > 3)
			cells_printf(c, r.x + 1, y, style, "%c %s", views[i]->key, views[i]->title);
		else
			cells_printf(c, r.x + 1, y, style, "%c", views[i]->key);
		x = r.x + r.width;
	}
	if (width - x > 12)
		draw_subject(c, x + 1, y, width - x - 1, st);
}

/* ------------------------------------------------------------ footer: key hints */

/* What a key does to the focused knob; NULL: nothing that is worth the room. */
static const char *focus_hint(const struct state *st, enum action a)
{
	const struct knob_spec *k = &knob_specs[st->focus];
	bool is_fixed = st->req.setup.model && knob_fixed(&st->req, st->focus);

	switch (a) {
	case ACTION_FREE:
		return is_fixed ? "free it" : NULL;
	case ACTION_LOCK:
		return k->kind != IS_SIDE ? NULL : st->req.aspect_lock ? "unlock" : "lock";
	case ACTION_TYPE:
		return is_fixed ? "why" : k->kind == IS_ENTRY ? "list" : NULL;
	default:
		return NULL;
	}
}

static const struct view_hint *hints_of_view(const struct state *st)
{
	static const struct view_hint none = {ACTION_NONE, NULL};
	const struct view *v = st->view < views_n ? views[st->view] : NULL;
	const struct view_hint *own = !v ? NULL : v->hints_now ? v->hints_now(st) : v->hints;

	return own ? own : &none;
}

/* By the view, by the knob that has the focus, or as the table has it; NULL = no hint. */
static const char *hint_of(const struct state *st, const struct binding *b)
{
	for (const struct view_hint *own = hints_of_view(st); own->action != ACTION_NONE; own++)
		if (own->action == b->action)
			return own->text;
	const char *focus = st->view == 0 ? focus_hint(st, b->action) : NULL;

	return focus ? focus : b->hint;
}

struct choice {
	const struct state *st;
	int width, used;
	uint64_t shown;
};

/* Once, if there is room. */
static void want(struct choice *c, enum action a)
{
	for (size_t b = 0; b < bindings_n && b < 64; b++) {
		const char *hint = bindings[b].action == a ? hint_of(c->st, &bindings[b]) : NULL;
		char key[KEYMAP_HINT];

		if (!hint || c->shown >> b & 1)
			continue;
		int w = (int)(utf8_columns(keymap_hint(&bindings[b], key)) + utf8_columns(hint)) +
			3;

		if (c->used + w <= c->width) {
			c->used += w;
			c->shown |= UINT64_C(1) << b;
		}
	}
}

/* Hints that must be there come first, then what is the view's or the knob's own; the rest follows
 * while there is room. They are drawn in the table's order. Returns the bit set of bindings shown.
 */
static uint64_t choose_hints(const struct state *st, int width)
{
	static const enum action first[] = {ACTION_QUIT, ACTION_HELP};
	static const enum action rest[] = {ACTION_FOCUS_PREV, ACTION_MORE,     ACTION_FREE,
					   ACTION_LOCK,       ACTION_MODEL,    ACTION_TYPE,
					   ACTION_LENS,       ACTION_HARDWARE, ACTION_OPEN,
					   ACTION_THEME,      ACTION_BIG};
	struct choice c = {st, width, 1, 0};

	for (size_t i = 0; i < ARRAY_SIZE(first); i++)
		want(&c, first[i]);
	for (const struct view_hint *own = hints_of_view(st); own->action != ACTION_NONE; own++)
		want(&c, own->action);
	for (size_t i = 0; i < ARRAY_SIZE(rest); i++)
		want(&c, rest[i]);
	return c.shown;
}

typedef void (*hint_visit)(void *arg, int x, int width, enum action a, const char *key,
			   const char *hint);

static void walk_hints(const struct state *st, int width, hint_visit visit, void *arg)
{
	uint64_t shown = choose_hints(st, width);
	int x = 1;

	for (size_t b = 0; b < bindings_n && b < 64; b++) {
		char key[KEYMAP_HINT];

		if (!(shown >> b & 1))
			continue;
		const char *hint = hint_of(st, &bindings[b]);
		int w = (int)(utf8_columns(keymap_hint(&bindings[b], key)) + utf8_columns(hint)) +
			1;

		visit(arg, x, w, bindings[b].action, key, hint);
		x += w + 2;
	}
}

struct draw_arg {
	struct cells *c;
	int y;
};

static void draw_hint(void *arg, int x, int width, enum action a, const char *key, const char *hint)
{
	struct draw_arg *d = arg;

	(void)width;
	(void)a;
	x = cells_text(d->c, x, d->y, STYLE_KEY, key);
	cells_text(d->c, x + 1, d->y, STYLE_BAR, hint);
}

/* "3/8  What resolution costs": in a talk the listeners read the footer, and its keys are two. */
static void draw_caption(struct cells *c, int y, int width, const struct frame *f)
{
	const struct talk *t = &f->st->talk;
	char text[256];
	int x = cells_printf(c, 1, y, STYLE_KEY, "%d/%d", t->at, t->script->n) + 2;

	cells_text_fit(c, x, y, width - x - 1, STYLE_BAR | STYLE_BOLD,
		       caption_text(f, t->note, text, sizeof text));
}

/* What is said stands at the end, behind a path of any length: a message that does not fit loses
 * its middle. */
static void draw_message(struct cells *c, int y, int width, unsigned style, const char *text)
{
	int head = width / 3 + 1;
	const char *tail = text;
	uint32_t cp;

	if (width < 8 || utf8_columns(text) <= (size_t)width) {
		cells_text_fit(c, 1, y, width, style, text);
		return;
	}
	while (utf8_columns(tail) > (size_t)(width - head))
		tail += utf8_decode(tail, &cp);
	cells_text_fit(c, 1, y, head, style, text);
	cells_text(c, 1 + head, y, style, tail);
}

/* ------------------------------------------------------------ footer: what lies over the view */

struct open_hint {
	const char *key, *hint; /* NULL behind the last */
};
enum { OPEN_HINTS = 4 };

static const struct open_hint hints_of_overlay[OVERLAY_N][OPEN_HINTS] = {
	[OVERLAY_HELP] = {{"\xe2\x86\x91\xe2\x86\x93", "scroll"},
			  {"/", "search"},
			  {"Esc", "closes"}},
	[OVERLAY_PICK] = {{"\xe2\x86\x91\xe2\x86\x93", "choose"},
			  {"Enter", "takes"},
			  {"Esc", "leaves"}},
	[OVERLAY_TYPE] = {{"Enter", "takes"}, {"Esc", "leaves"}},
	[OVERLAY_OPEN] = {{"Enter", "opens"}, {"Tab", "completes"}, {"Esc", "leaves"}},
	[OVERLAY_COMMAND] = {{"any key", "closes"}},
	[OVERLAY_EXPORT] = {{"Enter", "writes"}, {"Esc", "leaves"}},
	[OVERLAY_KNOB] = {{"any key", "closes"}},
	[OVERLAY_BUDGET] = {{"Enter", "takes"}, {"Esc", "leaves"}},
	[OVERLAY_WRITE] = {{"Enter", "writes"}, {"Esc", "leaves"}},
	[OVERLAY_SETTINGS] = {{"\xe2\x86\x91\xe2\x86\x93", "scroll"}, {"Esc", "closes"}},
};
static const struct open_hint hints_of_search[] = {
	{"\xe2\x86\x91\xe2\x86\x93", "scroll"}, {"Esc", "ends the search"}, {NULL, NULL}};
static const struct open_hint hints_of_filter[] = {
	{"Enter", "keeps it"}, {"Esc", "drops it"}, {NULL, NULL}};

/* The keys that hold while something is open, where the view's do not; NULL: they do. */
static const struct open_hint *open_hints(const struct state *st)
{
	if (st->overlay == OVERLAY_HELP && st->is_searching)
		return hints_of_search;
	if (st->overlay != OVERLAY_NONE)
		return hints_of_overlay[st->overlay];
	return views[st->view]->key == '3' && st->compare.is_typing ? hints_of_filter : NULL;
}

static void draw_open_hints(struct draw_arg *d, int width, const struct open_hint *h)
{
	for (int x = 1; h->key; h++) {
		int w = (int)(utf8_columns(h->key) + utf8_columns(h->hint)) + 1;

		if (x + w < width)
			draw_hint(d, x, w, ACTION_NONE, h->key, h->hint);
		x += w + 2;
	}
}

/* In their place stands what was said, what is being written, or the caption of a talk. */
static bool has_hints(const struct state *st)
{
	return !st->message[0] && !st->writing[0] && !st->talk.script;
}

void footer_draw(struct cells *c, int y, int width, const struct frame *f)
{
	const struct state *st = f->st;
	struct draw_arg d = {c, y};

	cells_fill(c, (struct rect){0, y, width, 1}, ' ', STYLE_BAR);
	if (has_hints(st) && open_hints(st)) {
		draw_open_hints(&d, width, open_hints(st));
	} else if (has_hints(st)) {
		walk_hints(st, width, draw_hint, &d);
	} else if (st->message[0]) {
		draw_message(c, y, width - 2, st->message_bad ? STYLE_BAD : STYLE_MARK,
			     st->message);
	} else if (st->writing[0]) {
		char text[sizeof st->writing + 48];

		str_format(text, sizeof text, "writing %s ... Esc gives it up", st->writing);
		cells_text_fit(c, 1, y, width - 2, STYLE_MARK, text);
	} else {
		draw_caption(c, y, width, f);
	}
}

struct hit_arg {
	int x;
	enum action found;
};

static void hit_hint(void *arg, int x, int width, enum action a, const char *key, const char *hint)
{
	struct hit_arg *h = arg;

	(void)key;
	(void)hint;
	if (h->x >= x && h->x < x + width)
		h->found = a;
}

enum action footer_hit(const struct state *st, int width, int x)
{
	struct hit_arg h = {x, ACTION_NONE};

	if (has_hints(st) && !open_hints(st))
		walk_hints(st, width, hit_hint, &h);
	return h.found;
}
