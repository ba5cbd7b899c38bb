/* What the server or vendor of the request does to it, by the rules that `vtok check` judges by:
 * the worst of them. Worked out when the request has changed, not with every frame. */
#ifndef VTOK_STATE_JUDGED_H
#define VTOK_STATE_JUDGED_H

#include <stdbool.h>

#include "core/limit.h"
#include "registry/registry.h"
#include "state/request.h"

struct judged {
	bool is_known; /* it was worked out for `of` */
	struct request of;
	bool is_there;        /* rules are about it, and everything below holds */
	enum verdict verdict; /* VERDICT_OK: all of them let it pass */
	const char *who;      /* the engine's id, or the vendor */
	const char *group;    /* of quantities that the verdict is about */
	const struct limit *rule;
	double value, bound;       /* NAN: the rule has none */
	char remedy[LIMIT_REMEDY]; /* "" where all is well */
};

/* Works it out unless that was done for this very request. Nothing is there without an image, and
 * in the lens of formulas. */
void judged_keep(struct judged *j, const struct request *r, const struct registry *reg);

/* True if j was worked out for this request. */
bool judged_is_of(const struct judged *j, const struct request *r);

#endif
