/* What is marked (a cursor) changes more often than the picture. In kitty's protocol it is a small
 * picture above the other; of sixels the cells that it covers, and those it has covered, are drawn
 * again. */
#include "tui/pictures.h"

#include <stdlib.h>

#include "draw/kitty.h"
#include "draw/sixel.h"

enum {
	ID_PICTURE = 0x76746f6b, /* "vtok": other programs have pictures in the same window */
	ID_MARK,                 /* so it goes on for the other pictures */
	PIXELS_MOST = 500000,    /* of kitty's, which scales: 2 MB of letters */
	SEND_LEAST = 2,          /* pixels of a cell */
};

static bool same_rect(struct rect a, struct rect b)
{
	return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

static bool same_picture(const struct cells_picture *a, const struct cells_picture *b)
{
	return a->key == b->key && a->paint == b->paint && same_rect(a->at, b->at);
}

static bool same_mark(const struct cells_picture *a, const struct cells_picture *b)
{
	return a->mark_key == b->mark_key && same_rect(a->mark, b->mark);
}

static int wanted(const struct pictures *p, const struct cells *c)
{
	return p->kind == GRAPHICS_NONE ? 0 : c->pictures;
}

static void delete_one(struct strbuf *out, int i)
{
	kitty_delete(out, ID_MARK + 2u * (unsigned)i);
	kitty_delete(out, ID_PICTURE + 2u * (unsigned)i);
}

static bool hide(struct pictures *p, struct strbuf *out)
{
	bool were_shown = p->n > 0;

	for (int i = 0; i < p->n && p->kind == GRAPHICS_KITTY; i++)
		delete_one(out, i);
	p->n = 0;
	return were_shown && p->kind == GRAPHICS_SIXEL;
}

bool pictures_set(struct pictures *p, const struct pictures *like, struct strbuf *out)
{
	bool is_same = p->kind == like->kind && p->cell_w == like->cell_w &&
		       p->cell_h == like->cell_h && p->registers == like->registers;
	bool is_dirty = !is_same && hide(p, out);

	p->kind = like->kind;
	p->cell_w = like->cell_w;
	p->cell_h = like->cell_h;
	p->registers = like->registers;
	return is_dirty;
}

/* One that changes in its place is drawn over. */
bool pictures_before(struct pictures *p, const struct cells *c, bool is_all_new, struct strbuf *out)
{
	bool is_kept = !is_all_new && p->n == wanted(p, c);

	for (int i = 0; is_kept && i < p->n; i++)
		is_kept = same_rect(p->shown[i].at, c->picture[i].at);
	return !is_kept && hide(p, out) && !is_all_new;
}

/* ------------------------------------------------------------ behind a frame */

/* A cell has so many pixels of what is sent. */
struct grain {
	int w, h;
};

static struct grain choose_grain(const struct pictures *p, struct rect at)
{
	struct grain g = {p->cell_w, p->cell_h};

	while (p->kind == GRAPHICS_KITTY && g.w > SEND_LEAST && g.h > SEND_LEAST &&
	       (double)g.w * g.h * at.width * at.height > PIXELS_MOST) {
		g.w = g.w * 7 / 8;
		g.h = g.h * 7 / 8;
	}
	return g;
}

static void move(struct strbuf *out, int x, int y)
{
	strbuf_printf(out, "\033[%d;%dH", y + 1, x + 1);
}

/* The cells `part` of a picture, under this id, with what is marked or without. */
static void put(const struct pictures *p, const struct cells_picture *c, struct rect part,
		uint32_t id, bool with_mark, struct strbuf *out)
{
	struct grain g = choose_grain(p, c->at);
	int w = part.width * g.w, h = part.height * g.h;
	const struct rect pixels = {(part.x - c->at.x) * g.w, (part.y - c->at.y) * g.h, w, h};
	uint8_t *rgb = rect_empty(part) ? NULL : malloc((size_t)w * (size_t)h * 3);

	if (!rgb)
		return; /* without memory there is no picture */
	c->paint(c->what, c->at.width * g.w, c->at.height * g.h, pixels, with_mark, rgb);
	move(out, part.x, part.y);
	if (p->kind == GRAPHICS_SIXEL)
		sixel_picture(out, rgb, w, h, p->registers);
	else
		kitty_picture(out, &(struct kitty_picture){.id = id,
							   .rgb = rgb,
							   .width = w,
							   .height = h,
							   .cols = part.width,
							   .rows = part.height,
							   .z = with_mark});
	free(rgb);
}

/* old: what stands there now; NULL = nothing. */
static void show(const struct pictures *p, const struct cells_picture *old,
		 const struct cells_picture *next, unsigned i, struct strbuf *out)
{
	bool is_same = old && same_picture(old, next);

	if (is_same && same_mark(old, next))
		return;
	if (p->kind == GRAPHICS_KITTY && old && !rect_empty(old->mark))
		kitty_delete(out, ID_MARK + 2 * i);
	if (!is_same)
		put(p, next, next->at, ID_PICTURE + 2 * i, false, out);
	else if (p->kind == GRAPHICS_SIXEL)
		put(p, next, rect_cut(old->mark, next->at), 0, false, out);
	put(p, next, rect_cut(next->mark, next->at), ID_MARK + 2 * i, true, out);
}

void pictures_behind(struct pictures *p, const struct cells *c, struct strbuf *out)
{
	int n = wanted(p, c);
	size_t before = out->len;

	for (int i = 0; i < n; i++) {
		show(p, i < p->n ? &p->shown[i] : NULL, &c->picture[i], (unsigned)i, out);
		p->shown[i] = c->picture[i];
	}
	p->n = n;
	if (out->len != before)
		move(out, c->point.x, c->point.y);
}

void pictures_leave(const struct pictures *p, struct strbuf *out)
{
	if (p->kind == GRAPHICS_NONE)
		return;
	strbuf_puts(out, "\033\\");
	for (int i = 0; i < CELLS_PICTURES && p->kind == GRAPHICS_KITTY; i++)
		delete_one(out, i);
}
