/* Properties of every counting rule over random sizes and parameters. Prints the seed;
 * VTOK_SEED repeats a run.
 *   - a derivation adds up: the steps in tokens are the summands of visual, visual and
 * special give the total
 *   - asking for the derivation changes nothing, and the layout lies inside its canvas
 *   - symmetric rules count a turned image alike; rules without tiles grow with the image
 * while nothing binds
 *   - nothing exceeds the stated maximum; sizes up to 10^9 x 10^9 neither overflow nor
 * take long
 *   - any parameters that strategy_check lets pass are safe */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "core/strategy.h"
#include "registry/registry.h"
#include "tests/random.h"

static int tests, failures;

static int64_t between(int64_t least, int64_t most)
{
	return least + (int64_t)(next() % (uint64_t)(most - least + 1));
}

/* Small sizes as often as large ones. */
static int64_t side_up_to(int64_t most)
{
	double x = exp((double)(next() >> 11) * 0x1p-53 * log((double)most));

	return x < 1 ? 1 : x > (double)most ? most : (int64_t)x;
}

static void report(const char *id, const char *what, bool good)
{
	failures += !good;
	printf("%s %d - %s: %s\n", good ? "ok" : "not ok", ++tests, id, what);
}

static bool complain(const struct processor *p, int64_t w, int64_t h, const char *what, int64_t a,
		     int64_t b)
{
	printf("# %s at %" PRId64 "x%" PRId64 ": %s (%" PRId64 ", %" PRId64 ")\n", p->id, w, h,
	       what, a, b);
	return false;
}

/* ---------------------------------------------------------------- the derivation */

static bool adds_up(const struct processor *p, int64_t w, int64_t h, const struct count *c,
		    const struct trace *t)
{
	int64_t summands = 0, visual = -1, special = 0, total = -1;

	for (int32_t i = 0; i < t->n; i++) {
		const struct step *s = &t->steps[i];
		if (s->text[0] == '\0' || strlen(s->text) >= sizeof(s->text) - 1)
			return complain(p, w, h, "a step without text, or cut", i, 0);
		if (s->kind == STEP_VISUAL)
			visual = s->count;
		else if (s->kind == STEP_SPECIAL)
			special = s->count;
		else if (s->kind == STEP_TOTAL)
			total = s->count;
		else if (strcmp(s->unit, "tokens") == 0)
			summands += s->count;
	}
	if (c->refused)
		return (t->n > 0 && t->steps[t->n - 1].kind == STEP_REFUSED) ||
		       complain(p, w, h, "refusal is not the last step", t->n, 0);
	if (visual != c->visual || summands != c->visual)
		return complain(p, w, h, "summands and visual tokens", summands, c->visual);
	if (special != c->special || total != c->total || total != visual + special)
		return complain(p, w, h, "total", total, c->total);
	return true;
}

static bool layout_holds(const struct processor *p, int64_t w, int64_t h, const struct count *c,
			 const struct layout_px *l)
{
	if (c->refused)
		return true;
	if (l->content_x < 0 || l->content_y < 0 || l->content_x + l->content_w > l->canvas_w ||
	    l->content_y + l->content_h > l->canvas_h)
		return complain(p, w, h, "content outside its canvas", l->content_w, l->canvas_w);
	if (c->tiles > 0 && (int64_t)l->cols * l->rows + l->overview != c->tiles)
		return complain(p, w, h, "tiles drawn and counted",
				(int64_t)l->cols * l->rows + l->overview, c->tiles);
	return true;
}

static bool same_count(const struct count *a, const struct count *b)
{
	return a->refused == b->refused && a->visual == b->visual && a->special == b->special &&
	       a->total == b->total && a->resized_w == b->resized_w &&
	       a->resized_h == b->resized_h && a->tiles == b->tiles &&
	       a->encoder_patches == b->encoder_patches;
}

static bool one(const struct processor *p, int64_t w, int64_t h)
{
	struct count c, plain;
	struct trace t;

	count_image(p, LENS_EXACT, NULL, w, h, &plain, NULL);
	count_image(p, LENS_EXACT, NULL, w, h, &c, &t);
	if (!same_count(&c, &plain))
		return complain(p, w, h, "the derivation changes the count", c.visual,
				plain.visual);
	if (c.visual < 0 || c.special < 0 || c.total != c.visual + c.special)
		return complain(p, w, h, "sum", c.visual, c.total);
	return adds_up(p, w, h, &c, &t) && layout_holds(p, w, h, &c, &t.layout);
}

static void derivations(const struct processor *p)
{
	bool good = true;

	for (int64_t w = 1; w <= 64 && good; w += 7)
		for (int64_t h = 1; h <= 64 && good; h += 7)
			good = one(p, w, h);
	for (int i = 0; i < 400 && good; i++)
		good = one(p, side_up_to(20000), side_up_to(20000));
	report(p->id, "the derivation adds up", good);
}

/* ---------------------------------------------------------------- shape and growth */

