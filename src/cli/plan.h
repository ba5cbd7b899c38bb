/* What a traffic needs and costs, device by device: the rows of `vtok plan`. */
#ifndef VTOK_CLI_PLAN_H
#define VTOK_CLI_PLAN_H

#include "base/arena.h"
#include "cli/options.h"
#include "cli/plan_mix.h"
#include "cli/target.h"
#include "core/estimate.h"
#include "registry/registry.h"

enum plan_status { PLAN_OK, PLAN_NO, PLAN_HOSTED };

struct plan_row {
	const char *model;  /* as it was asked for; of a hosted one its name */
	const char *device; /* its id; who hosts it */
	enum plan_status status;
	const char *reason; /* why not, or what is to be said; NULL = nothing */
	bool has_cost;
	double cost; /* USD that rows of one status are sorted by */
	int order;   /* as they came */
	struct setup setup;
	struct estimate e;
};

struct plan {
	struct plan_row *rows;
	size_t n, room;
	struct arena arena; /* texts, and models of other runtimes */
	struct plan_mix
		*mix; /* of the pictures that come; NULL = all are as the setup says; borrowed */
};

/* Devices between commas, or "all". s: the request, without device. A row for each device and
 * number of GPUs that carries the traffic; for each that never does one that says why. False: a
 * name is unknown, or memory is short. */
bool plan_devices(struct plan *p, const struct target *t, const struct registry *r,
		  const struct options *o, const struct setup *s, struct vtok_error *err);

/* A row for each hosted model whose price is known, for the same picture, text and answer. False:
 * memory is short. */
bool plan_hosted(struct plan *p, const struct registry *r, const struct setup *s,
		 struct vtok_error *err);

/* By what they cost: those that carry the traffic, those that do not, the hosted ones, to which is
 * said from how many images a day on the cheapest device is cheaper. False: memory is short. */
bool plan_sort(struct plan *p);

/* Whether a device carries the traffic. */
bool plan_fits(const struct plan *p);

/* Free with this in every case; starts with a zeroed struct. */
void plan_fini(struct plan *p);

#endif
