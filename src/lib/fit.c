/* The size for a budget. */
#include <assert.h>
#include <stddef.h>

#include "core/fit.h"
#include "core/quantity.h"
#include "lib/lib.h"

static_assert((int)VTOK_FIT_NO_CHOICE == (int)FIT_NO_CHOICE, "statuses are the library's own");

static bool find(const struct vtok_budget *b, struct fit_budget *out, struct vtok_fault *fault)
{
	enum quantity_id id;

	if (!b->quantity || !quantity_find(b->quantity, &id))
		return lib_fail_argument(fault, "quantity: no figure of the name \"%.40s\"",
					 b->quantity ? b->quantity : "");
	if (fit_no_budget(id))
		return lib_fail_argument(fault, "quantity: \"%.40s\" is no budget: %s", b->quantity,
					 fit_no_budget(id));
	if (!(b->value >= -1e300 && b->value <= 1e300))
		return lib_fail_argument(fault, "value: expected a number, got %g", b->value);
	/* milliseconds where the name says so */
	*out = (struct fit_budget){id, b->value / unit_number(quantities[id].unit, 1)};
	return true;
}

static void give(const struct fit *f, struct vtok_fitted *out)
{
	out->status = (enum vtok_fit_status)f->status;
	out->width = f->best.width;
	out->height = f->best.height;
	out->tokens = f->best.tokens;
	out->effective_pixels = f->best.effective;
	out->kept_share = f->best.width > 0 && f->whole > 0
				  ? (double)f->best.effective / (double)f->whole
				  : -1;
	out->next_width = f->next.width;
	out->next_height = f->next.height;
	out->next_tokens = f->next.tokens;
	out->least_width = f->least.width;
	out->least_height = f->least.height;
	out->least_tokens = f->least.tokens;
	out->bound_by = f->bound_by;
}

bool vtok_fit(const struct vtok *v, const struct vtok_subject *s,
	      const struct vtok_request *request, const struct vtok_budget *budgets, size_t n,
	      struct vtok_fitted *out, struct vtok_fault *fault)
{
	const size_t least = offsetof(struct vtok_fitted, bound_by) + sizeof(out->bound_by);
	struct fit_budget list[FIT_BUDGETS];
	struct vtok_fitted ours = VTOK_FITTED_INIT;
	struct model room;
	struct setup setup;
	struct fit found;

	lib_no_fault(fault);
	if (!lib_within("n", n < INT32_MAX ? (int64_t)n : INT32_MAX, 1, FIT_BUDGETS, fault) ||
	    !lib_setup(v, s, request, &room, &setup, fault))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!find(&budgets[i], &list[i], fault))
			return false;
	fit(&(struct fit_ask){.setup = &setup, .budgets = list, .budgets_n = (int)n}, &found);
	if (found.status == FIT_ERROR)
		return lib_fail_argument(fault, "%s", found.reason);
	give(&found, &ours);
	return lib_give(out, &ours, sizeof(ours), least, "fitted", fault);
}
