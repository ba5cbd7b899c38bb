/* Names like the one that was typed and is not there. */
#ifndef VTOK_REGISTRY_NEAR_H
#define VTOK_REGISTRY_NEAR_H

#include <stddef.h>

#include "base/error.h"
#include "registry/registry.h"

enum { NEAR_MAX = 3 }; /* names offered for an unknown one */

/* The best names so far, nearest first; zeroed = none. The names are borrowed from the registry. */
struct near {
	const char *id[NEAR_MAX];
	size_t far[NEAR_MAX];
	size_t n;
};

/* Adds the entries of a kind whose ids are like what was typed. */
void near_kind(struct near *near, const struct registry *r, enum registry_kind kind,
	       const char *typed);

/* Adds the hosted rules, one for each id, the newest; the date behind the @ says nothing about
 * likeness. */
void near_hosted(struct near *near, const struct registry *r, const char *typed);

/* "no model "qwen9"; did you mean qwen3-vl-8b?" with the code for wrong usage. Returns false. */
bool near_say(const struct near *near, enum registry_kind kind, const char *typed,
	      struct vtok_error *err);

/* near_kind and near_say in one: "no hardware "h100"; did you mean h100-sxm, h100-pcie?" Returns
 * false. */
bool near_unknown(const struct registry *r, enum registry_kind kind, const char *typed,
		  struct vtok_error *err);

#endif
