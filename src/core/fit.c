/* What is asked, put as one question or several (core/fit_search.h). */
#include "core/fit.h"

#include <stddef.h>

#include "base/base.h"
#include "core/estimate.h"
#include "core/fit_judge.h"
#include "core/fit_other.h"
#include "core/fit_pace.h"
#include "core/fit_search.h"
#include "core/fit_walk.h"

const char fit_too_many[] = "too many sizes to look through";

const char *fit_status_word(enum fit_status s)
{
	static const char *const words[] = {
		[FIT_OK] = "ok",       [FIT_FITS] = "fits",
		[FIT_NONE] = "none",   [FIT_NO_CHOICE] = "no-choice",
		[FIT_ERROR] = "error",
	};

	return words[s];
}

const char *fit_no_budget(enum quantity_id id)
{
	if (quantities[id].unit == UNIT_WORD || quantities[id].unit == UNIT_FLAG)
		return "it is no number";
	return quantities[id].course == COURSE_NONE ? "no size changes it" : NULL;
}

static void start(const struct fit_ask *ask, struct search *s)
{
	search_init(s, ask->setup, ask->budgets, ask->budgets_n);
}

static int64_t longest_of(const struct fit_ask *ask)
{
	const struct setup *s = ask->setup;

	return ask->longest > 0 ? ask->longest : max_i64(s->width, s->height);
}

static void put(const struct seen *at, struct fit_size *out)
{
	*out = (struct fit_size){at->w, at->h, count_positions(&at->count), at->effective};
}

/* ---------------------------------------------------------------- what comes next */

static void find_next(struct search *s, int64_t longest, struct fit_size *out)
{
	struct seen at;
	int64_t k = s->other;

	if (!k)
		k = fit_other(&s->walk, s->unseen, longest, count_positions(&s->best.count));
	if (!k)
		return;
	walk_to(&s->walk, k, &at);
	walk_see(&s->walk, &at);
	put(&at, out);
}

/* ---------------------------------------------------------------- all of it */

const char *fit_no_original(const struct setup *s)
{
	if (!s->model)
		return reason_text(REASON_NO_MODEL);
	if (!s->model->processor)
		return reason_text(REASON_NO_VISION);
	if (s->width < 1 || s->width > SIDE_MAX || s->height < 1 || s->height > SIDE_MAX)
		return reason_text(REASON_BAD_SIZE);
	if (s->lens == LENS_FORMULA && s->model->processor->textbook == TEXTBOOK_NONE)
		return REFUSAL_NO_FORMULA;
	return NULL;
}

static const char *no_answer(const struct fit_ask *ask)
{
	const struct setup *s = ask->setup;
	const char *reason = fit_no_original(s);

	if (reason)
		return reason;
	if (s->images < 1 || s->images > IMAGES_MOST)
		return reason_text(REASON_BAD_COUNT);
	for (int i = 0; i < ask->budgets_n; i++)
		if (fit_no_budget(ask->budgets[i].quantity))
			return fit_no_budget(ask->budgets[i].quantity);
	return NULL;
}

/* Of several budgets the one that alone allows the least. */
static int bound_of(const struct fit_ask *ask, struct search *s)
{
	int which = 0;
	int64_t least = INT64_MAX;

	for (int i = 0; ask->budgets_n > 1 && i < ask->budgets_n; i++) {
		struct fit_ask one = *ask;

		one.budgets = &ask->budgets[i];
		one.budgets_n = 1;
		start(&one, s);
		search_run(s, AIM_LARGEST, longest_of(ask));
		if (!s->has_best)
			return i;
		if (s->best.effective < least) {
			least = s->best.effective;
			which = i;
		}
	}
	return which;
}

/* Why a quantity has no number at a size, when that is so for a reason that no size changes. */
static const char *never(struct search *s, const struct fit_ask *ask)
{
	struct setup at = *ask->setup;
	struct estimate e;

	at.width = s->best.w;
	at.height = s->best.h;
	estimate_steps(&at, s->judge.steps, &e);
	for (int i = 0; i < ask->budgets_n; i++) {
		struct value v = quantity_read(ask->budgets[i].quantity, &at, &e);

		if (v.reason && e.why == REASON_NONE)
			return v.reason;
		if (e.why == REASON_TEXT_TOO_LONG &&
		    (v.reason || quantities[ask->budgets[i].quantity].needs))
			return reason_text(e.why);
	}
	return NULL;
}

