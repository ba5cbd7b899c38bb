/* The search for a size against the definition, for every counting rule of the registry, runtime
 * variants and hosted rules included: prop_fit [--update]
 *   - random originals (also extreme, tiny, of common shapes) and budgets (also a count that
 *     occurs, one below it, and below the smallest): the same answer, the same next step, the same
 *     cheapest size where none holds, as counting every size
 *   - budgets on any quantity that an estimate has, times, memory, context and price before the
 *     others, against an estimate of every size; the counting rules of no checkpoint are lent one
 *   - the rows of tests/data/fit.csv, which were counted size by size; --update prints them so
 *     anew, for a rule that was corrected
 * VTOK_SEED repeats a run; VTOK_ALL_FITS=1 takes 240 pairs a rule instead of a few. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "core/fit.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "tests/brute_fit.h"
#include "tests/random.h"

enum { SIDE = 6000, ROOM = 65536, COLUMNS = 8 };

static int tests, failures;
static struct brute_size *list;

static int64_t between(int64_t least, int64_t most)
{
	return least + (int64_t)(next() % (uint64_t)(most - least + 1));
}

static void report(const char *id, const char *what, bool good)
{
	failures += !good;
	printf("%s %d - %s: %s\n", good ? "ok" : "not ok", ++tests, id, what);
}

/* ---------------------------------------------------------------- tokens */

static void pick_original(struct setup *s, int64_t most)
{
	static const int64_t shapes[][2] = {{1, 1}, {4, 3}, {3, 2}, {16, 9}, {210, 297}, {2, 1}};
	int64_t longer = between(1, 3) > 1 ? between(200, most) : between(1, 400), other;

	switch (between(0, 3)) {
	case 0: {
		const int64_t *shape = shapes[between(0, 5)];
		int64_t a = shape[0] > shape[1] ? shape[0] : shape[1];

		other = longer * (shape[0] + shape[1] - a) / a;
		break;
	}
	case 1: /* a strip */
		other = longer / between(4, 220);
		break;
	default:
		other = between(longer / 4, longer);
	}
	other = other < 1 ? 1 : other;
	bool is_wide = between(0, 1);
	s->width = is_wide ? longer : other;
	s->height = is_wide ? other : longer;
}

static int64_t pick_budget(int64_t n)
{
	static const int64_t usual[] = {256, 512, 768, 1024, 1280, 1500, 2048, 2560, 4096};
	int64_t least = INT64_MAX, most = 0, at = list[between(0, n - 1)].tokens;

	for (int64_t k = 0; k < n; k++)
		if (list[k].tokens >= 0) {
			least = list[k].tokens < least ? list[k].tokens : least;
			most = list[k].tokens > most ? list[k].tokens : most;
		}
	if (least > most)
		return 100;
	switch (between(0, 5)) {
	case 0:
		return usual[between(0, 8)];
	case 1:
		return at;
	case 2:
		return at - 1;
	case 3:
		return between(0, 3) ? least : least - 1;
	default:
		return between(least, most);
	}
}

static bool is_same(const struct fit_size *a, const struct brute_size *b)
{
	return b ? a->width == b->w && a->height == b->h && a->tokens == b->tokens &&
			       a->effective == b->effective
		 : a->width == 0;
}

static bool complain(const struct setup *s, double budget, const struct fit_size *a,
		     const struct brute_size *b)
{
	printf("# %s %" PRId64 "x%" PRId64 " within %.17g: %" PRId64 "x%" PRId64 " of %" PRId64
	       " tokens, E %" PRId64,
	       s->model->processor->id, s->width, s->height, budget, a->width, a->height, a->tokens,
	       a->effective);
	if (b)
		printf("; counted %" PRId64 "x%" PRId64 " of %" PRId64 ", E %" PRId64, b->w, b->h,
		       b->tokens, b->effective);
	printf("\n");
	return false;
}

