/* Counts one image with the installed library, says what it costs, and the largest size of its
 * shape that takes at most 1280 tokens.
 *
 *	cc count_one.c $(pkg-config --cflags --libs vtok) -o count_one
 *	./count_one qwen2.5-vl-7b 1920 1080 */
#include <stdio.h>
#include <stdlib.h>

#include <vtok/vtok.h>

enum { BUDGET_TOKENS = 1280 };

static void explain(const struct vtok_subject *model, long long width, long long height)
{
	struct vtok_derivation *d = vtok_derivation_new(model, NULL, width, height, NULL);

	for (size_t i = 0; d && i < vtok_derivation_n(d); i++) {
		const struct vtok_step *step = vtok_derivation_step(d, i);

		printf("\t\t%-10s %s\n", step->name, step->text);
	}
	vtok_derivation_free(d);
}

static void cost(const struct vtok *v, const struct vtok_subject *model,
		 const struct vtok_request *request)
{
	static const char *const names[] = {"context_used_share", "kv_bytes_per_request",
					    "prefill_ttft_ms"};
	struct vtok_estimate *e = vtok_estimate_new(v, model, request, NULL);

	for (size_t i = 0; e && i < sizeof(names) / sizeof(names[0]); i++) {
		const char *reason;
		double value;

		if (vtok_quantity(e, names[i], &value, &reason))
			printf("\t%s: %.6g %s\n", vtok_quantity_title(names[i]), value,
			       vtok_quantity_unit(names[i]));
		else
			printf("\t%s: %s\n", vtok_quantity_title(names[i]), reason);
	}
	vtok_estimate_free(e);
}

static void fit(const struct vtok *v, const struct vtok_subject *model,
		const struct vtok_request *request)
{
	const struct vtok_budget budget = {"tokens_images", BUDGET_TOKENS};
	struct vtok_fitted best = VTOK_FITTED_INIT;
	struct vtok_fault fault;

	if (!vtok_fit(v, model, request, &budget, 1, &best, &fault))
		printf("\tat most %d tokens: %s\n", BUDGET_TOKENS, fault.text);
	else if (best.width == 0)
		printf("\tat most %d tokens: no size\n", BUDGET_TOKENS);
	else
		printf("\tat most %d tokens: %lldx%lld, %lld tokens\n", BUDGET_TOKENS,
		       (long long)best.width, (long long)best.height, (long long)best.tokens);
}

int main(int argc, char **argv)
{
	struct vtok_count count = VTOK_COUNT_INIT;
	struct vtok_request request = VTOK_REQUEST_INIT;
	struct vtok_subject *model = NULL;
	struct vtok_fault fault;
	int status = 1;

	if (argc != 4) {
		fprintf(stderr, "usage: %s MODEL WIDTH HEIGHT\n", argv[0]);
		return 2;
	}
	if (!VTOK_VERSION_FITS()) {
		fprintf(stderr, "libvtok %s is older than the header\n", vtok_version());
		return 1;
	}
	long long width = atoll(argv[2]), height = atoll(argv[3]);
	struct vtok *v = vtok_open(NULL, &fault);
	if (v)
		model = vtok_find(v, argv[1], NULL, &fault);
	if (!model || !vtok_count_image(model, NULL, width, height, &count, &fault)) {
		fprintf(stderr, "%s\n", fault.text);
	} else if (count.refused) {
		printf("%s refuses %lldx%lld: %s\n", vtok_subject_id(model), width, height,
		       count.reason);
	} else {
		printf("%s: %lld visual tokens for %lldx%lld\n", vtok_subject_id(model),
		       (long long)count.visual, width, height);
		explain(model, width, height);
		request.width = width;
		request.height = height;
		cost(v, model, &request);
		fit(v, model, &request);
		status = 0;
	}
	vtok_subject_free(model);
	vtok_close(v);
	return status;
}
