#include "view/budget_words.h"

#include "base/str.h"
#include "base/unit.h"
#include "core/budget.h"
#include "draw/style.h"

unsigned budget_style(const struct budgeted *f)
{
	return f->now.reason ? STYLE_DIM : f->holds ? STYLE_GOOD : STYLE_BAD;
}

static char *margin(const struct budgeted *f, const char *before, char out[BUDGET_SAID])
{
	const struct fit_budget *b = &f->of.budget;
	bool is_cost = quantities[b->quantity].is_cost;
	double off = is_cost ? b->value - f->now.number : f->now.number - b->value;
	char amount[BUDGET_TEXT];

	if (f->now.reason)
		return str_format(out, BUDGET_SAID, "%s", f->now.reason);
	budget_amount(b->quantity, off < 0 ? -off : off, amount);
	if (!f->holds)
		return str_format(out, BUDGET_SAID, "%s by %s", is_cost ? "over" : "short", amount);
	if (!(off > 0))
		return str_format(out, BUDGET_SAID, "holds just so");
	return str_format(out, BUDGET_SAID, "%s%s to spare", before, amount);
}

char *budget_margin(const struct budgeted *f, char out[BUDGET_SAID])
{
	return margin(f, "holds with ", out);
}

char *budget_short(const struct budgeted *f, char out[BUDGET_SAID])
{
	return margin(f, "", out);
}

char *budget_largest(const struct budgeted *f, char out[BUDGET_SAID])
{
	char w[UNIT_TEXT], h[UNIT_TEXT];
	int64_t most_w, most_h;

	switch (f->fit.status) {
	case FIT_FITS:
		fit_scale(f->shape.setup.width, f->shape.setup.height, f->longest, &most_w,
			  &most_h);
		return str_format(out, BUDGET_SAID, "fits even at %s \xc3\x97 %s",
				  unit_grouped(w, most_w), unit_grouped(h, most_h));
	case FIT_OK:
		return str_format(out, BUDGET_SAID, "fits up to %s \xc3\x97 %s",
				  unit_grouped(w, f->fit.best.width),
				  unit_grouped(h, f->fit.best.height));
	case FIT_NONE:
		return str_format(out, BUDGET_SAID, "no size holds");
	case FIT_NO_CHOICE:
		return str_format(out, BUDGET_SAID, "no choice");
	case FIT_ERROR:
		break;
	}
	return str_format(out, BUDGET_SAID, "%s", f->fit.reason);
}

char *budget_note(const struct budgeted *f, char out[BUDGET_SAID], unsigned *style)
{
	*style = budget_style(f);
	return f->holds ? budget_largest(f, out) : budget_margin(f, out);
}
