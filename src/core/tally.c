#include "core/tally.h"

#include <string.h>

/* ------------------------------------------------------------ histogram */

/* Neighbouring counts lie apart: Fibonacci's multiplier. */
static size_t first_place(const struct histogram *h, int64_t tokens)
{
	return (size_t)((uint64_t)tokens * UINT64_C(11400714819323198485) >> 32) & (h->room - 1);
}

static struct tally_bin *bin_of(const struct histogram *h, int64_t tokens)
{
	size_t i = first_place(h, tokens);

	while (h->bins[i].weight && h->bins[i].tokens != tokens)
		i = (i + 1) & (h->room - 1);
	return &h->bins[i];
}

enum tally_added histogram_add(struct histogram *h, int64_t tokens, uint64_t weight)
{
	if (!weight)
		return TALLY_ADDED;
	if (!h->room)
		return TALLY_NO_ROOM;
	struct tally_bin *bin = bin_of(h, tokens);

	if (weight > INT64_MAX - bin->weight)
		return TALLY_OVERFLOW;
	if (!bin->weight) {
		if (h->n + 1 > h->room - h->room / 4)
			return TALLY_NO_ROOM;
		bin->tokens = tokens;
		h->n++;
	}
	bin->weight += weight;
	return TALLY_ADDED;
}

void histogram_move(struct histogram *into, const struct histogram *from)
{
	for (size_t i = 0; i < from->room; i++)
		if (from->bins[i].weight)
			*bin_of(into, from->bins[i].tokens) = from->bins[i];
	into->n = from->n;
}

/* Moves the element at `at` down a heap of n with the greatest on top. */
static void sift(struct tally_bin *a, size_t at, size_t n)
{
	struct tally_bin moved = a[at];

	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n && a[child + 1].tokens > a[child].tokens)
			child++;
		if (a[child].tokens <= moved.tokens)
			break;
		a[at] = a[child];
	}
	a[at] = moved;
}

static void sort(struct tally_bin *a, size_t n)
{
	for (size_t i = n / 2; i > 0; i--)
		sift(a, i - 1, n);
	for (size_t left = n; left > 1; left--) {
		struct tally_bin last = a[left - 1];
		a[left - 1] = a[0];
		a[0] = last;
		sift(a, 0, left - 1);
	}
}

void histogram_sorted(const struct histogram *h, struct tally_bin *out)
{
	size_t n = 0;

	for (size_t i = 0; i < h->room; i++)
		if (h->bins[i].weight)
			out[n++] = h->bins[i];
	sort(out, n);
}

/* ------------------------------------------------------------ what sorted bins say */

struct wide tally_weight(const struct tally_bin *sorted, size_t n)
{
	return tally_above(sorted, n, INT64_MIN);
}

/* 2^63 bins of 2^63 - 1 would be needed for more than 128 bits. */
struct wide tally_above(const struct tally_bin *sorted, size_t n, int64_t limit)
{
	struct wide sum = {0};

	for (size_t i = 0; i < n; i++)
		if (sorted[i].tokens > limit)
			wide_add(&sum, wide_of(sorted[i].weight));
	return sum;
}

struct wide tally_tokens(const struct tally_bin *sorted, size_t n)
{
	struct wide sum = {0};

	for (size_t i = 0; i < n; i++)
		wide_add(&sum, wide_product((uint64_t)sorted[i].tokens, sorted[i].weight));
	return sum;
}

/* a * n for a small n: by addition, since a has 128 bits already. */
static struct wide times(struct wide a, unsigned n)
{
	struct wide sum = {0};

	for (; n; n--)
		wide_add(&sum, a);
	return sum;
}

int64_t tally_percentile(const struct tally_bin *sorted, size_t n, unsigned percent)
{
	struct wide wanted = times(tally_weight(sorted, n), percent), below = {0};

	for (size_t i = 0; i < n; i++) {
		wide_add(&below, wide_product(sorted[i].weight, 100));
		if (wide_compare(below, wanted) >= 0)
			return sorted[i].tokens;
	}
	return 0;
}

/* ------------------------------------------------------------ the worst */

/* < 0: a comes first. */
static int compare_worst(const struct tally_worst *a, const struct tally_worst *b)
{
	if (a->tokens != b->tokens)
		return a->tokens > b->tokens ? -1 : 1;
	return strcmp(a->name, b->name);
}

size_t tally_place(const struct tally_worst *sorted, size_t n, size_t most,
		   const struct tally_worst *new)
{
	size_t at = n;

	while (at > 0 && compare_worst(new, &sorted[at - 1]) < 0)
		at--;
	return at < most ? at : most;
}

/* ------------------------------------------------------------ sums */

static void add_times(struct tally *t, enum tally_sum sum, struct wide one, uint64_t weight)
{
	struct wide low = wide_product(one.low, weight), high = wide_product(one.high, weight);

	if (high.high || !wide_add(&low, (struct wide){.high = high.low}) ||
	    !wide_add(&t->sums[sum], low))
		t->is_over = true;
}

void tally_add(struct tally *t, int64_t tokens, int64_t width, int64_t height, uint64_t weight)
{
	t->rows++;
	t->ok++;
	add_times(t, TALLY_WEIGHT, wide_of(1), weight);
	add_times(t, TALLY_TOKENS, wide_of((uint64_t)tokens), weight);
	add_times(t, TALLY_PIXELS, wide_product((uint64_t)width, (uint64_t)height), weight);
}

void tally_add_many(struct tally *t, uint64_t n, uint64_t tokens, uint64_t pixels)
{
	t->rows += n;
	t->ok += n;
	add_times(t, TALLY_WEIGHT, wide_of(n), 1);
	add_times(t, TALLY_TOKENS, wide_of(tokens), 1);
	add_times(t, TALLY_PIXELS, wide_of(pixels), 1);
}

void tally_add_costs(struct tally *t, int64_t kv_bytes, int64_t micros, uint64_t weight)
{
	add_times(t, TALLY_KV, wide_of((uint64_t)kv_bytes), weight);
	add_times(t, TALLY_MICROS, wide_of((uint64_t)micros), weight);
}

/* Rows are counted one by one or are the numbers of a partial, whose reader keeps them below
 * 2^63. */
static void add_rows(struct tally *t, uint64_t *sum, uint64_t more)
{
	if (more > INT64_MAX - *sum)
		t->is_over = true;
	else
		*sum += more;
}

void tally_merge(struct tally *into, const struct tally *from)
{
	add_rows(into, &into->rows, from->rows);
	add_rows(into, &into->ok, from->ok);
	add_rows(into, &into->refused, from->refused);
	add_rows(into, &into->failed, from->failed);
	add_rows(into, &into->turned, from->turned);
	for (int i = 0; i < TALLY_SUMS; i++)
		if (!wide_add(&into->sums[i], from->sums[i]))
			into->is_over = true;
	into->is_over |= from->is_over;
}

/* "1,000.5" is one number. */
static const char *number_end(const char *p)
{
	while ((*p >= '0' && *p <= '9') || ((*p == ',' || *p == '.') && p[1] >= '0' && p[1] <= '9'))
		p++;
	return p;
}

char *tally_reason(char *out, size_t size, const char *text)
{
	size_t used = 0;

	while (*text && used + 1 < size) {
		bool is_digit = *text >= '0' && *text <= '9';

		out[used++] = is_digit ? '#' : *text;
		text = is_digit ? number_end(text) : text + 1;
	}
	out[used] = '\0';
	return out;
}
