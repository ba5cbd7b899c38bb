/* Do the surfaces say the same, and do the numbers keep their own laws? Random models, sizes,
 * requests, devices and knobs; a line for each property. prop_agree [CASES [SEED]]; the seed is
 * printed, and the first settings that break a property with it. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "core/count.h"
#include "core/kv.h"
#include "core/quantity.h"
#include "core/sweep.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "tests/random_setup.h"
#include "view/chart.h"
#include "view/compare.h"
#include "view/frame.h"

/* ------------------------------------------------------------ properties */

enum property {
	TEXTBOOK_COUNTS,
	STEPS_ARE_COUNTS,
	STEPS_ADD_UP,
	RESIZED_IS_SHOWN,
	CAPS_ARE_BOUND,
	BOUND_IS_A_CAP,
	STEPS_READ_WELL,
	CLIFFS_HOLD,
	CLIFFS_ARE_NEAREST,
	TOKENS_ADD_UP,
	SHARE_IS_TOTAL,
	IMAGES_FIT,
	NO_TOKENS_NO_FIT,
	MEMORY_ADDS_UP,
	TIME_ADDS_UP,
	KV_OF_PLAIN_MODELS,
	PARTS_OF_A_REQUEST,
	FINITE,
	MORE_IMAGES,
	MORE_IMAGES_TIME,
	MORE_TEXT,
	MORE_TEXT_TIME,
	MORE_OUTPUT,
	LARGER_CONTEXT,
	MORE_DEVICES,
	MORE_DEVICES_TIME,
	MORE_THREADS,
	SMALLER_CACHE,
	SMALLER_WEIGHTS,
	CHART_IS_ESTIMATE,
	CHART_WIDTHS,
	COMPARISON_IS_ESTIMATE,
	PROPERTIES_N
};

static struct {
	const char *text;
	int cases, bad;
} properties[] = {
	[TEXTBOOK_COUNTS] = {"lens formula is the textbook's quotients, floored", 0, 0},
	[STEPS_ARE_COUNTS] = {"the derivation ends in the count", 0, 0},
	[STEPS_ADD_UP] = {"steps in tokens add up to the visual tokens", 0, 0},
	[RESIZED_IS_SHOWN] =
		{"the size that count calls resized is a step, and in the picture's view", 0, 0},
	[CAPS_ARE_BOUND] =
		{"where a cap or floor of area changes the count, a step says it is bound", 0, 0},
	[BOUND_IS_A_CAP] = {"a step that is bound: with its limits relaxed the count changes", 0,
			    0},
	[STEPS_READ_WELL] = {"thousands have their marks, and 1 is one thing", 0, 0},
	[CLIFFS_HOLD] = {"cheaper and dearer sizes are so, and of the same aspect", 0, 0},
	[CLIFFS_ARE_NEAREST] = {"no width within 256 px is nearer", 0, 0},
	[TOKENS_ADD_UP] = {"tokens add up: image, images, request, limit", 0, 0},
	[SHARE_IS_TOTAL] = {"the share is total by limit; 100.0 % and 0.0 % are exact", 0, 0},
	[IMAGES_FIT] = {"so many images fit and one more does not, however many are sent", 0, 0},
	[NO_TOKENS_NO_FIT] = {"an image of no tokens has no number that fits", 0, 0},
	[MEMORY_ADDS_UP] = {"memory adds up, and requests at once are its quotient", 0, 0},
	[TIME_ADDS_UP] = {"parts make the time, and its range holds it", 0, 0},
	[KV_OF_PLAIN_MODELS] = {"KV of plain models is layers x heads x size, in whole blocks", 0,
				0},
	[PARTS_OF_A_REQUEST] = {"no part of a request's cache is more than the whole", 0, 0},
	[FINITE] = {"every value is finite, none is -0 or negative but what is left", 0, 0},
	[MORE_IMAGES] = {"one image more: tokens and KV rise, what is left falls", 0, 0},
	[MORE_IMAGES_TIME] = {"one image more never takes less time, nor at either end", 0, 0},
	[MORE_TEXT] = {"more text: tokens and KV rise, what is left falls", 0, 0},
	[MORE_TEXT_TIME] = {"more text never takes less time, nor at either end", 0, 0},
	[MORE_OUTPUT] = {"more output: tokens rise, the time does not change", 0, 0},
	[LARGER_CONTEXT] = {"a larger context: more is left, tokens and KV stay", 0, 0},
	[MORE_DEVICES] = {"twice the devices: twice the memory, at most twice the copies", 0, 0},
	[MORE_DEVICES_TIME] = {"twice the devices: not below half the time, the same operations", 0,
			       0},
	[MORE_THREADS] = {"more CPU threads never take more time, and change nothing else", 0, 0},
	[SMALLER_CACHE] = {"a smaller data type: less KV, as many requests at least", 0, 0},
	[SMALLER_WEIGHTS] = {"a smaller data type: lighter weights, as many requests at least", 0,
			     0},
	[CHART_IS_ESTIMATE] = {"the chart's points are the estimate at their sizes", 0, 0},
	[CHART_WIDTHS] = {"the chart's widths rise from 224 to 4096, each once", 0, 0},
	[COMPARISON_IS_ESTIMATE] = {"the comparison's rows are the estimates of their models", 0,
				    0},
};
_Static_assert(sizeof properties / sizeof properties[0] == PROPERTIES_N, "a line for each");

