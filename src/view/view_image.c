/* What the model sees: the picture as it is and as the processor feeds it, under tiles and tokens,
 * one of them under a cursor, and what that did to it. Without a picture a plain field stands in;
 * the geometry is the same. */
#include "view/view.h"

#include <math.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "state/turn.h"
#include "view/fed.h"
#include "view/image_facts.h"
#include "view/layout.h"
#include "view/preview.h"
#include "view/preview_color.h"
#include "view/wishes.h"

enum {
	FACTS_LEAST = 30,
	FACTS_MOST = 46,     /* columns of the facts beside the picture */
	PICTURES_LEAST = 24, /* columns worth drawing pictures in */
	OVERVIEW = 14,       /* columns of the small one */
	NEAR = 12,           /* tokens along the longer side of what is shown near the cursor */
};

/* What Tab goes through. */
enum look { LOOK_PICTURE, LOOK_FED, LOOK_TILE, LOOK_N };

/* One frame's geometry. */
struct scene {
	struct fed fed;
	struct preview preview;
	double width, height;       /* of what is shown, in any unit */
	struct rect picture, facts; /* empty = not there */
	struct rect overview;
	struct rect title;
	int col, row; /* of the cursor; col < 0: there is none */
};

static bool has_tiles(const struct fed *s)
{
	return fed_is_known(s) && (s->l.cols > 1 || s->l.rows > 1);
}

/* ------------------------------------------------------------ what is shown */

/* The canvas around the cursor: its tile, or where there is but one its neighbours. */
static struct preview_area near_cursor(const struct scene *v)
{
	const struct fed *s = &v->fed;
	struct preview_area t = fed_token(s, v->col, v->row);
	double u = t.x + t.width / 2, w = t.y + t.height / 2;

	if (has_tiles(s)) {
		double cols = s->l.cols, rows = s->l.rows;

		return (struct preview_area){floor(fmin(u, 1 - 1e-9) * cols) / cols,
					     floor(fmin(w, 1 - 1e-9) * rows) / rows, 1 / cols,
					     1 / rows};
	}
	double width = fmin(1, NEAR * t.width), height = fmin(1, NEAR * t.height);

	return (struct preview_area){fmin(fmax(0, u - width / 2), 1 - width),
				     fmin(fmax(0, w - height / 2), 1 - height), width, height};
}

static void choose_window(struct scene *v, const struct state *st)
{
	const struct fed *s = &v->fed;
	double cw = (double)s->l.canvas_w, ch = (double)s->l.canvas_h;

	v->width = (double)s->setup->width;
	v->height = (double)s->setup->height;
	if (!fed_is_known(s))
		return;
	v->preview.window = fed_content(s);
	if (st->image.look == LOOK_FED) {
		v->preview.window = (struct preview_area){0, 0, 1, 1};
		v->width = cw;
		v->height = ch;
	} else if (st->image.look == LOOK_TILE && v->col >= 0) {
		v->preview.window = near_cursor(v);
		v->width = v->preview.window.width * cw;
		v->height = v->preview.window.height * ch;
	}
}

/* ------------------------------------------------------------ where */

/* The overview is as large as one tile and holds the whole picture. It stands beside the canvas or
 * below it, where it leaves the canvas larger. */
static void place_overview(struct scene *v, struct rect *room, double aspect)
{
	struct rect beside = {room->x, room->y, room->width - OVERVIEW - 1, room->height};
	struct rect above = {room->x, room->y, room->width, room->height - OVERVIEW / 2 - 1};
	struct rect one = preview_fit(beside, v->width, v->height, aspect),
		    two = preview_fit(above, v->width, v->height, aspect);

	if (two.width * two.height > one.width * one.height) {
		v->overview = (struct rect){room->x, room->y + above.height, room->width,
					    room->height - above.height};
		*room = above;
	} else {
		v->overview = (struct rect){room->x + room->width - OVERVIEW, room->y, OVERVIEW,
					    room->height};
		*room = beside;
	}
}

/* At most so many cells of it. */
static struct rect middle_of(struct rect r, int cols, int rows)
{
	int dx = r.width > cols ? (r.width - cols) / 2 : 0;
	int dy = r.height > rows ? (r.height - rows) / 2 : 0;

	return (struct rect){r.x + dx, r.y + dy, r.width < cols ? r.width : cols,
			     r.height < rows ? r.height : rows};
}

