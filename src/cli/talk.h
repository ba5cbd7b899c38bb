/* --script FILE: a talk is read and rehearsed before it begins, so that mistakes show at home. */
#ifndef VTOK_CLI_TALK_H
#define VTOK_CLI_TALK_H

#include "base/error.h"
#include "cli/options.h"
#include "state/script.h"
#include "state/state.h"

/* Reads the script of o into *s and begins the talk in st, at step 0. Every step is done once with
 * a copy of st. False: "file:line: what is wrong". Without --script st stays as it is. Free with
 * script_fini in all cases. */
bool talk_load(struct script *s, const struct options *o, struct state *st, struct vtok_error *err);

#endif
