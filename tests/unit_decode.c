/* Steps of decoding and servers against golden values (tests/data/decode-golden.csv and
 * server-golden.csv, 0.1 %), with the constants those were worked with (decode-golden.ini); the
 * worked plan of the cost model; what must hold for any constants.
 *
 * By hand, G2 (Qwen2.5-VL-7B in bf16, A100-80 SXM, vLLM, 32 sequences, 1,500 positions): a layer
 * has 3584 x (28 + 8) x 128 + 28 x 128 x 3584 + 3 x 3584 x 18944 = 233.05 M weights, 28 of them D =
 * 6.52529 G; output matrix 152064 x 3584 x 2 = 1.08999 GB; weights (13.0506 + 1.0900) GB / (2039 x
 * 0.84) = 8256 us; compute 2 x 32 x (6.52529 + 0.54499) G / (312 T x 0.88 x 0.85) = 1939 us, less;
 * cache 2 x 4 x 128 x 2 x 28 x 1500 = 86.0 MB, x 32 = 2.7525 GB, / (2039 x 0.65) = 2077 us; sampler
 * 12 x 32 x 152064 / 2039 GB/s = 28.6 us; launches 28 x 20 x 5 us = 2800 us; the step 8256 + 2077 +
 * 29 + 2800 = 13,162 us: 2,431 tokens a second.
 *
 * S1 on it, P 0.12 s, 128 tokens, 16 at once: the step 12.109 ms, X = 0.95 / (0.12 + 128 x 0.012109
 * / 16) = 4.3805 a second, ITL 12.109 + 15 x 120 / 128 = 26.17 ms, $1.59 / (3600 x 4.3805) x 1000 =
 * $0.1008 for 1,000. */
#include "tests/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/csv.h"
#include "core/estimate.h"
#include "core/quantity.h"
#include "core/server.h"
#include "registry/registry_load.h"
#include "tests/shipped.h"

static struct registry golden;

static int load(void **state)
{
	struct vtok_error err = {0};
	char path[4096];

	if (shipped_load(state) != 0 || !registry_init(&golden, &err))
		return 1;
	str_format(path, sizeof(path), "%s/tests/data/decode-golden.ini", getenv("SRCDIR"));
	if (registry_load_file(&golden, path, &err))
		return 0;
	print_error("%s\n", err.text);
	return 1;
}

static int unload(void **state)
{
	registry_fini(&golden);
	return shipped_free(state);
}

static bool close_to(const char *id, const char *what, double got, double want)
{
	if (fabs(got - want) <= 1e-3 * fabs(want) + 1e-12)
		return true;
	print_error("%s: %s: expected %.6g, found %.6g\n", id, what, want, got);
	return false;
}

static double field(const struct csv *c, const char *name)
{
	return strtod(csv_get(c, name), NULL);
}

static FILE *open_data(const char *name, struct csv *c)
{
	char path[4096];
	FILE *file;

	str_format(path, sizeof(path), "%s/tests/data/%s", getenv("SRCDIR"), name);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_true(csv_open(c, file));
	return file;
}

static struct decode_job job_of(const struct csv *c)
{
	struct decode_job job = {
		.model = registry_model(&golden, csv_get(c, "model")),
		.hardware = registry_hardware(&golden, csv_get(c, "device")),
		.engine = registry_engine(&golden, csv_get(c, "engine")),
		.ranks = field(c, "n"),
	};

	assert_non_null(job.model);
	assert_non_null(job.hardware);
	assert_non_null(job.engine);
	assert_true(dtype_find(csv_get(c, "weights"), &job.weights));
	assert_true(dtype_find(csv_get(c, "kv"), &job.kv));
	return job;
}

static bool check_step(const struct csv *c)
{
	struct decode_job job = job_of(c);
	struct decode_pace p;
	struct decode_time t;
	const char *id = csv_get(c, "id");
	double b = field(c, "B");

	assert_int_equal(decode_prepare(&job, &p), REASON_NONE);
	decode_step(&p, b, field(c, "c"), &t);
	const struct {
		const char *column;
		double got;
	} parts[] = {
		{"dense_params", p.work.dense},
		{"expert_params", p.work.expert},
		{"A", t.touched},
		{"t_weights_us", 1e6 * t.weights_s},
		{"t_compute_us", 1e6 * t.compute_s},
		{"t_kv_us", 1e6 * t.cache_s},
		{"t_sampler_us", 1e6 * t.sampler_s},
		{"t_launch_us", 1e6 * t.launch_s},
		{"t_allreduce_us", 1e6 * t.reduce_s},
		{"t_cpu_us", 1e6 * t.cpu_s},
		{"t_step_us", 1e6 * t.step_s},
		{"tok_s_total", b / t.step_s},
	};
	bool good = true;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		good &= close_to(id, parts[i].column, parts[i].got, field(c, parts[i].column));
	return good;
}