static struct registry reg;

/* One case of a property; what: numbers to look at when it does not hold. */
static void must(enum property p, bool holds, const struct setup *s, double a, double b)
{
	properties[p].cases++;
	if (holds || properties[p].bad++ >= 3)
		return;
	printf("# %s: %.17g, %.17g\n", properties[p].text, a, b);
	print_setup(s);
}

static double number(enum quantity_id id, const struct setup *s, const struct estimate *e)
{
	struct value v = quantity_read(id, s, e);

	return v.reason || v.text ? NAN : v.number;
}

/* a <= b where both are there. */
static bool rises(double a, double b)
{
	return isnan(a) || isnan(b) || a <= b + 1e-9 * fabs(b) + 1e-9;
}

static bool same(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * fabs(a);
}

/* ------------------------------------------------------------ counts */

static void check_formula(const struct setup *s, const struct estimate *e)
{
	const struct processor *p = s->model->processor;
	int32_t patch = s->knobs.patch ? s->knobs.patch : p->patch;
	int32_t merge = s->knobs.merge ? s->knobs.merge : p->merge;
	int32_t pool = s->knobs.pool ? s->knobs.pool : p->pool;

	if (s->lens != LENS_FORMULA || e->count.refused)
		return;
	int64_t n = count_textbook(p->textbook, patch, merge, pool, s->knobs.grid_k, s->width,
				   s->height);

	if (p->textbook != TEXTBOOK_MULTIGRID || s->knobs.grid_k)
		must(TEXTBOOK_COUNTS, e->count.visual == n, s, (double)e->count.visual, (double)n);
	must(TEXTBOOK_COUNTS, e->count.special == 0 && e->tokens.per_image == e->count.visual, s,
	     (double)e->count.special, (double)e->tokens.per_image);
}

static void check_steps(const struct setup *s, const struct estimate *e)
{
	struct trace t = {.n = 0};
	struct count c;
	int64_t summands = 0, last = 0, visual = -1, total = -1, special = 0, tiles = -1;

	count_image(s->model->processor, s->lens, &s->knobs, s->width, s->height, &c, &t);
	for (int32_t i = 0; i < t.n; i++) {
		const struct step *step = &t.steps[i];

		if (step->kind == STEP_VISUAL)
			visual = step->count;
		else if (step->kind == STEP_TOTAL)
			total = step->count;
		else if (step->kind == STEP_SPECIAL)
			special = step->count;
		else if (step->unit && strcmp(step->unit, "tiles") == 0)
			tiles = step->count;
		else if (visual < 0 && step->unit && strcmp(step->unit, "tokens") == 0)
			summands += last = step->count;
	}
	must(STEPS_ARE_COUNTS, c.refused == e->count.refused, s, c.refused, e->count.refused);
	if (c.refused) {
		must(STEPS_ARE_COUNTS, total < 0, s, (double)total, 0);
		return;
	}
	must(STEPS_ARE_COUNTS, visual == e->count.visual, s, (double)visual,
	     (double)e->count.visual);
	if (total >= 0)
		must(STEPS_ARE_COUNTS, total == e->tokens.per_image, s, (double)total,
		     (double)e->tokens.per_image);
	must(STEPS_ARE_COUNTS, special == e->count.special, s, (double)special,
	     (double)e->count.special);
	if (tiles > 0 && e->count.tiles > 0)
		must(STEPS_ARE_COUNTS, tiles == e->count.tiles, s, (double)tiles,
		     (double)e->count.tiles);
	must(STEPS_ADD_UP, summands == visual || last == visual || summands == 0, s,
	     (double)summands, (double)visual);
}

/* No five digits in a row in a whole number; no "each of 1". */
static void check_words(const struct setup *s)
{
	struct trace t = {.n = 0};
	struct count c;

	count_image(s->model->processor, s->lens, &s->knobs, s->width, s->height, &c, &t);
	for (int32_t i = 0; i < t.n; i++) {
		const char *text = t.steps[i].text;
		size_t digits = 0, most = 0;

		if (t.steps[i].kind == STEP_REFUSED || t.steps[i].kind == STEP_ORIGINAL)
			continue;
		for (const char *p = text; *p; p++) {
			digits = *p >= '0' && *p <= '9' ? digits + 1 : 0;
			most = digits > most ? digits : most;
		}
		bool is_good =
			most < 5 && !strstr(text, "each of 1 ") && !strstr(text, " 1 tokens");

		if (!is_good)
			printf("# \"%s\"\n", text);
		must(STEPS_READ_WELL, is_good, s, i, (double)most);
	}
}

