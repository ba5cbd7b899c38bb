/* What a request costs: every figure by the name that the table of quantities gives it. */
#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "core/quantity.h"
#include "core/usual.h"
#include "core/version.h"
#include "lib/lib.h"
#include "registry/near.h"

static_assert((int)VTOK_QUANTITY_NAME == (int)QUANTITY_NAME, "names are the library's own");

struct vtok_estimate {
	struct model room; /* stands for a processor or a hosted model */
	struct setup setup;
	struct estimate estimate;
};

/* ------------------------------------------------------------ the request */

static bool good_price(double usd, struct vtok_fault *fault)
{
	if (usd >= 0 && usd <= PRICE_MOST) /* not NaN either */
		return true;
	return lib_fail_argument(
		fault, "usd_per_million: expected 0 to " USUAL_WORDS(PRICE_MOST) ", got %g", usd);
}

static bool good_share(double share, struct vtok_fault *fault)
{
	if (share == 0 || (share >= 0.01 && share <= 1)) /* not NaN either */
		return true;
	return lib_fail_argument(fault, "utilisation: expected 0.01 to 1, or 0, got %g", share);
}

/* 0: not given. Not NaN either. */
static bool good_number(const char *member, double v, double least, double most,
			struct vtok_fault *fault)
{
	if (v == 0 || (v >= least && v <= most))
		return true;
	return lib_fail_argument(fault, "%s: expected %g to %g, or 0, got %g", member, least, most,
				 v);
}

static bool good_traffic(const struct vtok_request *q, struct vtok_fault *fault)
{
	return good_number("rate_per_s", q->rate_per_s, 1e-6, RATE_MOST, fault) &&
	       good_number("ttft_s", q->ttft_s, 1e-9, TTFT_MOST, fault) &&
	       good_number("quantile", q->quantile, QUANTILE_LEAST, QUANTILE_MOST, fault) &&
	       good_number("itl_s", q->itl_s, 1e-9, ITL_MOST, fault) &&
	       good_number("usd_per_gpu_hour", q->usd_per_gpu_hour, 1e-4, PRICE_MOST, fault);
}

static bool good(const struct vtok_request *q, struct vtok_fault *fault)
{
	return lib_size(q->width, q->height, fault) &&
	       lib_within("images", q->images, -1, IMAGES_MOST, fault) &&
	       lib_within("text_tokens", q->text_tokens, 0, TOKENS_MOST, fault) &&
	       lib_within("reserve_tokens", q->reserve_tokens, 0, TOKENS_MOST, fault) &&
	       lib_within("context_limit", q->context_limit, 0, TOKENS_MOST, fault) &&
	       lib_within("tensor_parallel", q->tensor_parallel, 0, RANKS_MOST, fault) &&
	       good_price(q->usd_per_million, fault) &&
	       lib_within("cpu_threads", q->cpu_threads, 0, THREADS_MOST, fault) &&
	       lib_within("max_batched_tokens", q->max_batched_tokens, 0, STEP_MOST, fault) &&
	       lib_within("max_seqs", q->max_seqs, 0, SEQUENCES_MOST, fault) &&
	       lib_within("limit_images", q->limit_images, -1, IMAGES_MOST, fault) &&
	       good_share(q->utilisation, fault) && good_traffic(q, fault);
}

/* The caller has put the usual format there. A cache is kept in fewer formats than weights are. */
static bool find_dtype(const char *member, const char *name, bool is_cache, enum dtype *out,
		       struct vtok_fault *fault)
{
	if (!name || (dtype_find(name, out) && (!is_cache || dtype_kv_bytes(*out) > 0)))
		return true;
	return lib_fail_argument(
		fault, "%s: expected a number format like bf16, fp8 or q4_k_m, got \"%.40s\"",
		member, name);
}

static bool find_entries(struct setup *s, const struct registry *r, const struct vtok_request *q,
			 struct vtok_fault *fault)
{
	const char *hardware = q->hardware ? q->hardware : USUAL_HARDWARE;
	const char *given = q->engine ? q->engine : USUAL_ENGINE;
	size_t len = strcspn(given, "@");
	char engine[64];
	struct vtok_error err = {0};

	str_format(engine, sizeof(engine), "%.*s", (int)(len < 63 ? len : 63), given);
	if (given[len] && !version_number(given + len + 1, &s->engine_version))
		return lib_fail_argument(
			fault, "engine: expected a version like 0.20 behind %.40s@, got \"%.40s\"",
			engine, given + len + 1);
	if (q->preprocess && !preprocess_way_find(q->preprocess, &s->preprocess))
		return lib_fail_argument(fault,
					 "preprocess: expected auto, fast, gpu, slow or none, got "
					 "\"%.40s\"",
					 q->preprocess);
	s->hardware = registry_hardware(r, hardware);
	s->engine = registry_engine(r, engine);
	if (!s->hardware)
		return near_unknown(r, KIND_HARDWARE, hardware, &err) || lib_fail(fault, &err);
	if (!s->engine)
		return near_unknown(r, KIND_ENGINE, engine, &err) || lib_fail(fault, &err);
	s->kv = USUAL_KV;
	return find_dtype("weights", q->weights, false, &s->weights, fault) &&
	       find_dtype("kv", q->kv, true, &s->kv, fault);
}