static void test_golden_steps(void **state)
{
	struct csv c;
	FILE *file = open_data("decode-golden.csv", &c);
	int rows = 0, good = 0;

	(void)state;
	for (; csv_next(&c); rows++)
		good += check_step(&c);
	fclose(file);
	assert_int_equal(rows, 12);
	assert_int_equal(good, rows);
}

/* The pace of a golden step, by its id. */
static void pace_of(const char *id, struct decode_pace *out)
{
	struct csv c;
	FILE *file = open_data("decode-golden.csv", &c);
	bool found = false;

	while (!found && csv_next(&c))
		found = strcmp(csv_get(&c, "id"), id) == 0;
	assert_true(found);
	struct decode_job job = job_of(&c);

	fclose(file);
	assert_int_equal(decode_prepare(&job, out), REASON_NONE);
}

static bool check_server(const struct csv *c)
{
	struct decode_pace p;
	const char *id = csv_get(c, "id");

	pace_of(csv_get(c, "case"), &p);
	double output = field(c, "O"), at_once = field(c, "C"), n = field(c, "n");
	const struct server_job j = {.pace = &p,
				     .prefill_s = field(c, "P_s"),
				     .prompt = field(c, "c") - output / 2,
				     .output = output};
	double rate = server_rate(&j, at_once);
	double usd = field(c, "usd_per_hour") * n / (3600 * rate);
	double step_s = decode_step_s(&p, at_once, field(c, "c"));

	bool is_good = close_to(id, "t_step_ms", 1e3 * step_s, field(c, "t_step_ms"));

	/* all of them, so that each that is off is told */
	is_good &= close_to(id, "X_req_s", rate, field(c, "X_req_s"));
	is_good &= close_to(id, "out_tok_s", rate * output, field(c, "out_tok_s"));
	is_good &= close_to(id, "itl_ms", 1e3 * server_itl(&j, at_once), field(c, "itl_ms"));
	is_good &= close_to(id, "usd_per_1000", 1e3 * usd, field(c, "usd_per_1000"));
	is_good &=
		close_to(id, "usd_per_Mtok_out", 1e6 * usd / output, field(c, "usd_per_Mtok_out"));
	return is_good;
}

static void test_golden_servers(void **state)
{
	struct csv c;
	FILE *file = open_data("server-golden.csv", &c);
	int rows = 0, good = 0;

	(void)state;
	for (; csv_next(&c); rows++)
		good += check_server(&c);
	fclose(file);
	assert_int_equal(rows, 6);
	assert_int_equal(good, rows);
}

/* S1 with 20 requests a second, 50 ms between tokens and a second to the first one at 0.95. 40
 * requests at once would be 13.7 + 39 x 120 / 128 = 50.3 ms: 39. X(39) = 0.95 / (0.12 + 128 x
 * 0.01362 / 39) = 5.77; 20 / (0.7 x 5.77) = 4.95: 5 servers; 4 requests a second each, rho = 4 x
 * 0.12 / 0.95 = 0.505; W_q = 0.12 / (2 x 0.495) x ln(0.505 / 0.05) = 0.280 s; 0.015 + 0.036 + 0.007
 * + 0.12
 * + 0.280 = 0.458 s. 5 x $1.59 an hour, of 72,000: $0.110 for 1,000. One API process feeds 28 a
 * second: it binds nothing here. */
static struct server_job worked(struct decode_pace *p)
{
	pace_of("G2", p);
	return (struct server_job){.pace = p,
				   .prefill_s = 0.12,
				   .host_s = 1 / 28.0,
				   .fixed_s = 0.015,
				   .prompt = 1436,
				   .output = 128,
				   .slots = 256,
				   .pool = 300,
				   .itl_s = 0.050};
}

static void test_worked_plan(void **state)
{
	struct decode_pace p;
	struct server_job j = worked(&p);
	struct traffic t = {.rate_s = 20, .ttft_s = 1, .quantile = 0.95, .cap = 0.7};
	struct server s;
	struct fleet f;

	(void)state;
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_true(close_to("worked", "C", s.at_once, 39));
	assert_true(fabs(s.requests_s - 5.77) < 0.005);
	assert_int_equal(s.bound, SERVER_PREFILL);
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_NONE);
	assert_true(close_to("worked", "servers", f.servers, 5));
	assert_true(fabs(f.ttft_s - 0.458) < 0.001);
	assert_true(f.itl_s < j.itl_s);
	assert_true(fabs(5 * 1.59 / 72 - 0.110) < 0.0005);
	/* a limit that the queue of five breaks takes one more */
	t.ttft_s = 0.44;
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_NONE);
	assert_true(f.servers > 5 && f.ttft_s <= 0.44);
	t.ttft_s = 0.17; /* 0.178 without any queue */
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_TTFT_TOO_LONG);
	t.rate_s = 0;
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_NO_RATE_GIVEN);
}

