/* Stretches of sizes are halved, larger sizes first, until one can be left out or answered as a
 * whole: because it cannot be better than what was found, because none of it holds, because all of
 * it is one size to the model, or because everything rises in it. What is left at the end is a few
 * sizes, which are counted. */
#include "core/fit.h"

#include <stddef.h>

#include "base/base.h"
#include "core/estimate.h"
#include "core/fit_judge.h"
#include "core/fit_walk.h"

enum {
	LEAF = 16,            /* sizes that are sooner counted than asked about */
	WORK_MOST = 30000000, /* counts of one question: a second or two */
};

static const char too_many[] = "too many sizes to look through";

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

/* ---------------------------------------------------------------- one question */

enum aim { AIM_LARGEST, AIM_CHEAPEST };

struct search {
	struct walk walk;
	struct judge judge;
	enum aim aim;
	bool has_best;
	struct seen best;
};

static bool is_better(const struct search *s, const struct seen *a)
{
	const struct seen *b = &s->best;
	int64_t t = judge_tokens(&a->count), u = judge_tokens(&b->count);

	if (!s->has_best)
		return true;
	if (s->aim == AIM_CHEAPEST && t != u)
		return t < u;
	if (a->effective != b->effective)
		return a->effective > b->effective;
	if (t != u)
		return t < u;
	return a->w * a->h < b->w * b->h;
}

/* True if nothing of E at most `most`, tokens at least `least` and more than `pixels` can be better
 * than what was found. */
static bool is_hopeless(const struct search *s, int64_t most, int64_t least, int64_t pixels)
{
	int64_t tokens = judge_tokens(&s->best.count);

	if (!s->has_best)
		return false;
	if (s->aim == AIM_CHEAPEST && least != tokens)
		return least > tokens;
	if (most != s->best.effective)
		return most < s->best.effective;
	return least > tokens || (least == tokens && pixels >= s->best.w * s->best.h);
}

static bool holds(struct search *s, const struct seen *at)
{
	return s->aim == AIM_CHEAPEST || judge_holds(&s->judge, at->w, at->h, &at->count, NULL);
}

static void take(struct search *s, const struct seen *at)
{
	if (!is_better(s, at))
		return;
	s->best = *at;
	s->has_best = true;
}

static void look(struct search *s, int64_t k)
{
	struct seen at;

	walk_to(&s->walk, k, &at);
	if (s->aim == AIM_LARGEST && s->has_best && at.w * at.h < s->best.effective)
		return;
	walk_count(&s->walk, &at);
	if (at.count.refused || !holds(s, &at))
		return;
	walk_see(&s->walk, &at);
	take(s, &at);
}

/* The first k of a..b, where E does not fall, whose E is that of b. is_even: as the stretch
 * counts, else as k does. */
static int64_t first_of_equals(struct search *s, const struct stretch_of *of, bool is_even)
{
	int64_t below = of->lo.k - 1, k = of->hi.k;
	struct seen at;

	while (k - below > 1) {
		int64_t middle = below + (k - below) / 2;
		int64_t effective;

		if (is_even) {
			effective = walk_even(&s->walk, of, middle);
		} else {
			walk_to(&s->walk, middle, &at);
			walk_see(&s->walk, &at);
			effective = at.effective;
		}
		if (effective == of->hi.effective)
			k = middle;
		else
			below = middle;
	}
	return k;
}

/* All sizes count alike. True if the stretch is done with. */
static bool answer_even(struct search *s, struct stretch_of *of)
{
	of->hi.count = of->lo.count;
	if (holds(s, &of->hi)) {
		look(s, first_of_equals(s, of, true));
		/* the first may hold where the last does, but a time differs by pixels alone */
		return true;
	}
	return !s->judge.follows_size ||
	       !judge_holds(&s->judge, of->lo.w, of->lo.h, &of->lo.count, NULL);
}

/* Nothing falls. True if the stretch is done with. */
static bool answer_rising(struct search *s, struct stretch_of *of)
{
	if (s->aim == AIM_CHEAPEST) /* as cheap as the first, as large as may be */
		return false;
	if (!judge_hopes(&s->judge, of->lo.w, of->lo.h, &of->lo.count))
		return true;
	if (!holds(s, &of->hi))
		return false;
	look(s, first_of_equals(s, of, false));
	look(s, of->hi.k);
	return s->has_best && s->best.effective == of->hi.effective;
}

