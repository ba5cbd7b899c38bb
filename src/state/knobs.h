/* What a person turns: one row for each knob says everything about it. The screen, the options of
 * the command line, scripts, settings, the key y and the manual walk the rows; a new knob is its
 * member of struct setup, a name in enum knob (request.h) and a row. */
#ifndef VTOK_STATE_KNOBS_H
#define VTOK_STATE_KNOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "registry/registry.h"
#include "state/request.h"

enum knob_group {
	GROUP_MODEL,
	GROUP_PICTURE,
	GROUP_STRATEGY,
	GROUP_REQUEST,
	GROUP_SERVING,
	GROUP_N
};

enum knob_kind {
	IS_NUMBER,
	IS_SIDE,   /* a number; the other side follows where the aspect is locked */
	IS_CHOICE, /* one of steps[], each with a name */
	IS_ENTRY,  /* an entry of the registry */
	IS_BUDGET, /* a quantity with a value (core/budget.h), or nothing */
};

struct knob_spec {
	const char *label; /* on the screen */
	const char *unit;  /* "px"; "" = none */
	const char *name;  /* in a script, as a long option, in the settings */
	char letter;       /* its short option; 0 = none */
	const char *arg;   /* what the option takes, in help; NULL: it is none, but the input */
	const char *help;  /* one line, starts small, no full stop */
	enum knob_group group;
	enum knob_kind kind;
	size_t at, size; /* of the value, in struct request */

	/* numbers; least to most holds for keys, typing, scripts and the command line alike */
	int64_t least, most;                       /* inclusive */
	int64_t (*floor)(const struct request *r); /* the limit that another knob sets just now: */
	int64_t (*ceiling)(
		const struct request *r); /* 0 = none; keys, typing and scripts keep it */
	const int64_t *steps; /* values one steps through, ascending; all there are for a choice */
	size_t steps_n;
	int64_t power;     /* without steps: by powers of two from here; 0 = by one */
	int big;           /* steps of a big step */
	int64_t home, end; /* what the keys Home and End go to */
	int64_t usual;     /* what the program starts with */
	/* What stands where 0 is stored: it follows the model. NULL = 0 is a number. */
	int64_t (*own)(const struct request *r);
	/* A number that stands for the own value where 0 is a number like others: -1. It is stored
	 * less this. */
	int64_t nothing;
	double scale; /* of a number with decimals: what 1 is here; it is stored as a double. 0 =
			 whole */
	size_t rule;  /* member of struct knob_rules that fixes it, plus 1; 0 = none */
	/* Why a checkpoint whose rule leaves it free has none of it; NULL = it has. NULL: nothing
	 * is asked. */
	const char *(*without)(const struct processor *p);
	int64_t (*share_of)(const struct request *r); /* what a typed "50%" is a share of; NULL =
							 not taken */
	/* Words in place of the number, in out; NULL where there are none. The word that stands for
	 * the model's own when typed. */
	char *(*text_of)(const struct request *r, int64_t v, char *out);
	const char *own_word;
	bool is_binary; /* typed k is 1024 */
	bool ends_own;  /* End goes to the model's own value where there is one */

	const char *(*name_of)(int value); /* IS_CHOICE */
	/* Other names of a choice, when typed; NULL = none. False: it is none. */
	bool (*read_name)(const char *name, int *value);

	enum registry_kind entries; /* IS_ENTRY */
	const char *usual_id;
	size_t version_at; /* of the version behind an "@", in struct request, plus 1; 0 = none */

	bool also_counts;     /* an option of the commands that count alone, too */
	bool is_of_screen;    /* an option of the dashboard alone */
	bool is_of_traffic;   /* an option of the commands that price a server, and of the dashboard
			       */
	bool is_setting;      /* a key of the settings, which W writes */
	const char *expected; /* what is said of a typed text that cannot be read */
	const char *hint;     /* beside the prompt: what can be typed */
};

extern const struct knob_spec knob_specs[KNOB_N];

/* So many of what is stored of a knob one of its numbers is: 1 but where they have decimals. */
static inline double knob_scale(const struct knob_spec *k)
{
	return k->scale > 0 ? k->scale : 1;
}
extern const char *const knob_group_titles[GROUP_N];

enum { KNOB_TEXT_SIZE = 64, KNOB_ERROR_SIZE = 96 };

/* ------------------------------------------------------------ what stands there */

