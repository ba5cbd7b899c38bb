/* What a counting rule yields: the count, the steps of its derivation, the refusal of the real
 * processor; and how strategies report them. */
#ifndef VTOK_CORE_TRACE_H
#define VTOK_CORE_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/base.h"
#include "core/arith.h"
#include "core/refusal.h"

/* Which knobs a processor lets one turn, and why not: NULL, or a reason in words ("a 336-pixel
 * square always"). */
struct knob_rules {
	const char *patch, *merge, *pool, *grid_k, *min_pixels, *max_pixels; /* NULL = free */
};

struct count {
	enum refusal
		refused;  /* the real processor raises: count_reason says why, the numbers are 0 */
	bool has_special; /* false: the processor does not expose them: special is 0 and total is
			     visual, shown empty */
	bool approximate; /* the vendor documents the rule only roughly */
	int64_t visual, special, total;
	int64_t resized_w, resized_h; /* 0 = the rule gives none */
	int64_t tiles;                /* encoder inputs; 0 = the rule gives none */
	int64_t encoder_patches; /* patches the vision tower sees over all tiles; 0 = unknown: from
				    tower and tiles */
	struct refusal_facts facts; /* set only when refused */
};

/* Before a rule counts. By member: a compiler makes of the whole a call or an instruction that
 * takes longer than a rule does. The facts of a refusal are nobody's business as long as there is
 * none. */
static inline void count_clear(struct count *out)
{
	out->refused = REFUSED_NOT;
	out->has_special = out->approximate = false;
	out->visual = out->special = out->total = 0;
	out->resized_w = out->resized_h = out->tiles = out->encoder_patches = 0;
}

/* Why it is refused, in words. Returns out. */
static inline char *count_reason(const struct count *c, char out[REFUSAL_TEXT])
{
	return refusal_text(c->refused, &c->facts, out);
}

/* One line of the derivation. The steps in "tokens" before STEP_VISUAL are its summands: their
 * counts add up to visual. STEP_VISUAL and STEP_SPECIAL add up to STEP_TOTAL. */
enum step_kind {
	STEP_ORIGINAL,
	STEP_EXIF,
	STEP_RESIZE,
	STEP_PAD,
	STEP_TILE,
	STEP_PATCH,
	STEP_MERGE,
	STEP_POOL,
	STEP_UNPAD,
	STEP_QUERY,
	STEP_NEWLINE,
	STEP_VISUAL,
	STEP_SPECIAL,
	STEP_TOTAL,
	STEP_REFUSED,
	STEP_N
};

const char *step_name(enum step_kind k); /* "resize", "tiles", ... */

struct step {
	enum step_kind kind;
	int64_t width, height; /* size after this step in pixels, patches or tokens as `unit` says;
				  0 = none */
	int64_t count;         /* tokens, tiles, rows: what the step yields; 0 = none */
	const char *unit;      /* "px", "patches", "tokens", "tiles" */
	bool bound;            /* this rule limited the result */
	char text[112];        /* in words: "rounded to multiples of 28", "pixel cap 12,845,056" */
};

/* Where on the picture the tiles lie after the resize: what the image view draws. */
struct layout_px {
	int64_t canvas_w, canvas_h; /* what is cut or fed, padding included; 0 = unknown */
	int64_t content_x, content_y, content_w, content_h; /* where the picture lies on it */
	int32_t cols, rows;    /* tiles of the canvas; 1 x 1 = one encoder input */
	double cell_w, cell_h; /* canvas pixels one visual token covers; 0 = not a grid */
	bool overview;         /* one more encoder input with the whole picture */
};

enum { STEPS_MAX = 24 };

/* Filled only when asked for; the fast path passes NULL. */
struct trace {
	int32_t n;
	struct step steps[STEPS_MAX];
	struct layout_px layout;
};

/* The words for the units of a step. */
#define WORD_PX "px"
#define WORD_PATCHES "patches"
#define WORD_TOKENS "tokens"
#define WORD_TILES "tiles"

/* Adds one step; `bound` says that this rule limited the result. Nothing happens when there is no
 * room (a strategy has far fewer than STEPS_MAX steps): then the words are not even put together,
 * which takes longer than the count. A macro for that reason alone; t is a plain name, and a trace:
 * the fast path, which has none, asks once and not at every step. */
#define trace_step(t, ...) ((t)->n < STEPS_MAX ? trace_step_add((t), __VA_ARGS__) : (void)0)

/* The same for a trace with room. */
void trace_step_add(struct trace *t, enum step_kind kind, int64_t width, int64_t height,
		    int64_t count, const char *unit, bool bound, const char *fmt, ...)
	PRINTF_LIKE(8, 9);

/* The real processor raises: every number of out becomes 0, and the sentence is the last step. */
void count_refuse(struct count *out, struct trace *t, enum refusal why, struct refusal_facts facts);

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
