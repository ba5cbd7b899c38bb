/* Variants: the same checkpoint as another runtime counts it, or a host that serves it. A variant
 * is a section [processor ID@WHERE], or several [processor ID@WHERE@FROM] where its rule has moved;
 * ID@WHERE alone then means the one in force. */
#ifndef VTOK_REGISTRY_VARIANT_H
#define VTOK_REGISTRY_VARIANT_H

#include <stddef.h>
#include <stdint.h>

#include "registry/registry.h"

/* Bytes of an id before the date behind its last @: 10 of "gpt-5-mini@2025-08", all of
 * "qwen3-vl@ollama". */
size_t variant_undated(const char *id);

/* The variant of p (itself a variant or not) that `where` names ("ollama", "ollama@2026-06"), of
 * those in force on `date` (yyyymmdd; 0 = today's: the newest that has not ended). NULL: there is
 * none, or not on that day. */
const struct processor *variant_find(const struct registry *r, const struct processor *p,
				     const char *where, int32_t date);

/* "qwen3-vl" of "qwen3-vl@ollama"; p where it is no variant. */
const struct processor *variant_reference(const struct registry *r, const struct processor *p);

/* p as the engine counts it: its variant of that engine, or of the one that it counts as; p's
 * reference where there is none, p where that is not known. Rules of closed models stay. e NULL: p.
 */
const struct processor *variant_of_engine(const struct registry *r, const struct processor *p,
					  const struct engine *e);

/* The variants of p that are in force on the registry's day, in file order. *i starts at 0 and
 * moves on; NULL behind the last. Rules of closed models have none. */
const struct processor *variant_next(const struct registry *r, const struct processor *p,
				     size_t *i);

#endif
