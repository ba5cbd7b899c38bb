#include "state/budgets.h"

#include <math.h>
#include <string.h>

#include "core/budget.h"
#include "state/budgeted.h"

/* ------------------------------------------------------------ values that mean something */

/* What the picture would cost were it next to nothing: a size that hardly any rule refuses. */
static struct value least_of(const struct request *r, enum quantity_id id)
{
	enum { SMALL = 64 };
	int64_t w, h, longer = r->aspect_w > r->aspect_h ? r->aspect_w : r->aspect_h;

	fit_scale(r->aspect_w, r->aspect_h, longer < SMALL ? longer : SMALL, &w, &h);
	return budgeted_value(r, id, w, h);
}

/* Half of the way from next to nothing to the picture as it is, rounded to what people say: there a
 * budget is neither empty words nor out of reach. Of what there should be much of, the way is that
 * of its inverse: so many requests share what there is. */
static double sensible(const struct request *r, const struct fit_budget *usual)
{
	struct value now = budgeted_value(r, usual->quantity, r->setup.width, r->setup.height);
	struct value least = least_of(r, usual->quantity);
	struct fit_budget b = *usual;

	if (now.reason || !(now.number > 0))
		return usual->value;
	double other = least.reason || !(least.number > 0) ? now.number : least.number;

	if (quantities[usual->quantity].is_cost)
		b.value = (now.number + other) / 2;
	else
		b.value = 2 / (1 / now.number + 1 / other);
	double middle = b.value;
	bool is_same = fabs(now.number / other - 1) < 1e-9; /* no size changes it */

	budget_round(&b);
	/* rounded out of reach: as many digits more as it takes */
	for (int digits = 1;
	     !is_same && digits < 4 && (b.value - other) * (now.number - other) <= 0; digits++) {
		double unit = pow(10, floor(log10(middle)) - digits);

		b.value = floor(middle / unit) * unit;
	}
	return b.value;
}

/* ------------------------------------------------------------ rows */

static void find_less(const struct request *r, struct budgets_row *row)
{
	struct setup s = r->setup, at;
	struct cliff cl;

	s.width = row->fit.best.width;
	s.height = row->fit.best.height;
	sweep_cliff(&s, 1, s.width, &cl);
	if (!cl.cheaper_width)
		return;
	sweep_size(&s, (double)cl.cheaper_width, &at);
	row->less = (struct fit_size){at.width, at.height, cl.cheaper_tokens, 0};
}

/* `old`: what was there before, for the same request but for its budget; NULL = nothing. A row of
 * the same budget stays. */
static void fill(struct budgets_row *row, const struct request *r, const struct budgets *old)
{
	for (int i = 0; old && i < old->n; i++)
		if (budget_same(&old->row[i].budget, &row->budget)) {
			int kind = row->kind;

			*row = old->row[i];
			row->kind = kind;
			return;
		}
	budgeted_find(r, &row->budget, &row->fit);
	row->less = (struct fit_size){0};
	row->at_best = (struct value){.reason = "there is no size"};
	const struct fit_size *at = row->fit.best.width > 0 ? &row->fit.best : &row->fit.least;

	if (row->fit.status == FIT_FITS) /* as it is */
		row->at_best =
			budgeted_value(r, row->budget.quantity, r->setup.width, r->setup.height);
	else if (at->width > 0)
		row->at_best = budgeted_value(r, row->budget.quantity, at->width, at->height);
	if (row->fit.status == FIT_OK)
		find_less(r, row);
}

/* A kind that the model knows nothing of is left out: a hosted one has no memory, an open one no
 * price. */
static void add_kind(struct budgets *b, const struct request *r, size_t kind,
		     const struct budgets *old)
{
	struct budgets_row *row = &b->row[b->n];

	budget_kind(kind, &row->budget);
	row->kind = (int)kind;
	if (budget_is_set(&r->budget) && r->budget.quantity == row->budget.quantity)
		return;
	row->budget.value = b->asked[kind] > 0 ? b->asked[kind] : sensible(r, &row->budget);
	fill(row, r, old);
	if (row->fit.status == FIT_ERROR)
		b->reason = row->fit.reason;
	else
		b->n++;
}

/* The picture as it is: what the knobs made of it is no part of the question, so that taking a size
 * leaves the rows as they are. */
static struct request original(const struct request *r)
{
	struct request own = *r;
	int64_t longer = r->aspect_w > r->aspect_h ? r->aspect_w : r->aspect_h;

	if (budgeted_longest(r) == longer) {
		own.setup.width = r->aspect_w;
		own.setup.height = r->aspect_h;
	}
	return own;
}

/* True if b holds for them. */
static bool is_of(const struct budgets *b, const struct request *r,
		  const double asked[BUDGET_KINDS_MOST])
{
	struct request own = original(r);

	return b->is_there && memcmp(&b->of, &own, sizeof own) == 0 &&
	       memcmp(b->asked, asked, sizeof b->asked) == 0;
}

/* The same but for the budget. */
static bool is_same_request(const struct request *a, const struct request *b)
{
	struct request x = *a, y = *b;

	x.budget = y.budget = (struct fit_budget){Q_MODEL, 0};
	return memcmp(&x, &y, sizeof x) == 0;
}

void budgets_keep(struct budgets *b, const struct request *r, const double asked[BUDGET_KINDS_MOST])
{
	struct request own = original(r);
	struct fit_budget kind;

	if (is_of(b, r, asked))
		return;
	struct budgets old = *b;
	const struct budgets *known = b->is_there && is_same_request(&b->of, &own) ? &old : NULL;

	b->is_there = own.setup.model && own.setup.model->processor && own.setup.hardware &&
		      own.setup.engine;
	b->n = 0;
	b->reason = "there is no model";
	if (!b->is_there)
		return;
	memcpy(&b->of, &own, sizeof own);
	memcpy(b->asked, asked, sizeof b->asked);
	if (budget_is_set(&own.budget)) {
		b->row[0].budget = own.budget;
		b->row[0].kind = -1;
		fill(&b->row[0], &own, known);
		b->n = 1;
	}
	for (size_t i = 0; budget_kind(i, &kind); i++)
		add_kind(b, &own, i, known);
}
