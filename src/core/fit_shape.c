#include "core/fit_shape.h"

/* Of a shape: how far it must lie from a known one for both to be on the same side of where a count
 * changes. A dozen roundings in single precision move that place by less than a millionth. */
static const double apart = 4e-6;

static bool is_flatter(const struct extent *a, const struct extent *b, double by)
{
	return (double)a->w * (double)b->h > (double)b->w * (double)a->h * (1 + by);
}

static bool has(const struct shape *s, const struct extent *size)
{
	return is_flatter(size, &s->high, apart) && is_flatter(&s->flat, size, apart);
}

/* A counted size is one more of those that it is like, or the first of its kind. */
static void learn(struct shapes *s, const struct seen *at)
{
	struct extent size = {at->w, at->h};

	if (at->count.refused)
		return;
	for (int i = 0; i < s->n; i++) {
		struct shape *of = &s->of[i];
		if (!walk_is_alike(&of->as, at))
			continue;
		if (is_flatter(&size, &of->flat, 0))
			of->flat = size;
		else if (is_flatter(&of->high, &size, 0))
			of->high = size;
		return;
	}
	if (s->n < SHAPES)
		s->of[s->n++] = (struct shape){*at, size, size};
}

const struct seen *shapes_see(struct shapes *s, struct walk *w, struct seen *at)
{
	struct extent size = {at->w, at->h};

	w->spent++;
	for (int i = 0; i < s->n; i++)
		if (has(&s->of[i], &size))
			return &s->of[i].as;
	walk_see(w, at);
	learn(s, at);
	return at;
}
