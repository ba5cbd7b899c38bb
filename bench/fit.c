/* How long the search for a size takes, beside the definition taken by its word in the same run:
 * fit [PAIRS [RULE]]
 *
 *     tokens    PAIRS (40) random originals and budgets for each counting rule, variants and hosted
 *               rules included, beside counting every size as core/fit.h defines it
 *     costs     for each checkpoint a budget on each quantity that takes an estimate (times,
 *               memory, context, price), beside counting and estimating every size
 *
 * A line for each rule: how much of that time the search takes, and the longest search, first of
 * tokens, then of costs. Wanted: 2 ms at most for any search, of brute force 1/20 at most for any
 * rule and 1/50 in the median; the last line says whether that is so. Differences fail as well.
 *
 * The ratio of a rule is of the sums over its originals: a picture of two hundred pixels has so few
 * sizes that its own ratio would measure the call. Originals have sides of 200 to 12,000 pixels.
 * Best of three for each search, so that another program's turn does not count as its time. Brute
 * force counts with the words of the derivation (count_by with a trace), as the golden answers were
 * made; the line "without words" is the same without, which no limit is on. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "bench/clock.h"
#include "core/fit.h"
#include "core/strategy.h"
#include "registry/registry.h"
#include "tests/brute_fit.h"

enum { ROOM = 20000, RULES = 512, ROUNDS = 3, NAME = 160 };

static const double wanted_s = 2e-3, wanted_worst = 1.0 / 20, wanted_median = 1.0 / 50;

static uint64_t state = 20261127;
static struct brute_size *list;
static int differences;

static uint64_t next(void)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static int64_t between(int64_t least, int64_t most)
{
	return least + (int64_t)(next() % (uint64_t)(most - least + 1));
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	return n ? v[n / 2] : 0;
}

/* Photographs, screens and pages, as people have them; now and then a strip or a huge one. */
static void pick_original(struct setup *s)
{
	static const int64_t usual[][2] = {{3024, 4032}, {4032, 3024}, {1920, 1080}, {2480, 3508},
					   {1280, 720},  {1170, 2532}, {6000, 4000}, {1024, 1024}};
	int64_t which = between(0, 11);

	if (which < 8) {
		s->width = usual[which][0];
		s->height = usual[which][1];
		return;
	}
	s->width = between(200, which == 11 ? 12000 : 6000);
	s->height =
		which == 10 ? s->width / between(4, 40) + 1 : between(s->width / 3 + 1, s->width);
}

static double time_fit(const struct fit_ask *ask, struct fit *f)
{
	double best = INFINITY;

	for (int i = 0; i < ROUNDS; i++) {
		double start = now_s();

		fit(ask, f);
		best = fmin(best, now_s() - start);
	}
	return best;
}

/* Sums of one rule. */
struct sums {
	double quick, slow, worst_s;
	size_t n;
};

struct line {
	const struct processor *processor;
	struct sums tokens, costs;
};

static struct line lines[RULES];
static size_t lines_n;
static double wordless_s, worded_s;

static struct worst {
	double s;
	char text[NAME];
} slowest;

static void note(struct sums *to, double quick, double slow, const struct setup *at,
		 const struct fit_budget *b)
{
	char name[QUANTITY_NAME], text[NAME];

	to->quick += quick;
	to->slow += slow;
	to->worst_s = fmax(to->worst_s, quick);
	to->n++;
	if (quick <= slowest.s && quick <= wanted_s)
		return;
	snprintf(text, sizeof(text), "%s %" PRId64 "x%" PRId64 ", %s %.6g%s%s", at->model->id,
		 at->width, at->height, quantity_name(b->quantity, name), b->value,
		 at->engine ? " by " : "", at->engine ? at->engine->id : "");
	if (quick > wanted_s)
		printf("# %.2f ms: %s\n", 1e3 * quick, text);
	if (quick <= slowest.s)
		return;
	slowest.s = quick;
	memcpy(slowest.text, text, sizeof(text));
}

