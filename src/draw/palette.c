#include "draw/palette.h"

#include <stdlib.h>
#include <string.h>

/* What the pixels of a bucket add up to. */
struct bucket {
	uint64_t n, sum[3];
	uint16_t id;
};

/* buckets[from .. to), and how worth it a cut is. */
struct box {
	size_t from, to;
	int axis; /* the widest channel */
	double gain;
};

struct work {
	struct bucket bucket[PALETTE_BUCKETS];
	struct box box[PALETTE_MOST];
	size_t n;
};

static int channel(const struct bucket *b, int axis)
{
	return b->id >> (10 - 5 * axis) & 31;
}

static int by_red(const void *a, const void *b)
{
	return channel(a, 0) - channel(b, 0);
}

static int by_green(const void *a, const void *b)
{
	return channel(a, 1) - channel(b, 1);
}

static int by_blue(const void *a, const void *b)
{
	return channel(a, 2) - channel(b, 2);
}

static void collect(struct work *w, const uint8_t *rgb, size_t n)
{
	for (size_t i = 0; i < n; i++, rgb += 3) {
		struct bucket *b = &w->bucket[palette_bucket(rgb)];

		b->n++;
		for (int k = 0; k < 3; k++)
			b->sum[k] += rgb[k];
	}
	for (size_t i = 0; i < PALETTE_BUCKETS; i++)
		if (w->bucket[i].n > 0) {
			w->bucket[w->n] = w->bucket[i];
			w->bucket[w->n++].id = (uint16_t)i;
		}
}

static struct box measure(const struct work *w, size_t from, size_t to)
{
	struct box b = {.from = from, .to = to};
	uint64_t pixels = 0;
	int widest = 0;

	for (int axis = 0; axis < 3; axis++) {
		int least = 31, most = 0;

		for (size_t i = from; i < to; i++) {
			int v = channel(&w->bucket[i], axis);

			least = v < least ? v : least;
			most = v > most ? v : most;
		}
		if (most - least > widest) {
			widest = most - least;
			b.axis = axis;
		}
	}
	for (size_t i = from; i < to; i++)
		pixels += w->bucket[i].n;
	b.gain = (double)pixels * widest * widest;
	return b;
}

/* Where half of the box's pixels are behind: always at least one bucket on each side. */
static size_t middle(const struct work *w, const struct box *b)
{
	uint64_t all = 0, here = 0;
	size_t at = b->from;

	for (size_t i = b->from; i < b->to; i++)
		all += w->bucket[i].n;
	while (at + 1 < b->to && (at == b->from || here + w->bucket[at].n <= all / 2))
		here += w->bucket[at++].n;
	return at;
}

static void name_box(struct palette *p, const struct work *w, const struct box *b, int as)
{
	uint64_t n = 0, sum[3] = {0};

	for (size_t i = b->from; i < b->to; i++) {
		n += w->bucket[i].n;
		for (int k = 0; k < 3; k++)
			sum[k] += w->bucket[i].sum[k];
		p->of[w->bucket[i].id] = (uint8_t)as;
	}
	for (int k = 0; k < 3; k++)
		p->rgb[as][k] = (uint8_t)((sum[k] + n / 2) / n);
}

bool palette_make(struct palette *p, const uint8_t *rgb, size_t n, int most)
{
	static int (*const orders[])(const void *, const void *) = {by_red, by_green, by_blue};
	struct work *w = calloc(1, sizeof *w);

	if (!w)
		return false;
	memset(p, 0, sizeof *p);
	collect(w, rgb, n);
	w->box[0] = measure(w, 0, w->n);
	for (p->n = 1; p->n < most; p->n++) {
		int best = 0;

		for (int i = 1; i < p->n; i++)
			if (w->box[i].gain > w->box[best].gain)
				best = i;
		struct box b = w->box[best];
		if (!(b.gain > 0))
			break; /* every box is one bucket */
		qsort(w->bucket + b.from, b.to - b.from, sizeof w->bucket[0], orders[b.axis]);
		size_t cut = middle(w, &b);
		w->box[best] = measure(w, b.from, cut);
		w->box[p->n] = measure(w, cut, b.to);
	}
	for (int i = 0; i < p->n; i++)
		name_box(p, w, &w->box[i], i);
	free(w);
	return true;
}
