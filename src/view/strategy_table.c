#include "view/strategy_table.h"

#include <string.h>

#include "base/str.h"
#include "core/usual.h"

static bool has(const struct strategy_row *row, const struct processor *p)
{
	return strcmp(row->words.name, p->strategy_name) == 0;
}

static struct strategy_row *row_of(struct strategy_table *t, const struct processor *p)
{
	for (int i = 0; i < t->n; i++)
		if (has(&t->row[i], p))
			return &t->row[i];
	return NULL;
}

static void set(struct strategy_row *row, const char *id, const struct processor *p,
		const struct knobs *knobs)
{
	str_format(row->id, sizeof row->id, "%s", id);
	row->processor = p;
	row->knobs = knobs;
}

/* Wishes stand already. */
static void add_subject(struct strategy_table *t, const struct subject *s,
			const struct knobs *knobs)
{
	struct strategy_row *row = row_of(t, s->processor);

	if (!row)
		return;
	row->models++;
	if (!row->processor || strcmp(s->id, USUAL_MODEL) == 0)
		set(row, s->id, s->processor, knobs);
}

static void add_last(struct strategy_table *t, const struct processor *p, const struct knobs *knobs)
{
	struct strategy_row *row = row_of(t, p);

	if (row && !row->processor)
		set(row, p->id, p, knobs);
}

/* Rules that only other runtimes have, and those of hosted models that are no longer in force. */
static void add_others(struct strategy_table *t, const struct registry *r,
		       const struct knobs *knobs)
{
	for (size_t i = 0; i < r->processors_n; i++)
		add_last(t, r->processors[i], knobs);
	for (size_t i = 0; i < r->hosted_n; i++)
		add_last(t, r->hosted[i], knobs);
}

static void add_wishes(struct strategy_table *t, const struct strategy_wish *wishes, size_t n)
{
	for (size_t i = n; i-- > 0;) { /* the first comes last and stays */
		struct strategy_row *row = row_of(t, wishes[i].processor);

		if (row)
			set(row, wishes[i].id, wishes[i].processor, wishes[i].knobs);
	}
}

void strategy_table(const struct registry *r, const struct strategy_wish *wishes, size_t wishes_n,
		    enum lens lens, const struct knobs *knobs, int64_t width, int64_t height,
		    struct strategy_table *out)
{
	size_t n = subject_n(r);
	struct subject s;

	memset(out, 0, sizeof *out);
	while (out->n < STRATEGY_ROWS && strategy_words((size_t)out->n, &out->row[out->n].words))
		out->n++;
	for (size_t i = 0; i < n; i++)
		if (subject_at(r, i, &s))
			add_subject(out, &s, knobs);
	add_others(out, r, knobs);
	add_wishes(out, wishes, wishes_n);
	for (int i = 0; i < out->n; i++) {
		struct strategy_row *row = &out->row[i];
		struct rule rule;

		if (!row->processor)
			continue;
		count_prepare(&rule, row->processor, lens, row->knobs);
		scaling_of(&rule, width, height, &row->at);
	}
}

void strategy_models(const struct registry *r, const struct strategy_row *row, struct strbuf *out)
{
	size_t n = subject_n(r);
	struct subject s;

	strbuf_puts(out, row->id);
	for (size_t i = 0; i < n; i++)
		if (subject_at(r, i, &s) && has(row, s.processor) && strcmp(s.id, row->id) != 0)
			strbuf_printf(out, " %s", s.id);
}

char *strategy_growth(const struct strategy_row *row, char out[UNIT_TEXT])
{
	double g = row->at.growth;

	if (!row->processor || !row->at.has_growth)
		return str_format(out, UNIT_TEXT, "%s", "");
	return str_format(out, UNIT_TEXT, "%.2f", g < 0.005 && g > -0.005 ? 0 : g);
}
