#include "cli/dataset.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void dataset_init(struct dataset *d, const struct dataset_shape *shape)
{
	*d = (struct dataset){.shape = *shape};
}

void dataset_fini(struct dataset *d)
{
	for (size_t i = 0; i < d->worst_n; i++)
		free((char *)d->worst[i].name);
	for (size_t i = 0; i < d->reasons_n; i++)
		free(d->reasons[i].text);
	free(d->worst);
	free(d->reasons);
	free(d->hist.bins);
	*d = (struct dataset){0};
}

/* ------------------------------------------------------------ histogram */

static bool grow(struct histogram *h)
{
	struct histogram more = {.room = h->room ? 2 * h->room : 1024};

	more.bins = calloc(more.room, sizeof(*more.bins));
	if (!more.bins)
		return false;
	histogram_move(&more, h);
	free(h->bins);
	*h = more;
	return true;
}

void dataset_count(struct dataset *d, int64_t tokens, uint64_t weight)
{
	enum tally_added added = histogram_add(&d->hist, tokens, weight);

	if (added == TALLY_NO_ROOM && grow(&d->hist))
		added = histogram_add(&d->hist, tokens, weight);
	d->no_memory |= added == TALLY_NO_ROOM;
	d->sum.is_over |= added == TALLY_OVERFLOW;
}

struct tally_bin *dataset_bins(const struct dataset *d)
{
	struct tally_bin *sorted = malloc((d->hist.n + 1) * sizeof(*sorted));

	if (sorted)
		histogram_sorted(&d->hist, sorted);
	return sorted;
}

/* ------------------------------------------------------------ the worst */

static char *clean_name(const char *name, size_t len)
{
	static const char bad[] = "\xef\xbf\xbd";
	char *out = malloc(3 * len + 1), *p = out;

	for (size_t i = 0; out && i < len;) {
		uint32_t cp = UTF8_BAD;
		char four[5] = "";
		size_t n = 1;

		memcpy(four, name + i, len - i < 4 ? len - i : 4);
		if (*four)
			n = utf8_decode(four, &cp);
		if (cp == UTF8_BAD) {
			memcpy(p, bad, sizeof(bad) - 1);
			p += sizeof(bad) - 1;
		} else {
			memcpy(p, name + i, n);
			p += n;
		}
		i += n;
	}
	if (out)
		*p = '\0';
	return out;
}

/* Takes the name. */
static void insert(struct dataset *d, int64_t tokens, char *name)
{
	struct tally_worst new = {.tokens = tokens, .name = name};
	size_t at = tally_place(d->worst, d->worst_n, d->shape.top, &new);

	if (at == d->shape.top) {
		free(name);
		return;
	}
	if (d->worst_n == d->shape.top)
		free((char *)d->worst[--d->worst_n].name);
	memmove(d->worst + at + 1, d->worst + at, (d->worst_n - at) * sizeof(*d->worst));
	d->worst[at] = new;
	d->worst_n++;
}

void dataset_name(struct dataset *d, int64_t tokens, const char *name, size_t len)
{
	if (!d->shape.top ||
	    (d->worst_n == d->shape.top && tokens < d->worst[d->worst_n - 1].tokens))
		return;
	if (!d->worst)
		d->worst = calloc(d->shape.top, sizeof(*d->worst));
	char *own = d->worst ? clean_name(name, len) : NULL;

	if (own)
		insert(d, tokens, own);
	else
		d->no_memory = true;
}

/* ------------------------------------------------------------ caps, reasons */

void dataset_cap(struct dataset *d, size_t cap, int64_t tokens, uint64_t weight)
{
	if (!wide_add(&d->capped[cap], wide_product((uint64_t)tokens, weight)))
		d->sum.is_over = true;
}

/* The place of a text among the reasons, or where it belongs. */
static size_t reason_at(const struct dataset *d, const char *text)
{
	size_t low = 0, high = d->reasons_n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(d->reasons[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool new_reason(struct dataset *d, size_t at, const char *text)
{
	if (d->reasons_n == d->reasons_room) {
		size_t room = d->reasons_room ? 2 * d->reasons_room : 16;
		struct dataset_reason *more = realloc(d->reasons, room * sizeof(*more));

		if (!more)
			return false;
		d->reasons = more;
		d->reasons_room = room;
	}
	char *copy = strdup(text);

	if (!copy)
		return false;
	memmove(d->reasons + at + 1, d->reasons + at, (d->reasons_n - at) * sizeof(*d->reasons));
	d->reasons[at] = (struct dataset_reason){.text = copy};
	d->reasons_n++;
	return true;
}

void dataset_reason_is(struct dataset *d, const char *text, uint64_t n)
{
	size_t at = reason_at(d, text);
	bool is_there = at < d->reasons_n && strcmp(d->reasons[at].text, text) == 0;

	if (!is_there && !new_reason(d, at, text))
		d->no_memory = true;
	else if (n > INT64_MAX - d->reasons[at].n)
		d->sum.is_over = true;
	else
		d->reasons[at].n += n;
}

void dataset_reason(struct dataset *d, const char *text)
{
	char out[DATASET_REASON];

	dataset_reason_is(d, tally_reason(out, sizeof(out), text), 1);
}

/* ------------------------------------------------------------ merging */

void dataset_merge(struct dataset *into, const struct dataset *from)
{
	tally_merge(&into->sum, &from->sum);
	for (size_t i = 0; i < from->hist.room; i++)
		if (from->hist.bins[i].weight)
			dataset_count(into, from->hist.bins[i].tokens, from->hist.bins[i].weight);
	for (size_t i = 0; i < into->shape.caps; i++)
		if (!wide_add(&into->capped[i], from->capped[i]))
			into->sum.is_over = true;
	for (size_t i = 0; i < from->worst_n; i++)
		dataset_name(into, from->worst[i].tokens, from->worst[i].name,
			     strlen(from->worst[i].name));
	for (size_t i = 0; i < from->reasons_n; i++)
		dataset_reason_is(into, from->reasons[i].text, from->reasons[i].n);
	into->no_memory |= from->no_memory;
}

bool dataset_is_good(const struct dataset *d)
{
	return !d->no_memory && !d->sum.is_over;
}
