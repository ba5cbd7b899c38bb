/* Every shipped checkpoint: cache, parameters and weight bytes recomputed from the dimensions and
 * compared with the sums others published. tests/data/sums.csv says where they come from and why
 * some may differ. */
#include "tests/unit.h"

#include <math.h>

#include "base/base.h"
#include "core/params.h"
#include "core/weights.h"
#include "registry/registry.h"

enum { COLUMNS = 17, ROWS = 200 };

struct row {
	char text[320];
	char *cell[COLUMNS];
};

static struct row rows[ROWS];
static size_t rows_n;
static struct registry registry;

static int read_rows(void **state)
{
	(void)state;
	struct vtok_error err = {0};
	char path[4096], line[320];

	snprintf(path, sizeof(path), "%s/tests/data/sums.csv",
		 getenv("SRCDIR") ? getenv("SRCDIR") : ".");
	FILE *f = fopen(path, "r");
	if (!f || !registry_init(&registry, &err))
		return -1;
	while (fgets(line, sizeof(line), f)) {
		if (line[0] == '#' || strncmp(line, "id,", 3) == 0)
			continue;
		assert_true(rows_n < ROWS);
		struct row *r = &rows[rows_n++];
		line[strcspn(line, "\n")] = '\0';
		memcpy(r->text, line, sizeof(line));
		char *p = r->text;
		for (int i = 0; i < COLUMNS; i++) {
			r->cell[i] = p;
			p += strcspn(p, ",");
			if (*p)
				*p++ = '\0';
		}
	}
	fclose(f);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	registry_fini(&registry);
	return 0;
}

enum {
	ID,
	GROW_LAYERS,
	GROW_ELEMS,
	TOKEN_BYTES,
	WIN_LAYERS,
	WIN_ELEMS,
	WINDOW,
	WINDOW_BYTES,
	TOWER_M,
	PROJECTOR_M,
	LLM_B,
	ACTIVE_B,
	TOTAL_B,
	LLM_PERCENT,
	PUBLISHED_B,
	TOTAL_PERCENT,
	REASON,
};

static double number(const struct row *r, int column)
{
	return strtod(r->cell[column], NULL);
}

/* Half a unit of the last digit that was printed. */
static double half_digit(const char *printed)
{
	const char *point = strchr(printed, '.');

	return 0.5 * pow(10, point ? -(double)strlen(point + 1) : 0);
}

/* True, or a line that says what is wrong. */
static bool near(const struct row *r, const char *what, double mine, double theirs, double slack)
{
	if (fabs(mine - theirs) <= slack * 1.0000001)
		return true;
	print_error("%s: %s: %.6g from the dimensions, %.6g in the table, allowed %.3g\n",
		    r->cell[ID], what, mine, theirs, slack);
	return false;
}

static const struct model *model_of(const struct row *r)
{
	const struct model *m = registry_model(&registry, r->cell[ID]);

	if (!m)
		print_error("%s: not in the registry\n", r->cell[ID]);
	return m;
}

static void every_checkpoint_is_there(void **state)
{
	(void)state;
	size_t missing = 0;
	for (size_t i = 0; i < rows_n; i++)
		missing += model_of(&rows[i]) == NULL;
	assert_int_equal(rows_n, 109);
	assert_int_equal(missing, 0);
}

static void cache_bytes_follow_from_layers_and_heads(void **state)
{
	(void)state;
	bool good = true;
	for (size_t i = 0; i < rows_n; i++) {
		const struct row *r = &rows[i];
		const struct model *m = model_of(r);
		if (!m)
			continue;
		good &= near(r, "grow layers", m->grow_layers, number(r, GROW_LAYERS), 0);
		good &= near(r, "grow elements", m->grow_elems, number(r, GROW_ELEMS), 0);
		good &= near(r, "bytes per token", 2.0 * m->grow_layers * m->grow_elems,
			     number(r, TOKEN_BYTES), 0);
		good &= near(r, "window layers", m->win_layers, number(r, WIN_LAYERS), 0);
		good &= near(r, "window elements", m->win_elems, number(r, WIN_ELEMS), 0);
		good &= near(r, "window", m->window, number(r, WINDOW), 0);
		good &= near(r, "window bytes", 2.0 * m->win_layers * m->win_elems * m->window,
			     number(r, WINDOW_BYTES), 0);
	}
	assert_true(good);
}

