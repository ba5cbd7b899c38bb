/* Everything vtok knows: shipped tables, and over them the user's own files, section by section,
 * key by key. */
#ifndef VTOK_REGISTRY_REGISTRY_H
#define VTOK_REGISTRY_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/model.h"

/* One for each kind of section: registry_kinds in kinds.h says the rest. */
enum registry_kind {
	KIND_PROCESSOR,
	KIND_TOWER,
	KIND_GENERATION,
	KIND_HARDWARE,
	KIND_ENGINE,
	KIND_PROFILE,
	KIND_MODEL,
	KIND_HOSTED,
	KIND_N
};

/* Models made on demand by subjects.c, with an arena of their own: they come while the rest of the
 * registry is only read. */
struct stand_ins {
	struct arena arena;
	struct stand_in *first;
};

struct registry {
	const struct processor **processors; /* in file order, shipped ones first */
	const struct tower **towers;
	const struct model **models;
	const struct generation **generations;
	const struct hardware **hardware;
	const struct engine **engines;
	const struct profile **profiles; /* linked from their engines, in this order */
	const struct processor **hosted; /* dated rules of closed models, several for one id */
	size_t processors_n, towers_n, models_n, generations_n, hardware_n, engines_n, profiles_n,
		hosted_n;
	int32_t rules_date; /* --rules: ids of hosted models mean the rule of that day, as yyyymmdd;
			       0 = the newest */
	struct stand_ins *stand_ins; /* not part of what is known: grows behind a const registry */
	struct arena arena;
};

/* The shipped tables alone; no file is opened. Fails only when memory is short. */
bool registry_init(struct registry *r, struct vtok_error *err);
void registry_fini(struct registry *r);

/* By id, alias or (models) repository on the hub, exact, ASCII case ignored; NULL when there is
 * none. "x@runtime" finds a variant. */
const struct processor *registry_processor(const struct registry *r, const char *id);
const struct model *registry_model(const struct registry *r, const char *id);
const struct hardware *registry_hardware(const struct registry *r, const char *id);
const struct engine *registry_engine(const struct registry *r, const char *id);

/* The rule of a hosted model. Sections are [hosted ID@FROM], "gpt-5-mini@2025-04": the full id
 * names that rule whatever the date, the part before @ (or an alias) the newest one of those in
 * force on `date` (yyyymmdd; 0 = the newest of all). NULL when there is none. */
const struct processor *registry_hosted(const struct registry *r, const char *id, int32_t date);

/* Any kind, by id or alias; NULL when there is none. */
const void *registry_find(const struct registry *r, enum registry_kind kind, const char *id);

#endif
