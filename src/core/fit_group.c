#include "core/fit_group.h"

#include <math.h>

#include "base/base.h"
#include "core/arith.h"
#include "core/estimate.h"
#include "core/fit.h"
#include "core/fit_judge.h"
#include "core/fit_pace.h"

/* What an estimate takes beside a count, in the account of WORK_MOST. */
enum { ESTIMATE_WORK = 16 };

/* How the numbers of pictures make that of a request. */
enum union_of {
	UNION_MEAN,     /* a cost */
	UNION_HARMONIC, /* a rate, or so many at once */
	UNION_EACH,     /* it is about one picture: each must hold */
};

static enum union_of union_of(enum quantity_id id)
{
	static const enum quantity_id of_one[] = {Q_VISUAL,    Q_SPECIAL,   Q_PER_IMAGE,
						  Q_KV_IMAGE,  Q_TILES,     Q_PRICE_IMAGE,
						  Q_RESIZED_W, Q_RESIZED_H, Q_RESIZED};

	for (size_t i = 0; i < ARRAY_SIZE(of_one); i++)
		if (of_one[i] == id)
			return UNION_EACH;
	return quantities[id].is_cost ? UNION_MEAN : UNION_HARMONIC;
}

/* One question. */
struct group {
	struct fit_member *list;
	size_t n;
	const struct fit_budget *budgets;
	int budgets_n;
	unsigned steps;     /* of the estimate */
	bool asks_estimate; /* more than the count decides */
	int64_t limit;      /* of the context; 0 = not known */
	const char *reason; /* of a number that no size has */
	int64_t spent;
};

/* All pictures cut to one limit. */
struct cut {
	int64_t k, tokens, pixels, effective;
	bool is_refused, holds;
};

/* ---------------------------------------------------------------- one picture at one limit */

static int64_t longer(const struct setup *s)
{
	return max_i64(s->width, s->height);
}

static int64_t down_to(int64_t side, int64_t multiple)
{
	return side < multiple ? side : side / multiple * multiple;
}

static void size_at(const struct fit_member *m, int64_t k, struct seen *at)
{
	if (k >= longer(m->setup)) {
		at->w = m->setup->width;
		at->h = m->setup->height;
		at->k = longer(m->setup);
	} else {
		walk_to(&m->walk, k, at);
	}
	if (m->multiple > 1) {
		at->w = down_to(at->w, m->multiple);
		at->h = down_to(at->h, m->multiple);
	}
}

static double value_of(struct group *g, const struct setup *s, const struct estimate *e, int i)
{
	enum quantity_id id = g->budgets[i].quantity;
	struct value v = quantity_read(id, s, e);

	if (v.reason) {
		if (e->why == REASON_NONE || e->why == REASON_TEXT_TOO_LONG)
			g->reason = v.reason;
		return NAN;
	}
	return v.number;
}

/* What the request would take with nothing but such pictures. More of them than the context holds
 * may still be few enough together with smaller ones, so that the limit is lifted for what needs
 * it; the sum is compared with the true one. */
static void set_values(struct group *g, struct fit_member *m)
{
	struct setup s = *m->setup;
	struct estimate e;

	s.width = m->at.w;
	s.height = m->at.h;
	estimate_counted(&s, &m->at.count, g->steps, NULL, &e);
	g->spent += g->asks_estimate ? ESTIMATE_WORK : 1;
	if (e.why == REASON_TOO_MANY_IMAGES && g->asks_estimate) {
		struct setup lifted = s;
		struct estimate other;

		lifted.context_limit = e.tokens.total;
		estimate_counted(&lifted, &m->at.count, g->steps, NULL, &other);
		for (int i = 0; i < g->budgets_n; i++)
			m->values[i] = quantities[g->budgets[i].quantity].needs
					       ? value_of(g, &lifted, &other, i)
					       : value_of(g, &s, &e, i);
		return;
	}
	for (int i = 0; i < g->budgets_n; i++)
		m->values[i] = value_of(g, &s, &e, i);
}

/* False: refused. What is as it was is not counted again. */
static bool see(struct group *g, struct fit_member *m, int64_t k)
{
	struct seen at = {0};

	size_at(m, k, &at);
	if (at.w == m->at.w && at.h == m->at.h)
		return !m->at.count.refused;
	m->at = at;
	walk_count(&m->walk, &m->at);
	g->spent++;
	if (m->at.count.refused)
		return false;
	set_values(g, m);
	return true;
}

/* ---------------------------------------------------------------- all pictures */

