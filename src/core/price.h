/* What a vendor asks for its model, by date, as the counting rules are dated. Prices are in USD of
 * 10^6 tokens; 0 stands for a price that is not known. A price belongs to a name, not to a counting
 * rule: names that count alike may cost ten times each other. Source: the section's own, the
 * vendor's price list or where it was quoted. */
#ifndef VTOK_CORE_PRICE_H
#define VTOK_CORE_PRICE_H

#include <stdbool.h>
#include <stdint.h>

struct price {
	const char *id; /* "gpt-5.4@2026-10" */
	const char *aliases, *vendor, *source, *note;
	int32_t from;         /* first day in force, or seen to be, as yyyymmdd */
	int32_t until;        /* first day it no longer was, as yyyymmdd; 0 = still in force */
	bool third_party;     /* read in somebody else's table, not on the vendor's own page */
	double input, cached; /* of the prompt, and of what of it the vendor still has */
	double output;        /* of the answer */
	double image;         /* of the prompt's image tokens; 0 = as the input */
	int64_t long_above; /* tokens of a prompt; above, the three below hold; 0 = no such tier */
	double long_input, long_cached, long_output;
	double batch; /* factor on everything in a batch that may wait; 0 = none is known */
};

/* What one prompt pays, with its tier applied: in USD of 10^6 tokens, 0 = not known. */
struct price_rates {
	double input, cached, output, image;
};

/* p NULL: nothing is known. */
struct price_rates price_rates(const struct price *p, int64_t prompt_tokens);

/* Whether it holds on that day (yyyymmdd). */
bool price_in_force(const struct price *p, int32_t day);

/* After so many days nobody should rely on a price without looking. */
enum { PRICE_DAYS = 90 };

/* What is to be said beside a price on that day (yyyymmdd; 0 = not known, nothing is old then):
 * "third party", "older than 90 days", both, or NULL. */
const char *price_mark(const struct price *p, int32_t day);

#endif
