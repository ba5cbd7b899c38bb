/* The points of a chart as rows, for files and programs. */
#include "view/chart.h"

#include "core/reason.h"

const char *chart_missing(const struct curve *cv, enum metric metric, int64_t width, int64_t height,
			  struct estimate *e)
{
	struct setup s = cv->setup;

	s.width = width;
	s.height = height;
	estimate(&s, e);
	if (e->count.refused)
		return e->count.reason;
	if (metric == METRIC_TOKENS)
		return NULL;
	if (metric == METRIC_SHARE)
		return e->context.limit > 0 ? NULL : reason_text(REASON_NO_LIMIT);
	if (metric == METRIC_KV)
		return e->kv.bytes_per_request.reason;
	return metric == METRIC_TTFT ? e->prefill.reason : e->capacity.concurrency.reason;
}

void chart_each(const struct frame *f, void (*take)(void *to, const struct chart_row *row),
		void *to)
{
	enum metric metric = f->st->metric;
	struct estimate e;
	struct chart ch;

	chart_init(&ch, f, CHART_POINTS);
	for (int i = 0; i < ch.n; i++)
		for (int k = 0; k < ch.curves[i].n; k++) {
			const struct point *p = &ch.curves[i].points[k];
			struct sweep_row at = {.width = (int64_t)p->x};

			sweep_all(&ch.curves[i].setup, &at, 1); /* knows the height */
			struct chart_row row = {ch.curves[i].label, at.width, at.height, p->y,
						NULL};

			if (!p->has)
				row.reason = chart_missing(&ch.curves[i], metric, at.width,
							   at.height, &e);
			take(to, &row);
		}
}
