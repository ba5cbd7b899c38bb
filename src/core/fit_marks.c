#include "core/fit_marks.h"

#include "core/estimate.h"
#include "core/vision_load.h"

void load_of(const struct setup *s, const struct count *c, struct load *out)
{
	struct vision_load v = {0};

	if (s->model->tower)
		vision_load(s->model, c, s->width, s->height, &v);
	*out = (struct load){{
		(double)count_positions(c),
		(double)c->visual,
		(double)c->tiles,
		v.sequences,
		v.patches,
		v.windows,
		v.tile_mpx,
		v.cross_positions,
		estimate_fed_mpx(s, c),
		(double)s->width * (double)s->height,
	}};
}

static bool is_at_least(const struct marks *m, const struct load *a, const struct load *b)
{
	if (m->is_of_same && load_positions(a) != load_positions(b))
		return false;
	for (int i = 0; i < LOAD_N; i++)
		if (a->v[i] < b->v[i])
			return false;
	return true;
}

bool marks_are_met(const struct marks *m, const struct load *l)
{
	for (int i = 0; i < m->n; i++)
		if (is_at_least(m, l, &m->at[i]))
			return true;
	return false;
}

bool marks_are_kept(const struct marks *m, const struct load *l)
{
	for (int i = 0; i < m->n; i++)
		if (is_at_least(m, &m->at[i], l))
			return true;
	return false;
}

void marks_add(struct marks *m, const struct load *l, bool is_most)
{
	int n = 0;

	for (int i = 0; i < m->n; i++)
		if (is_most ? !is_at_least(m, l, &m->at[i]) : !is_at_least(m, &m->at[i], l))
			m->at[n++] = m->at[i];
	if (n == MARKS)
		for (n = 0; n + 1 < MARKS; n++)
			m->at[n] = m->at[n + 1];
	m->at[n] = *l;
	m->n = n + 1;
}