static void nothing_holds(const struct fit_ask *ask, struct search *s, struct fit *out)
{
	search_run(s, AIM_CHEAPEST, longest_of(ask));
	out->status = FIT_NONE;
	if (!s->has_best) /* every size is refused */
		return;
	put(&s->best, &out->least);
	out->reason = never(s, ask);
	if (out->reason)
		out->status = FIT_ERROR;
	else if (!s->judge.follows_size &&
		 !fit_other(&s->walk, 1, longest_of(ask), out->least.tokens))
		out->status = FIT_NO_CHOICE;
}

/* E of the picture as it came, also where the way goes on beyond it. */
static int64_t whole_of(const struct fit_ask *ask, struct search *s, const struct seen *end)
{
	struct seen own = {.w = ask->setup->width, .h = ask->setup->height};

	if (ask->longest <= 0)
		return end->effective;
	walk_see(&s->walk, &own);
	return own.effective;
}

void fit(const struct fit_ask *ask, struct fit *out)
{
	struct search s;
	struct seen original;

	*out = (struct fit){.status = FIT_ERROR, .bound_by = -1};
	out->reason = no_answer(ask);
	if (out->reason)
		return;
	start(ask, &s);
	walk_to(&s.walk, longest_of(ask), &original);
	if (ask->longest <= 0) {
		original.w = ask->setup->width;
		original.h = ask->setup->height;
	}
	walk_see(&s.walk, &original);
	out->whole = whole_of(ask, &s, &original);
	search_run(&s, AIM_LARGEST, longest_of(ask));
	if (!s.has_best) {
		nothing_holds(ask, &s, out);
	} else {
		put(&s.best, &out->best);
		find_next(&s, longest_of(ask), &out->next);
		out->status =
			!original.count.refused && judge_holds(&s.judge, original.w, original.h,
							       &original.count, NULL)
				? FIT_FITS
				: FIT_OK;
	}
	bool is_spent = s.walk.spent > WORK_MOST;
	if (out->status != FIT_FITS && out->status != FIT_ERROR)
		out->bound_by = bound_of(ask, &s);
	if (is_spent || s.walk.spent > WORK_MOST)
		*out = (struct fit){.status = FIT_ERROR, .bound_by = -1, .reason = fit_too_many};
}

bool fit_holds(const struct fit_ask *ask, int64_t width, int64_t height, int *bound_by)
{
	struct search s;
	struct seen at = {.w = width, .h = height};
	int missed = -1;

	start(ask, &s);
	walk_count(&s.walk, &at);
	bool is_held =
		!at.count.refused && judge_holds(&s.judge, width, height, &at.count, &missed);
	if (bound_by)
		*bound_by = missed;
	return is_held;
}

bool fit_measure(const struct fit_ask *ask, int64_t width, int64_t height, struct fit_size *out)
{
	struct walk w;
	struct seen at = {.w = width, .h = height};

	walk_init(&w, ask->setup);
	walk_see(&w, &at);
	*out = (struct fit_size){0};
	if (at.count.refused)
		return false;
	put(&at, out);
	return true;
}

static bool holds(struct search *s, const struct seen *at)
{
	return judge_holds(&s->judge, at->w, at->h, &at->count, NULL);
}

static int64_t find_longest(struct search *s, int64_t a, int64_t b)
{
	struct stretch_of of;
	struct seen at;

	if (a > b || s->walk.spent > WORK_MOST)
		return 0;
	walk_to(&s->walk, b, &at);
	walk_count(&s->walk, &at);
	if (!at.count.refused && holds(s, &at))
		return b;
	if (b - a < STRETCH_LEAST)
		return find_longest(s, a, b - 1);
	walk_stretch(&s->walk, a, b - 1, &of);
	if (of.kind == STRETCH_REFUSED || !judge_hopes_of(&s->judge, of.least_tokens) ||
	    (of.kind == STRETCH_EVEN && !s->judge.follows_size && !holds(s, &of.lo)) ||
	    (of.kind == STRETCH_RISING && !judge_hopes(&s->judge, of.lo.w, of.lo.h, &of.lo.count)))
		return 0;
	int64_t middle = a + (b - 1 - a) / 2, k = find_longest(s, middle + 1, b - 1);

	return k ? k : find_longest(s, a, middle);
}

int64_t fit_longest(const struct fit_ask *ask, int64_t most)
{
	struct search s;

	if (no_answer(ask))
		return 0;
	start(ask, &s);
	int64_t k = find_longest(&s, 1, most);

	return s.walk.spent > WORK_MOST ? -1 : k;
}
