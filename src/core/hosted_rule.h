/* What the strategies of hosted models share. */
#ifndef VTOK_CORE_HOSTED_RULE_H
#define VTOK_CORE_HOSTED_RULE_H

#include "core/piece.h"
#include "core/processor.h"
#include "core/trace.h"

/* A closed model has no knobs: what it does is on the vendor's side.
 * Initialiser of strategy.fixed. */
#define HOSTED_CLOSED "the vendor's rule: nothing to set"
#define HOSTED_FIXED                                                                               \
	{                                                                                          \
		HOSTED_CLOSED, HOSTED_CLOSED, HOSTED_CLOSED, HOSTED_CLOSED, HOSTED_CLOSED,         \
			HOSTED_CLOSED                                                              \
	}

/* Notes in p what the request asks for (detail, media resolution, number of images). */
void hosted_ask(struct processor *p, const struct knobs *knobs);

/* Starts the derivation and checks the limits of the API. False: out is a refusal, nothing else is
 * to be done. */
bool hosted_admits(const struct processor *p, int64_t width, int64_t height, struct count *out,
		   struct trace *trace);

/* What hosted_admits makes of a box of sizes. True: *out says it; false: it admits all of them, and
 * the rule itself decides. */
bool hosted_piece(const struct processor *p, const struct box *b, struct piece_of *out);

/* The level in force: DETAIL_AUTO replaced by what it stands for. NULL: the rule does not offer it,
 * out says so. */
const struct detail_level *hosted_level(const struct processor *p, struct count *out,
					struct trace *trace);

/* Scales so that no side is beyond `most` pixels: the longer side becomes `most`, the other is
 * rounded down, at least
 * 1. Never enlarges; true if it changed anything. */
bool hosted_shrink(int64_t *width, int64_t *height, int64_t most);

/* Where the picture lies: it is fed as it is, width x height after whatever was resized, and fills
 * what is fed; cut into cols x rows where that is known, 1 x 1 otherwise. */
void hosted_lay(struct trace *t, int64_t width, int64_t height, int64_t cols, int64_t rows);

/* The bill: hosted models charge one number, so special is 0 and total is visual. */
void hosted_bill(const struct processor *p, int64_t tokens, struct count *out, struct trace *trace);

#endif