static double united(const struct group *g, int i, bool *is_each)
{
	enum union_of how = union_of(g->budgets[i].quantity);
	double sum = 0, many = 0;

	*is_each = how == UNION_EACH;
	for (size_t p = 0; p < g->n; p++) {
		const struct fit_member *m = &g->list[p];
		double v = m->values[i];

		many += (double)m->many;
		sum += (double)m->many * (how == UNION_HARMONIC ? 1 / v : v);
	}
	return how == UNION_HARMONIC ? many / sum : sum / many;
}

static bool is_met(const struct fit_budget *b, double v)
{
	return quantities[b->quantity].is_cost ? v <= b->value : v >= b->value;
}

static bool holds(const struct group *g, int64_t tokens)
{
	const struct setup *s = g->list[0].setup;
	bool is_each;

	for (int i = 0; i < g->budgets_n; i++) {
		double v = united(g, i, &is_each);

		if (quantities[g->budgets[i].quantity].needs && g->limit > 0 &&
		    tokens + s->text_tokens + s->reserve_tokens > g->limit)
			return false;
		if (!is_each && !is_met(&g->budgets[i], v)) /* a NAN is none */
			return false;
		for (size_t p = 0; is_each && p < g->n; p++)
			if (!is_met(&g->budgets[i], g->list[p].values[i]))
				return false;
	}
	return true;
}

/* The effective pixels need the layout, which is asked for where the limit holds. */
static int64_t effective(struct group *g)
{
	int64_t sum = 0;

	for (size_t p = 0; p < g->n; p++) {
		struct fit_member *m = &g->list[p];

		if (m->at.effective == 0) {
			walk_see(&m->walk, &m->at);
			g->spent++;
		}
		sum = tokens_sum(sum, tokens_product(m->at.effective, m->many));
	}
	return sum;
}

/* At most INT64_MAX: of sides that headers claim ten make more. */
static void add_pixels(int64_t *sum, int64_t w, int64_t h, int64_t many)
{
	double all = (double)*sum + (double)w * (double)h * (double)many;

	*sum = all < 9e18 ? *sum + w * h * many : INT64_MAX;
}

static void cut_to(struct group *g, int64_t k, struct cut *out)
{
	*out = (struct cut){.k = k};
	for (size_t p = 0; p < g->n; p++) {
		struct fit_member *m = &g->list[p];

		if (!see(g, m, k))
			out->is_refused = true;
		add_pixels(&out->pixels, m->at.w, m->at.h, m->many);
		if (!out->is_refused)
			out->tokens =
				tokens_sum(out->tokens,
					   tokens_product(count_positions(&m->at.count), m->many));
	}
	out->holds = !out->is_refused && holds(g, out->tokens);
	if (out->holds)
		out->effective = effective(g);
}

/* ---------------------------------------------------------------- the search */

struct found {
	struct cut best, least; /* k 0: there is none */
	int64_t next;           /* the next larger limit of another number of tokens; 0 = none */
	int64_t next_tokens;
	bool is_same;  /* every limit takes as many tokens */
	bool is_whole; /* the pictures hold as they are */
};

static bool is_better(const struct cut *a, const struct cut *b)
{
	if (!b->k || a->effective != b->effective)
		return !b->k || a->effective > b->effective;
	return a->tokens != b->tokens ? a->tokens < b->tokens : a->pixels < b->pixels;
}

static int64_t longest_of(const struct group *g)
{
	int64_t most = 0;

	for (size_t p = 0; p < g->n; p++)
		most = max_i64(most, longer(g->list[p].setup));
	return most;
}

static int64_t pixels_of(const struct group *g)
{
	int64_t sum = 0;

	for (size_t p = 0; p < g->n; p++)
		add_pixels(&sum, g->list[p].setup->width, g->list[p].setup->height,
			   g->list[p].many);
	return sum;
}

/* Down from the longest side; no smaller limit is better than one with as many effective pixels as
 * it has pixels. */
static void search(struct group *g, struct found *out)
{
	struct cut at, before = {0};
	int64_t other = 0, other_tokens = 0;

	*out = (struct found){.is_same = true};
	for (int64_t k = longest_of(g); k > 0 && g->spent <= WORK_MOST; k--) {
		cut_to(g, k, &at);
		if (k == longest_of(g))
			out->is_whole = at.holds && at.pixels == pixels_of(g);
		if (out->best.k && at.pixels < out->best.effective)
			return;
		if (at.is_refused)
			continue;
		if (before.k && before.tokens != at.tokens) {
			other = before.k;
			other_tokens = before.tokens;
			out->is_same = false;
		}
		before = at;
		if (!out->least.k || at.tokens <= out->least.tokens)
			out->least = at;
		if (!at.holds || !is_better(&at, &out->best))
			continue;
		out->best = at;
		out->next = other;
		out->next_tokens = other_tokens;
	}
}

