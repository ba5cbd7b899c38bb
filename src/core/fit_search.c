/* From the largest size down, by stretches of sizes that are left out or answered as a whole:
 * because none of a stretch can be better than what was found, because none of it holds, because
 * all of it is one size to the model, or because everything rises in it. Where that cannot be said
 * of a few sizes, they are counted. A budget on a time asks for an estimate, which takes as long as
 * a hundred counts: only sizes that would be better are judged. */
#include "core/fit_search.h"

#include "core/fit_pace.h"
#include "core/fit_scale.h"
#include "core/fit_shape.h"

/* Sizes of which each is looked at, where the shape alone decides. */
enum { SHAPED_MOST = 1024 };

static bool is_better(const struct search *s, const struct count *c, int64_t effective,
		      int64_t pixels)
{
	const struct seen *b = &s->best;
	int64_t t = count_positions(c), u = count_positions(&b->count);

	if (!s->has_best)
		return true;
	if (s->aim == AIM_CHEAPEST && t != u)
		return t < u;
	if (effective != b->effective)
		return effective > b->effective;
	if (t != u)
		return t < u;
	return pixels < b->w * b->h;
}

static bool is_seen_better(const struct search *s, const struct seen *a)
{
	return is_better(s, &a->count, a->effective, a->w * a->h);
}

/* True if nothing of E at most `most`, tokens at least `least` and more than `pixels` can be better
 * than what was found. */
static bool is_hopeless(const struct search *s, int64_t most, int64_t least, int64_t pixels)
{
	int64_t tokens = count_positions(&s->best.count);

	if (!s->has_best)
		return false;
	if (s->aim == AIM_CHEAPEST && least != tokens)
		return least > tokens;
	if (most != s->best.effective)
		return most < s->best.effective;
	return least > tokens || (least == tokens && pixels >= s->best.w * s->best.h);
}

/* Estimates that come to nothing are many where sizes are judged one by one: then it is looked for
 * where the sizes begin that are too much, so that none above that is like one of them needs its
 * own. */
enum { ENOUGH = 8 };

static bool has_hope(struct search *s, int64_t k,
		     bool (*judge)(struct judge *, int64_t, int64_t, const struct count *))
{
	struct seen at;

	walk_to(&s->walk, k, &at);
	walk_count(&s->walk, &at);
	return at.count.refused || judge(&s->judge, at.w, at.h, &at.count);
}

static bool is_good(struct judge *j, int64_t width, int64_t height, const struct count *c)
{
	return judge_holds(j, width, height, c, NULL);
}

/* The judge knows from then on what was found to be too much. What the language model is uneven by
 * may be all that a picture makes of a difference: then the sizes themselves are judged, whose
 * marks are good for others of as many tokens. */
static void look_for_hope(struct search *s, int64_t from)
{
	bool is_open = has_hope(s, from, judge_hopes);
	int64_t hope = 0, none = from;

	s->patience = is_open ? s->patience * 2 : ENOUGH;
	while (none - hope > 1) {
		int64_t middle = hope + (none - hope) / 2;

		if (has_hope(s, middle, is_open ? is_good : judge_hopes))
			hope = middle;
		else
			none = middle;
	}
	s->enough = s->judge.fresh + s->patience;
}

static bool holds(struct search *s, const struct seen *at)
{
	if (s->aim == AIM_CHEAPEST || judge_holds(&s->judge, at->w, at->h, &at->count, NULL))
		return true;
	if (s->judge.fresh >= s->enough)
		look_for_hope(s, at->k);
	return false;
}

/* Of a better one: false if it does not hold. */
static bool take(struct search *s, const struct seen *at)
{
	bool is_on_trail = s->trail.last == at->k;

	if (!holds(s, at))
		return false;
	s->best = *at;
	s->has_best = true;
	s->other = is_on_trail ? s->trail.other : 0;
	s->unseen = is_on_trail ? s->trail.top + 1 : at->k + 1;
	return true;
}

/* A size that is no better is not judged: that may take much longer than to count it. */
static void look(struct search *s, int64_t k)
{
	bool is_first = !s->has_best && s->aim == AIM_LARGEST;
	struct seen at;

	walk_to(&s->walk, k, &at);
	if (s->aim == AIM_LARGEST && s->has_best && at.w * at.h < s->best.effective)
		return;
	/* a count without its layout is quicker, and the first sizes are too many tokens */
	if (is_first)
		walk_count(&s->walk, &at);
	else
		walk_see(&s->walk, &at);
	trail_add(&s->trail, k, &at.count);
	if (at.count.refused || (is_first && !holds(s, &at)))
		return;
	if (is_first)
		walk_see(&s->walk, &at);
	if (is_seen_better(s, &at))
		take(s, &at);
}

