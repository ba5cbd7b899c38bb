/* From options to what the cost model takes. */
#ifndef VTOK_CLI_SETUP_H
#define VTOK_CLI_SETUP_H

#include "cli/options.h"
#include "cli/target.h"
#include "core/estimate.h"
#include "registry/registry.h"

/* What needs no registry: every number and choice, the usual ones where nothing was asked for. The
 * limits of the knobs hold. */
void setup_numbers(const struct options *o, struct setup *s);

/* The entry that a knob's option or setting names, and the version behind its "@", 0 where there is
 * none. NULL: err offers the nearest, or says what a version looks like. */
const void *setup_entry(const struct registry *r, enum knob k, const char *id, int32_t *version,
			struct vtok_error *err);

/* Seconds of a time that has its unit, like 300ms or 1.5s. A plain number is none: those of fit are
 * milliseconds, as the columns are, those of registry files seconds. */
bool setup_time(const char *text, double *seconds);

/* Everything but the model; the size is the usual one. False: a name is unknown; err says which. */
bool setup_make(const struct options *o, const struct registry *r, struct setup *s,
		struct vtok_error *err);

/* Points s at a target, with the weights and the price that its name says. A hosted model or a
 * processor by itself gets `room`, a checkpoint of which nothing is known but its counting rule;
 * room must live as long as s. False: no memory. */
bool setup_point(struct setup *s, const struct target *t, const struct registry *r,
		 struct model *room, struct vtok_error *err);

/* The same where costs are asked for. False: the target is a processor that has checkpoints; err
 * names them. */
bool setup_target(struct setup *s, const struct target *t, const struct registry *r,
		  struct model *room, struct vtok_error *err);

#endif
