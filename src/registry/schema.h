/* The table behind every INI section: key, type, unit, range, default, help, place in the struct.
 * Parsing, range checks, error texts, the generated constant tables, `vtok models NAME` and the
 * manual all follow from it. */
#ifndef VTOK_REGISTRY_SCHEMA_H
#define VTOK_REGISTRY_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum field_type {
	FIELD_TEXT,    /* const char *; NULL when absent */
	FIELD_WORDS,   /* the same, words with blanks between; may be repeated in a section: they
			* add up */
	FIELD_BOOL,    /* bool: yes or no */
	FIELD_INT,     /* int32_t */
	FIELD_LONG,    /* int64_t */
	FIELD_NUM,     /* double */
	FIELD_BYTES,   /* double, "80 GiB" */
	FIELD_SECONDS, /* double, "3.6 us" */
	FIELD_FLOPS,   /* double, FLOP/s or OP/s: "989 TFLOP/s", "1979 TOP/s" */
	FIELD_RATE,    /* double, bytes/s, decimal prefixes: "3350 GB/s" */
	FIELD_COUNT,   /* double, a number of things: "8.191 B", "415.9 M" (B = G = 10^9) */
	FIELD_ENUM,    /* enum, one of names[] */
	FIELD_SIZES,   /* struct px_size[PINS_MAX] and its count in the int32_t at offset2: "384x768
			* 768x384"; may be repeated in a section: the lists add up */
	FIELD_DATE, /* int32_t as yyyymmdd: "2025-04-14", or "2025-04" for the first of the month; 0
		       when absent */
	FIELD_TABLE, /* struct size_tokens[TABLE_MAX] and its count at offset2: "900x450=800
			900x900=1300" */
};

enum { SCHEMA_FIELDS_MAX = 80 }; /* keys of one kind of section */

struct field {
	const char *key; /* as in the file: "kv-heads" */
	enum field_type type;
	const char *unit;     /* for help and messages; "" = none */
	double least, most;   /* inclusive; both 0 = no range */
	const char *standard; /* default as text ("" = no text, 0, no sizes); NULL = required */
	const char *help;
	size_t offset, offset2;
	size_t bytes;                 /* of the member, for the test that it is of its type */
	const char *member, *member2; /* C names, for the generated tables */
	const char *const *names;     /* FIELD_ENUM: NULL-terminated, in enum order */
};

#define FIELD_AT(type_, m)                                                                         \
	.offset = offsetof(type_, m), .bytes = sizeof(((type_ *)0)->m), .member = #m

struct schema {
	const char *kind; /* "processor": sections are [processor ID] */
	const char *summary;
	const char *type; /* C name of the struct, for the generated tables */
	size_t size;      /* of the struct */
	size_t id_offset; /* const char * that takes the section's id */
	const struct field *fields;
	size_t n;
	const struct field *derived; /* members that follow from others: never read, part of the
					tables; may be NULL */
	size_t derived_n;
};

/* The three members above of a schema whose sections become a struct of that name. */
#define SCHEMA_OF(type_)                                                                           \
	.type = #type_, .size = sizeof(struct type_), .id_offset = offsetof(struct type_, id)

extern const struct schema schema_processor, schema_tower, schema_model, schema_generation,
	schema_hardware, schema_engine, schema_profile, schema_pace, schema_decoder,
	schema_preprocess, schema_hosted, schema_price, schema_rent, schema_cap, schema_setting,
	schema_limit, schema_term, schema_uncounted;
/* Names of enum norm_kind, engine_path and profile_when; NULL ends. */
extern const char *const schema_norms[], *const schema_paths[], *const schema_whens[];

/* Fills every field that has one with its default; required fields stay zero. */
void schema_defaults(const struct schema *s, void *entry);

/* Stores one value. Text is copied into the arena. A list, or words, are replaced, or, with
 * `append`, continued. The error names the key, says what was expected and what was found, without
 * file, line and section: the caller adds them. */
bool schema_set(void *entry, const struct field *f, const char *value, bool append, struct arena *a,
		struct vtok_error *err);

enum { SCHEMA_EXPECTED = 400 }; /* enough for every field's expected value */

/* "a whole number from 1 to 80, in pixels": what a value looks like, for messages and the manual.
 * The range of a quantity with a unit is told only when the unit of value was understood; value
 * NULL: always. Returns out. */
char *schema_expected(const struct field *f, const char *value, char *out, size_t size);

/* NULL when there is no such key. */
const struct field *schema_field(const struct schema *s, const char *key);

/* The key whose name is nearest, for "did you mean"; NULL when none is near. */
const struct field *schema_near(const struct schema *s, const char *key);

/* Reads a real number in the notation of its type; *v may be out of the field's range. False leaves
 * *v alone. */
bool schema_real(enum field_type type, const char *s, double *v);

/* One value as it could stand in a file; returns out. Text longer than size is cut. */
char *schema_text(const struct field *f, const void *entry, char *out, size_t size);

/* Finds a name in a NULL-terminated list, as in field.names; -1 when it is not there. */
int schema_name(const char *const *names, const char *name);

#endif