/* A step has it, and the layout as the picture, its canvas or beside them as the overview. */
static void check_resized(const struct setup *s, const struct estimate *e)
{
	const struct count *n = &e->count;
	struct trace t = {.n = 0};
	struct count c;
	bool is_step = false;

	if (n->refused || n->resized_w <= 0 || s->lens == LENS_FORMULA)
		return;
	count_image(s->model->processor, s->lens, &s->knobs, s->width, s->height, &c, &t);
	for (int32_t i = 0; i < t.n; i++)
		is_step = is_step ||
			  (t.steps[i].unit && strcmp(t.steps[i].unit, "px") == 0 &&
			   t.steps[i].width == n->resized_w && t.steps[i].height == n->resized_h);
	must(RESIZED_IS_SHOWN, is_step, s, (double)n->resized_w, (double)n->resized_h);
	const struct layout_px *l = &t.layout;
	bool is_laid_out = (l->content_w == n->resized_w && l->content_h == n->resized_h) ||
			   (l->canvas_w == n->resized_w && l->canvas_h == n->resized_h);

	must(RESIZED_IS_SHOWN, is_laid_out || l->overview || l->canvas_w <= 0, s,
	     (double)l->canvas_w, (double)l->canvas_h);
}

/* Three times the cap, or a ninth of the floor, of a picture that no step calls bound: nothing
 * happens. */
static void check_caps(const struct setup *s, const struct estimate *e)
{
	const struct processor *p = s->model->processor;
	struct trace t = {.n = 0};
	struct knobs k = s->knobs;
	struct count c;
	bool is_bound = false;

	if (s->lens == LENS_FORMULA || e->count.refused || p->max_pixels <= 0 ||
	    p->max_pixels > AREA_MOST / 3)
		return;
	count_image(p, s->lens, &k, s->width, s->height, &c, &t);
	for (int32_t i = 0; i < t.n; i++)
		is_bound = is_bound || t.steps[i].bound;
	k.max_pixels = 3 * (k.max_pixels ? k.max_pixels : p->max_pixels);
	if (p->min_pixels / 9 > 0)
		k.min_pixels = p->min_pixels / 9;
	count_image(p, s->lens, &k, s->width, s->height, &c, NULL);
	must(CAPS_ARE_BOUND,
	     is_bound || (c.visual == e->count.visual && c.resized_w == e->count.resized_w &&
			  c.resized_h == e->count.resized_h),
	     s, (double)e->count.visual, (double)c.visual);
}

/* Every limit further out: three times a cap, a ninth of a floor. */
static void relax(struct processor *p)
{
	int32_t *const caps[] = {&p->longest_edge, &p->max_tiles,       &p->max_grid,
				 &p->grid_cap,     &p->max_tokens,      &p->max_patches,
				 &p->asked_tokens, &p->max_side_patches};
	int32_t *const floors[] = {&p->min_tokens, &p->min_patches, &p->min_tiles, &p->min_crop};

	for (size_t i = 0; i < ARRAY_SIZE(caps); i++)
		*caps[i] *= 3;
	for (size_t i = 0; i < ARRAY_SIZE(floors); i++)
		*floors[i] = *floors[i] > 0 ? (*floors[i] + 8) / 9 : *floors[i];
	p->max_pixels *= 3;
	p->min_pixels /= 9;
	p->max_aspect *= 3;
}

/* The other way round, for rules that scale a picture into an area. */
static void check_bound(const struct setup *s, const struct estimate *e)
{
	struct processor p = *s->model->processor;
	struct trace t = {.n = 0};
	struct count c;
	bool is_bound = false;

	/* of the rules with an area: for others a canvas or a square is what binds, for a picture
	 * narrower than a token that */
	if (s->lens == LENS_FORMULA || e->count.refused || p.hosted.vendor || s->knobs.grid_k ||
	    p.max_pixels <= 0 || (s->width < s->height ? s->width : s->height) < 64)
		return;
	count_image(&p, s->lens, &s->knobs, s->width, s->height, &c, &t);
	for (int32_t i = 0; i < t.n; i++)
		is_bound = is_bound || (t.steps[i].bound && t.steps[i].kind == STEP_RESIZE);
	if (!is_bound)
		return;
	relax(&p);
	count_image(&p, s->lens, &s->knobs, s->width, s->height, &c, NULL);
	must(BOUND_IS_A_CAP,
	     c.refused || c.visual != e->count.visual || c.resized_w != e->count.resized_w ||
		     c.resized_h != e->count.resized_h,
	     s, (double)e->count.visual, (double)c.visual);
}

