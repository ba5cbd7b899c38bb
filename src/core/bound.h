/* Time split by the resource that takes it: what every cost is added up in. */
#ifndef VTOK_CORE_BOUND_H
#define VTOK_CORE_BOUND_H

enum bound {
	BOUND_COMPUTE,
	BOUND_MEMORY,
	BOUND_LAUNCH,
	BOUND_CPU,
	BOUND_LINK,
	BOUND_FIXED,
	BOUND_N
};
const char *bound_name(enum bound b); /* "compute" */

struct cost {
	double s[BOUND_N]; /* seconds that each resource is the limit */
	double flop;
	double dispatch_s; /* of the CPU that launches it, beside the rest: eager engines */
};

/* The sum over all resources. */
double cost_seconds(const struct cost *c);
enum bound cost_bound(const struct cost *c); /* the resource with the largest share */
void cost_add(struct cost *sum, const struct cost *part, double times);

/* The GPU waits where the CPU launches more slowly than it works: the cost becomes the CPU's. What
 * is added later starts anew. */
void cost_wait(struct cost *c);

#endif
