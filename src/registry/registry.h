/* Everything vtok knows: shipped tables, and over them the user's own files, section by section,
 * key by key. */
#ifndef VTOK_REGISTRY_REGISTRY_H
#define VTOK_REGISTRY_REGISTRY_H

#include <stdbool.h>

#include "base/error.h"
#include "registry/kinds.h"

/* The shipped tables alone; no file is opened. Fails only when memory is short. */
bool registry_init(struct registry *r, struct vtok_error *err);
void registry_fini(struct registry *r);

/* By id, alias or (models) repository on the hub, exact, ASCII case ignored; NULL when there is
 * none. "x@runtime" finds a variant. */
const struct processor *registry_processor(const struct registry *r, const char *id);

const struct model *registry_model(const struct registry *r, const char *id);
const struct hardware *registry_hardware(const struct registry *r, const char *id);
const struct engine *registry_engine(const struct registry *r, const char *id);

/* The rule of a hosted model. Sections are [hosted ID@FROM], "gpt-5-mini@2025-08": the full id
 * names that rule whatever the date, the part before @ (or an alias) the newest one of those in
 * force on `date` (yyyymmdd; 0 = the newest of all). NULL when there is none. */
const struct processor *registry_hosted(const struct registry *r, const char *id, int32_t date);

/* The day that prices are those of: rules_date, else today; yyyymmdd, 0 = neither is known. */
int32_t registry_day(const struct registry *r);

/* What is asked for a hosted model on that day (0: the newest of all), by the name as it is typed;
 * a date behind it is not looked at. NULL: not known. */
const struct price *registry_price(const struct registry *r, const char *name, int32_t day);

/* Any kind, by id or alias; NULL when there is none. */
const void *registry_find(const struct registry *r, enum registry_kind kind, const char *id);

#endif