static bool is(const struct processor *p, const char *strategy)
{
	return strcmp(p->strategy->name, strategy) == 0;
}

static void turned(const struct processor *p)
{
	bool good = true;

	/* row ends cost by rows; Paddle enlarges the height first; grids of tiles may tie
	 * differently when turned */
	if ((!is(p, "merge") || p->visual_per_row ||
	     (p->variant_name && strcmp(p->variant_name, "paddle") == 0)) &&
	    !is(p, "pool") && !is(p, "fixed") && !is(p, "budget") && !is(p, "rows") &&
	    !is(p, "navit") && !is(p, "query"))
		return;
	for (int i = 0; i < 300 && good; i++) {
		int64_t w = side_up_to(20000), h = side_up_to(20000);
		struct count a, b;
		count_image(p, LENS_EXACT, NULL, w, h, &a, NULL);
		count_image(p, LENS_EXACT, NULL, h, w, &b, NULL);
		if (a.refused != b.refused || a.visual != b.visual)
			good = complain(p, w, h, "turned", a.visual, b.visual);
	}
	report(p->id, "a turned image costs the same", good);
}

/* The longer side always becomes the longest edge, so that a wider picture is a flatter one. */
static bool is_brought_to_edge(const struct processor *p)
{
	return p->variant_name && strcmp(p->variant_name, "longest-f32") == 0;
}

/* What is raised to the least area is not checked again: where the two limits are near each other
 * it may pass the largest. */
static bool has_near_limits(const struct processor *p)
{
	return p->max_pixels < 2 * p->min_pixels;
}

/* Below every cap, one pixel more is never cheaper, and costs one column of tokens at
 * most. */
static void grows(const struct processor *p)
{
	bool good = true;

	if ((!is(p, "merge") && !is(p, "rows") && !is(p, "navit") && !is(p, "box")) ||
	    is_brought_to_edge(p))
		return;
	struct processor free = *p;
	free.min_pixels = free.max_pixels = 0;
	free.max_aspect = 0;
	free.longest_edge = 1000000;
	free.max_patches = 100000000;
	free.max_side_patches = 0;
	free.pins[0] = (struct px_size){1000000, 1000000};
	if (is(p, "navit"))
		free.variant = 0;
	for (int i = 0; i < 300 && good; i++) {
		int64_t w = side_up_to(9000) + 100, h = side_up_to(9000) + 100;
		struct count a, b;
		count_image(&free, LENS_EXACT, NULL, w, h, &a, NULL);
		count_image(&free, LENS_EXACT, NULL, w + 1, h, &b, NULL);
		int64_t column = (b.resized_h / (p->patch * p->merge)) + 1;
		if (b.visual < a.visual || b.visual - a.visual > column)
			good = complain(p, w, h, "one pixel more", a.visual, b.visual);
	}
	report(p->id, "one pixel more costs at most a column, and nothing less", good);
}

static bool within(const struct processor *p, int64_t w, int64_t h, const struct count *c)
{
	int64_t f = (int64_t)p->patch * p->merge;

	if (is(p, "merge") && p->max_pixels && !has_near_limits(p) && c->resized_w > f &&
	    c->resized_h > f && c->resized_w * c->resized_h > p->max_pixels)
		return complain(p, w, h, "beyond max-pixels", c->resized_w * c->resized_h,
				p->max_pixels);
	if (is_brought_to_edge(p)) /* single precision may pass the edge by a hair: one cell more */
		f *= 2;
	if (is(p, "rows") && p->longest_edge &&
	    (c->resized_w >= p->longest_edge + f || c->resized_h >= p->longest_edge + f))
		return complain(p, w, h, "beyond longest-edge", c->resized_w, p->longest_edge);
	if (is(p, "budget") && c->visual > p->max_tokens)
		return complain(p, w, h, "beyond max-tokens", c->visual, p->max_tokens);
	if ((is(p, "tiles") || is(p, "overlap") || is(p, "slices") || is(p, "threshold") ||
	     is(p, "cross") || is(p, "pool")) &&
	    p->max_tiles && c->tiles > p->max_tiles + 1)
		return complain(p, w, h, "beyond max-tiles", c->tiles, p->max_tiles);
	if (is(p, "anyres") && p->grid_cap) {
		int64_t g = p->tile / p->patch;
		if (c->visual > (int64_t)((double)(p->grid_cap * g * g) * 1.21) + g * g + 100 * g)
			return complain(p, w, h, "beyond the tile cap", c->visual, p->grid_cap);
	}
	return true;
}

static void maxima(const struct processor *p)
{
	bool good = true;

	for (int i = 0; i < 500 && good; i++) {
		int64_t w = side_up_to(100000), h = side_up_to(100000);
		struct count c;
		count_image(p, LENS_EXACT, NULL, w, h, &c, NULL);
		good = c.refused || within(p, w, h, &c);
	}
	report(p->id, "never beyond the stated maximum", good);
}

/* ---------------------------------------------------------------- huge sizes, random
 * parameters, knobs */

