/* $XDG_CONFIG_HOME/vtok/themes/NAME.ini: a user's own themes, one in a file. */
#ifndef VTOK_CLI_USER_THEMES_H
#define VTOK_CLI_USER_THEMES_H

#include "base/error.h"
#include "cli/options.h"
#include "draw/theme.h"

/* Reads every file of the folder that ends in .ini, in the order of their names; without the
 * folder, a home or with --no-config there are none. What a file says nothing of looks as in the
 * shipped theme without colours. False: "file:line: what was expected"; *out is empty. Free with
 * user_themes_free in both cases. */
bool user_themes_load(struct theme_list *out, const struct options *o, struct vtok_error *err);
void user_themes_free(struct theme_list *l);

#endif