/* True if a size below that one takes another number of tokens. */
static bool brute_differs(const struct brute_size *first, const struct brute_size *at)
{
	for (const struct brute_size *b = first; b < at; b++)
		if (b->tokens >= 0 && b->tokens != at->tokens)
			return true;
	return false;
}

static bool agrees(const struct setup *s, int64_t n, int64_t budget)
{
	struct fit_budget b = {Q_IMAGES, (double)(budget * s->images)};
	struct fit_ask ask = {.setup = s, .budgets = &b, .budgets_n = 1};
	const struct brute_size *best = brute_pick(list, n, budget);
	struct fit f;

	fit(&ask, &f);
	if (!is_same(&f.best, best))
		return complain(s, (double)budget, &f.best, best);
	const struct brute_size *after = best ? brute_next(list, n, best) : NULL;
	if (!is_same(&f.next, after))
		return complain(s, (double)budget, &f.next, after);
	bool holds = list[n - 1].tokens >= 0 && list[n - 1].tokens <= budget;
	if ((f.status == FIT_FITS) != holds)
		return complain(s, (double)budget, &f.best, best);
	if (best)
		return true;
	const struct brute_size *least = brute_cheapest(list, n);
	const struct brute_size none = {.tokens = -1};
	bool has_choice = least && (brute_next(list, n, least) || brute_differs(list, least));
	bool has_no_rule =
		s->lens == LENS_FORMULA && s->model->processor->textbook == TEXTBOOK_NONE;
	if (!is_same(&f.least, least) || f.status != (has_no_rule            ? FIT_ERROR
						      : has_choice || !least ? FIT_NONE
									     : FIT_NO_CHOICE))
		return complain(s, (double)budget, &f.least, least ? least : &none);
	return true;
}

static void counts(const struct processor *p, int pairs)
{
	static const int64_t few[] = {1, 2, 3, 21};
	struct model m = {.id = p->id, .processor = p};
	bool good = true;

	for (int i = 0; i < pairs && good; i += 4) {
		struct setup s = {.model = &m, .images = 1};

		pick_original(&s, between(0, 9) ? SIDE / 2 : SIDE);
		if (between(0, 7) == 0)
			s.images = few[between(0, 3)];
		if (between(0, 7) == 0)
			s.lens = LENS_FORMULA;
		if (between(0, 5) == 0)
			s.knobs = (struct knobs){
				.max_pixels = between(1, 4000000),
				.grid_k = (int32_t)between(0, 9),
				.detail = (enum detail)between(0, DETAIL_N - 1),
				.media = (enum media_resolution)between(0, MEDIA_N - 1)};
		int64_t n = brute_walk(&s, list);
		for (int k = 0; k < 4 && good; k++)
			good = agrees(&s, n, pick_budget(n));
	}
	report(p->id, "the size is the one that counting every size finds", good);
}

/* ---------------------------------------------------------------- estimates */

/* Half of the budgets are on what people ask for. */
static const enum quantity_id asked[] = {
	Q_TTFT,           Q_TTFT_HIGH,  Q_GPU,        Q_SHARE,       Q_TEXT_LEFT,    Q_KV_REQUEST,
	Q_COST,           Q_REQUESTS_S, Q_IMAGES_FIT, Q_CONCURRENCY, Q_PRICE_IMAGES, Q_GPUS,
	Q_CONCURRENCY_LOW};

static enum quantity_id pick_quantity(void)
{
	enum quantity_id id = asked[between(0, (int64_t)ARRAY_SIZE(asked) - 1)];

	if (between(0, 1))
		return id;
	do
		id = (enum quantity_id)between(0, Q_N - 1);
	while (fit_no_budget(id));
	return id;
}

static bool estimates_agree(const struct setup *s, int64_t n, const struct fit_budget *b, int bn)
{
	struct fit_ask ask = {.setup = s, .budgets = b, .budgets_n = bn};
	const struct brute_size *best = brute_within(list, n, s, b, bn);
	struct fit f;

	fit(&ask, &f);
	return is_same(&f.best, best) || complain(s, b->value, &f.best, best);
}

