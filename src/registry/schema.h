/* The table behind every INI section: key, type, unit, range, default, help, place in the struct. Parsing, range checks,
 * error texts, the generated constant tables, `vtok models NAME` and the manual all follow from it. */
#ifndef VTOK_REGISTRY_SCHEMA_H
#define VTOK_REGISTRY_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum field_type {
	FIELD_TEXT,    /* const char *; NULL when absent */
	FIELD_BOOL,    /* bool: yes or no */
	FIELD_INT,     /* int32_t */
	FIELD_LONG,    /* int64_t */
	FIELD_NUM,     /* double */
	FIELD_BYTES,   /* double, "80 GiB" */
	FIELD_SECONDS, /* double, "3.6 us" */
	FIELD_ENUM,    /* enum, one of names[] */
	FIELD_SIZES,   /* struct px_size[] and its count in the int32_t at offset2: "384x768 768x384" */
};

struct field {
	const char *key;	  /* as in the file: "kv-heads" */
	enum field_type type;
	const char *unit;	  /* for help and messages; "" = none */
	double least, most;	  /* inclusive; both 0 = no range */
	const char *standard;	  /* default as text; NULL = required */
	const char *help;
	size_t offset, offset2;
	const char *member, *member2; /* C names, for the generated tables */
	const char *const *names; /* FIELD_ENUM: NULL-terminated, in enum order */
};

#define FIELD_AT(type_, m) .offset = offsetof(type_, m), .member = #m

struct schema {
	const char *kind;	  /* "processor": sections are [processor ID] */
	const char *summary;
	size_t size;		  /* of the struct */
	size_t id_offset;	  /* const char * that takes the section's id */
	const struct field *fields;
	size_t n;
};

extern const struct schema schema_processor, schema_tower, schema_model, schema_generation, schema_hardware,
	schema_engine, schema_profile;

/* Fills every field that has one with its default; required fields stay zero. */
void schema_defaults(const struct schema *s, void *entry);

/* Stores one value. Text is copied into the arena. The error says what was expected and what was found, without
 * file and line: the caller adds them. */
bool schema_set(const struct schema *s, void *entry, const char *key, const char *value, struct arena *a,
		struct vtok_error *err);

const struct field *schema_field(const struct schema *s, const char *key);

#endif
