#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/commands.h"

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		puts("vtok " PACKAGE_VERSION);
		return VTOK_OK;
	}
	const struct command *cmd = argc > 1 ? command_find(argv[1]) : NULL;
	if (!cmd) {
		fputs("vtok: unknown command\n", stderr);
		return VTOK_E_USAGE;
	}
	return cmd->run(argc - 1, argv + 1);
}
