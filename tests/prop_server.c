/* What must hold of steps, servers, traffic and money whatever the request: random setups over all
 * models, devices and engines, with a printed seed. More traffic never needs fewer GPUs; a faster
 * device never has a lower rate; a server's parts add up; nothing is NaN; the limits are kept. */
#include "tests/unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "core/estimate.h"
#include "core/mix.h"
#include "core/quantity.h"
#include "tests/shipped.h"

enum { ROUNDS = 6000 };

static uint64_t seed = 20261127;

static uint32_t any(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

static double some(double least, double most)
{
	return least * pow(most / least, any(1 << 20) / (double)(1 << 20));
}

static struct setup random_setup(void)
{
	static const enum dtype weights[] = {DTYPE_STORED, DTYPE_BF16, DTYPE_FP8, DTYPE_AWQ,
					     DTYPE_Q4_K_M};
	const char *const usual[] = {"vllm", "sglang", "tensorrt-llm", "llama.cpp"};
	struct setup s = {
		.model = reg.models[any((uint32_t)reg.models_n)],
		.hardware = reg.hardware[any((uint32_t)reg.hardware_n)],
		.engine = any(2) ? registry_engine(&reg, usual[any(ARRAY_SIZE(usual))])
				 : reg.engines[any((uint32_t)reg.engines_n)],
		.width = (int64_t)some(28, 4000),
		.height = (int64_t)some(28, 4000),
		.images = 1 + any(3),
		.text_tokens = any(2000),
		.reserve_tokens = 1 + any(800),
		.tensor_parallel = 1 << any(4),
		.weights = weights[any(ARRAY_SIZE(weights))],
		.kv = any(2) ? DTYPE_BF16 : DTYPE_FP8,
		.rate_per_s = some(0.01, 1000),
		.ttft_s = any(2) ? some(0.2, 20) : 0,
		.itl_s = some(0.01, 0.5),
		.quantile = some(0.5, 0.999),
		.rent_usd = any(2) ? some(0.1, 10) : 0,
	};

	if (!s.model->processor)
		s.images = 0;
	return s;
}

static void check_finite(const struct setup *s, const struct estimate *e)
{
	for (int id = Q_STEP; id < Q_UNVERIFIED_PROCESSOR; id++) {
		struct value v = quantity_read((enum quantity_id)id, s, e);

		assert_true(v.reason || v.text || (isfinite(v.number) && v.number >= 0));
	}
}

static void check_parts(const struct setup *s, const struct estimate *e)
{
	double requests = e->decode.requests_s, output = (double)s->reserve_tokens;

	assert_true(e->decode.at_once >= 1 && e->decode.at_once == floor(e->decode.at_once));
	assert_true(fabs(e->decode.output_s - requests * output) <= 1e-9 * e->decode.output_s);
	assert_true(e->decode.requests_low <= requests * (1 + 1e-9));
	assert_true(e->decode.requests_high >= requests * (1 - 1e-9));
	assert_true(e->decode.low_s < e->decode.step_s && e->decode.step_s < e->decode.high_s);
	assert_true(e->decode.itl_s <= s->itl_s && e->decode.step_s <= e->decode.itl_s);
	/* no server gives tokens faster than its steps do */
	assert_true(e->decode.output_s <= e->decode.at_once / e->decode.step_s * (1 + 1e-9));
	if (e->traffic.reason)
		return;
	assert_true(e->traffic.gpus == e->traffic.servers * s->tensor_parallel);
	/* they carry it */
	assert_true(e->traffic.servers * requests * e->traffic.used_share >=
		    s->rate_per_s * (1 - 1e-9));
	assert_true(e->traffic.used_share <= 0.7 + 1e-9);
	assert_true(!(s->ttft_s > 0) || e->traffic.ttft_s <= s->ttft_s * (1 + 1e-9));
	assert_true(e->traffic.itl_s <= s->itl_s * (1 + 1e-9));
	assert_true(e->cost.reason ||
		    fabs(e->traffic.usd_hour - e->cost.usd_hour * e->traffic.servers) <=
			    1e-9 * e->traffic.usd_hour);
	/* used in part, 1,000 images cost no less than used to the full */
	assert_true(e->cost.reason || e->traffic.usd_per_1000 >= e->cost.usd_per_1000 * (1 - 1e-9));
}

static void check_more_traffic(const struct setup *s, const struct estimate *e)
{
	struct setup more = *s;
	struct estimate other;

	more.rate_per_s *= some(1, 20);
	estimate(&more, &other);
	assert_true((e->traffic.reason == NULL) == (other.traffic.reason == NULL));
	assert_true(e->traffic.reason || other.traffic.gpus >= e->traffic.gpus);
	/* a tighter limit neither */
	more = *s;
	more.ttft_s = s->ttft_s > 0 ? s->ttft_s / 2 : 5;
	estimate(&more, &other);
	assert_true(e->traffic.reason || other.traffic.reason ||
		    other.traffic.gpus >= e->traffic.gpus);
}

/* Every rate of it, so many times. */
static struct hardware faster(const struct hardware *hw, double times)
{
	struct hardware h = *hw;
	double *const rates[] = {&h.bw_bytes_per_s, &h.fp32, &h.tf32, &h.fp16, &h.fp16_acc16,
				 &h.bf16,           &h.fp8,  &h.int8, &h.fp4,  &h.link_bytes_per_s};

	for (size_t i = 0; i < ARRAY_SIZE(rates); i++)
		*rates[i] *= times;
	return h;
}

static void check_faster_device(const struct setup *s, const struct estimate *e)
{
	struct hardware h = faster(s->hardware, some(1, 4));
	struct setup quick = *s;
	struct estimate other;

	/* not over the edge where links count as NVLink, whose machines set more memory aside */
	h.link_bytes_per_s = s->hardware->link_bytes_per_s;
	quick.hardware = &h;
	estimate(&quick, &other);
	assert_null(other.decode.reason);
	assert_true(other.decode.requests_s >= e->decode.requests_s * (1 - 1e-9));
	assert_true(other.decode.one_s <= e->decode.one_s * (1 + 1e-9));
}

static void any_setup(void **state)
{
	int served = 0, carried = 0;

	(void)state;
	print_message("# seed %llu\n", (unsigned long long)seed);
	for (int i = 0; i < ROUNDS; i++) {
		struct setup s = random_setup();
		struct estimate e;

		estimate(&s, &e);
		check_finite(&s, &e);
		if (e.decode.reason)
			continue;
		check_parts(&s, &e);
		check_more_traffic(&s, &e);
		check_faster_device(&s, &e);
		served++;
		carried += e.traffic.reason == NULL;
	}
	print_message("# %d of %d have a server, %d carry their traffic\n", served, ROUNDS,
		      carried);
	assert_true(served > ROUNDS / 20);
	assert_true(carried > ROUNDS / 40);
}

/* A step grows with either, and is no longer than so many steps of one. */
static void steps_grow(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		const struct setup s = random_setup();
		const struct decode_job job = {.model = s.model,
					       .hardware = s.hardware,
					       .engine = s.engine,
					       .weights = setup_weights(&s),
					       .kv = s.kv,
					       .ranks = s.tensor_parallel};
		struct decode_pace p;
		double b = some(1, 500), c = some(1, 100000);

		if (model_no_costs(s.model) != REASON_NONE ||
		    decode_prepare(&job, &p) != REASON_NONE)
			continue;
		double step = decode_step_s(&p, b, c);

		assert_true(isfinite(step) && step > 0);
		assert_true(decode_step_s(&p, b * some(1, 3), c) >= step);
		assert_true(decode_step_s(&p, b, c * some(1, 3)) >= step);
		assert_true(step <= b * decode_step_s(&p, 1, c) * (1 + 1e-9));
	}
}

