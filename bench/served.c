/* From a line of published speeds to a prediction.
 *
 * Readings of the metrics; P is the prefill of the prompt, O the output tokens, B the batch, c the
 * prompt and half of the output:
 *
 *     total_tok_s_with_prompt   (prompt + O)/(P + O step), as the page of those rows defines it
 *     gen_tok_s_e2e             B O/(P of all B + O step)
 *     e2e_ms                    P of all B + O step
 *     decode_tok_s_total        B/step
 *     tpot_ms                   step
 *     itl_ms                    of a server with B requests at once: the others' prefills too
 *     server_req_s, server_out_tok_s, server_total_tok_s
 *                               of a server with B requests at once; 1, O and prompt + O of each
 *
 * A batch "max" is what the cache holds of that device, at most `queued_most` requests. Nothing
 * here looks at the number of a row, but to compare it. */
#include "bench/served.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/measured.h"
#include "core/estimate.h"
#include "core/memory.h"
#include "core/prefill.h"

static const double number_max = 1e9;   /* nothing that is measured is larger */
static const double queued_most = 2048; /* max_batch_size of TensorRT-LLM, whose rows are most */

const char *const served_columns[] = {"id",      "registry", "device", "n",      "engine",
				      "weights", "kv",       "batch",  "prompt", "output",
				      "metric",  "value",    "mode",   NULL};

const char *served_set_name(enum served_set s)
{
	static const char *const names[] = {"batch 1", "loaded", "H20", "low confidence"};

	return names[s];
}

enum metric {
	TOTAL_WITH_PROMPT,
	GENERATED,
	WHOLE_MS,
	DECODED,
	STEP_MS,
	BETWEEN_MS,
	REQUESTS,
	SERVED_OUTPUT,
	SERVED_TOTAL,
	METRIC_N
};
static const struct {
	const char *name;
	bool is_time;
} metrics[METRIC_N] = {
	[TOTAL_WITH_PROMPT] = {"total_tok_s_with_prompt", false},
	[GENERATED] = {"gen_tok_s_e2e", false},
	[WHOLE_MS] = {"e2e_ms", true},
	[DECODED] = {"decode_tok_s_total", false},
	[STEP_MS] = {"tpot_ms", true},
	[BETWEEN_MS] = {"itl_ms", true},
	[REQUESTS] = {"server_req_s", false},
	[SERVED_OUTPUT] = {"server_out_tok_s", false},
	[SERVED_TOTAL] = {"server_total_tok_s", false},
};

/* What a row asks, and what it is answered with. */
struct question {
	enum metric metric;
	double ranks, batch, prompt, output;
	enum dtype weights, kv;
	struct decode_pace pace;
	double prefill_s, prefill_low, prefill_high; /* of a prompt alone; factors */
	double all_s;                                /* of the whole batch together */
};

static bool no(struct served *s, const char *why, const char *what)
{
	snprintf(s->why, sizeof(s->why), "%s%.44s", why, what);
	return false;
}

static bool number(const struct csv *c, const char *column, double least, double *out)
{
	char text[32];
	const char *field = csv_get(c, column);

	snprintf(text, sizeof(text), "%s", field);
	return strlen(field) < sizeof(text) && str_num(str_trim(text), out) && *out >= least &&
	       *out <= number_max;
}

/* An id of the registry, or the longest run of words that is one. */
static const void *entry(const struct registry *reg, enum registry_kind kind, const char *name)
{
	const void *found = registry_find(reg, kind, name);

	return found ? found : measured_named(reg, kind, name);
}

static bool find_all(const struct registry *reg, const struct csv *c, struct served *s,
		     struct question *q)
{
	const char *model = csv_get(c, "registry");

	s->model = entry(reg, KIND_MODEL, model);
	s->hardware = entry(reg, KIND_HARDWARE, csv_get(c, "device"));
	s->engine = entry(reg, KIND_ENGINE, csv_get(c, "engine"));
	if (!s->model || model_no_costs(s->model) != REASON_NONE)
		return no(s, "the dimensions of this model are not known: ", model);
	if (!s->hardware)
		return no(s, "no such hardware: ", csv_get(c, "device"));
	if (!s->engine)
		return no(s, "no such engine: ", csv_get(c, "engine"));
	if (!dtype_find(csv_get(c, "weights"), &q->weights))
		return no(s, "no such precision: ", csv_get(c, "weights"));
	if (!dtype_find(csv_get(c, "kv"), &q->kv) || !(dtype_kv_bytes(q->kv) > 0))
		return no(s, "no such precision of a cache: ", csv_get(c, "kv"));
	return true;
}

/* Seconds of the device; 0 without a prompt. */
static bool prefill_of(struct served *s, struct question *q, double batch, double *out)
{
	const struct prefill_job job = {.model = s->model,
					.hardware = s->hardware,
					.engine = s->engine,
					.weights = q->weights,
					.ranks = s->engine->splits_layers ? 1 : q->ranks,
					.batch = batch,
					.tokens = q->prompt};
	struct prefill_result r;

	*out = 0;
	if (!(q->prompt > 0))
		return true;
	prefill(&job, &r);
	if (r.reason != REASON_NONE)
		return no(s, "prefill: ", reason_text(r.reason));
	*out = cost_seconds(&r.vision) + cost_seconds(&r.projector) + cost_seconds(&r.llm);
	q->prefill_low = r.low;
	q->prefill_high = r.high;
	return true;
}

