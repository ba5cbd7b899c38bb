/* How long estimates take: bench-estimate
 *
 *     floor     the powers one estimate cannot avoid: 64 pairs of log2 and exp2, timed in the same
 *               run
 *     estimate  one complete estimate of one image, mean over the models with a picture; at most
 *               5 us
 *     sweep     200 widths, four strategies, all metrics; at most 5 ms
 *     cliff     the next cheaper and dearer width, mean and worst over the models
 *
 * Beyond a limit the status is 1. Ratios against the floor travel between machines; the times are
 * for this one. Best of several rounds: the others measure who else is running. */
#include <math.h>
#include <stdio.h>

#include "base/base.h"
#include "bench/clock.h"
#include "core/sweep.h"
#include "registry/registry.h"

static const double estimate_limit_s = 5e-6, sweep_limit_s = 5e-3;

enum { ROUNDS = 7, WIDTHS = 200, PAIRS = 64 };

static struct setup setup_of(const struct registry *r, const struct model *m)
{
	return (struct setup){
		.model = m,
		.hardware = registry_hardware(r, "h100-sxm"),
		.engine = registry_engine(r, "vllm"),
		.width = 1600,
		.height = 1200,
		.images = 1,
		.text_tokens = 512,
		.reserve_tokens = 1024,
		.tensor_parallel = 1,
		.weights = DTYPE_BF16,
		.kv = DTYPE_BF16,
	};
}

static double time_floor(void)
{
	double best = INFINITY;
	volatile double sink = 0;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now_s(), x = 0.7;

		for (int i = 0; i < 1000 * PAIRS; i++)
			x = 0.5 + 0.25 * exp2(1.7 * log2(x + 0.2));
		sink = sink + x;
		best = fmin(best, (now_s() - start) / 1000);
	}
	return best;
}

static double time_estimate(const struct setup *s)
{
	struct estimate e;
	double best = INFINITY;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now_s();

		for (int i = 0; i < 200; i++)
			estimate(s, &e);
		best = fmin(best, (now_s() - start) / 200);
	}
	return best;
}

static double time_sweep(const struct registry *r)
{
	static const char *const four[] = {"llava-1.5-7b", "qwen3-vl-8b", "llava-onevision-7b",
					   "gemma-3-4b"};
	double best = INFINITY;
	struct estimate e;
	struct setup at;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now_s();

		for (size_t m = 0; m < ARRAY_SIZE(four); m++) {
			struct setup s = setup_of(r, registry_model(r, four[m]));

			for (int i = 0; i < WIDTHS; i++) {
				sweep_size(&s, 64 + 20 * i, &at);
				estimate(&at, &e);
			}
		}
		best = fmin(best, now_s() - start);
	}
	return best;
}

static double time_cliff(const struct setup *s)
{
	struct cliff c;
	double best = INFINITY;

	for (int round = 0; round < 3; round++) {
		double start = now_s();

		sweep_cliff(s, 16, 8192, &c);
		best = fmin(best, now_s() - start);
	}
	return best;
}

static const char *verdict(double s, double limit_s)
{
	return s > limit_s ? ", beyond it" : "";
}

int main(void)
{
	struct registry reg;
	struct vtok_error err;
	double sum = 0, worst = 0, cliff = 0, cliff_worst = 0;
	const char *slowest = "", *cliff_slowest = "";
	size_t n = 0;

	if (!registry_init(&reg, &err))
		return 1;
	for (size_t i = 0; i < reg.models_n; i++) {
		struct setup s = setup_of(&reg, reg.models[i]);

		if (s.model->processor == NULL)
			continue;
		double t = time_estimate(&s), c = time_cliff(&s);

		sum += t;
		cliff += c;
		n++;
		if (t > worst) {
			worst = t;
			slowest = s.model->id;
		}
		if (c > cliff_worst) {
			cliff_worst = c;
			cliff_slowest = s.model->id;
		}
	}
	double base = time_floor(), sweep_s = time_sweep(&reg), mean = sum / (double)n;

	printf("floor     %9.2f us\n", 1e6 * base);
	printf("estimate  %9.2f us  ratio %8.2f  (limit %g us%s; worst %.2f us, %s)\n", 1e6 * mean,
	       mean / base, 1e6 * estimate_limit_s, verdict(mean, estimate_limit_s), 1e6 * worst,
	       slowest);
	printf("sweep     %9.2f us  ratio %8.2f  (limit %g us%s)\n", 1e6 * sweep_s, sweep_s / base,
	       1e6 * sweep_limit_s, verdict(sweep_s, sweep_limit_s));
	printf("cliff     %9.2f us  ratio %8.2f  (worst %.0f us, %s)\n", 1e6 * cliff / (double)n,
	       cliff / (double)n / base, 1e6 * cliff_worst, cliff_slowest);
	registry_fini(&reg);
	return mean > estimate_limit_s || sweep_s > sweep_limit_s;
}
