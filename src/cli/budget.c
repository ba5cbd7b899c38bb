#include "cli/budget.h"

#include <stddef.h>

#include "base/base.h"
#include "core/budget.h"

static bool is_possible(enum quantity_id id, const char *text, double v, struct vtok_error *err)
{
	const char *why = budget_too_much(id, v);

	return !why || error_set(err, VTOK_E_USAGE, "%s, got \"%.60s\"", why, text);
}

/* A value in the unit of a quantity. */
static bool value_of(enum quantity_id id, const char *text, double *out, struct vtok_error *err)
{
	if (!budget_read_value(id, text, out))
		return error_set(err, VTOK_E_USAGE, "expected a value like %s, got \"%.60s\"",
				 budget_example(id), text);
	return is_possible(id, text, *out, err);
}

bool budget_share(const char *text, double *out, struct vtok_error *err)
{
	if (!budget_read_value(Q_SHARE, text, out) || !(*out > 0))
		return error_set(err, VTOK_E_USAGE, "expected a share like 25%%, got \"%.60s\"",
				 text);
	return is_possible(Q_SHARE, text, *out, err);
}

/* ---------------------------------------------------------------- budgets */

/* "prefill_gpu_ms=40", "ttft 300ms": the name as CSV has it, or the dashboard's word. */
static bool parse(const char *text, struct fit_budget *out, struct vtok_error *err)
{
	char why[BUDGET_WHY];

	*out = (struct fit_budget){Q_MODEL, 0};
	if (!budget_read(text, out, why))
		return error_set(err, VTOK_E_USAGE, "%s, got \"%.60s\"", why, text);
	return budget_is_set(out) ||
	       error_set(err, VTOK_E_USAGE, "expected a budget like ttft=300ms, got \"%.60s\"",
			 text);
}

/* The options that stand for a quantity; with --safe, for another. */
static const struct named {
	const char *option;
	enum quantity_id id, safe;
	size_t at; /* its text in struct options */
} named[] = {
	{"share", Q_SHARE, Q_SHARE, offsetof(struct options, budget_share)},
	{"ttft", Q_TTFT, Q_TTFT_HIGH, offsetof(struct options, budget_ttft)},
	{"gpu-time", Q_GPU, Q_GPU, offsetof(struct options, budget_gpu_time)},
	{"kv-bytes", Q_KV_REQUEST, Q_KV_REQUEST, offsetof(struct options, budget_kv_bytes)},
};

static bool add(struct fit_budget out[FIT_BUDGETS], int *n, enum quantity_id id, double value)
{
	if (*n >= FIT_BUDGETS)
		return false;
	out[(*n)++] = (struct fit_budget){id, value};
	return true;
}

static bool add_named(const struct options *o, struct fit_budget out[FIT_BUDGETS], int *n,
		      struct vtok_error *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(named); i++) {
		const char *text = *(const char *const *)((const char *)o + named[i].at);
		enum quantity_id id = o->safe ? named[i].safe : named[i].id;
		double value;

		if (!text)
			continue;
		if (!value_of(id, text, &value, err))
			return error_prefix(err, "--%s", named[i].option);
		add(out, n, id, value);
	}
	return true;
}

bool budgets_given(const struct options *o, struct fit_budget out[FIT_BUDGETS], int *n,
		   struct vtok_error *err)
{
	*n = 0;
	if (options_given(o, "tokens"))
		add(out, n, o->per_image ? Q_PER_IMAGE : Q_IMAGES, (double)o->budget_tokens);
	if (!add_named(o, out, n, err))
		return false;
	if (options_given(o, "concurrency"))
		add(out, n, o->safe ? Q_CONCURRENCY_LOW : Q_CONCURRENCY,
		    (double)o->budget_concurrency);
	if (options_given(o, "max-price"))
		add(out, n, Q_PRICE_IMAGES, o->budget_price);
	for (size_t i = 0; i < o->budgets.n; i++) {
		struct fit_budget b;

		if (!parse(o->budgets.items[i], &b, err))
			return error_prefix(err, "--budget");
		if (!add(out, n, b.quantity, b.value))
			return error_set(err, VTOK_E_USAGE, "more than %d budgets", FIT_BUDGETS);
	}
	if (*n == 0)
		return error_set(err, VTOK_E_USAGE,
				 "fit: no budget; give --tokens, --share, --ttft, --gpu-time, "
				 "--kv-bytes, --concurrency, --max-price or --budget");
	return true;
}
