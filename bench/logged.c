/* From a line of tests/data/memory.csv to a prediction.
 *
 * Names are people's (bench/measured.c). An empty option is one that nobody stated: the engine's
 * own value stands in, and the row says so, where the quantity depends on it. Limits on pictures
 * change nothing but at 0, so that an empty one is the default. Figures are per GPU, unless the
 * quantity says otherwise. */
#include "bench/logged.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/measured.h"
#include "core/kv.h"
#include "core/memory.h"
#include "core/version.h"
#include "core/weights.h"

static const double number_max = 1e12;

const char *const logged_columns[] = {
	"id",       "model",        "engine",  "version",     "device",
	"n",        "weights",      "kv",      "utilisation", "max_batched_tokens",
	"max_seqs", "limit_images", "context", "quantity",    "unit",
	"reported", "confidence",   NULL};

/* What a quantity depends on. */
enum need {
	NEED_DEVICE = 1,
	NEED_WEIGHTS = 2,
	NEED_KV = 4,
	NEED_UTILISATION = 8,
	NEED_STEP = 16,
	NEED_SEQUENCES = 32,
	NEED_CONTEXT = 64,
	NEED_POOL = NEED_DEVICE | NEED_WEIGHTS | NEED_UTILISATION | NEED_STEP | NEED_SEQUENCES,
	NEED_RESERVE = NEED_DEVICE | NEED_STEP | NEED_SEQUENCES,
};

/* A row while it is read. */
struct job {
	struct setup setup;
	struct memory_case memory;
};

/* ------------------------------------------------------------------ quantities */

static double all_of(const struct memory_plan *p)
{
	return p->reserve;
}

static double greatest(const struct memory_plan *p)
{
	return fmax(p->encoder, fmax(p->activation, p->sampler)) + p->encoder_cache;
}

static double from_pool(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->pool;
}

static double from_total(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->total;
}

static double from_weights(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->weights;
}

static double from_weights_and_rest(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->weights + p->framework;
}

static double from_reserve(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return all_of(p);
}

static double from_reserve_but_graphs(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->reserve - p->graphs;
}

static double from_reserve_but_framework(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->reserve - p->framework;
}

static double from_peak(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return greatest(p);
}

static double from_compute(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->activation + p->buffer;
}

static double from_compute_and_state(const struct job *j, const struct memory_plan *p)
{
	return from_compute(j, p) + p->state;
}

static double from_state(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return p->state;
}

static double from_projector(const struct job *j, const struct memory_plan *p)
{
	(void)p;
	return weights_vision(j->setup.model, setup_weights(&j->setup));
}

/* What the encoder run costs: the difference to a server that takes no pictures. */
static double from_encoder(const struct job *j, const struct memory_plan *p)
{
	(void)j;
	return greatest(p) - fmax(p->activation, p->sampler);
}

static double from_request(const struct job *j, const struct memory_plan *p)
{
	(void)p;
	return memory_request(&j->setup, j->memory.ranks, j->memory.context, 0);
}

static double from_request_and_state(const struct job *j, const struct memory_plan *p)
{
	return from_request(j, p) + p->state;
}

static double from_everything(const struct job *j, const struct memory_plan *p)
{
	return p->weights + p->reserve + from_request(j, p);
}

static double from_token(const struct job *j, const struct memory_plan *p)
{
	struct kv_layout l;
	struct kv_rates r;

	(void)p;
	memory_layout(&j->setup, j->memory.ranks, &l);
	kv_rates(j->setup.model, &l, &r);
	return r.per_token * l.ranks;
}

static double from_concurrency(const struct job *j, const struct memory_plan *p)
{
	return p->pool / from_request(j, p);
}

static double from_tokens(const struct job *j, const struct memory_plan *p)
{
	return from_concurrency(j, p) * j->memory.context;
}

/* Pictures of the encoder's run: the budget, by the largest of them. */
static double from_pictures(const struct job *j, const struct memory_plan *p)
{
	double one = j->memory.largest.positions, budget = memory_batched_tokens(&j->setup);

	(void)p;
	return one > 0 ? fmax(1, floor(fmax(budget, one) / one)) : 0;
}

