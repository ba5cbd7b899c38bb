/* Adding up and merging commute: random rows in random splits, merged in random order, as partials
 * and as merges of merges, give the bytes of one tally. VTOK_SEED repeats a run. Sums of two words
 * against ones worked by hand. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/strbuf.h"
#include "cli/dataset.h"
#include "cli/partial.h"
#include "tests/random.h"

enum { ROUNDS = 40, ROWS = 400, PARTS = 12 };

static int tests, failures;

static uint64_t below(uint64_t n)
{
	return next() % n;
}

static void report(const char *what, bool good)
{
	failures += !good;
	printf("%s %d - %s\n", good ? "ok" : "not ok", ++tests, what);
}

/* ------------------------------------------------------------ wide */

static void wide_is(const char *what, struct wide a, const char *expected)
{
	char text[WIDE_TEXT];
	struct wide again;
	bool fine = strcmp(wide_text(text, a), expected) == 0 && wide_parse(expected, &again) &&
		    wide_compare(a, again) == 0;

	if (!fine)
		printf("# expected %s, found %s\n", expected, text);
	report(what, fine);
}

static void wides(void)
{
	struct wide most = {UINT64_MAX, UINT64_MAX}, sum = {0, UINT64_MAX}, same = most;

	wide_is("nothing", wide_of(0), "0");
	/* (2^64 - 1)^2 = 2^128 - 2^65 + 1 */
	wide_is("the greatest product", wide_product(UINT64_MAX, UINT64_MAX),
		"340282366920938463426481119284349108225");
	wide_is("a product across the words", wide_product(10000000000, 10000000000),
		"100000000000000000000");
	wide_is("the greatest", most, "340282366920938463463374607431768211455");
	report("a carry", wide_add(&sum, wide_of(1)) && sum.high == 1 && sum.low == 0);
	report("one too many is not added",
	       !wide_add(&same, wide_of(1)) && wide_compare(same, most) == 0);
	report("what is no number",
	       !wide_parse("", &sum) && !wide_parse("01", &sum) && !wide_parse("-1", &sum) &&
		       !wide_parse("1 ", &sum) &&
		       !wide_parse("340282366920938463463374607431768211456", &sum));
	wide_is("a difference", wide_less((struct wide){1, 0}, wide_of(1)), "18446744073709551615");
}

/* ------------------------------------------------------------ rows */

struct row {
	int64_t tokens, width, height;
	uint64_t weight;
	const char *name, *reason; /* reason: it failed */
};

static void make_row(struct row *r)
{
	static const char *const names[] = {
		"a", "b", "a", "\xff\xfe", "\"q\"", "\n\x1b[m", "\xf0\x9f\x98\x80", "\xef\xbf\xbd",
		""};
	static const char *const reasons[] = {"no such file", "a side of 12,345 px",
					      "a side of 7 px", "\xc3\xa9t\xc3\xa9"};
	bool is_huge = below(20) == 0;

	*r = (struct row){.tokens = (int64_t)below(is_huge ? 1000000000 : 40),
			  .width = 1 + (int64_t)below(1000000000),
			  .height = 1 + (int64_t)below(1000000000),
			  .weight = is_huge ? below(UINT64_C(1) << 50) : below(3),
			  .name = names[below(ARRAY_SIZE(names))]};
	if (below(5) == 0)
		r->reason = reasons[below(ARRAY_SIZE(reasons))];
}

static void add(struct dataset *d, const struct row *r)
{
	if (r->reason) {
		d->sum.rows++;
		d->sum.failed++;
		dataset_reason(d, r->reason);
		return;
	}
	d->sum.turned += r->tokens == 3;
	tally_add(&d->sum, r->tokens, r->width, r->height, r->weight);
	tally_add_costs(&d->sum, r->tokens * 4096, r->tokens * 7, r->weight);
	dataset_count(d, r->tokens, r->weight);
	if (r->weight)
		dataset_name(d, r->tokens, r->name, strlen(r->name));
	for (size_t i = 0; i < d->shape.caps; i++)
		dataset_cap(d, i, r->tokens / 2, r->weight);
}

static void begin(struct partial *p, const struct dataset_shape *shape)
{
	*p = (struct partial){.version = "1", .model = "m", .options = "0", .caps = {"8t", "100"}};
	dataset_init(&p->tally, shape);
}

/* Through a line and back, as a partial goes. */
static bool send(struct partial *p, struct vtok_error *err)
{
	struct strbuf text;

	strbuf_init(&text);
	bool fine = partial_write(p, &text);
	partial_fini(p);
	fine = fine && partial_read(strbuf_text(&text), text.len, p, err);
	strbuf_fini(&text);
	return fine;
}

static bool same_bytes(const struct partial *a, const struct partial *b)
{
	struct strbuf x, y;

	strbuf_init(&x);
	strbuf_init(&y);
	bool fine = partial_write(a, &x) && partial_write(b, &y) && x.len == y.len &&
		    memcmp(strbuf_text(&x), strbuf_text(&y), x.len) == 0;
	strbuf_fini(&x);
	strbuf_fini(&y);
	return fine;
}

