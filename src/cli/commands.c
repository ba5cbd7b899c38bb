#include "cli/commands.h"

#include <string.h>

#include "base/base.h"

extern const struct command cmd_count, cmd_estimate, cmd_import, cmd_render;

const struct command *const commands[] = {
	&cmd_count,
	&cmd_estimate,
	&cmd_import,
	&cmd_render,
};
const size_t commands_n = ARRAY_SIZE(commands);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < commands_n; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}