/* ------------------------------------------------------------ mixes */

enum { CLASSES = 5, MIXES = 1500 };

static struct setup mixed_setup(struct mix_class *classes, size_t n, double *area)
{
	struct setup s = random_setup();

	*area = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t side = (int64_t)some(28, 3000);

		classes[i] = (struct mix_class){side, side, some(0.1, 100)};
	}
	double all = 0;

	for (size_t i = 0; i < n; i++) {
		all += classes[i].share;
		*area += classes[i].share * (double)(classes[i].width * classes[i].height);
	}
	*area /= all;
	s.images = s.model->processor ? 1 + any(2) : 0;
	return s;
}

static bool is_near(double a, double b)
{
	return fabs(a - b) <= 1e-6 * (fabs(a) + fabs(b));
}

/* Of one class it is that size alone. */
static void one_class(void **state)
{
	int served = 0;

	(void)state;
	for (int i = 0; i < MIXES; i++) {
		struct mix_class c;
		struct mix m = {.classes = &c, .n = 1};
		struct server_class room;
		struct estimate alone, mixed;
		double left_out;
		struct setup s = mixed_setup(&c, 1, &m.area);

		s.width = c.width;
		s.height = c.height;
		estimate(&s, &alone);
		estimate_mixed(&s, &m, &room, &left_out, &mixed);
		assert_true((alone.decode.reason == NULL) == (mixed.decode.reason == NULL));
		if (alone.decode.reason)
			continue;
		served++;
		assert_true(is_near(alone.decode.requests_s, mixed.decode.requests_s));
		assert_true(is_near(alone.decode.requests_low, mixed.decode.requests_low));
		assert_int_equal(alone.decode.bound, mixed.decode.bound);
		assert_true((alone.traffic.reason == NULL) == (mixed.traffic.reason == NULL));
		if (alone.traffic.reason)
			continue;
		assert_true(fabs(alone.traffic.gpus - mixed.traffic.gpus) < 0.5);
		assert_true(is_near(alone.traffic.ttft_s, mixed.traffic.ttft_s));
	}
	assert_true(served > MIXES / 20);
}