static void place(struct scene *v, const struct state *st, struct rect body)
{
	/* the last band of sixels may reach into the row below, and a terminal goes on to the one
	 * after that: there must be one, or all would scroll */
	int spare = st->means.ink == INK_PIXELS;
	struct rect in = {body.x + 1, body.y, body.width - 2, body.height - spare};
	int width = in.width * 3 / 10;
	double aspect = fed_cell_aspect(st);

	width = width < FACTS_LEAST ? FACTS_LEAST : width > FACTS_MOST ? FACTS_MOST : width;
	v->facts = in;
	if (body.width < PICTURES_LEAST || body.height < 7 ||
	    (!st->big && in.width - width - 2 < PICTURES_LEAST))
		return; /* narrow: the facts alone */
	struct rect left = {in.x, in.y, st->big ? in.width : in.width - width - 2, in.height};
	struct rect room = {left.x, left.y + 1, left.width, left.height - 1};

	v->facts = (struct rect){in.x + in.width - width, in.y, st->big ? 0 : width, in.height};
	v->title = (struct rect){left.x, left.y, left.width, 1};
	if (st->image.look == LOOK_FED && v->fed.l.overview && has_tiles(&v->fed) &&
	    (room.width >= 2 * OVERVIEW || room.height >= 2 * OVERVIEW))
		place_overview(v, &room, aspect);
	if (st->means.most_cols > 0)
		room = middle_of(room, st->means.most_cols, st->means.most_rows);
	v->picture = preview_fit(room, v->width, v->height, aspect);
}

static void make_scene(struct scene *v, const struct state *st, struct rect body)
{
	*v = (struct scene){.col = -1};
	fed_look(&v->fed, st);
	v->preview = fed_preview(&v->fed, st);
	if (fed_at(&v->fed, st->image.u, st->image.v, &v->col, &v->row))
		v->preview.cursor = fed_token(&v->fed, v->col, v->row);
	else
		v->col = -1;
	choose_window(v, st);
	place(v, st, body);
}

/* ------------------------------------------------------------ drawing */

static const char *look_name(const struct scene *v, enum look look)
{
	switch (look) {
	case LOOK_PICTURE:
		return "picture";
	case LOOK_FED:
		return "fed";
	case LOOK_TILE:
		return has_tiles(&v->fed) ? "one tile" : "near";
	case LOOK_N:
		break;
	}
	return "";
}

static bool has_look(const struct scene *v, enum look look)
{
	return look == LOOK_PICTURE || (fed_is_known(&v->fed) && (look == LOOK_FED || v->col >= 0));
}

/* The looks, the present one with its size: "picture · fed 1,920 x 1,080 · near". */
static void draw_title(struct cells *c, const struct scene *v, enum look now)
{
	const struct rect r = v->title;
	struct rect old = cells_clip(c, r);
	int x = r.x;

	for (enum look look = 0; look < LOOK_N; look++) {
		char text[96], w[UNIT_TEXT], h[UNIT_TEXT];

		if (!has_look(v, look))
			continue;
		if (look > 0)
			x = cells_text(c, x, r.y, STYLE_DIM, " \u00b7 ");
		str_format(text, sizeof text, "%s", look_name(v, look));
		if (look == now)
			str_format(text, sizeof text, "%s %s x %s", look_name(v, look),
				   unit_grouped(w, (int64_t)(v->width + 0.5)),
				   unit_grouped(h, (int64_t)(v->height + 0.5)));
		x = cells_text(c, x, r.y, look == now ? STYLE_TITLE : STYLE_DIM, text);
	}
	cells_unclip(c, old);
}

static void draw_overview(struct cells *c, const struct scene *v, double aspect)
{
	struct preview p = v->preview;
	struct rect at = v->overview;
	const struct layout_px *l = &v->fed.l;

	if (rect_empty(at))
		return;
	cells_text_fit(c, at.x, at.y, at.width, STYLE_TITLE, "+ overview");
	p.window = fed_content(&v->fed);
	p.cols = p.rows = 1;
	p.token_w = p.token_h = 0;
	p.cursor.width = 0;
	preview_draw(c,
		     preview_fit((struct rect){at.x, at.y + 1, at.width, at.height - 1},
				 (double)l->canvas_w / l->cols, (double)l->canvas_h / l->rows,
				 aspect),
		     &p);
}

static enum look present_look(const struct scene *v, const struct state *st)
{
	enum look look = (enum look)st->image.look;

	return has_look(v, look) ? look : LOOK_PICTURE;
}

static void draw_facts(struct cells *c, const struct scene *v, const struct state *st)
{
	struct rect r = v->facts;
	int n = image_facts(c, r, &v->fed, st) + 1;

	if (v->col < 0 || n >= r.height)
		return;
	image_token(c, (struct rect){r.x, r.y + n, r.width, r.height - n}, &v->fed, st, v->col,
		    v->row);
}