/* Beyond the printed digits 0.002 % are allowed: bias and scale vectors have no keys. */
static double llm_slack(const struct row *r)
{
	return half_digit(r->cell[LLM_B]) +
	       number(r, LLM_B) * (2e-5 + number(r, LLM_PERCENT) / 100);
}

static void language_models_add_up(void **state)
{
	(void)state;
	bool good = true;
	for (size_t i = 0; i < rows_n; i++) {
		const struct row *r = &rows[i];
		const struct model *m = model_of(r);
		struct params p;
		if (!m)
			continue;
		params_of(m, &p);
		good &= near(r, "language model", p.llm / 1e9, number(r, LLM_B), llm_slack(r));
		good &= near(r, "active", p.active / 1e9, number(r, ACTIVE_B),
			     llm_slack(r) + half_digit(r->cell[ACTIVE_B]));
		good &= near(r, "given language model", m->llm_params / 1e9, number(r, LLM_B),
			     1e-9);
		good &= near(r, "given active", m->active_params / 1e9, number(r, ACTIVE_B), 1e-9);
	}
	assert_true(good);
}

static double computed_total(const struct model *m)
{
	struct params p;

	params_of(m, &p);
	return p.llm + m->projector_params + m->tower->params;
}

static void totals_are_the_published_ones(void **state)
{
	(void)state;
	bool good = true;
	for (size_t i = 0; i < rows_n; i++) {
		const struct row *r = &rows[i];
		const struct model *m = model_of(r);
		if (!m)
			continue;
		/* tower and projector are printed to 0.1 M */
		double total = computed_total(m) / 1e9, digits = 0.0006 + llm_slack(r);
		/* tower_m holds the adapter of Llama 4, the tower of the
		 * registry does not: 0.04 B */
		double adapter = number(r, TOWER_M) / 1e3 - m->tower->params / 1e9;
		good &= near(r, "total", total + adapter, number(r, TOTAL_B), digits);
		good &= near(r, "given total", m->total_params / 1e9, number(r, TOTAL_B), 1e-9);
		if (r->cell[PUBLISHED_B][0])
			good &= near(r, "published total", total + adapter + m->extra_params / 1e9,
				     number(r, PUBLISHED_B),
				     digits + half_digit(r->cell[PUBLISHED_B]) +
					     number(r, PUBLISHED_B) * number(r, TOTAL_PERCENT) /
						     100);
		if (number(r, TOTAL_PERCENT) > 0 && !r->cell[REASON][0])
			good = near(r, "an exception without a reason", 1, 0, 0);
	}
	assert_true(good);
}

static void weights_in_16_bit_are_twice_the_parameters(void **state)
{
	(void)state;
	bool good = true;
	for (size_t i = 0; i < rows_n; i++) {
		const struct row *r = &rows[i];
		const struct model *m = model_of(r);
		if (!m)
			continue;
		double adapter = number(r, TOWER_M) * 1e6 - m->tower->params;
		double bytes = 2 * (computed_total(m) + adapter + m->extra_params);
		good &= near(r, "weight bytes", weights_all(m, DTYPE_BF16) / 2e9, bytes / 2e9,
			     0.0006 + llm_slack(r));
	}
	assert_true(good);
}

/* Checkpoints of 2026 have no table of sums; what their publishers or trackers state, often rounded
 * to a billion, is met from the dimensions. Percents cover that rounding and parts without keys:
 * layers that predict further tokens, connectors, audio. */
