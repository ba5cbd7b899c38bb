#include "core/fit_judge.h"

#include "core/arith.h"

/* One token more may take 0.3 % less time, where it completes a block (tests/prop_prefill.c). */
static const double uneven = 0.02;

static enum course course_of(const struct setup *s, enum quantity_id id)
{
	bool is_crossed = s->model->cross_positions > 0 && (quantities[id].needs & ESTIMATE_KV);

	if (quantities[id].course == COURSE_TOKENS && is_crossed)
		return COURSE_WORSE;
	return quantities[id].course;
}

void judge_init(struct judge *j, const struct setup *s, const struct fit_budget *budgets, int n)
{
	*j = (struct judge){
		.setup = *s, .budgets = budgets, .n = n, .follows_tokens = true, .bad = INT64_MAX};
	j->good = -1;
	for (int i = 0; i < n; i++) {
		enum course c = course_of(s, budgets[i].quantity);

		j->course[i] = c;
		j->asks_count = j->asks_count || c == COURSE_COUNT;
		if (c == COURSE_COUNT)
			continue;
		j->asks_estimate = true;
		j->steps |= quantities[budgets[i].quantity].needs;
		j->follows_tokens = j->follows_tokens && c == COURSE_TOKENS;
		j->follows_size = j->follows_size || c == COURSE_ANY ||
				  (quantities[budgets[i].quantity].needs & ESTIMATE_PREFILL);
	}
}

/* slack: what is forgiven, as a share of the budget. */
static bool is_met(const struct fit_budget *b, double value, double slack)
{
	return quantities[b->quantity].is_cost ? value <= b->value * (1 + slack)
					       : value >= b->value * (1 - slack);
}

/* The first budget on the count that does not hold; -1 = all do. What c does not give is left out.
 */
static int missed_by_count(struct judge *j, const struct count *c, int64_t tokens)
{
	struct estimate *e = &j->plain;

	if (!j->asks_count)
		return -1;
	e->count = *c;
	e->tokens.per_image = tokens;
	e->tokens.images = e->tokens.per_image * j->setup.images;
	e->tokens.total = e->tokens.images + j->setup.text_tokens + j->setup.reserve_tokens;
	for (int i = 0; i < j->n; i++) {
		if (j->course[i] != COURSE_COUNT)
			continue;
		struct value v = quantity_read(j->budgets[i].quantity, &j->setup, e);
		if (!v.reason && !is_met(&j->budgets[i], v.number, 0))
			return i;
	}
	return -1;
}

/* Of the others. hopeful: what moves in no known way is taken to hold, the rest is forgiven a
 * little. */
static int missed_by_estimate(struct judge *j, int64_t width, int64_t height, bool hopeful)
{
	struct estimate e;

	j->setup.width = width;
	j->setup.height = height;
	estimate_steps(&j->setup, j->steps, &e);
	for (int i = 0; i < j->n; i++) {
		enum course course = j->course[i];
		double slack = hopeful && course == COURSE_WORSE ? uneven : 0;

		if (course == COURSE_COUNT || (hopeful && course == COURSE_ANY))
			continue;
		struct value v = quantity_read(j->budgets[i].quantity, &j->setup, &e);
		bool is_unserved =
			estimate_is_over(e.why) && quantities[j->budgets[i].quantity].needs;
		if (v.reason || v.text || is_unserved || !is_met(&j->budgets[i], v.number, slack))
			return i;
	}
	return -1;
}

bool judge_holds(struct judge *j, int64_t width, int64_t height, const struct count *c, int *missed)
{
	int64_t tokens = judge_tokens(c);
	int which = missed_by_count(j, c, judge_tokens(c));

	if (which < 0 && j->asks_estimate) {
		if (!missed && j->follows_tokens && tokens <= j->good)
			return true;
		if (!missed && j->follows_tokens && tokens >= j->bad)
			return false;
		which = missed_by_estimate(j, width, height, false);
		if (which < 0)
			j->good = max_i64(j->good, tokens);
		else
			j->bad = min_i64(j->bad, tokens);
	}
	if (missed)
		*missed = which;
	return which < 0;
}

bool judge_hopes(struct judge *j, int64_t width, int64_t height, const struct count *c)
{
	if (missed_by_count(j, c, judge_tokens(c)) >= 0)
		return false;
	if (!j->asks_estimate)
		return true;
	if (j->follows_tokens)
		return judge_holds(j, width, height, c, NULL);
	return missed_by_estimate(j, width, height, true) < 0;
}

bool judge_hopes_of(struct judge *j, int64_t least_tokens)
{
	static const struct count nothing;

	if (j->asks_estimate && j->follows_tokens && least_tokens >= j->bad)
		return false;
	return missed_by_count(j, &nothing, least_tokens) < 0;
}