/* The place in steps[] of a choice by its name, or by another that stands for it; -1: there is
 * none. */
int knob_choice(const struct knob_spec *k, const char *name);

/* The value as shown, without unit: "1,024", "auto", "h100-sxm". Returns out. */
char *knob_text(const struct request *r, enum knob k, char out[KNOB_TEXT_SIZE]);

/* The value as an option, a script or the settings have it: "1024", "fp8", "h100-sxm". NULL: there
 * is no entry. Either written to out or borrowed from the registry. */
const char *knob_word(const struct request *r, enum knob k, char out[KNOB_TEXT_SIZE]);

/* The number with the checkpoint's own value filled in, or as stored: 0 where the own one holds.
 * The value of a choice; 0 for an entry. */
int64_t knob_number(const struct request *r, enum knob k);
int64_t knob_stored(const struct request *r, enum knob k);

/* A number as an option or a script has it: "1024", "0.92". Returns out. */
char *knob_number_word(const struct knob_spec *k, int64_t v, char out[KNOB_TEXT_SIZE]);

/* The version behind an entry, as core/version.h numbers it; 0 = none. Another entry has none. */
int32_t knob_version(const struct request *r, enum knob k);
void knob_set_version(struct request *r, enum knob k, int32_t version);

/* The budget behind the knob; NULL = it is of another kind. */
struct fit_budget *knob_budget(struct request *r, enum knob k);
const struct fit_budget *knob_budget_of(const struct request *r, enum knob k);

/* What is typed as "NAME@VERSION", for knobs whose entries have versions: cuts the version off into
 * *version, 0 where there is none. False: it is no version. */
bool knob_cut_version(enum knob k, char *text, int32_t *version);

/* The entry behind the knob, of the kind its row says; NULL = none. */
const void *knob_entry(const struct request *r, enum knob k);

/* Why the model fixes this knob; NULL when it turns. The text lives as long as the registry. */
const char *knob_fixed(const struct request *r, enum knob k);

/* A fixed knob that was freed on purpose; until the model changes, or the knob is reset. */
bool knob_is_freed(const struct request *r, enum knob k);
void knob_free(struct request *r, enum knob k, bool is_freed);

/* True when the knob was turned away from what the checkpoint has. */
bool knob_modified(const struct request *r, enum knob k);

/* True when the result is no longer the checkpoint's: any knob modified, in lens exact. */
bool request_modified(const struct request *r);

/* The strategy's parameters as lens formula takes them. */
int32_t request_patch(const struct request *r);
int32_t request_merge(const struct request *r);
int32_t request_pool(const struct request *r);
int32_t request_grid(const struct request *r); /* 0 = auto */

/* Which textbook strategy stands for the model; TEXTBOOK_NONE where its family has none. */
enum textbook request_textbook(const struct request *r);

/* ------------------------------------------------------------ putting something there */

/* The usual value of every knob; the entries are those of the registry, its first ones where it
 * has not the usual. reg may be NULL: then there are none. */
void request_init(struct request *r, const struct registry *reg);

/* Stores a number or a choice's value, brought within the limits; a side takes the other along. For
 * an entry nothing happens. */
void knob_store(struct request *r, enum knob k, int64_t v);

/* The entry must be of the row's kind. Another checkpoint: what one turned of the old one's
 * processor is dropped. */
void knob_set_entry(struct request *r, enum knob k, const void *entry);
void request_model(struct request *r, const struct model *m);

/* ------------------------------------------------------------ turning (knob_turn.c) */

/* n steps up (down when negative), small or big. A step up never makes a number smaller, nor a step
 * down larger. False: nothing changed. */
bool knob_step(struct request *r, const struct registry *reg, enum knob k, int n, bool big);

/* To the least or the most sensible value. */
bool knob_limit(struct request *r, const struct registry *reg, enum knob k, bool most);

/* Typed text: "4k", "1080p", "4032x3024", "A4@300", "50%", "fp8", "h100-sxm", "ttft 300ms". False:
 * error says what was expected. */
bool knob_type(struct request *r, const struct registry *reg, enum knob k, const char *text,
	       char error[KNOB_ERROR_SIZE]);

/* To the checkpoint's own value; no longer freed. */
void knob_own(struct request *r, enum knob k);

/* Back to the value of `start`; what belongs to the checkpoint of another model, to its own. */
void knob_reset(struct request *r, const struct request *start, enum knob k);

#endif
