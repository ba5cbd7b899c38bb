/* A server in its steady state, with continuous batching: requests a second, what binds them, what
 * a client sees between tokens, and how many servers a traffic needs. Section 2 of the decode model
 * and section 2 of the cost model. Pure; never allocates. One server is a device, or the group of
 * them that shares a model.
 *
 *     X(C)    eta / ( P + O step(C)/C )         requests a second, C in service at once
 *     host    X <= 1 / t_pre                    one API process prepares pictures
 *     ITL(C)  step(C) + (C - 1) P / O           others' prefills fall between a client's tokens
 *     TTFT    t_fixed + t_pre + step/2 + P + W_q
 *     W_q     P / (2 (1 - rho)) ln( rho / (1 - q) ), rho = lambda P / eta    M/D/1, quantile q
 *
 * Where requests differ, P is their mean, the wait is longer by 1 + cv^2 of it (M/G/1), and the
 * quantile is that of wait and prefill together, over all classes:
 *
 *     late(t) = sum of share_i min( 1, rho exp( -(t - rest - P_i) / (W / rho) ) ) = 1 - q
 *
 * Left out: ramp-up, chunked prefill beside decoding beyond the sum of times, prefix caches,
 * speculative decoding, preemption, network, batches of the encoder, power limits, failover.
 * Lengths of the text and the answer are means. */
#ifndef VTOK_CORE_SERVER_H
#define VTOK_CORE_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/decode.h"

/* Requests of one kind among others. */
struct server_class {
	double prefill_s;
	double share; /* of all requests; all shares together are 1 */
};

struct server_job {
	const struct decode_pace *pace;
	double prefill_s; /* P: what one request takes of the device before its first token */
	double host_s;    /* t_pre: what it takes of the API process; 0 = nothing */
	double fixed_s;
	double prompt, output; /* positions; output 1 at least */
	double slots, pool;    /* requests at once: that the engine takes, that the cache holds */
	double itl_s;          /* longest time between tokens */
	/* NULL: all requests are alike; else prefill_s is their mean */
	const struct server_class *classes;
	size_t classes_n;
	/* how many times as long as predicted each takes, for the ends of a range; 0 counts as 1 */
	double prefill_times, host_times, step_times;
};

enum server_bound {
	SERVER_PREFILL, /* the device prefills more than it decodes */
	SERVER_DECODE,  /* the other way round */
	SERVER_POOL,    /* the same, and the cache holds no more requests */
	SERVER_SLOTS,   /* the same, and the engine takes no more of them */
	SERVER_HOST,    /* the process that prepares pictures */
	SERVER_BOUND_N
};
const char *server_bound_name(enum server_bound b); /* "KV pool" */

struct server {
	double at_once;    /* C; whole */
	double step_s;     /* of C requests */
	double itl_s;      /* of C requests */
	double requests_s; /* X, the host's bound included */
	double output_s;   /* output tokens a second */
	enum server_bound bound;
};

/* The usual limits where none is given. */
extern const double server_itl_s, server_quantile;

/* X of C requests at once, the host left out. */
double server_rate(const struct server_job *j, double at_once);

/* What one client sees between tokens while C are served. */
double server_itl(const struct server_job *j, double at_once);

/* The best rate within them. REASON_NONE, or why there is none; *out is then zero. */
enum reason server_steady(const struct server_job *j, struct server *out);

struct traffic {
	double rate_s;   /* requests a second */
	double ttft_s;   /* longest time to the first token at that quantile; 0 = no limit */
	double quantile; /* 0.5 to below 1 */
	double cap;      /* share of its rate that a server is used at, at most */
};

struct fleet {
	double servers;    /* whole */
	double ttft_s;     /* at the quantile, of each */
	double in_service; /* requests at once in each, on average */
	double itl_s;      /* with as many */
	double used_share; /* of each server's rate */
};

/* The fewest servers that carry a traffic. REASON_NONE, or why no number of them does. */
enum reason server_fleet(const struct server_job *j, const struct server *s,
			 const struct traffic *t, struct fleet *out);

/* The same of a number of servers that is given. False: the requests come sooner than they are
 * served, and *out is zero. */
bool server_used(const struct server_job *j, const struct server *s, const struct traffic *t,
		 double servers, struct fleet *out);

#endif
