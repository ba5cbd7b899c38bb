/* The steps of estimate(), for those who need only some of them. */
#ifndef VTOK_CORE_ESTIMATE_PARTS_H
#define VTOK_CORE_ESTIMATE_PARTS_H

#include "core/estimate.h"
#include "core/reason.h"

/* Each needs the ones before it; all fill *out with reasons where there is no number. The returned
 * reason is why nothing that depends on the request holds. */
enum reason estimate_tokens(const struct setup *s, struct estimate *out);
void estimate_kv(const struct setup *s, enum reason why, struct estimate *out);
void estimate_memory(const struct setup *s, enum reason why, struct estimate *out);
void estimate_prefill(const struct setup *s, enum reason why, struct estimate *out);

/* Why a model has no costs at all; REASON_NONE where its dimensions are there. */
enum reason estimate_no_costs(const struct model *m);

/* How many requests of `tokens` positions a pool holds, exactly; the sum over all ranks on both
 * sides. */
double estimate_concurrency(double pool_bytes, double request_bytes);

#endif
