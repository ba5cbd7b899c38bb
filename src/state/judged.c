#include "state/judged.h"

#include <string.h>

#include "core/limit_plain.h"
#include "registry/registry.h"
#include "registry/variant.h"

/* Padding counts as a difference, which costs nothing but the same work again. */
bool judged_is_of(const struct judged *j, const struct request *r)
{
	return j->is_known && memcmp(&j->of, r, sizeof *r) == 0;
}

static bool can_be(const struct request *r)
{
	const struct setup *s = &r->setup;

	return request_is_complete(r) && s->images > 0 && s->lens == LENS_EXACT && s->width >= 1 &&
	       s->width <= SIDE_MAX && s->height >= 1 && s->height <= SIDE_MAX;
}

static void judge(struct judged *j, const struct registry *reg)
{
	const struct setup *s = &j->of.setup;
	struct limit_row rows[LIMIT_ROWS];
	struct limit_plain plain;

	limit_plain_make(s, variant_reference(reg, s->model->processor), reg->rules_date,
			 reg->terms, reg->terms_n, &plain);
	size_t n = limit_rows(reg->limits, reg->limits_n, &plain.judged, rows);

	j->is_there = n > 0;
	if (n == 0)
		return;
	j->verdict = rows[0].verdict;
	j->who = plain.judged.vendor ? plain.judged.vendor : s->engine->id;
	j->group = limit_group(&rows[0]);
	j->rule = rows[0].limit;
	j->value = rows[0].value;
	j->bound = rows[0].bound;
	j->remedy[0] = '\0';
	if (j->verdict != VERDICT_OK) /* its numbers may take a search */
		limit_remedy(&rows[0], &plain.judged, j->remedy);
}

void judged_keep(struct judged *j, const struct request *r, const struct registry *reg)
{
	if (judged_is_of(j, r))
		return;
	memcpy(&j->of, r, sizeof *r);
	j->is_known = true;
	j->is_there = false;
	if (can_be(r))
		judge(j, reg);
}