static void compare(const struct setup *s, const struct fit_budget *b, const struct fit *f,
		    const struct brute_size *best)
{
	char name[QUANTITY_NAME];
	bool same =
		best ? f->best.width == best->w && f->best.height == best->h : f->best.width == 0;

	if (same)
		return;
	differences++;
	printf("# %s %" PRId64 "x%" PRId64 " within %.17g of %s: differs\n", s->model->id, s->width,
	       s->height, b->value, quantity_name(b->quantity, name));
}

/* ---------------------------------------------------------------- tokens */

/* The sizes once more without words. */
static void count_bare(const struct setup *s)
{
	struct knobs knobs = {.images = 1};
	double start = now_s();
	struct layout_px l;
	struct rule rule;
	struct count c;
	int64_t w, h;

	count_prepare(&rule, s->model->processor, s->lens, &knobs);
	for (int64_t k = 1; k <= (s->width > s->height ? s->width : s->height); k++) {
		fit_scale(s->width, s->height, k, &w, &h);
		count_layout(&rule, w, h, &c, &l);
	}
	wordless_s += now_s() - start;
}

static void tokens_of(struct line *line, int pairs)
{
	struct model m = {.id = line->processor->id, .processor = line->processor};

	for (int i = 0; i < pairs; i++) {
		struct setup s = {.model = &m, .images = 1};
		struct fit_budget b = {Q_IMAGES, 0};
		struct fit_ask ask = {.setup = &s, .budgets = &b, .budgets_n = 1};
		struct fit f;

		pick_original(&s);
		double start = now_s();
		int64_t n = brute_walk(&s, list);
		int64_t at = list[between(0, n - 1)].tokens;
		b.value = (double)(between(0, 3) ? at : between(64, 4096));
		const struct brute_size *best = brute_pick(list, n, (int64_t)b.value);
		double slow = now_s() - start;
		worded_s += slow;
		count_bare(&s);
		note(&line->tokens, time_fit(&ask, &f), slow, &s, &b);
		compare(&s, &b, &f, best);
	}
}

/* ---------------------------------------------------------------- costs */

static const enum quantity_id asked[] = {
	Q_TTFT,       Q_TTFT_HIGH,  Q_GPU,         Q_PREPROCESS,      Q_SHARE,
	Q_TEXT_LEFT,  Q_KV_REQUEST, Q_CONCURRENCY, Q_CONCURRENCY_LOW, Q_PRICE_IMAGES,
	Q_IMAGES_FIT, Q_KV_POOL,    Q_COST,        Q_REQUESTS_S};

static bool is_met(const struct setup *s, const struct fit_budget *b)
{
	struct estimate e;

	estimate_steps(s, quantities[b->quantity].needs, &e);
	struct value v = quantity_read(b->quantity, s, &e);
	if (v.reason || (estimate_is_over(e.why) && quantities[b->quantity].needs))
		return false;
	return quantities[b->quantity].is_cost ? v.number <= b->value : v.number >= b->value;
}

static const struct brute_size *brute_cost(const struct setup *s, const struct fit_budget *b)
{
	int64_t n = brute_walk(s, list);
	const struct brute_size *best = NULL;
	struct setup at = *s;

	for (int64_t k = 0; k < n; k++) {
		at.width = list[k].w;
		at.height = list[k].h;
		if (list[k].tokens >= 0 && is_met(&at, b) &&
		    (!best || brute_is_better(&list[k], best)))
			best = &list[k];
	}
	return best;
}

/* What some size of that shape costs; false: nothing. */
static bool pick_budget(const struct setup *s, struct fit_budget *b)
{
	int64_t longer = s->width > s->height ? s->width : s->height;
	struct setup at = *s;
	struct estimate e;

	fit_scale(s->width, s->height, between(longer / 8 + 1, longer), &at.width, &at.height);
	estimate(&at, &e);
	struct value v = quantity_read(b->quantity, &at, &e);
	b->value = v.number;
	return !v.reason;
}

