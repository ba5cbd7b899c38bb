/* The answer is that of the low end: a request fits when there is room for it with every part of
 * the reserve at its most. Where there is room as usual but not then, it fits only if no more is
 * set aside than the budget leaves beside weights and request. Ways are tried one at a time,
 * everything else as it is, from what costs least; a way that is named was estimated and fits from
 * the low end. */
#include "core/fits.h"

#include <math.h>
#include <stddef.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/memory.h"

enum { RANKS_TRIED = 64, SEQUENCES_LEAST = 1, WIDTH_LEAST = 32, WAY_TEXT = 64 };

static bool holds_one(const struct setup *s)
{
	struct estimate e;

	estimate_steps(s, ESTIMATE_KV | ESTIMATE_MEMORY, &e);
	return e.capacity.concurrency_low.reason == NULL && e.capacity.concurrency_low.value >= 1;
}

/* The size at a width, aspect kept. */
static void set_width(struct setup *at, const struct setup *s, int64_t width)
{
	double height = round((double)width * (double)s->height / (double)s->width);

	at->width = width;
	at->height = height < 1 ? 1 : (int64_t)height;
}

/* The largest width below the present one that fits; 0 = none. Larger pictures are not cheaper but
 * for the steps of a rule, which the halving may miss by one. */
static int64_t smaller_width(const struct setup *s)
{
	struct setup at = *s;
	int64_t good = WIDTH_LEAST, bad = s->width;

	if (s->images < 1 || s->width <= WIDTH_LEAST)
		return 0;
	set_width(&at, s, good);
	if (!holds_one(&at))
		return 0;
	while (bad - good > 1) {
		int64_t middle = good + (bad - good) / 2;

		set_width(&at, s, middle);
		if (holds_one(&at))
			good = middle;
		else
			bad = middle;
	}
	return good;
}

/* The most requests of a step that fit; 0 = none. */
static int32_t fewer_sequences(const struct setup *s)
{
	struct setup at = *s;
	int32_t most = memory_sequences(s);

	if (s->engine->memory == MEMORY_WHOLE || s->engine->memory == MEMORY_FRACTION)
		return 0;
	for (int32_t n = most / 2; n >= SEQUENCES_LEAST; n /= 2) {
		at.max_seqs = n;
		if (holds_one(&at))
			return n;
	}
	return 0;
}

static int32_t more_gpus(const struct setup *s)
{
	struct setup at = *s;

	for (at.tensor_parallel++; at.tensor_parallel <= RANKS_TRIED; at.tensor_parallel++)
		if ((s->engine->splits_layers || s->model->q_heads % at.tensor_parallel == 0) &&
		    holds_one(&at))
			return at.tensor_parallel;
	return 0;
}

static bool smaller_kv(const struct setup *s, enum dtype *type)
{
	struct setup at = *s;

	at.kv = *type = DTYPE_FP8;
	return dtype_kv_bytes(s->kv) > dtype_kv_bytes(DTYPE_FP8) && holds_one(&at);
}

/* 8 bit before 4; of llama.cpp's own formats where it is llama.cpp. */
static bool smaller_weights(const struct setup *s, enum dtype *type)
{
	static const enum dtype server[] = {DTYPE_FP8, DTYPE_INT4};
	static const enum dtype ggml[] = {DTYPE_Q8_0, DTYPE_Q4_K_M};
	const enum dtype *types = s->engine->memory == MEMORY_BUFFERS ? ggml : server;
	double now = dtype_bytes(setup_weights(s));
	struct setup at = *s;

	for (size_t i = 0; i < ARRAY_SIZE(server); i++) {
		at.weights = *type = types[i];
		if (dtype_bytes(types[i]) < now && holds_one(&at))
			return true;
	}
	return false;
}

static bool try_way(const struct setup *s, enum fits_way_kind kind, struct fits_way *w)
{
	struct setup at = *s;

	*w = (struct fits_way){.kind = kind};
	switch (kind) {
	case WAY_PICTURE:
		w->width = smaller_width(s);
		if (w->width == 0)
			return false;
		set_width(&at, s, w->width);
		w->height = at.height;
		return true;
	case WAY_KV:
		return smaller_kv(s, &w->type);
	case WAY_SEQUENCES:
		w->number = fewer_sequences(s);
		return w->number > 0;
	case WAY_WEIGHTS:
		return smaller_weights(s, &w->type);
	case WAY_GPUS:
		w->number = more_gpus(s);
		return w->number > 0;
	case WAY_N:
		break;
	}
	return false;
}

