/* How strategies report: steps of the derivation, and the refusal of the real processor. */
#ifndef VTOK_CORE_TRACE_H
#define VTOK_CORE_TRACE_H

#include "base/base.h"
#include "core/arith.h"
#include "core/count.h"

/* Units of a step. */
#define UNIT_PX "px"
#define UNIT_PATCHES "patches"
#define UNIT_TOKENS "tokens"
#define UNIT_TILES "tiles"

/* Adds one step; `bound` says that this rule limited the result. Nothing happens when t is NULL, so
 * that the fast path pays one comparison, or when there is no room (a strategy has far fewer than
 * STEPS_MAX steps). */
void trace_step(struct trace *t, enum step_kind kind, int64_t width, int64_t height, int64_t count,
		const char *unit, bool bound, const char *fmt, ...) PRINTF_LIKE(8, 9);

/* The real processor raises: every number of out becomes 0, the reason is kept and is the last
 * step. */
void count_refuse(struct count *out, struct trace *t, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The canvas that is fed or cut, filled by the picture from edge to edge. cell: pixels a visual
 * token covers. */
void trace_canvas(struct trace *t, struct extent canvas, int64_t cols, int64_t rows, double cell,
		  bool overview);

/* Where the picture lies on the canvas, when it does not fill it. */
void trace_content(struct trace *t, int64_t x, int64_t y, struct extent content);

/* The picture scaled into the canvas as large as it fits, its aspect kept. */
struct extent fitted(struct extent canvas, int64_t width, int64_t height);

/* Lays it in the middle of the canvas of t. */
void trace_fit(struct trace *t, int64_t width, int64_t height);

#endif