static void costs_of(struct line *line, const struct registry *r, const struct model *m)
{
	static const char *const engines[] = {"vllm", "llama.cpp", "sglang", "transformers"};
	static int turn;

	for (size_t i = 0; i < ARRAY_SIZE(asked); i++) {
		struct setup s = {
			.model = m,
			.hardware = registry_hardware(r, "h100-sxm"),
			.engine = registry_engine(r, engines[turn++ % ARRAY_SIZE(engines)]),
			.images = 1,
			.text_tokens = 512,
			.reserve_tokens = 1024,
			.tensor_parallel = 1,
			.weights = DTYPE_BF16,
			.kv = DTYPE_BF16,
			.price_usd = 1.25,
		};
		struct fit_budget b = {asked[i], 0};
		struct fit_ask ask = {.setup = &s, .budgets = &b, .budgets_n = 1};
		struct fit f;

		pick_original(&s);
		if (!pick_budget(&s, &b))
			continue;
		double start = now_s();
		const struct brute_size *best = brute_cost(&s, &b);
		double slow = now_s() - start;
		note(&line->costs, time_fit(&ask, &f), slow, &s, &b);
		compare(&s, &b, &f, best);
	}
}

/* ---------------------------------------------------------------- what came out */

static double ratio_of(const struct sums *s)
{
	return s->slow > 0 ? s->quick / s->slow : 0;
}

static void put_sums(const struct sums *s)
{
	if (s->n == 0)
		printf(" %20s", "-");
	else
		printf("   1/%-6.0f %6.3f ms%s", 1 / ratio_of(s), 1e3 * s->worst_s,
		       ratio_of(s) > wanted_worst || s->worst_s > wanted_s ? "!" : " ");
}

static bool report(const char *what, bool costs)
{
	double ratios[RULES], worst = 0, worst_s = 0;
	const char *of = "";
	size_t n = 0;

	for (size_t i = 0; i < lines_n; i++) {
		const struct sums *s = costs ? &lines[i].costs : &lines[i].tokens;
		if (s->n == 0)
			continue;
		ratios[n++] = ratio_of(s);
		of = ratio_of(s) > worst ? lines[i].processor->id : of;
		worst = fmax(worst, ratio_of(s));
		worst_s = fmax(worst_s, s->worst_s);
	}
	if (n == 0)
		return true;
	double middle = median(ratios, n);
	printf("%s: of brute force 1/%.0f in the median of %zu rules, 1/%.0f at worst (%s); at "
	       "most %.2f ms\n",
	       what, 1 / middle, n, 1 / worst, of, 1e3 * worst_s);
	return middle <= wanted_median && worst <= wanted_worst && worst_s <= wanted_s;
}

static struct line *line_of(const struct processor *p)
{
	for (size_t i = 0; i < lines_n; i++)
		if (lines[i].processor == p)
			return &lines[i];
	return NULL;
}

int main(int argc, char **argv)
{
	int pairs = argc > 1 ? atoi(argv[1]) : 40;
	struct vtok_error err = {0};
	struct registry r;

	if (!registry_init(&r, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	list = malloc(sizeof(*list) * ROOM);
	if (!list)
		return 1;
	for (size_t i = 0; i < r.processors_n && lines_n < RULES; i++)
		if (argc < 3 || strcmp(argv[2], r.processors[i]->id) == 0)
			lines[lines_n++].processor = r.processors[i];
	for (size_t i = 0; i < lines_n; i++)
		tokens_of(&lines[i], pairs);
	for (size_t i = 0; i < r.models_n; i++)
		if (r.models[i]->processor && line_of(r.models[i]->processor))
			costs_of(line_of(r.models[i]->processor), &r, r.models[i]);
	printf("%-33s%-17s%-20s   %s\n", "rule", "strategy", "tokens: ratio, worst",
	       "costs: ratio, worst");
	for (size_t i = 0; i < lines_n; i++) {
		printf("%-33s%-14s", lines[i].processor->id, lines[i].processor->strategy->name);
		put_sums(&lines[i].tokens);
		put_sums(&lines[i].costs);
		printf("\n");
	}
	bool good = report("tokens", false);
	good &= report("costs", true);
	printf("without words brute force takes 1/%.0f of its time; the longest search: %.2f ms "
	       "(%s); "
	       "%d differences\n",
	       worded_s / wordless_s, 1e3 * slowest.s, slowest.text, differences);
	good &= differences == 0;
	printf("%s: 2 ms at most, 1/20 of brute force for any rule, 1/50 in the median\n",
	       good ? "both limits hold" : "NOT within the limits");
	free(list);
	registry_fini(&r);
	return good ? 0 : 1;
}
