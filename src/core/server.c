#include "core/server.h"

#include <assert.h>
#include <math.h>

#include "base/base.h"
#include "core/usual.h"

const double server_itl_s = USUAL_ITL_MS / 1000.0, server_quantile = USUAL_QUANTILE;

/* What is lost to everything beside steps where several requests are served: by reasoning, not
 * fitted. */
static const double eta_several = 0.95;
enum { HALVINGS = 60 };

static const char *const names[] = {
	[SERVER_PREFILL] = "GPU prefill",    [SERVER_DECODE] = "decode",
	[SERVER_POOL] = "KV pool",           [SERVER_SLOTS] = "request slots",
	[SERVER_HOST] = "processor threads",
};
static_assert(ARRAY_SIZE(names) == SERVER_BOUND_N, "a name for each");

const char *server_bound_name(enum server_bound b)
{
	return names[b];
}

/* Positions in the cache of a request: a mean over its answer. */
static double context(const struct server_job *j)
{
	return j->prompt + j->output / 2;
}

static double times(double factor)
{
	return factor > 0 ? factor : 1;
}

static double step_s(const struct server_job *j, double at_once)
{
	return times(j->step_times) * decode_step_s(j->pace, at_once, context(j));
}

static double prefill_s(const struct server_job *j)
{
	return times(j->prefill_times) * j->prefill_s;
}

static double prefill_of(const struct server_job *j, size_t i)
{
	return times(j->prefill_times) * j->classes[i].prefill_s;
}

static double host_s(const struct server_job *j)
{
	return times(j->host_times) * j->host_s;
}

static double eta(double at_once)
{
	return at_once > 1 ? eta_several : 1;
}

double server_rate(const struct server_job *j, double at_once)
{
	double c = fmax(1, at_once);

	return eta(c) / (prefill_s(j) + j->output * step_s(j, c) / c);
}

double server_itl(const struct server_job *j, double at_once)
{
	double c = fmax(1, at_once);

	return step_s(j, c) + (c - 1) * prefill_s(j) / j->output;
}

/* The most requests at once within slots, pool and the limit between tokens, which grows with every
 * request more; 0: not even one. */
static double most_at_once(const struct server_job *j)
{
	double good = 0, bad = floor(fmin(j->slots, j->pool)) + 1;

	while (bad - good > 1) {
		double middle = floor((good + bad) / 2);

		if (server_itl(j, middle) <= j->itl_s)
			good = middle;
		else
			bad = middle;
	}
	return good;
}

static enum server_bound bound_of(const struct server_job *j, double at_once)
{
	double decode_s = j->output * step_s(j, at_once) / at_once;

	if (prefill_s(j) >= decode_s)
		return SERVER_PREFILL;
	if (at_once + 1 > j->pool)
		return SERVER_POOL;
	return at_once + 1 > j->slots ? SERVER_SLOTS : SERVER_DECODE;
}

enum reason server_steady(const struct server_job *j, struct server *out)
{
	double most = most_at_once(j);

	*out = (struct server){0};
	if (most < 1)
		return j->pool < 1 ? REASON_REQUEST_TOO_BIG : REASON_TOO_SLOW;
	/* one at a time loses nothing to the others: short answers may be better off */
	double c = server_rate(j, 1) > server_rate(j, most) ? 1 : most;

	*out = (struct server){
		.at_once = c,
		.step_s = step_s(j, c),
		.itl_s = server_itl(j, c),
		.requests_s = server_rate(j, c),
		.bound = bound_of(j, c),
	};
	if (host_s(j) > 0 && out->requests_s > 1 / host_s(j)) {
		out->requests_s = 1 / host_s(j);
		out->bound = SERVER_HOST;
	}
	out->output_s = out->requests_s * j->output;
	return isfinite(out->requests_s) ? REASON_NONE : REASON_ABSURD;
}

/* ------------------------------------------------------------ a traffic */

/* What a first token takes beside its own prefill and the queue. */
static double rest_s(const struct server_job *j, const struct server *s)
{
	return j->fixed_s + host_s(j) + step_s(j, s->at_once) / 2;
}

/* 1 + cv^2 of the prefills: how much longer a queue of unlike requests is than one of like ones. */
static double unevenness(const struct server_job *j)
{
	double squares = 0;

	if (!(j->prefill_s > 0)) /* nothing to do before a token: nobody waits */
		return 1;
	for (size_t i = 0; i < j->classes_n; i++)
		squares += j->classes[i].share * pow(j->classes[i].prefill_s / j->prefill_s, 2);
	return j->classes_n ? squares : 1;
}

/* Share of the requests whose first token takes longer than `limit` seconds. */
static double late(const struct server_job *j, const struct server *s, double lambda, double limit)
{
	double rho = lambda * prefill_s(j) / eta(s->at_once), share = 0;
	double mean_s = unevenness(j) * prefill_s(j) / (2 * (1 - rho));

	for (size_t i = 0; i < j->classes_n; i++) {
		double left = limit - rest_s(j, s) - prefill_of(j, i);

		share += j->classes[i].share * (left < 0     ? 1
						: mean_s > 0 ? rho * exp(-left / mean_s)
							     : 0);
	}
	return share;
}

