/* The shape of a name: what stays of it when punctuation and the order of its words do not count.
 * "gemma4", "Gemma-4" and "gemma_4" have one shape, so have "llama3.2-vision:11b" and
 * "Llama-3.2-11B-Vision"; "gemma-3-4b" and "gemma-4-3b" have not, because a number with a unit
 * behind it is a size and any other one a part of the version. */
#ifndef VTOK_REGISTRY_SHAPE_H
#define VTOK_REGISTRY_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SHAPE_TEXT = 96, /* bytes of one shape */
	SHAPE_WORDS = 12,
};

/* "llama vision|3.2|11b|": the words in alphabetical order, the numbers of the version in theirs,
 * the sizes, and what of a mixture is active ("a3b"). */
struct shape {
	char text[SHAPE_TEXT];
	uint32_t hash;   /* of text */
	size_t inactive; /* bytes of text before the active part; where that is empty: all */
	uint32_t inactive_hash;
	size_t sizeless; /* bytes before the sizes */
	uint32_t sizeless_hash;
};

/* The shape of the first len bytes of name, ASCII case ignored. False: it has none, because it has
 * no letters or digits or too many words; *out is empty then. */
bool shape_of(const char *name, size_t len, struct shape *out);

/* Words that one of them has and the other has not. */
size_t shape_words_apart(const struct shape *a, const struct shape *b);

bool shape_equal(const struct shape *a, const struct shape *b);

/* True when mixture has an active part, a has none, and they are alike in the rest: "qwen3-vl-30b"
 * is a short name of "qwen3-vl-30b-a3b". */
bool shape_is_short(const struct shape *a, const struct shape *mixture);

/* True when a has one size more than name, which has none, and they are alike in the rest:
 * "perception-lm-8b", "minicpm-v4.5:8b". *params is that size, numbers of parameters. */
bool shape_is_sized(const struct shape *a, const struct shape *name, double *params);

#endif
