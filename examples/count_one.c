/* Counts one image with the installed library, says what it costs, and the largest size of its
 * shape that takes at most 1280 tokens.
 *
 *	cc count_one.c $(pkg-config --cflags --libs vtok) -o count_one
 *	./count_one qwen2.5-vl-7b 1920 1080 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <vtok/vtok.h>

enum { BUDGET_TOKENS = 1280 };

/* The functions below print, and return false with *fault filled where the library fails. */

static bool explain(const struct vtok_subject *model, const struct vtok_request *request,
		    struct vtok_fault *fault)
{
	struct vtok_derivation *d =
		vtok_derivation_new(model, NULL, request->width, request->height, fault);

	if (!d)
		return false;
	for (size_t i = 0; i < vtok_derivation_n(d); i++) {
		const struct vtok_step *step = vtok_derivation_step(d, i);

		printf("\t\t%-10s %s\n", step->name, step->text);
	}
	vtok_derivation_free(d);
	return true;
}

static bool cost(const struct vtok *v, const struct vtok_subject *model,
		 const struct vtok_request *request, struct vtok_fault *fault)
{
	static const char *const names[] = {"context_used_share", "kv_bytes_per_request",
					    "prefill_ttft_ms"};
	struct vtok_estimate *e = vtok_estimate_new(v, model, request, fault);

	if (!e)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *reason;
		double value;

		if (vtok_quantity(e, names[i], &value, &reason))
			printf("\t%s: %.6g %s\n", vtok_quantity_title(names[i]), value,
			       vtok_quantity_unit(names[i]));
		else
			printf("\t%s: %s\n", vtok_quantity_title(names[i]), reason);
	}
	vtok_estimate_free(e);
	return true;
}

static bool fit(const struct vtok *v, const struct vtok_subject *model,
		const struct vtok_request *request, struct vtok_fault *fault)
{
	const struct vtok_budget budget = {"tokens_images", BUDGET_TOKENS};
	struct vtok_fitted best = VTOK_FITTED_INIT;

	if (!vtok_fit(v, model, request, &budget, 1, &best, fault))
		return false;
	if (best.width == 0)
		printf("\tat most %d tokens: no size\n", BUDGET_TOKENS);
	else
		printf("\tat most %d tokens: %lldx%lld, %lld tokens\n", BUDGET_TOKENS,
		       (long long)best.width, (long long)best.height, (long long)best.tokens);
	return true;
}

/* All of it for one model. That the model refuses the size is no fault of the library: *refused. */
static bool show(const struct vtok *v, const struct vtok_subject *model,
		 const struct vtok_request *request, bool *refused, struct vtok_fault *fault)
{
	struct vtok_count count = VTOK_COUNT_INIT;
	const char *id = vtok_subject_id(model);
	long long width = request->width, height = request->height;

	if (!vtok_count_image(model, NULL, width, height, &count, fault))
		return false;
	*refused = count.refused;
	if (count.refused) {
		fprintf(stderr, "%s refuses %lldx%lld: %s\n", id, width, height, count.reason);
		return true;
	}
	printf("%s: %lld visual tokens for %lldx%lld\n", id, (long long)count.visual, width,
	       height);
	return explain(model, request, fault) && cost(v, model, request, fault) &&
	       fit(v, model, request, fault);
}

static bool whole(const char *text, int64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoll(text, &end, 10);
	return end != text && *end == '\0' && errno == 0;
}

int main(int argc, char **argv)
{
	struct vtok_request request = VTOK_REQUEST_INIT;
	struct vtok_subject *model = NULL;
	struct vtok_fault fault;
	bool refused = false, done = false;

	if (argc != 4 || !whole(argv[2], &request.width) || !whole(argv[3], &request.height)) {
		fprintf(stderr, "usage: %s MODEL WIDTH HEIGHT\n", argv[0]);
		return 2;
	}
	if (!VTOK_VERSION_FITS()) {
		fprintf(stderr, "libvtok %s is not one for this header (%d.%d.%d)\n",
			vtok_version(), VTOK_VERSION_MAJOR, VTOK_VERSION_MINOR, VTOK_VERSION_PATCH);
		return 1;
	}
	struct vtok *v = vtok_open(NULL, &fault);
	if (v)
		model = vtok_find(v, argv[1], NULL, &fault);
	if (model)
		done = show(v, model, &request, &refused, &fault);
	if (!done)
		fprintf(stderr, "%s\n", fault.text);
	vtok_subject_free(model);
	vtok_close(v);
	return done && !refused ? 0 : 1;
}