static void find_ways(const struct setup *s, struct fits *out)
{
	for (int k = 0; k < WAY_N && out->n < FITS_WAYS; k++)
		out->n += try_way(s, (enum fits_way_kind)k, &out->ways[out->n]);
}

/* Bytes that one request lacks at an end of the pool; 0 or less: it has them. */
static double missing_at(const struct setup *s, const struct estimate *e, enum pool_end end)
{
	struct memory_case c;
	struct memory_plan plan;

	memory_case_of(s, (double)e->tokens.total, (double)e->context.limit, &c);
	memory_plan(&c, end, &plan);
	return e->kv.bytes_per_request.value - plan.pool;
}

enum fits_answer fits_of_estimate(const struct estimate *e)
{
	if (e->capacity.concurrency_low.reason == NULL)
		return FITS_YES;
	if (e->capacity.concurrency.reason == NULL)
		return FITS_ONLY;
	/* without an overflow it is not the memory's fault: something else is wrong */
	return e->memory.overflow != NULL ? FITS_NO : FITS_UNKNOWN;
}

const char *fits_reason(const struct estimate *e)
{
	switch (fits_of_estimate(e)) {
	case FITS_YES:
		return "also with every part that is set aside at its most";
	case FITS_ONLY:
		return "only while no more than usual is set aside";
	case FITS_NO:
		return e->memory.overflow;
	case FITS_UNKNOWN:
		break;
	}
	return NULL;
}

void fits_of(const struct setup *s, const struct estimate *e, struct fits *out)
{
	*out = (struct fits){.answer = fits_of_estimate(e)};
	switch (out->answer) {
	case FITS_UNKNOWN:
		out->reason = e->capacity.concurrency.reason;
		return;
	case FITS_YES:
		out->requests = e->capacity.concurrency_low.value;
		return;
	case FITS_ONLY:
		out->reserve_bytes = e->memory.budget_bytes.value - e->memory.weights_bytes.value -
				     e->kv.bytes_per_request.value;
		break;
	case FITS_NO:
		out->missing_bytes = missing_at(s, e, POOL_LOW);
		break;
	}
	find_ways(s, out);
}

const char *fits_word(enum fits_answer a)
{
	static const char *const words[] = {
		[FITS_YES] = "yes",
		[FITS_ONLY] = "only",
		[FITS_NO] = "no",
		[FITS_UNKNOWN] = NULL,
	};

	return words[a];
}

char *fits_text(const struct fits *f, char *out, size_t size)
{
	char number[UNIT_TEXT];

	switch (f->answer) {
	case FITS_YES:
		return str_format(out, size, "fits: %s request%s at once at least",
				  unit_count(number, f->requests), f->requests == 1 ? "" : "s");
	case FITS_ONLY:
		return str_format(out, size,
				  "fits only if at most %s are set aside beside the weights",
				  unit_bytes(number, f->reserve_bytes));
	case FITS_NO:
		return str_format(out, size, "does not fit: %s are missing",
				  unit_bytes(number, f->missing_bytes));
	case FITS_UNKNOWN:
		break;
	}
	return str_format(out, size, "%s", f->reason != NULL ? f->reason : "");
}

char *fits_way_text(const struct fits_way *w, char *out, size_t size)
{
	char a[UNIT_TEXT], b[UNIT_TEXT];

	switch (w->kind) {
	case WAY_PICTURE:
		return str_format(out, size, "a picture of %s x %s", unit_grouped(a, w->width),
				  unit_grouped(b, w->height));
	case WAY_KV:
		return str_format(out, size, "%s keys and values", dtype_name(w->type));
	case WAY_SEQUENCES:
		return str_format(out, size, "at most %s request%s a step",
				  unit_grouped(a, w->number), w->number == 1 ? "" : "s");
	case WAY_WEIGHTS:
		return str_format(out, size, "%s weights", dtype_name(w->type));
	case WAY_GPUS:
		return str_format(out, size, "%s GPUs", unit_grouped(a, w->number));
	case WAY_N:
		break;
	}
	return str_format(out, size, "%s", "");
}

char *fits_ways_text(const struct fits *f, char *out, size_t size)
{
	size_t used = 0;

	str_format(out, size, "%s", "");
	for (int i = 0; i < f->n && used < size; i++) {
		char way[WAY_TEXT];
		const char *join = i == 0 ? "" : i == f->n - 1 ? " or " : ", ";

		str_format(out + used, size - used, "%s%s", join,
			   fits_way_text(&f->ways[i], way, sizeof(way)));
		while (used < size && out[used] != '\0')
			used++;
	}
	return out;
}
