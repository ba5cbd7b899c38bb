/* From one input to one row of `vtok fit`: the size, and what is said of it. */
#ifndef VTOK_CLI_FITTING_H
#define VTOK_CLI_FITTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/fit_rows.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/target.h"
#include "core/fit.h"
#include "registry/registry.h"

enum { FITTING_REASON = 320, FITTING_UPSCALE = 16384 /* pixels */ };

/* Everything that does not change from input to input. Threads may share it. */
struct fitting {
	struct targets targets;
	struct setup *setups; /* one for each target */
	struct model *rooms;  /* the same, for processors and hosted models by themselves */
	struct fit_budget budgets[FIT_BUDGETS];
	int budgets_n;
	bool snaps, upscales, explains;
	bool rewrites;     /* a picture is written anew: it lies upright then, whoever counts */
	bool tries_levels; /* of detail: none was asked for */
};

/* False: err says why. Free with fitting_fini in both cases; r must live as long. */
bool fitting_init(struct fitting *f, const struct options *o, const struct registry *r,
		  struct vtok_error *err);
void fitting_fini(struct fitting *f);

/* A row with what its texts live in: must not be copied. */
struct fitted {
	struct fit_row row;
	char reason[FITTING_REASON], bound[QUANTITY_NAME];
};

/* The answer for target i; longest: of the longer side, 0 = the input's own. */
void fitting_answer(const struct fitting *f, size_t i, const struct input *in, const char *text,
		    size_t len, struct fitted *out);

/* The row of an input that could not be read. */
void fitting_fault(const struct fitting *f, size_t i, const char *text, size_t len, const char *why,
		   struct fitted *out);

/* The level of detail that lets through the most of the input, alone within the budgets. */
enum detail fitting_level(const struct fitting *f, size_t i, const struct input *in);

/* The largest longer side, at most `most` and the input's own, at which it holds with that level; 0
 * = none, -1 = fit_too_many. */
int64_t fitting_longest(const struct fitting *f, size_t i, const struct input *in,
			enum detail level, int64_t most);

/* The row of an input whose longer side is cut to `longest`, a size that holds with some level; 0 =
 * it has no size that holds. */
void fitting_cut(const struct fitting *f, size_t i, const struct input *in, const char *text,
		 size_t len, int64_t longest, struct fitted *out);

/* True where a size holds. */
bool fitting_is_held(const struct fitted *a);

/* ---------------------------------------------------------------- for whole requests */

/* Whether an API takes a level of detail for the setup's model. */
bool fitting_has_levels(const struct setup *s);

/* Pixels that sides should be a multiple of, for one token more or less; 1 = any will do. */
int64_t fitting_multiple(const struct processor *p);

/* The picture of a setup: its sides and its file. */
void fitting_input(struct setup *s, const struct input *in);

/* Adds to the reason that hardly anything of the picture is left. */
void fitting_say_useless(struct fitted *a);

#endif