static void draw(struct cells *c, struct rect body, const struct frame *f)
{
	const struct state *st = f->st;
	struct scene v;

	make_scene(&v, st, body);
	if (!rect_empty(v.facts))
		draw_facts(c, &v, st);
	if (rect_empty(v.picture))
		return;
	draw_title(c, &v, present_look(&v, st));
	draw_overview(c, &v, fed_cell_aspect(st));
	preview_draw(c, v.picture, &v.preview);
}

/* ------------------------------------------------------------ keys and mouse */

static void go_to(struct state *st, const struct scene *v, int col, int row)
{
	const struct fed *s = &v->fed;

	col = col < 0 ? 0 : col >= s->cols ? s->cols - 1 : col;
	row = row < 0 ? 0 : row >= s->rows ? s->rows - 1 : row;
	struct preview_area t = fed_token(s, col, row);

	/* the middle of what of it lies on the canvas */
	st->image.u = t.x + fmin(t.width, 1 - t.x) / 2;
	st->image.v = t.y + fmin(t.height, 1 - t.y) / 2;
}

static void next_look(struct state *st, const struct scene *v, int n)
{
	int look = (int)present_look(v, st);

	do
		look = (look + n + LOOK_N) % LOOK_N;
	while (!has_look(v, (enum look)look));
	st->image.look = look;
}

static bool on_key(struct state *st, const struct scene *v, uint32_t key)
{
	static const struct {
		uint32_t key, letter;
		int col, row;
	} moves[] = {{VKEY_LEFT, 'h', -1, 0},
		     {VKEY_RIGHT, 'l', 1, 0},
		     {VKEY_UP, 'k', 0, -1},
		     {VKEY_DOWN, 'j', 0, 1}};

	if (key == VKEY_TAB || key == VKEY_BACKTAB) {
		next_look(st, v, key == VKEY_TAB ? 1 : -1);
		return true;
	}
	for (size_t i = 0; v->col >= 0 && i < ARRAY_SIZE(moves); i++)
		if (moves[i].key == key || moves[i].letter == key) {
			go_to(st, v, v->col + moves[i].col, v->row + moves[i].row);
			return true;
		}
	if (v->col < 0 || (key != VKEY_HOME && key != VKEY_END))
		return false;
	go_to(st, v, key == VKEY_HOME ? 0 : v->fed.cols - 1,
	      key == VKEY_HOME ? 0 : v->fed.rows - 1);
	return true;
}

/* A click marks the token there. */
static bool on_mouse(struct state *st, const struct scene *v, const struct event *ev)
{
	const struct rect r = v->picture;
	const struct preview_area w = preview_window(&v->preview);

	if ((ev->mouse != MOUSE_PRESS && ev->mouse != MOUSE_DRAG) || ev->button != 1 ||
	    !rect_has(r, ev->x, ev->y) || v->col < 0)
		return false;
	st->image.u = w.x + (ev->x - r.x + 0.5) / r.width * w.width;
	st->image.v = w.y + (ev->y - r.y + 0.5) / r.height * w.height;
	return true;
}

static bool event(struct state *st, const struct event *ev, struct rect body, struct wishes *w)
{
	struct scene v;

	(void)w;
	if ((ev->kind != EVENT_KEY && ev->kind != EVENT_MOUSE) || !st->req.setup.model)
		return false;
	make_scene(&v, st, body);
	return ev->kind == EVENT_KEY ? on_key(st, &v, ev->key) : on_mouse(st, &v, ev);
}

/* clang-format off */
static const struct view_hint hints[] = {
	{ACTION_MORE,        "column"},
	{ACTION_FOCUS_PREV,  "row"   },
	{ACTION_FOCUS_GROUP, "look"  },
	{ACTION_BIG,         "alone" },
	{ACTION_NONE,        NULL    }
};
/* where neither picture nor token have room, their keys show nothing */
static const struct view_hint hints_of_facts[] = {
	{ACTION_MORE,        NULL},
	{ACTION_FOCUS_PREV,  NULL},
	{ACTION_NONE,        NULL}
};
/* clang-format on */

static const struct view_hint *hints_now(const struct state *st)
{
	struct scene v;

	if (!st->req.setup.model)
		return hints;
	make_scene(&v, st, layout_body(st->width, st->height));
	bool has_token = v.col >= 0 && image_facts(NULL, v.facts, &v.fed, st) + 1 < v.facts.height;

	return rect_empty(v.picture) && !has_token ? hints_of_facts : hints;
}

const struct view view_image = {.name = "image",
				.title = "Image",
				.key = '4',
				.help = "image",
				.needs_pixels = true,
				.hints_now = hints_now,
				.draw = draw,
				.event = event};
