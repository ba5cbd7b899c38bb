#include "core/price.h"

#include <assert.h>
#include <stddef.h>

#include "base/day.h"

struct price_rates price_rates(const struct price *p, int64_t prompt_tokens)
{
	struct price_rates r = {0};

	if (!p)
		return r;
	r = (struct price_rates){p->input, p->cached, p->output, p->image};
	if (p->long_above > 0 && prompt_tokens > p->long_above) {
		double factor = p->input > 0 ? p->long_input / p->input : 1;

		r = (struct price_rates){p->long_input, p->long_cached, p->long_output,
					 p->image * factor};
	}
	if (r.image == 0)
		r.image = r.input;
	return r;
}

bool price_in_force(const struct price *p, int32_t day)
{
	return p->from <= day && (!p->until || day < p->until);
}

const char *price_mark(const struct price *p, int32_t day)
{
	static_assert(PRICE_DAYS == 90, "the words below say so");
	bool is_old = day > 0 && day_number(day) - day_number(p->from) > PRICE_DAYS;

	if (is_old)
		return p->third_party ? "third party, older than 90 days" : "older than 90 days";
	return p->third_party ? "third party" : NULL;
}
