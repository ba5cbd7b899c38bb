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
	struct stand_ins *stand_ins; /* what registry_stand_in made */
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

/* "no hardware "h100"; did you mean h100-sxm, h100-pcie, h100-nvl?" with the code for wrong usage.
 * Returns false. */
bool registry_unknown(const struct registry *r, enum registry_kind kind, const char *id,
		      struct vtok_error *err);

/* What `-m` names: a checkpoint, a processor by itself, or a hosted model (its rule of
 * r->rules_date). For an id that is both, the checkpoint wins and its processor is given;
 * "x@runtime" takes the processor's variant with either. False, with both NULL: err offers the
 * nearest names, or says that a language model alone takes no images. */
bool registry_resolve(const struct registry *r, const char *id, const struct model **model,
		      const struct processor **processor, struct vtok_error *err);

/* A model that counts by p: m itself where p is its own processor; else one made on the first call,
 * m with another processor ("qwen2.5-vl-7b@ollama"), or without m (NULL) a stand-in of which
 * nothing but the counting rule is known. The same arguments give the same pointer; it lives as
 * long as r. NULL when memory is short or p is NULL. Not for several threads on one registry. */
const struct model *registry_stand_in(const struct registry *r, const struct model *m,
				      const struct processor *p);

/* registry_resolve and registry_stand_in in one. NULL: err says why. */
const struct model *registry_subject(const struct registry *r, const char *id,
				     struct vtok_error *err);

#endif