static int64_t tokens_at(const struct setup *s, int64_t width)
{
	struct estimate e;
	struct setup at;

	sweep_size(s, (double)width, &at);
	int64_t own = s->width < s->height ? s->width : s->height;
	double turned =
		(double)at.width * (double)s->height / ((double)at.height * (double)s->width);

	if (at.width < (own < 32 ? own : 32) || at.height < (own < 32 ? own : 32) ||
	    fabs(turned - 1) >= 0.01)
		return -1;
	estimate_tokens(&at, &e);
	return e.count.refused ? -1 : e.tokens.per_image;
}

static void check_cliff(const struct setup *s, int64_t here, int sign, int64_t width,
			int64_t tokens)
{
	int64_t distance = width ? llabs(width - s->width) : 257;

	if (width) {
		must(CLIFFS_HOLD, tokens_at(s, width) == tokens, s, (double)width, (double)tokens);
		must(CLIFFS_HOLD, sign < 0 ? tokens < here : tokens > here, s, (double)here,
		     (double)tokens);
	}
	for (int64_t d = 1; d <= 256 && d < distance; d++)
		for (int side = -1; side <= 1; side += 2) {
			int64_t n =
				s->width + side * d < 1 ? -1 : tokens_at(s, s->width + side * d);

			if (n >= 0 && (sign < 0 ? n < here : n > here)) {
				must(CLIFFS_ARE_NEAREST, false, s, (double)width,
				     (double)(s->width + side * d));
				return;
			}
		}
	must(CLIFFS_ARE_NEAREST, true, s, 0, 0);
}

static void check_cliffs(const struct setup *s, const struct estimate *e)
{
	struct cliff c;

	if (e->count.refused)
		return;
	sweep_cliff(s, 1, s->width + 3000, &c);
	check_cliff(s, e->tokens.per_image, -1, c.cheaper_width, c.cheaper_tokens);
	check_cliff(s, e->tokens.per_image, 1, c.dearer_width, c.dearer_tokens);
}

/* ------------------------------------------------------------ sums */

static bool is_fitting(const struct setup *s, int64_t n)
{
	struct setup at = *s;
	struct estimate e;

	at.images = n;
	at.knobs.images = (int32_t)n;
	enum reason why = estimate_tokens(&at, &e);

	return why == REASON_NONE || (why != REASON_REFUSED && e.context.text_left >= 0);
}

static void check_tokens(const struct setup *s, const struct estimate *e)
{
	double one = number(Q_PER_IMAGE, s, e), images = number(Q_IMAGES, s, e),
	       total = number(Q_TOTAL, s, e), limit = number(Q_LIMIT, s, e),
	       left = number(Q_TEXT_LEFT, s, e), share = number(Q_SHARE, s, e),
	       fit = number(Q_IMAGES_FIT, s, e), special = number(Q_SPECIAL, s, e);
	char text[UNIT_TEXT];

	if (e->count.refused)
		return;
	if (!isnan(special))
		must(TOKENS_ADD_UP, number(Q_VISUAL, s, e) + special == one, s, special, one);
	must(TOKENS_ADD_UP, one * (double)s->images == images, s, one, images);
	must(TOKENS_ADD_UP, images + (double)s->text_tokens + (double)s->reserve_tokens == total, s,
	     images, total);
	if (isnan(limit))
		return;
	must(TOKENS_ADD_UP, limit - total == left, s, limit, left);
	must(SHARE_IS_TOTAL, share == total / limit, s, share, total / limit);
	unit_percent(text, share);
	must(SHARE_IS_TOTAL, (strcmp(text, "100.0 %") == 0) == (total == limit) || share >= 9.99, s,
	     total, limit);
	must(SHARE_IS_TOTAL, (strcmp(text, "0.0 %") == 0) == (total == 0), s, total, limit);
	must(NO_TOKENS_NO_FIT, isnan(fit) == (e->context.images_fit < 0), s, fit, one);
	if (one == 0)
		must(NO_TOKENS_NO_FIT, isnan(fit), s, fit, one);
	if (isnan(fit) || (double)(s->text_tokens + s->reserve_tokens) > limit)
		return;
	if (fit <= IMAGES_MOST)
		must(IMAGES_FIT, fit == 0 || is_fitting(s, (int64_t)fit), s, fit, one);
	if (fit < IMAGES_MOST)
		must(IMAGES_FIT, !is_fitting(s, (int64_t)fit + 1), s, fit, one);
}

static void check_memory(const struct setup *s, const struct estimate *e)
{
	double all = number(Q_MEMORY, s, e), weights = number(Q_WEIGHTS, s, e),
	       reserve = number(Q_RESERVE, s, e), pool = number(Q_KV_POOL, s, e),
	       request = number(Q_KV_REQUEST, s, e), n = number(Q_CONCURRENCY, s, e),
	       text = number(Q_TEXT_ONLY, s, e), factor = number(Q_IMAGE_FACTOR, s, e);

	if (!isnan(pool))
		/* each rounded to whole bytes by itself */
		must(MEMORY_ADDS_UP, weights + reserve + pool <= all + 2, s,
		     weights + reserve + pool, all);
	if (!isnan(n))
		must(MEMORY_ADDS_UP, n == floor(pool / request), s, n, pool / request);
	if (!isnan(n) && !isnan(text))
		must(MEMORY_ADDS_UP, text >= n, s, text, n);
	if (!isnan(factor))
		must(MEMORY_ADDS_UP, factor >= 1 - 1e-12, s, factor, 1);
}

