/* How strategies report: steps of the derivation, and the refusal of the real processor. */
#ifndef VTOK_CORE_TRACE_H
#define VTOK_CORE_TRACE_H

#include "base/base.h"
#include "core/count.h"

/* Adds one step; `bound` says that this rule limited the result. Nothing happens when t is NULL, so that the fast path
 * pays one comparison, or when there is no room (a strategy has far fewer than STEPS_MAX steps). */
void trace_step(struct trace *t, enum step_kind kind, int64_t width, int64_t height, int64_t count,
		const char *unit, bool bound, const char *fmt, ...) PRINTF_LIKE(8, 9);

/* The real processor raises: every number of out becomes 0, the reason is kept and is the last step. */
void count_refuse(struct count *out, struct trace *t, const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