static double longest_prefill(const struct server_job *j)
{
	double longest = prefill_s(j);

	for (size_t i = 0; i < j->classes_n; i++)
		longest = fmax(longest, prefill_of(j, i));
	return longest;
}

/* Where late() is what the quantile leaves: from above, so that the limit is kept there. */
static double mixed_ttft_s(const struct server_job *j, const struct server *s,
			   const struct traffic *t, double lambda)
{
	double rho = lambda * prefill_s(j) / eta(s->at_once);
	double wait = unevenness(j) * prefill_s(j) / (2 * (1 - rho)) *
		      log(fmax(1, rho / (1 - t->quantile)));
	double bad = rest_s(j, s), good = bad + longest_prefill(j) + wait;

	for (int i = 0; i < HALVINGS; i++) {
		double middle = (good + bad) / 2;

		if (late(j, s, lambda, middle) <= 1 - t->quantile)
			good = middle;
		else
			bad = middle;
	}
	return good;
}

/* The prefill queue alone delays a first token while there are free slots. */
static double ttft_s(const struct server_job *j, const struct server *s, const struct traffic *t,
		     double lambda)
{
	if (j->classes_n)
		return mixed_ttft_s(j, s, t, lambda);
	double rho = lambda * prefill_s(j) / eta(s->at_once);
	double wait = prefill_s(j) / (2 * (1 - rho)) * log(rho / (1 - t->quantile));

	return rest_s(j, s) + prefill_s(j) + fmax(0, wait);
}

/* Whether the limit is kept, the queue included. */
static bool is_in_time(const struct server_job *j, const struct server *s, const struct traffic *t,
		       double lambda)
{
	if (!(t->ttft_s > 0))
		return true;
	return j->classes_n ? late(j, s, lambda, t->ttft_s) <= 1 - t->quantile
			    : ttft_s(j, s, t, lambda) <= t->ttft_s;
}

/* Requests in service while `n` are thought to be: the time between tokens follows from them. */
static double in_service(const struct server_job *j, const struct server *s, double lambda,
			 double n)
{
	double rho = lambda * prefill_s(j) / eta(s->at_once);

	return lambda * (prefill_s(j) + j->output * step_s(j, n) / (1 - rho));
}

/* n + 2 sqrt(n) of them keep bursts out of the queue for about 97 % of the time. What is in service
 * grows with what is thought to be, so that the answer lies below n where in_service(n) does. */
static bool has_slots(const struct server_job *j, const struct server *s, double lambda)
{
	double n = pow(sqrt(1 + most_at_once(j)) - 1, 2);

	return in_service(j, s, lambda, n) <= n;
}

static bool is_good(const struct server_job *j, const struct server *s, const struct traffic *t,
		    double lambda)
{
	return lambda * prefill_s(j) < eta(s->at_once) && has_slots(j, s, lambda) &&
	       is_in_time(j, s, t, lambda);
}

/* The most requests a second that one server takes within the limits: all of them hold better with
 * fewer. */
static double most_lambda(const struct server_job *j, const struct server *s,
			  const struct traffic *t)
{
	double good = 0, bad = t->cap * s->requests_s;

	if (is_good(j, s, t, bad))
		return bad;
	for (int i = 0; i < HALVINGS; i++) {
		double middle = (good + bad) / 2;

		if (is_good(j, s, t, middle))
			good = middle;
		else
			bad = middle;
	}
	return good;
}

/* What settles: from below, so that it never passes the least answer. */
static double settled(const struct server_job *j, const struct server *s, double lambda)
{
	double n = 0;

	for (int i = 0; i < HALVINGS; i++)
		n = in_service(j, s, lambda, n);
	return n;
}

bool server_used(const struct server_job *j, const struct server *s, const struct traffic *t,
		 double servers, struct fleet *out)
{
	double lambda = t->rate_s / servers;

	*out = (struct fleet){0};
	if (!(lambda * prefill_s(j) < eta(s->at_once)) || lambda * host_s(j) > 1)
		return false;
	*out = (struct fleet){
		.servers = servers,
		.ttft_s = ttft_s(j, s, t, lambda),
		.in_service = settled(j, s, lambda),
		.used_share = lambda / s->requests_s,
	};
	out->itl_s = server_itl(j, out->in_service);
	return true;
}

enum reason server_fleet(const struct server_job *j, const struct server *s,
			 const struct traffic *t, struct fleet *out)
{
	*out = (struct fleet){0};
	if (!(t->rate_s > 0))
		return REASON_NO_RATE_GIVEN;
	bool is_never = j->classes_n ? late(j, s, 0, t->ttft_s) > 1 - t->quantile
				     : rest_s(j, s) + prefill_s(j) > t->ttft_s;

	if (t->ttft_s > 0 && is_never)
		return REASON_TTFT_TOO_LONG;
	double most = most_lambda(j, s, t);
	/* a rate that is met to the last digit needs no server more */
	double servers = ceil(t->rate_s / most * (1 - 1e-12));

	if (!(most > 0) || !isfinite(servers))
		return REASON_ABSURD;
	return server_used(j, s, t, servers, out) ? REASON_NONE : REASON_ABSURD;
}
