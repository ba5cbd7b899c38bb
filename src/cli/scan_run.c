#include "cli/scan_run.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/unit.h"
#include "cli/cli.h"
#include "cli/scan_resume.h"
#include "cli/scan_source.h"

/* What the threads share, under one lock. */
struct run {
	const struct scan_order *order;
	pthread_mutex_t lock;
	struct scan_source *source;
	struct scan_resume resume;
	struct scan_tallies all; /* what is done before, and folders that could not be read */
	struct vtok_error *err;
	uint64_t rows;
	bool is_shown; /* there is a line of progress */
	struct timespec start, told;
};

struct worker {
	struct run *run;
	struct scan_tallies own;   /* its share */
	struct scan_tallies chunk; /* with a file to go on from: of the batch at hand */
	struct scan_batch batch;
	bool has_thread;
	pthread_t thread;
};

static volatile sig_atomic_t is_interrupted;

static void interrupt(int sig)
{
	(void)sig;
	is_interrupted = 1;
}

/* ------------------------------------------------------------ progress */

static double between(const struct timespec *a, const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) + 1e-9 * (double)(b->tv_nsec - a->tv_nsec);
}

static void put_progress(const struct run *r, double spent)
{
	char rows[UNIT_TEXT], rate[UNIT_TEXT], left[UNIT_TEXT] = "";
	double share = scan_source_share(r->source);

	unit_grouped(rows, (int64_t)r->rows);
	unit_count(rate, (double)r->rows / spent);
	if (share > 0)
		unit_time(left, spent * (1 - share) / share);
	fprintf(stderr, "\r%s rows, %s a second%s%s%s\033[K", rows, rate, *left ? ", " : "", left,
		*left ? " left" : "");
	fflush(stderr);
}

/* Five times a second, on a terminal alone. */
static void tell(struct run *r)
{
	struct timespec now;

	if (!r->is_shown)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (between(&r->told, &now) < 0.2)
		return;
	r->told = now;
	put_progress(r, between(&r->start, &now));
}

/* ------------------------------------------------------------ working */

static void fault(void *arg, const char *path, const char *why)
{
	struct run *r = arg;

	if (r->is_shown)
		fputs("\r\033[K", stderr);
	cli_note("%s: %s", path, why);
	scan_fault(&r->all, why);
}

static void members(struct scan_tallies *t, const struct scan_batch *b)
{
	struct scan_member m;

	for (size_t at = 0; scan_batch_next(b, &at, &m);)
		scan_member(t, &m);
}

static void records(struct scan_tallies *t, const struct scan_batch *b)
{
	char *p = b->data, *end = b->data + b->used;

	while (p < end) {
		if (b->end == '\n')
			p = scan_plain(t, p, end);
		if (p == end)
			break;
		char *stop = memchr(p, b->end, (size_t)(end - p));
		char *next = stop ? stop + 1 : end;
		size_t n = (size_t)((stop ? stop : end) - p);

		if (b->end == '\n' && n && p[n - 1] == '\r')
			n--;
		p[n] = '\0';
		scan_record(t, &b->columns, p, n);
		p = next;
	}
}

static void work_batch(struct worker *w)
{
	const struct run *r = w->run;
	struct scan_tallies *to = r->order->resume ? &w->chunk : &w->own;

	if (w->batch.is_members)
		members(to, &w->batch);
	else
		records(to, &w->batch);
}

/* Under the lock. */
static void keep_chunk(struct worker *w)
{
	struct run *r = w->run;

	r->rows += w->chunk.rows;
	w->chunk.rows = 0;
	if (!r->err->code)
		scan_resume_add(&r->resume, &w->chunk, w->batch.from, w->batch.to, r->err);
	for (size_t i = 0; i < r->order->job->targets.n; i++)
		dataset_merge(&w->own.sets[i], &w->chunk.sets[i]);
	scan_tallies_clear(&w->chunk);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct run *r = w->run;

	for (;;) {
		pthread_mutex_lock(&r->lock);
		bool more = !is_interrupted && !r->err->code &&
			    scan_source_next(r->source, &w->batch, r->err);
		tell(r);
		pthread_mutex_unlock(&r->lock);
		if (!more)
			return NULL;
		work_batch(w);
		pthread_mutex_lock(&r->lock);
		if (r->order->resume) {
			keep_chunk(w);
		} else {
			r->rows += w->own.rows;
			w->own.rows = 0;
		}
		pthread_mutex_unlock(&r->lock);
	}
}

