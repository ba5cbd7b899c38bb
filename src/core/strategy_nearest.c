/* nearest: whole tokens nearest to the native shape, under a cap of tokens (Muse
 * Glimmer).
 *
 *     f = patch * merge;  a = H / f, b = W / f, real;  a b > max_tokens: r = b / a,
 *         a = sqrt(max_tokens / r), b = a r
 *     of {floor a, ceil a} x {floor b, ceil b}, both >= 1 and product <= max_tokens,
 *         the least |rows / cols - H / W|;
 *     none: (max(1, round a), max(1, round b)), halves to even
 *
 * Near-squares tie exactly between (k, k) and (k + 1, k + 1). The real code asks min()
 * of a Python set of tuples, so that the order of the set decides: it is that of the
 * tuples' hashes in a table of eight places, and is done here likewise.
 * Reads patch, merge, max_tokens. Source: muse_glimmer of huggingface/transformers (main
 * of 2026-08-19). */
#include "core/strategy.h"

#include "core/trace.h"

/* CPython's hash of a pair of small integers, from 3.8 on on 64-bit machines (xxHash). */
static uint64_t pair_hash(int64_t first, int64_t second)
{
	const uint64_t prime_1 = 11400714785074694791u, prime_2 = 14029467366897019727u,
		       prime_5 = 2870177450012600261u;
	const uint64_t lanes[] = {(uint64_t)first, (uint64_t)second};
	uint64_t acc = prime_5;

	for (int i = 0; i < 2; i++) {
		acc += lanes[i] * prime_2;
		acc = acc << 31 | acc >> 33;
		acc *= prime_1;
	}
	return acc + (2 ^ prime_5 ^ 3527539u);
}

/* A set of up to four pairs (rows, columns): the smallest table CPython makes. */
struct pair_set {
	struct pair_place {
		bool used;
		struct extent pair;
	} place[8];
};

static void set_add(struct pair_set *s, int64_t rows, int64_t cols)
{
	uint64_t hash = pair_hash(rows, cols), perturb = hash;
	size_t i = hash & 7;

	while (s->place[i].used) {
		if (s->place[i].pair.w == cols && s->place[i].pair.h == rows)
			return;
		perturb >>= 5;
		i = (i * 5 + 1 + (size_t)perturb) & 7;
	}
	s->place[i].used = true;
	s->place[i].pair = (struct extent){cols, rows};
}

static bool fits(const struct processor *p, struct extent pair)
{
	return pair.h >= 1 && pair.w >= 1 && pair.h * pair.w <= p->max_tokens;
}

/* All four pairs go into the set, and only then are those left out that do not fit: they
 * take places, too, and so move the others. */
static struct extent nearest(const struct processor *p, double a, double b, double aspect)
{
	struct pair_set s = {0};
	struct extent best = {max_i64(1, round_even(b)), max_i64(1, round_even(a))};
	double best_difference = INFINITY;

	set_add(&s, floor_int(a), floor_int(b));
	set_add(&s, floor_int(a), ceil_int(b));
	set_add(&s, ceil_int(a), floor_int(b));
	set_add(&s, ceil_int(a), ceil_int(b));
	for (int i = 0; i < 8; i++) {
		struct extent pair = s.place[i].pair;
		if (!s.place[i].used || !fits(p, pair))
			continue;
		double difference = fabs((double)pair.h / (double)pair.w - aspect);
		if (difference < best_difference) { /* the first of equals */
			best = pair;
			best_difference = difference;
		}
	}
	return best;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	int64_t f = (int64_t)p->patch * p->merge;
	double a = (double)height / (double)f, b = (double)width / (double)f, r = b / a;
	bool capped = a * b > p->max_tokens;

	if (capped) {
		a = sqrt(p->max_tokens / r);
		b = a * r;
	}
	struct extent grid = nearest(p, a, b, (double)height / (double)width);

	out->visual = grid.w * grid.h;
	out->resized_w = grid.w * f;
	out->resized_h = grid.h * f;
	out->tiles = 1;
	out->encoder_patches = out->visual * p->merge * p->merge;
	count_special(p, false, 0, grid.h, out);
	if (!t)
		return;
	trace_step(t, STEP_RESIZE, out->resized_w, out->resized_h, 0, WORD_PX, capped,
		   capped ? "token cap %d, nearest shape" : "below the token cap %d, nearest shape",
		   (int)p->max_tokens);
	trace_canvas(t, (struct extent){out->resized_w, out->resized_h}, 1, 1, (double)f, false);
	trace_step(t, STEP_PATCH, grid.w * p->merge, grid.h * p->merge, out->encoder_patches,
		   WORD_PATCHES, false, "patches of %d pixels", (int)p->patch);
	trace_merged(p, grid.w, grid.h, out->visual, t);
}

/* Real tokens of each side, from the least to the most of a box. */
struct real {
	double a1, b1, a2, b2;
};

/* A pixel more of one side makes the other one's less under the cap, so that the corners hold. */
static struct real real_of(const struct processor *p, const struct box *b)
{
	double f = (double)p->patch * p->merge, most = p->max_tokens;
	struct real r = {(double)b->h1 / f, (double)b->w1 / f, (double)b->h2 / f,
			 (double)b->w2 / f};

	if (r.a2 * r.b2 <= most)
		return r;
	struct real capped = {
		sqrt(most * (double)b->h1 / (double)b->w2),
		sqrt(most * (double)b->w1 / (double)b->h2),
		sqrt(most * (double)b->h2 / (double)b->w1),
		sqrt(most * (double)b->w2 / (double)b->h1),
	};
	return (struct real){min_num(r.a1, capped.a1), min_num(r.b1, capped.b1),
			     min_num(r.a2, capped.a2), min_num(r.b2, capped.b2)};
}

static bool is_between(double least, double most)
{
	return floor(least) + 1e-9 < least && floor(most) <= floor(least) + 1e-9 &&
	       floor(most) + 1e-9 < most;
}

/* Where the same whole numbers lie beside both sides of all pictures of a box, the shape alone
 * chooses among them: each is the nearest over one range of shapes. */
static struct piece_of piece(const struct processor *p, const struct box *b)
{
	struct real r = real_of(p, b);
	double f = (double)p->patch * p->merge, slack = 1e-9;
	double rows = max_num(1, floor(r.a1 - slack)), cols = max_num(1, floor(r.b1 - slack));
	struct piece_of of = {
		.piece = PIECE_UNKNOWN,
		.most_area =
			max_num(1, ceil(r.a2 + slack)) * f * max_num(1, ceil(r.b2 + slack)) * f,
		.least_tokens = (int64_t)(rows * cols),
	};

	if (is_between(r.a1, r.a2) && is_between(r.b1, r.b2) && floor(r.a1) >= 1 &&
	    floor(r.b1) >= 1 && floor(r.a1) * floor(r.b1) <= p->max_tokens)
		of.piece = PIECE_CELLS;
	return of;
}

const struct strategy strategy_nearest = {
	.name = "nearest",
	.summary = "whole tokens nearest to the native shape, under a cap",
	.formula = "a b nearest to (H / f)(W / f), a b <= max-tokens",
	.needs = NEED_PATCH | NEED_MAX_TOKENS,
	.count = count,
	.piece = piece,
	.fixed =
		{
			.pool = "this family merges patches instead of pooling",
			.grid_k = "this family cuts no tiles",
			.min_pixels = "the limit is on tokens",
			.max_pixels = "the limit is on tokens",
		},
};
