/* How long the search for a size takes, beside counting every size in the same run: fit [PAIRS
 * [RULE]]
 *
 *     tokens    PAIRS (40) random originals and budgets for each counting rule, variants and hosted
 *               rules included; differences from counting every size are printed and fail
 *     time      a budget on the time to the first token, one original for each checkpoint
 *
 * Wanted: 2 ms at most for any; of counting every size 1/20 at most for any, 1/50 in the median.
 * Of a rule the ratio is of the sums over its pairs. Best of three for each search. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "bench/clock.h"
#include "core/fit.h"
#include "registry/registry.h"
#include "tests/brute_fit.h"

enum { ROOM = 20000, RULES = 4096, ROUNDS = 3 };

static const double wanted_s = 2e-3, wanted_worst = 1.0 / 20, wanted_median = 1.0 / 50;

static uint64_t state = 20261127;
static struct brute_size *list;

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

struct figures {
	double worst_s, ratios[RULES], *times;
	size_t rules, times_n, times_room;
	double worst_ratio;
	char worst[64], slowest[96];
	int differences;
};

static void note_time(struct figures *f, double s, const char *id, const struct setup *at)
{
	if (f->times_n < f->times_room)
		f->times[f->times_n++] = s;
	if (s > f->worst_s) {
		f->worst_s = s;
		snprintf(f->slowest, sizeof(f->slowest), "%s %" PRId64 "x%" PRId64, id, at->width,
			 at->height);
	}
}

static void note_ratio(struct figures *f, double ratio, const char *id)
{
	if (f->rules < RULES)
		f->ratios[f->rules++] = ratio;
	if (ratio > f->worst_ratio) {
		f->worst_ratio = ratio;
		snprintf(f->worst, sizeof(f->worst), "%s", id);
	}
	if (ratio > wanted_worst)
		printf("#   %-32s 1/%.0f\n", id, 1 / ratio);
}

static void tokens_of(const struct processor *p, int pairs, struct figures *all)
{
	struct model m = {.id = p->id, .processor = p};
	double quick = 0, slow = 0;

	for (int i = 0; i < pairs; i++) {
		struct setup s = {.model = &m, .images = 1};
		struct fit_budget b = {Q_IMAGES, 0};
		struct fit_ask ask = {.setup = &s, .budgets = &b, .budgets_n = 1};
		const struct brute_size *best;
		struct fit f;

		pick_original(&s);
		double start = now_s();
		int64_t n = brute_walk(&s, list);
		int64_t at = list[between(0, n - 1)].tokens;
		b.value = (double)(between(0, 3) ? at : between(64, 4096));
		best = brute_pick(list, n, (int64_t)b.value);
		slow += now_s() - start;
		double took = time_fit(&ask, &f);
		quick += took;
		note_time(all, took, p->id, &s);
		if (best ? f.best.width != best->w || f.best.height != best->h
			 : f.best.width != 0) {
			all->differences++;
			printf("#   %s %" PRId64 "x%" PRId64 " within %.0f: differs\n", p->id,
			       s.width, s.height, b.value);
		}
	}
	note_ratio(all, quick / slow, p->id);
}

static void time_of(const struct registry *r, const struct model *m, struct figures *all)
{
	static const char *const engines[] = {"vllm", "llama.cpp"};
	struct setup s = {
		.model = m,
		.hardware = registry_hardware(r, "h100-sxm"),
		.images = 1,
		.text_tokens = 512,
		.reserve_tokens = 1024,
		.tensor_parallel = 1,
		.weights = DTYPE_BF16,
		.kv = DTYPE_BF16,
	};

	for (size_t i = 0; i < ARRAY_SIZE(engines); i++) {
		struct fit_budget b = {Q_TTFT, 0};
		struct fit_ask ask = {.setup = &s, .budgets = &b, .budgets_n = 1};
		struct estimate e;
		struct fit f;

		s.engine = registry_engine(r, engines[i]);
		pick_original(&s);
		estimate(&s, &e);
		if (e.prefill.reason)
			continue;
		b.value = e.prefill.ttft_s * (double)between(3, 9) / 10;
		note_time(all, time_fit(&ask, &f), m->id, &s);
	}
}

static bool report(const char *what, struct figures *f)
{
	printf("%s: %zu searches, median %.0f us, worst %.2f ms (%s)\n", what, f->times_n,
	       1e6 * median(f->times, f->times_n), 1e3 * f->worst_s, f->slowest);
	bool good = f->worst_s <= wanted_s && f->differences == 0;

	if (f->rules) {
		double middle = median(f->ratios, f->rules);

		printf("%s: of counting every size 1/%.0f in the median of %zu rules, 1/%.0f at "
		       "worst (%s); %d differences\n",
		       what, 1 / middle, f->rules, 1 / f->worst_ratio, f->worst, f->differences);
		good = good && middle <= wanted_median && f->worst_ratio <= wanted_worst;
	}
	return good;
}

int main(int argc, char **argv)
{
	int pairs = argc > 1 ? atoi(argv[1]) : 40;
	static struct figures tokens, times;
	struct vtok_error err = {0};
	struct registry r;

	if (!registry_init(&r, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	list = malloc(sizeof(*list) * ROOM);
	tokens.times_room = r.processors_n * (size_t)pairs;
	tokens.times = calloc(tokens.times_room + 1, sizeof(double));
	times.times_room = 2 * r.models_n;
	times.times = calloc(times.times_room + 1, sizeof(double));
	if (!list || !tokens.times || !times.times)
		return 1;
	for (size_t i = 0; i < r.processors_n; i++)
		if (argc < 3 || strcmp(argv[2], r.processors[i]->id) == 0)
			tokens_of(r.processors[i], pairs, &tokens);
	for (size_t i = 0; i < r.models_n; i++)
		if (r.models[i]->processor && argc < 3)
			time_of(&r, r.models[i], &times);
	bool good = report("tokens", &tokens);
	good &= report("time to the first token", &times);
	printf("%s\n", good ? "as wanted" : "NOT as wanted");
	free(list);
	free(tokens.times);
	free(times.times);
	registry_fini(&r);
	return good ? 0 : 1;
}
