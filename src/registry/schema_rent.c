/* [rent DEVICE@DAY]: what an hour of a device costs where it can be rented, as read on a day. */
#include <stddef.h>

#include "base/base.h"
#include "core/rent.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct rent, m)

static const char hour[] = "USD per device and hour";

/* clang-format off */
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"hardware",  FIELD_TEXT, "",	0, 0,	 NULL, "the device", AT(hardware_id)},
	{"source",    FIELD_TEXT, "",	0, 0,	 NULL, "where the prices were read", AT(source)},
	{"note",      FIELD_TEXT, "",	0, 0,	 "",   "caveat for people", AT(note)},
	{"from",      FIELD_DATE, "",	0, 0,	 NULL, "day of the newest offer", AT(from)},
	{"oldest",    FIELD_DATE, "",	0, 0,	 "",   "day of the oldest; absent = the same", AT(oldest)},
	{"low",	      FIELD_NUM,  hour, 0.0001, 1e6, NULL, "the cheapest offer", AT(low)},
	{"median",    FIELD_NUM,  hour, 0.0001, 1e6, NULL, "the one in the middle", AT(median)},
	{"high",      FIELD_NUM,  hour, 0.0001, 1e6, NULL, "the dearest", AT(high)},
	{"offers",    FIELD_INT,  "",	1, 1e6,	 "1",  "how many offers were read", AT(offers)},
	{"providers", FIELD_INT,  "",	1, 1e6,	 "1",  "of how many providers", AT(providers)},
};
/* clang-format on */

const struct schema schema_rent = {
	.kind = "rent",
	.summary = "what an hour of a device costs, by date",
	SCHEMA_OF(rent),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
