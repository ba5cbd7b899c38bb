/* What a person turns: one table row per knob, and the few things one can do with any of them. */
#ifndef VTOK_STATE_KNOBS_H
#define VTOK_STATE_KNOBS_H

#include <stdbool.h>

#include "state/state.h"

enum knob_group {
	GROUP_MODEL,
	GROUP_PICTURE,
	GROUP_STRATEGY,
	GROUP_REQUEST,
	GROUP_SERVING,
	GROUP_N
};

struct knob_spec {
	const char *label;  /* on the screen */
	const char *unit;   /* "px"; "" = none */
	const char *option; /* the same on the command line; NULL = not there */
	const char *help;   /* one line */
	enum knob_group group;
};

extern const struct knob_spec knob_specs[KNOB_N];
extern const char *const knob_group_titles[GROUP_N];

enum { KNOB_TEXT_SIZE = 64 };

/* The value as shown, without unit: "1,024", "auto", "h100-sxm". Returns out. */
char *knob_text(const struct request *r, enum knob k, char out[KNOB_TEXT_SIZE]);

/* Why the model fixes this knob; NULL when it turns. The text lives as long as the registry. */
const char *knob_fixed(const struct request *r, enum knob k);

/* True when the knob was turned away from what the checkpoint has. */
bool knob_modified(const struct request *r, enum knob k);

/* True when the result is no longer the checkpoint's: any knob modified, in lens exact. */
bool request_modified(const struct request *r);

/* Patch, merge and pooling as they are when not turned; 0 for other knobs. */
int32_t knob_own(const struct request *r, enum knob k);

/* The number behind the knob with the checkpoint's own value filled in; lists give an index. */
int64_t knob_number(const struct request *r, enum knob k);

/* n steps up (down when negative), small or big. False: nothing changed. */
bool knob_step(struct request *r, const struct registry *reg, enum knob k, int n, bool big);

/* To the least or the most sensible value. */
bool knob_limit(struct request *r, const struct registry *reg, enum knob k, bool most);

/* Typed text: "4k", "1080p", "4032x3024", "A4@300", "50%", "fp8", "h100-sxm". False: error says
 * what was expected. */
bool knob_type(struct request *r, const struct registry *reg, enum knob k, const char *text,
	       char error[96]);

/* Back to the value of `start`, or to the checkpoint's own. */
void knob_reset(struct request *r, const struct request *start, enum knob k);

/* Another checkpoint: what one turned of the old one's processor is dropped. */
void request_model(struct request *r, const struct model *m);

/* The strategy's parameters as lens formula takes them. */
int32_t request_patch(const struct request *r);
int32_t request_merge(const struct request *r);
int32_t request_pool(const struct request *r);
int32_t request_grid(const struct request *r); /* 0 = auto */

/* Which textbook strategy stands for the model; TEXTBOOK_ORIGINAL where its family has none. */
enum textbook request_textbook(const struct request *r);

#endif
