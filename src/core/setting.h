/* What tells a server, a request or a library to make pictures smaller: which key of a processor
 * caps them ([cap ID], by family), and where each engine takes it ([setting ID]). The numbers are
 * searched for with the counting rule itself, so that what is printed holds. Source of the keys:
 * the processors' and the engines' own code and documents, named by each section. */
#ifndef VTOK_CORE_SETTING_H
#define VTOK_CORE_SETTING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model.h"

struct fit_budget; /* core/fit_budget.h */

/* What the number of a cap counts. */
enum cap_unit {
	CAP_AREA,    /* pixels of the resized picture */
	CAP_EDGE,    /* pixels of its longer side */
	CAP_TOKENS,  /* visual tokens */
	CAP_PATCHES, /* patches before they are merged */
	CAP_TILES,   /* crops without the overview */
	CAP_DETAIL,  /* levels of a hosted API */
	CAP_MEDIA,
	CAP_N
};

enum setting_scope {
	SCOPE_SERVER, /* how the server is started */
	SCOPE_BODY,   /* a member of each request */
	SCOPE_PART,   /* of the part of a message that has the image */
	SCOPE_PYTHON, /* a statement of a program */
	SCOPE_ENV,    /* the environment of the server */
	SCOPE_CLIENT, /* nothing takes it: the picture is made smaller before it is sent */
	SCOPE_N
};

extern const char *const cap_unit_names[], *const setting_scope_names[]; /* NULL ends them */

struct cap {
	const char *id, *source, *note, *unverified;
	const char *processors; /* of these ids, without their runtime; blanks between */
	const char *strategies; /* or of these strategies, where processors is NULL */
	const char *variants;   /* and of these variants; NULL = of all */
	const char *except;     /* but not these ids */
	enum cap_unit unit;
	double factor;     /* of an area: so many frames of the picture are in it */
	const char *keys;  /* "\"max_pixels\":{value}": members of JSON; {min} the least of both */
	const char *whole; /* the one of them that leaves pictures uncut: "\"max_tiles\":1" */
	const char *library; /* "transformers 5": what reads it; NULL = every version */
	const char *choices; /* the only values there are, rising; NULL = any */
};

struct cap_place {
	const char *id, *source, *note, *unverified;
	const char *engine_id, *since, *until; /* versions; NULL = no such end */
	const struct engine *engine;           /* NULL: a vendor's API, vendor_id says whose */
	const char *vendor;
	const char *processors; /* it is for these ids alone, without their runtime; NULL = all */
	const char *caps;       /* ids of the caps it takes, blanks between */
	enum setting_scope scope;
	const char *text; /* the line to copy: {keys} of the cap, {value}, {min} */
	const char *path; /* where check finds the keys: "mm-processor-kwargs.", "kwargs:", "url:";
			     NULL = it looks for none */
};

/* A cap that holds for one picture. */
struct capped {
	int64_t value, min;
	const char *word; /* a level in place of the number; NULL = value */
	int64_t visual;   /* tokens the whole picture then takes */
};

/* Whether the cap is one of this processor. */
bool cap_fits(const struct cap *c, const struct processor *p);

/* Whether a place is for this processor, whatever cap. */
bool setting_is_for(const struct cap_place *s, const struct processor *p);

/* Whether a place takes the cap of this processor. */
bool setting_takes(const struct cap_place *s, const struct cap *c, const struct processor *p);

/* Whether a key, by its last member ("longest_edge" of "size.longest_edge"), is one of the cap's.
 */
bool cap_has_key(const struct cap *c, const char *key);

/* The largest value with which a picture of width x height takes at most `tokens` visual tokens.
 * False: no value does, or the processor has nothing of that kind. */
bool cap_value(const struct cap *c, const struct processor *p, int64_t width, int64_t height,
	       int64_t tokens, struct capped *out);

/* Sets what one key says, by its last member: as `keys` has it, the cap itself or its minimum, or
 * as `whole` has it, whether pictures are cut (false is 0, true is 1). False: it is none of the
 * cap's keys, or a number that cannot be one. */
bool cap_apply(const struct cap *c, struct processor *p, const char *key, int64_t value);

/* Visual tokens that a cap may let through, so that a picture of that size, the largest that keeps
 * the budgets, is let through: its own, or where the budget is tokens and nothing else all that it
 * leaves, so that other pictures are not cut shorter. */
int64_t setting_tokens(const struct setup *s, const struct fit_budget *budgets, int n,
		       int64_t width, int64_t height);

/* Whether a version (version_number(), 0 = the newest) has it. */
bool setting_holds(const struct cap_place *s, int32_t version);

/* ">=0.21 <0.23", "transformers 5"; "" = all. Returns out. */
enum { SETTING_VERSIONS = 64, SETTING_TEXT = 512 };
char *setting_versions(const struct cap_place *s, const struct cap *c, char out[SETTING_VERSIONS]);

/* The line with its numbers. Returns out. */
char *setting_text(const struct cap_place *s, const struct cap *c, const struct capped *v,
		   char out[SETTING_TEXT]);

#endif
