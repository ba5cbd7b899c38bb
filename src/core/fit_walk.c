/* A stretch of longer sides lies in a box of sizes, for which a rule can say how it behaves. The
 * path through the box is no straight line: the shorter side is rounded, so that the shape is never
 * quite the original's, and the less so the smaller the picture is. Where a rule follows the shape
 * alone, it is asked at two shapes that lie beyond all those of the path, by a pixel each way of
 * its smallest size; that is hundreds of times more than what the last bits of its arithmetic may
 * move, so that what is alike at both is alike between them. */
#include "core/fit_walk.h"

#include "core/fit_scale.h"

void walk_init(struct walk *w, const struct setup *s)
{
	struct knobs knobs = s->knobs;

	knobs.images = (int32_t)s->images;
	count_prepare(&w->rule, s->model->processor, s->lens, &knobs);
	w->width = s->width;
	w->height = s->height;
	w->spent = 0;
}

void walk_to(const struct walk *w, int64_t k, struct seen *s)
{
	s->k = k;
	s->effective = 0;
	fit_scale(w->width, w->height, k, &s->w, &s->h);
}

void walk_count(struct walk *w, struct seen *s)
{
	w->spent++;
	count_plain(&w->rule, s->w, s->h, &s->count);
}

void walk_see(struct walk *w, struct seen *s)
{
	w->spent++;
	count_layout(&w->rule, s->w, s->h, &s->count, &s->layout);
	s->effective = s->count.refused ? 0 : fit_effective(s->w, s->h, &s->count, &s->layout);
}

bool walk_is_alike(const struct seen *a, const struct seen *b)
{
	const struct count *c = &a->count, *d = &b->count;
	const struct layout_px *l = &a->layout, *m = &b->layout;

	return c->refused == d->refused && c->has_special == d->has_special &&
	       c->visual == d->visual && c->special == d->special && c->tiles == d->tiles &&
	       c->resized_w == d->resized_w && c->resized_h == d->resized_h &&
	       c->encoder_patches == d->encoder_patches && l->content_w == m->content_w &&
	       l->content_h == m->content_h;
}

/* E of the size s if it counted like c. */
static int64_t effective_as(const struct seen *s, const struct seen *c)
{
	return fit_effective(s->w, s->h, &c->count, &c->layout);
}

int64_t walk_even(const struct walk *w, const struct stretch_of *s, int64_t k)
{
	struct seen at;

	walk_to(w, k, &at);
	return effective_as(&at, &s->lo);
}

/* What does not fall and ends as it began is the same all the way. */
static void rising(struct walk *w, struct stretch_of *out)
{
	walk_see(w, &out->lo);
	walk_see(w, &out->hi);
	if (out->lo.count.refused || out->hi.count.refused)
		return;
	out->kind = walk_is_alike(&out->lo, &out->hi) ? STRETCH_EVEN : STRETCH_RISING;
	out->most = min_i64(out->most, out->hi.effective);
	out->least_tokens = max_i64(out->least_tokens, count_positions(&out->lo.count));
}

/* At the two sizes of the box where the picture is lowest for its width, and highest. */
static void by_shape(struct walk *w, const struct box *b, const struct piece_of *p,
		     struct stretch_of *out)
{
	struct extent low = box_flat(b), high = box_tall(b);
	struct seen flat = {.w = low.w, .h = low.h}, tall = {.w = high.w, .h = high.h};

	walk_see(w, &flat);
	walk_see(w, &tall);
	/* two shapes may be refused for opposite reasons, and one between them be taken */
	bool is_open = flat.count.refused && (flat.w > flat.h) != (tall.w > tall.h);
	if (walk_is_alike(&flat, &tall) && !is_open) {
		out->kind = flat.count.refused ? STRETCH_REFUSED : STRETCH_EVEN;
		out->lo.count = flat.count;
		out->lo.layout = flat.layout;
		out->lo.effective = effective_as(&out->lo, &flat);
		out->hi.effective = effective_as(&out->hi, &flat);
		out->most = min_i64(out->most, out->hi.effective);
		out->least_tokens = max_i64(out->least_tokens, count_positions(&flat.count));
		return;
	}
	if (flat.count.refused || tall.count.refused)
		return;
	if (p->is_constant)
		out->least_tokens = max_i64(out->least_tokens, count_positions(&flat.count));
	if (p->margin <= 1)
		out->kind = STRETCH_SHAPED;
	if (p->piece != PIECE_TILTED || flat.layout.content_w < 1 || tall.layout.content_w < 1)
		return;
	out->most = min_i64(out->most, min_i64(out->hi.w, flat.layout.content_w) *
					       min_i64(out->hi.h, tall.layout.content_h));
	/* as few columns as the highest, as few rows as the flattest */
	if (p->is_product && tall.count.resized_h > 0)
		out->least_tokens = max_i64(out->least_tokens,
					    (int64_t)((double)count_positions(&tall.count) *
						      (double)flat.count.resized_h /
						      (double)tall.count.resized_h * (1 - 1e-12)));
}

static struct box widened(const struct box *b, int64_t by)
{
	return (struct box){.w1 = b->w1 - by, .h1 = b->h1 - by, .w2 = b->w2 + by, .h2 = b->h2 + by};
}

void walk_stretch(struct walk *w, int64_t a, int64_t b, struct stretch_of *out)
{
	out->kind = STRETCH_ANY;
	out->least_tokens = 0;
	walk_to(w, a, &out->lo);
	walk_to(w, b, &out->hi);
	out->most = out->hi.w * out->hi.h;

	struct box box = {.w1 = out->lo.w, .h1 = out->lo.h, .w2 = out->hi.w, .h2 = out->hi.h},
		   wide = widened(&box, 1);
	/* half a pixel is most of the smallest size: what is rounded moves no shape more */
	wide.flat = (struct extent){wide.w1 + 2, wide.h1};
	wide.tall = (struct extent){wide.w1, wide.h1 + 2};
	if (wide.w1 < 1 || wide.h1 < 1 || wide.w2 > SIDE_MAX || wide.h2 > SIDE_MAX)
		return;
	struct piece_of p = count_piece(&w->rule, &wide);

	if (p.most_area > 0 && p.most_area < (double)out->most)
		out->most = (int64_t)p.most_area;
	out->least_tokens = p.least_tokens;
	switch (p.piece) {
	case PIECE_UNKNOWN:
		break;
	case PIECE_RISING:
		rising(w, out);
		break;
	case PIECE_TILTED:
	case PIECE_CELLS:
		if (p.margin > 1) {
			wide = widened(&box, p.margin);
			if (wide.w1 < 1 || wide.h1 < 1 || wide.w2 > SIDE_MAX || wide.h2 > SIDE_MAX)
				return;
		}
		by_shape(w, &wide, &p, out);
		break;
	}
}
