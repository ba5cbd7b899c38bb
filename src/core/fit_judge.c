#include "core/fit_judge.h"

#include <string.h>

#include "base/base.h"
#include "core/arith.h"
#include "core/fit_course.h"
#include "core/usual.h"
#include "core/vision_load.h"

/* A few tokens more may take the language model up to 0.9 % less time, where they complete a block;
 * all else rises, up to its last digits (tests/prop_fit.c asks). */
static const double uneven = 0.02, rounding = 1e-12;

/* By member: clearing all that is remembered would take longer than most searches. */
void judge_init(struct judge *j, const struct setup *s, const struct fit_budget *budgets, int n)
{
	j->setup = *s;
	j->budgets = budgets;
	j->n = n;
	j->plain = (struct estimate){0};
	j->steps = 0;
	j->asks_count = j->asks_estimate = j->recounts = j->is_unsteady = false;
	j->follows_size = false;
	j->follows_tokens = true;
	j->good = -1;
	j->bad = INT64_MAX;
	j->least_good = 0;
	j->least_bad = INT64_MAX;
	j->fresh = 0;
	marks_init(&j->beyond, false);
	for (int i = 0; i < SAME; i++) {
		marks_init(&j->held[i], true);
		marks_init(&j->missed[i], true);
	}
	j->is_ordered = true;
	j->is_close = false;
	j->in_vain = 0;
	for (size_t i = 0; i < ARRAY_SIZE(j->known); i++)
		j->known[i] = 0;
	for (int i = 0; i < ESTIMATE_MEMOS; i++)
		j->memos[i].is_set = false;
	for (int i = 0; i < n; i++) {
		enum course c = fit_course(s, budgets[i].quantity);
		unsigned needs = quantities[budgets[i].quantity].needs;
		bool is_time = needs & ESTIMATE_PREFILL;

		j->course[i] = c;
		j->asks_count = j->asks_count || c == COURSE_COUNT;
		if (c == COURSE_COUNT)
			continue;
		j->asks_estimate = true;
		j->steps |= needs;
		bool is_by_size = fit_is_counted_anew(s, budgets[i].quantity);
		j->recounts = j->recounts || is_by_size;
		j->is_unsteady = j->is_unsteady || fit_is_unsteady(s, budgets[i].quantity);
		j->follows_tokens = j->follows_tokens && c == COURSE_TOKENS;
		j->is_ordered = j->is_ordered && fit_is_ordered(budgets[i].quantity);
		j->follows_size = j->follows_size || is_time || is_by_size;
	}
	j->has_images = n == 1 && j->recounts && fit_images_init(&j->images, s, budgets->value);
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
	e->tokens.images = tokens_product(e->tokens.per_image, j->setup.images);
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

/* Forgives the language model what it is uneven by. */
static void forgive(struct estimate *e)
{
	double llm = uneven * e->prefill.llm.seconds;
	double *times[] = {&e->prefill.llm.seconds, &e->prefill.gpu_s, &e->prefill.ttft_s};

	for (size_t i = 0; i < ARRAY_SIZE(times); i++)
		*times[i] -= llm;
	e->prefill.llm_flop *= 1 - uneven;
	e->prefill.low_s *= 1 - uneven;
	e->prefill.high_s *= 1 - uneven;
}

static void estimate_one(struct judge *j, const struct count *c, bool hopeful, struct estimate *e)
{
	unsigned steps = hopeful ? j->steps & ~(unsigned)ESTIMATE_SERVER : j->steps;

	if (j->recounts)
		estimate_steps(&j->setup, steps, e);
	else
		estimate_counted(&j->setup, c, steps, j->memos, e);
	if (hopeful && !e->prefill.reason)
		forgive(e);
	if (steps != j->steps)
		estimate_server(&j->setup, e->why, e);
}

/* Of the others. hopeful: what moves in no known way is taken to hold, the rest is forgiven a
 * little. */
static int missed_by_estimate(struct judge *j, int64_t width, int64_t height, const struct count *c,
			      bool hopeful)
{
	struct estimate e;

	j->setup.width = width;
	j->setup.height = height;
	j->fresh += !hopeful;
	j->is_close = false;
	estimate_one(j, c, hopeful, &e);
	for (int i = 0; i < j->n; i++) {
		enum course course = j->course[i];
		double slack = hopeful ? rounding : 0;

		if (course == COURSE_COUNT || (hopeful && course == COURSE_ANY))
			continue;
		struct value v = quantity_read(j->budgets[i].quantity, &j->setup, &e);
		bool is_unserved =
			estimate_is_over(e.why) && quantities[j->budgets[i].quantity].needs;
		if (v.reason || is_unserved)
			return i;
		bool is_near = is_met(&j->budgets[i], v.number, rounding) !=
			       is_met(&j->budgets[i], v.number, -rounding);
		if (!is_met(&j->budgets[i], v.number, slack)) {
			j->is_close = is_near;
			return i;
		}
		j->is_close = j->is_close || is_near;
	}
	return -1;
}

/* Whether all sizes of that count are the same work for the GPU. */
static bool is_same_work(const struct judge *j, const struct count *c)
{
	const struct model *m = j->setup.model;

	/* the textbook runs a convolutional tower at the picture's own size */
	return m->tower && vision_load_follows_count(m, c) &&
	       !(j->setup.lens == LENS_FORMULA && m->tower->is_conv);
}

bool judge_is_steady(const struct judge *j, const struct count *c)
{
	return !j->recounts && !j->is_unsteady && (!j->follows_size || is_same_work(j, c));
}

static bool is_same(const struct count *a, const struct count *b)
{
	return a->visual == b->visual && a->special == b->special && a->total == b->total &&
	       a->has_special == b->has_special && a->tiles == b->tiles &&
	       a->encoder_patches == b->encoder_patches && a->resized_w == b->resized_w &&
	       a->resized_h == b->resized_h;
}

/* The place of a count; another one that stood there is forgotten. */
static struct verdict *verdict_of(struct judge *j, const struct count *c)
{
	uint64_t key = ((uint64_t)c->visual * 31 + (uint64_t)c->tiles) * 31 +
		       (uint64_t)c->resized_w * 7 + (uint64_t)c->resized_h;
	size_t at = (key * 0x9e3779b97f4a7c15u >> 32) % VERDICTS;
	struct verdict *v = &j->verdicts[at];
	uint64_t *known = &j->known[at / 64], bit = UINT64_C(1) << at % 64;

	if (!(*known & bit) || !is_same(&v->count, c)) {
		*known |= bit;
		v->count = *c;
		v->good = -1;
		v->bad = INT64_MAX;
		v->asked = 0;
	}
	return v;
}

/* One that is asked about again and again is settled once and for all: nothing of a steady count
 * hangs on the sides but their product. */
enum { ASKED_MOST = 6 };

static void settle(struct judge *j, struct verdict *v)
{
	int64_t good = max_i64(v->good, 0), bad = v->bad;

	if (bad > SIDE_MAX) { /* as far as a single row of pixels goes */
		if (missed_by_estimate(j, SIDE_MAX, 1, &v->count, false) < 0) {
			v->good = max_i64(good, SIDE_MAX);
			return;
		}
		bad = SIDE_MAX;
	}
	while (bad - good > 1) {
		int64_t middle = good + (bad - good) / 2;

		if (missed_by_estimate(j, middle, 1, &v->count, false) < 0)
			good = middle;
		else
			bad = middle;
	}
	v->good = good;
	v->bad = bad;
	j->is_close = true;
}

/* The same of one that is not steady, of whose larger sizes not all can be told from one: from
 * where on there is no hope. */
static void settle_hope(struct judge *j, struct verdict *v, int64_t pixels)
{
	int64_t hope = 0, none = pixels;

	if (missed_by_estimate(j, pixels, 1, &v->count, true) < 0)
		return;
	while (none - hope > 1) {
		int64_t middle = hope + (none - hope) / 2;

		if (missed_by_estimate(j, middle, 1, &v->count, true) < 0)
			hope = middle;
		else
			none = middle;
	}
	v->bad = none;
}

/* From what is known of the count, else by an estimate. */
static bool is_held_by(struct judge *j, int64_t width, int64_t height, struct verdict *v)
{
	bool is_steady = judge_is_steady(j, &v->count);
	int64_t pixels = j->follows_size ? width * height : 0;

	if (pixels > v->good && pixels < v->bad && v->asked++ == ASKED_MOST) {
		if (is_steady && v->good < SIDE_MAX)
			settle(j, v);
		if (!is_steady && pixels < SIDE_MAX)
			settle_hope(j, v, pixels);
	}
	if (pixels <= v->good || pixels >= v->bad)
		return pixels <= v->good;
	bool good = missed_by_estimate(j, width, height, &v->count, false) < 0;
	if (is_steady && good)
		v->good = pixels;
	else if (is_steady)
		v->bad = pixels;
	return good;
}

/* What was found is so of all that load more, or less. A picture that fails is tried as if it were
 * tiny: where it fails all the same it does so whatever the pixels of its file. */
static void remember(struct judge *j, const struct count *c, struct load *l, bool good)
{
	enum { VAIN_MOST = 4 };
	size_t at = (size_t)load_positions(l) % SAME;

	if (!j->is_ordered || j->is_close)
		return;
	if (!good && j->follows_size && j->in_vain < VAIN_MOST) {
		bool is_tiny_good = missed_by_estimate(j, 1, 1, c, false) < 0;

		if (j->is_close || is_tiny_good)
			j->in_vain++;
		else
			load_of(&j->setup, c, l);
	}
	marks_add(good ? &j->held[at] : &j->missed[at], l, good);
}

static struct load load_at(struct judge *j, int64_t width, int64_t height, const struct count *c)
{
	struct load l;

	j->setup.width = width;
	j->setup.height = height;
	load_of(&j->setup, c, &l);
	return l;
}

/* missed_by_estimate, where only whether is asked. */
static bool is_held(struct judge *j, int64_t width, int64_t height, const struct count *c)
{
	struct load l = load_at(j, width, height, c);
	size_t at = (size_t)load_positions(&l) % SAME;
	int64_t before = j->fresh;

	if (j->has_images) {
		enum fit_images_answer answer = fit_images(&j->images, width, height);

		if (answer != IMAGES_UNSURE)
			return answer == IMAGES_FIT;
	}
	if (marks_are_met(&j->beyond, &l) || marks_are_met(&j->missed[at], &l))
		return false;
	if (marks_are_kept(&j->held[at], &l))
		return true;
	bool is_alone = j->recounts || (j->follows_size && !is_same_work(j, c));
	bool good = is_alone ? missed_by_estimate(j, width, height, c, false) < 0
			     : is_held_by(j, width, height, verdict_of(j, c));
	if (j->fresh > before)
		remember(j, c, &l, good);
	return good;
}

bool judge_holds(struct judge *j, int64_t width, int64_t height, const struct count *c, int *missed)
{
	int64_t tokens = count_positions(c);
	int which = missed_by_count(j, c, tokens);

	if (missed) {
		*missed = which;
		if (which < 0 && j->asks_estimate)
			*missed = missed_by_estimate(j, width, height, c, false);
		return *missed < 0;
	}
	if (which >= 0 || !j->asks_estimate)
		return which < 0;
	if (!j->follows_tokens)
		return is_held(j, width, height, c);
	if (tokens <= j->good || tokens >= j->bad)
		return tokens <= j->good;
	bool good = missed_by_estimate(j, width, height, c, false) < 0;
	if (good)
		j->good = tokens;
	else
		j->bad = tokens;
	return good;
}

bool judge_hopes(struct judge *j, int64_t width, int64_t height, const struct count *c)
{
	if (missed_by_count(j, c, count_positions(c)) >= 0)
		return false;
	if (!j->asks_estimate)
		return true;
	if (j->follows_tokens)
		return judge_holds(j, width, height, c, NULL);
	struct load l = load_at(j, width, height, c);

	if (marks_are_met(&j->beyond, &l))
		return false;
	if (missed_by_estimate(j, width, height, c, true) < 0)
		return true;
	marks_add(&j->beyond, &l, false);
	return false;
}

/* Of a picture that is next to nothing but for its positions. */
static bool least_hopes(struct judge *j, int64_t tokens)
{
	const struct count c = {
		.visual = 1,
		.special = tokens - 1,
		.total = tokens,
		.has_special = true,
		.tiles = 1,
		.encoder_patches = 1,
		.resized_w = 1,
		.resized_h = 1,
	};

	if (tokens <= j->least_good || tokens >= j->least_bad)
		return tokens <= j->least_good;
	bool is_hopeful = missed_by_estimate(j, 1, 1, &c, true) < 0;
	if (is_hopeful)
		j->least_good = tokens;
	else
		j->least_bad = tokens;
	return is_hopeful;
}

bool judge_hopes_of(struct judge *j, int64_t least_tokens)
{
	static const struct count nothing;

	if (j->asks_estimate && j->follows_tokens && least_tokens >= j->bad)
		return false;
	if (missed_by_count(j, &nothing, least_tokens) >= 0)
		return false;
	return !j->asks_estimate || j->follows_tokens || j->recounts || least_tokens < 1 ||
	       least_hopes(j, least_tokens);
}
