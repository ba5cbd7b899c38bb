/* The interface of one counting rule. A strategy is one file, core/strategy_<name>.c, ending in one
 * record that core/strategies.c lists. Its head comment names the fields of struct processor that
 * it reads. */
#ifndef VTOK_CORE_STRATEGY_H
#define VTOK_CORE_STRATEGY_H

#include <stddef.h>

#include "core/arith.h"
#include "core/piece.h"
#include "core/processor.h"
#include "core/trace.h"

/* Parameters without which a rule cannot be computed. */
enum need {
	NEED_PATCH = 1 << 0,
	NEED_TILE = 1 << 1,
	NEED_BASE = 1 << 2,
	NEED_MAX_TILES = 1 << 3,
	NEED_PINS = 1 << 4,
	NEED_PINS_OF_TILES =
		1 << 5, /* every canvas of the list, if there is one, is made of whole tiles */
	NEED_LONGEST_EDGE = 1 << 6,
	NEED_MAX_TOKENS = 1 << 7,
	NEED_MAX_PATCHES = 1 << 8,
	NEED_TOKENS_PER_TILE = 1 << 9,
	NEED_RATIO = 1 << 10,
	NEED_MIN_CROP = 1 << 11,
	NEED_PATCH_OR_TOKENS = 1 << 12, /* patch and tile, or tokens-per-tile */
	NEED_TABLE = 1 << 13,
	NEED_MARGINS = 1 << 14,        /* tile larger than its margins */
	NEED_SQUARE_AND_ONE = 1 << 15, /* max-tiles: none, or a square number and the whole image */
};

struct strategy {
	const char *name;    /* INI value: "merge" */
	const char *summary; /* one line for people */
	const char *formula; /* of the visual tokens, in INI keys, the picture's sides W and H, and
				w and h as they are fed; ASCII, one line; the head comment has all
				of it */
	const char *const *variants; /* names of processor.variant, NULL-terminated; NULL = none */
	unsigned needs;              /* enum need, or-ed */
	/* Lens exact. p has the knobs already applied; sizes are checked; *out was cleared
	 * (count_clear). Sets everything but total. */
	void (*count)(const struct processor *p, int64_t width, int64_t height, struct count *out,
		      struct trace *trace);
	/* How it behaves over a box of sizes, as far as it can be told cheaply; NULL: it is not
	 * told. Says nothing of what hosted_admits (core/hosted_rule.h) refuses. */
	struct piece_of (*piece)(const struct processor *p, const struct box *b);
	struct knob_rules fixed; /* which knobs mean nothing here, and why */
	/* Sets what the real processor has to set so that an image takes at most so many visual
	 * tokens. False: no value does. NULL: it has nothing to set. */
	bool (*cap)(struct processor *p, int32_t tokens);
	const char *(*missing)(
		const struct processor *p); /* the INI key a variant lacks, or NULL; may be NULL */
};

/* All strategies, in a fixed order. */
extern const struct strategy *const strategies[];
extern const size_t strategies_n;

/* NULL when there is none of that name. */
const struct strategy *strategy_find(const char *name);

enum { STRATEGY_TEXT = 160 };

/* False if a processor's parameters do not make a rule that can be computed; text says what its
 * strategy needs, as the second half of a sentence ("needs patch"). A processor that passes is safe
 * for count_image at any size. */
bool strategy_check(const struct processor *p, char text[STRATEGY_TEXT]);

/* ---------------------------------------------------------------- what several strategies share */

/* Fills special tokens from the four parameters. rows: of tiles if split; if not, of tokens, or 0
 * in tile families (their newlines stand between tiles). */
static inline void count_special(const struct processor *p, bool split, int64_t tiles, int64_t rows,
				 struct count *out)
{
	out->has_special = p->special_per_image >= 0;
	out->special = p->special_per_image + p->special_per_row * rows;
	if (split)
		out->special += p->special_if_split + p->special_per_tile * tiles;
}

/* Patches along one side of a square encoder input; a remainder is not seen (a strided
 * convolution). 0 without patch. */
static inline int64_t side_patches(const struct processor *p, int64_t side)
{
	return p->patch > 0 ? side / p->patch : 0;
}

/* The smallest square that the encoder sees, tile or overview; 0 = none. */
static inline int32_t least_input(const struct processor *p)
{
	return p->base > 0 && p->base < p->tile ? p->base : p->tile;
}

/* Tokens along one side after merging; an odd patch row is padded to a whole token. */
static inline int64_t side_tokens(const struct processor *p, int64_t side)
{
	return p->merge > 0 ? ceil_div(side_patches(p, side), p->merge) : 0;
}

/* Tokens of one square encoder input: learned, or from the geometry. */
static inline int64_t tile_tokens(const struct processor *p, int64_t side)
{
	int64_t n = side_tokens(p, side);

	return p->tokens_per_tile > 0 ? p->tokens_per_tile : n * n;
}

/* The steps from n square encoder inputs to their tokens. */
void trace_squares(const struct processor *p, int64_t side, int64_t n, struct trace *t);
/* The step in which merge x merge patches become one token. */
void trace_merged(const struct processor *p, int64_t cols, int64_t rows, int64_t tokens,
		  struct trace *t);

#endif
