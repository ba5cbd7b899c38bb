/* The spellings that a typed name may stand for, by the rules of registry/names.h, best first. No
 * registry is asked here: a name and the tables of words that hosts, hubs and packers put around
 * it. */
#ifndef VTOK_REGISTRY_SPELLING_H
#define VTOK_REGISTRY_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model.h"

enum {
	SPELLING_SIZE = 160, /* bytes of one spelling */
	SPELLINGS_MOST = 96,
};

struct spelling {
	char text[SPELLING_SIZE];
	enum dtype weights; /* of the quantisation that was dropped so far; DTYPE_STORED = none */
	bool is_dated;      /* a date was dropped */
};

struct spellings {
	struct spelling list[SPELLINGS_MOST];
	size_t n;
	char runtime[32]; /* "@ollama"; "" = none */
};

/* The name itself in small letters comes first. False: longer than any name, or empty. */
bool spellings_of(const char *typed, struct spellings *out);

/* What is left of a name after rules 1 to 8. False: nothing, or it is longer than any name. */
bool spelling_bare(const char *typed, char out[SPELLING_SIZE]);

/* "@main" and the like: of a hub or a vendor, no runtime. */
bool spelling_is_revision(const char *at);

/* Drops quantisation, roles and date behind a name in place, as rules 6 to 8 do. */
void spelling_strip(struct spelling *s);

#endif
