/* Whether the picture keeps the budget, the largest that does, and what the next step of the size
 * would do. */
#include "view/panel.h"

#include <math.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/budget.h"
#include "view/budget_words.h"
#include "view/widget.h"

/* Whether the budget itself is one on tokens, which then are said once. */
static bool is_of_tokens(const struct budgeted *f)
{
	return quantities[f->of.budget.quantity].unit == UNIT_TOKENS &&
	       quantities[f->of.budget.quantity].course == COURSE_COUNT;
}

/* ------------------------------------------------------------ over by, to spare */

/* "over by 12 ms: 312 ms   [f] fit": the key where it does something. */
static void draw_margin(struct cells *c, struct rect r, const struct budgeted *f)
{
	char said[BUDGET_SAID], now[BUDGET_TEXT];
	bool can_fit = !f->holds && f->fit.best.width > 0;
	int key = can_fit ? 8 : 0;

	cells_text_fit(c, r.x, r.y, r.width - key, budget_style(f) | STYLE_BOLD,
		       budget_margin(f, said));
	int x = r.x + (int)utf8_columns(said);

	if (!f->now.reason) {
		str_format(said, sizeof said, "   now %s",
			   budget_amount(f->of.budget.quantity, f->now.number, now));
		if (x + (int)utf8_columns(said) <= r.x + r.width - key)
			cells_text(c, x, r.y, STYLE_DIM, said);
	}
	if (!can_fit)
		return;
	x = r.x + r.width - 7;
	x = cells_text(c, x, r.y, STYLE_DIM, "[");
	x = cells_text(c, x, r.y, STYLE_KEY, "f");
	cells_text(c, x, r.y, STYLE_DIM, "] fit");
}

/* ------------------------------------------------------------ the largest size */

/* What the largest size takes: "8,316 tokens, 298 ms"; "8,316 tokens, allows 50 requests". */
static char *cost_text(const struct budgeted *f, const struct fit_size *at, char out[BUDGET_SAID])
{
	char tokens[BUDGET_TEXT], cost[BUDGET_TEXT];
	enum quantity_id id = f->of.budget.quantity;

	budget_amount(Q_PER_IMAGE, (double)at->tokens, tokens);
	if (f->at_best.reason || (is_of_tokens(f) && f->of.setup.images == 1))
		return str_format(out, BUDGET_SAID, "%s", tokens);
	return str_format(out, BUDGET_SAID, "%s, %s", tokens,
			  (quantities[id].is_cost ? budget_amount
						  : budget_taken)(id, f->at_best.number, cost));
}

/* Where no size holds: the cheapest, and what it takes. */
static char *least_text(const struct budgeted *f, char out[BUDGET_SAID])
{
	char w[UNIT_TEXT], h[UNIT_TEXT], cost[BUDGET_SAID];

	if (f->fit.least.width <= 0)
		return str_format(out, BUDGET_SAID, "every size of this shape is refused");
	cost_text(f, &f->fit.least, cost);
	if (f->fit.status == FIT_NO_CHOICE)
		return str_format(out, BUDGET_SAID, "every size takes %s", cost);
	return str_format(out, BUDGET_SAID, "the least, %s \xc3\x97 %s, takes %s",
			  unit_grouped(w, f->fit.least.width), unit_grouped(h, f->fit.least.height),
			  cost);
}

/* The words and, where there is room, their figures. */
static void draw_pair(struct cells *c, struct rect r, int row, unsigned style, const char *words,
		      const char *figures)
{
	int used = (int)utf8_columns(words) + 3;

	if (row >= r.height)
		return;
	cells_text_fit(c, r.x, r.y + row, r.width, style, words);
	if (used + (int)utf8_columns(figures) <= r.width)
		cells_text(c, r.x + used, r.y + row, STYLE_DIM, figures);
}

static void draw_largest(struct cells *c, struct rect r, const struct budgeted *f)
{
	char words[BUDGET_SAID], figures[BUDGET_SAID] = "";
	unsigned style =
		f->fit.status == FIT_OK || f->fit.status == FIT_FITS ? STYLE_VALUE : STYLE_WARN;

	if (f->fit.status == FIT_ERROR && f->now.reason) /* said already */
		return;
	budget_largest(f, words);
	if (f->fit.status == FIT_OK)
		cost_text(f, &f->fit.best, figures);
	else if (f->fit.status == FIT_NONE || f->fit.status == FIT_NO_CHOICE) {
		least_text(f, figures);
		if ((int)(utf8_columns(words) + utf8_columns(figures)) + 3 > r.width)
			str_format(words, sizeof words, "%s", figures); /* which say it too */
	}
	draw_pair(c, r, 1, style, words, figures);
}

/* ------------------------------------------------------------ the next step */

/* "next step saves 78 tokens at 2,464 × 3,485", and what that is in the budget's own unit. */
static void draw_step(struct cells *c, struct rect r, const struct frame *f)
{
	const struct budgeted *b = f->budgeted;
	int64_t change = b->step.tokens - f->est.tokens.per_image;
	char text[BUDGET_SAID], tokens[BUDGET_TEXT], w[UNIT_TEXT], h[UNIT_TEXT],
		figure[BUDGET_SAID] = "", amount[BUDGET_TEXT];

	if (f->est.count.refused || r.height < 3)
		return;
	if (!b->step.width) {
		cells_text_fit(c, r.x, r.y + 2, r.width, STYLE_DIM,
			       b->holds ? "no larger size takes more tokens"
					: "no smaller size takes fewer tokens");
		return;
	}
	budget_amount(Q_PER_IMAGE, fabs((double)change), tokens);
	str_format(text, sizeof text, "next step %s %s at %s \xc3\x97 %s",
		   change < 0 ? "saves" : "costs", tokens, unit_grouped(w, b->step.width),
		   unit_grouped(h, b->step.height));
	if (!b->at_step.reason && !(is_of_tokens(b) && b->of.setup.images == 1))
		str_format(figure, sizeof figure, "then %s",
			   budget_amount(b->of.budget.quantity, b->at_step.number, amount));
	draw_pair(c, r, 2, STYLE_TEXT, text, figure);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	if (!f->budgeted)
		return;
	draw_margin(c, r, f->budgeted);
	draw_largest(c, r, f->budgeted);
	draw_step(c, r, f);
}

static char *title(const struct frame *f, char out[64])
{
	char asked[BUDGET_TEXT];

	return str_format(out, 64, "Budget  %.50s", budget_text(&f->st->req.budget, true, asked));
}

static bool is_shown(const struct request *r, int rows)
{
	(void)rows;
	return budget_is_set(&r->budget);
}

const struct panel panel_budget = {
	.rows = {2, 3, 3, 0},
	.is_shown = is_shown,
	.wide = {COLUMN_RIGHT, 0, 3},
	.title = title,
	.draw = draw,
};
