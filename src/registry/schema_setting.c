/* [cap ID]: which key of a processor makes its pictures smaller. [setting ID]: where an engine, a
 * library or an API takes such a key. */
#include <stddef.h>

#include "base/base.h"
#include "core/setting.h"
#include "registry/schema.h"

#define CAP(m) FIELD_AT(struct cap, m)
#define AT(m) FIELD_AT(struct cap_place, m)

// clang-format off
static const struct field cap_fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"source",     FIELD_TEXT,  "", 0, 0,   NULL, "where the key was read", CAP(source)},
	{"note",       FIELD_TEXT,  "", 0, 0,   "",   "trap for those who use it", CAP(note)},
	{"unverified", FIELD_TEXT,  "", 0, 0,   "",   "keys that could not be confirmed", CAP(unverified)},
	{"processors", FIELD_WORDS, "", 0, 0,   "",   "whose key it is: ids without their runtime, blanks between; may be repeated", CAP(processors)},
	{"strategies", FIELD_TEXT,  "", 0, 0,   "",   "or whose strategies, where no processors are named", CAP(strategies)},
	{"variants",   FIELD_TEXT,  "", 0, 0,   "",   "of these variants alone", CAP(variants)},
	{"except",     FIELD_WORDS, "", 0, 0,   "",   "but not of these ids; may be repeated", CAP(except)},
	{"unit",       FIELD_ENUM,  "", 0, 0,   NULL, "what its number counts", CAP(unit), .names = cap_unit_names},
	{"factor",     FIELD_NUM,   "", 0, 100, "1",  "so many frames of the picture are in an area", CAP(factor)},
	{"keys",       FIELD_TEXT,  "", 0, 0,   "",   "members of JSON with {value} and {min} for the numbers", CAP(keys)},
	{"whole",      FIELD_TEXT,  "", 0, 0,   "",   "the one of those members that leaves pictures uncut", CAP(whole)},
	{"library",    FIELD_TEXT,  "", 0, 0,   "",   "what reads it; empty = every version", CAP(library)},
	{"choices",    FIELD_TEXT,  "", 0, 0,   "",   "the only numbers there are, blanks between", CAP(choices)},
};

static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"source",     FIELD_TEXT,  "", 0, 0, NULL, "where the line was read", AT(source)},
	{"note",       FIELD_TEXT,  "", 0, 0, "",   "trap for those who use it", AT(note)},
	{"unverified", FIELD_TEXT,  "", 0, 0, "",   "keys that could not be confirmed", AT(unverified)},
	{"engine",     FIELD_TEXT,  "", 0, 0, "",   "whose it is", AT(engine_id)},
	{"vendor",     FIELD_TEXT,  "", 0, 0, "",   "or whose API", AT(vendor)},
	{"since",      FIELD_TEXT,  "", 0, 0, "",   "first version that takes it", AT(since)},
	{"until",      FIELD_TEXT,  "", 0, 0, "",   "first version that no longer does", AT(until)},
	{"processors", FIELD_WORDS, "", 0, 0, "",   "it is for these alone: ids without their runtime, blanks between; may be repeated", AT(processors)},
	{"caps",       FIELD_WORDS, "", 0, 0, "",   "ids of the caps it takes, blanks between; may be repeated", AT(caps)},
	{"scope",      FIELD_ENUM,  "", 0, 0, NULL, "where the line belongs", AT(scope), .names = setting_scope_names},
	{"text",       FIELD_TEXT,  "", 0, 0, NULL, "the line, with {keys} of the cap, or {value} and {min}", AT(text)},
	{"path",       FIELD_TEXT,  "", 0, 0, "",   "where check finds those keys: what stands before them, like kwargs:; empty = nowhere", AT(path)},
};
// clang-format on

const struct schema schema_cap = {
	.kind = "cap",
	.summary = "the key of a processor that makes its pictures smaller",
	SCHEMA_OF(cap),
	.fields = cap_fields,
	.n = ARRAY_SIZE(cap_fields),
};

const struct schema schema_setting = {
	.kind = "setting",
	.summary = "where an engine takes such a key",
	SCHEMA_OF(cap_place),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
