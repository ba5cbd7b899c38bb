/* Names like the one that was typed and is not there. */
#ifndef VTOK_REGISTRY_NEAR_H
#define VTOK_REGISTRY_NEAR_H

#include <stddef.h>

#include "base/error.h"
#include "registry/registry.h"

enum {
	NEAR_MAX = 3, /* names offered for an unknown one */
	NEAR_NAME = 64,
};

/* The best names so far, nearest first; zeroed = none. */
struct near {
	char id[NEAR_MAX][NEAR_NAME];
	size_t far[NEAR_MAX];
	size_t n;
};

/* Adds names, aliases among them, of what takes images: those of the family and the tier ("opus",
 * "mini", "vl") that was typed come first. No language model alone, and a hosted rule without its
 * date. */
void near_subjects(struct near *near, const struct registry *r, const char *typed);

/* "no model "qwen9"; did you mean qwen3-vl-8b?" with the code for wrong usage. Returns false. */
bool near_say(const struct near *near, enum registry_kind kind, const char *typed,
	      struct vtok_error *err);

/* The entries of a kind whose ids are like what was typed, and near_say: "no hardware "h100"; did
 * you mean h100-sxm, h100-pcie?" Returns false. */
bool near_unknown(const struct registry *r, enum registry_kind kind, const char *typed,
		  struct vtok_error *err);

#endif