/* ------------------------------------------------------------ all of it */

static bool start_workers(struct run *r, struct worker *workers)
{
	for (int i = 0; i < r->order->jobs; i++) {
		workers[i].run = r;
		if (!scan_tallies_init(&workers[i].own, r->order->job) ||
		    !scan_tallies_init(&workers[i].chunk, r->order->job))
			return false;
	}
	/* this thread is the first worker; where the system gives fewer threads, fewer work */
	for (int i = 1; i < r->order->jobs; i++)
		workers[i].has_thread =
			pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
	work(&workers[0]);
	return true;
}

static void end_workers(struct run *r, struct worker *workers)
{
	for (int i = 0; i < r->order->jobs; i++) {
		struct worker *w = &workers[i];

		if (w->has_thread)
			pthread_join(w->thread, NULL);
		for (size_t k = 0; w->own.sets && k < r->order->job->targets.n; k++)
			dataset_merge(&r->all.sets[k], &w->own.sets[k]);
		scan_tallies_fini(&w->own);
		scan_tallies_fini(&w->chunk);
		free(w->batch.data);
	}
	if (r->is_shown)
		fputs("\r\033[K", stderr);
}

static bool run_workers(struct run *r)
{
	struct worker *workers = calloc((size_t)r->order->jobs, sizeof(*workers));
	struct sigaction now = {.sa_handler = interrupt}, before;

	if (!workers)
		return error_memory(r->err);
	is_interrupted = 0;
	sigemptyset(&now.sa_mask);
	sigaction(SIGINT, NULL, &before);
	if (before.sa_handler != SIG_IGN) /* who started it in the background wants none */
		sigaction(SIGINT, &now, NULL);
	pthread_mutex_init(&r->lock, NULL);
	r->is_shown = isatty(STDERR_FILENO);
	clock_gettime(CLOCK_MONOTONIC, &r->start);
	r->told = r->start;
	if (!start_workers(r, workers))
		error_memory(r->err);
	end_workers(r, workers);
	pthread_mutex_destroy(&r->lock);
	sigaction(SIGINT, &before, NULL);
	free(workers);
	return !r->err->code;
}

static bool all_good(const struct scan_tallies *t, struct vtok_error *err)
{
	for (size_t i = 0; i < t->job->targets.n; i++) {
		if (t->sets[i].no_memory)
			return error_memory(err);
		if (t->sets[i].sum.is_over)
			return error_set(err, VTOK_E_INPUT, "a sum has more than 128 bits");
	}
	return true;
}

bool scan_run(const struct scan_order *order, struct scan_done *out, struct vtok_error *err)
{
	struct run r = {.order = order, .err = err};
	struct scan_ask ask = {.job = order->job,
			       .inputs = order->inputs,
			       .n = order->n,
			       .is_null = order->is_null,
			       .resumes = order->resume != NULL,
			       .hooks = {fault, &r, &is_interrupted}};
	bool fine;

	if (!scan_tallies_init(&r.all, order->job)) {
		scan_tallies_fini(&r.all);
		return error_memory(err);
	}
	r.source = scan_source_open(&ask, err);
	fine = r.source &&
	       (!order->resume ||
		scan_resume_open(&r.resume, order->resume, order->heads, r.source, &r.all, err));
	if (fine) {
		fine = run_workers(&r) && all_good(&r.all, err);
		if (order->resume)
			scan_resume_close(&r.resume);
	}
	scan_source_close(r.source);
	if (!fine)
		scan_tallies_fini(&r.all);
	*out = (struct scan_done){.all = r.all, .is_interrupted = is_interrupted};
	return fine;
}

void scan_done_fini(struct scan_done *d)
{
	scan_tallies_fini(&d->all);
}
