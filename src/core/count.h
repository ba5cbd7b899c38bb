/* From an image size to visual tokens: what the checkpoint's real processor does (lens exact), or
 * the textbook formula (lens formula). Pure: no allocation, no input or output. */
#ifndef VTOK_CORE_COUNT_H
#define VTOK_CORE_COUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/model.h"
#include "core/piece.h"
#include "core/processor.h"
#include "core/trace.h"

/* Counts one image of width x height pixels (1..SIDE_MAX; others are refused). knobs and trace may
 * be NULL. A refusal of the real processor is a result (out->refused), not a failure. Never
 * allocates; costs well under a microsecond for most strategies when trace is NULL. */
void count_image(const struct processor *p, enum lens lens, const struct knobs *knobs,
		 int64_t width, int64_t height, struct count *out, struct trace *trace);

/* After it: the total. */
static inline void count_add(struct count *out)
{
	if (out->refused)
		return;
	out->visual = min_i64(out->visual, COUNT_MAX);
	if (!out->has_special)
		out->special = 0;
	out->total = out->visual + out->special;
}

/* Positions of one image: the visual ones where special tokens are not known. */
static inline int64_t count_positions(const struct count *c)
{
	return c->has_special ? c->total : c->visual;
}

/* Why no encoder of p's square input can be: a patch, or the patches of a token, are larger than it
 * and leave it nothing to see. REFUSED_NOT where the input is of any size, where the number of
 * tokens is learned or given, and where all is well; else *facts are set. A checkpoint is none of
 * those: what knobs ask for, or what a section of a registry says, may be. */
enum refusal count_misfit(const struct processor *p, struct refusal_facts *facts);

/* A processor as it is asked: lens, knobs and what a request wants of a hosted model are applied
 * once, so that an image costs one indirect call. Points into itself: must not be copied. */
struct rule {
	const struct processor *processor; /* the one that was given, or own */
	void (*count)(const struct processor *, int64_t width, int64_t height, struct count *,
		      struct trace *);
	struct processor own; /* unset where nothing had to be applied */
};

/* knobs may be NULL and are not needed afterwards; p is, for as long as the rule. */
void count_prepare(struct rule *r, const struct processor *p, enum lens lens,
		   const struct knobs *knobs);

/* count_image of what the rule was prepared for. Several threads may share a rule. */
void count_by(const struct rule *r, int64_t width, int64_t height, struct count *out,
	      struct trace *trace);

/* The same for a size that is known to be good, inline and without a trace: for millions. */
static inline void count_plain(const struct rule *r, int64_t width, int64_t height,
			       struct count *out)
{
	count_clear(out);
	r->count(r->processor, width, height, out, NULL);
	count_add(out);
}

/* The count with where the picture lies, and no words: for a search that asks thousands of times.
 * Sides 1..SIDE_MAX. Of a refused size *l is empty; l->content_w 0: the rule does not say. */
void count_layout(const struct rule *r, int64_t width, int64_t height, struct count *out,
		  struct layout_px *l);

/* How the rule behaves over a box of sizes. */
struct piece_of count_piece(const struct rule *r, const struct box *b);

/* The textbook formula by itself, for the four curves of lens formula: patch, merge, pool and
 * grid_k as turned, quotients floored. grid_k 0 means 3. */
int64_t count_textbook(enum textbook t, int32_t patch, int32_t merge, int32_t pool, int32_t grid_k,
		       int64_t width, int64_t height);

/* What the processor fixes. */
void count_knob_rules(const struct processor *p, struct knob_rules *out);

/* True if the knobs change anything about this processor ("modified: no longer the checkpoint"). */
bool count_is_modified(const struct processor *p, const struct knobs *knobs);

/* How p counts, in one line for people; p->strategy_name names the rule. Static text. */
const char *count_rule(const struct processor *p);

/* "unverified" where a key of the processor (of images: not of videos) or of the checkpoint is not
 * confirmed, "approximate" where the vendor publishes rough figures or only part of a rule, or
 * both; NULL when the numbers are sure. Either may be NULL: a processor by itself, a language model
 * alone. The one judgement for every table, list and screen. */
const char *count_mark(const struct processor *p, const struct model *m);

#endif
