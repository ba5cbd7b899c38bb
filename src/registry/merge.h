/* The text of an INI file over what is known already. */
#ifndef VTOK_REGISTRY_MERGE_H
#define VTOK_REGISTRY_MERGE_H

#include "base/error.h"
#include "registry/kinds.h"

/* Adds len bytes of INI text; `name` is what messages call the file. Sections of a known id
 * override its keys, others add entries. All or nothing: on an error r is as before. Pointers to
 * entries that were overridden keep their old values until registry_fini. */
bool registry_merge(struct registry *r, const char *name, const char *text, size_t len,
		    struct vtok_error *err);

#endif
