/* Cache bytes of every kind of layer, against the tables of the checkpoint facts
 * (tests/data/kv.csv) and what vLLM logged (tests/data/capacity_logs.csv). */
#include "unit.h"

#include <math.h>

#include "base/base.h"
#include "bench/csv.h"
#include "core/kv.h"
#include "registry/registry.h"
#include "tests/shipped.h"

static FILE *open_data(const char *name)
{
	char path[1024];
	const char *root = getenv("SRCDIR");

	snprintf(path, sizeof(path), "%s/tests/data/%s", root != NULL ? root : ".", name);
	FILE *file = fopen(path, "r");

	if (file == NULL)
		fail_msg("cannot read %s", path);
	return file;
}

static const struct kv_layout plain = {.dtype = DTYPE_BF16, .ranks = 1, .block_tokens = 1};

/* Every checkpoint that both the registry and the table know. */
static void test_tables(void **state)
{
	FILE *file = open_data("kv.csv");
	char line[256];
	struct csv c;
	int bad = 0, checked = 0;

	(void)state;
	assert_non_null(fgets(line, sizeof(line), file)); /* two lines of origin */
	assert_non_null(fgets(line, sizeof(line), file));
	assert_true(csv_open(&c, file));
	while (csv_next(&c)) {
		const struct model *m = registry_model(&reg, csv_get(&c, "id"));
		struct kv_rates r;

		if (m == NULL)
			continue;
		kv_rates(m, &plain, &r);
		checked++;
		if (r.per_token != atof(csv_get(&c, "token_bytes")) ||
		    r.win_cap != atof(csv_get(&c, "window_bytes")) ||
		    r.state != atof(csv_get(&c, "state_bytes"))) {
			print_error("%s: %.0f, %.0f, %.0f\n", m->id, r.per_token, r.win_cap,
				    r.state);
			bad++;
		}
	}
	fclose(file);
	assert_int_equal(bad, 0);
	assert_true(checked >= 100);
}

/* One of each kind that needs more than heads: values of the checkpoint facts, sections 2, 7 and
 * 7a. */
static void test_kinds(void **state)
{
	static const struct model mla = {.kv_kind = KV_MLA,
					 .layers = 27,
					 .kv_heads = 16,
					 .grow_layers = 27,
					 .grow_elems = 576,
					 .mla_kv_rank = 512,
					 .mla_rope = 64};
	static const struct model cross = {.kv_kind = KV_CROSS,
					   .kv_heads = 8,
					   .grow_layers = 32,
					   .grow_elems = 2048,
					   .cross_layers = 8,
					   .cross_elems = 2048,
					   .cross_positions = 1601};
	static const struct model chunk = {.kv_kind = KV_CHUNK,
					   .kv_heads = 8,
					   .grow_layers = 12,
					   .grow_elems = 2048,
					   .win_layers = 36,
					   .win_elems = 2048,
					   .window = 8192};
	static const struct model conv = {.kv_kind = KV_HYBRID,
					  .kv_heads = 8,
					  .hidden = 1024,
					  .grow_layers = 6,
					  .grow_elems = 1024,
					  .conv_layers = 10,
					  .conv_kernel = 3};
	static const struct model linear = {.kv_kind = KV_HYBRID,
					    .kv_heads = 4,
					    .grow_layers = 8,
					    .grow_elems = 2048,
					    .linear_layers = 24,
					    .linear_key_heads = 16,
					    .linear_value_heads = 32,
					    .linear_head = 128,
					    .conv_kernel = 4};
	struct kv_rates r;
	struct kv_layout four = plain;

	(void)state;
	four.ranks = 4;
	kv_rates(&mla, &plain, &r);
	assert_true(r.per_token == 31104);
	kv_rates(&mla, &four, &r); /* the latent row is on every rank */
	assert_true(r.per_token == 31104);
	kv_rates(&cross, &plain, &r);
	assert_true(r.per_token == 131072);
	assert_true(kv_request(&cross, &plain, 0, 1601) == 52461568);
	assert_true(kv_request(&cross, &plain, 0, 4 * 1601) == 209846272);
	kv_rates(&chunk, &plain, &r);
	assert_true(r.per_token == 49152 && r.win_cap == 1207959552);
	assert_true(kv_request(&chunk, &plain, 100000, 0) == 100000.0 * 49152 + 1207959552);
	kv_rates(&conv, &plain, &r);
	assert_true(r.per_token == 12288 && r.state == 61440);
	kv_rates(&linear, &plain, &r);
	assert_true(r.per_token == 32768 && r.state == 50331648 + 1179648);
}

static void test_dtypes(void **state)
{
	static const struct {
		enum dtype type;
		double bytes;
	} rows[] = {{DTYPE_BF16, 57344}, {DTYPE_FP16, 57344}, {DTYPE_FP8, 28672},
		    {DTYPE_INT8, 28672}, {DTYPE_INT4, 14336}, {DTYPE_FP32, 114688},
		    {DTYPE_Q8_0, 30464}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct kv_layout l = plain;
		struct kv_rates r;

		l.dtype = rows[i].type;
		kv_rates(registry_model(&reg, "qwen2.5-vl-7b"), &l, &r);
		assert_true(fabs(r.per_token - rows[i].bytes) < 1e-6);
	}
}