/* The first row whose words are all in the cell decides. */
static const struct quantity_row {
	const char *words[3];
	const char *name;
	bool of_all; /* not divided by the GPUs */
	unsigned needs;
	double (*read)(const struct job *, const struct memory_plan *);
} quantities[] = {
	{{"device memory"}, "device memory", false, NEED_DEVICE, from_total},
	{{"weights", "non-torch"}, "weights + rest", false, NEED_WEIGHTS, from_weights_and_rest},
	{{"weights"}, "weights", false, NEED_WEIGHTS, from_weights},
	{{"encoder"}, "encoder run", false, NEED_DEVICE | NEED_STEP, from_encoder},
	{{"images"}, "pictures", true, NEED_STEP, from_pictures},
	{{"compute", "state"}, "buffers + state", true, 0, from_compute_and_state},
	{{"compute"}, "buffers", true, 0, from_compute},
	{{"kv buffer", "state"},
	 "cache + state",
	 true,
	 NEED_KV | NEED_CONTEXT,
	 from_request_and_state},
	{{"recurrent state"}, "state", true, 0, from_state},
	{{"projector"}, "projector", true, NEED_WEIGHTS, from_projector},
	{{"kv buffer"}, "cache", true, NEED_KV | NEED_CONTEXT, from_request},
	{{"bytes per token"}, "bytes per token", true, NEED_KV, from_token},
	{{"activation", "non-torch", "graphs"}, "reserve", false, NEED_RESERVE, from_reserve},
	{{"activation", "non-torch"}, "reserve", false, NEED_RESERVE, from_reserve_but_graphs},
	{{"activation", "graphs"}, "reserve", false, NEED_RESERVE, from_reserve_but_framework},
	{{"activation"}, "activation", false, NEED_RESERVE, from_peak},
	{{"reserve"}, "reserve", false, NEED_RESERVE, from_reserve},
	{{"concurrency"},
	 "concurrency",
	 true,
	 NEED_POOL | NEED_KV | NEED_CONTEXT,
	 from_concurrency},
	{{"tokens"}, "tokens", true, NEED_POOL | NEED_KV, from_tokens},
	{{"total memory"},
	 "everything",
	 true,
	 NEED_WEIGHTS | NEED_KV | NEED_CONTEXT,
	 from_everything},
	{{"kv memory"}, "pool", false, NEED_POOL, from_pool},
	{{"pool"}, "pool", false, NEED_POOL, from_pool},
};

static const struct quantity_row *quantity_of(const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(quantities); i++) {
		bool all = true;

		for (size_t w = 0; w < ARRAY_SIZE(quantities[i].words); w++)
			all = all && (quantities[i].words[w] == NULL ||
				      str_casestr(text, quantities[i].words[w]) != NULL);
		if (all)
			return &quantities[i];
	}
	return NULL;
}

/* Bytes, or things, of one of the unit; 0: no such unit. */
static double unit_size(const char *unit)
{
	static const struct {
		const char *name;
		double size;
	} units[] = {
		{"GiB", 1024.0 * 1024 * 1024},
		{"MiB", 1024.0 * 1024},
		{"KiB", 1024},
		{"GB", 1e9},
		{"MB", 1e6},
		{"kB", 1e3},
		{"B", 1},
		{"bytes", 1},
		{"tokens", 1},
		{"requests", 1},
		{"x", 1}, /* as vLLM logs concurrency */
		{"images", 1},
	};

	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (str_casecmp(unit, units[i].name) == 0)
			return units[i].size;
	return 0;
}

/* ------------------------------------------------------------------ cells */

static bool unmapped(struct logged *out, const char *what, const char *cell)
{
	out->status = LOGGED_UNMAPPED;
	snprintf(out->why, sizeof(out->why), "%s: %.60s", what, cell);
	return false;
}

/* A number from least on; an empty cell is `absent`. */
static bool number(const struct csv *c, const char *column, double least, double absent,
		   double *value, struct logged *out)
{
	const char *cell = csv_get(c, column);
	char *end;

	*value = absent;
	if (*cell == '\0')
		return true;
	*value = strtod(cell, &end);
	if (end == cell || *end != '\0' || !(*value >= least) || !(*value <= number_max))
		return unmapped(out, column, cell);
	return true;
}

/* As the program names it; else as people write it. An empty cell leaves *t alone. */
static bool dtype_cell(const struct csv *c, const char *column, enum dtype *t, struct logged *out)
{
	const char *cell = csv_get(c, column);
	char word[32] = "";

	/* "auto" is vLLM's default, stated: what the checkpoint is stored in, a cache in 16 bit */
	if (*cell == '\0' || str_casecmp(cell, "auto") == 0)
		return true;
	snprintf(word, sizeof(word), "%.*s", (int)fmin(31, (double)strcspn(cell, " ,;")), cell);
	if (dtype_find(word, t) || measured_precision(cell, t))
		return true;
	return unmapped(out, "no such format", cell);
}

/* Says what is missing; the first of it. */
static void state(struct logged *out, unsigned needs, enum need need, const char *cell,
		  const char *what)
{
	if ((needs & need) == 0 || *cell != '\0' || out->status == LOGGED_UNSTATED)
		return;
	out->status = LOGGED_UNSTATED;
	snprintf(out->why, sizeof(out->why), "not stated: %s", what);
}

static void state_all(const struct csv *c, unsigned needs, struct logged *out)
{
	state(out, needs, NEED_WEIGHTS, csv_get(c, "weights"), "weights");
	state(out, needs, NEED_UTILISATION, csv_get(c, "utilisation"), "utilisation");
	state(out, needs, NEED_STEP, csv_get(c, "max_batched_tokens"), "max_batched_tokens");
	state(out, needs, NEED_SEQUENCES, csv_get(c, "max_seqs"), "max_seqs");
	state(out, needs, NEED_KV, csv_get(c, "kv"), "kv");
	state(out, needs, NEED_CONTEXT, csv_get(c, "context"), "context");
}

