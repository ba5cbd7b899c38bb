#include "config.h"

#include "cli/commands.h"

#include <string.h>

#include "base/base.h"

#ifdef HAVE_TUI
#define TUI(each) each(tui)
#else
#define TUI(each)
#endif

/* Each ends its cmd_<name>.c; in the order of --help. */
/* clang-format off */
#define COMMANDS(each) \
	each(count) \
	each(estimate) \
	each(explain) \
	each(fit) \
	each(check) \
	each(scan) \
	each(plan) \
	each(chart) \
	each(models) \
	each(hardware) \
	each(engines) \
	each(strategies) \
	each(themes) \
	each(import) \
	each(render) \
	TUI(each)
#define DECLARE(name) extern const struct command cmd_##name;
#define PLACE(name) &cmd_##name,

COMMANDS(DECLARE)
const struct command *const commands[] = {COMMANDS(PLACE)};
/* clang-format on */
const size_t commands_n = ARRAY_SIZE(commands);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < commands_n; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}
