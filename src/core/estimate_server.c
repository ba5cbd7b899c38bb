/* A server for the requests of a setup: output tokens, requests a second, what they cost, and what
 * the traffic that was asked for needs. */
#include <math.h>
#include <stddef.h>

#include "core/estimate.h"
#include "core/estimate_job.h"
#include "core/memory.h"
#include "core/preprocess.h"
#include "core/server.h"

/* Shares of its rate that a server is planned for: the error of the model has to fit above. */
static const double cap_known = 0.7, cap_unknown = 0.5;
static const double day_s = 86400;

const char *estimate_no_server(const struct estimate *e)
{
	return e->prefill.reason ? e->prefill.reason : e->capacity.concurrency.reason;
}

static double cap_of(const struct engine *e)
{
	for (const struct pace *p = e->paces; p; p = p->next)
		if (p->fitted)
			return cap_known;
	return cap_unknown;
}

static double cross_positions(const struct setup *s, const struct estimate *e)
{
	double tiles = e->count.tiles > 0 ? (double)e->count.tiles : 1;

	return tiles * s->model->cross_positions * (double)s->images;
}

/* Requests that the cache holds while they are answered: on average half of each answer is there;
 * an engine that sets aside all of it has none of that. */
static double pool_of(const struct setup *s, const struct estimate *e)
{
	double output = (double)s->reserve_tokens * (s->engine->reserves_output ? 1 : 0.5);
	double bytes = memory_request(s, s->tensor_parallel,
				      (double)(e->tokens.images + e->tokens.text) + output,
				      cross_positions(s, e));

	return bytes > 0 ? e->memory.kv_pool_bytes.value / bytes : 0;
}

/* Where pictures are prepared on the device it does that too; decoding stays on the CPU. */
static void split_host(const struct setup *s, const struct estimate *e, struct server_job *j)
{
	struct preprocess_job before = {0};

	j->prefill_s = e->prefill.gpu_s;
	j->host_s = e->prefill.preprocess.seconds;
	if (s->images > 0)
		estimate_preparer(s, e, &before);
	if (before.way == PREPROCESS_GPU) {
		j->prefill_s += e->prefill.processor_s;
		j->host_s = e->prefill.decode_s;
	}
}

enum reason estimate_job(const struct setup *s, const struct estimate *e, struct decode_pace *pace,
			 struct server_job *j)
{
	const struct decode_job job = {
		.model = s->model,
		.hardware = s->hardware,
		.engine = s->engine,
		.weights = setup_weights(s),
		.kv = s->kv,
		.ranks = s->tensor_parallel,
		.cross_positions = cross_positions(s, e),
	};
	enum reason why = decode_prepare(&job, pace);

	if (why != REASON_NONE)
		return why;
	if (s->reserve_tokens < 1)
		return REASON_NO_OUTPUT;
	int32_t slots = memory_sequences(s);

	*j = (struct server_job){
		.pace = pace,
		.fixed_s = e->prefill.fixed.seconds,
		.prompt = (double)(e->tokens.images + e->tokens.text),
		.output = (double)s->reserve_tokens,
		.slots = slots > 0 ? slots : 1,
		.pool = pool_of(s, e),
		.itl_s = s->itl_s > 0 ? s->itl_s : server_itl_s,
	};
	split_host(s, e, j);
	return REASON_NONE;
}

/* The same server where all times lie at one end of their ranges: the GPU's part of the first
 * token, the host's and the steps each have their own. */
static struct server_job at_end(const struct estimate *e, const struct server_job *j,
				const struct server *s, bool is_slow)
{
	struct decode_range r = decode_range(j->pace, s->at_once);
	double gpu_s = is_slow ? e->prefill.gpu_high_s : e->prefill.gpu_low_s;
	double before_s = is_slow ? e->prefill.preprocess_high_s : e->prefill.preprocess_low_s;
	struct server_job end = *j;

	if (e->prefill.gpu_s > 0)
		end.prefill_times = gpu_s / e->prefill.gpu_s;
	if (e->prefill.preprocess.seconds > 0)
		end.host_times = before_s / e->prefill.preprocess.seconds;
	end.step_times = is_slow ? r.high : r.low;
	return end;
}

static double rate_of(const struct server_job *j, double at_once)
{
	double rate = server_rate(j, at_once), host_s = j->host_s * j->host_times;

	return host_s > 0 ? fmin(rate, 1 / host_s) : rate;
}

static void set_range(const struct server_job *fast, const struct server_job *slow,
		      const struct server *s, struct estimate *out)
{
	out->decode.low_s = s->step_s * fast->step_times;
	out->decode.high_s = s->step_s * slow->step_times;
	out->decode.itl_low_s = server_itl(fast, s->at_once);
	out->decode.itl_high_s = server_itl(slow, s->at_once);
	out->decode.requests_low = rate_of(slow, s->at_once);
	out->decode.requests_high = rate_of(fast, s->at_once);
}

/* USD of one device and hour: what was given, or the market's on that day. False: not known. */
static bool rent(const struct setup *s, double usd[3], const struct rent **from)
{
	const struct rent *r = rent_on(s->hardware->rents, s->day);

	*from = s->rent_usd > 0 ? NULL : r;
	if (s->rent_usd > 0)
		usd[0] = usd[1] = usd[2] = s->rent_usd;
	else if (r)
		usd[0] = r->low, usd[1] = r->median, usd[2] = r->high;
	return s->rent_usd > 0 || r;
}