/* What an account depends on by its rule: one that profiles nothing has no step. */
static unsigned needs_of(const struct quantity_row *q, const struct setup *s)
{
	unsigned needs = q->needs;

	if (s->engine->memory != MEMORY_PROFILE)
		needs &= ~(unsigned)(NEED_STEP | NEED_SEQUENCES);
	if (s->engine->memory == MEMORY_WHOLE || s->engine->memory == MEMORY_BUFFERS)
		needs &= ~(unsigned)NEED_UTILISATION;
	return needs;
}

static bool read_names(const struct registry *reg, const struct csv *c, struct setup *s,
		       struct logged *out)
{
	const char *device = csv_get(c, "device");

	s->model = measured_named(reg, KIND_MODEL, csv_get(c, "model"));
	if (s->model == NULL)
		return unmapped(out, "no such model", csv_get(c, "model"));
	s->engine = measured_named(reg, KIND_ENGINE, csv_get(c, "engine"));
	if (s->engine == NULL)
		return unmapped(out, "no such engine", csv_get(c, "engine"));
	s->hardware = measured_named(reg, KIND_HARDWARE, device);
	if (s->hardware == NULL && *device != '\0')
		return unmapped(out, "no such device", device);
	return true;
}

static bool read_options(const struct csv *c, struct setup *s, struct logged *out)
{
	double n, step, sequences, limit, context;
	int32_t version;

	if (!number(c, "n", 1, 1, &n, out) ||
	    !number(c, "utilisation", 0, 0, &s->utilisation, out) ||
	    !number(c, "max_batched_tokens", 1, 0, &step, out) ||
	    !number(c, "max_seqs", 1, 0, &sequences, out) ||
	    !number(c, "limit_images", 0, 0, &limit, out) ||
	    !number(c, "context", 1, 0, &context, out))
		return false;
	if (s->utilisation > 1)
		return unmapped(out, "utilisation", csv_get(c, "utilisation"));
	if (n > 1024 || step > 1e9 || sequences > 1e6 || limit > 1e6 || context > 1e9)
		return unmapped(out, "out of range", csv_get(c, "id"));
	s->tensor_parallel = (int32_t)n;
	s->max_batched_tokens = (int32_t)step;
	s->max_seqs = (int32_t)sequences;
	s->limit_images = *csv_get(c, "limit_images") != '\0' ? (int32_t)limit + 1 : 0;
	s->context_limit = (int64_t)context;
	version_number(csv_get(c, "version"), &version);
	s->engine_version = version;
	s->weights = DTYPE_STORED;
	s->kv = DTYPE_BF16;
	return dtype_cell(c, "weights", &s->weights, out) && dtype_cell(c, "kv", &s->kv, out);
}

static double value_at(const struct job *j, const struct quantity_row *q, enum pool_end end)
{
	struct memory_plan plan;

	memory_plan(&j->memory, end, &plan);
	double v = q->read(j, &plan);

	return q->of_all ? v : v / j->memory.ranks;
}

static void predict(struct job *j, const struct quantity_row *q, double unit, struct logged *out)
{
	memory_case_of(&j->setup, 0, (double)memory_context(&j->setup), &j->memory);
	out->predicted = value_at(j, q, POOL_USUAL) / unit;
	double a = value_at(j, q, POOL_LOW) / unit, b = value_at(j, q, POOL_HIGH) / unit;

	out->low = fmin(out->predicted, fmin(a, b));
	out->high = fmax(out->predicted, fmax(a, b));
	if ((q->needs & NEED_UTILISATION) != 0)
		out->caveat = memory_caveat(&j->setup);
}

void logged_read(const struct registry *reg, const struct csv *c, struct logged *out)
{
	const struct quantity_row *q = quantity_of(csv_get(c, "quantity"));
	double unit = unit_size(csv_get(c, "unit"));
	struct job j = {0};

	*out = (struct logged){.measured = -1};
	snprintf(out->id, sizeof(out->id), "%.31s", csv_get(c, "id"));
	if (c->bad != NULL) {
		unmapped(out, "a bad line", c->bad);
		return;
	}
	if (!number(c, "reported", 0, -1, &out->measured, out))
		return;
	if (out->measured < 0) {
		unmapped(out, "no reported value", csv_get(c, "id"));
		return;
	}
	if (q == NULL || unit == 0) {
		unmapped(out, q == NULL ? "no such quantity" : "no such unit",
			 csv_get(c, q == NULL ? "quantity" : "unit"));
		return;
	}
	snprintf(out->quantity, sizeof(out->quantity), "%s", q->name);
	if (!read_names(reg, c, &j.setup, out) || !read_options(c, &j.setup, out))
		return;
	if (j.setup.hardware == NULL && (q->needs & NEED_DEVICE) != 0) {
		unmapped(out, "no device is stated", csv_get(c, "quantity"));
		return;
	}
	if (j.setup.hardware == NULL) /* nothing that is asked depends on it */
		j.setup.hardware = registry_hardware(reg, "h100-sxm");
	state_all(c, needs_of(q, &j.setup), out);
	predict(&j, q, unit, out);
}
