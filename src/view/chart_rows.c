/* The points of a chart as rows, for files and programs. */
#include "view/chart.h"

const char *chart_missing(const struct curve *cv, enum quantity_id metric, int64_t width,
			  int64_t height, struct estimate *e)
{
	struct setup s = cv->setup;

	s.width = width;
	s.height = height;
	estimate_steps(&s, quantities[metric].needs, e);
	return quantity_read(metric, &s, e).reason;
}

void chart_each(const struct frame *f, void (*take)(void *to, const struct chart_row *row),
		void *to)
{
	enum quantity_id metric = f->st->metric, low = metric, high = metric;
	struct estimate e;
	struct setup at;
	struct chart ch;

	quantity_range(metric, &low, &high);
	chart_init(&ch, f, CHART_POINTS);
	for (int i = 0; i < ch.n; i++)
		for (int k = 0; k < ch.curves[i].n; k++) {
			sweep_size(&ch.curves[i].setup, ch.curves[i].points[k].x, &at);
			estimate_steps(&at, quantities[metric].needs, &e);
			struct chart_row row = {
				.id = ch.curves[i].id,
				.width = at.width,
				.height = at.height,
				.value = quantity_read(metric, &at, &e),
				.low = quantity_read(low, &at, &e),
				.high = quantity_read(high, &at, &e),
			};

			take(to, &row);
		}
}
