/* [uncounted ID]: a model that is known but cannot be counted, and why. */
#include <stddef.h>

#include "base/base.h"
#include "registry/kinds.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct uncounted, m)

// clang-format off
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",    FIELD_TEXT, "", 0, 0, NULL, "name for people",                      AT(name)   },
	{"aliases", FIELD_WORDS, "", 0, 0, "",   "other ids, blanks between; may be repeated",            AT(aliases)},
	{"vendor",  FIELD_TEXT, "", 0, 0, "",   "whose model it is",                    AT(vendor) },
	{"reason",  FIELD_TEXT, "", 0, 0, NULL, "why it is not counted, as a clause",   AT(reason) },
	{"source",  FIELD_TEXT, "", 0, 0, NULL, "where a rule was looked for",          AT(source) },
	{"seen-on", FIELD_DATE, "", 0, 0, "",   "last day the source was read",         AT(seen_on)},
};
// clang-format on

const struct schema schema_uncounted = {
	.kind = "uncounted",
	.summary = "a model that is known, and why it is not counted",
	SCHEMA_OF(uncounted),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
