/* [limit ID]: what a server or a vendor refuses, breaks on, cuts or wastes, with what helps.
 * [term ID]: a name for what an engine reckons with. Conditions and numbers are of the language of
 * core/term.h. */
#include <stddef.h>

#include "base/base.h"
#include "core/limit.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct limit, m)
#define TERM(m) FIELD_AT(struct limit_term, m)

// clang-format off
#define SCOPE(at) \
	{"engine",     FIELD_WORDS, "", 0, 0, "", "whose it is: ids, blanks between; any = everybody", at(scope.engines)}, \
	{"vendor",     FIELD_TEXT,  "", 0, 0, "", "or whose API", at(scope.vendor)}, \
	{"since",      FIELD_TEXT,  "", 0, 0, "", "first version, build or day of it", at(scope.since)}, \
	{"until",      FIELD_TEXT,  "", 0, 0, "", "first one without it", at(scope.until)}, \
	{"setting",    FIELD_TEXT,  "", 0, 0, "", "of the processors alone that this [setting] is for", at(scope.setting_id)}, \
	{"processors", FIELD_WORDS, "", 0, 0, "", "of these processors: ids without their runtime; may be repeated", at(scope.processors)}, \
	{"strategies", FIELD_TEXT,  "", 0, 0, "", "or of these strategies", at(scope.strategies)}, \
	{"variants",   FIELD_TEXT,  "", 0, 0, "", "of these variants of them alone", at(scope.variants)}, \
	{"models",     FIELD_WORDS, "", 0, 0, "", "or of these checkpoints; may be repeated", at(scope.models)}, \
	{"except",     FIELD_WORDS, "", 0, 0, "", "but not of these processors or checkpoints; may be repeated", at(scope.except)}

static const struct field limit_fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"source",     FIELD_WORDS, "", 0, 0, NULL, "where it was read or reported; may be repeated", AT(source)},
	{"unverified", FIELD_TEXT,  "", 0, 0, "",   "keys that could not be confirmed", AT(unverified)},
	SCOPE(AT),
	{"when",       FIELD_WORDS, "", 0, 0, "",   "condition under which it applies; may be repeated: the lines go on", AT(when)},
	{"value",      FIELD_WORDS, "", 0, 0, "",   "number that is tested; without one it bites wherever it applies", AT(value)},
	{"bound",      FIELD_WORDS, "", 0, 0, "",   "number it is tested against", AT(bound)},
	{"test",       FIELD_ENUM,  "", 0, 0, "over", "over: bites when value is more than bound; reaches: as much or more; under: less", AT(test), .names = limit_test_names},
	{"verdict",    FIELD_ENUM,  "", 0, 0, NULL, "what happens then", AT(verdict), .names = verdict_names},
	{"unit",       FIELD_TEXT,  "", 0, 0, "",   "of both numbers", AT(unit)},
	{"remedy",     FIELD_WORDS, "", 0, 0, "",   "what helps; {name} is the number of that name; may be repeated", AT(remedy)},
	{"hides",      FIELD_WORDS, "", 0, 0, "",   "rules that say the same in general words", AT(hides)},
};

static const struct field term_fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"source",     FIELD_WORDS, "", 0, 0, NULL, "where it was read; may be repeated", TERM(source)},
	{"unverified", FIELD_TEXT,  "", 0, 0, "",   "keys that could not be confirmed", TERM(unverified)},
	SCOPE(TERM),
	{"name",       FIELD_TEXT,  "", 0, 0, NULL, "as conditions have it", TERM(name)},
	{"is",         FIELD_WORDS, "", 0, 0, NULL, "what it stands for; may be repeated: the lines go on", TERM(is)},
};
// clang-format on

const struct schema schema_limit = {
	.kind = "limit",
	.summary = "what a server or a vendor does not take as it is meant",
	SCHEMA_OF(limit),
	.fields = limit_fields,
	.n = ARRAY_SIZE(limit_fields),
};

const struct schema schema_term = {
	.kind = "term",
	.summary = "a name for what an engine reckons with",
	SCHEMA_OF(limit_term),
	.fields = term_fields,
	.n = ARRAY_SIZE(term_fields),
};
