/* One request over a range of widths. Every point is computed afresh at a whole pixel: counting
 * rules are staircases, some of them not monotone, and interpolation would hide the steps that
 * matter. */
#include "core/sweep.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"

enum { CLIFF_NEAR = 256, CLIFF_STRIDE = 8, CLIFF_FAR = 8192 }; /* pixels */

static const struct {
	const char *name, *title, *unit;
} metrics[] = {
	[METRIC_TOKENS] = {"tokens",      "visual tokens per image", "tokens"  },
	[METRIC_TTFT] = {"ttft",        "time to the first token", "s"       },
	[METRIC_KV] = {"kv",          "KV cache of one request", "bytes"   },
	[METRIC_SHARE] = {"share",       "share of the context",    ""        },
	[METRIC_CONCURRENCY] = {"concurrency", "requests at once",        "requests"},
};

static_assert(ARRAY_SIZE(metrics) == METRIC_N, "a line for every metric");

const char *metric_name(enum metric m)
{
	return metrics[m].name;
}

const char *metric_title(enum metric m)
{
	return metrics[m].title;
}

const char *metric_unit(enum metric m)
{
	return metrics[m].unit;
}

bool metric_find(const char *name, enum metric *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(metrics); i++) {
		if (str_casecmp(name, metrics[i].name) != 0)
			continue;
		*out = (enum metric)i;
		return true;
	}
	return false;
}

void sweep_widths(double least, double most, bool log_axis, struct point *points, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double at = n > 1 ? (double)i / (double)(n - 1) : 0;
		double x = log_axis && least > 0 ? least * pow(most / least, at)
						 : least + at * (most - least);

		points[i] = (struct point){.x = round(x)};
	}
}

/* The height that keeps the aspect of s, at least one pixel. */
static void set_size(struct setup *at, const struct setup *s, double width)
{
	double aspect = s->width > 0 && s->height > 0 ? (double)s->height / (double)s->width : 1;
	double w = fmin(fmax(width, 1), SIDE_MAX), h = fmin(fmax(round(w * aspect), 1), SIDE_MAX);

	at->width = (int64_t)w;
	at->height = (int64_t)h;
}

static void keep(const struct quantity *q, double *y, bool *has)
{
	*has = q->reason == NULL;
	*y = *has ? q->value : 0;
}

static void read_metric(const struct estimate *e, enum reason why, enum metric m, double *y,
			bool *has)
{
	bool counted =
		why == REASON_NONE || why == REASON_TEXT_TOO_LONG || why == REASON_TOO_MANY_IMAGES;

	*y = 0;
	*has = false;
	switch (m) {
	case METRIC_TOKENS:
		*has = counted;
		*y = counted ? (double)e->count.visual : 0;
		break;
	case METRIC_SHARE:
		*has = counted && e->context.limit > 0;
		*y = *has ? e->context.used_share : 0;
		break;
	case METRIC_KV:
		keep(&e->kv.bytes_per_request, y, has);
		break;
	case METRIC_CONCURRENCY:
		keep(&e->capacity.concurrency, y, has);
		break;
	case METRIC_TTFT:
		*has = e->prefill.reason == NULL;
		*y = *has ? e->prefill.ttft_s : 0;
		break;
	case METRIC_N:
		break;
	}
}

void sweep(const struct setup *s, enum metric m, struct point *points, size_t n)
{
	struct setup at = *s;
	struct estimate e;

	for (size_t i = 0; i < n; i++) {
		set_size(&at, s, points[i].x);
		enum reason why = estimate_tokens(&at, &e);

		if (m == METRIC_KV || m == METRIC_CONCURRENCY)
			estimate_kv(&at, why, &e);
		if (m == METRIC_CONCURRENCY)
			estimate_memory(&at, why, &e);
		if (m == METRIC_TTFT)
			estimate_prefill(&at, why, &e);
		read_metric(&e, why, m, &points[i].y, &points[i].has);
	}
}

void sweep_all(const struct setup *s, struct sweep_row *rows, size_t n)
{
	struct setup at = *s;
	struct estimate e;

	for (size_t i = 0; i < n; i++) {
		set_size(&at, s, (double)rows[i].width);
		rows[i].width = at.width;
		rows[i].height = at.height;
		enum reason why = estimate_tokens(&at, &e);

		estimate_kv(&at, why, &e);
		estimate_memory(&at, why, &e);
		estimate_prefill(&at, why, &e);
		for (int m = 0; m < METRIC_N; m++)
			read_metric(&e, why, (enum metric)m, &rows[i].y[m], &rows[i].has[m]);
	}
}

/* Positions of one image at a width; -1 when there is no count. */
static int64_t tokens_at(const struct setup *s, int64_t width)
{
	struct setup at = *s;
	struct count c;

	set_size(&at, s, (double)width);
	count_image(s->model->processor, s->lens, &s->knobs, at.width, at.height, &c, NULL);
	if (c.refused)
		return -1;
	return c.has_special ? c.total : c.visual;
}

/* Whether a width is a step on the side that is looked for. */
static bool is_step(const struct setup *s, int64_t width, int64_t here, int direction,
		    int64_t *tokens)
{
	*tokens = tokens_at(s, width);
	return *tokens >= 0 && (direction < 0 ? *tokens < here : *tokens > here);
}

/* How far to go on at a distance: pixel by pixel near by, then in strides, at last in strides that
 * grow with the distance, so that even a plateau of 10^9 pixels takes some thousand counts. */
static int64_t stride_at(int64_t distance)
{
	if (distance < CLIFF_NEAR)
		return 1;
	return distance < CLIFF_FAR ? CLIFF_STRIDE : distance / (CLIFF_FAR / CLIFF_STRIDE);
}

/* The nearest step from s->width down or up to `last`; 0 = none. A stride that hits is halved until
 * it is short, then walked from its beginning. */
static int64_t find_step(const struct setup *s, int64_t here, int64_t last, int direction,
			 int64_t *tokens)
{
	int64_t range = direction < 0 ? s->width - last : last - s->width, far = 0;

	for (int64_t d = 1; d <= range;) {
		if (!is_step(s, s->width + direction * d, here, direction, tokens)) {
			int64_t stride = stride_at(d);

			far = d;
			d += d < range && range - d < stride ? range - d : stride;
			continue;
		}
		while (d - far > CLIFF_STRIDE) {
			int64_t middle = far + (d - far) / 2;

			if (is_step(s, s->width + direction * middle, here, direction, tokens))
				d = middle;
			else
				far = middle;
		}
		for (far++; far < d; far++)
			if (is_step(s, s->width + direction * far, here, direction, tokens))
				return s->width + direction * far;
		is_step(s, s->width + direction * d, here, direction, tokens);
		return s->width + direction * d;
	}
	*tokens = 0;
	return 0;
}

void sweep_cliff(const struct setup *s, int64_t least, int64_t most, struct cliff *out)
{
	*out = (struct cliff){0};
	if (s->model == NULL || s->model->processor == NULL || s->width < 1)
		return;
	int64_t here = tokens_at(s, s->width);

	if (here < 0)
		return;
	out->cheaper_width = find_step(s, here, least > 0 ? least : 1, -1, &out->cheaper_tokens);
	out->dearer_width =
		find_step(s, here, most < SIDE_MAX ? most : SIDE_MAX, 1, &out->dearer_tokens);
}