static bool fill_setup(struct vtok_estimate *e, const struct registry *r,
		       const struct vtok_subject *subject, const struct vtok_request *request,
		       struct vtok_fault *fault)
{
	const size_t least =
		offsetof(struct vtok_request, options) + sizeof(const struct vtok_options *);
	struct lib_question question;
	struct vtok_request q;

	if (!lib_take(&q, sizeof(q), request, least, "request", fault) || !good(&q, fault) ||
	    !lib_options(&question, q.options, fault))
		return false;
	if (subject->model) /* a checkpoint counted as another runtime does has that processor */
		e->room = *subject->model;
	else
		e->room = (struct model){.id = subject->processor->id,
					 .name = subject->processor->name,
					 .is_stand_in = true,
					 .price = subject->price};
	e->room.processor = subject->processor;
	e->setup = (struct setup){
		.model = &e->room,
		.lens = question.lens,
		.knobs = question.knobs,
		.width = q.width,
		.height = q.height,
		.images = q.images == 0  ? 1
			  : q.images < 0 ? 0
					 : q.images,
		.text_tokens = q.text_tokens,
		.reserve_tokens = q.reserve_tokens,
		.context_limit = q.context_limit,
		.tensor_parallel = q.tensor_parallel ? q.tensor_parallel : USUAL_RANKS,
		.price_usd = q.usd_per_million,
		.weights = subject->weights,
		.day = subject->day,
		.cpu_threads = q.cpu_threads,
		.max_batched_tokens = q.max_batched_tokens,
		.max_seqs = q.max_seqs,
		.limit_images = q.limit_images == 0  ? 0
				: q.limit_images < 0 ? 1
						     : q.limit_images + 1,
		.utilisation = q.utilisation,
		.rate_per_s = q.rate_per_s,
		.ttft_s = q.ttft_s,
		.quantile = q.quantile,
		.itl_s = q.itl_s,
		.rent_usd = q.usd_per_gpu_hour,
	};
	return find_entries(&e->setup, r, &q, fault);
}

bool lib_setup(const struct vtok *v, const struct vtok_subject *subject,
	       const struct vtok_request *request, struct model *room, struct setup *out,
	       struct vtok_fault *fault)
{
	struct vtok_estimate e;

	if (!fill_setup(&e, &v->registry, subject, request, fault))
		return false;
	*room = e.room;
	*out = e.setup;
	out->model = room;
	return true;
}

struct vtok_estimate *vtok_estimate_new(const struct vtok *v, const struct vtok_subject *s,
					const struct vtok_request *request,
					struct vtok_fault *fault)
{
	struct vtok_estimate *e = malloc(sizeof(*e));

	lib_no_fault(fault);
	if (!e) {
		lib_fail_memory(fault);
		return NULL;
	}
	if (!fill_setup(e, &v->registry, s, request, fault)) {
		free(e);
		return NULL;
	}
	estimate(&e->setup, &e->estimate);
	return e;
}

void vtok_estimate_free(struct vtok_estimate *e)
{
	free(e);
}

/* ------------------------------------------------------------ figures by name */

static bool find(const char *name, enum quantity_id *out)
{
	return quantity_find(name, out) && !quantities[*out].is_aside;
}

static struct value read_named(const struct vtok_estimate *e, const char *name,
			       enum quantity_id *id)
{
	if (!find(name, id))
		return (struct value){.reason = "no figure of that name"};
	return quantity_read(*id, &e->setup, &e->estimate);
}

bool vtok_quantity(const struct vtok_estimate *e, const char *name, double *value,
		   const char **reason)
{
	enum quantity_id id = Q_N;
	struct value v = read_named(e, name, &id);

	if (!v.reason && v.text)
		v.reason = "a word, no number";
	if (reason)
		*reason = v.reason;
	if (v.reason)
		return false;
	if (value)
		*value = unit_number(quantities[id].unit, v.number);
	return true;
}

const char *vtok_quantity_text(const struct vtok_estimate *e, const char *name, const char **reason)
{
	enum quantity_id id = Q_N;
	struct value v = read_named(e, name, &id);

	if (!v.reason && !v.text)
		v.reason = "a number, no word";
	if (reason)
		*reason = v.reason;
	return v.reason ? NULL : v.text;
}

const char *vtok_quantity_name(size_t i, char out[VTOK_QUANTITY_NAME])
{
	for (int id = 0; id < Q_N; id++)
		if (!quantities[id].is_aside && i-- == 0)
			return quantity_name((enum quantity_id)id, out);
	return NULL;
}

const char *vtok_quantity_title(const char *name)
{
	enum quantity_id id;

	return find(name, &id) ? quantity_title(id) : NULL;
}

const char *vtok_quantity_unit(const char *name)
{
	enum quantity_id id;

	return find(name, &id) ? unit_name(quantities[id].unit) : NULL;
}
