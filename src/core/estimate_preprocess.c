/* Preparing the pictures of a setup: which constants hold, and how many pixels go in and come out.
 */
#include <stddef.h>

#include "core/estimate.h"

enum { THREADS_MOST = 1024 };

/* 10^6 pixels that one picture puts before the tower. Cut pictures: all tiles and the overview; a
 * rule that says what it resizes to: that; the textbook formulas: the picture itself. */
static double fed_mpx(const struct setup *s, const struct count *c)
{
	const struct processor *p = s->model->processor;
	double tile = (double)p->tile * p->tile,
	       base = p->base > 0 ? (double)p->base * p->base : tile;

	if (c->tiles > 1 && p->tile > 0)
		return ((double)(c->tiles - 1) * tile + base) / 1e6;
	if (c->resized_w > 0)
		return (double)c->resized_w * (double)c->resized_h / 1e6;
	if (c->tiles == 1 && p->tile > 0)
		return base / 1e6;
	return (double)s->width * (double)s->height / 1e6;
}

enum reason estimate_preprocess(const struct setup *s, const struct estimate *e,
				struct preprocess_time *out)
{
	const struct engine *engine = s->engine;

	*out = (struct preprocess_time){0};
	if (s->images <= 0)
		return REASON_NONE;
	if (s->cpu_threads < 0 || s->cpu_threads > THREADS_MOST)
		return REASON_BAD_THREADS;
	const struct preprocess_job job = {
		.decoder = engine->decoder,
		.kind = engine->preprocess != NULL ? engine->preprocess
						   : s->model->processor->preprocess,
		.way = s->preprocess != PREPROCESS_AUTO ? s->preprocess : engine->prepares,
		.threads = s->cpu_threads > 0 ? s->cpu_threads : engine->cpu_threads,
		.images = (double)s->images,
		.in_mpx = (double)s->width * (double)s->height / 1e6,
		.out_mpx = fed_mpx(s, &e->count),
		.file_bytes = (double)s->file_bytes,
		.format = s->file_format,
	};

	return preprocess(&job, out);
}