/* E of a longer side of the stretch. */
static int64_t effective_at(struct search *s, const struct stretch_of *of, int64_t k)
{
	struct seen at;

	if (of->kind == STRETCH_EVEN)
		return walk_even(&s->walk, of, k);
	walk_to(&s->walk, k, &at);
	walk_see(&s->walk, &at);
	return at.effective;
}

/* The first k of the stretch, up to `last`, whose E is that of `last`: no E of it falls. */
static int64_t first_of_equals(struct search *s, const struct stretch_of *of, int64_t last)
{
	int64_t below = of->lo.k - 1, k = last, effective = effective_at(s, of, last);

	while (k - below > 1) {
		int64_t middle = below + (k - below) / 2;

		if (effective_at(s, of, middle) == effective)
			k = middle;
		else
			below = middle;
	}
	return k;
}

/* The last size holds, so that no other can have more effective pixels; the first that has as many
 * and holds takes the fewest tokens and pixels. */
static void answer_last(struct search *s, const struct stretch_of *of)
{
	struct seen at;

	for (int64_t k = first_of_equals(s, of, of->hi.k); k <= of->hi.k; k++) {
		walk_to(&s->walk, k, &at);
		walk_see(&s->walk, &at);
		if (!is_seen_better(s, &at) || take(s, &at))
			return;
	}
}

static bool even_holds(struct search *s, struct stretch_of *of, int64_t k)
{
	struct seen at;

	walk_to(&s->walk, k, &at);
	return judge_holds(&s->judge, at.w, at.h, &of->lo.count, NULL);
}

/* All sizes count alike, and the smaller hold sooner: the largest that holds is looked for. */
static void answer_steady(struct search *s, struct stretch_of *of)
{
	int64_t good = of->lo.k, bad = of->hi.k;

	if (!even_holds(s, of, good))
		return;
	while (bad - good > 1) {
		int64_t middle = good + (bad - good) / 2;

		if (even_holds(s, of, middle))
			good = middle;
		else
			bad = middle;
	}
	look(s, first_of_equals(s, of, good));
}

/* All sizes count alike. True if the stretch is done with. */
static bool answer_even(struct search *s, struct stretch_of *of)
{
	of->hi.count = of->lo.count;
	if (s->aim == AIM_CHEAPEST)
		look(s, first_of_equals(s, of, of->hi.k));
	else if (holds(s, &of->hi))
		answer_last(s, of);
	else if (judge_is_steady(&s->judge, &of->lo.count))
		answer_steady(s, of);
	else if (!s->judge.has_images || !fit_images_alike(&s->judge.images, of->lo.k, of->hi.k))
		return !judge_hopes(&s->judge, of->lo.w, of->lo.h, &of->lo.count);
	return true;
}

/* Nothing falls: as many tokens as the first takes, and as large as may be. */
static void answer_cheapest(struct search *s, struct stretch_of *of)
{
	int64_t same = of->lo.k, other = of->hi.k;
	struct seen at;

	while (other - same > 1) {
		walk_to(&s->walk, same + (other - same) / 2, &at);
		walk_count(&s->walk, &at);
		if (count_positions(&at.count) == count_positions(&of->lo.count))
			same = at.k;
		else
			other = at.k;
	}
	if (count_positions(&of->hi.count) == count_positions(&of->lo.count))
		same = of->hi.k;
	look(s, first_of_equals(s, of, same));
}

/* Nothing falls. True if the stretch is done with. */
static bool answer_rising(struct search *s, struct stretch_of *of)
{
	if (s->aim == AIM_CHEAPEST) {
		answer_cheapest(s, of);
		return true;
	}
	if (!judge_hopes(&s->judge, of->lo.w, of->lo.h, &of->lo.count))
		return true;
	if (!holds(s, &of->hi))
		return false;
	answer_last(s, of);
	return true;
}

/* A size that counts as another does. */
static struct seen seen_as(const struct seen *at, const struct seen *as)
{
	struct seen one = *at;

	one.count = as->count;
	one.layout = as->layout;
	one.effective = fit_effective(at->w, at->h, &as->count, &as->layout);
	return one;
}

