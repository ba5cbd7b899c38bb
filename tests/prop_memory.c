/* Properties of every engine's account over random settings. Prints the seed; VTOK_SEED repeats a
 * run.
 *   - budget = weights + reserve + pool to the byte, within the total; the reserve is its parts, of
 *     encoder, language and sampler the greatest where an engine takes that; low <= usual <= high
 *   - requests = floor(pool / request), the low end never more of them
 *   - more memory, and a larger share, never mean fewer requests; nor do fewer sequences, a shorter
 *     step, no pictures at all. By name excepted: the steps that an engine takes by itself on
 * larger devices (vLLM's 70 GiB, SGLang's ladder), so options and share are given here
 *   - smaller formats weigh less, smaller caches hold more; what is stored is what is named so
 *   - everything finite, or a reason */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "core/estimate.h"
#include "core/memory.h"
#include "registry/registry.h"
#include "tests/random.h"

enum { RUNS = 4000 };

static int tests, failures, told;

static int64_t between(int64_t least, int64_t most)
{
	return least + (int64_t)(next() % (uint64_t)(most - least + 1));
}

static bool maybe(void)
{
	return next() & 1;
}

static struct setup random_setup(const struct registry *r)
{
	static const enum dtype weights[] = {DTYPE_STORED, DTYPE_BF16, DTYPE_FP8,    DTYPE_FP4,
					     DTYPE_AWQ,    DTYPE_Q6_K, DTYPE_Q4_K_M, DTYPE_IQ2_M};
	static const enum dtype caches[] = {DTYPE_BF16, DTYPE_FP8, DTYPE_INT4};
	static const int32_t versions[] = {0, 0, 8005, 19002, 21000, 27001};
	struct setup s = {
		.model = r->models[between(0, (int64_t)r->models_n - 1)],
		.hardware = r->hardware[between(0, (int64_t)r->hardware_n - 1)],
		.engine = r->engines[between(0, (int64_t)r->engines_n - 1)],
		.width = between(1, 4096),
		.height = between(1, 4096),
		.text_tokens = between(0, 8000),
		.reserve_tokens = between(0, 2000),
		.context_limit = maybe() ? 0 : between(4096, 200000),
		.tensor_parallel = 1 << between(0, 3),
		.weights = weights[between(0, (int64_t)ARRAY_SIZE(weights) - 1)],
		.kv = caches[between(0, (int64_t)ARRAY_SIZE(caches) - 1)],
		.engine_version = versions[between(0, (int64_t)ARRAY_SIZE(versions) - 1)],
		.utilisation = maybe() ? 0 : (double)between(10, 100) / 100,
		.max_batched_tokens = maybe() ? 0 : (int32_t)between(64, 32768),
		.max_seqs = maybe() ? 0 : (int32_t)between(1, 1024),
		.limit_images = (int32_t)between(0, 4),
	};

	s.images = s.model->processor != NULL ? between(0, 3) : 0;
	return s;
}

static void complain(const struct setup *s, const char *what, double a, double b)
{
	failures++;
	if (told++ > 20)
		return;
	printf("# %s: %.17g, %.17g\n#   -m %s -g %s --engine %s version %d --tp %d --weights %s "
	       "--kv "
	       "%s -n %" PRId64 " -t %" PRId64 " -r %" PRId64 " -c %" PRId64
	       " util %g step %d seqs %d limit %d %" PRId64 "x%" PRId64 "\n",
	       what, a, b, s->model->id, s->hardware->id, s->engine->id, s->engine_version,
	       s->tensor_parallel, dtype_name(s->weights), dtype_name(s->kv), s->images,
	       s->text_tokens, s->reserve_tokens, s->context_limit, s->utilisation,
	       s->max_batched_tokens, s->max_seqs, s->limit_images - 1, s->width, s->height);
}

/* a <= b, as far as rounding goes */
static void ordered(const struct setup *s, const char *what, double a, double b)
{
	if (!(a <= b * (1 + 1e-12) + 1e-6))
		complain(s, what, a, b);
}

static double requests(const struct setup *s)
{
	struct estimate e;

	estimate(s, &e);
	return e.capacity.concurrency.value;
}

static void adds_up(const struct setup *s)
{
	struct estimate e;

	estimate(s, &e);
	if (e.memory.total_bytes.reason != NULL)
		return;
	double first[] = {e.memory.encoder_bytes, e.memory.activation_bytes,
			  e.memory.sampler_bytes};
	double sum = first[0] + first[1] + first[2];
	double greatest = fmax(first[0], fmax(first[1], first[2]));
	double reserve = (e.memory.takes_greatest ? greatest : sum) + e.memory.encoder_cache_bytes +
			 e.memory.projector_bytes + e.memory.buffer_bytes + e.memory.state_bytes +
			 e.memory.graphs_bytes + e.memory.framework_bytes;

	if (fabs(reserve - e.memory.reserve_bytes.value) > 1 + 1e-9 * reserve)
		complain(s, "the reserve is not its parts", reserve, e.memory.reserve_bytes.value);
	ordered(s, "budget above total", e.memory.budget_bytes.value, e.memory.total_bytes.value);
	if (e.memory.kv_pool_bytes.reason == NULL &&
	    e.memory.budget_bytes.value != e.memory.weights_bytes.value +
						   e.memory.reserve_bytes.value +
						   e.memory.kv_pool_bytes.value)
		complain(s, "weights, reserve and pool are not the budget",
			 e.memory.budget_bytes.value, e.memory.kv_pool_bytes.value);
	ordered(s, "the low end above the usual", e.memory.kv_pool_low_bytes.value,
		e.memory.kv_pool_bytes.value);
	ordered(s, "the usual above the high end", e.memory.kv_pool_bytes.value,
		e.memory.kv_pool_high_bytes.value);
	ordered(s, "more requests at the low end", e.capacity.concurrency_low.value,
		e.capacity.concurrency.value);
	if (e.capacity.concurrency.reason == NULL &&
	    e.capacity.concurrency.value !=
		    floor(e.memory.kv_pool_bytes.value / e.kv.bytes_per_request.value))
		complain(s, "requests are not pool by request", e.capacity.concurrency.value,
			 e.memory.kv_pool_bytes.value / e.kv.bytes_per_request.value);
	if (!isfinite(e.memory.kv_pool_bytes.value) || !isfinite(e.capacity.concurrency.value))
		complain(s, "not finite", e.memory.kv_pool_bytes.value,
			 e.capacity.concurrency.value);
}

