/* Everything vtok knows: shipped tables, and over them the user's own files, section by section, key by key. */
#ifndef VTOK_REGISTRY_REGISTRY_H
#define VTOK_REGISTRY_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/model.h"

struct registry {
	const struct processor **processors; /* in file order, shipped ones first */
	const struct tower **towers;
	const struct model **models;
	const struct generation **generations;
	const struct hardware **hardware;
	const struct engine **engines;
	const struct profile **profiles; /* linked from their engines, in this order */
	size_t processors_n, towers_n, models_n, generations_n, hardware_n, engines_n, profiles_n;
	struct arena arena;
};

/* The shipped tables alone; no file is opened. Fails only when memory is short. */
bool registry_init(struct registry *r, struct vtok_error *err);
void registry_fini(struct registry *r);

/* By id or alias, exact, ASCII case ignored; NULL when there is none. "x@runtime" finds a variant. */
const struct processor *registry_processor(const struct registry *r, const char *id);
const struct model *registry_model(const struct registry *r, const char *id);
const struct hardware *registry_hardware(const struct registry *r, const char *id);
const struct engine *registry_engine(const struct registry *r, const char *id);

/* What `-m` names: a checkpoint, or a processor by itself. For an id that is both, the checkpoint wins and its
 * processor is given. Both NULL: err offers the nearest names. */
bool registry_resolve(const struct registry *r, const char *id, const struct model **model,
		      const struct processor **processor, struct vtok_error *err);

#endif
