/* --script FILE and --talk NAME: a talk is read and rehearsed before it begins, so that mistakes
 * show at home. */
#ifndef VTOK_CLI_TALK_H
#define VTOK_CLI_TALK_H

#include "base/error.h"
#include "cli/options.h"
#include "state/script.h"
#include "state/state.h"

/* What a state borrows: the talk that was asked for, and the tour that a key starts. */
struct talks {
	struct script own, tour;
};

/* Reads the talk of o, of a file or by its name, and begins it in st, at step 0. Every step is done
 * once with a copy of st. False: "file:line: what is wrong". Without one st gets the tour alone.
 * Free with talks_fini in all cases. */
bool talks_load(struct talks *t, const struct options *o, struct state *st, struct vtok_error *err);
void talks_fini(struct talks *t);

/* --talk list: prints the names of the talks and what they are about. False: it was not asked for.
 */
bool talks_list(const struct options *o);

#endif
