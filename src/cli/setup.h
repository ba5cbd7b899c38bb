/* From options to what the cost model takes. */
#ifndef VTOK_CLI_SETUP_H
#define VTOK_CLI_SETUP_H

#include "cli/options.h"
#include "cli/target.h"
#include "core/estimate.h"
#include "registry/registry.h"

#define SETUP_HARDWARE "h100-sxm"
#define SETUP_ENGINE "vllm"

/* Everything but the model and the size, defaults of DESIGN section 6 where nothing was asked for.
 * False: a name is unknown or a value out of range; err says which. */
bool setup_make(const struct options *o, const struct registry *r, struct setup *s,
		struct vtok_error *err);

/* Points s at a target's checkpoint. A hosted model gets `room`, a checkpoint of which nothing is
 * known but its counting rule; room must live as long as s. False: the target is a processor by
 * itself; err names its checkpoints. */
bool setup_target(struct setup *s, const struct target *t, const struct registry *r,
		  struct model *room, struct vtok_error *err);

#endif