/* The same with everything said that an engine would take from the device. */
static struct setup said(const struct setup *s)
{
	struct setup at = *s;

	at.utilisation = s->utilisation > 0 ? s->utilisation : 0.9;
	at.max_batched_tokens = s->max_batched_tokens > 0 ? s->max_batched_tokens : 8192;
	at.max_seqs = s->max_seqs > 0 ? s->max_seqs : 256;
	at.context_limit = s->context_limit > 0 ? s->context_limit : 16384;
	return at;
}

static void more_memory(const struct setup *s)
{
	struct setup at = said(s);
	struct hardware larger = *s->hardware;
	double factor = 1 + (double)between(1, 100) / 50, before = requests(&at);

	larger.mem_bytes *= factor;
	larger.driver_mem_bytes *= factor;
	at.hardware = &larger;
	ordered(s, "more memory, fewer requests", before, requests(&at));
}

static void larger_share(const struct setup *s)
{
	struct setup at = said(s);
	double before = requests(&at);

	at.utilisation = fmin(1, at.utilisation * 1.1);
	ordered(s, "a larger share, fewer requests", before, requests(&at));
}

static double pool(const struct setup *s)
{
	struct estimate e;

	estimate(s, &e);
	return e.memory.kv_pool_bytes.value;
}

static void less_set_aside(const struct setup *s)
{
	struct setup at = said(s), less = at;

	less.max_seqs = (int32_t)between(1, at.max_seqs);
	ordered(s, "fewer sequences, a smaller pool", pool(&at), pool(&less));
	less = at;
	less.limit_images = 1;
	ordered(s, "no pictures, a smaller pool", pool(&at), pool(&less));
	if (at.engine->memory == MEMORY_PROFILE) { /* elsewhere it is the size of one request */
		less = at;
		less.max_batched_tokens = (int32_t)between(1, at.max_batched_tokens);
		/* a picture that a longer step would hold more than once */
		less.limit_images = at.limit_images = 1;
		ordered(s, "a shorter step, a smaller pool", pool(&at), pool(&less));
	}
}

static void smaller_formats(const struct setup *s)
{
	struct setup a = said(s), b = a;
	struct estimate ea, eb;

	a.kv = DTYPE_FP8;
	b.kv = DTYPE_BF16;
	estimate(&a, &ea);
	estimate(&b, &eb);
	ordered(s, "fp8 keys larger than bf16", ea.kv.bytes_per_request.value,
		eb.kv.bytes_per_request.value);
	a.weights = DTYPE_FP8;
	b.weights = DTYPE_BF16;
	estimate(&a, &ea);
	estimate(&b, &eb);
	ordered(s, "fp8 weighs more than bf16", ea.memory.weights_bytes.value,
		eb.memory.weights_bytes.value);
	a.weights = DTYPE_STORED;
	b.weights = setup_weights(&a);
	estimate(&a, &ea);
	estimate(&b, &eb);
	if (ea.memory.weights_bytes.value != eb.memory.weights_bytes.value ||
	    ea.prefill.ttft_s != eb.prefill.ttft_s)
		complain(s, "stored is not what it is stored in", ea.memory.weights_bytes.value,
			 eb.memory.weights_bytes.value);
}

static void property(const struct registry *r, const char *name,
		     void (*check)(const struct setup *))
{
	int before = failures;

	for (int i = 0; i < RUNS; i++) {
		struct setup s = random_setup(r);

		check(&s);
	}
	printf("%s %d - %s\n", failures == before ? "ok" : "not ok", ++tests, name);
}

int main(void)
{
	struct vtok_error err;
	struct registry r;

	random_begin(NULL);
	if (!registry_init(&r, &err)) {
		printf("Bail out! %s\n", err.text);
		return 1;
	}
	property(&r, "the account adds up", adds_up);
	property(&r, "more memory never means fewer requests", more_memory);
	property(&r, "a larger share never means fewer requests", larger_share);
	property(&r, "what is not set aside is in the pool", less_set_aside);
	property(&r, "smaller formats are smaller, stored is what it is", smaller_formats);
	printf("1..%d\n", tests);
	registry_fini(&r);
	return failures != 0;
}