static void stated_numbers_are_met(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		double stated_b, percent;
	} t[] = {
		{"qwen3.5-0.8b", 0.8, 8},
		{"qwen3.5-4b", 4, 6},
		{"qwen3.6-27b", 27.8, 2},
		{"qwen3.6-35b-a3b", 36, 3},
		{"qwen3.8-27b", 27.8, 2},
		{"qwen3.8-flash-next", 176, 0.2},
		{"ministral-3-3b", 3.8, 2},
		{"ministral-3-8b", 8.9, 1},
		{"ministral-3-14b", 13.9, 1},
		{"mistral-small-4-119b", 119, 0.1},
		{"mistral-large-3-675b", 675, 0.3},
		{"kimi-k2.6", 1000, 3},
		{"kimi-k3", 2779.9, 0.4},
		{"glm-5.3-flash", 321.3, 3},
		{"glm-4.6v-flash", 10.3, 0.2},
		{"inkling", 975, 0.1},
		{"nemotron-nano-12b-v2-vl", 13.2, 2},
		{"nemotron-3-nano-omni-30b-a3b", 31.6, 2},
		{"minicpm-v-4.5", 8.7, 2},
		{"minimax-m3", 427, 0.2},
		{"step3-vl-10b", 10.2, 3},
		{"step3-321b", 321, 0.2},
		{"molmo2-8b", 8.7, 2},
		{"paddleocr-vl-0.9b", 0.9, 3},
		{"command-a-plus", 218.8, 0.2},
		{"command-a-vision-112b", 112, 0.6},
		{"phi-4-reasoning-vision-15b", 15, 1},
		{"moondream2", 1.9, 4},
		{"moondream3", 9, 4},
		{"muse-glimmer-30b", 30, 1.1},
		{"exaone-4.5-33b", 33.7, 4},
		{"intern-s1", 241, 0.2},
	};
	bool good = true;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		const struct model *m = registry_model(&registry, t[i].id);
		assert_non_null(m);
		double total = (m->total_params + m->extra_params) / 1e9;
		if (fabs(total - t[i].stated_b) > t[i].stated_b * t[i].percent / 100) {
			print_error("%s: %.3f B, %.1f B stated\n", t[i].id, total, t[i].stated_b);
			good = false;
		}
	}
	assert_true(good);
}

/* Stored layers, patch embedding, positions: within 0.5 %, since heads, norms and biases differ
 * from tower to tower. */
static void towers_add_up(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		double percent;
		const char *reason;
	} loose[] = {
		{"siglip-so400m-980", 1.5, "a table of 4900 positions"},
		{"siglip-so400m-896", 0.6, "a table of 4096 positions"},
		{"deepencoder", 3, "convolutions between its stages and relative positions"},
		{"mllama-vit", 9, "tables of positions for every form and number of tiles"},
		{"glm-4v-vit", 15, "a downsampling convolution counts as projector"},
		{"gemma4-vit-16", 15, "tables of two-dimensional positions"},
		{"gemma4-vit-27", 15, "tables of two-dimensional positions"},
		{"qwen3-vl-vit-24", 1, "a table of 48 x 48 positions"},
		{"qwen3-vl-vit-27", 1, "a table of 48 x 48 positions"},
		{"moonvit", 1.3, "a table of 64 x 64 positions"},
		{"got-ocr2-sam", 5, "a table of 64 x 64 positions, and a neck behind"},
		{"aimv2-l", 1, ""},
	};
	bool good = true;
	for (size_t i = 0; i < registry.towers_n; i++) {
		const struct tower *t = registry.towers[i];
		if (t->is_conv || t->layers_run == 0)
			continue;
		double h = t->hidden,
		       sum = t->layers_stored * (4 * h * h + (double)t->ffn_mats * h * t->ffn);
		sum += 3.0 * t->patch * t->patch * t->frames * h + t->positions * h;
		double h1 = t->stage1_hidden;
		sum += t->stage1_layers * (4 * h1 * h1 + 2 * h1 * t->stage1_ffn);
		double allowed = 0.5;
		for (size_t k = 0; k < ARRAY_SIZE(loose); k++)
			if (strcmp(loose[k].id, t->id) == 0)
				allowed = loose[k].percent;
		double off = 100 * fabs(sum - t->params) / t->params;
		if (off > allowed)
			print_error("%s: %.1f M from the dimensions, %.1f M given: %.2f %%\n",
				    t->id, sum / 1e6, t->params / 1e6, off);
		good &= off <= allowed;
	}
	assert_true(good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_checkpoint_is_there),
		cmocka_unit_test(cache_bytes_follow_from_layers_and_heads),
		cmocka_unit_test(language_models_add_up),
		cmocka_unit_test(totals_are_the_published_ones),
		cmocka_unit_test(stated_numbers_are_met),
		cmocka_unit_test(weights_in_16_bit_are_twice_the_parameters),
		cmocka_unit_test(towers_add_up),
	};
	return cmocka_run_group_tests(tests, read_rows, forget);
}