static void check_time(const struct setup *s, const struct estimate *e)
{
	static const enum quantity_id parts[] = {Q_FIXED, Q_PREPROCESS, Q_VISION, Q_PROJECTOR,
						 Q_LLM};
	double ttft = number(Q_TTFT, s, e), sum = 0;

	if (isnan(ttft))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		sum += number(parts[i], s, e);
	must(TIME_ADDS_UP, same(sum, ttft), s, sum, ttft);
	must(TIME_ADDS_UP, number(Q_TTFT_LOW, s, e) <= ttft && ttft <= number(Q_TTFT_HIGH, s, e), s,
	     number(Q_TTFT_LOW, s, e), number(Q_TTFT_HIGH, s, e));
}

static void check_kv(const struct setup *s, const struct estimate *e)
{
	const struct model *m = s->model;
	double request = number(Q_KV_REQUEST, s, e);

	if (isnan(request) || m->kv_kind != KV_FULL || m->cross_layers || m->conv_layers ||
	    m->linear_layers || m->win_layers || s->tensor_parallel != 1)
		return;
	double block = s->engine->block_tokens > 0 ? s->engine->block_tokens : 1;
	double blocks = ceil((double)e->tokens.total / block) * block;
	double mine = 2.0 * m->layers * m->kv_heads * m->head_dim * dtype_kv_bytes(s->kv) * blocks;

	must(KV_OF_PLAIN_MODELS, same(mine, request), s, mine, request);
}

static void check_parts(const struct setup *s, const struct estimate *e)
{
	double request = number(Q_KV_REQUEST, s, e);

	/* llama.cpp keeps the states of its slots beside the cache */
	if (isnan(request) || s->engine->memory == MEMORY_BUFFERS)
		return;
	must(PARTS_OF_A_REQUEST, e->kv.state_bytes.value <= request * (1 + 1e-12), s,
	     e->kv.state_bytes.value, request);
	/* layers with a window keep less than their cap, or all of it */
	double block = s->engine->block_tokens > 0 ? s->engine->block_tokens : 1;
	double grown = ceil((double)e->tokens.total / block) * block * e->kv.bytes_per_token.value;
	double window = request - grown - e->kv.state_bytes.value;

	if (s->model->cross_layers == 0 && s->model->linear_layers + s->model->conv_layers == 0)
		must(PARTS_OF_A_REQUEST, window <= e->kv.window_bytes.value + 1 && window >= -1, s,
		     window, e->kv.window_bytes.value);
}

static void check_values(const struct setup *s, const struct estimate *e)
{
	for (enum quantity_id id = 0; id < Q_N; id++) {
		struct value v = quantity_read(id, s, e);

		if (v.reason || v.text)
			continue;
		must(FINITE, isfinite(v.number) && !(v.number == 0 && signbit(v.number)), s, id,
		     v.number);
		must(FINITE, v.number >= 0 || id == Q_TEXT_LEFT, s, id, v.number);
	}
}

/* ------------------------------------------------------------ one thing changed */

/* Nothing of what takes time takes less. An engine may run a request without an image in another
 * way (a profile of its own), which the caller leaves out. */
static void must_take_longer(enum property p, const struct setup *s, const struct estimate *e,
			     const struct setup *more, const struct estimate *f)
{
	static const enum quantity_id parts[] = {Q_PREPROCESS, Q_VISION,   Q_PROJECTOR, Q_LLM,
						 Q_TTFT,       Q_TTFT_LOW, Q_TTFT_HIGH};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		double was = number(parts[i], s, e), is = number(parts[i], more, f);

		must(p, rises(was * (1 - 1e-6), is), s, was, is);
	}
}

/* deepseek-vl2 cuts no more than two images, so that a third makes all of them cheaper; hosted
 * rules tighten or refuse: these are excepted by name. */
