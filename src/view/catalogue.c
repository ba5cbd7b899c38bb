#include "view/catalogue.h"

#include "base/str.h"
#include "base/unit.h"
#include "core/scaling.h"
#include "registry/subjects.h"
#include "state/keymap.h"
#include "view/keys.h"
#include "view/strategy_table.h"

enum { DETAIL_ROWS = 5 }; /* a line, two of words, two of names */

bool catalogue_is(enum knob p)
{
	return p == PICK_ACTION || p == PICK_STRATEGY;
}

const char *catalogue_title(enum knob p)
{
	return p == PICK_ACTION ? "Commands" : "Strategies";
}

struct pick_item catalogue_heads(enum knob p)
{
	if (p == PICK_ACTION)
		return (struct pick_item){"what", "", "key"};
	return (struct pick_item){"strategy", "what it does", "    half   tokens   double  growth"};
}

size_t catalogue_total(enum knob p)
{
	struct strategy_words w;
	size_t n = 0;

	if (p == PICK_ACTION)
		return keys_n();
	while (strategy_words(n, &w))
		n++;
	return n;
}

/* Of the rows of the keymap the heading stands in the first of a group alone. */
static const char *group_of(size_t i)
{
	while (i > 0 && !keys_row(i).group)
		i--;
	return keys_row(i).group;
}

void catalogue_item(enum knob p, size_t i, struct pick_item *out)
{
	struct strategy_words w;

	out->note[0] = '\0';
	if (p == PICK_ACTION) {
		struct binding row = keys_row(i);
		char names[KEYMAP_NAMES];

		str_format(out->id, sizeof out->id, "%s", row.help);
		out->text = group_of(i);
		str_format(out->note, sizeof out->note, "%s", keymap_names(&row, names));
	} else if (strategy_words(i, &w)) {
		str_format(out->id, sizeof out->id, "%s", w.name);
		out->text = w.logic;
	}
}

/* The present model stands in the row of its strategy, with what is turned of it; the others as
 * they are. The rows are the real rules, whatever the lens. */
static void fill(const struct state *st, struct strategy_table *t)
{
	const struct setup *s = &st->req.setup;
	const struct model *m = s->model;
	bool has_rule = m && m->processor;
	struct knobs as_it_is = knobs_of_others(&s->knobs);
	struct strategy_wish wish = {has_rule ? m->id : "", has_rule ? m->processor : NULL,
				     &s->knobs};

	strategy_table(st->reg, &wish, has_rule, LENS_EXACT, &as_it_is, s->width, s->height, t);
}

static const char *tokens(const struct strategy_row *row, int64_t n, char out[UNIT_TEXT])
{
	return row->processor && n >= 0 ? unit_count(out, (double)n) : "-";
}

void catalogue_numbers(const struct state *st, size_t i, struct pick_item *out)
{
	char half[UNIT_TEXT], now[UNIT_TEXT], twice[UNIT_TEXT], growth[UNIT_TEXT];
	struct strategy_table t;

	if (st->pick != PICK_STRATEGY)
		return;
	fill(st, &t);
	const struct strategy_row *row = &t.row[i];

	str_format(out->note, sizeof out->note, "%8s %8s %8s %7s", tokens(row, row->at.half, half),
		   tokens(row, row->at.now, now), tokens(row, row->at.twice, twice),
		   strategy_growth(row, growth));
}

uint32_t catalogue_key(enum knob p, size_t i)
{
	return p == PICK_ACTION ? keys_row(i).keys[0] : 0;
}

const struct model *catalogue_model(const struct state *st, size_t i)
{
	struct vtok_error ignored = {0};
	struct strategy_table t;

	if (st->pick != PICK_STRATEGY)
		return NULL;
	fill(st, &t);
	return t.row[i].id[0] ? subject_named(st->reg, t.row[i].id, &ignored) : NULL;
}

int catalogue_detail_rows(enum knob p, int height)
{
	if (p != PICK_STRATEGY)
		return 0;
	return height < 16 ? 2 : DETAIL_ROWS;
}

void catalogue_detail(const struct state *st, size_t i, struct strbuf *formula,
		      struct strbuf *models)
{
	struct strategy_table t;

	fill(st, &t);
	strbuf_puts(formula, t.row[i].words.formula);
	strategy_models(st->reg, &t.row[i], models);
}