/* One tally of all, and any tree of merges over any split. */
static bool one_round(void)
{
	const struct dataset_shape shape = {
		.top = 1 + (size_t)below(12), .caps = (size_t)below(3), .has_costs = below(2) == 0};
	struct partial whole, parts[PARTS];
	struct vtok_error err = {0};
	size_t n = 1 + (size_t)below(PARTS);
	bool fine = true;

	begin(&whole, &shape);
	for (size_t i = 0; i < n; i++)
		begin(&parts[i], &shape);
	for (uint64_t left = below(ROWS); left; left--) {
		struct row r;

		make_row(&r);
		add(&whole.tally, &r);
		add(&parts[below(n)].tally, &r);
	}
	for (size_t i = 0; i < n; i++)
		fine = fine && send(&parts[i], &err);
	while (fine && n > 1) {
		size_t into = (size_t)below(n), from = (size_t)below(n);

		if (into == from)
			continue;
		fine = partial_merge(&parts[into], &parts[from], &err) &&
		       (below(3) > 0 || send(&parts[into], &err));
		partial_fini(&parts[from]);
		parts[from] = parts[--n];
	}
	fine = fine && same_bytes(&whole, &parts[0]);
	if (*err.text)
		printf("# %s\n", err.text);
	for (size_t i = 0; i < n; i++)
		partial_fini(&parts[i]);
	partial_fini(&whole);
	return fine;
}

static void percentiles(void)
{
	/* ten of 1 token, eighty of 2, ten of 3 */
	static const struct tally_bin bins[] = {{1, 10}, {2, 80}, {3, 10}};

	report("percentiles by whole numbers",
	       tally_percentile(bins, 3, 1) == 1 && tally_percentile(bins, 3, 10) == 1 &&
		       tally_percentile(bins, 3, 11) == 2 && tally_percentile(bins, 3, 90) == 2 &&
		       tally_percentile(bins, 3, 91) == 3 && tally_percentile(bins, 3, 100) == 3 &&
		       tally_percentile(bins, 0, 50) == 0);
	report("what is over a limit", tally_above(bins, 3, 2).low == 10);
}

/* Weights are below 2^63, rooms are filled to three quarters. */
static void histograms_end(void)
{
	struct tally_bin bins[4] = {{0, 0}};
	struct histogram none = {0}, h = {.bins = bins, .room = 4};

	report("a weight of 0 is nothing", histogram_add(&none, 5, 0) == TALLY_ADDED && !none.n);
	report("no room", histogram_add(&none, 5, 1) == TALLY_NO_ROOM);
	report("the greatest weight", histogram_add(&h, 5, INT64_MAX) == TALLY_ADDED);
	report("one more", histogram_add(&h, 5, 1) == TALLY_OVERFLOW && h.n == 1);
	report("three of four", histogram_add(&h, 6, 1) == TALLY_ADDED &&
					histogram_add(&h, 7, 1) == TALLY_ADDED &&
					histogram_add(&h, 8, 1) == TALLY_NO_ROOM && h.n == 3);
	report("one that is there has room", histogram_add(&h, 7, 9) == TALLY_ADDED);
}

/* Sums have 128 bits. 2^65 - 1 = 253,921 x 145,295,143,558,111. */
static void sums_end(void)
{
	struct tally t = {0}, other = {0}, far = {0}, near = {0};

	for (int i = 0; i < 7; i++)
		tally_add(&t, INT64_C(1) << 62, 1, 1, UINT64_C(1) << 63);
	report("seven times 2^125", !t.is_over && t.sums[TALLY_TOKENS].high == UINT64_C(7) << 61);
	other = t;
	tally_add(&t, INT64_C(1) << 62, 1, 1, UINT64_C(1) << 63);
	report("eight times", t.is_over);
	tally_add(&far, 1, INT64_C(1) << 62, INT64_C(1) << 62, UINT64_C(1) << 63);
	report("2^124 times 2^63", far.is_over);
	tally_add(&near, 1, 253921, INT64_C(145295143558111), UINT64_MAX);
	report("2^65 - 1 times 2^64 - 1", near.is_over);
	near = (struct tally){0};
	tally_add(&near, 1, 253921, INT64_C(145295143558111), UINT64_C(1) << 63);
	report("2^65 - 1 times 2^63", !near.is_over && near.sums[TALLY_PIXELS].high == UINT64_MAX &&
					      near.sums[TALLY_PIXELS].low == UINT64_C(1) << 63);
	t = other;
	tally_merge(&t, &other);
	report("fourteen times 2^125", t.is_over && t.rows == 14);
	t = (struct tally){.rows = INT64_MAX - 7};
	tally_merge(&t, &other);
	report("as many rows as there may be", !t.is_over && t.rows == INT64_MAX && t.ok == 7);
	tally_merge(&t, &other);
	report("more rows", t.is_over && t.rows == INT64_MAX && t.ok == 14);
}

static void reasons(void)
{
	static const struct {
		const char *text, *reason;
		size_t size;
	} t[] = {
		{"12,345.5 px of 8000", "# px of #", 64},
		{"a1b2:3", "a#b#:#", 64},
		{"1. 2,x 3,:", "#. #,x #,:", 64},
		{"", "", 64},
		{"abcdef", "abc", 4},
		{"123456", "#", 2},
		{"123456", "", 1},
	};
	bool fine = true;
	char out[64];

	for (size_t i = 0; i < sizeof(t) / sizeof(*t); i++)
		fine = fine && strcmp(tally_reason(out, t[i].size, t[i].text), t[i].reason) == 0;
	report("reasons without their numbers", fine);
}

int main(void)
{
	int good = 0;

	random_begin(NULL);
	wides();
	percentiles();
	histograms_end();
	sums_end();
	reasons();
	for (int i = 0; i < ROUNDS; i++)
		good += one_round();
	report("random splits, orders and trees give the same bytes", good == ROUNDS);
	printf("1..%d\n", tests);
	return failures > 0;
}