/* Four key-value heads: ranks beyond them hold copies. */
static void test_ranks(void **state)
{
	static const struct {
		int32_t ranks;
		double per_rank;
	} rows[] = {{1, 57344}, {2, 28672}, {4, 14336}, {8, 14336}, {16, 14336}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct kv_layout l = plain;
		struct kv_rates r;

		l.ranks = rows[i].ranks;
		kv_rates(registry_model(&reg, "qwen2.5-vl-7b"), &l, &r);
		assert_true(r.per_token == rows[i].per_rank);
	}
}

static void test_blocks(void **state)
{
	static const struct {
		double tokens, blocks;
	} rows[] = {{0, 0}, {1, 1}, {16, 1}, {17, 2}, {2691, 169}};
	struct kv_layout l = {.dtype = DTYPE_BF16, .ranks = 1, .block_tokens = 16};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_true(kv_blocks(&l, rows[i].tokens) == rows[i].blocks);
		assert_true(kv_request(registry_model(&reg, "qwen2.5-vl-7b"), &l, rows[i].tokens,
				       0) == rows[i].blocks * 16 * 57344);
	}
}

/* vllm-project/vllm#19029: 2,198,512 tokens of cache, 16,384 a request, window 4096, 8192 tokens a
 * step: 769 blocks, 178.68 requests; the window ignored: 134.19. */
static void test_sliding_window_case(void **state)
{
	const struct model *m = registry_model(&reg, "starcoder2-3b");
	struct kv_layout l = {
		.dtype = DTYPE_BF16, .ranks = 1, .block_tokens = 16, .batched_tokens = 8192};
	struct kv_rates r;
	double blocks = 2198512 / 16;

	(void)state;
	assert_non_null(m);
	kv_rates(m, &l, &r);
	assert_true(r.win_per_token == 30720 && r.per_token == 0);
	assert_true(kv_window_blocks(m, &l, 16384) == 769);
	assert_true(floor(100 * blocks / kv_window_blocks(m, &l, 16384) + 0.5) == 17868);
	assert_true(floor(100 * blocks / kv_blocks(&l, 16384) + 0.5) == 13419);
	assert_true(kv_request(m, &l, 16384, 0) == 769.0 * 16 * 30720);
	assert_true(kv_window_blocks(m, &l, 160) == 10); /* never more than the request has */
	l.batched_tokens = 0;
	assert_true(kv_window_blocks(m, &l, 16384) == 256); /* the window alone */
}

/* A model by the name that the log gives; the two without a section here are built from the
 * dimensions it states. */
static const struct model *logged_model(const char *name)
{
	static const struct model eight_b = {.layers = 32,
					     .kv_heads = 8,
					     .head_dim = 128,
					     .grow_layers = 32,
					     .grow_elems = 2 * 8 * 128};

	if (strncmp(name, "Qwen3-VL-8B", 11) == 0)
		return registry_model(&reg, "qwen3-vl-8b");
	if (strncmp(name, "starcoder2", 10) == 0)
		return registry_model(&reg, "starcoder2-3b");
	return &eight_b;
}

static void test_capacity_logs(void **state)
{
	FILE *file = open_data("capacity_logs.csv");
	struct csv c;
	int rows = 0;

	(void)state;
	assert_true(csv_open(&c, file));
	while (csv_next(&c)) {
		const struct model *m = logged_model(csv_get(&c, "model"));
		bool ignored = strstr(csv_get(&c, "engine"), "before-fix") != NULL;
		struct kv_layout l = {
			.dtype = DTYPE_BF16,
			.ranks = atoi(csv_get(&c, "tensor_parallel")),
			.block_tokens = atoi(csv_get(&c, "block_size")),
			.batched_tokens = 8192,
		};
		struct kv_rates r;
		double tokens = atof(csv_get(&c, "tokens_per_request")),
		       pool = atof(csv_get(&c, "pool_tokens"));

		kv_rates(m, &l, &r);
		double per_token = r.per_token + r.win_per_token,
		       gib = atof(csv_get(&c, "kv_gib_per_gpu"));

		assert_true(per_token == atof(csv_get(&c, "bytes_per_token_per_gpu")));
		if (gib > 0) {
			double found = floor(gib * 1073741824 / (per_token * l.block_tokens)) *
				       l.block_tokens;

			assert_true(fabs(found / pool - 1) <= 0.01);
			pool = found;
		}
		double request = ignored ? per_token * l.block_tokens * kv_blocks(&l, tokens)
					 : kv_request(m, &l, tokens, 0);
		double want = atof(csv_get(&c, "max_concurrency"));

		assert_true(fabs(pool * per_token / request / want - 1) <= 0.01);
		rows++;
	}
	fclose(file);
	assert_int_equal(rows, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),        cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_dtypes),        cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_blocks),        cmocka_unit_test(test_sliding_window_case),
		cmocka_unit_test(test_capacity_logs),
	};

	return cmocka_run_group_tests_name("kv", tests, shipped_load, shipped_free);
}
