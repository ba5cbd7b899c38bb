/* $XDG_CONFIG_HOME/vtok/settings.ini: how the dashboard starts where the command line says nothing.
 * Section [dashboard]; keys theme, view, metric, axis, ascii, mouse, unconfined-pictures, and those
 * knobs whose rows say so. It is written when a theme is picked (that key alone) and by the key W
 * (all of them but unconfined-pictures, which is the user's own word), never otherwise. */
#ifndef VTOK_CLI_SETTINGS_H
#define VTOK_CLI_SETTINGS_H

#include "base/error.h"
#include "cli/options.h"
#include "registry/registry.h"
#include "state/state.h"
#include "view/update.h"

enum setting {
	SETTING_THEME,
	SETTING_VIEW,
	SETTING_METRIC,
	SETTING_AXIS,
	SETTING_ASCII,
	SETTING_MOUSE,
	SETTING_GRAPHICS,
	SETTING_UNCONFINED,
	SETTING_N
};

enum { SETTING_BYTES = 192 };

struct settings {
	char value[SETTING_N][SETTING_BYTES]; /* "" = not in the file */
	char knobs[KNOB_N][SETTING_BYTES];
	const char *models[1];
	bool is_there; /* the file was read */
};

/* Fills into o what the command line did not give; o borrows texts of s. Keys it does not know are
 * left alone. Without a file, a home or with --no-config nothing happens;
 * a file of somebody else's that may not be read is a note on standard error. False:
 * "settings.ini:line: what was expected". */
bool settings_load(struct settings *s, struct options *o, const struct registry *r,
		   const struct theme_list *themes, struct vtok_error *err);

/* The keys that are read, one after the other; NULL behind the last. */
const char *settings_key(size_t i);

/* True if pictures may be decoded where the system cannot confine the decoder. */
bool settings_unconfined(const struct settings *s);

/* Writes a part of the state's settings, keeping everything else in the file. said gets one line in
 * both cases. */
bool settings_save(const struct state *st, enum settings_part part, char *said, size_t size);

#endif