static void huge(const struct processor *p)
{
	static const int64_t sides[] = {1, 2, 999, 94906265, 94906267, 999999999, 1000000000};
	enum { N = sizeof(sides) / sizeof(*sides) };
	bool good = true;
	clock_t start = clock();

	for (int i = 0; i < N * N && good; i++)
		good = one(p, sides[i / N], sides[i % N]);
	for (int i = 0; i < 100 && good; i++)
		good = one(p, side_up_to(SIDE_MAX), side_up_to(SIDE_MAX));
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	if (seconds > 2) /* two seconds for 300 counts: only a loop over pixels takes that */
		good = complain(p, 0, 0, "slow, milliseconds", (int64_t)(seconds * 1000), 0);
	report(p->id, "huge sizes are safe and quick", good);
}

static int32_t any_of(const int32_t *list, size_t n)
{
	return list[next() % n];
}

/* Another model of the family: the rule stays, its numbers change. */
static struct processor vary(const struct processor *p)
{
	static const int32_t patches[] = {1, 8, 14, 16, 28, 32, 64, 1024},
			     small[] = {1, 2, 3, 4, 5, 64};
	static const int32_t tiles[] = {1, 2, 4, 6, 12, 36, 40, 400},
			     sides[] = {16, 224, 336, 384, 448, 980, 16384};
	struct processor v = *p;

	v.patch = any_of(patches, 8);
	v.merge = any_of(small, 6);
	v.pool = any_of(small, 6);
	v.tile = any_of(sides, 7);
	v.base = any_of(sides, 7);
	v.align = (int32_t)between(0, 64);
	v.max_tiles = any_of(tiles, 8);
	v.min_tiles = (int32_t)between(1, 3);
	v.max_grid = (int32_t)between(0, 9);
	v.min_pixels = side_up_to(1000000000000);
	v.max_pixels = side_up_to(1000000000000);
	v.longest_edge = (int32_t)side_up_to(1000000);
	v.max_tokens = (int32_t)side_up_to(100000000);
	v.min_tokens = (int32_t)side_up_to(v.max_tokens);
	v.max_patches = (int32_t)side_up_to(100000000);
	v.tokens_per_tile = next() % 2 ? (int32_t)between(1, 5000) : 0;
	v.min_crop = (int32_t)side_up_to(1000000);
	v.ratio = (double)between(0, 400) / 100;
	v.overlap = (int32_t)between(0, 8);
	return v;
}

static void parameters(const struct processor *p)
{
	char text[STRATEGY_TEXT];
	bool good = true;
	int used = 0;

	for (int i = 0; i < 200 && good; i++) {
		struct processor v = vary(p);
		if (!strategy_check(&v, text))
			continue;
		used++;
		good = one(&v, side_up_to(SIDE_MAX), side_up_to(SIDE_MAX)) &&
		       one(&v, side_up_to(5000), side_up_to(5000));
	}
	if (used == 0)
		printf("# %s: no other parameters pass its checks\n", p->id);
	report(p->id, "other parameters are safe", good);
}

static void knobs(const struct processor *p)
{
	bool good = true;

	for (int i = 0; i < 200 && good; i++) {
		struct knobs k = {.patch = (int32_t)between(0, 64),
				  .merge = (int32_t)between(0, 8),
				  .pool = (int32_t)between(0, 8),
				  .grid_k = (int32_t)between(0, 9),
				  .min_pixels = between(0, 1) * side_up_to(10000000),
				  .max_pixels = between(0, 1) * side_up_to(100000000)};
		int64_t w = side_up_to(10000), h = side_up_to(10000);
		struct count turned_count, own;
		struct trace t;
		count_image(p, LENS_EXACT, &k, w, h, &turned_count, &t);
		count_image(p, LENS_EXACT, NULL, w, h, &own, NULL);
		good = adds_up(p, w, h, &turned_count, &t);
		if (good && !count_is_modified(p, &k) && !same_count(&turned_count, &own))
			good = complain(p, w, h, "not modified, but another count",
					turned_count.visual, own.visual);
		count_image(p, LENS_FORMULA, &k, w, h, &turned_count, &t);
		good = good && adds_up(p, w, h, &turned_count, &t);
	}
	report(p->id, "turned knobs are safe, and the derivation still adds up", good);
}

int main(void)
{
	struct vtok_error err = {0};
	struct registry r;

	random_begin(NULL);
	if (!registry_init(&r, &err)) {
		printf("Bail out! %s\n", err.text);
		return 1;
	}
	for (size_t i = 0; i < r.processors_n; i++) {
		const struct processor *p = r.processors[i];
		if (p->hosted.vendor)
			continue; /* tests/unit_hosted_rules.c */
		derivations(p);
		turned(p);
		grows(p);
		maxima(p);
		huge(p);
		parameters(p);
		knobs(p);
	}
	printf("1..%d\n", tests);
	registry_fini(&r);
	return failures != 0;
}