static void start(struct group *g)
{
	struct estimate e;

	estimate_steps(g->list[0].setup, 0, &e);
	g->limit = e.context.limit;
	g->steps = 0;
	g->asks_estimate = false;
	g->reason = NULL;
	for (int i = 0; i < g->budgets_n; i++) {
		g->steps |= quantities[g->budgets[i].quantity].needs;
		g->asks_estimate |= quantities[g->budgets[i].quantity].needs != 0;
	}
	for (size_t p = 0; p < g->n; p++) {
		walk_init(&g->list[p].walk, g->list[p].setup);
		g->list[p].at = (struct seen){0};
	}
}

/* Of several budgets the one that alone allows the least. */
static int bound_of(const struct group *g)
{
	struct group one = *g;
	int64_t least = INT64_MAX;
	int which = 0;

	for (int i = 0; g->budgets_n > 1 && i < g->budgets_n; i++) {
		struct found f;

		one.budgets = &g->budgets[i];
		one.budgets_n = 1;
		one.spent = 0;
		start(&one);
		search(&one, &f);
		if (!f.best.k)
			return i;
		if (f.best.effective < least) {
			least = f.best.effective;
			which = i;
		}
	}
	return which;
}

/* ---------------------------------------------------------------- the answer */

/* At a limit at which none was refused. */
static struct fit_size measured(struct fit_member *m, int64_t k)
{
	struct seen at = {0};

	size_at(m, k, &at);
	walk_see(&m->walk, &at);
	return (struct fit_size){at.w, at.h, count_positions(&at.count), at.effective};
}

static void set_members(struct group *g, const struct found *f, struct fit_group *out)
{
	for (size_t p = 0; p < g->n; p++) {
		struct fit_member *m = &g->list[p];

		m->best = f->best.k ? measured(m, f->best.k) : (struct fit_size){0};
		m->next = f->next ? measured(m, f->next) : (struct fit_size){0};
		if (m->next.width == m->best.width && m->next.height == m->best.height)
			m->next = (struct fit_size){0};
	}
	if (f->best.k)
		out->status = f->is_whole ? FIT_FITS : FIT_OK;
}

static void set_whole(struct group *g)
{
	for (size_t p = 0; p < g->n; p++) {
		struct fit_member *m = &g->list[p];
		struct seen at = {.w = m->setup->width, .h = m->setup->height};

		walk_see(&m->walk, &at);
		m->whole = at.effective;
		m->best = m->next = (struct fit_size){0};
	}
}

static const char *no_answer(const struct group *g)
{
	for (size_t p = 0; p < g->n; p++) {
		const char *reason = fit_no_original(g->list[p].setup);

		if (reason)
			return reason;
	}
	for (int i = 0; i < g->budgets_n; i++)
		if (fit_no_budget(g->budgets[i].quantity))
			return fit_no_budget(g->budgets[i].quantity);
	return NULL;
}

void fit_group(struct fit_member *list, size_t n, const struct fit_budget *budgets, int budgets_n,
	       struct fit_group *out)
{
	struct group g = {.list = list, .n = n, .budgets = budgets, .budgets_n = budgets_n};
	struct found f;

	*out = (struct fit_group){.status = FIT_ERROR, .bound_by = -1};
	out->reason = n ? no_answer(&g) : reason_text(REASON_BAD_COUNT);
	if (out->reason)
		return;
	start(&g);
	set_whole(&g);
	search(&g, &f);
	const char *never = g.reason;

	set_members(&g, &f, out);
	out->longest = f.best.k;
	out->tokens = f.best.tokens;
	out->next = f.next;
	out->next_tokens = f.next_tokens;
	out->least = f.least.k;
	out->least_tokens = f.least.tokens;
	if (!f.best.k && never && f.least.k) {
		out->reason = never;
		return;
	}
	if (!f.best.k)
		out->status = f.is_same && f.least.k && !g.asks_estimate ? FIT_NO_CHOICE : FIT_NONE;
	if (out->status != FIT_FITS)
		out->bound_by = bound_of(&g);
	if (g.spent > WORK_MOST)
		*out = (struct fit_group){
			.status = FIT_ERROR, .bound_by = -1, .reason = fit_too_many};
}