/* The same five servers whose prefills take half as long again: rho = 4 x 0.18 / 0.95 = 0.758, W_q
 * = 0.18 / (2 x 0.242) x ln(0.758 / 0.05) = 1.011 s, 0.015 + 0.036 + 0.007 + 0.18 + 1.011 = 1.248 s
 * to the first token. Twice as long, rho is above 1 and the queue has no end. Steps that take twice
 * as long change a half of one in it alone, 0.0068 s. */
static void test_worked_ends(void **state)
{
	struct decode_pace p;
	struct server_job j = worked(&p), slow = j;
	struct traffic t = {.rate_s = 20, .ttft_s = 1, .quantile = 0.95, .cap = 0.7};
	struct server s;
	struct fleet f, end;

	(void)state;
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_NONE);
	slow.prefill_times = slow.host_times = slow.step_times = 1;
	assert_true(server_used(&slow, &s, &t, f.servers, &end));
	assert_true(close_to("ends", "the same", end.ttft_s, f.ttft_s));
	assert_true(close_to("ends", "the same ITL", end.itl_s, f.itl_s));
	slow.prefill_times = 1.5;
	assert_true(server_used(&slow, &s, &t, f.servers, &end));
	assert_true(fabs(end.ttft_s - 1.248) < 0.001);
	assert_true(end.itl_s > f.itl_s);
	slow.prefill_times = 2;
	assert_false(server_used(&slow, &s, &t, f.servers, &end));
	slow.prefill_times = 1;
	slow.step_times = 2;
	assert_true(server_used(&slow, &s, &t, f.servers, &end));
	assert_true(fabs(end.ttft_s - f.ttft_s - s.step_s / 2) < 1e-6);
	/* S1 at 39 requests: 2 x 13.62 ms + 38 x 120 / 128 ms */
	assert_true(close_to("ends", "ITL", server_itl(&slow, s.at_once),
			     server_itl(&j, s.at_once) + s.step_s));
}

/* The same traffic of two kinds, half each: prefills of 0.06 and 0.18 s, their mean the same 0.12.
 * cv^2 = 0.25, so W / rho = 1.25 x 0.12 / (2 (1 - 0.505)) = 0.1516; with x beyond the rest of
 * 0.0575 late = 0.5 x 0.505 (e^(0.06/0.1516) + e^(0.18/0.1516)) e^(-x/0.1516) = 1.203 e^(-x/0.1516)
 * = 0.05 at x = 0.1516 ln 24.07 = 0.482, so that the first token takes 0.540 s at the quantile. */
static void test_worked_mix(void **state)
{
	static const struct server_class classes[] = {{0.06, 0.5}, {0.18, 0.5}};
	struct decode_pace p;
	struct server_job j = worked(&p);
	struct traffic t = {.rate_s = 20, .ttft_s = 1, .quantile = 0.95, .cap = 0.7};
	struct server s;
	struct fleet f;

	(void)state;
	j.classes = classes;
	j.classes_n = 2;
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_true(fabs(s.requests_s - 5.77) < 0.005); /* the mean decides */
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_NONE);
	assert_true(close_to("mix", "servers", f.servers, 5));
	assert_true(fabs(f.ttft_s - 0.540) < 0.001);
	t.ttft_s = 0.5;
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_NONE);
	assert_true(f.servers > 5 && f.ttft_s <= 0.5);
	/* 0.238 without any queue for the half that takes longer: more than one in twenty */
	t.ttft_s = 0.23;
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_TTFT_TOO_LONG);
	t.quantile = 0.5; /* but not more than every other */
	assert_int_equal(server_fleet(&j, &s, &t, &f), REASON_NONE);
}

