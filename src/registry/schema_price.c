/* [price ID@FROM]: what a vendor asks for a model, from a day on. */
#include <stddef.h>

#include "base/base.h"
#include "core/price.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct price, m)

static const char million[] = "USD per 10^6 tokens";

// clang-format off
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"aliases",	 FIELD_TEXT, "",      0, 0,    "",   "other names that cost the same, blanks between", AT(aliases)},
	{"vendor",	 FIELD_TEXT, "",      0, 0,    NULL, "who asks it", AT(vendor)},
	{"source",	 FIELD_TEXT, "",      0, 0,    NULL, "where the price was read", AT(source)},
	{"note",	 FIELD_TEXT, "",      0, 0,    "",   "caveat for people", AT(note)},
	{"from",	 FIELD_DATE, "",      0, 0,    NULL, "first day in force, or seen to be", AT(from)},
	{"until",	 FIELD_DATE, "",      0, 0,    "",   "first day no longer in force", AT(until)},
	{"third-party",	 FIELD_BOOL, "",      0, 0,    "no", "read in somebody else's table, not on the vendor's page", AT(third_party)},
	{"input",	 FIELD_NUM,  million, 0, 1e6,  NULL, "of the prompt", AT(input)},
	{"cached",	 FIELD_NUM,  million, 0, 1e6,  "0",  "of what of the prompt the vendor still has; 0 = not known", AT(cached)},
	{"output",	 FIELD_NUM,  million, 0, 1e6,  "0",  "of the answer; 0 = not known", AT(output)},
	{"image",	 FIELD_NUM,  million, 0, 1e6,  "0",  "of the prompt's image tokens; 0 = as the input", AT(image)},
	{"long-above",	 FIELD_LONG, "tokens", 0, 1e9, "0",  "a longer prompt pays the prices below, all of it; 0 = no such tier", AT(long_above)},
	{"long-input",	 FIELD_NUM,  million, 0, 1e6,  "0",  "of a long prompt", AT(long_input)},
	{"long-cached",	 FIELD_NUM,  million, 0, 1e6,  "0",  "of what of it the vendor still has; 0 = not known", AT(long_cached)},
	{"long-output",	 FIELD_NUM,  million, 0, 1e6,  "0",  "of the answer to it; 0 = not known", AT(long_output)},
	{"batch",	 FIELD_NUM,  "",      0, 1,    "0",  "factor in a batch that may wait; 0 = none is known", AT(batch)},
};
// clang-format on

const struct schema schema_price = {
	.kind = "price",
	.summary = "what a vendor asks for a model, from a day on",
	SCHEMA_OF(price),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
