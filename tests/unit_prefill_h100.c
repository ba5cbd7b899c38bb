/* The default pair, h100-sxm and vLLM, against whole towers and language models measured on an H100
 * in CUDA graphs (tests/data/measured/calibrate-h100.csv): what "fitted to measurements" means. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/csv.h"
#include "bench/figures.h"
#include "core/prefill.h"
#include "registry/registry.h"
#include "tests/shipped.h"

enum { ROWS = 64 };

static double number(const struct csv *c, const char *column)
{
	double n = 0;

	assert_true(str_num(csv_get(c, column), &n));
	return n;
}

/* Seconds of the tower or the language model of a line. */
static double predicted_s(const struct csv *c, bool vision)
{
	const struct model *m = registry_model(&reg, csv_get(c, "name"));
	struct prefill_job job = {
		.hardware = registry_hardware(&reg, "h100-sxm"),
		.engine = registry_engine(&reg, "vllm"),
		.weights = DTYPE_BF16,
		.ranks = 1,
		.batch = 1,
	};
	struct prefill_result r;

	assert_non_null(m);
	if (vision) {
		job.tower = m->tower;
		job.sequences = number(c, "batch");
		job.patches = number(c, "tokens");
		job.vision_only = true;
	} else {
		job.model = m;
		job.tokens = number(c, "tokens");
	}
	prefill(&job, &r);
	assert_int_equal(r.reason, REASON_NONE);
	assert_true(r.calibrated);
	assert_true(r.low > 0.7 && r.high < 1.3);
	return cost_seconds(vision ? &r.vision : &r.llm);
}

/* Median error of the rows of one kind; the number of rows. */
static double median_error(const char *kind, size_t *n)
{
	const char *root = getenv("SRCDIR");
	double errors[ROWS];
	char path[1024], line[256];
	struct csv c;

	snprintf(path, sizeof(path), "%s/tests/data/measured/calibrate-h100.csv",
		 root != NULL ? root : ".");
	FILE *file = fopen(path, "r");

	if (file == NULL)
		fail_msg("cannot read %s", path);
	assert_non_null(fgets(line, sizeof(line), file)); /* the device */
	assert_true(csv_open(&c, file));
	for (*n = 0; csv_next(&c) && *n < ROWS;) {
		if (strcmp(csv_get(&c, "kind"), kind) != 0)
			continue;
		double s = predicted_s(&c, strcmp(kind, "vision") == 0);

		errors[(*n)++] = fabs(s / number(&c, "seconds") - 1);
	}
	fclose(file);
	return figures_quantile(errors, *n, 0.5);
}

static void test_whole_models(void **state)
{
	size_t towers, models;
	double tower = median_error("vision", &towers), model = median_error("llm", &models);

	(void)state;
	print_message("towers %.1f %% of %zu, language models %.1f %% of %zu\n", 100 * tower,
		      towers, 100 * model, models);
	assert_int_equal(towers, 12);
	assert_int_equal(models, 12);
	assert_true(tower <= 0.10);
	assert_true(model <= 0.10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_models),
	};

	return cmocka_run_group_tests_name("prefill_h100", tests, shipped_load, shipped_free);
}