/* Looks at each size of a stretch in which the shape alone decides. is_judged: what is better is
 * taken if it holds; else only the best of all is found, with the trail to it. */
static void look_by_shape(struct search *s, const struct stretch_of *of, bool is_judged,
			  struct trail *to_best)
{
	struct shapes shapes;
	struct seen at;

	shapes_clear(&shapes);
	for (int64_t k = of->hi.k; k >= of->lo.k; k--) {
		walk_to(&s->walk, k, &at);
		if (s->aim == AIM_LARGEST && s->has_best && at.w * at.h < s->best.effective)
			return;
		const struct seen *as = shapes_see(&shapes, &s->walk, &at);
		trail_add(&s->trail, k, &as->count);
		if (as->count.refused)
			continue;
		int64_t effective = fit_effective(at.w, at.h, &as->count, &as->layout);
		if (!is_better(s, &as->count, effective, at.w * at.h))
			continue;
		at = seen_as(&at, as);
		if (is_judged) {
			take(s, &at);
			continue;
		}
		s->best = at;
		s->has_best = true;
		*to_best = s->trail;
	}
}

/* The best of all may hold: then the others need not be judged, which takes longer than to count
 * them. */
static bool take_best_by_shape(struct search *s, const struct stretch_of *of)
{
	struct seen known = s->best, found;
	bool has_known = s->has_best;
	struct trail to_best = {0}, to_end;

	look_by_shape(s, of, false, &to_best);
	found = s->best;
	to_end = s->trail;
	s->best = known;
	s->has_best = has_known;
	if (to_best.last == 0)
		return true;
	s->trail = to_best;
	bool is_taken = take(s, &found);
	s->trail = to_end;
	return is_taken;
}

/* The shape alone decides: each size is looked at, few are counted. True if the stretch is done
 * with; one of many sizes may be better divided. */
static bool answer_shaped(struct search *s, const struct stretch_of *of)
{
	struct trail before = s->trail;

	if (of->hi.k - of->lo.k >= SHAPED_MOST)
		return false;
	if (s->judge.recounts && s->aim == AIM_LARGEST) {
		if (take_best_by_shape(s, of))
			return true;
		s->trail = before;
	}
	look_by_shape(s, of, true, NULL);
	return true;
}

/* The sizes a..b without counting each. True if they are done with. */
static bool answer(struct search *s, int64_t a, int64_t b)
{
	struct stretch_of of;

	walk_stretch(&s->walk, a, b, &of);
	if (of.kind == STRETCH_REFUSED ||
	    is_hopeless(s, of.most, of.least_tokens, of.lo.w * of.lo.h))
		return true;
	if (s->aim == AIM_LARGEST && !judge_hopes_of(&s->judge, of.least_tokens))
		return true;
	switch (of.kind) {
	case STRETCH_EVEN:
		return answer_even(s, &of);
	case STRETCH_RISING:
		return answer_rising(s, &of);
	case STRETCH_SHAPED:
		return answer_shaped(s, &of);
	case STRETCH_ANY:
	case STRETCH_REFUSED:
		break;
	}
	return false;
}

static bool is_over(const struct search *s, int64_t k)
{
	struct seen at;

	if (k < 1 || s->walk.spent > WORK_MOST)
		return true;
	walk_to(&s->walk, k, &at);
	return s->aim == AIM_LARGEST && s->has_best && at.w * at.h < s->best.effective;
}

void search_run(struct search *s, enum aim aim, int64_t longest)
{
	struct fit_pace pace = fit_pace_new();

	s->aim = aim;
	s->has_best = false;
	s->patience = ENOUGH;
	s->enough = s->judge.fresh + s->patience;
	/* the cheapest is seldom large; known early, it answers for what is dearer */
	for (int64_t k = 1; aim == AIM_CHEAPEST && k <= longest; k *= 4)
		look(s, k);
	s->trail = (struct trail){0};
	for (int64_t k = longest; !is_over(s, k);) {
		int64_t n = min_i64(pace.stretch, k);

		if (pace.alone == 0) {
			bool done = answer(s, k - n + 1, k);

			k -= done ? n : 0;
			fit_pace_after(&pace, n, done);
		} else {
			look(s, k--);
			pace.alone--;
		}
	}
}

void search_init(struct search *s, const struct setup *setup, const struct fit_budget *budgets,
		 int n)
{
	s->best = (struct seen){0};
	s->has_best = false;
	walk_init(&s->walk, setup);
	judge_init(&s->judge, setup, budgets, n);
}
