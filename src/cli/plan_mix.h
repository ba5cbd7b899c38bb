/* The sizes of a data set for `vtok plan --scan`: what a partial of vtok scan says of them. */
#ifndef VTOK_CLI_PLAN_MIX_H
#define VTOK_CLI_PLAN_MIX_H

#include "cli/scan_merge.h"
#include "cli/target.h"
#include "core/mix.h"
#include "registry/registry.h"

enum { PLAN_CLASSES = 64 };

struct plan_mix {
	struct mix_class classes[PLAN_CLASSES];
	struct server_class room[PLAN_CLASSES];
	struct mix mix;
	int64_t side; /* pixels: of a square of the mean area */
};

/* The mix of the partial that is of t's model, for the requests of s; all were read from path. A
 * partial knows tokens, not sizes: each class is stood for by the picture of the common shapes
 * whose tokens come nearest. At most PLAN_CLASSES, neighbours together. False: err says why there
 * is none. out points into itself. */
bool plan_mix_make(const char *path, const struct scan_merge *all, const struct target *t,
		   const struct registry *r, const struct setup *s, struct plan_mix *out,
		   struct vtok_error *err);

#endif