/* How many requests of this length the cache holds. */
static bool fill_pool(struct served *s, struct question *q)
{
	const struct setup setup = {.model = s->model,
				    .hardware = s->hardware,
				    .engine = s->engine,
				    .text_tokens = (int64_t)q->prompt,
				    .reserve_tokens = (int64_t)q->output,
				    .tensor_parallel = (int32_t)q->ranks,
				    .weights = q->weights,
				    .kv = q->kv};
	double output = q->output * (s->engine->reserves_output ? 1 : 0.5);
	struct estimate e;

	estimate_steps(&setup, ESTIMATE_KV | ESTIMATE_MEMORY, &e);
	if (e.memory.kv_pool_bytes.reason)
		return no(s, "the pool: ", e.memory.kv_pool_bytes.reason);
	double bytes = memory_request(&setup, (int32_t)q->ranks, q->prompt + output, 0);

	q->batch = fmax(1, floor(fmin(queued_most, e.memory.kv_pool_bytes.value / bytes)));
	return true;
}

/* In the unit of the metric, with every part so many times as long. */
static double answer(const struct question *q, double step_factor, double prefill_factor)
{
	double c = q->prompt + q->output / 2;
	double step = step_factor * decode_step_s(&q->pace, q->batch, c);
	double prefill = prefill_factor * q->prefill_s, all = prefill_factor * q->all_s;
	double eta = q->batch > 1 ? 0.95 : 1;
	double rate = eta / (prefill + q->output * step / q->batch);

	switch (q->metric) {
	case TOTAL_WITH_PROMPT:
		return (q->prompt + q->output) / (prefill + q->output * step);
	case GENERATED:
		return q->batch * q->output / (all + q->output * step);
	case WHOLE_MS:
		return 1e3 * (all + q->output * step);
	case DECODED:
		return q->batch / step;
	case STEP_MS:
		return 1e3 * step;
	case BETWEEN_MS:
		return 1e3 * (step + (q->batch - 1) * prefill / q->output);
	case REQUESTS:
		return rate;
	case SERVED_OUTPUT:
		return rate * q->output;
	case SERVED_TOTAL:
		return rate * (q->prompt + q->output);
	case METRIC_N:
		break;
	}
	return 0;
}

static bool predict(struct served *s, struct question *q)
{
	const struct decode_job job = {.model = s->model,
				       .hardware = s->hardware,
				       .engine = s->engine,
				       .weights = q->weights,
				       .kv = q->kv,
				       .ranks = q->ranks};
	enum reason why = decode_prepare(&job, &q->pace);

	if (why != REASON_NONE)
		return no(s, reason_text(why), "");
	if (q->metric != DECODED && q->metric != STEP_MS &&
	    (!prefill_of(s, q, q->batch, &q->all_s) || !prefill_of(s, q, 1, &q->prefill_s)))
		return false;
	struct decode_range r = decode_range(&q->pace, q->batch);
	double fast = answer(q, r.low, q->prefill_low), slow = answer(q, r.high, q->prefill_high);

	s->predicted = answer(q, 1, 1);
	s->low = fmin(fast, slow);
	s->high = fmax(fast, slow);
	return isfinite(s->predicted) && s->predicted > 0 ? true
							  : no(s, reason_text(REASON_ABSURD), "");
}

static bool read_metric(const struct csv *c, struct served *s, struct question *q)
{
	snprintf(s->metric, sizeof(s->metric), "%s", csv_get(c, "metric"));
	for (q->metric = 0; q->metric < METRIC_N; q->metric++)
		if (strcmp(s->metric, metrics[q->metric].name) == 0)
			break;
	if (q->metric == METRIC_N)
		return no(s, "no such metric: ", s->metric);
	s->is_time = metrics[q->metric].is_time;
	return true;
}

static bool map(const struct registry *reg, const struct csv *c, struct served *s,
		struct question *q)
{
	bool is_max = strcmp(csv_get(c, "batch"), "max") == 0;

	if (c->bad)
		return no(s, c->bad, "");
	if (!read_metric(c, s, q))
		return false;
	if (!number(c, "value", 1e-9, &s->measured)) {
		s->measured = 0;
		return no(s, "no measured value: ", csv_get(c, "value"));
	}
	if (!find_all(reg, c, s, q))
		return false;
	if (!number(c, "n", 1, &q->ranks) || q->ranks > RANKS_MOST)
		return no(s, "no number of devices: ", csv_get(c, "n"));
	if (!number(c, "prompt", 0, &q->prompt) || !number(c, "output", 1, &q->output))
		return no(s, "no lengths: ", csv_get(c, "prompt"));
	if (is_max ? !fill_pool(s, q) : !number(c, "batch", 1, &q->batch))
		return is_max ? false : no(s, "no batch: ", csv_get(c, "batch"));
	return predict(s, q);
}

static enum served_set set_of(const struct csv *c)
{
	if (strcmp(csv_get(c, "device"), "h20") == 0)
		return SERVED_H20;
	if (strcmp(csv_get(c, "confidence"), "low") == 0)
		return SERVED_LOW;
	return strcmp(csv_get(c, "mode"), "batch1") == 0 ? SERVED_ONE : SERVED_LOADED;
}

void served_read(const struct registry *reg, const struct csv *c, struct served *out)
{
	struct question q = {.prefill_low = 1, .prefill_high = 1};

	*out = (struct served){.set = c->bad ? SERVED_LOADED : set_of(c)};
	snprintf(out->id, sizeof(out->id), "%s", csv_get(c, "id"));
	out->mapped = map(reg, c, out, &q);
}

double served_ratio(const struct served *s)
{
	return s->is_time ? s->predicted / s->measured : s->measured / s->predicted;
}
