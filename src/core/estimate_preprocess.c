/* Preparing the pictures of a setup: which constants hold, and how many
 * pixels go in and come out. */
#include <stddef.h>

#include "core/estimate.h"
#include "core/usual.h"

/* Cut pictures: all tiles and the overview; a rule that says what it resizes to: that; the textbook
 * formulas: the picture itself. */
double estimate_fed_mpx(const struct setup *s, const struct count *c)
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

/* Bytes of the file as sent; 0 = not known. A picture of another size than its file is taken to be
 * as compressed as that, so that the time follows a turned width without a step. */
static double sent_bytes(const struct setup *s)
{
	double pixels = (double)s->width * (double)s->height;

	if (s->file_bytes <= 0)
		return 0;
	return s->file_pixels > 0 ? (double)s->file_bytes * pixels / (double)s->file_pixels
				  : (double)s->file_bytes;
}

void estimate_preparer(const struct setup *s, const struct estimate *e, struct preprocess_job *job)
{
	const struct engine *engine = s->engine;

	*job = (struct preprocess_job){
		.decoder = engine->decoder,
		.kind = engine->preprocess != NULL ? engine->preprocess
						   : s->model->processor->preprocess,
		.way = s->preprocess != PREPROCESS_AUTO ? s->preprocess : engine->prepares,
		.threads = s->cpu_threads > 0 ? s->cpu_threads : engine->cpu_threads,
		.images = (double)s->images,
		.in_mpx = (double)s->width * (double)s->height / 1e6,
		.out_mpx = estimate_fed_mpx(s, &e->count),
		.file_bytes = sent_bytes(s),
		.format = s->file_format,
	};
}

enum reason estimate_preprocess(const struct setup *s, const struct estimate *e,
				struct preprocess_time *out)
{
	struct preprocess_job job;

	*out = (struct preprocess_time){0};
	if (s->images <= 0)
		return REASON_NONE;
	if (s->cpu_threads < 0 || s->cpu_threads > THREADS_MOST)
		return REASON_BAD_THREADS;
	estimate_preparer(s, e, &job);
	return preprocess(&job, out);
}
