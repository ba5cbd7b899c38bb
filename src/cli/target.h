/* What is counted for: each -m as it was asked for, and the processor behind it. */
#ifndef VTOK_CLI_TARGET_H
#define VTOK_CLI_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/options.h"
#include "core/count.h"
#include "core/model.h"
#include "core/orientation.h"

struct registry;

enum { TARGET_NAME = 96 };

struct target {
	char name[TARGET_NAME]; /* the id that was asked for, or the section's own with --all; with
				   "@RUNTIME" where another rule than its own counts */
	size_t name_len;
	const struct model *model;         /* NULL: a processor by itself */
	const struct processor *processor; /* never NULL */
	enum dtype weights; /* that the name says, unless --weights does; DTYPE_STORED = nothing */
	struct turning turning; /* of picture files */
};

struct targets {
	struct target *list;
	size_t n;
};

/* Every -m, with --all every subject (registry/subjects.h); the usual one where there is neither.
 * With --all-runtimes each is followed by its variants; where an engine was named, its variant
 * stands in place of the reference. False: an id is unknown, and err offers the nearest, or a
 * model's name stands where a picture does.
 * Free with targets_fini in both cases. */
bool targets_init(struct targets *t, const struct options *o, const struct registry *r,
		  struct vtok_error *err);
/* The same for a command that tells what a request without an image costs: -m may then be a
 * language model alone. */
bool targets_models(struct targets *t, const struct options *o, const struct registry *r,
		    struct vtok_error *err);
void targets_fini(struct targets *t);

/* Who hosts the model; NULL for one whose weights are open. */
const char *target_vendor(const struct target *t);

/* count_mark of its processor and checkpoint. */
const char *target_mark(const struct target *t);

#endif