/* The server of a mix keeps the same laws, and is between those of its classes. */
static void any_mix(void **state)
{
	int served = 0;

	(void)state;
	for (int i = 0; i < MIXES; i++) {
		struct mix_class classes[CLASSES];
		struct mix m = {.classes = classes, .n = 2 + any(CLASSES - 1)};
		struct server_class room[CLASSES];
		struct estimate e, more;
		double left_out, least = INFINITY, most = 0;
		struct setup s = mixed_setup(classes, m.n, &m.area);

		estimate_mixed(&s, &m, room, &left_out, &e);
		assert_true(left_out >= 0 && left_out <= 1);
		for (int id = Q_STEP; id < Q_UNVERIFIED_PROCESSOR; id++) {
			struct value v = quantity_read((enum quantity_id)id, &s, &e);

			assert_true(v.reason || v.text || (isfinite(v.number) && v.number >= 0));
		}
		if (e.decode.reason)
			continue;
		served++;
		check_parts(&s, &e);
		for (size_t k = 0; k < m.n; k++) {
			struct estimate one;

			s.width = classes[k].width;
			s.height = classes[k].height;
			estimate(&s, &one);
			least = fmin(least, one.decode.reason ? 0 : one.decode.requests_s);
			most = fmax(most, one.decode.reason ? INFINITY : one.decode.requests_s);
		}
		assert_true(e.decode.requests_s >= 0.8 * least);
		assert_true(e.decode.requests_s <= 1.25 * most);
		s.rate_per_s *= some(1, 20);
		estimate_mixed(&s, &m, room, &left_out, &more);
		assert_true((e.traffic.reason == NULL) == (more.traffic.reason == NULL));
		assert_true(e.traffic.reason || more.traffic.gpus >= e.traffic.gpus);
		s.ttft_s = s.ttft_s > 0 ? s.ttft_s / 2 : 5;
		estimate_mixed(&s, &m, room, &left_out, &e);
		assert_true(e.traffic.reason || more.traffic.reason ||
			    e.traffic.gpus >= more.traffic.gpus);
	}
	print_message("# %d of %d mixes have a server\n", served, MIXES);
	assert_true(served > MIXES / 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_setup),
		cmocka_unit_test(steps_grow),
		cmocka_unit_test(one_class),
		cmocka_unit_test(any_mix),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