static void search(struct search *s, int64_t a, int64_t b)
{
	struct stretch_of of;

	if (a > b || s->walk.spent > WORK_MOST)
		return;
	if (b - a < LEAF) {
		for (int64_t k = b; k >= a; k--)
			look(s, k);
		return;
	}
	walk_to(&s->walk, b, &of.hi);
	if (s->aim == AIM_LARGEST && s->has_best && of.hi.w * of.hi.h < s->best.effective)
		return;
	walk_stretch(&s->walk, a, b, &of);
	if (of.kind == STRETCH_REFUSED ||
	    is_hopeless(s, of.most, of.least_tokens, of.lo.w * of.lo.h))
		return;
	if (s->aim == AIM_LARGEST && !judge_hopes_of(&s->judge, of.least_tokens))
		return;
	if (of.kind == STRETCH_EVEN && answer_even(s, &of))
		return;
	if (of.kind == STRETCH_RISING && answer_rising(s, &of))
		return;
	int64_t middle = a + (b - a) / 2;

	search(s, middle + 1, b);
	search(s, a, middle);
}

static bool start(const struct fit_ask *ask, struct search *s)
{
	s->aim = AIM_LARGEST;
	s->has_best = false;
	s->best = (struct seen){0};
	walk_init(&s->walk, ask->setup);
	judge_init(&s->judge, ask->setup, ask->budgets, ask->budgets_n);
	return true;
}

static int64_t longest_of(const struct fit_ask *ask)
{
	const struct setup *s = ask->setup;

	return ask->longest > 0 ? ask->longest : max_i64(s->width, s->height);
}

static void put(const struct seen *at, struct fit_size *out)
{
	*out = (struct fit_size){at->w, at->h, judge_tokens(&at->count), at->effective};
}

/* ---------------------------------------------------------------- what comes next */

/* The first k of a..b that takes another number of tokens; 0 = none. */
static int64_t find_other(struct walk *w, int64_t a, int64_t b, int64_t tokens)
{
	struct stretch_of of;
	struct seen at;

	if (a > b || w->spent > WORK_MOST)
		return 0;
	if (b - a < LEAF) {
		for (int64_t k = a; k <= b; k++) {
			walk_to(w, k, &at);
			walk_count(w, &at);
			if (!at.count.refused && judge_tokens(&at.count) != tokens)
				return k;
		}
		return 0;
	}
	walk_stretch(w, a, b, &of);
	if (of.kind == STRETCH_REFUSED)
		return 0;
	bool is_low = of.kind != STRETCH_ANY && judge_tokens(&of.lo.count) == tokens;
	if (of.kind == STRETCH_EVEN)
		return is_low ? 0 : a;
	if (of.kind == STRETCH_RISING && is_low && judge_tokens(&of.hi.count) == tokens)
		return 0;
	int64_t middle = a + (b - a) / 2, k = find_other(w, a, middle, tokens);

	return k ? k : find_other(w, middle + 1, b, tokens);
}

static void find_next(struct search *s, int64_t longest, struct fit_size *out)
{
	struct seen at;
	int64_t k = find_other(&s->walk, s->best.k + 1, longest, judge_tokens(&s->best.count));

	if (!k)
		return;
	walk_to(&s->walk, k, &at);
	walk_see(&s->walk, &at);
	put(&at, out);
}

/* ---------------------------------------------------------------- all of it */

static const char *no_answer(const struct fit_ask *ask)
{
	const struct setup *s = ask->setup;

	if (!s->model)
		return reason_text(REASON_NO_MODEL);
	if (!s->model->processor)
		return reason_text(REASON_NO_VISION);
	if (s->width < 1 || s->width > SIDE_MAX || s->height < 1 || s->height > SIDE_MAX)
		return reason_text(REASON_BAD_SIZE);
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
		search(s, 1, longest_of(ask));
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
	s->aim = AIM_CHEAPEST;
	s->has_best = false;
	search(s, 1, longest_of(ask));
	out->status = FIT_NONE;
	if (!s->has_best) /* every size is refused */
		return;
	put(&s->best, &out->least);
	out->reason = never(s, ask);
	if (out->reason)
		out->status = FIT_ERROR;
	else if (!s->judge.follows_size &&
		 !find_other(&s->walk, 1, longest_of(ask), out->least.tokens))
		out->status = FIT_NO_CHOICE;
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
	out->whole = original.effective;
	search(&s, 1, longest_of(ask));
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
		*out = (struct fit){.status = FIT_ERROR, .bound_by = -1, .reason = too_many};
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
	if (b - a < LEAF)
		return find_longest(s, a, b - 1);
	walk_stretch(&s->walk, a, b - 1, &of);
	if (of.kind == STRETCH_REFUSED ||
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
	return find_longest(&s, 1, most);
}
