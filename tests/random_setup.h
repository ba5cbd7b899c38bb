/* Random requests for property tests: any model of the registry, any device and engine, sizes and
 * numbers small and large alike. The same seed gives the same requests everywhere. */
#ifndef VTOK_TESTS_RANDOM_SETUP_H
#define VTOK_TESTS_RANDOM_SETUP_H

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "core/estimate.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "tests/random.h"

static inline int64_t below(int64_t n)
{
	return (int64_t)(next() % (uint64_t)n);
}

/* From 1 to most, small ones as often as large ones. */
static inline int64_t up_to(int64_t most)
{
	double x = exp((double)(next() >> 11) * 0x1p-53 * log((double)most));

	return x < 1 ? 1 : x > (double)most ? most : (int64_t)x;
}

static inline void draw_setup(const struct registry *r, struct setup *s)
{
	static const enum dtype types[] = {DTYPE_BF16, DTYPE_FP16, DTYPE_FP8, DTYPE_INT8,
					   DTYPE_INT4};
	struct subject e;

	while (!subject_at(r, (size_t)below((int64_t)subject_n(r)), &e))
		;
	*s = (struct setup){
		.model = subject_model(r, &e),
		.hardware = r->hardware[below((int64_t)r->hardware_n)],
		.engine = r->engines[below((int64_t)r->engines_n)],
		.lens = below(4) ? LENS_EXACT : LENS_FORMULA,
		.width = up_to(20000),
		.height = up_to(20000),
		.images = below(3) ? 1 : below(100),
		.text_tokens = below(4) ? up_to(4000) : 0,
		.reserve_tokens = below(4) ? up_to(4000) : 0,
		.context_limit = below(3) ? 0 : up_to(1000000),
		.tensor_parallel = 1 << below(5),
		.weights = types[below((int64_t)ARRAY_SIZE(types))],
		.kv = types[below((int64_t)ARRAY_SIZE(types))],
	};
	if (!s->model)
		exit(99);
	if (below(3) == 0)
		s->knobs = (struct knobs){.patch = below(2) ? (int32_t)(8 + below(24)) : 0,
					  .merge = (int32_t)below(4),
					  .pool = (int32_t)below(4),
					  .grid_k = (int32_t)below(6)};
	s->knobs.images = (int32_t)s->images;
}

/* As options of the command line, for those who look into it. */
static inline void print_setup(const struct setup *s)
{
	const struct knobs *k = &s->knobs;

	printf("#   -m %s %" PRId64 "x%" PRId64 " -n %" PRId64 " -t %" PRId64 " -r %" PRId64
	       " -c %" PRId64 " -g %s --engine %s --tp %d --weights %s --kv %s --lens %s",
	       s->model->id, s->width, s->height, s->images, s->text_tokens, s->reserve_tokens,
	       s->context_limit, s->hardware->id, s->engine->id, (int)s->tensor_parallel,
	       dtype_name(s->weights), dtype_name(s->kv),
	       s->lens == LENS_EXACT ? "exact" : "formula");
	printf(" --patch %d --merge %d --pool %d --grid %d\n", (int)k->patch, (int)k->merge,
	       (int)k->pool, (int)k->grid_k);
}

#endif
