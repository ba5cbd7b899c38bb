#include "cli/budget.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/fit.h"

/* ---------------------------------------------------------------- values */

bool budget_share(const char *text, double *out)
{
	char room[64];
	size_t len = strlen(text);
	bool is_percent = len > 1 && len < sizeof(room) && text[len - 1] == '%';

	if (len >= sizeof(room))
		return false;
	memcpy(room, text, len + 1);
	if (is_percent)
		room[len - 1] = '\0';
	if (!str_num(str_trim(room), out))
		return false;
	*out = is_percent ? *out / 100 : *out;
	return true;
}

static bool read_value(enum unit unit, const char *text, double *out)
{
	switch (unit) {
	case UNIT_SHARE:
		return budget_share(text, out);
	case UNIT_BYTES:
		return unit_parse_bytes(text, out);
	case UNIT_SECONDS:
		/* names of times say ms; --ttft and scripts say the unit */
		return str_num(text, out) ? (*out /= 1e3, true) : unit_parse_seconds(text, out);
	default:
		return unit_parse_count(text, out);
	}
}

static const char *example_of(enum unit unit)
{
	return unit == UNIT_SHARE     ? "25%"
	       : unit == UNIT_BYTES   ? "200MiB"
	       : unit == UNIT_SECONDS ? "300ms"
				      : "1280";
}

/* "25%", "0.25", "300ms", "200 MiB", "4k": a value in the unit of a quantity. */
static bool value_of(enum quantity_id id, const char *text, double *out, struct vtok_error *err)
{
	enum unit unit = quantities[id].unit;
	double v;

	if (!read_value(unit, text, &v) || !isfinite(v))
		return error_set(err, VTOK_E_USAGE, "expected a value like %s, got \"%.60s\"",
				 example_of(unit), text);
	*out = v;
	return true;
}

/* ---------------------------------------------------------------- budgets */

static bool find(const char *text, const char **value, enum quantity_id *id)
{
	char name[QUANTITY_NAME];
	size_t len = strcspn(text, "=");

	if (text[len] != '=' || len >= sizeof(name))
		return false;
	memcpy(name, text, len);
	name[len] = '\0';
	*value = text + len + 1;
	return quantity_find(name, id);
}

/* "prefill_gpu_ms=40", "tokens=1280": the name as CSV and --metric have it. */
static bool parse(const char *text, struct fit_budget *out, struct vtok_error *err)
{
	enum quantity_id id;
	const char *value;

	if (!find(text, &value, &id))
		return error_set(err, VTOK_E_USAGE,
				 "expected NAME=VALUE with a name that estimate gives, like "
				 "prefill_ttft_ms=300, got \"%.60s\"",
				 text);
	if (fit_no_budget(id))
		return error_set(err, VTOK_E_USAGE, "\"%.60s\" is no budget: %s", text,
				 fit_no_budget(id));
	out->quantity = id;
	return value_of(id, value, &out->value, err);
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