static void check_images(const struct setup *s, const struct estimate *e)
{
	struct setup more = *s;
	struct estimate f;

	if (s->model->processor->max_cut_images || s->model->processor->hosted.vendor)
		return;
	more.knobs.images = (int32_t)++more.images;
	estimate(&more, &f);
	must(MORE_IMAGES, rises(number(Q_TOTAL, s, e), number(Q_TOTAL, &more, &f)), s, 0, 0);
	must(MORE_IMAGES, rises(number(Q_SHARE, s, e), number(Q_SHARE, &more, &f)), s, 1, 0);
	must(MORE_IMAGES, rises(number(Q_KV_REQUEST, s, e), number(Q_KV_REQUEST, &more, &f)), s, 2,
	     0);
	must(MORE_IMAGES, rises(number(Q_TEXT_LEFT, &more, &f), number(Q_TEXT_LEFT, s, e)), s, 3,
	     0);
	must(MORE_IMAGES, rises(number(Q_CONCURRENCY, &more, &f), number(Q_CONCURRENCY, s, e)), s,
	     number(Q_CONCURRENCY, s, e), number(Q_CONCURRENCY, &more, &f));
	if (s->images > 0)
		must_take_longer(MORE_IMAGES_TIME, s, e, &more, &f);
}

static void check_text(const struct setup *s, const struct estimate *e)
{
	struct setup more = *s;
	struct estimate f;

	more.text_tokens += up_to(3000);
	estimate(&more, &f);
	must(MORE_TEXT, rises(number(Q_TOTAL, s, e), number(Q_TOTAL, &more, &f)), s, 0, 0);
	must(MORE_TEXT, rises(number(Q_SHARE, s, e), number(Q_SHARE, &more, &f)), s, 1, 0);
	must(MORE_TEXT, rises(number(Q_KV_REQUEST, s, e), number(Q_KV_REQUEST, &more, &f)), s,
	     number(Q_KV_REQUEST, s, e), number(Q_KV_REQUEST, &more, &f));
	must(MORE_TEXT, rises(number(Q_TEXT_LEFT, &more, &f), number(Q_TEXT_LEFT, s, e)), s, 3, 0);
	must(MORE_TEXT, rises(number(Q_CONCURRENCY, &more, &f), number(Q_CONCURRENCY, s, e)), s,
	     number(Q_CONCURRENCY, s, e), number(Q_CONCURRENCY, &more, &f));
	must_take_longer(MORE_TEXT_TIME, s, e, &more, &f);
	/* a tile's edge */
	more.text_tokens = s->text_tokens + 1;
	estimate(&more, &f);
	must_take_longer(MORE_TEXT_TIME, s, e, &more, &f);
}

static void check_output(const struct setup *s, const struct estimate *e)
{
	struct setup more = *s;
	struct estimate f;

	more.reserve_tokens += up_to(3000);
	estimate(&more, &f);
	must(MORE_OUTPUT, rises(number(Q_TOTAL, s, e), number(Q_TOTAL, &more, &f)), s, 0, 0);
	must(MORE_OUTPUT, rises(number(Q_KV_REQUEST, s, e), number(Q_KV_REQUEST, &more, &f)), s, 1,
	     0);
	double was = number(Q_TTFT, s, e), is = number(Q_TTFT, &more, &f);

	if (!isnan(was) && !isnan(is))
		must(MORE_OUTPUT, was == is, s, was, is);
}

static void check_context(const struct setup *s, const struct estimate *e)
{
	struct setup more = *s;
	struct estimate f;

	if (e->context.limit <= 0)
		return;
	more.context_limit = e->context.limit + up_to(100000);
	estimate(&more, &f);
	must(LARGER_CONTEXT, rises(number(Q_TEXT_LEFT, s, e), number(Q_TEXT_LEFT, &more, &f)), s, 0,
	     0);
	must(LARGER_CONTEXT, rises(number(Q_IMAGES_FIT, s, e), number(Q_IMAGES_FIT, &more, &f)), s,
	     number(Q_IMAGES_FIT, s, e), number(Q_IMAGES_FIT, &more, &f));
	must(LARGER_CONTEXT, rises(number(Q_SHARE, &more, &f), number(Q_SHARE, s, e)), s, 2, 0);
	must(LARGER_CONTEXT, same(number(Q_TOTAL, s, e), number(Q_TOTAL, &more, &f)), s, 3, 0);
	if (e->why == REASON_NONE) {
		must(LARGER_CONTEXT,
		     same(number(Q_KV_REQUEST, s, e), number(Q_KV_REQUEST, &more, &f)), s, 4, 0);
		must(LARGER_CONTEXT, same(number(Q_TTFT, s, e), number(Q_TTFT, &more, &f)), s,
		     number(Q_TTFT, s, e), number(Q_TTFT, &more, &f));
	}
}

