/* From what people type after -m to a name that the registry has. A name that is there to the
 * letter is not for this file; any other one is read by rules, one after the other, and after each
 * the registry is asked; the first hit wins:
 *
 *     1 case, "~" of an alias for the newest, "[1m]"    6 quantisation: "-q4_k_m", "-fp8"
 *     2 a file: folder, ".gguf", "mmproj-", parts       7 role: "-instruct", "-preview"
 *     3 the owner: "Qwen/", "accounts/x/models/"        8 date: "-2024-08-06", "@20250929"
 *     4 a cloud's words: "us.anthropic.", "-v1:0"       9 punctuation and order of words, at each
 *     5 a tag: ":8b", ":free"                          10 a size: see below
 *
 * Rule 10 reads a size that one mixture alone begins with, or that the registry's name does not
 * say: of a checkpoint about that large, or of a rule without checkpoints.
 *
 * 6 to 8 repeat until nothing changes. A date or "latest" of a family whose dates are versions
 * (Mistral) is never dropped: such names are data, aliases of sections. So is every name that no
 * rule makes: "turbo", "mini" and the like are models, not words to drop. */
#ifndef VTOK_REGISTRY_NAMES_H
#define VTOK_REGISTRY_NAMES_H

#include <stdbool.h>

#include "core/model.h"
#include "registry/registry.h"

enum { NAME_SIZE = 160 }; /* bytes of a typed name; nothing is found for a longer one */

struct reading {
	char id[NAME_SIZE]; /* as the registry has it, "@runtime" behind it where one was typed */
	enum dtype weights; /* of the quantisation in the name; DTYPE_STORED = it says nothing */
	bool is_date_dropped;
};

/* False: no rule leads to a name of a model, a processor, a hosted model or one that is known
 * without a rule; *out is undefined. Walks all names of the registry once. */
bool names_read(const struct registry *r, const char *typed, struct reading *out);

#endif
