/* The account of SGLang.
 *
 * No profile run: a share of the device is for weights and pool, activations and graphs live in the
 * rest. The share follows from device and options (python/sglang/srt/server_args.py):
 *
 *     reserved MiB = 512 + 1.5 x max(chunk, 2048) + 2 x graph batch + 1024 x tp / 8,
 *                    at least 10 GiB on devices above 60 GiB
 *     share        = (memory - reserved) / memory, three digits
 *     with a tower   x 0.95 x (1 - 0.1 x (layers x h^2 / (24 x 1024^2) - 1)),
 *                    the last within 0.8..1.05
 *
 * and the pool is what is free after loading less memory x (1 - share): what the process holds
 * outside the allocator counts as well. Chunk and graph batch go by steps of memory. The steps
 * below 60 GiB were raised once (sgl-project/sglang#37898): the low end takes the newer, the high
 * end the older, and the account is marked there. Hybrid models share the pool with a pool of
 * states, whose ratio is an option (mamba-full-memory-ratio, 0.9): the low end takes it off. */
#include <math.h>
#include <stddef.h>

#include "base/base.h"
#include "core/memory_rules.h"

static const double mib = 1024 * 1024;

/* Chunk of prefill and largest graph batch, with fewer than four GPUs and from four on. */
struct step {
	double below_gib;
	double chunk, batch, batch_tp4;
};

// clang-format off
static const struct step newer[] = {
	{20,  2048,  8,   8},
	{35,  4096,  48,  160},
	{60,  4096,  32,  160},
	{90,  8192,  256, 512},
	{160, 8192,  256, 512},
	{0,   16384, 512, 512},
};
static const struct step older[] = {
	{20,  2048,  8,   8},
	{35,  2048,  24,  80},
	{60,  4096,  32,  160},
	{90,  8192,  256, 512},
	{160, 8192,  256, 512},
	{0,   16384, 512, 512},
};
// clang-format on

static const double large_gib = 60, state_ratio = 0.9;

static const struct step *step_of(const struct step *steps, double memory_mib)
{
	while (steps->below_gib > 0 && memory_mib >= steps->below_gib * 1024)
		steps++;
	return steps;
}

/* What a tower takes off, 0.76 to 0.9975. */
static double tower_factor(const struct tower *t)
{
	double work = t->layers_run * (double)t->hidden * t->hidden / (24.0 * 1024 * 1024);

	return 0.95 * fmin(fmax(1 - 0.1 * (work - 1), 0.8), 1.05);
}

double memory_fraction_share(const struct setup *s, int32_t ranks, enum pool_end end)
{
	double memory = s->hardware->mem_bytes / mib;
	const struct step *step = step_of(end == POOL_HIGH ? older : newer, memory);
	double chunk = s->max_batched_tokens > 0 ? s->max_batched_tokens : step->chunk;
	double batch = ranks >= 4 ? step->batch_tp4 : step->batch;
	double reserved = 512 + 1.5 * fmax(chunk, 2048) + 2 * batch + 1024.0 * ranks / 8;

	if (memory > large_gib * 1024)
		reserved = fmax(reserved, 10 * 1024);
	double share = round(1000 * (memory - reserved) / memory) / 1000;

	if (s->model->tower != NULL && s->model->processor != NULL)
		share *= tower_factor(s->model->tower);
	return fmax(share, 0);
}

bool memory_fraction_varies(const struct setup *s)
{
	return s->hardware->mem_bytes < large_gib * 1024 * mib;
}

void memory_fraction(const struct memory_case *c, enum pool_end end, struct memory_plan *out)
{
	out->weights = memory_all_weights(c, end);
	out->framework = memory_framework(c, end);
	out->reserve = out->framework;
	if (end == POOL_LOW && c->setup->model->linear_layers > 0) {
		double left = out->budget - out->weights - out->reserve;

		out->state = left > 0 ? left * state_ratio / (1 + state_ratio) : 0;
		out->reserve += out->state;
	}
}