/* A budget that some size of the shape has, or a little less or more. */
static bool pick_estimate(const struct setup *s, int64_t n, struct fit_budget *b)
{
	static const double near[] = {1, 0.999, 1.001, 0.8};
	const struct brute_size *at = &list[between(0, n - 1)];
	struct setup here = *s;
	struct estimate e;

	b->quantity = pick_quantity();
	here.width = at->w;
	here.height = at->h;
	estimate(&here, &e);
	struct value v = quantity_read(b->quantity, &here, &e);
	b->value = v.number * near[between(0, 3)];
	return !v.reason;
}

/* A server as it comes, or told something. */
static void pick_server(const struct registry *r, struct setup *s)
{
	static const int64_t ranks[] = {1, 1, 2, 4}, threads[] = {0, 1, 4, 16};
	static const enum dtype weights[] = {DTYPE_BF16, DTYPE_STORED, DTYPE_FP8, DTYPE_INT4};

	s->hardware = r->hardware[between(0, (int64_t)r->hardware_n - 1)];
	s->engine = r->engines[between(0, (int64_t)r->engines_n - 1)];
	s->tensor_parallel = (int32_t)ranks[between(0, 3)];
	s->weights = weights[between(0, 3)];
	s->kv = between(0, 3) ? DTYPE_BF16 : DTYPE_FP8;
	s->preprocess =
		between(0, 3) ? PREPROCESS_AUTO : (enum preprocess_way)between(0, PREPROCESS_N - 1);
	s->cpu_threads = (int32_t)threads[between(0, 3)];
	s->lens = between(0, 9) ? LENS_EXACT : LENS_FORMULA;
	s->rate_per_s = between(0, 2) ? 0 : (double)between(1, 400) / 10;
	s->ttft_s = between(0, 2) ? 0 : (double)between(1, 30) / 10;
	if (between(0, 2))
		return;
	s->file_bytes = between(1000, 9000000);
	s->file_format = (enum image_format)between(0, IMAGE_FORMAT_N - 1);
	s->file_pixels = between(0, 1) ? s->width * s->height : 0;
}

static void estimates(const struct registry *r, const struct model *m, int pairs)
{
	bool good = true;

	for (int i = 0; i < pairs && good; i++) {
		struct setup s = {
			.model = m,
			.images = between(1, 3),
			.text_tokens = between(0, 600),
			.reserve_tokens = 1024,
			.price_usd = between(0, 1) ? 1.25 : 0,
		};
		struct fit_budget b[2];

		pick_original(&s, 1200);
		pick_server(r, &s);
		int64_t n = brute_walk(&s, list);
		if (!pick_estimate(&s, n, &b[0]))
			continue;
		int bn = between(0, 3) == 0 && pick_estimate(&s, n, &b[1]) ? 2 : 1;
		good = estimates_agree(&s, n, b, bn);
	}
	report(m->processor->id, "of whatever an estimate has, too", good);
}

/* A checkpoint of that rule; else one of another, so that there is something to estimate. */
static struct model lend(const struct registry *r, const struct processor *p)
{
	struct model m = {0};
	size_t n = 0;

	for (size_t i = 0; i < r->models_n; i++)
		if (r->models[i]->processor == p && between(0, (int64_t)n++) == 0)
			m = *r->models[i];
	while (!m.processor || !m.tower)
		m = *r->models[between(0, (int64_t)r->models_n - 1)];
	m.processor = p;
	return m;
}

/* ---------------------------------------------------------------- the rows */

static bool cut(char *line, char **f)
{
	line[strcspn(line, "\r\n")] = '\0';
	for (int i = 0; i < COLUMNS; i++) {
		f[i] = line;
		char *comma = strchr(line, ',');
		if ((comma == NULL) != (i == COLUMNS - 1))
			return false;
		if (comma)
			*comma++ = '\0';
		line = comma;
	}
	return true;
}

