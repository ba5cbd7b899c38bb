/* Options and input to the dashboard's state, for `vtok tui` and `vtok render` alike. */
#ifndef VTOK_CLI_SCREEN_STATE_H
#define VTOK_CLI_SCREEN_STATE_H

#include "cli/options.h"
#include "state/state.h"

/* The state a start with these options has; r, o and the themes (NULL = the shipped ones alone) are
 * borrowed for its life. False: an unknown name, a wrong option or a picture that cannot be read;
 * err says which. */
bool screen_state_init(struct state *st, const struct options *o, const struct registry *r,
		       const struct theme_list *themes, struct vtok_error *err);

/* A picture's header into *out, its path with "~/" expanded; out->error says
 * what is wrong with it. */
void screen_picture(const char *typed, struct picture_info *out);

#endif
