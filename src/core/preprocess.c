/* Time before the encoder.
 *
 * Cost follows the pixels sent for decode and resize, the pixels fed (resized, or all tiles) for
 * normalising and cutting into patches:
 *
 *     decode     = a x MP sent + b x MB of the file         one thread in every engine
 *     processor  = c + d x MP sent + e x MP fed             e over the threads' gain (fast way)
 *
 * More than 8 threads were not measured and count as 8; only the fed part was seen to gain from
 * them, so that more threads never cost time. The slow way turns dearer per pixel beyond the
 * caches of the CPU: a second rate above a knee. Where the constants come from: engines.ini. */
#include "core/preprocess.h"

#include <math.h>
#include <stddef.h>

#include "base/str.h"

static const double gain_exponent = 0.6, gain_most = 3.5, threads_most = 8;

const char *const preprocess_way_names[] = {
	[PREPROCESS_AUTO] = "auto", [PREPROCESS_FAST] = "fast", [PREPROCESS_GPU] = "gpu",
	[PREPROCESS_SLOW] = "slow", [PREPROCESS_NONE] = "none", [PREPROCESS_N] = NULL,
};

bool preprocess_way_find(const char *name, enum preprocess_way *out)
{
	for (int i = 0; i < PREPROCESS_N; i++)
		if (str_casecmp(name, preprocess_way_names[i]) == 0) {
			*out = (enum preprocess_way)i;
			return true;
		}
	return false;
}

double preprocess_speedup(double threads)
{
	return fmin(gain_most, pow(fmin(fmax(threads, 1), threads_most), gain_exponent));
}

/* The constants of the way that is asked for; NULL: this kind has none. */
static const struct preprocess_rate *rate_of(const struct preprocess *k, enum preprocess_way way)
{
	const struct preprocess_rate *r = way == PREPROCESS_GPU    ? &k->gpu
					  : way == PREPROCESS_SLOW ? &k->slow
								   : &k->fast;

	return r->fixed_s > 0 || r->in_s > 0 || r->out_s > 0 ? r : NULL;
}

/* Seconds of one picture. */
static double processor_s(const struct preprocess_job *job, const struct preprocess_rate *r)
{
	const struct preprocess *k = job->kind;
	double out_s = r->out_s, above = 0;

	if (job->way == PREPROCESS_FAST)
		out_s /= preprocess_speedup(job->threads);
	if (job->way == PREPROCESS_SLOW && k->slow_knee_mpx > 0)
		above = fmax(0, job->out_mpx - k->slow_knee_mpx);
	return r->fixed_s + r->in_s * job->in_mpx + out_s * (job->out_mpx - above) +
	       k->slow_above_s * above;
}

static void set_processor(const struct preprocess_job *job, const struct preprocess_rate *r,
			  struct preprocess_time *out)
{
	const struct preprocess *k = job->kind;
	bool slow = job->way == PREPROCESS_SLOW;

	out->processor_s = processor_s(job, r) * job->images;
	out->processor_low_s = out->processor_s * (slow ? k->slow_low : k->low);
	out->processor_high_s = out->processor_s * (slow ? k->slow_high : k->high);
}

/* A format that the decoder does not know takes what an unknown file takes. */
static void set_decode(const struct preprocess_job *job, struct preprocess_time *out)
{
	const struct decoder *d = job->decoder;
	const struct decode_rate *r = &d->rate[job->format];
	bool known = r->pixels_s > 0 || r->bytes_s > 0, sized = known && job->file_bytes > 0;

	out->guessed = sized ? r->guessed : d->unsized.guessed || (job->file_bytes > 0 && !known);
	if (!sized)
		r = &d->unsized;
	double s = r->pixels_s * job->in_mpx + r->bytes_s * job->file_bytes / 1e6;

	out->decode_s = s * job->images;
	out->decode_low_s = out->decode_s * (sized ? d->low : d->unsized_low);
	out->decode_high_s = out->decode_s * (sized ? d->high : d->unsized_high);
}

enum reason preprocess(const struct preprocess_job *job, struct preprocess_time *out)
{
	*out = (struct preprocess_time){0};
	if (job->way == PREPROCESS_NONE || !(job->images > 0))
		return REASON_NONE;
	if (job->kind == NULL || job->decoder == NULL)
		return REASON_NO_PREPROCESS;
	const struct preprocess_rate *r = rate_of(job->kind, job->way);

	if (r == NULL)
		return REASON_NO_PREPROCESS_WAY;
	set_decode(job, out);
	set_processor(job, r, out);
	out->guessed = out->guessed || r->guessed;
	return REASON_NONE;
}

char *preprocess_words(const struct preprocess_job *job, char out[PREPROCESS_TEXT])
{
	int threads = (int)fmax(job->threads, 1);

	switch (job->way) {
	case PREPROCESS_GPU:
		return str_format(out, PREPROCESS_TEXT, "the GPU");
	case PREPROCESS_SLOW:
		return str_format(out, PREPROCESS_TEXT, "Pillow, one thread");
	case PREPROCESS_NONE:
		return str_format(out, PREPROCESS_TEXT, "left out");
	case PREPROCESS_FAST:
	case PREPROCESS_AUTO:
	case PREPROCESS_N:
		break;
	}
	if (job->kind != NULL && !(job->kind->fast.out_s > 0)) /* threads are of no account */
		return str_format(out, PREPROCESS_TEXT, "the CPU");
	return str_format(out, PREPROCESS_TEXT, "%d CPU thread%s", threads, threads > 1 ? "s" : "");
}