/* The row as counting every size has it now: for a rule that was corrected since. */
static void put_row(const struct setup *s, char **f, int64_t budget)
{
	const struct brute_size *best = brute_pick(list, brute_walk(s, list), budget);

	printf("%s,%s,%s,%s,", f[0], f[1], f[2], f[3]);
	if (best)
		printf("%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 "\n", best->w, best->h,
		       best->tokens, best->effective);
	else
		printf(",,,\n");
}

static bool row_agrees(const struct registry *r, char **f, bool update)
{
	int64_t v[COLUMNS] = {0};
	struct vtok_error err = {0};
	const struct model *m = NULL;
	const struct processor *p = NULL;

	for (int i = 1; i < COLUMNS; i++)
		if (f[i][0] && !str_int(f[i], 0, INT64_MAX, &v[i]))
			return false;
	if (!subject_resolve(r, f[0], &m, &p, &err))
		return false;
	struct model stub = {.id = p->id, .processor = p};
	struct setup s = {.model = &stub, .images = 1, .width = v[1], .height = v[2]};
	struct fit_budget b = {Q_IMAGES, (double)v[3]};
	struct fit_ask ask = {.setup = &s, .budgets = &b, .budgets_n = 1};
	struct brute_size row = {v[4], v[5], v[6], v[7]};
	struct fit found;

	if (update) {
		put_row(&s, f, v[3]);
		return true;
	}
	fit(&ask, &found);
	return is_same(&found.best, f[4][0] ? &row : NULL) ||
	       complain(&s, b.value, &found.best, f[4][0] ? &row : NULL);
}

static void rows(const struct registry *r, const char *path, bool update)
{
	char line[256], *f[COLUMNS];
	FILE *file = fopen(path, "r");
	int n = 0, bad = 0;

	if (!file || !fgets(line, sizeof(line), file)) {
		report(path, "can be read", false);
		return;
	}
	if (update)
		printf("%s", line);
	while (fgets(line, sizeof(line), file)) {
		n++;
		bad += !cut(line, f) || !row_agrees(r, f, update);
	}
	fclose(file);
	if (update)
		return;
	printf("# %d rows, %d differ\n", n, bad);
	report("fit.csv", "every row", n > 0 && bad == 0);
}

int main(int argc, char **argv)
{
	const char *source = getenv("srcdir"), *only = getenv("VTOK_ONLY");
	bool all = getenv("VTOK_ALL_FITS") != NULL;
	struct vtok_error err = {0};
	struct registry r;
	char path[4096];

	list = malloc(sizeof(*list) * ROOM);
	if (!list || !registry_init(&r, &err)) {
		printf("Bail out! %s\n", err.text);
		return 1;
	}
	str_format(path, sizeof(path), "%s/tests/data/fit.csv", source ? source : ".");
	if (argc > 1 && strcmp(argv[1], "--update") == 0) {
		rows(&r, path, true);
		return 0;
	}
	random_begin(NULL);
	rows(&r, path, false);
	for (size_t i = 0; i < r.processors_n; i++)
		if (!only || strcmp(only, r.processors[i]->id) == 0)
			counts(r.processors[i], all ? 240 : 4);
	for (size_t i = 0; i < r.processors_n; i++) {
		struct model m = lend(&r, r.processors[i]);

		if (!only || strcmp(only, r.processors[i]->id) == 0)
			estimates(&r, &m, all ? 24 : 1);
	}
	for (size_t i = 0; all && i < r.models_n; i++)
		if (r.models[i]->processor && r.models[i]->tower && !only)
			estimates(&r, r.models[i], 12);
	printf("1..%d\n", tests);
	registry_fini(&r);
	free(list);
	return failures != 0;
}
