#include "view/fit_words.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/budget.h"

/* Below this share of its own effective pixels a picture shows next to nothing of itself. */
static const double useless_share = 0.01;

char *fit_size_text(int64_t width, int64_t height, char out[FIT_WORDS])
{
	char w[UNIT_TEXT], h[UNIT_TEXT];

	return str_format(out, FIT_WORDS, "%s \xc3\x97 %s", unit_grouped(w, width),
			  unit_grouped(h, height));
}

const char *fit_bound(const struct budgets_row *row)
{
	/* clang-format off */
	static const struct {
		const char *group, *word;
	} words[] = {
		{"tokens",   "tokens"  },
		{"context",  "context" },
		{"kv",       "KV cache"},
		{"capacity", "KV pool" },
		{"prefill",  "time"    },
		{"price",    "price"   },
	};
	/* clang-format on */
	const char *group = quantities[row->budget.quantity].group;

	if (row->fit.status == FIT_FITS || row->fit.status == FIT_ERROR)
		return "\xe2\x80\x93"; /* a dash */
	for (size_t i = 0; group && i < ARRAY_SIZE(words); i++)
		if (strcmp(words[i].group, group) == 0)
			return words[i].word;
	return budget_name(row->budget.quantity);
}

/* "66 tokens, 34.9 ms" or "66 tokens, allows 50 requests": what the cheapest takes. */
static char *least_cost(const struct budgets_row *row, char out[FIT_WORDS])
{
	char tokens[BUDGET_TEXT], cost[BUDGET_TEXT];
	enum quantity_id id = row->budget.quantity;

	budget_amount(Q_PER_IMAGE, (double)row->fit.least.tokens, tokens);
	if (row->at_best.reason || quantities[id].course == COURSE_COUNT)
		return str_format(out, FIT_WORDS, "%s", tokens);
	return str_format(out, FIT_WORDS, "%s, %s", tokens,
			  (quantities[id].is_cost ? budget_amount
						  : budget_taken)(id, row->at_best.number, cost));
}

char *fit_outcome(const struct budgets_row *row, char out[FIT_WORDS])
{
	const struct fit *f = &row->fit;
	char size[FIT_WORDS], cost[FIT_WORDS];

	switch (f->status) {
	case FIT_OK:
		break;
	case FIT_FITS:
		return str_format(out, FIT_WORDS, "fits as it is");
	case FIT_NO_CHOICE:
		return str_format(out, FIT_WORDS,
				  "no choice: every size takes %s; crop, or another model",
				  least_cost(row, cost));
	case FIT_NONE:
		if (f->least.width <= 0)
			return str_format(out, FIT_WORDS, "every size of this shape is refused");
		return str_format(out, FIT_WORDS, "no size holds: the least, %s, takes %s",
				  fit_size_text(f->least.width, f->least.height, size),
				  least_cost(row, cost));
	case FIT_ERROR:
		return str_format(out, FIT_WORDS, "%s", f->reason);
	}
	out[0] = '\0';
	return out;
}

char *fit_kept_text(const struct budgets_row *row, char out[FIT_WORDS], bool *is_useless)
{
	char share[UNIT_TEXT];
	double kept =
		row->fit.whole > 0 ? (double)row->fit.best.effective / (double)row->fit.whole : 1;

	*is_useless = kept < useless_share || row->fit.whole <= 0;
	if (row->fit.whole <= 0)
		return str_format(out, FIT_WORDS, "the picture itself is refused");
	unit_percent(share, kept);
	return str_format(out, FIT_WORDS,
			  *is_useless ? "right but useless: %s of the picture is left"
				      : "keeps %s of the picture's pixels",
			  share);
}

void fit_told(const struct state *st, const struct budgets_row *row,
	      void (*take)(void *to, const struct told *line), void *to)
{
	const struct request *r = &st->budgets.of;
	const struct setup *s = &r->setup;
	const struct fit_size *best = &row->fit.best;

	if (best->width <= 0)
		return;
	int64_t w = row->fit.status == FIT_FITS ? s->width : best->width,
		h = row->fit.status == FIT_FITS ? s->height : best->height;
	const struct told_ask ask = {.engine = s->engine,
				     .version = s->engine_version,
				     .processor = s->model->processor,
				     .width = s->width,
				     .height = s->height,
				     .tokens = setting_tokens(s, &row->budget, 1, w, h)};

	told_each(st->reg, &ask, take, to);
}

char *fit_told_text(const struct told *line, char out[SETTING_TEXT])
{
	if (line->place)
		return setting_text(line->place, line->cap, &line->value, out);
	return str_format(out, SETTING_TEXT, "resize before sending");
}

char *fit_told_place(const struct told *line, char out[FIT_WORDS])
{
	char versions[SETTING_VERSIONS] = "";

	if (!line->place)
		return str_format(out, FIT_WORDS, "%s", setting_scope_names[SCOPE_CLIENT]);
	setting_versions(line->place, line->cap, versions);
	return str_format(out, FIT_WORDS, "%s, %s%s%s", setting_scope_names[line->place->scope],
			  cap_unit_names[line->cap->unit], *versions ? ", " : "", versions);
}

const struct budgets_row *fit_chosen(const struct state *st)
{
	const struct budgets *b = &st->budgets;
	int at = st->fit.at < 0 ? 0 : st->fit.at >= b->n ? b->n - 1 : st->fit.at;

	return b->is_there && b->n > 0 ? &b->row[at] : NULL;
}
