/* Between an estimate of requests and the server for them: for those who mix several. */
#ifndef VTOK_CORE_ESTIMATE_JOB_H
#define VTOK_CORE_ESTIMATE_JOB_H

#include "core/estimate.h"

/* Why there is no server for these requests; NULL = nothing speaks against one. e has gone through
 * ESTIMATE_KV, ESTIMATE_MEMORY and ESTIMATE_PREFILL. */
const char *estimate_no_server(const struct estimate *e);

/* What such a server does with them; estimate_no_server is NULL. j borrows pace. REASON_NONE, or
 * why there is none. */
enum reason estimate_job(const struct setup *s, const struct estimate *e, struct decode_pace *pace,
			 struct server_job *j);

/* Sets decode, cost and traffic of *out, whose other parts are set. */
void estimate_serve(const struct setup *s, const struct server_job *job, struct estimate *out);

/* The same where there is no server. */
void estimate_unserved(const char *reason, struct estimate *out);

#endif
