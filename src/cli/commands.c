#include "config.h"

#include "cli/commands.h"

#include <string.h>

#include "base/base.h"

/* Each ends its cmd_<name>.c. */
extern const struct command cmd_chart;
extern const struct command cmd_count;
extern const struct command cmd_estimate;
extern const struct command cmd_explain;
extern const struct command cmd_hardware;
extern const struct command cmd_import;
extern const struct command cmd_models;
extern const struct command cmd_render;
extern const struct command cmd_themes;
extern const struct command cmd_tui;

/* In the order of --help. */
const struct command *const commands[] = {
	&cmd_count,    &cmd_estimate, &cmd_explain, &cmd_chart,  &cmd_models,
	&cmd_hardware, &cmd_themes,   &cmd_import,  &cmd_render,
#ifdef HAVE_TUI
	&cmd_tui,
#endif
};
const size_t commands_n = ARRAY_SIZE(commands);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < commands_n; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}
