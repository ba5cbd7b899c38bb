/* Which resource limits, and by how much. */
#include "core/bound.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"

static const char *const names[] = {
	[BOUND_COMPUTE] = "compute", [BOUND_MEMORY] = "memory", [BOUND_LAUNCH] = "launch",
	[BOUND_CPU] = "CPU",         [BOUND_LINK] = "link",     [BOUND_FIXED] = "fixed",
};

static_assert(ARRAY_SIZE(names) == BOUND_N, "a name for every bound");

const char *bound_name(enum bound b)
{
	return names[b];
}

double cost_seconds(const struct cost *c)
{
	double sum = 0;

	for (int i = 0; i < BOUND_N; i++)
		sum += c->s[i];
	return sum;
}

enum bound cost_bound(const struct cost *c)
{
	int most = 0;

	for (int i = 1; i < BOUND_N; i++)
		if (c->s[i] > c->s[most])
			most = i;
	return (enum bound)most;
}

void cost_add(struct cost *sum, const struct cost *part, double times)
{
	for (int i = 0; i < BOUND_N; i++)
		sum->s[i] += times * part->s[i];
	sum->flop += times * part->flop;
	sum->dispatch_s += times * part->dispatch_s;
}

void cost_wait(struct cost *c)
{
	if (c->dispatch_s > cost_seconds(c)) {
		memset(c->s, 0, sizeof(c->s));
		c->s[BOUND_CPU] = c->dispatch_s;
	}
	c->dispatch_s = 0;
}