static void set_cost(const struct setup *s, struct estimate *out)
{
	double usd[3] = {0};
	double per_s = out->decode.requests_s * (double)(s->images > 0 ? s->images : 1);
	double device_hours = s->tensor_parallel * 1000.0 / (3600 * per_s); /* of 1,000 images */

	if (!rent(s, usd, &out->cost.rent)) {
		out->cost.reason = reason_text(REASON_NO_RENT);
		return;
	}
	out->cost.usd_hour = usd[1] * s->tensor_parallel;
	out->cost.usd_low = usd[0] * device_hours;
	out->cost.usd_per_1000 = usd[1] * device_hours;
	out->cost.usd_high = usd[2] * device_hours;
}

/* As many servers, faster and slower than predicted. */
static void set_traffic_range(const struct server_job *fast, const struct server_job *slow,
			      const struct server *server, const struct traffic *t, double servers,
			      struct estimate *out)
{
	struct fleet f;

	if (server_used(fast, server, t, servers, &f)) {
		out->traffic.ttft_low_s = f.ttft_s;
		out->traffic.itl_low_s = f.itl_s;
	}
	if (server_used(slow, server, t, servers, &f)) {
		out->traffic.ttft_high_s = f.ttft_s;
		out->traffic.itl_high_s = f.itl_s;
	}
}

/* fast, slow: the ends of the job's range. */
static void set_traffic(const struct setup *s, const struct server_job *j,
			const struct server_job *fast, const struct server_job *slow,
			const struct server *server, struct estimate *out)
{
	const struct traffic t = {.rate_s = s->rate_per_s,
				  .ttft_s = s->ttft_s,
				  .quantile = s->quantile > 0 ? s->quantile : server_quantile,
				  .cap = cap_of(s->engine)};
	struct fleet f;
	enum reason why = server_fleet(j, server, &t, &f);

	out->traffic.reason = reason_text(why);
	if (why != REASON_NONE)
		return;
	set_traffic_range(fast, slow, server, &t, f.servers, out);
	out->traffic.servers = f.servers;
	out->traffic.gpus = f.servers * s->tensor_parallel;
	out->traffic.ttft_s = f.ttft_s;
	out->traffic.itl_s = f.itl_s;
	out->traffic.at_once = f.in_service;
	out->traffic.used_share = f.used_share;
	/* images of an hour; where there are none, requests */
	double images = s->rate_per_s * 3600 * (double)(s->images > 0 ? s->images : 1);
	double usd[3] = {0};
	const struct rent *from;

	if (!rent(s, usd, &from))
		return;
	out->traffic.usd_hour = usd[1] * out->traffic.gpus;
	out->traffic.usd_low = 1000 * usd[0] * out->traffic.gpus / images;
	out->traffic.usd_per_1000 = 1000 * usd[1] * out->traffic.gpus / images;
	out->traffic.usd_high = 1000 * usd[2] * out->traffic.gpus / images;
}

double estimate_breakeven(const struct setup *s, const struct estimate *e, double hosted_usd)
{
	double images = (double)(s->images > 0 ? s->images : 1);
	double per_s = e->cost.usd_hour / 3600 / (hosted_usd / 1000);

	return per_s > cap_of(s->engine) * e->decode.requests_s * images ? INFINITY : per_s * day_s;
}

void estimate_unserved(const char *reason, struct estimate *out)
{
	out->decode.reason = out->cost.reason = out->traffic.reason = reason;
}

void estimate_serve(const struct setup *s, const struct server_job *job, struct estimate *out)
{
	const struct decode_pace *pace = job->pace;
	struct server server;

	out->decode.one_s = decode_step_s(pace, 1, job->prompt + job->output / 2);
	out->decode.calibrated = pace->fitted && out->prefill.calibrated;
	out->decode.caveat = pace->caveat;
	enum reason no = server_steady(job, &server);

	if (no != REASON_NONE) {
		estimate_unserved(reason_text(no), out);
		return;
	}
	out->decode.at_once = server.at_once;
	out->decode.step_s = server.step_s;
	out->decode.itl_s = server.itl_s;
	out->decode.output_s = server.output_s;
	out->decode.requests_s = server.requests_s;
	out->decode.bound = server.bound;
	out->decode.pictures_guessed = s->images > 0 && server.at_once > 1;
	struct server_job fast = at_end(out, job, &server, false),
			  slow = at_end(out, job, &server, true);

	set_range(&fast, &slow, &server, out);
	set_cost(s, out);
	set_traffic(s, job, &fast, &slow, &server, out);
}

void estimate_server(const struct setup *s, enum reason why, struct estimate *out)
{
	struct decode_pace pace;
	struct server_job job;

	(void)why; /* what it stands for is among the reasons of the parts before */
	if (estimate_no_server(out)) {
		estimate_unserved(estimate_no_server(out), out);
		return;
	}
	enum reason no = estimate_job(s, out, &pace, &job);

	if (no != REASON_NONE)
		estimate_unserved(reason_text(no), out);
	else
		estimate_serve(s, &job, out);
}
