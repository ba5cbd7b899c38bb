#include "cli/commands.h"

#include <string.h>

#include "base/base.h"

const struct command *const commands[] = {
	NULL,
};
const size_t commands_n = ARRAY_SIZE(commands) - 1;

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < commands_n; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}