static void test_what_binds(void **state)
{
	struct decode_pace p;
	struct server_job j = worked(&p);
	struct server s;

	(void)state;
	j.host_s = 1 / 2.0; /* half a second of the API process: two a second */
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_int_equal(s.bound, SERVER_HOST);
	assert_true(close_to("host", "X", s.requests_s, 2));
	j.host_s = 0;
	j.prefill_s = 0.005;
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_int_equal(s.bound, SERVER_SLOTS);
	assert_true(close_to("slots", "C", s.at_once, 256));
	j.pool = 7.9;
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_int_equal(s.bound, SERVER_POOL);
	assert_true(close_to("pool", "C", s.at_once, 7));
	j.pool = 300;
	j.itl_s = 0.0115; /* G1 takes 11.12 ms */
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_int_equal(s.bound, SERVER_DECODE);
	j.itl_s = 0.011;
	assert_int_equal(server_steady(&j, &s), REASON_TOO_SLOW);
	j.pool = 0.5;
	assert_int_equal(server_steady(&j, &s), REASON_REQUEST_TOO_BIG);
}

/* A short answer behind a long prompt: one at a time loses nothing to the others. */
static void test_one_at_a_time_may_be_best(void **state)
{
	struct decode_pace p;
	struct server_job j = worked(&p);
	struct server s;

	(void)state;
	j.host_s = 0;
	j.prefill_s = 10;
	j.output = 1;
	j.itl_s = 100;
	assert_int_equal(server_steady(&j, &s), REASON_NONE);
	assert_true(close_to("short", "C", s.at_once, 1));
	assert_true(s.requests_s >= server_rate(&j, 2));
}

static double number(enum quantity_id id, const struct setup *s, const struct estimate *e)
{
	struct value v = quantity_read(id, s, e);

	if (v.reason)
		print_error("%s: %s\n", quantity_title(id), v.reason);
	assert_null(v.reason);
	return v.number;
}

/* The sums of the quantities hold, and the price is that of the market. */
static void test_quantities_add_up(void **state)
{
	struct setup s = shipped_setup("qwen2.5-vl-7b", "a100-80-sxm", "vllm");
	struct estimate e;

	(void)state;
	s.reserve_tokens = 128;
	s.images = 2;
	s.rate_per_s = 5;
	estimate(&s, &e);
	double requests = number(Q_REQUESTS_S, &s, &e);

	assert_true(close_to("images", "2 a request", number(Q_IMAGES_S, &s, &e), 2 * requests));
	assert_true(
		close_to("output", "128 a request", number(Q_OUTPUT_S, &s, &e), 128 * requests));
	assert_true(number(Q_REQUESTS_LOW, &s, &e) < requests);
	assert_true(number(Q_REQUESTS_HIGH, &s, &e) > requests);
	assert_true(number(Q_ITL, &s, &e) <= 0.050);
	/* nobody measured pictures under load, which is said */
	assert_string_equal(quantity_read(Q_SERVER_CAVEAT, &s, &e).text,
			    "pictures under load: no measurement was found");
	assert_true(close_to("cost", "of 1,000", number(Q_COST, &s, &e),
			     1000 * 1.79 / (3600 * 2 * requests)));
	assert_true(close_to("cost", "low", number(Q_COST_LOW, &s, &e) / number(Q_COST, &s, &e),
			     1.39 / 1.79));
	assert_true(close_to("cost", "high", number(Q_COST_HIGH, &s, &e) / number(Q_COST, &s, &e),
			     3.4309 / 1.79));
	double gpus = number(Q_GPUS, &s, &e);

	assert_true(close_to("traffic", "hour", number(Q_TRAFFIC_HOUR, &s, &e), 1.79 * gpus));
	assert_true(close_to("traffic", "of 1,000", number(Q_TRAFFIC_COST, &s, &e),
			     1000 * 1.79 * gpus / (3600 * 5 * 2)));
	s.rent_usd = 10;
	estimate(&s, &e);
	assert_true(close_to("own", "of 1,000", number(Q_COST, &s, &e),
			     1000 * 10 / (3600 * 2 * requests)));
	assert_true(close_to("own", "low", number(Q_COST_LOW, &s, &e), number(Q_COST, &s, &e)));
	/* break-even: 10 USD an hour against a given price of the prompt */
	s.price_usd = 2;
	estimate(&s, &e);
	double prompt = number(Q_IMAGES, &s, &e) + 512;

	assert_true(close_to("break-even", "images a day", number(Q_BREAKEVEN, &s, &e),
			     10 / (3600 * prompt * 2e-6) * 86400 * 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden_steps),
		cmocka_unit_test(test_golden_servers),
		cmocka_unit_test(test_worked_plan),
		cmocka_unit_test(test_worked_ends),
		cmocka_unit_test(test_worked_mix),
		cmocka_unit_test(test_what_binds),
		cmocka_unit_test(test_one_at_a_time_may_be_best),
		cmocka_unit_test(test_quantities_add_up),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
