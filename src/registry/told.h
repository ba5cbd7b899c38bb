/* What can be told to a server, a request or a vendor's API so that it holds a size by itself: the
 * settings of the registry that go with a processor, line by line. */
#ifndef VTOK_REGISTRY_TOLD_H
#define VTOK_REGISTRY_TOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/setting.h"
#include "registry/registry.h"

struct told_ask {
	const struct engine *engine;       /* NULL: all that are known to take or refuse settings */
	int32_t version;                   /* of the engine; 0 = the newest */
	const struct processor *processor; /* the model's own rule or a hosted one; each engine's
					      own variant of it is looked up */
	int64_t width, height;             /* of the picture, pixels */
	int64_t tokens;                    /* visual tokens that it may take */
};

struct told {
	const char *whose;             /* id of the engine, or the vendor */
	const struct cap_place *place; /* NULL: it takes nothing of the kind */
	const struct cap *cap;
	struct capped value;
};

/* An engine or a vendor that takes nothing has one line without a place. */
void told_each(const struct registry *r, const struct told_ask *ask,
	       void (*take)(void *to, const struct told *line), void *to);

/* Whether the engine reads what a request sets for its pictures, by the name that check has for it
 * ("url:max_pixels", "kwargs:image.max_pixels"). version: as of told_ask. A place that is for every
 * family hands keys of one whose own are not known to its processor: they are taken for read. */
bool told_reads(const struct registry *r, const struct engine *e, int32_t version,
		const struct processor *p, const char *key);

#endif
