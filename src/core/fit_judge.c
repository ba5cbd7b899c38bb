#include "core/fit_judge.h"

#include <string.h>

#include "core/arith.h"
#include "core/usual.h"
#include "core/vision_load.h"

/* One token more may take 0.3 % less time, where it completes a block (tests/prop_prefill.c). */
static const double uneven = 0.02;

static enum course course_of(const struct setup *s, enum quantity_id id)
{
	bool is_crossed = s->model->cross_positions > 0 && (quantities[id].needs & ESTIMATE_KV);

	if (quantities[id].course == COURSE_TOKENS && is_crossed)
		return COURSE_WORSE;
	return quantities[id].course;
}

/* Whether a picture is counted anew for it, with more images in the request. */
static bool is_by_size(const struct setup *s, enum quantity_id id)
{
	return id == Q_IMAGES_FIT && !estimate_counts_alike(s);
}

/* Whether pixels alone, with the same count, may move a number of the server either way. What they
 * take before the encoder only limits the rate, unless the GPU prepares the pictures: then it takes
 * turns with all else. How many servers a traffic needs is found in steps. */
static bool is_server_unsteady(const struct setup *s, enum quantity_id id)
{
	enum preprocess_way way = s->preprocess;
	const char *group = quantities[id].group;

	if (way == PREPROCESS_AUTO && s->engine)
		way = s->engine->prepares;
	return way == PREPROCESS_GPU || (group && strcmp(group, "traffic") == 0);
}

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
	for (int i = 0; i < VERDICTS; i++)
		j->verdicts[i].is_set = false;
	for (int i = 0; i < ESTIMATE_MEMOS; i++)
		j->memos[i].is_set = false;
	for (int i = 0; i < n; i++) {
		enum course c = course_of(s, budgets[i].quantity);
		unsigned needs = quantities[budgets[i].quantity].needs;
		bool is_time = needs & ESTIMATE_PREFILL;
		bool is_served = needs & ESTIMATE_SERVER;

		j->course[i] = c;
		j->asks_count = j->asks_count || c == COURSE_COUNT;
		if (c == COURSE_COUNT)
			continue;
		j->asks_estimate = true;
		j->steps |= needs;
		j->recounts = j->recounts || is_by_size(s, budgets[i].quantity);
		j->is_unsteady =
			j->is_unsteady || (is_served ? is_server_unsteady(s, budgets[i].quantity)
						     : is_time && c != COURSE_WORSE);
		j->follows_tokens = j->follows_tokens && c == COURSE_TOKENS;
		j->follows_size = j->follows_size || is_time || is_by_size(s, budgets[i].quantity);
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
static int missed_by_estimate(struct judge *j, int64_t width, int64_t height, const struct count *c,
			      bool hopeful)
{
	struct estimate e;

	j->setup.width = width;
	j->setup.height = height;
	if (j->recounts)
		estimate_steps(&j->setup, j->steps, &e);
	else
		estimate_counted(&j->setup, c, j->steps, j->memos, &e);
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
	uint64_t key = (uint64_t)c->visual * 5 + (uint64_t)c->tiles + (uint64_t)c->resized_w;
	struct verdict *v = &j->verdicts[key % VERDICTS];

	if (!v->is_set || !is_same(&v->count, c)) {
		v->is_set = true;
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

/* missed_by_estimate, where only whether is asked. */
static bool is_held(struct judge *j, int64_t width, int64_t height, const struct count *c)
{
	if (j->recounts || (j->follows_size && !is_same_work(j, c)))
		return missed_by_estimate(j, width, height, c, false) < 0;
	return is_held_by(j, width, height, verdict_of(j, c));
}

bool judge_holds(struct judge *j, int64_t width, int64_t height, const struct count *c, int *missed)
{
	int64_t tokens = judge_tokens(c);
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
	if (missed_by_count(j, c, judge_tokens(c)) >= 0)
		return false;
	if (!j->asks_estimate)
		return true;
	if (j->follows_tokens)
		return judge_holds(j, width, height, c, NULL);
	return missed_by_estimate(j, width, height, c, true) < 0;
}

bool judge_hopes_of(struct judge *j, int64_t least_tokens)
{
	static const struct count nothing;

	if (j->asks_estimate && j->follows_tokens && least_tokens >= j->bad)
		return false;
	return missed_by_count(j, &nothing, least_tokens) < 0;
}
