#include "core/mix.h"

#include <math.h>

#include "core/estimate_job.h"
#include "core/memory.h"

enum { BEFORE = ESTIMATE_KV | ESTIMATE_MEMORY | ESTIMATE_PREFILL };

/* What is added up over the classes. */
struct sums {
	double share;
	double prefill_s, prompt; /* times their shares */
	double of_pool;           /* parts of the pool that a request takes, likewise */
	double host_s;
	size_t n;
};

static void add(struct sums *sums, const struct server_job *j, double share,
		struct server_class *room)
{
	room[sums->n++] = (struct server_class){j->prefill_s, share};
	sums->share += share;
	sums->prefill_s += share * j->prefill_s;
	sums->prompt += share * j->prompt;
	sums->of_pool += share / j->pool;
	sums->host_s += share * j->host_s;
}

/* Before the encoder the picture is as it was sent, not as its class stands for it. */
static void set_host(const struct setup *s, double area, struct server_job *job,
		     struct estimate *out)
{
	struct setup at = *s;
	struct decode_pace pace;
	struct server_job j;
	struct estimate e;

	at.width = at.height = (int64_t)fmin(SIDE_MAX, fmax(1, round(sqrt(area))));
	estimate_steps(&at, BEFORE, &e);
	if (e.prefill.reason || estimate_job(&at, &e, &pace, &j) != REASON_NONE)
		return;
	job->host_s = j.host_s;
	out->prefill.preprocess = e.prefill.preprocess;
	out->prefill.preprocess_low_s = e.prefill.preprocess_low_s;
	out->prefill.preprocess_high_s = e.prefill.preprocess_high_s;
}

/* The means of all of them in place of the largest one's. */
static void make_mean(const struct sums *sums, struct server_class *room, struct server_job *job)
{
	for (size_t i = 0; i < sums->n; i++)
		room[i].share /= sums->share;
	job->prefill_s = sums->prefill_s / sums->share;
	job->prompt = sums->prompt / sums->share;
	job->pool = sums->share / sums->of_pool;
	job->host_s = sums->host_s / sums->share;
	job->classes = room;
	job->classes_n = sums->n;
}

void estimate_mixed(const struct setup *s, const struct mix *m, struct server_class *room,
		    double *left_out, struct estimate *out)
{
	struct decode_pace pace, largest_pace = {.fitted = false};
	struct server_job j, largest = {.pace = NULL};
	struct sums sums = {.share = 0};
	double all = 0, over = 0;
	struct setup at = *s;
	struct estimate e;

	*left_out = 0;
	for (size_t i = 0; i < m->n; i++) {
		at.width = m->classes[i].width;
		at.height = m->classes[i].height;
		all += m->classes[i].share;
		estimate_steps(&at, BEFORE, &e);
		if (estimate_is_over(e.why)) {
			over += m->classes[i].share;
			continue;
		}
		const char *why = estimate_no_server(&e);
		enum reason no = why ? REASON_NONE : estimate_job(&at, &e, &pace, &j);

		if (!why && no == REASON_NONE && j.pool < 1)
			no = REASON_REQUEST_TOO_BIG;
		if (why || no != REASON_NONE) {
			*out = e;
			estimate_unserved(why ? why : reason_text(no), out);
			return;
		}
		add(&sums, &j, m->classes[i].share, room);
		if (sums.n == 1 || e.tokens.images >= out->tokens.images) {
			*out = e;
			largest = j;
			largest_pace = pace;
		}
	}
	*left_out = all > 0 ? over / all : 0;
	if (!sums.n) {
		*out = e;
		estimate_unserved(reason_text(e.why), out);
		return;
	}
	largest.pace = &largest_pace;
	make_mean(&sums, room, &largest);
	set_host(s, m->area, &largest, out);
	estimate_serve(s, &largest, out);
}