static void check_devices(const struct setup *s, const struct estimate *e)
{
	struct setup more = *s;
	struct estimate f;

	more.tensor_parallel *= 2;
	estimate(&more, &f);
	double memory = number(Q_MEMORY, s, e), kv = number(Q_KV_REQUEST, s, e),
	       weights = number(Q_WEIGHTS, s, e);

	if (!isnan(memory))
		must(MORE_DEVICES, same(2 * memory, number(Q_MEMORY, &more, &f)), s, memory,
		     number(Q_MEMORY, &more, &f));
	must(MORE_DEVICES,
	     rises(kv, number(Q_KV_REQUEST, &more, &f)) &&
		     rises(number(Q_KV_REQUEST, &more, &f), 2 * kv),
	     s, kv, number(Q_KV_REQUEST, &more, &f));
	must(MORE_DEVICES,
	     rises(weights, number(Q_WEIGHTS, &more, &f) + 1) &&
		     rises(number(Q_WEIGHTS, &more, &f), 2 * weights),
	     s, weights, number(Q_WEIGHTS, &more, &f));
	if (e->prefill.reason || f.prefill.reason)
		return;
	must(MORE_DEVICES_TIME, rises(number(Q_VISION, s, e) / 2, number(Q_VISION, &more, &f)), s,
	     number(Q_VISION, s, e), number(Q_VISION, &more, &f));
	must(MORE_DEVICES_TIME, rises(number(Q_LLM, s, e) / 2, number(Q_LLM, &more, &f)), s,
	     number(Q_LLM, s, e), number(Q_LLM, &more, &f));
	/* heads that are fewer than the devices are worked on by several */
	must(MORE_DEVICES_TIME,
	     rises(e->prefill.llm_flop, f.prefill.llm_flop) &&
		     rises(f.prefill.llm_flop, 2 * e->prefill.llm_flop),
	     s, e->prefill.llm_flop, f.prefill.llm_flop);
	must(MORE_DEVICES_TIME, same(e->prefill.vision_flop, f.prefill.vision_flop), s,
	     e->prefill.vision_flop, f.prefill.vision_flop);
}

static void check_threads(const struct setup *s, const struct estimate *e)
{
	struct setup more = *s;
	struct estimate f;

	more.cpu_threads = s->cpu_threads > 0
				   ? 2 * s->cpu_threads
				   : 2 * (s->engine->cpu_threads > 0 ? s->engine->cpu_threads : 1);
	estimate(&more, &f);
	must(MORE_THREADS, rises(number(Q_PREPROCESS, &more, &f), number(Q_PREPROCESS, s, e)), s,
	     number(Q_PREPROCESS, s, e), number(Q_PREPROCESS, &more, &f));
	must(MORE_THREADS, rises(number(Q_TTFT_LOW, &more, &f), number(Q_TTFT_LOW, s, e)), s,
	     number(Q_TTFT_LOW, s, e), number(Q_TTFT_LOW, &more, &f));
	must(MORE_THREADS, rises(number(Q_TTFT_HIGH, &more, &f), number(Q_TTFT_HIGH, s, e)), s,
	     number(Q_TTFT_HIGH, s, e), number(Q_TTFT_HIGH, &more, &f));
	must(MORE_THREADS, same(number(Q_GPU, s, e), number(Q_GPU, &more, &f)), s,
	     number(Q_GPU, s, e), number(Q_GPU, &more, &f));
}

static void check_cache(const struct setup *s)
{
	static const enum dtype order[] = {DTYPE_INT4, DTYPE_INT8, DTYPE_FP8, DTYPE_BF16,
					   DTYPE_FP16};
	double before_kv = NAN, before_n = NAN, before_time = NAN;

	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		struct setup at = *s;
		struct estimate e;

		at.kv = order[i];
		estimate(&at, &e);
		double kv = number(Q_KV_REQUEST, &at, &e), n = number(Q_CONCURRENCY, &at, &e),
		       time = number(Q_TTFT, &at, &e);

		must(SMALLER_CACHE, rises(before_kv, kv), s, before_kv, kv);
		must(SMALLER_CACHE, rises(n, before_n), s, before_n, n);
		must(SMALLER_CACHE, i == 0 || same(before_time, time), s, before_time, time);
		before_kv = kv;
		before_n = n;
		before_time = time;
	}
}

static void check_weights(const struct setup *s)
{
	static const enum dtype order[] = {DTYPE_INT4, DTYPE_INT8, DTYPE_FP8, DTYPE_BF16,
					   DTYPE_FP16};
	double before = NAN, before_n = NAN;

	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		struct setup at = *s;
		struct estimate e;

		at.weights = order[i];
		estimate(&at, &e);
		double bytes = number(Q_WEIGHTS, &at, &e), n = number(Q_CONCURRENCY, &at, &e);

		must(SMALLER_WEIGHTS, rises(before, bytes), s, before, bytes);
		must(SMALLER_WEIGHTS, rises(n, before_n), s, before_n, n);
		before = bytes;
		before_n = n;
	}
}

/* ------------------------------------------------------------ surfaces */

struct points {
	const struct state *st;
	int n;
	char id[96]; /* of the row before */
	int64_t width;
};

/* A row of the chart against an estimate of its own. */
static void take_point(void *to, const struct chart_row *row)
{
	struct points *p = to;
	struct setup s = p->st->req.setup;
	struct vtok_error err = {0};
	struct estimate e;

	bool is_first = strcmp(row->id, p->id) != 0;

	must(CHART_WIDTHS, is_first ? row->width == CHART_LEAST : row->width > p->width, &s,
	     (double)p->width, (double)row->width);
	must(CHART_WIDTHS, row->width <= CHART_MOST, &s, (double)row->width, CHART_MOST);
	str_format(p->id, sizeof p->id, "%s", row->id);
	p->width = row->width;
	if (p->n++ % 7) /* a part of all */
		return;
	s.model = subject_named(&reg, row->id, &err);
	if (!s.model) {
		must(CHART_IS_ESTIMATE, false, &p->st->req.setup, 0, 0);
		return;
	}
	s.width = row->width;
	s.height = row->height;
	estimate(&s, &e);
	struct value v = quantity_read(p->st->metric, &s, &e);

	must(CHART_IS_ESTIMATE, !v.reason == !row->value.reason && v.number == row->value.number,
	     &s, v.number, row->value.number);
	if (v.reason && row->value.reason)
		must(CHART_IS_ESTIMATE, strcmp(v.reason, row->value.reason) == 0, &s, 0, 0);
}

static void check_chart(const struct setup *s)
{
	static struct state st;
	struct points p = {.st = &st};
	struct frame f;

	state_init(&st, &reg);
	st.req.setup = *s;
	st.req.setup.knobs = (struct knobs){.images = s->knobs.images};
	st.req.setup.lens = LENS_EXACT;
	request_size(&st.req, s->width, s->height);
	st.metric = quantity_next_metric(st.metric, (int)below(5));
	st.charted.model[st.charted.n++] = s->model;
	frame_init(&f, &st);
	if (!f.is_valid)
		return;
	chart_each(&f, take_point, &p);
	must(CHART_WIDTHS, p.width == CHART_MOST, s, (double)p.width, CHART_MOST);
}

static void check_comparison(const struct setup *s)
{
	static struct compare_list list;
	static struct state st;

	state_init(&st, &reg);
	st.req.setup = *s;
	compare_list(&st, &list);
	for (int i = (int)below(40); i < list.n; i += 40) {
		struct compare_item item;
		struct vtok_error err = {0};
		struct estimate e;
		struct setup at = *s;

		compare_item(&st, &list.row[i], &item);
		at.model = subject_named(&reg, item.subject.id, &err);
		if (!at.model)
			continue; /* a processor and a checkpoint of one name */
		if (!subject_is(&item.subject, s->model) && s->lens == LENS_EXACT)
			at.knobs = (struct knobs){.images = s->knobs.images};
		estimate(&at, &e);
		for (size_t k = 1; k < COMPARE_COLUMNS; k++) {
			enum quantity_id id = compare_columns[k].quantity;

			struct value a = quantity_read(id, &at, &e),
				     b = quantity_read(id, &item.setup, &item.est);

			if (quantities[id].unit == UNIT_WORD && id != Q_NAME)
				must(COMPARISON_IS_ESTIMATE,
				     !a.text == !b.text && (!a.text || strcmp(a.text, b.text) == 0),
				     &at, id, 0);
			must(COMPARISON_IS_ESTIMATE,
			     same(number(id, &at, &e), number(id, &item.setup, &item.est)), &at,
			     number(id, &at, &e), number(id, &item.setup, &item.est));
		}
	}
}

int main(int argc, char **argv)
{
	int cases = argc > 1 ? atoi(argv[1]) : 1500, bad = 0;
	struct vtok_error err = {0};

	random_begin(argc > 2 ? argv[2] : NULL);
	if (!registry_init(&reg, &err))
		return 99;
	for (int i = 0; i < cases; i++) {
		struct estimate e;
		struct setup s;

		draw_setup(&reg, &s);
		estimate(&s, &e);
		check_formula(&s, &e);
		check_steps(&s, &e);
		check_resized(&s, &e);
		check_caps(&s, &e);
		check_bound(&s, &e);
		check_words(&s);
		if (i % 8 == 0)
			check_cliffs(&s, &e);
		check_tokens(&s, &e);
		check_memory(&s, &e);
		check_time(&s, &e);
		check_kv(&s, &e);
		check_parts(&s, &e);
		check_values(&s, &e);
		check_images(&s, &e);
		check_text(&s, &e);
		check_output(&s, &e);
		check_context(&s, &e);
		check_devices(&s, &e);
		check_threads(&s, &e);
		check_cache(&s);
		check_weights(&s);
		if (i % 30 == 0)
			check_chart(&s);
		if (i % 60 == 0)
			check_comparison(&s);
	}
	printf("1..%d\n", PROPERTIES_N);
	for (int i = 0; i < PROPERTIES_N; i++) {
		bool holds = !properties[i].bad && properties[i].cases;

		printf("%sok %d - %s (%d cases, %d bad)\n", holds ? "" : "not ", i + 1,
		       properties[i].text, properties[i].cases, properties[i].bad);
		bad += !holds;
	}
	registry_fini(&reg);
	return bad != 0;
}
